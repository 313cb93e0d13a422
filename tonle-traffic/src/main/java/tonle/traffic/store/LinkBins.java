// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * SQL over the roll-up by link: one row for each (bin, link), whatever still lies in parts. Bins that were merged are
 * read as they are, which keeps a month of thousands of links within seconds; only bins that have parts are added up
 * here.
 */
final class LinkBins {
    /** Counters cover a bin where they cover nine tenths of it at every metered port. */
    private static final String COVERED = "(metered_ports > 0 AND D_counter_seconds >= 270 * metered_ports)";

    private static final String COUNTER_RATE =
            "(D_counter_octets::DOUBLE * 8 * metered_ports / greatest(D_counter_seconds, 1))";
    private static final String FLOW_RATE = "(D_octets::DOUBLE * 8 / 300)";

    private LinkBins() {}

    /** Whether interface counters stand for a whole bin of direction {@code in} or {@code out}. */
    static String covered(String direction) {
        return COVERED.replace("D_", direction + "_");
    }

    static String counterRate(String direction) {
        return COUNTER_RATE.replace("D_", direction + "_");
    }

    static String flowRate(String direction) {
        return FLOW_RATE.replace("D_", direction + "_");
    }

    /**
     * Rows of the range, {@code where} (over {@code link_id} and {@code start_seconds}) added; usable as a subquery.
     */
    static String source(Connection connection, long fromSeconds, long toSeconds, String where) throws SQLException {
        String range = "start_seconds >= " + fromSeconds + " AND start_seconds < " + toSeconds + " AND (" + where + ")";
        if (!hasParts(connection, range)) {
            return "(SELECT * FROM link_bins WHERE " + range + ")";
        }
        String dirty = "(SELECT start_seconds FROM link_bin_parts WHERE " + range + ")";
        return "(SELECT * FROM link_bins WHERE " + range + " AND start_seconds NOT IN " + dirty + " UNION ALL "
                + sums("(SELECT * FROM link_bins WHERE " + range + " AND start_seconds IN " + dirty
                        + " UNION ALL SELECT * FROM link_bin_parts WHERE " + range + ")")
                + ")";
    }

    /** One row for each (bin, link) of {@code rows}. */
    static String sums(String rows) {
        return "SELECT start_seconds, link_id, max(metered_ports) AS metered_ports, " + sideSums("in") + ", "
                + sideSums("out") + " FROM " + rows + " GROUP BY start_seconds, link_id";
    }

    private static String sideSums(String direction) {
        StringBuilder sql = new StringBuilder();
        for (String column :
                new String[] {"octets", "packets", "flows", "unscaled_octets", "backfilled_octets", "counter_octets"}) {
            sql.append("sum(").append(direction).append('_').append(column).append(")::BIGINT AS ");
            sql.append(direction).append('_').append(column).append(", ");
            if (column.equals("flows")) {
                sql.append("sum(D_variance) AS D_variance, ".replace("D_", direction + "_"));
            }
        }
        return sql.append("sum(D_counter_seconds)::INTEGER AS D_counter_seconds".replace("D_", direction + "_"))
                .toString();
    }

    private static boolean hasParts(Connection connection, String range) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT EXISTS (SELECT 1 FROM link_bin_parts WHERE " + range + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
