// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;

/**
 * The DuckDB file: opening, transactions, and standing up again. DuckDB declares the whole database invalid after some
 * failures of the disk; then it is closed and opened anew, which replays its write-ahead log. Each use takes a
 * connection and statements of its own, because DuckDB closes a statement that failed.
 */
final class Database {
    /** What runs inside a transaction. */
    interface Work<T> {
        T run(DuckDBConnection connection) throws SQLException, IOException;
    }

    /** Questions at once; one more waits. More would only share the same threads and memory. */
    private static final int READERS_MAX = 8;

    private static final int READER_WAIT_SECONDS = 30;
    private static final Pattern HOLDER = Pattern.compile("lock is held in (.*?) \\(PID ([0-9]+)\\)");

    /**
     * Failures, in DuckDB's words, that come from what was to be written. All others, unknown ones among them, are
     * taken for an outage (disk, memory, locks, a database that fell): trying again then costs nothing, giving up
     * would.
     */
    private static final List<String> REFUSALS =
            List.of("constraint", "Conversion Error", "Out of Range Error", "Invalid Input Error", "Could not cast");

    private static final List<String> OUTAGES = List.of("IO Error", "No space left on device", "Out of Memory Error");

    private final StoreSettings settings;
    private final List<List<String>> schemaSteps;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final ReentrantReadWriteLock opening = new ReentrantReadWriteLock(true);
    private final Semaphore readers = new Semaphore(READERS_MAX, true);
    private final FileChannel lockFile;
    private DuckDBConnection root;
    private boolean closed;
    private volatile boolean invalid;
    private volatile int generation;

    /** The catalogue's name: DuckDB takes it from {@link StoreSettings#FILE_NAME}. */
    private static final String MAIN = StoreSettings.FILE_NAME.substring(0, StoreSettings.FILE_NAME.indexOf('.'));

    Database(StoreSettings settings, List<List<String>> schemaSteps) throws IOException {
        this.settings = settings;
        this.schemaSteps = schemaSteps;
        Files.createDirectories(settings.directory());
        this.lockFile = lock();
        try {
            this.root = connect();
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    /**
     * DuckDB itself lets one process open the file twice; two writers in one process would not see each other's names.
     */
    private FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(
                settings.directory().resolve("traffic.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            channel.close();
            throw new IOException("the traffic store " + settings.file() + " is already open in this process");
        }
        channel.close();
        throw new IOException("the traffic store " + settings.file() + " is in use by another Tonle process: stop it,"
                + " or ask it over its control socket");
    }

    private DuckDBConnection connect() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("memory_limit", settings.memoryMegaoctetsMax() + "MB");
        properties.setProperty("threads", Integer.toString(settings.threads()));
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("allow_community_extensions", "false");
        properties.setProperty("preserve_insertion_order", "false");
        properties.setProperty(
                "temp_directory", settings.directory().resolve("traffic.tmp").toString());
        try {
            DuckDBConnection connection =
                    (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + settings.file(), properties);
            try {
                Schema.migrate(connection, schemaSteps);
                execute(connection, "ATTACH ':memory:' AS derived");
                execute(connection, "SET lock_configuration = true");
                return connection;
            } catch (SQLException | IOException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw inWords(e);
        }
    }

    /** Whether a failure would have met any other write as well. */
    static boolean isOutage(IOException e) {
        if (!(e.getCause() instanceof SQLException cause)) {
            return true; // Closed, locked, or the disk itself: nothing of it comes from the tables.
        }
        String message = String.valueOf(cause.getMessage());
        return OUTAGES.stream().anyMatch(message::contains) || REFUSALS.stream().noneMatch(message::contains);
    }

    private IOException inWords(SQLException e) {
        String message = String.valueOf(e.getMessage());
        Matcher holder = HOLDER.matcher(message);
        if (holder.find()) {
            return new IOException(
                    "the traffic store " + settings.file() + " is in use by process " + holder.group(2) + " ("
                            + holder.group(1) + "): stop it, or ask it over its control socket",
                    e);
        }
        if (message.contains("No space left on device")) {
            return new IOException("no room left on the disk of " + settings.file(), e);
        }
        return new IOException(
                "traffic store " + settings.file() + ": "
                        + message.lines().findFirst().orElse(""),
                e);
    }

    /** Grows each time the database is opened: what was derived from the last opening is gone. */
    int generation() {
        return generation;
    }

    /** A snapshot to ask; nothing that {@code work} does to the main database stays. */
    <T> T read(Work<T> work) throws IOException {
        try {
            if (!readers.tryAcquire(READER_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the traffic store is busy: " + READERS_MAX + " questions run already");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the traffic store", e);
        }
        try {
            return transaction(work, "ROLLBACK");
        } finally {
            readers.release();
        }
    }

    /** All of {@code work} or nothing. One writer at a time. */
    <T> T write(Work<T> work) throws IOException {
        writing.lock();
        try {
            return transaction(work, "COMMIT");
        } finally {
            writing.unlock();
        }
    }

    /** Moves the write-ahead log into the file, so that a copy of the file alone is a good backup. */
    void checkpoint() throws IOException {
        writing.lock();
        try {
            standUp();
            opening.readLock().lock();
            try (DuckDBConnection connection = openRoot().duplicate()) {
                execute(connection, "CHECKPOINT");
            } catch (SQLException e) {
                // A question under way can hold it up; the log keeps all that was written, and the next upkeep comes.
                if (!String.valueOf(e.getMessage()).contains("Cannot CHECKPOINT")) {
                    noteInvalid(e);
                    throw inWords(e);
                }
            } finally {
                opening.readLock().unlock();
            }
        } finally {
            writing.unlock();
        }
    }

    /** Copies everything of one moment into a new database file, while writers and readers go on. */
    void copy(Path file) throws IOException {
        standUp();
        opening.readLock().lock();
        try (DuckDBConnection connection = openRoot().duplicate()) {
            execute(connection, "ATTACH '" + file.toString().replace("'", "''") + "' AS copy");
            try {
                // One statement is one snapshot; it commits by itself.
                execute(connection, "COPY FROM DATABASE " + MAIN + " TO copy");
            } finally {
                execute(connection, "DETACH copy");
            }
        } catch (SQLException e) {
            noteInvalid(e);
            throw inWords(e);
        } finally {
            opening.readLock().unlock();
        }
    }

    private <T> T transaction(Work<T> work, String end) throws IOException {
        standUp();
        opening.readLock().lock();
        try (DuckDBConnection connection = openRoot().duplicate()) {
            // The JDBC driver starts no transaction for an appender by itself, whatever autocommit says.
            execute(connection, "BEGIN TRANSACTION");
            boolean done = false;
            try {
                T result = work.run(connection);
                execute(connection, end);
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack(connection);
                }
            }
        } catch (SQLException e) {
            noteInvalid(e);
            throw inWords(e);
        } finally {
            opening.readLock().unlock();
        }
    }

    private void noteInvalid(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("FATAL") || message.contains("invalidated") || message.contains("INTERNAL")) {
            invalid = true;
        }
    }

    private void rollBack(DuckDBConnection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            // The failure that brought us here is on its way; what rolling back adds is whether the database still
            // stands.
            noteInvalid(e);
        }
    }

    private DuckDBConnection openRoot() throws IOException {
        if (closed) {
            throw new IOException("the traffic store is closed");
        }
        return root;
    }

    private void standUp() throws IOException {
        if (!invalid) {
            return;
        }
        opening.writeLock().lock();
        try {
            if (!invalid || closed) {
                return;
            }
            closeRoot();
            root = connect();
            generation++;
            invalid = false;
        } finally {
            opening.writeLock().unlock();
        }
    }

    private void closeRoot() {
        try {
            root.close();
        } catch (SQLException _) {
            // An invalid database cannot be closed in order; its log is replayed when it is opened again.
            invalid = true;
        }
    }

    void close() throws IOException {
        writing.lock();
        opening.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                closeRoot();
                lockFile.close();
            }
        } finally {
            opening.writeLock().unlock();
            writing.unlock();
        }
    }

    static void execute(DuckDBConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
