// SPDX-License-Identifier: Apache-2.0
/**
 * Files of captured traffic: pcap, pcapng, IPFIX files (RFC 5655) and raw datagrams. Memory segments of a file come in;
 * whole UDP datagrams go out, IPv4 fragments put together.
 */
package tonle.wire.capture;
