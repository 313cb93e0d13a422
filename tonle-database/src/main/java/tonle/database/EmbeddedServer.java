// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static tonle.database.DatabaseOutage.Reason.FILES;
import static tonle.database.DatabaseOutage.Reason.OTHER_MAJOR_VERSION;
import static tonle.database.DatabaseOutage.Reason.PASSWORDS;
import static tonle.database.DatabaseOutage.Reason.UNSAFE_SETTING;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import tonle.base.Must;

/**
 * Tonle's own PostgreSQL, under the data directory. Listens on 127.0.0.1 alone, on a free port, with random
 * passwords; is durable (asserted at each start); goes on as it was when the JVM dies, and is taken over by the next
 * start.
 * <pre>
 *   bin-18.6.0/    programs, unpacked once
 *   data-18/       the cluster, by major version
 *   passwords      of the database's roles
 *   log/           what the server says: a file for each day of the week
 *   start.log      what the last start said
 *   lock           held by the process of Tonle that uses the server
 * </pre>
 */
public final class EmbeddedServer implements AutoCloseable {
    /** The name of the one database. */
    public static final String DATABASE = "tonle";

    /**
     * Somebody may be faster at a free port; and the sessions of a killed server end one by one, under load in
     * seconds.
     */
    private static final int START_COUNT_MAX = 40;

    private static final long ENDING_NANOS = 250_000_000;
    private static final Pattern LEFTOVER = Pattern.compile("bin\\.new-[0-9]+|data-[0-9]{1,4}\\.new");
    private static final Pattern CLUSTER = Pattern.compile("data-([0-9]{1,4})");

    /** What durability rests on. Each has its value as {@code SHOW} says it. */
    private static final Map<String, String> PROMISED = Map.of(
            "fsync", "on",
            "full_page_writes", "on",
            "synchronous_commit", "on",
            "data_checksums", "on",
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "server_encoding", "UTF8");

    private final Path folder;
    private final FolderLock lock;
    private final Passwords passwords;
    private final ServerProcess process;
    private final boolean isAdopted;
    private int port;

    private EmbeddedServer(Path folder, Path programs, FolderLock lock) throws IOException {
        this.folder = folder;
        this.lock = lock;
        Path dataFolder = folder.resolve("data-" + PostgresBinaries.majorVersion());
        refuseOtherMajorVersion();
        sweep();
        boolean isNew = !Files.isDirectory(dataFolder);
        this.passwords = passwords(isNew);
        PostgresBinaries binaries = PostgresBinaries.unpackOnce(programs);
        Path logFolder = folder.resolve("log");
        this.process = new ServerProcess(binaries, dataFolder, folder.resolve("start.log"), logFolder);
        if (isNew) {
            initialise(dataFolder);
        }
        this.isAdopted = adopt(dataFolder);
        if (!isAdopted) {
            start();
        }
        assertPromises();
        makeRolesAndDatabase();
    }

    /**
     * Starts the server in {@code folder}, which is made where it is missing, or takes over one that still runs
     * there.
     */
    public static EmbeddedServer start(Path folder) {
        return start(folder, folder);
    }

    /** {@code programs}: a folder that several servers may share, where their programs are unpacked. */
    public static EmbeddedServer start(Path folder, Path programs) {
        Path absolute = folder.toAbsolutePath().normalize();
        FolderLock lock = null;
        try {
            Folders.create(absolute);
            Folders.create(absolute.resolve("log"));
            lock = FolderLock.take(absolute);
            Folders.create(programs.toAbsolutePath().normalize());
            return new EmbeddedServer(absolute, programs.toAbsolutePath().normalize(), lock);
        } catch (IOException | RuntimeException e) {
            if (lock != null) {
                lock.close();
            }
            if (e instanceof RuntimeException ours) {
                throw ours;
            }
            throw new DatabaseOutage(FILES, "the database's files in " + absolute + ": " + e, e);
        }
    }

    /** Connections as {@code role} to {@code database}; each call of {@code getConnection} is a new one. */
    public DataSource connections(DatabaseRole role, String database) {
        return new PortOfNow(this, database, role, passwords.of(role));
    }

    public synchronized int port() {
        return port;
    }

    /** Whether the server was running already when this process came. */
    public boolean isAdopted() {
        return isAdopted;
    }

    /** The server's process, for those who watch it. */
    public synchronized OptionalLong pid() {
        try {
            return process.pid();
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }

    /** Whether its process is there. */
    public boolean isRunning() {
        try {
            return process.isAlive();
        } catch (IOException _) {
            return false;
        }
    }

    /** Starts the server anew where its process is gone; what was committed is there. Returns whether it was gone. */
    public synchronized boolean revive() {
        try {
            if (process.isAlive()) {
                return false;
            }
            start();
            assertPromises();
            return true;
        } catch (IOException e) {
            throw new DatabaseOutage(FILES, "the database's files in " + folder + ": " + e, e);
        }
    }

    /** Removes all files of a server that is closed. */
    public synchronized void remove() {
        Must.hold(!lock.isHeld(), "the server is closed");
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new DatabaseOutage(FILES, "the database's files in " + folder + " cannot be removed: " + e, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (process.isAlive()) {
                process.stop();
            }
        } catch (IOException e) {
            throw new DatabaseOutage(FILES, "the database server cannot be stopped: " + e, e);
        } finally {
            lock.close();
        }
    }

    private void refuseOtherMajorVersion() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path path : inside.toList()) {
                Matcher cluster = CLUSTER.matcher(path.getFileName().toString());
                if (cluster.matches() && Integer.parseInt(cluster.group(1)) != PostgresBinaries.majorVersion()) {
                    throw new DatabaseOutage(
                            OTHER_MAJOR_VERSION,
                            path + " is of PostgreSQL " + cluster.group(1) + ", this Tonle brings "
                                    + PostgresBinaries.majorVersion()
                                    + ": make a backup with the Tonle that wrote it and restore it with this one");
                }
            }
        }
    }

    /** What starts that were cut off have left: the lock says that nobody is at it. */
    private void sweep() throws IOException {
        Files.deleteIfExists(folder.resolve("initial-password"));
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path path : inside.toList()) {
                if (LEFTOVER.matcher(path.getFileName().toString()).matches()) {
                    Folders.delete(path);
                }
            }
        }
    }

    private Passwords passwords(boolean isNew) throws IOException {
        Path file = folder.resolve("passwords");
        if (Files.exists(file)) {
            return Passwords.read(file, List.of(DatabaseRole.values()));
        }
        if (isNew) {
            return Passwords.make(file);
        }
        throw new DatabaseOutage(
                PASSWORDS, file + " is missing, and the database beside it opens with it alone; put it back");
    }

    /**
     * In a side folder that gets its name when it is whole: a start that was cut off leaves nothing to be mistaken.
     */
    private void initialise(Path dataFolder) throws IOException {
        Path side = dataFolder.resolveSibling(dataFolder.getFileName() + ".new");
        Path passwordFile = folder.resolve("initial-password");
        try {
            Folders.writeWhole(passwordFile, passwords.of(DatabaseRole.ROOT) + "\n");
            process.initialise(side, passwordFile);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(side, dataFolder, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(folder);
    }

    /** Takes over the server that a killed JVM left behind, where it is ours, of this release and answers. */
    private boolean adopt(Path dataFolder) throws IOException {
        if (!process.isAlive()) {
            return false;
        }
        OptionalLong runningPort = process.port();
        if (runningPort.isPresent()) {
            port = (int) runningPort.getAsLong();
            try {
                JdbcClient root = root();
                if (Path.of(show(root, "data_directory")).toRealPath().equals(dataFolder.toRealPath())
                        && show(root, "server_version").equals(PostgresBinaries.serverVersion())) {
                    return true;
                }
            } catch (RuntimeException _) {
                // It is starting, stopping, or not ours to know: started anew below.
            }
        }
        process.stop();
        return false;
    }

    private void start() throws IOException {
        for (int attempt = 1; ; attempt++) {
            port = freePort();
            Path dataFolder = folder.resolve("data-" + PostgresBinaries.majorVersion());
            Folders.writeWhole(
                    dataFolder.resolve("postgresql.conf"), ServerConfiguration.text(port, folder.resolve("log")));
            Folders.writeWhole(dataFolder.resolve("pg_hba.conf"), ServerConfiguration.ACCESS);
            process.forgetDead();
            try {
                process.start();
                return;
            } catch (DatabaseOutage e) {
                boolean isPortTaken = e.words().contains("could not bind");
                boolean isStillEnding = e.words().contains("still in use");
                if (!isPortTaken && !isStillEnding || attempt == START_COUNT_MAX) {
                    throw e;
                }
                if (isStillEnding) {
                    LockSupport.parkNanos(ENDING_NANOS);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private void assertPromises() {
        JdbcClient root = root();
        PROMISED.forEach((name, promised) -> {
            String found = show(root, name);
            if (!found.equals(promised)) {
                throw new DatabaseOutage(
                        UNSAFE_SETTING,
                        "the database server runs with " + name + " = '" + found + "' where Tonle rests on '" + promised
                                + "'");
            }
        });
    }

    /** All of it may have happened before, or half of it, when a first start was cut off. */
    private void makeRolesAndDatabase() {
        JdbcClient root = root();
        List<String> present =
                root.sql("SELECT rolname FROM pg_roles").query(String.class).list();
        for (DatabaseRole role : DatabaseRole.values()) {
            if (!present.contains(role.user())) {
                // Our own base64url text: nothing in it needs quoting.
                root.sql("CREATE ROLE " + role.user() + " LOGIN NOINHERIT PASSWORD '" + passwords.of(role) + "'")
                        .update();
            }
        }
        if (root.sql("SELECT count(*) FROM pg_database WHERE datname = :name")
                        .param("name", DATABASE)
                        .query(Integer.class)
                        .single()
                == 0) {
            root.sql("CREATE DATABASE " + DATABASE + " OWNER " + DatabaseRole.OWNER.user())
                    .update();
        }
        root.sql("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC").update();
    }

    private JdbcClient root() {
        return JdbcClient.create(connections(DatabaseRole.ROOT, "postgres"));
    }

    private static String show(JdbcClient client, String setting) {
        return client.sql("SHOW " + setting).query(String.class).single();
    }

    /** A source of connections that follows the server to a new port after it was revived. */
    private static final class PortOfNow extends AbstractDataSource {
        private final EmbeddedServer server;
        private final String database;
        private final DatabaseRole role;
        private final String password;

        PortOfNow(EmbeddedServer server, String database, DatabaseRole role, String password) {
            this.server = server;
            this.database = database;
            this.role = role;
            this.password = password;
        }

        @Override
        public Connection getConnection() throws SQLException {
            String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
            return Connections.source(url, role, password).getConnection();
        }

        @Override
        public Connection getConnection(String user, String ignored) throws SQLException {
            return getConnection();
        }
    }
}
