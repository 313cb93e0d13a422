// SPDX-License-Identifier: Apache-2.0
package tonle.base;

import java.util.Arrays;

/**
 * The 95th percentile as interconnection contracts mean it: the highest 5 % of the samples, rounded down to whole
 * samples, are discarded; the highest that remains is the percentile. Exact: nothing is interpolated or sketched.
 * <pre>
 *   8,928 samples (31 days of five minutes)   discarded floor(446.4) = 446   rank 8,482 from below
 * </pre>
 *
 * @param value the percentile; NaN without samples
 * @param sampleCount samples that were numbers
 * @param discardedCount how many of the highest are left out
 */
public record Percentile(double value, int sampleCount, int discardedCount) {
    /** How many of {@code sampleCount} samples are left out: floor(5 %). */
    public static int discardedCount(int sampleCount) {
        return (int) (sampleCount * 5L / 100);
    }

    /** Over all samples that are numbers: NaN stands for a gap and is no sample. */
    public static Percentile of(double[] samples) {
        double[] sorted = samples.clone();
        // Arrays.sort puts NaN last, so that the samples proper fill the front.
        Arrays.sort(sorted);
        int count = sorted.length;
        while (count > 0 && Double.isNaN(sorted[count - 1])) {
            count--;
        }
        int discarded = discardedCount(count);
        return new Percentile(count == 0 ? Double.NaN : sorted[count - discarded - 1], count, discarded);
    }

    /** The place of the percentile among the ascending samples, counted from 1; 0 without samples. */
    public int rank() {
        return sampleCount - discardedCount;
    }
}
