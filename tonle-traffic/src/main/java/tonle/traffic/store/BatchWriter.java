// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import tonle.traffic.Bins;

/**
 * Puts one batch into the tables, inside the caller's transaction: rows as they come, their sums by link, and, where
 * their hour or day was rolled up before, their sums by the hour and day as well.
 *
 * <p>Every appender is flushed before it is closed: DuckDB's driver keeps a failure of {@code close} to itself, and the
 * transaction would be committed without the rows.
 */
final class BatchWriter {
    /** A volume key at some step; {@code start} is that of the bin, hour or day. */
    private record Key(
            long start, int link, byte direction, int member, long asn, byte ipVersion, byte protocol, byte kind) {
        Key at(int stepSeconds) {
            return new Key(
                    Math.floorDiv(start, (long) stepSeconds) * stepSeconds,
                    link,
                    direction,
                    member,
                    asn,
                    ipVersion,
                    protocol,
                    kind);
        }
    }

    private static final class Sums {
        private long octets;
        private long packets;
        private long flows;
        private double variance;
        private long unscaled;

        void add(VolumeRow row) {
            octets += row.octets();
            packets += row.packets();
            flows += row.flows();
            variance += row.octetsVariance();
            unscaled += row.unscaledOctets();
        }
    }

    private final DuckDBConnection connection;
    private final Names.Pending names;
    private final Progress progress;
    private final Map<Key, Sums> hours = new HashMap<>();
    private final Map<Key, Sums> days = new HashMap<>();

    BatchWriter(DuckDBConnection connection, Names.Pending names, Progress progress) {
        this.connection = connection;
        this.names = names;
        this.progress = progress;
    }

    void write(VolumeBatch batch, Places places) throws SQLException {
        LinkParts parts = new LinkParts(places);
        appendVolumes(batch.volumes(), parts);
        appendSums("volume_hours", hours);
        appendSums("volume_days", days);
        appendInterfaces(batch.interfaces(), parts);
        appendExporters(batch.exporters());
        parts.append(connection);
        appendNames();
        advance(batch.writer(), batch.sequence());
    }

    private void appendVolumes(List<VolumeRow> rows, LinkParts parts) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (DuckDBAppender appender = connection.createAppender("main", "volumes")) {
            for (VolumeRow row : rows) {
                Key key = new Key(
                        row.binSeconds(),
                        names.id(row.link()),
                        Codes.of(row.direction()),
                        names.id(row.member()),
                        row.remoteAsn(),
                        (byte) row.ipVersion(),
                        Codes.of(row.protocol()),
                        Codes.of(row.kind()));
                names.asn(key.asn);
                append(
                        appender,
                        key,
                        row.octets(),
                        row.packets(),
                        row.flows(),
                        row.octetsVariance(),
                        row.unscaledOctets());
                parts.add(key.link, row);
                rollUpLate(key, row);
            }
            appender.flush();
        }
    }

    /** Roll-ups are complete up to their marks: what comes later than the mark passed joins them at once. */
    private void rollUpLate(Key key, VolumeRow row) {
        if (key.start < progress.hoursUntil()) {
            hours.computeIfAbsent(key.at(Bins.HOUR_SECONDS), _ -> new Sums()).add(row);
        }
        if (key.start < progress.daysUntil()) {
            days.computeIfAbsent(key.at(Bins.DAY_SECONDS), _ -> new Sums()).add(row);
        }
    }

    private void appendSums(String table, Map<Key, Sums> sums) throws SQLException {
        if (sums.isEmpty()) {
            return;
        }
        try (DuckDBAppender appender = connection.createAppender("main", table)) {
            for (Map.Entry<Key, Sums> entry : sums.entrySet()) {
                Sums sum = entry.getValue();
                append(appender, entry.getKey(), sum.octets, sum.packets, sum.flows, sum.variance, sum.unscaled);
            }
            appender.flush();
        }
    }

    private static void append(
            DuckDBAppender appender, Key key, long octets, long packets, long flows, double variance, long unscaled)
            throws SQLException {
        appender.beginRow()
                .append(key.start)
                .append(key.link)
                .append(key.direction)
                .append(key.member)
                .append(key.asn)
                .append(key.ipVersion)
                .append(key.protocol)
                .append(key.kind)
                .append(octets)
                .append(packets)
                .append(flows)
                .append(variance)
                .append(unscaled)
                .endRow();
    }

    private void appendInterfaces(List<InterfaceRow> rows, LinkParts parts) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (DuckDBAppender appender = connection.createAppender("main", "interfaces")) {
            for (InterfaceRow row : rows) {
                int link = names.id(row.link());
                appender.beginRow()
                        .append(row.binSeconds())
                        .append(names.id(row.exporter()))
                        .append(row.interfaceIndex())
                        .append(link)
                        .append(Codes.of(row.direction()))
                        .append(row.flowOctets())
                        .append(row.flowPackets())
                        .append(row.counterOctets())
                        .append(row.counterSeconds())
                        .append(row.speedBitsPerSecond())
                        .endRow();
                parts.add(link, row);
            }
            appender.flush();
        }
    }

    private void appendExporters(List<ExporterRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (DuckDBAppender appender = connection.createAppender("main", "exporters")) {
            for (ExporterRow row : rows) {
                appender.beginRow()
                        .append(row.binSeconds())
                        .append(names.id(row.exporter()))
                        .append(row.datagrams())
                        .append(row.records())
                        .append(row.samples())
                        .append(row.lostRecords())
                        .append(row.malformed())
                        .append(row.waitingDropped())
                        .append(row.refused())
                        .append(row.unscaledRecords())
                        .append(row.decodedOctets())
                        .append(row.bookedOctets())
                        .endRow();
            }
            appender.flush();
        }
    }

    private void appendNames() throws SQLException {
        if (!names.newNames().isEmpty()) {
            try (DuckDBAppender appender = connection.createAppender("main", "names")) {
                for (Map.Entry<String, Integer> name : names.newNames().entrySet()) {
                    appender.beginRow()
                            .append(name.getValue().intValue())
                            .append(name.getKey())
                            .endRow();
                }
                appender.flush();
            }
        }
        if (!names.newAsns().isEmpty()) {
            try (DuckDBAppender appender = connection.createAppender("main", "remote_asns")) {
                for (long asn : names.newAsns()) {
                    appender.beginRow().append(asn).endRow();
                }
                appender.flush();
            }
        }
    }

    /** In the same transaction as the rows: this is what makes a batch count once. */
    private void advance(String writer, long sequence) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE batches SET sequence = ? WHERE writer = ?")) {
            update.setLong(1, sequence);
            update.setString(2, writer);
            if (update.executeUpdate() > 0) {
                return;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO batches VALUES (?, ?)")) {
            insert.setString(1, writer);
            insert.setLong(2, sequence);
            insert.executeUpdate();
        }
    }
}
