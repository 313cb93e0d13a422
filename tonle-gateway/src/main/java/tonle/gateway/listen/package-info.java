// SPDX-License-Identifier: Apache-2.0
/**
 * Sockets and worker threads. Datagrams of NetFlow, IPFIX and sFlow and streams of IPFIX over TCP and TLS come in
 * (RFC 7011 section 10); whole datagrams and messages go out to {@link tonle.gateway.listen.Metering}, each exporter's
 * always on the same worker. Receiving is apart from decoding: what lies between is a bounded {@link
 * tonle.gateway.listen.OctetRing} off the heap, zeroed as it is read, and what finds it full is counted by exporter.
 */
package tonle.gateway.listen;
