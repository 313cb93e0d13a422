// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import tonle.base.power.Clock;
import tonle.base.power.Seed;
import tonle.base.power.SystemClock;
import tonle.traffic.Bins;
import tonle.traffic.Direction;
import tonle.traffic.ProtocolClass;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.DuckTrafficStore;
import tonle.traffic.store.Filter;
import tonle.traffic.store.Measure;
import tonle.traffic.store.Retention;
import tonle.traffic.store.RowKind;
import tonle.traffic.store.StoreSettings;
import tonle.traffic.store.TrafficQuery;
import tonle.traffic.store.VolumeBatch;
import tonle.traffic.store.VolumeRow;

/**
 * {@code bench store}: how long the traffic store takes to write and to answer. 2,000 links over a month of five-minute
 * rows for the 95th percentile, made by SQL; a day of 1.66 M volumes written as batches, for the explorer's questions.
 * {@code --links N} and {@code --days N} make it smaller.
 */
public final class StoreBench {
    /** 2026-10-01T00:00:00Z. */
    private static final long FROM = 1_790_812_800L;

    private static final int ROUNDS = 5;
    /** Of {@code performance} runs elsewhere: 40 links, 72 rows for each bin, link and direction. */
    private static final int DAY_LINKS = 40;

    private static final int ROWS_A_LINK = 72;

    private interface Step {
        void run() throws IOException;
    }

    private final PrintStream out;
    private final Clock clock = new SystemClock();
    private final Path directory;
    private final int links;
    private final int days;

    private StoreBench(PrintStream out, Path directory, int links, int days) {
        this.out = out;
        this.directory = directory;
        this.links = links;
        this.days = days;
    }

    /** The exit code: 0 where every aim is met. */
    public static int run(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("tonle-bench-store");
        try {
            StoreBench bench = new StoreBench(
                    System.out, directory, option(arguments, "--links", 2_000), option(arguments, "--days", 31));
            return bench.measure() ? 0 : 1;
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        System.exit(run(arguments));
    }

    private static int option(String[] arguments, String name, int otherwise) {
        int at = Arrays.asList(arguments).indexOf(name);
        return at < 0 || at + 1 == arguments.length ? otherwise : Integer.parseInt(arguments[at + 1]);
    }

    private boolean measure() throws IOException, SQLException {
        StoreSettings settings = StoreSettings.in(directory);
        writeNames(settings);
        fillLinks();
        boolean met = true;
        try (DuckTrafficStore store = DuckTrafficStore.open(settings, clock)) {
            long to = FROM + (long) days * Bins.DAY_SECONDS;
            out.printf("%,d links, %d days of five-minute rows, %,d threads%n", links, days, settings.threads());
            met &= time("95th of one link, a month", 100, () -> store.month("link-77", Direction.IN, FROM, to));
            met &= time("95th of all links, a month", 5_000, () -> store.months(FROM, to));
            met &= time("rates of all links", 100, () -> store.rates(to + 1));
        }
        try (DuckTrafficStore store = DuckTrafficStore.open(settings, clock)) {
            long day = FROM + (long) (days + 10) * Bins.DAY_SECONDS;
            ingest(store, day);
            explore(store, day, "as written");
            long start = clock.monotonicNanos();
            store.maintain(day + 2 * Bins.DAY_SECONDS, Retention.DEFAULT);
            out.printf("%-52s %,9.1f ms%n", "upkeep of that day", (clock.monotonicNanos() - start) / 1e6);
            met &= explore(store, day, "after upkeep");
            out.printf("file: %,d MB%n", store.health().sizeOctets() >> 20);
        }
        return met;
    }

    /** Every link has one row, so that its name has a number. */
    private void writeNames(StoreSettings settings) throws IOException {
        try (DuckTrafficStore store = DuckTrafficStore.open(settings, clock)) {
            List<VolumeRow> rows = new ArrayList<>();
            for (int link = 0; link < links; link++) {
                rows.add(row(FROM - Bins.DAY_SECONDS, "link-" + link, Direction.IN, "member-0", 1, 1_000));
            }
            store.write(new VolumeBatch("names", 1, rows, List.of(), List.of()));
        }
    }

    private void fillLinks() throws SQLException {
        try (DuckDBConnection connection = (DuckDBConnection)
                        DriverManager.getConnection("jdbc:duckdb:" + directory.resolve(StoreSettings.FILE_NAME));
                Statement statement = connection.createStatement()) {
            String noise = "(hash(b * 4001 + n.name_id * 7 + S) % 1000000000 + 10000000000)::BIGINT";
            String side = "%s, 1000000, 1000, 1e15, 0, 0, %s, 300";
            String in = noise.replace("S", "1");
            String outward = noise.replace("S", "2");
            statement.execute("INSERT INTO link_bins SELECT " + FROM + " + b * 300, n.name_id, 1, "
                    + side.formatted(in, in) + ", " + side.formatted(outward, outward) + " FROM range(0, "
                    + days * 288L + ") r(b), names n WHERE n.name LIKE 'link-%' ORDER BY b // 288, n.name_id, b");
            statement.execute("CHECKPOINT");
        }
    }

    private static VolumeRow row(long bin, String link, Direction direction, String member, long asn, long octets) {
        return new VolumeRow(
                bin,
                link,
                direction,
                member,
                asn,
                4,
                ProtocolClass.TCP,
                octets,
                octets / 800,
                12,
                octets * 3e5,
                0,
                RowKind.BACKFILL);
    }

    /** A batch an hour, as a backfill writes them. */
    private void ingest(DuckTrafficStore store, long day) throws IOException {
        Seed seed = new Seed(1);
        long rows = 0;
        long nanos = 0;
        for (int hour = 0; hour < 24; hour++) {
            List<VolumeRow> batch = new ArrayList<>();
            for (int bin = 0; bin < 12; bin++) {
                for (int key = 0; key < DAY_LINKS * 2 * ROWS_A_LINK; key++) {
                    batch.add(row(
                            day + hour * 3_600L + bin * 300L,
                            "link-" + key % DAY_LINKS,
                            key / DAY_LINKS % 2 == 0 ? Direction.IN : Direction.OUT,
                            "member-" + seed.below(12),
                            64_496 + seed.below(60) * seed.below(60),
                            seed.below(1 << 30)));
                }
            }
            long start = clock.monotonicNanos();
            store.write(new VolumeBatch("bench", hour + 1, batch, List.of(), List.of()));
            nanos += clock.monotonicNanos() - start;
            rows += batch.size();
        }
        out.printf("%-52s %,9.0f rows/s (%,d rows)%n", "written, a batch an hour", rows * 1e9 / nanos, rows);
    }

    private boolean explore(DuckTrafficStore store, long day, String when) throws IOException {
        boolean met = true;
        List<List<Dimension>> groupings = List.of(
                List.of(),
                List.of(Dimension.DIRECTION),
                List.of(Dimension.MEMBER),
                List.of(Dimension.REMOTE_AS),
                List.of(Dimension.COUNTRY, Dimension.DIRECTION),
                List.of(Dimension.MEMBER, Dimension.REMOTE_AS));
        for (List<Dimension> by : groupings) {
            TrafficQuery query = query(by, List.of(), day);
            met &= time("24 h by " + by + ", " + when, 100, () -> store.answer(query));
        }
        List<Filter> oneLink = List.of(new Filter(Dimension.LINK, false, List.of("link-7")));
        TrafficQuery link = query(List.of(Dimension.MEMBER, Dimension.REMOTE_AS), oneLink, day);
        return met & time("24 h of one link by member and AS, " + when, 100, () -> store.answer(link));
    }

    private static TrafficQuery query(List<Dimension> by, List<Filter> where, long day) {
        return new TrafficQuery(by, where, Measure.BITS_PER_SECOND, day, day + Bins.DAY_SECONDS, 0, 8, "p95");
    }

    /** Prints first and median time; says whether the median is below the aim. */
    private boolean time(String what, int aimMillis, Step step) throws IOException {
        double[] millis = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = clock.monotonicNanos();
            step.run();
            millis[i] = (clock.monotonicNanos() - start) / 1e6;
        }
        double first = millis[0];
        Arrays.sort(millis);
        double median = millis[ROUNDS / 2];
        out.printf(
                "%-52s %,9.1f ms (first %,.1f) aim %,d ms%s%n",
                what, median, first, aimMillis, median < aimMillis ? "" : "  MISSED");
        return median < aimMillis;
    }
}
