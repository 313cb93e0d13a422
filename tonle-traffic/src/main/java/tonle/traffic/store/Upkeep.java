// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import tonle.base.Must;
import tonle.traffic.Bins;

/**
 * Rolls up and forgets, one step a transaction: an hour is merged and rolled up, a day is rolled up, a day is
 * forgotten. Between steps the writer gets its turn; a kill leaves whole steps only.
 */
final class Upkeep {
    /** What comes after an hour before it is merged and rolled up; what comes later still is added by its batch. */
    private static final long SETTLING_SECONDS = 7_200;

    private static final String KEYS = "link_id, direction, member_id, remote_asn, ip_version, protocol, kind";
    private static final String SUMS = "sum(octets)::BIGINT AS octets, sum(packets)::BIGINT AS packets,"
            + " sum(flows)::BIGINT AS flows, sum(octets_variance) AS octets_variance,"
            + " sum(unscaled_octets)::BIGINT AS unscaled_octets";

    private final Database database;
    private final long nowSeconds;
    private final Retention retention;

    Upkeep(Database database, long nowSeconds, Retention retention) {
        this.database = database;
        this.nowSeconds = nowSeconds;
        this.retention = retention;
    }

    void run() throws IOException {
        while (database.write(this::rollHour)) {}
        while (database.write(this::mergeLinks)) {}
        while (database.write(this::sortLinks)) {}
        while (database.write(this::rollDay)) {}
        long bins = cutoff(retention.binDays());
        long hours = cutoff(retention.hourDays());
        long days = cutoff(retention.dayDays());
        database.write(connection -> {
            Progress progress = Progress.read(connection).forgotten(bins, hours, days);
            try (Statement statement = connection.createStatement()) {
                progress.write(statement);
            }
            return progress;
        });
        forget("volumes", bins);
        forget("interfaces", bins);
        forget("exporters", bins);
        forget("volume_hours", hours);
        forget("link_bins", hours);
        forget("volume_days", days);
        database.checkpoint();
    }

    /** Whole days (UTC) only. */
    private long cutoff(int keptDays) {
        return Math.floorDiv(nowSeconds, (long) Bins.DAY_SECONDS) * Bins.DAY_SECONDS
                - (long) keptDays * Bins.DAY_SECONDS;
    }

    private boolean rollHour(Connection connection) throws SQLException {
        Progress progress = Progress.read(connection);
        long first = first(connection, "volumes", progress.hoursUntil());
        long hour = Math.floorDiv(first, (long) Bins.HOUR_SECONDS) * Bins.HOUR_SECONDS;
        long end = hour + Bins.HOUR_SECONDS;
        if (first < 0 || end + SETTLING_SECONDS > nowSeconds) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            String range = range(hour, end);
            statement.execute("CREATE OR REPLACE TEMP TABLE merged AS SELECT start_seconds, " + KEYS + ", " + SUMS
                    + " FROM volumes WHERE " + range + " GROUP BY ALL");
            Must.hold(
                    sums(statement, "volumes WHERE " + range).equals(sums(statement, "merged")),
                    "merging an hour of volumes keeps its sums");
            statement.execute("DELETE FROM volumes WHERE " + range);
            statement.execute("INSERT INTO volumes SELECT * FROM merged ORDER BY start_seconds, link_id, direction");
            statement.execute("INSERT INTO volume_hours SELECT " + hour + ", " + KEYS + ", " + SUMS
                    + " FROM merged GROUP BY ALL ORDER BY link_id, direction");
            statement.execute("DROP TABLE merged");
            progress.withHoursUntil(end).write(statement);
        }
        return true;
    }

    private boolean rollDay(Connection connection) throws SQLException {
        Progress progress = Progress.read(connection);
        long first = first(connection, "volume_hours", progress.daysUntil());
        long day = Math.floorDiv(first, (long) Bins.DAY_SECONDS) * Bins.DAY_SECONDS;
        long end = day + Bins.DAY_SECONDS;
        if (first < 0 || end + SETTLING_SECONDS + Bins.HOUR_SECONDS > nowSeconds) {
            return false;
        }
        // All hours of the day are rolled up, or hold nothing: rollHour has run for everything that has settled.
        Progress rolled = progress.withHoursUntil(Math.max(progress.hoursUntil(), end));
        try (Statement statement = connection.createStatement()) {
            Must.hold(
                    progress.hoursUntil() >= end || !exists(connection, "volumes", progress.hoursUntil(), end),
                    "a day is rolled up after its hours");
            statement.execute("INSERT INTO volume_days SELECT " + day + ", " + KEYS + ", " + SUMS
                    + " FROM volume_hours WHERE " + range(day, end) + " GROUP BY ALL ORDER BY link_id, direction");
            rolled.withDaysUntil(end).write(statement);
        }
        return true;
    }

    private boolean mergeLinks(Connection connection) throws SQLException {
        long first = first(connection, "link_bin_parts", Long.MIN_VALUE);
        long hour = Math.floorDiv(first, (long) Bins.HOUR_SECONDS) * Bins.HOUR_SECONDS;
        long end = hour + Bins.HOUR_SECONDS;
        if (first < 0 || end + SETTLING_SECONDS > nowSeconds) {
            return false;
        }
        String range = range(hour, end);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE merged AS "
                    + LinkBins.sums("(SELECT * FROM link_bins WHERE " + range
                            + " UNION ALL SELECT * FROM link_bin_parts WHERE " + range + ")"));
            if (exists(connection, "link_bins", hour, end)) {
                statement.execute("DELETE FROM link_bins WHERE " + range);
            }
            statement.execute("DELETE FROM link_bin_parts WHERE " + range);
            statement.execute("INSERT INTO link_bins SELECT * FROM merged ORDER BY start_seconds, link_id");
            statement.execute("DROP TABLE merged");
        }
        return true;
    }

    /** A day's rows link by link: a month of one link then lies in a few pieces of the file, not in all of them. */
    private boolean sortLinks(Connection connection) throws SQLException {
        Progress progress = Progress.read(connection);
        long first = first(connection, "link_bins", progress.linksUntil());
        long day = Math.floorDiv(first, (long) Bins.DAY_SECONDS) * Bins.DAY_SECONDS;
        long end = day + Bins.DAY_SECONDS;
        if (first < 0 || end + SETTLING_SECONDS > nowSeconds) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            String range = range(day, end);
            statement.execute("CREATE OR REPLACE TEMP TABLE sorted AS SELECT * FROM link_bins WHERE " + range);
            statement.execute("DELETE FROM link_bins WHERE " + range);
            statement.execute("INSERT INTO link_bins SELECT * FROM sorted ORDER BY link_id, start_seconds");
            statement.execute("DROP TABLE sorted");
            progress.withLinksUntil(end).write(statement);
        }
        return true;
    }

    /** Rows that are not rolled up yet stay, however old: a backfill may be writing them right now. */
    private void forget(String table, long before) throws IOException {
        while (database.write(connection -> {
            Progress progress = Progress.read(connection);
            long rolledUp = switch (table) {
                case "volumes" -> progress.hoursUntil();
                case "volume_hours" -> progress.daysUntil();
                default -> before;
            };
            return forgetDay(connection, table, Math.min(before, rolledUp));
        })) {}
    }

    private static boolean forgetDay(Connection connection, String table, long before) throws SQLException {
        long first = first(connection, table, Long.MIN_VALUE);
        if (first < 0 || first >= before) {
            return false;
        }
        long end = Math.floorDiv(first, (long) Bins.DAY_SECONDS) * Bins.DAY_SECONDS + Bins.DAY_SECONDS;
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM " + table + " WHERE start_seconds < " + Math.min(end, before));
        }
        return true;
    }

    private static String range(long from, long to) {
        return "start_seconds >= " + from + " AND start_seconds < " + to;
    }

    /** The oldest row's start, -1 for none. */
    private static long first(Connection connection, String table, long fromSeconds) throws SQLException {
        String where = fromSeconds == Long.MIN_VALUE ? "" : " WHERE start_seconds >= " + fromSeconds;
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT coalesce(min(start_seconds), -1) FROM " + table + where)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static boolean exists(Connection connection, String table, long from, long to) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT EXISTS (SELECT 1 FROM " + table + " WHERE " + range(from, to) + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static String sums(Statement statement, String from) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT coalesce(sum(octets), 0)::VARCHAR || ' ' ||"
                + " coalesce(sum(packets), 0)::VARCHAR || ' ' || coalesce(sum(flows), 0)::VARCHAR || ' ' ||"
                + " coalesce(sum(unscaled_octets), 0)::VARCHAR FROM " + from)) {
            row.next();
            return row.getString(1);
        }
    }
}
