// SPDX-License-Identifier: Apache-2.0
package tonle.testdatabase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.power.Clock;
import tonle.base.power.SystemClock;
import tonle.database.Database;
import tonle.database.DatabaseRole;
import tonle.database.EmbeddedServer;
import tonle.database.Migrations;
import tonle.database.Work;

/**
 * A migrated database for one test class, gone when closed. Keep it in a static field and close it after the class:
 * <pre>
 *   static final TestDatabase DATABASE = TestDatabase.fresh();
 *
 *   &#64;AfterAll
 *   static void close() { DATABASE.close(); }
 * </pre>
 * The first one of a JVM starts the server, in about two seconds; each further one takes a tenth of a second.
 */
public final class TestDatabase implements AutoCloseable {
    private static final String TEMPLATE = "tonle_template";
    private static final int CONNECTION_COUNT_MAX = 4;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;
    private final Database database;

    private TestDatabase(String name, Database database) {
        this.name = name;
        this.database = database;
    }

    /** A database with all migrations of the class path and nothing else in it. */
    public static TestDatabase fresh() {
        return fresh(new SystemClock());
    }

    public static TestDatabase fresh(Clock clock) {
        String name = "tonle_" + COUNT.incrementAndGet();
        root("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE + " OWNER " + DatabaseRole.OWNER.user());
        return new TestDatabase(name, Database.of(Server.ONE, name, CONNECTION_COUNT_MAX, clock));
    }

    public Database database() {
        return database;
    }

    public Work web() {
        return database.web();
    }

    public Work server() {
        return database.server();
    }

    /** As the owner of all objects, without scope and beyond row-level security: to prepare and to look behind. */
    public JdbcClient owner() {
        return as(DatabaseRole.OWNER);
    }

    /** Single statements under a role's own credentials, each committed at once, without scope. */
    public JdbcClient as(DatabaseRole role) {
        return JdbcClient.create(Server.ONE.connections(role, name));
    }

    @Override
    public void close() {
        database.close();
        root("DROP DATABASE " + name + " WITH (FORCE)");
    }

    private static void root(String sql) {
        JdbcClient.create(Server.ONE.connections(DatabaseRole.ROOT, "postgres"))
                .sql(sql)
                .update();
    }

    /** Started when first asked for; stopped and removed with the JVM. */
    private static final class Server {
        static final EmbeddedServer ONE = start();

        private static EmbeddedServer start() {
            try {
                Path folder = Files.createTempDirectory("tonle-test-database-");
                EmbeddedServer server = EmbeddedServer.start(folder, programs(folder));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(server)));
                JdbcClient.create(server.connections(DatabaseRole.ROOT, "postgres"))
                        .sql("CREATE DATABASE " + TEMPLATE + " OWNER " + DatabaseRole.OWNER.user())
                        .update();
                Migrations.run(server.connections(DatabaseRole.OWNER, TEMPLATE));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Unpacked once for all modules of a build, where the build says where it is. */
        private static Path programs(Path folder) {
            String root = System.getProperty("tonle.root", "");
            return root.isEmpty() ? folder : Path.of(root, "target", "postgres");
        }

        private static void remove(EmbeddedServer server) {
            server.close();
            server.remove();
        }
    }
}
