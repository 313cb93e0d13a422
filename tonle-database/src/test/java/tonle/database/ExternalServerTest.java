// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.power.SystemClock;
import tonle.database.DatabaseOutage.Reason;

/** A server that others run: the system's own PostgreSQL, the oldest that Tonle's SQL is written for. */
class ExternalServerTest {
    @TempDir
    static Path folder;

    private static Path programs;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Path installed = Path.of("/usr/lib/postgresql");
        Assumptions.assumeTrue(Files.isDirectory(installed), "peer not installed: postgresql");
        try (Stream<Path> releases = Files.list(installed)) {
            programs = releases.sorted().findFirst().orElseThrow().resolve("bin");
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        String data = folder.resolve("data").toString();
        run("initdb", "-D", data, "-U", "admin", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''";
        run(
                "pg_ctl",
                "start",
                "-w",
                "-s",
                "-D",
                data,
                "-l",
                folder.resolve("log").toString(),
                "-o",
                options);
        for (String role : List.of("tonle_owner", "tonle_server", "tonle_web")) {
            admin("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (port != 0) {
            run(
                    "pg_ctl",
                    "stop",
                    "-w",
                    "-s",
                    "-m",
                    "fast",
                    "-D",
                    folder.resolve("data").toString());
        }
    }

    @Test
    void theSameMigrationsRunThereAndTheScopeHolds() throws Exception {
        admin("CREATE DATABASE whole OWNER tonle_owner");
        for (int start = 0; start < 2; start++) {
            try (Database database = Database.open(settings("whole"), new SystemClock())) {
                assertThat(database.health().isEmbedded()).isFalse();
                assertThat(database.health().outage()).isEmpty();
                String actor = database.web()
                        .read(
                                Scope.staff("engineer-1"),
                                sql -> sql.sql("SELECT tonle.actor()")
                                        .query(String.class)
                                        .single());
                assertThat(actor).isEqualTo("engineer-1");
            }
        }
    }

    @Test
    void aDatabaseWithAnotherOrderOfTextIsRefused() throws Exception {
        admin("CREATE DATABASE latin OWNER tonle_owner TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'");
        refused("latin", Reason.UNSAFE_SETTING, "C.UTF-8");
    }

    @Test
    void whatIsMissingOrTooMuchOfRightsIsSaid() throws Exception {
        admin("CREATE DATABASE foreign_owner");
        refused("foreign_owner", Reason.RIGHTS, "OWNER TO tonle_owner");
        refused("no_such_database", Reason.RIGHTS, "tonle_owner");
        admin("CREATE DATABASE mighty OWNER tonle_owner");
        admin("ALTER ROLE tonle_web BYPASSRLS");
        refused("mighty", Reason.RIGHTS, "tonle_web", "NOBYPASSRLS");
        admin("ALTER ROLE tonle_web NOBYPASSRLS");
        Database.open(settings("mighty"), new SystemClock()).close();
    }

    private static void refused(String database, Reason reason, String... words) {
        assertThatThrownBy(() -> Database.open(settings(database), new SystemClock()))
                .isInstanceOfSatisfying(DatabaseOutage.class, outage -> {
                    assertThat(outage.reason()).isEqualTo(reason);
                    assertThat(outage.words()).contains(words);
                });
    }

    private static DatabaseSettings settings(String database) throws IOException {
        Path passwords = folder.resolve("passwords");
        Files.writeString(passwords, "tonle_owner=x\ntonle_server=x\ntonle_web=x\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        return DatabaseSettings.external(folder, "jdbc:postgresql://127.0.0.1:" + port + "/" + database, passwords);
    }

    private static void admin(String sql) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
        source.setUser("admin");
        JdbcClient.create(source).sql(sql).update();
    }

    /** As an ordinary user, also where the test is root: in a user namespace, as the embedded server does. */
    private static void run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("unshare", "--user", programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        int exitCode = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start()
                .waitFor();
        assertThat(exitCode).as(Files.readString(folder.resolve("said"))).isZero();
    }
}
