// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import tonle.base.DeviceAddress;

/**
 * One IPFIX connection over TCP or TLS: a transport session of its own (RFC 7011 section 3.1), with its own templates.
 *
 * @param number grows with each connection, never used twice
 * @param exporter the id of the exporter whose certificate was shown, or empty: then the address decides
 */
public record StreamId(long number, DeviceAddress source, int sourcePort, String exporter) {}
