// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.power.SystemClock;

/** Databases of tests: opened here, or in a process of its own that may be killed. */
final class Gateways {
    /** Unpacked once for the build. */
    static final Path PROGRAMS = Path.of(System.getProperty("tonle.root", ".."), "target", "postgres");

    private Gateways() {}

    static EmbeddedServer start(Path folder) {
        return EmbeddedServer.start(folder, PROGRAMS);
    }

    static Database open(EmbeddedServer server) {
        return Database.of(server, EmbeddedServer.DATABASE, 4, new SystemClock());
    }

    static JdbcClient as(EmbeddedServer server, DatabaseRole role) {
        return JdbcClient.create(server.connections(role, EmbeddedServer.DATABASE));
    }

    /** A table that the web and the server may add to. */
    static void makeScratch(EmbeddedServer server) {
        as(server, DatabaseRole.OWNER)
                .sql("CREATE TABLE registry.scratch (n bigint PRIMARY KEY, word text)")
                .update();
    }

    static List<Long> scratch(EmbeddedServer server) {
        return as(server, DatabaseRole.SERVER)
                .sql("SELECT n FROM registry.scratch ORDER BY n")
                .query(Long.class)
                .list();
    }

    static Process inProcess(Path folder, String... prefix) throws IOException {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Target.class.getName(),
                folder.toString(),
                PROGRAMS.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Kills by the handle: destroying the process itself would close the pipe with the last answers in it. */
    static long killed(Process process, BufferedReader output, long atLeast) throws Exception {
        long answered = -1;
        while (answered < atLeast) {
            answered = Long.parseLong(output.readLine());
        }
        process.toHandle().destroyForcibly();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            answered = Long.parseLong(line);
        }
        process.waitFor();
        return answered;
    }

    /**
     * Adds number after number, and says each when it is committed; says what is wrong where there is no database.
     */
    static final class Target {
        private Target() {}

        public static void main(String[] arguments) throws IOException {
            try {
                EmbeddedServer server = EmbeddedServer.start(Path.of(arguments[0]), Path.of(arguments[1]));
                Database database = open(server);
                if (scratchIsMissing(server)) {
                    makeScratch(server);
                }
                Path ballast = Path.of(arguments[0], "ballast");
                Files.write(ballast, new byte[20_000_000]);
                for (long n = 0; ; n++) {
                    try {
                        add(database, n);
                        System.out.println(n);
                    } catch (DatabaseOutage e) {
                        if (Files.deleteIfExists(ballast)) {
                            System.out.println(e.reason() + ": " + e.words());
                            while (database.look().outage().isPresent()) {
                                Thread.onSpinWait();
                            }
                            System.out.println("went on");
                        }
                    }
                }
            } catch (DatabaseOutage e) {
                System.out.println(e.reason() + ": " + e.words());
                System.exit(1);
            }
        }

        private static void add(Database database, long n) {
            // Rows of some kilobytes that do not compress: a small disk is full soon.
            byte[] octets = new byte[6_000];
            new Random(n).nextBytes(octets);
            database.server()
                    .in(
                            Scope.system(),
                            sql -> sql.sql("INSERT INTO registry.scratch VALUES (:n, :word) ON CONFLICT DO NOTHING")
                                    .param("n", n)
                                    .param("word", Base64.getEncoder().encodeToString(octets))
                                    .update());
        }

        private static boolean scratchIsMissing(EmbeddedServer server) {
            return as(server, DatabaseRole.OWNER)
                    .sql("SELECT to_regclass('registry.scratch') IS NULL")
                    .query(Boolean.class)
                    .single();
        }
    }
}
