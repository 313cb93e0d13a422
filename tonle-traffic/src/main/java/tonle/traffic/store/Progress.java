// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How far roll-ups and forgetting have come, in seconds since 1970. What is written before {@code hoursUntil} goes into
 * {@code volume_hours} in the same transaction, likewise for days: so a roll-up is complete up to its mark, always.
 *
 * @param linksUntil rows by link lie link by link within each day before this
 * @param binsFrom volumes of five minutes are whole from here on
 */
record Progress(long hoursUntil, long daysUntil, long linksUntil, long binsFrom, long hoursFrom, long daysFrom) {
    static Progress read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT hours_until, days_until, links_until, bins_from, hours_from, days_from FROM progress")) {
            row.next();
            return new Progress(
                    row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
        }
    }

    void write(Statement statement) throws SQLException {
        statement.execute("UPDATE progress SET hours_until = " + hoursUntil + ", days_until = " + daysUntil
                + ", links_until = " + linksUntil + ", bins_from = " + binsFrom + ", hours_from = " + hoursFrom
                + ", days_from = " + daysFrom);
    }

    Progress withHoursUntil(long seconds) {
        return new Progress(seconds, daysUntil, linksUntil, binsFrom, hoursFrom, daysFrom);
    }

    Progress withDaysUntil(long seconds) {
        return new Progress(hoursUntil, seconds, linksUntil, binsFrom, hoursFrom, daysFrom);
    }

    Progress withLinksUntil(long seconds) {
        return new Progress(hoursUntil, daysUntil, seconds, binsFrom, hoursFrom, daysFrom);
    }

    /** Marks only ever move on. */
    Progress forgotten(long bins, long hours, long days) {
        return new Progress(
                hoursUntil,
                daysUntil,
                linksUntil,
                Math.max(binsFrom, bins),
                Math.max(hoursFrom, hours),
                Math.max(daysFrom, days));
    }
}
