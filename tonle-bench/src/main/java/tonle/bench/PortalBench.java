// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.Sha256;
import tonle.base.power.Clock;
import tonle.base.power.SystemClock;
import tonle.database.Database;
import tonle.database.DatabaseSettings;
import tonle.database.Scope;
import tonle.traffic.Bins;
import tonle.traffic.Direction;
import tonle.traffic.ProtocolClass;
import tonle.traffic.store.DuckTrafficStore;
import tonle.traffic.store.RowKind;
import tonle.traffic.store.StoreSettings;
import tonle.traffic.store.VolumeBatch;
import tonle.traffic.store.VolumeRow;

/**
 * {@code bench portal}: how soon a gateway shows its first page on a data directory that is there, and how its pages
 * hold under load: 200 operators, 2,000 links, three months of five-minute and 24 months of hourly data, made by SQL
 * inside the stores. The gateway is the real program in a process of its own; requests carry the session of somebody
 * who has signed in. {@code --links N}, {@code --operators N}, {@code --days N}, {@code --months N}, {@code --rate N}
 * and {@code --seconds N} change the size; {@code --data DIR} keeps the directory for the next run.
 */
final class PortalBench {
    static final String USAGE = "./tonle bench portal [--links N] [--operators N] [--days N] [--months N] [--rate N]"
            + " [--seconds N] [--data DIR]";

    private static final int SITES = 4;
    private static final int DEVICES = 20;
    private static final int STARTS = 5;
    private static final int FIRST_PAGE_AIM_MILLIS = 3_000;
    private static final int FIRST_PAGE_BAR_MILLIS = 6_000;
    private static final String SESSION = "tonle_s_benchmark-of-the-pages-nobody-signs-in-by-this";

    private static final List<String> LET_IN = List.of(
            "INSERT INTO people.pseudonym VALUES (:who, current_date)",
            "INSERT INTO people.account (pseudonym, name, name_key, language, state, handle, made_at)"
                    + " VALUES (:who, 'Benchmark', 'benchmark', 'en', 'active', sha256('handle'), now())",
            "INSERT INTO people.role_grant (pseudonym, role, granted_by, granted_at, is_founding)"
                    + " VALUES (:who, 'administrator', 'owner', now(), true), (:who, 'engineer', 'owner', now(), false),"
                    + " (:who, 'registrar', 'owner', now(), false)");
    private static final String LET_IN_SESSION =
            "INSERT INTO people.session (hash, id, pseudonym, method, made_at, used_at, expires_at)"
                    + " VALUES (:hash, 's-benchm', :who, 'link', now(), now(), now() + interval '1 day')";

    private final PrintStream out;
    private final Clock clock = new SystemClock();
    private final Path data;
    private final String[] arguments;
    private final int links;
    private final int operators;

    private PortalBench(PrintStream out, Path data, String[] arguments) {
        this.out = out;
        this.data = data;
        this.arguments = arguments;
        this.links = option("--links", 2_000);
        this.operators = option("--operators", 200);
    }

    /** The exit code: 0 where every aim is met. */
    static int run(String[] arguments) throws IOException, InterruptedException {
        int at = Arrays.asList(arguments).indexOf("--data");
        boolean isKept = at >= 0 && at + 1 < arguments.length;
        Path data = isKept
                ? Files.createDirectories(Path.of(arguments[at + 1]))
                : Files.createTempDirectory("tonle-bench-portal");
        try {
            return new PortalBench(System.out, data, arguments).measure() ? 0 : 1;
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            if (!isKept) {
                try (Stream<Path> files = Files.walk(data)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private int option(String name, int otherwise) {
        int at = Arrays.asList(arguments).indexOf(name);
        return at < 0 || at + 1 == arguments.length ? otherwise : Integer.parseInt(arguments[at + 1]);
    }

    private boolean measure() throws IOException, InterruptedException, SQLException {
        if (!Files.exists(data.resolve("traffic"))) {
            prepare();
        }
        boolean met = starts();
        try (PortalProcess gateway = new PortalProcess(data, clock)) {
            PortalLoad load = new PortalLoad(out, clock, gateway.port(), SESSION);
            int rate = option("--rate", 200);
            int seconds = option("--seconds", 20);
            List<String> somePages = new ArrayList<>();
            for (int link = 0; link < links; link += Math.max(1, links / 50)) {
                somePages.add("/links/" + linkId(link));
            }
            load.head();
            met &= load.measure("Overview", List.of("/overview"), rate, seconds);
            met &= load.measure("Link", somePages, rate, seconds);
            met &= load.measure("Operators", List.of("/operators"), rate, seconds);
        }
        return met;
    }

    /** The registry follows the file at a first start; then the stores are filled and somebody may come in. */
    private void prepare() throws IOException, InterruptedException, SQLException {
        out.printf(
                "%,d operators, %,d links, %d days of five-minute rows, %d months of hourly rows ...%n",
                operators, links, option("--days", 92), option("--months", 24));
        Files.writeString(data.resolve("tonle.yaml"), configuration());
        try (PortalProcess gateway = new PortalProcess(data, clock)) {
            out.printf(
                    "first start, with a new database and %,d objects for the registry: %,.1f s%n",
                    operators + 2 * links + DEVICES + SITES, gateway.readyMillis() / 1e3);
        }
        StoreSettings settings = StoreSettings.in(data.resolve("traffic"));
        long now = Math.floorDiv(clock.unixMillis() / 1_000, (long) Bins.DAY_SECONDS) * Bins.DAY_SECONDS;
        writeNames(settings, now);
        fill(settings, now);
        try (Database database = Database.open(DatabaseSettings.embedded(data.resolve("postgres")), clock)) {
            database.server().in(Scope.system(), this::letIn);
        }
    }

    private String configuration() {
        StringBuilder text = new StringBuilder("""
                gateway: {name: Benchmark}
                listen: {udp: ["127.0.0.1:0"], tcp: [], tls: [], queue-kib: 1024}
                portal: {port: 0}
                retention: {bin-days: 100, hour-days: 800, day-days: 1830}
                sites:
                """);
        for (int site = 0; site < SITES; site++) {
            text.append("  - {id: S%d, name: Site %d, map-x: %d, map-y: %d}\n"
                    .formatted(site, site, 200 * (site + 1), 150 * (site + 1)));
        }
        text.append("operators:\n");
        for (int operator = 0; operator < operators; operator++) {
            text.append("  - {id: op-%d, name: Operator %s, asns: [%d], prefixes: [\"10.%d.0.0/16\"]}\n"
                    .formatted(operator, words(operator), 64_512 + operator, operator));
        }
        text.append("exporters:\n");
        for (int device = 0; device < DEVICES; device++) {
            text.append("  - {id: edge-%d, site: S%d, addresses: [192.0.2.%d]}\n"
                    .formatted(device, device % SITES, device + 1));
        }
        text.append("links:\n");
        for (int link = 0; link < links; link++) {
            text.append(("  - {id: %s, kind: %s, site: S%d, operator: op-%d, counterpart: Carrier %d, capacity: 100G,"
                            + " ports: [{exporter: edge-%d, interface: %d}]}\n")
                    .formatted(
                            linkId(link),
                            link % 10 == 0 ? "international" : "exchange-port",
                            link % SITES,
                            link % operators,
                            link,
                            link % DEVICES,
                            1 + link / DEVICES));
        }
        return text.toString();
    }

    private static String linkId(int link) {
        return "LINK-" + link;
    }

    /** Names that the eye tells apart, or the registry would refuse them. */
    private static String words(int number) {
        StringBuilder letters = new StringBuilder();
        for (int rest = number; letters.length() < 6; rest /= 10) {
            letters.append("BDFGKMNPRT".charAt(rest % 10)).append("aeiou".charAt(rest % 5));
        }
        return letters.toString();
    }

    /** Every link and member has one row, so that its name has a number. */
    private void writeNames(StoreSettings settings, long day) throws IOException {
        try (DuckTrafficStore store = DuckTrafficStore.open(settings, clock)) {
            List<VolumeRow> rows = new ArrayList<>();
            for (int link = 0; link < links; link++) {
                rows.add(new VolumeRow(
                        day,
                        linkId(link),
                        Direction.IN,
                        "op-" + link % operators,
                        64_496 + link % 60,
                        4,
                        ProtocolClass.TCP,
                        1_000_000,
                        1_000,
                        100,
                        1e9,
                        0,
                        RowKind.BACKFILL));
            }
            store.write(new VolumeBatch("names", 1, rows, List.of(), List.of()));
        }
    }

    private void fill(StoreSettings settings, long today) throws SQLException {
        long start = clock.monotonicNanos();
        long bins = option("--days", 92) * 288L;
        long hours = option("--months", 24) * 730L;
        // Until now, and a day on: a benchmark that runs past midnight finds data too.
        long until = today + 2L * Bins.DAY_SECONDS;
        String link =
                "(SELECT row_number() OVER (ORDER BY name_id) AS l, name_id FROM names WHERE name LIKE 'LINK-%%')";
        String members =
                "(SELECT row_number() OVER (ORDER BY name_id) AS m, name_id FROM names WHERE name LIKE 'op-%%')";
        String noise = "(hash(b * 4001 + n.l * 7 + %d) %% 1000000000 + 10000000000)::BIGINT";
        String key = "n.name_id, %d, m.name_id, 64496 + n.l %% 60, 4, 6, 2, ";
        String from = " FROM range(0, %d) r(b), " + link + " n JOIN " + members + " m ON m.m = 1 + n.l %% " + operators
                + " ORDER BY b // %d, n.l, b";
        try (DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection(
                        "jdbc:duckdb:" + settings.directory().resolve("traffic.duckdb"));
                Statement statement = connection.createStatement()) {
            String side = "%s, 1000000, 1000, 1e15, 0, 0, %s, 300";
            String in = side.formatted(noise.formatted(1), noise.formatted(1));
            String outward = side.formatted(noise.formatted(2), noise.formatted(2));
            statement.execute("INSERT INTO link_bins SELECT " + (until - bins * 300) + " + b * 300, n.name_id, 1, " + in
                    + ", " + outward + from.formatted(bins, 288));
            for (Direction direction : Direction.values()) {
                String volume = key.formatted(direction.ordinal()) + noise.formatted(3 + direction.ordinal())
                        + " * S, 1000000, 1000, 1e15, 0";
                statement.execute("INSERT INTO volumes SELECT " + (until - bins * 300) + " + b * 300, "
                        + volume.replace("* S", "* 1") + from.formatted(bins, 288));
                statement.execute("INSERT INTO volume_hours SELECT " + (until - hours * 3_600) + " + b * 3600, "
                        + volume.replace("* S", "* 12") + from.formatted(hours, 24));
                statement.execute("INSERT INTO volume_days SELECT " + (until - hours * 3_600) + " + b * 86400, "
                        + volume.replace("* S", "* 288") + from.formatted(hours / 24, 30));
            }
            statement.execute("UPDATE progress SET hours_until = " + until + ", days_until = " + until
                    + ", links_until = " + until);
            statement.execute("CHECKPOINT");
        }
        out.printf("stores filled in %,.0f s%n", (clock.monotonicNanos() - start) / 1e9);
    }

    /** An administrator and engineer with a session that outlives the run. */
    private int letIn(JdbcClient unit) {
        for (String sql : LET_IN) {
            unit.sql(sql).param("who", "p-benc-hmrk").update();
        }
        return unit.sql(LET_IN_SESSION)
                .param("hash", hash())
                .param("who", "p-benc-hmrk")
                .update();
    }

    private static byte[] hash() {
        return Sha256.of(SESSION.getBytes(StandardCharsets.UTF_8));
    }

    private boolean starts() throws IOException, InterruptedException {
        double[] millis = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            try (PortalProcess gateway = new PortalProcess(data, clock)) {
                PortalLoad load = new PortalLoad(out, clock, gateway.port(), SESSION);
                load.once("/overview");
                millis[i] = gateway.ageMillis();
            }
        }
        Arrays.sort(millis);
        double median = millis[STARTS / 2];
        out.printf(
                Locale.ROOT,
                "start to first page: median %,.1f s, least %,.1f, most %,.1f (aim %d s, bar %d s)%s%n",
                median / 1e3,
                millis[0] / 1e3,
                millis[STARTS - 1] / 1e3,
                FIRST_PAGE_AIM_MILLIS / 1_000,
                FIRST_PAGE_BAR_MILLIS / 1_000,
                median < FIRST_PAGE_AIM_MILLIS ? "" : "  AIM MISSED");
        return median < FIRST_PAGE_BAR_MILLIS;
    }
}
