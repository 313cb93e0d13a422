// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.util.List;

/**
 * The answer to a {@link TrafficQuery}.
 *
 * <p>Mean, 95th percentile, maximum and last of a row are taken over its <em>samples</em>, not over the points of the
 * series: the finest step that the store still holds for the whole range (five minutes, an hour or a day) and for which
 * the answer stays within a million samples. A sample counts where any traffic or counter of the links in question came
 * in; a group that was not seen in such a sample had none (0). Where nothing came at all the sample is a gap: NaN in
 * the series, and outside every statistic.
 *
 * @param stepSeconds the width of a point that was used
 * @param pointSeconds start of each point, ascending; all series are parallel to it
 * @param rows at most {@code top}, ordered; then perhaps one whose {@code keys} are all "other groups"
 * @param total all groups together
 * @param groupCount how many groups there were before the cut
 * @param newestBinSeconds the newest bin that held anything, 0 for none: the freshness of the answer
 * @param sampleSeconds the step of the samples: 300, 3,600 or 86,400
 */
public record TrafficAnswer(
        int stepSeconds,
        long[] pointSeconds,
        List<Row> rows,
        Row total,
        int groupCount,
        long newestBinSeconds,
        int sampleSeconds) {
    /** The key of the row that holds all groups beyond the first {@code top}. */
    public static final String OTHER_GROUPS = "other groups";

    public TrafficAnswer {
        rows = List.copyOf(rows);
    }

    /** An answer whose samples are five-minute bins. */
    public TrafficAnswer(
            int stepSeconds, long[] pointSeconds, List<Row> rows, Row total, int groupCount, long newestBinSeconds) {
        this(stepSeconds, pointSeconds, rows, total, groupCount, newestBinSeconds, 300);
    }

    /**
     * One group.
     *
     * @param keys a value for each dimension of the question
     * @param series in the measure's unit, NaN where no data came at all
     * @param octets over the whole range
     * @param uncertainty relative 95 % error of {@code octets} from sampling: 0.018 for ± 1.8 %; 0 where unsampled
     * @param unscaledShare of {@code octets}: the part without a known sampling rate, 0 to 1
     * @param backfilledShare of {@code octets}: the part that was filled in for a demonstration, 0 to 1
     */
    public record Row(
            List<String> keys,
            double[] series,
            double mean,
            double p95,
            double max,
            double last,
            long octets,
            long packets,
            long flows,
            double uncertainty,
            double unscaledShare,
            double backfilledShare) {
        public Row {
            keys = List.copyOf(keys);
        }

        /** A row without anything filled in. */
        public Row(
                List<String> keys,
                double[] series,
                double mean,
                double p95,
                double max,
                double last,
                long octets,
                long packets,
                long flows,
                double uncertainty,
                double unscaledShare) {
            this(keys, series, mean, p95, max, last, octets, packets, flows, uncertainty, unscaledShare, 0);
        }
    }
}
