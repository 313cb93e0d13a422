// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.util.List;

/**
 * A question about traffic.
 *
 * @param by group by these, in order; at most four
 * @param fromSeconds included, seconds since 1970
 * @param toSeconds excluded
 * @param stepSeconds width of a point in the series: a multiple of 300; 0 lets the store choose
 * @param top at most so many rows, the rest as one row "other groups"; 1 to 1,000
 * @param orderBy "mean", "p95", "max", "last" or "octets"
 */
public record TrafficQuery(
        List<Dimension> by,
        List<Filter> where,
        Measure measure,
        long fromSeconds,
        long toSeconds,
        int stepSeconds,
        int top,
        String orderBy) {
    public TrafficQuery {
        by = List.copyOf(by);
        where = List.copyOf(where);
    }
}
