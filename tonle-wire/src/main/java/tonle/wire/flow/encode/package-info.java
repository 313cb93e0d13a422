// SPDX-License-Identifier: Apache-2.0
/**
 * The way back: flows, samples and counters come in as numbers; NetFlow version 5, NetFlow version 9 (RFC 3954), IPFIX
 * (RFC 7011) and sFlow version 5 datagrams go out, written into a segment that the caller owns. For the demo's
 * exporters, for benchmarks, and for the property that what is encoded decodes to the same. What an exporter must
 * keep between datagrams, its sequence number, each encoder keeps itself. An encoder allocates nothing per record.
 */
package tonle.wire.flow.encode;
