// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import tonle.traffic.Bins;

/** The steps that volumes are kept in, finest first, and how to read each with what is not rolled up yet. */
enum Grain {
    BIN(Bins.SECONDS),
    HOUR(Bins.HOUR_SECONDS),
    DAY(Bins.DAY_SECONDS);

    private static final String COLUMNS = "link_id, direction, member_id, remote_asn, ip_version, protocol, kind,"
            + " octets, packets, flows, octets_variance, unscaled_octets";

    final int seconds;

    Grain(int seconds) {
        this.seconds = seconds;
    }

    long floor(long unixSeconds) {
        return Math.floorDiv(unixSeconds, (long) seconds) * seconds;
    }

    long ceiling(long unixSeconds) {
        return -Math.floorDiv(-unixSeconds, (long) seconds) * seconds;
    }

    /** From when on this step is whole. */
    long keptFrom(Progress progress) {
        return switch (this) {
            case BIN -> progress.binsFrom();
            case HOUR -> progress.hoursFrom();
            case DAY -> progress.daysFrom();
        };
    }

    /** A subquery with every volume of the range once, at this step; {@code from} and {@code to} lie on its bounds. */
    String source(Progress progress, long from, long to) {
        return switch (this) {
            case BIN -> "(" + rows("volumes", from, to) + ")";
            case HOUR ->
                "(" + rows("volume_hours", from, to) + " UNION ALL "
                        + rows("volumes", Math.max(from, progress.hoursUntil()), to) + ")";
            case DAY ->
                "(" + rows("volume_days", from, to) + " UNION ALL "
                        + rows("volume_hours", Math.max(from, progress.daysUntil()), to) + " UNION ALL "
                        + rows("volumes", Math.max(from, progress.hoursUntil()), to) + ")";
        };
    }

    private String rows(String table, long from, long to) {
        return "SELECT start_seconds - start_seconds % " + seconds + " AS start_seconds, " + COLUMNS + " FROM " + table
                + " WHERE start_seconds >= " + from + " AND start_seconds < " + to;
    }
}
