// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import tonle.traffic.Direction;

/**
 * One interface in one bin, two independent figures side by side: what flow records add up to and what the interface
 * counters moved by. Device facts; exempt from the merge of small groups. A bin may come in several rows: their figures
 * add up, so each piece of counter time is told once.
 *
 * @param flowOctets scaled octets from flow records and samples
 * @param flowPackets scaled packets
 * @param counterOctets what the octet counter moved by, or -1 where no pair of samples covers the bin
 * @param counterSeconds how much of the bin the counter samples cover, 0 to 300
 * @param speedBitsPerSecond as the device says, or 0
 */
public record InterfaceRow(
        long binSeconds,
        String exporter,
        long interfaceIndex,
        String link,
        Direction direction,
        long flowOctets,
        long flowPackets,
        long counterOctets,
        int counterSeconds,
        long speedBitsPerSecond) {}
