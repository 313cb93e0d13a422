// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first promise: what is stored is what the dictionary says, column by column. */
class DataDictionaryTest {
    private static final Path DOCS =
            Path.of(System.getProperty("tonle.root", "..")).resolve("docs");

    @TempDir
    Path directory;

    private static List<List<String>> source() throws IOException {
        List<String> lines = Files.readAllLines(DOCS.resolve("data-dictionary.tsv"));
        assertThat(lines.getFirst()).isEqualTo("where\tname\ttype\tpurpose\tclass\tretention\tbasis");
        List<List<String>> entries = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            entries.add(Arrays.asList(line.split("\t", -1)));
        }
        return entries.stream()
                .filter(entry -> entry.getFirst().equals("store"))
                .toList();
    }

    @Test
    void everyColumnOfTheStoreIsInTheDictionaryAndNothingElse() throws IOException {
        List<String> real = new ArrayList<>();
        Database database = new Database(new StoreSettings(directory, 256, 1, 0), Schema.STEPS);
        try {
            database.read(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet columns = statement.executeQuery(
                                "SELECT table_name || '.' || column_name || ' ' || data_type FROM duckdb_columns()"
                                        + " WHERE database_name = current_database() AND NOT internal")) {
                    while (columns.next()) {
                        real.add(columns.getString(1));
                    }
                }
                return true;
            });
        } finally {
            database.close();
        }
        List<String> written = source().stream()
                .map(entry -> entry.get(1) + " " + entry.get(2))
                .toList();
        assertThat(written).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(real);
    }

    @Test
    void everyEntryIsWholeAndOfAKnownClass() throws IOException {
        for (List<String> entry : source()) {
            assertThat(entry).as("%s", entry).hasSize(7).noneMatch(String::isBlank);
            assertThat(entry.get(4)).isIn("aggregate", "device", "organisation", "operation");
            assertThat(entry.get(6)).isIn("metering", "running");
        }
    }

    @Test
    void theDocumentSaysTheSame() throws IOException {
        List<List<String>> table = Files.readAllLines(DOCS.resolve("DATA.md")).stream()
                .filter(line -> line.startsWith("| store |"))
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
        assertThat(table).isEqualTo(source());
    }

    @Test
    void aFileOfTheStoreThatTheDocumentDoesNotNameDoesNotAppear() throws IOException {
        String document = Files.readString(DOCS.resolve("DATA.md"));
        try (DuckTrafficStore store = Sample.open(directory)) {
            store.write(Sample.batch("w", 1, Sample.rows(new tonle.base.power.Seed(1), Sample.DAY, 12, 500)));
            store.maintain(Sample.DAY + 86_400, Retention.DEFAULT);
            store.write(Sample.batch("w", 2, Sample.rows(new tonle.base.power.Seed(2), Sample.DAY, 12, 500)));
            try (var files = Files.list(directory)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .allMatch(name -> document.contains("`" + name));
            }
        }
    }
}
