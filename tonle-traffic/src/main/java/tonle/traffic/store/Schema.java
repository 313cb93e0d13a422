// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of the traffic store and how they came to be, one step a version. A step that was released is never
 * edited.
 *
 * <pre>
 *   volumes          (bin, link, direction, member, remote AS, IP version, protocol, kind)   five minutes
 *   volume_hours     the same key by the hour: all hours before progress.hours_until
 *   volume_days      the same key by the day (UTC): all days before progress.days_until
 *   link_bins        (bin, link), both directions, flows and counters: one row each
 *   link_bin_parts   the same, as written, until the hour is merged
 *   interfaces, exporters   device facts by the bin
 *   names, remote_asns      dictionaries;   batches   the highest sequence of each writer
 *   progress         one row: how far roll-ups and forgetting have come
 * </pre>
 *
 * Every column has its line in docs/data-dictionary.tsv; a test compares.
 */
final class Schema {
    private static final String VOLUME_COLUMNS = "start_seconds BIGINT NOT NULL, link_id INTEGER NOT NULL,"
            + " direction TINYINT NOT NULL, member_id INTEGER NOT NULL, remote_asn BIGINT NOT NULL,"
            + " ip_version TINYINT NOT NULL, protocol TINYINT NOT NULL, kind TINYINT NOT NULL,"
            + " octets BIGINT NOT NULL, packets BIGINT NOT NULL, flows BIGINT NOT NULL,"
            + " octets_variance DOUBLE NOT NULL, unscaled_octets BIGINT NOT NULL";

    private static final String LINK_COLUMNS = "start_seconds BIGINT NOT NULL, link_id INTEGER NOT NULL,"
            + " metered_ports INTEGER NOT NULL, " + linkColumns("in") + ", " + linkColumns("out");

    static final List<List<String>> STEPS = List.of(List.of(
            "CREATE TABLE names (name_id INTEGER NOT NULL, name VARCHAR NOT NULL)",
            "INSERT INTO names VALUES (" + Names.NONE_ID + ", 'none'), (" + Names.OTHER_ID + ", 'other')",
            "CREATE TABLE remote_asns (remote_asn BIGINT NOT NULL)",
            "CREATE TABLE batches (writer VARCHAR NOT NULL, sequence BIGINT NOT NULL)",
            "CREATE TABLE progress (hours_until BIGINT NOT NULL, days_until BIGINT NOT NULL, links_until BIGINT NOT NULL,"
                    + " bins_from BIGINT NOT NULL, hours_from BIGINT NOT NULL, days_from BIGINT NOT NULL)",
            "INSERT INTO progress VALUES (0, 0, 0, 0, 0, 0)",
            "CREATE TABLE volumes (" + VOLUME_COLUMNS + ")",
            "CREATE TABLE volume_hours (" + VOLUME_COLUMNS + ")",
            "CREATE TABLE volume_days (" + VOLUME_COLUMNS + ")",
            "CREATE TABLE link_bins (" + LINK_COLUMNS + ")",
            "CREATE TABLE link_bin_parts (" + LINK_COLUMNS + ")",
            "CREATE TABLE interfaces (start_seconds BIGINT NOT NULL, exporter_id INTEGER NOT NULL,"
                    + " interface_index BIGINT NOT NULL, link_id INTEGER NOT NULL, direction TINYINT NOT NULL,"
                    + " flow_octets BIGINT NOT NULL, flow_packets BIGINT NOT NULL, counter_octets BIGINT NOT NULL,"
                    + " counter_seconds INTEGER NOT NULL, speed_bits_per_second BIGINT NOT NULL)",
            "CREATE TABLE exporters (start_seconds BIGINT NOT NULL, exporter_id INTEGER NOT NULL,"
                    + " datagrams BIGINT NOT NULL, records BIGINT NOT NULL, samples BIGINT NOT NULL,"
                    + " lost_records BIGINT NOT NULL, malformed BIGINT NOT NULL, waiting_dropped BIGINT NOT NULL,"
                    + " refused BIGINT NOT NULL, unscaled_records BIGINT NOT NULL, decoded_octets BIGINT NOT NULL,"
                    + " booked_octets BIGINT NOT NULL)"));

    private Schema() {}

    private static String linkColumns(String direction) {
        return "D_octets BIGINT NOT NULL, D_packets BIGINT NOT NULL, D_flows BIGINT NOT NULL, D_variance DOUBLE NOT NULL,"
                        .replace("D_", direction + "_")
                + " D_unscaled_octets BIGINT NOT NULL, D_backfilled_octets BIGINT NOT NULL,"
                        .replace("D_", direction + "_")
                + " D_counter_octets BIGINT NOT NULL, D_counter_seconds INTEGER NOT NULL"
                        .replace("D_", direction + "_");
    }

    /** Brings an older or empty store to the last of {@code steps}; refuses one from a newer Tonle. */
    static void migrate(Connection connection, List<List<String>> steps) throws SQLException, IOException {
        int version = version(connection);
        if (version > steps.size()) {
            throw new IOException("the traffic store holds data of schema version " + version
                    + ", and this Tonle knows versions up to " + steps.size()
                    + ": run the Tonle that wrote it, or a newer one");
        }
        for (int next = version; next < steps.size(); next++) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("BEGIN TRANSACTION");
                statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
                for (String sql : steps.get(next)) {
                    statement.execute(sql);
                }
                statement.execute("DELETE FROM schema_version");
                statement.execute("INSERT INTO schema_version VALUES (" + (next + 1) + ")");
                statement.execute("COMMIT");
            }
        }
    }

    /** 0 for an empty file. */
    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("SELECT count(*) FROM duckdb_tables()"
                        + " WHERE database_name = current_database() AND table_name = 'schema_version'")) {
            tables.next();
            if (tables.getInt(1) == 0) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("SELECT coalesce(max(version), 0) FROM schema_version")) {
            version.next();
            return version.getInt(1);
        }
    }
}
