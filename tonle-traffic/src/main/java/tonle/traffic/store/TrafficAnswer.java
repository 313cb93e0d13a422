// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.util.List;

/**
 * The answer to a {@link TrafficQuery}.
 *
 * @param stepSeconds the width of a point that was used
 * @param pointSeconds start of each point, ascending; all series are parallel to it
 * @param rows at most {@code top}, ordered; then perhaps one whose {@code keys} are all "other groups"
 * @param total all groups together
 * @param groupCount how many groups there were before the cut
 * @param newestBinSeconds the newest bin that held anything, 0 for none: the freshness of the answer
 */
public record TrafficAnswer(
        int stepSeconds, long[] pointSeconds, List<Row> rows, Row total, int groupCount, long newestBinSeconds) {
    /**
     * One group.
     *
     * @param keys a value for each dimension of the question
     * @param series in the measure's unit, NaN where no data came at all
     * @param octets over the whole range
     * @param uncertainty relative 95 % error of {@code octets} from sampling: 0.018 for ± 1.8 %; 0 where unsampled
     * @param unscaledShare of {@code octets}: the part without a known sampling rate, 0 to 1
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
            double unscaledShare) {}
}
