// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What store and exports say once they are unpacked: files that are compressed hide their text from a search. */
final class StoredText {
    private StoredText() {}

    /** @return rows searched */
    static int search(Path store, Path export, PatternSearch search, PatternSearch.Found found)
            throws IOException, SQLException {
        int rows = 0;
        for (Path database : files(store, ".duckdb")) {
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database)) {
                List<String> tables = new ArrayList<>();
                try (Statement statement = connection.createStatement();
                        ResultSet names = statement.executeQuery("SELECT table_name FROM duckdb_tables()")) {
                    while (names.next()) {
                        tables.add(names.getString(1));
                    }
                }
                for (String table : tables) {
                    rows += search(connection, "\"" + table + "\"", search, found);
                }
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            for (Path file : files(export, ".parquet")) {
                rows += search(connection, "read_parquet('" + file + "')", search, found);
            }
        }
        return rows;
    }

    private static int search(Connection connection, String from, PatternSearch search, PatternSearch.Found found)
            throws SQLException {
        int rows = 0;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + from)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(result.getString(i)).append('|');
                }
                search.search(from, row.toString().getBytes(StandardCharsets.UTF_8), found);
                rows++;
            }
        }
        return rows;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
