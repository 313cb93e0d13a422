// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

/**
 * One exporter in one bin: what came, what was lost, what was damaged. Device facts.
 *
 * @param lostRecords what sequence numbers show missing, in the protocol's own unit (v5, IPFIX: records; v9, sFlow:
 * datagrams)
 * @param decodedOctets unscaled octets of all decoded records: equals booked + held + rejected + refused
 */
public record ExporterRow(
        long binSeconds,
        String exporter,
        long datagrams,
        long records,
        long samples,
        long lostRecords,
        long malformed,
        long waitingDropped,
        long refused,
        long unscaledRecords,
        long decodedOctets,
        long bookedOctets) {}
