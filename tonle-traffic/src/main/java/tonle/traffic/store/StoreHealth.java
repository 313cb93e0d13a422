// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

/**
 * How the traffic store fares.
 *
 * @param writable false while writes fail (disk full, locked): {@code trouble} says why, since {@code
 * troubleSinceMillis}
 * @param sizeOctets of its files
 * @param shedRows rows that were given up because nothing could be written and the bound was reached
 */
public record StoreHealth(
        boolean writable,
        String trouble,
        long troubleSinceMillis,
        long sizeOctets,
        long volumeRows,
        long oldestBinSeconds,
        long newestBinSeconds,
        long writtenBatches,
        long repeatedBatches,
        long shedRows) {}
