// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Device facts by the bin: rows that came in parts are added up. */
final class DeviceRows {
    private DeviceRows() {}

    static List<InterfaceRow> interfaces(Connection connection, Names names, String link, long from, long to)
            throws SQLException {
        String sql = "SELECT start_seconds, exporter_id, interface_index, direction, sum(flow_octets)::BIGINT,"
                + " sum(flow_packets)::BIGINT,"
                + " coalesce(sum(counter_octets) FILTER (WHERE counter_octets >= 0), -1)::BIGINT,"
                + " least(300, sum(counter_seconds))::INTEGER, max(speed_bits_per_second) FROM interfaces"
                + " WHERE link_id = ? AND start_seconds >= ? AND start_seconds < ? GROUP BY ALL"
                + " ORDER BY start_seconds, exporter_id, interface_index, direction";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, names.id(link));
            statement.setLong(2, from);
            statement.setLong(3, to);
            List<InterfaceRow> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new InterfaceRow(
                            rows.getLong(1),
                            names.text(rows.getInt(2)),
                            rows.getLong(3),
                            link,
                            Codes.direction(rows.getInt(4)),
                            rows.getLong(5),
                            rows.getLong(6),
                            rows.getLong(7),
                            rows.getInt(8),
                            rows.getLong(9)));
                }
            }
            return found;
        }
    }

    static List<ExporterRow> exporters(Connection connection, Names names, String exporter, long from, long to)
            throws SQLException {
        String sums = List.of(
                        "datagrams",
                        "records",
                        "samples",
                        "lost_records",
                        "malformed",
                        "waiting_dropped",
                        "refused",
                        "unscaled_records",
                        "decoded_octets",
                        "booked_octets")
                .stream()
                .map(column -> "sum(" + column + ")::BIGINT")
                .collect(java.util.stream.Collectors.joining(", "));
        String sql = "SELECT start_seconds, exporter_id, " + sums
                + " FROM exporters WHERE (? OR exporter_id = ?) AND start_seconds >= ? AND start_seconds < ?"
                + " GROUP BY start_seconds, exporter_id ORDER BY start_seconds, exporter_id";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBoolean(1, exporter.isEmpty());
            statement.setInt(2, names.id(exporter));
            statement.setLong(3, from);
            statement.setLong(4, to);
            List<ExporterRow> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long[] figures = new long[10];
                    for (int i = 0; i < figures.length; i++) {
                        figures[i] = rows.getLong(i + 3);
                    }
                    found.add(row(rows.getLong(1), names.text(rows.getInt(2)), figures));
                }
            }
            return found;
        }
    }

    private static ExporterRow row(long bin, String exporter, long[] f) {
        return new ExporterRow(bin, exporter, f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9]);
    }
}
