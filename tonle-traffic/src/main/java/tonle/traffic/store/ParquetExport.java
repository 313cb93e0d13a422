// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parquet files of a range, with names in place of numbers, for programs that must not share the running store's file.
 */
final class ParquetExport {
    private ParquetExport() {}

    static void write(Connection connection, Path directory, long from, long to) throws SQLException, IOException {
        Files.createDirectories(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            if (files.iterator().hasNext()) {
                throw new IOException("the folder " + directory + " is not empty: name one that is, or a new one");
            }
        }
        String range = " WHERE start_seconds >= " + from + " AND start_seconds < " + to + " ORDER BY start_seconds, ";
        String volumes = "SELECT start_seconds, l.name AS link, "
                + "CASE direction WHEN 0 THEN 'in' ELSE 'out' END AS direction, m.name AS member, remote_asn, ip_version, "
                + "CASE protocol WHEN 6 THEN 'tcp' WHEN 17 THEN 'udp' WHEN 1 THEN 'icmp' ELSE 'other' END AS protocol, "
                + "CASE kind WHEN 0 THEN 'measured' WHEN 1 THEN 'correction' ELSE 'backfill' END AS kind, "
                + "octets, packets, flows, octets_variance, unscaled_octets FROM T v "
                + "JOIN names l ON l.name_id = v.link_id JOIN names m ON m.name_id = v.member_id" + range + "link";
        Map<String, String> files = new LinkedHashMap<>();
        for (String table : new String[] {"volumes", "volume_hours", "volume_days"}) {
            files.put(table, volumes.replace(" T v", " " + table + " v"));
        }
        files.put(
                "links",
                "SELECT l.name AS link, v.* EXCLUDE (link_id) FROM " + LinkBins.source(connection, from, to, "true")
                        + " v JOIN names l ON l.name_id = v.link_id ORDER BY start_seconds, link");
        files.put(
                "interfaces",
                "SELECT e.name AS exporter, l.name AS link, v.* EXCLUDE (exporter_id, link_id) FROM interfaces v "
                        + "JOIN names e ON e.name_id = v.exporter_id JOIN names l ON l.name_id = v.link_id" + range
                        + "exporter, interface_index");
        files.put(
                "exporters",
                "SELECT e.name AS exporter, v.* EXCLUDE (exporter_id) FROM exporters v "
                        + "JOIN names e ON e.name_id = v.exporter_id" + range + "exporter");
        for (Map.Entry<String, String> file : files.entrySet()) {
            // A file name cannot be a parameter here; it comes from whoever runs the command, and its quotes are
            // doubled.
            String path =
                    directory.resolve(file.getKey() + ".parquet").toString().replace("'", "''");
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "COPY (" + file.getValue() + ") TO '" + path + "' (FORMAT parquet, COMPRESSION zstd)");
            }
        }
    }
}
