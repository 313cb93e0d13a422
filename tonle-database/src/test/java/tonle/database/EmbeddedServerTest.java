// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.power.SystemClock;

/** The life of the embedded server: starts, ends, and ends that nobody asked for. */
class EmbeddedServerTest {
    @TempDir
    Path parent;

    private Path folder() {
        return parent.resolve("postgres");
    }

    @Test
    void dataSurviveARestartAndTheProgramsAreUnpackedOnce() throws Exception {
        String instance;
        try (Database database = Database.open(DatabaseSettings.embedded(folder()), new SystemClock())) {
            assertThat(database.health().version()).isEqualTo(PostgresBinaries.serverVersion());
            assertThat(database.health().isEmbedded()).isTrue();
            assertThat(database.health().sizeOctets()).isPositive();
            assertThat(database.health().outage()).isEmpty();
            instance = instance(database);
        }
        Path program = folder().resolve("bin-" + PostgresBinaries.releaseNumber() + "/bin/postgres");
        Object unpacked = Files.getLastModifiedTime(program);
        try (Database database = Database.open(DatabaseSettings.embedded(folder()), new SystemClock())) {
            assertThat(instance(database)).isEqualTo(instance);
        }
        assertThat(Files.getLastModifiedTime(program)).isEqualTo(unpacked);
        assertThat(names(folder())).noneMatch(name -> name.contains(".new"));
    }

    @Test
    void whatItRestsOnIsAsPromisedAndNobodyElseGetsIn() throws Exception {
        try (EmbeddedServer server = Gateways.start(folder())) {
            JdbcClient root = JdbcClient.create(server.connections(DatabaseRole.ROOT, "postgres"));
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
                assertThat(root.sql("SHOW " + setting).query(String.class).single())
                        .as(setting)
                        .isEqualTo("on");
            }
            assertThat(root.sql("SELECT 'B' < 'a' AND 'ក' < 'ខ'")
                            .query(Boolean.class)
                            .single())
                    .as("text in the order of code points")
                    .isTrue();
            assertThat(root.sql("SELECT rolname FROM pg_roles WHERE rolsuper OR rolbypassrls OR rolcreaterole")
                            .query(String.class)
                            .list())
                    .containsExactly("tonle_root");
            String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
            for (DatabaseRole role : DatabaseRole.values()) {
                for (String password : List.of("", "tonle", role.user())) {
                    assertThatThrownBy(() -> Connections.source(url, role, password)
                                    .getConnection()
                                    .close())
                            .hasMessageContaining("password");
                }
            }
            assertThat(Files.getPosixFilePermissions(folder().resolve("passwords")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(Files.getPosixFilePermissions(folder())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(Files.exists(folder().resolve("initial-password"))).isFalse();
        }
    }

    @Test
    void aServerWhoseTonleWasKilledIsTakenOverWithAllThatWasCommitted() throws Exception {
        Process process = Gateways.inProcess(folder());
        long answered;
        try (BufferedReader output = process.inputReader()) {
            answered = Gateways.killed(process, output, 20);
        }
        try (EmbeddedServer server = Gateways.start(folder())) {
            assertThat(server.isAdopted()).isTrue();
            assertThat(Gateways.scratch(server)).startsWith(committed(answered));
        }
        try (EmbeddedServer server = Gateways.start(folder())) {
            assertThat(server.isAdopted()).as("it was stopped cleanly").isFalse();
            assertThat(Gateways.scratch(server)).startsWith(committed(answered));
        }
    }

    @Test
    void aServerThatWasKilledItselfRecoversWhenItIsAskedNext() {
        try (EmbeddedServer server = Gateways.start(folder());
                Database database = Gateways.open(server)) {
            Gateways.makeScratch(server);
            for (int kill = 0; kill < 3; kill++) {
                long n = kill;
                database.server()
                        .in(
                                Scope.system(),
                                sql -> sql.sql("INSERT INTO registry.scratch (n) VALUES (:n)")
                                        .param("n", n)
                                        .update());
                long pid = server.pid().orElseThrow();
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
                while (server.isRunning()) {
                    Thread.onSpinWait();
                }
                assertThat(database.look().words()).isEmpty();
                assertThat(server.pid().orElseThrow()).isNotEqualTo(pid);
                assertThat(Gateways.scratch(server)).containsExactly(committed(kill));
            }
        }
    }

    @Test
    void aKilledTonleAndAKilledServerTogetherLoseNothing() throws Exception {
        Process process = Gateways.inProcess(folder());
        long answered;
        try (BufferedReader output = process.inputReader()) {
            answered = Gateways.killed(process, output, 20);
        }
        String pid = Files.readAllLines(folder().resolve("data-" + PostgresBinaries.majorVersion() + "/postmaster.pid"))
                .getFirst();
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        try (EmbeddedServer server = Gateways.start(folder())) {
            assertThat(server.isAdopted()).isFalse();
            assertThat(Gateways.scratch(server)).startsWith(committed(answered));
        }
    }

    @Test
    void aFirstStartThatWasCutOffLeavesNothingThatIsMistakenForData() throws Exception {
        Path side = folder().resolve("data-" + PostgresBinaries.majorVersion() + ".new");
        Files.createDirectories(side.resolve("base"));
        Files.writeString(side.resolve("PG_VERSION"), "18\n");
        Files.writeString(folder().resolve("initial-password"), "half");
        Files.createDirectories(folder().resolve("bin.new-1"));
        try (Database database = Database.open(DatabaseSettings.embedded(folder()), new SystemClock())) {
            assertThat(database.health().outage()).isEmpty();
        }
        assertThat(names(folder()))
                .containsExactlyInAnyOrder(
                        "bin-" + PostgresBinaries.releaseNumber(),
                        "data-" + PostgresBinaries.majorVersion(),
                        "passwords",
                        "log",
                        "start.log",
                        "lock");
    }

    @Test
    void whatTheServerWritesDownHoldsNoValueOfARow() throws Exception {
        String mark = "mark-of-a-person-0123456789";
        try (EmbeddedServer server = Gateways.start(folder())) {
            Gateways.open(server).close();
            Gateways.makeScratch(server);
            JdbcClient web = Gateways.as(server, DatabaseRole.WEB);
            for (String statement : List.of(
                    "INSERT INTO registry.scratch VALUES (1, :mark), (1, :mark)",
                    "INSERT INTO registry.scratch VALUES (2, '" + mark + "'), (2, :mark)",
                    "SELECT '" + mark + "' FROM no_such_table WHERE 'x' = :mark",
                    "SELECT 1 / 0, '" + mark + "', :mark",
                    "UPDATE registry.scratch SET word = :mark")) {
                assertThatThrownBy(() -> web.sql(statement).param("mark", mark).update())
                        .as(statement)
                        .rootCause()
                        .message()
                        .doesNotContain(mark);
            }
        }
        try (Stream<Path> files = Files.walk(folder().resolve("log"))) {
            List<Path> logs = files.filter(Files::isRegularFile).toList();
            assertThat(logs).isNotEmpty();
            String all = "";
            for (Path log : logs) {
                all += Files.readString(log, StandardCharsets.ISO_8859_1);
            }
            assertThat(all).contains("division by zero").doesNotContain(mark);
        }
        assertThat(folder().resolve("start.log")).content().doesNotContain(mark);
    }

    private static String instance(Database database) {
        return database.web()
                .read(
                        Scope.stranger(),
                        sql -> sql.sql("SELECT id FROM tonle.instance")
                                .query(String.class)
                                .single());
    }

    private static Long[] committed(long last) {
        return LongStream.rangeClosed(0, last).boxed().toArray(Long[]::new);
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(path -> path.getFileName().toString()).toList();
        }
    }
}
