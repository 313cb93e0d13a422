// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Seed;
import tonle.testkit.SettableClock;
import tonle.traffic.Direction;

class DuckTrafficStoreTest {
    private static final long FROM = Sample.DAY;

    @TempDir
    Path directory;

    private static long octets(TrafficStore store) throws IOException {
        return store.answer(Sample.query(List.of(), List.of(), FROM - 86_400, FROM + 86_400))
                .total()
                .octets();
    }

    @Test
    void aBatchCountsOnceHoweverOftenItIsSent() throws IOException {
        try (DuckTrafficStore store = Sample.open(directory)) {
            VolumeBatch batch = Sample.batch("w", 1, List.of(Sample.row(FROM, "IX-A", Direction.IN, 500)));
            assertThat(store.nextSequence("w")).isEqualTo(1);
            assertThat(store.write(batch)).isTrue();
            assertThat(store.write(batch)).isFalse();
            assertThat(octets(store)).isEqualTo(500);
            assertThat(store.nextSequence("w")).isEqualTo(2);
            assertThat(store.nextSequence("another")).isEqualTo(1);
        }
        try (DuckTrafficStore store = Sample.open(directory)) {
            assertThat(store.write(Sample.batch("w", 1, List.of(Sample.row(FROM, "IX-A", Direction.IN, 500)))))
                    .isFalse();
            assertThat(store.health().repeatedBatches()).isEqualTo(1);
            assertThat(octets(store)).isEqualTo(500);
        }
    }

    @Test
    void severalWritersAndReadersAtOnceLoseAndDoubleNothing() throws Exception {
        try (DuckTrafficStore store = Sample.open(directory);
                ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<Long>> written = new ArrayList<>();
            for (int worker = 0; worker < 4; worker++) {
                String writer = "worker-" + worker;
                Seed seed = new Seed(worker);
                written.add(threads.submit(() -> {
                    long octets = 0;
                    for (int i = 1; i <= 40; i++) {
                        List<VolumeRow> rows = Sample.rows(seed, FROM, 12, 20);
                        store.write(Sample.batch(writer, i, rows));
                        store.write(Sample.batch(writer, i, rows));
                        octets += rows.stream().mapToLong(VolumeRow::octets).sum();
                    }
                    return octets;
                }));
            }
            Future<Long> reader = threads.submit(() -> {
                long last = 0;
                for (int i = 0; i < 30; i++) {
                    long now = store.answer(Sample.query(List.of(Dimension.COUNTRY), List.of(), FROM, FROM + 86_400))
                            .total()
                            .octets();
                    assertThat(now).isGreaterThanOrEqualTo(last);
                    last = now;
                }
                return last;
            });
            Future<?> upkeep = threads.submit(() -> {
                for (int hour = 0; hour < 8; hour++) {
                    store.maintain(FROM + hour * 3_600, Retention.DEFAULT);
                }
                return null;
            });
            long expected = 0;
            for (Future<Long> future : written) {
                expected += future.get();
            }
            reader.get();
            upkeep.get();
            assertThat(octets(store)).isEqualTo(expected);
            assertThat(store.health().writtenBatches()).isEqualTo(160);
            assertThat(store.health().repeatedBatches()).isEqualTo(160);
        }
    }

    @Test
    void deviceRowsOfOneBinAddUp() throws IOException {
        try (DuckTrafficStore store = Sample.open(directory)) {
            InterfaceRow first = new InterfaceRow(FROM, "r1", 3, "IX-A", Direction.IN, 10, 1, 700, 120, 1_000);
            InterfaceRow second = new InterfaceRow(FROM, "r1", 3, "IX-A", Direction.IN, 5, 1, -1, 0, 1_000);
            ExporterRow exporter = new ExporterRow(FROM, "r1", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            store.write(new VolumeBatch("w", 1, List.of(), List.of(first), List.of(exporter)));
            store.write(new VolumeBatch("w", 2, List.of(), List.of(second), List.of(exporter)));
            assertThat(store.interfaces("IX-A", FROM, FROM + 300))
                    .containsExactly(new InterfaceRow(FROM, "r1", 3, "IX-A", Direction.IN, 15, 2, 700, 120, 1_000));
            assertThat(store.exporters("r1", FROM, FROM + 300))
                    .containsExactly(new ExporterRow(FROM, "r1", 2, 4, 6, 8, 10, 12, 14, 16, 18, 20));
            assertThat(store.exporters("", FROM, FROM + 300)).hasSize(1);
            assertThat(store.exporters("r2", FROM, FROM + 300)).isEmpty();
        }
    }

    @Test
    void aStoreIsOpenOnceInAProcessAndFreeAfterClosing() throws IOException {
        try (DuckTrafficStore _ = Sample.open(directory)) {
            assertThatThrownBy(() -> Sample.open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("already open in this process");
        }
        Sample.open(directory).close();
    }

    @Test
    void newerDataIsRefusedInWordsAndLeftAlone() throws IOException {
        List<List<String>> newer = new ArrayList<>(Schema.STEPS);
        newer.add(List.of("ALTER TABLE volumes ADD COLUMN later BIGINT DEFAULT 7"));
        StoreSettings settings = new StoreSettings(directory, 256, 1, 0);
        SettableClock clock = new SettableClock(0);
        // Older data is migrated, with its rows.
        try (DuckTrafficStore store = DuckTrafficStore.open(settings, clock)) {
            store.write(Sample.batch("w", 1, List.of(Sample.row(FROM, "IX-A", Direction.IN, 500))));
        }
        try (DuckTrafficStore store = DuckTrafficStore.open(settings, clock, newer)) {
            assertThat(octets(store)).isEqualTo(500);
        }
        assertThatThrownBy(() -> DuckTrafficStore.open(settings, clock))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("schema version 2")
                .hasMessageContaining("versions up to 1");
        DuckTrafficStore.open(settings, clock, newer).close();
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(StoreSettings.FILE_NAME), "x".repeat(20_000));
        assertThatThrownBy(() -> Sample.open(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(StoreSettings.FILE_NAME);
    }

    @Test
    void aRangeIsExportedWithNamesIntoAnEmptyFolder(@TempDir Path other) throws Exception {
        Path target = other.resolve("it's here");
        List<VolumeRow> rows = Sample.rows(new Seed(3), FROM, 12, 200);
        try (DuckTrafficStore store = Sample.open(directory)) {
            store.write(Sample.batch("w", 1, rows));
            store.exportParquet(target, FROM, FROM + 3_600);
            assertThatThrownBy(() -> store.exportParquet(target, FROM, FROM + 3_600))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not empty");
        }
        long expected = rows.stream()
                .filter(row -> row.link().equals("IX-A") && row.direction() == Direction.OUT)
                .mapToLong(VolumeRow::octets)
                .sum();
        String file = target.resolve("volumes.parquet").toString().replace("'", "''");
        try (DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet sum = statement.executeQuery(
                        "SELECT sum(octets) FROM '" + file + "' WHERE link = 'IX-A' AND direction = 'out'")) {
            sum.next();
            assertThat(sum.getLong(1)).isEqualTo(expected);
        }
        assertThat(target.resolve("links.parquet")).exists();
        assertThat(target.resolve("exporters.parquet")).exists();
    }

    @Test
    void aClosedStoreSaysSo() throws IOException {
        DuckTrafficStore store = Sample.open(directory);
        store.close();
        store.close();
        assertThatThrownBy(() -> store.months(FROM, FROM + 300))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        assertThat(store.health().writable()).isFalse();
    }

    @Test
    void extensionsAreNeverFetched() throws IOException, SQLException {
        Database database = new Database(new StoreSettings(directory, 256, 1, 0), Schema.STEPS);
        for (String sql : List.of(
                "SET autoload_known_extensions = true",
                "SET autoinstall_known_extensions = true",
                "SET memory_limit = '64GB'")) {
            assertThatThrownBy(() -> database.write(connection -> {
                        Database.execute(connection, sql);
                        return true;
                    }))
                    .hasMessageContaining("locked");
        }
        assertThat(database.<String>read(connection -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet row = statement.executeQuery(
                                    "SELECT current_setting('autoinstall_known_extensions')::VARCHAR"
                                            + " || current_setting('autoload_known_extensions')::VARCHAR")) {
                        row.next();
                        return row.getString(1);
                    }
                }))
                .isEqualTo("falsefalse");
        database.close();
    }

    @Test
    void aBatchThatBreaksARuleOfTheTablesIsRefusedAndTheStoreStaysWell(@TempDir Path directory) throws IOException {
        List<List<String>> steps = new ArrayList<>(Schema.STEPS);
        steps.add(List.of("CREATE UNIQUE INDEX one_index ON interfaces(interface_index)"));
        try (DuckTrafficStore store = DuckTrafficStore.open(
                new StoreSettings(directory, 256, 2, 0), new SettableClock(Sample.DAY * 1_000), steps)) {
            store.use(Sample.topology(), Sample.origins());
            InterfaceRow row = new InterfaceRow(Sample.DAY, "r1", 1, "IX-A", Direction.IN, 5, 1, 5, 300, 1_000);
            VolumeBatch twice = new VolumeBatch("w-0", 1, List.of(), List.of(row, row), List.of());
            assertThatThrownBy(() -> store.write(twice))
                    .isInstanceOf(BatchRefused.class)
                    .hasMessageContaining("constraint");
            assertThat(store.health().writable()).isTrue();
            assertThat(store.interfaces("IX-A", 0, 2 * Sample.DAY)).isEmpty();
            VolumeBatch next = new VolumeBatch("w-0", 2, List.of(), List.of(row), List.of());
            assertThat(store.write(next)).isTrue();
            assertThat(store.nextSequence("w-0")).isEqualTo(3);
        }
    }

    @Test
    void failuresOfDiskMemoryAndLocksAreOutagesAndWhatTheTablesSayIsNot() {
        assertThat(
                        List.of(
                                "IO Error: Could not write file",
                                "Out of Memory Error: failed to allocate",
                                "TransactionContext Error: Conflict on tuple",
                                "something that DuckDB never said before",
                                "FATAL Error: database has been invalidated. Original error: IO Error: No space left on device"))
                .allMatch(words -> Database.isOutage(new IOException(words, new java.sql.SQLException(words))));
        assertThat(List.of(
                        "Failed to append: PRIMARY KEY or UNIQUE constraint violation: duplicate key",
                        "Constraint Error: NOT NULL constraint failed",
                        "Conversion Error: 300"))
                .noneMatch(words -> Database.isOutage(new IOException(words, new java.sql.SQLException(words))));
        assertThat(Database.isOutage(new IOException("the traffic store is closed")))
                .isTrue();
    }
}
