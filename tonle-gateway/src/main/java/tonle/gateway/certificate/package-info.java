// SPDX-License-Identifier: Apache-2.0
/**
 * Certificates for IPFIX over TLS (RFC 7011 section 11): a small authority of the gateway's own in the data directory,
 * the collector's certificate and one for each exporter that asks. Names come in; key stores, PEM files and a TLS
 * context go out. X.509 is written by the JDK's own {@code keytool}, which comes with every JDK and runtime image.
 */
package tonle.gateway.certificate;
