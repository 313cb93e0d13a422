// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import tonle.traffic.Direction;

/**
 * One link and direction over a period: its samples and how the 95th percentile follows from them.
 *
 * @param binSeconds start of each sample's bin, ascending
 * @param bitsPerSecond a sample each; NaN where the bin has no data
 * @param fromCounters whether interface counters gave the samples; otherwise an estimate from flows, not billable
 * @param sampleCount samples that have data
 * @param discardedCount how many of the highest are left out: floor(5 % of {@code sampleCount})
 * @param percentileBitsPerSecond the highest sample that remains; NaN without samples
 * @param percentileBinSeconds the bin of that sample, 0 without
 */
public record LinkMonth(
        String link,
        Direction direction,
        long[] binSeconds,
        double[] bitsPerSecond,
        boolean fromCounters,
        int sampleCount,
        int discardedCount,
        double percentileBitsPerSecond,
        long percentileBinSeconds) {}
