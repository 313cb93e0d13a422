// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import tonle.base.Percentile;

/**
 * Finds the largest groups of a question, exactly. By mean or octets their totals decide. By 95th, maximum or last only
 * groups that can win are added up sample by sample: a 95th of {@code kept} highest samples is at most total / {@code
 * kept}, a single sample at most the total. So the groups with the largest totals are tried first, and the others only
 * where their totals allow more than the worst of those found.
 */
final class Ranking {
    private static final int TRIED_MIN = 64;
    /** Room for rounding: a group too many is added up, never one too few. */
    private static final double SLACK = 1 - 1e-9;

    private final Connection connection;
    private final TrafficQuery query;
    private final String list;
    private final String weight;
    private final String volume;

    /** @param list of the keys: k0, k1 … @param weight by which a group's figure counts, in SQL over the keys */
    Ranking(Connection connection, TrafficQuery query, String list, String weight) {
        this.connection = connection;
        this.query = query;
        this.list = list;
        this.weight = weight;
        this.volume = query.measure() == Measure.PACKETS_PER_SECOND ? "packets" : "octets";
    }

    /** How many groups there are; the largest are added to {@code ranked}. */
    int rank(String source, int samples, long lastSeconds, List<long[]> ranked) throws SQLException {
        boolean byTotal = query.orderBy().equals("mean") || query.orderBy().equals("octets");
        String summed = query.orderBy().equals("octets") ? "octets" : volume;
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE totals AS SELECT " + list + ", sum(" + summed
                    + ")::DOUBLE * " + weight + " AS total FROM " + source + " GROUP BY " + list);
            if (byTotal) {
                ranked.addAll(keys(statement, "totals", "total", query.top(), new ArrayList<>()));
            } else {
                ranked.addAll(bySample(statement, source, samples, lastSeconds));
            }
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM totals")) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private List<long[]> bySample(Statement statement, String source, int samples, long lastSeconds)
            throws SQLException {
        int kept = query.orderBy().equals("p95") ? Percentile.discardedCount(samples) + 1 : 1;
        int tried = Math.max(TRIED_MIN, 4 * query.top());
        String largest = "(SELECT * FROM totals ORDER BY total DESC, " + list + " LIMIT " + tried + ")";
        List<Double> figures = new ArrayList<>();
        List<long[]> found =
                keys(statement, figures(source, largest, kept, lastSeconds), "figure", query.top(), figures);
        if (found.size() < query.top()) {
            // There are no other groups: more were tried than were asked for.
            return found;
        }
        double needed = figures.getLast() * kept * SLACK;
        String possible = "(SELECT * FROM totals WHERE total >= " + needed + ")";
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM totals WHERE total >= " + needed)) {
            row.next();
            if (row.getLong(1) <= tried) {
                return found;
            }
        }
        return keys(statement, figures(source, possible, kept, lastSeconds), "figure", query.top(), new ArrayList<>());
    }

    private String figures(String source, String groups, int kept, long lastSeconds) {
        String figure = switch (query.orderBy()) {
            case "p95" -> "coalesce(max(volume, " + kept + ")[" + kept + "], 0)";
            case "max" -> "max(volume)";
            default -> "coalesce(sum(volume) FILTER (WHERE start_seconds = " + lastSeconds + "), 0)";
        };
        return "(SELECT " + list + ", " + figure + "::DOUBLE * " + weight + " AS figure FROM (SELECT " + list
                + ", start_seconds, sum(" + volume + ") AS volume FROM " + source + " s SEMI JOIN " + groups
                + " g USING (" + list + ") GROUP BY " + list + ", start_seconds) GROUP BY " + list + ")";
    }

    private List<long[]> keys(Statement statement, String from, String figure, int countMax, List<Double> figures)
            throws SQLException {
        List<long[]> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT " + list + ", " + figure + " FROM " + from + " t ORDER BY "
                + figure + " DESC, " + list + " LIMIT " + countMax)) {
            while (rows.next()) {
                long[] key = new long[query.by().size()];
                for (int i = 0; i < key.length; i++) {
                    key[i] = rows.getLong(i + 1);
                }
                found.add(key);
                figures.add(rows.getDouble(key.length + 1));
            }
        }
        return found;
    }
}
