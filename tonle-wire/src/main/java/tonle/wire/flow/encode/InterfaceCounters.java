// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow.encode;

/**
 * Generic interface counters as an sFlow agent reports them: running totals since the device started.
 *
 * @param inPackets written as unicast packets, modulo 2^32
 */
public record InterfaceCounters(
        long interfaceIndex,
        long speedBitsPerSecond,
        int status,
        long inOctets,
        long inPackets,
        long inErrors,
        long inDiscards,
        long outOctets,
        long outPackets,
        long outErrors,
        long outDiscards) {}
