// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import tonle.base.power.Clock;
import tonle.traffic.Direction;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.Topology;

/**
 * The traffic store in one DuckDB file inside this process. A batch and its sequence are one transaction, made durable
 * before {@link #write} answers: what was answered is there after a kill, once, and what was not is there whole or not
 * at all.
 *
 * <p>When the disk is full, or fuller than the reserve allows, writing fails and {@link #health} says since when;
 * questions are answered on. The next write that finds room succeeds, and the trouble is over.
 */
public final class DuckTrafficStore implements TrafficStore {
    private final StoreSettings settings;
    private final Clock clock;
    private final Database database;
    private final Countries countries;
    private final AtomicLong writtenBatches = new AtomicLong();
    private final AtomicLong repeatedBatches = new AtomicLong();
    private volatile Places places = Places.unknown();
    private volatile Memory memory;
    private volatile Trouble trouble = Trouble.NONE;
    private volatile StoreHealth lastHealth = new StoreHealth(true, "", 0, 0, 0, 0, 0, 0, 0, 0);

    /** What the writer knows of the file; read anew after any failure, so that it never runs ahead of it. */
    private record Memory(Names names, Map<String, Long> sequences, AtomicLong newestBinSeconds) {
        static Memory read(Connection connection) throws SQLException {
            Map<String, Long> sequences = new ConcurrentHashMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT writer, sequence FROM batches")) {
                while (rows.next()) {
                    sequences.put(rows.getString(1), rows.getLong(2));
                }
            }
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT greatest((SELECT coalesce(max(start_seconds), 0)"
                            + " FROM link_bins), (SELECT coalesce(max(start_seconds), 0) FROM link_bin_parts))")) {
                row.next();
                return new Memory(Names.read(connection), sequences, new AtomicLong(row.getLong(1)));
            }
        }
    }

    private record Trouble(String words, long sinceMillis) {
        private static final Trouble NONE = new Trouble("", 0);
    }

    private DuckTrafficStore(StoreSettings settings, Clock clock, Database database) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.database = database;
        this.countries = new Countries(database);
        this.memory = database.read(Memory::read);
    }

    /** Makes, opens or migrates the store; an {@code IOException} says in words why not and what to do. */
    public static DuckTrafficStore open(StoreSettings settings, Clock clock) throws IOException {
        return open(settings, clock, Schema.STEPS);
    }

    static DuckTrafficStore open(StoreSettings settings, Clock clock, List<List<String>> schemaSteps)
            throws IOException {
        Database database = new Database(settings, schemaSteps);
        try {
            return new DuckTrafficStore(settings, clock, database);
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public boolean write(VolumeBatch batch) throws IOException {
        try {
            requireRoom();
            boolean written = writeOnce(batch);
            (written ? writtenBatches : repeatedBatches).incrementAndGet();
            trouble = Trouble.NONE;
            return written;
        } catch (BatchRefused e) {
            throw e; // The store itself is well.
        } catch (IOException e) {
            note(e);
            throw e;
        }
    }

    private synchronized boolean writeOnce(VolumeBatch batch) throws IOException {
        Memory known = memory();
        if (batch.sequence() <= known.sequences().getOrDefault(batch.writer(), 0L)) {
            return false;
        }
        Names.Pending pending = known.names().pending();
        try {
            database.write(connection -> {
                new BatchWriter(connection, pending, Progress.read(connection)).write(batch, places);
                return true;
            });
        } catch (IOException e) {
            // The transaction may or may not stand: only the file knows.
            memory = null;
            if (Database.isOutage(e)) {
                throw e;
            }
            throw new BatchRefused(e.getMessage(), e);
        }
        pending.committed();
        known.sequences().put(batch.writer(), batch.sequence());
        long newest = LongStream.concat(
                        batch.volumes().stream().mapToLong(VolumeRow::binSeconds),
                        batch.interfaces().stream().mapToLong(InterfaceRow::binSeconds))
                .max()
                .orElse(0);
        known.newestBinSeconds().accumulateAndGet(newest, Math::max);
        return true;
    }

    /** Questions do not wait for a batch that is being written: the lock is taken only where the file must be read. */
    private Memory memory() throws IOException {
        Memory known = memory;
        return known != null ? known : readMemory();
    }

    private synchronized Memory readMemory() throws IOException {
        if (memory == null) {
            memory = database.read(Memory::read);
        }
        return memory;
    }

    private void requireRoom() throws IOException {
        long usable = Files.getFileStore(settings.directory()).getUsableSpace();
        if (usable < settings.reserveOctets()) {
            throw new IOException("no room for traffic in " + settings.directory() + ": " + (usable >> 20)
                    + " MB are free and " + (settings.reserveOctets() >> 20)
                    + " MB are kept for the rest of Tonle; make room or shorten the retention");
        }
    }

    private void note(IOException e) {
        Trouble before = trouble;
        long since = before == Trouble.NONE ? clock.unixMillis() : before.sinceMillis();
        trouble = new Trouble(String.valueOf(e.getMessage()), since);
    }

    @Override
    public long nextSequence(String writer) throws IOException {
        return memory().sequences().getOrDefault(writer, 0L) + 1;
    }

    @Override
    public void use(Topology topology, OriginTable origins) {
        places = new Places(topology, origins);
    }

    @Override
    public TrafficAnswer answer(TrafficQuery query) throws IOException {
        Explorer.check(query);
        Memory known = memory();
        Places current = places;
        String table = Explorer.needsCountries(query) ? countries.table(known.names(), current.origins()) : "";
        Keys keys = new Keys(known.names(), current);
        long newest = known.newestBinSeconds().get();
        return database.read(connection -> new Explorer(connection, keys, table, query).answer(newest));
    }

    private LinkMonths links(Connection connection, Memory known) {
        return new LinkMonths(
                connection, known.names(), known.newestBinSeconds().get());
    }

    @Override
    public LinkMonth month(String link, Direction direction, long fromSeconds, long toSeconds) throws IOException {
        Memory known = memory();
        return database.read(connection -> links(connection, known).month(link, direction, fromSeconds, toSeconds));
    }

    @Override
    public List<LinkMonth> months(long fromSeconds, long toSeconds) throws IOException {
        Memory known = memory();
        return database.read(connection -> links(connection, known).months(fromSeconds, toSeconds));
    }

    @Override
    public List<LinkRate> rates(long nowSeconds) throws IOException {
        Memory known = memory();
        return database.read(connection -> links(connection, known).rates(nowSeconds));
    }

    @Override
    public List<InterfaceRow> interfaces(String link, long fromSeconds, long toSeconds) throws IOException {
        Names names = memory().names();
        return database.read(connection -> DeviceRows.interfaces(connection, names, link, fromSeconds, toSeconds));
    }

    @Override
    public List<ExporterRow> exporters(String exporter, long fromSeconds, long toSeconds) throws IOException {
        Names names = memory().names();
        return database.read(connection -> DeviceRows.exporters(connection, names, exporter, fromSeconds, toSeconds));
    }

    @Override
    public void maintain(long nowSeconds, Retention retention) throws IOException {
        try {
            new Upkeep(database, nowSeconds, retention).run();
        } catch (IOException e) {
            note(e);
            throw e;
        }
    }

    @Override
    public void exportParquet(Path directory, long fromSeconds, long toSeconds) throws IOException {
        database.read(connection -> {
            ParquetExport.write(connection, directory, fromSeconds, toSeconds);
            return true;
        });
    }

    @Override
    public void copy(Path directory) throws IOException {
        Path file = directory.resolve(StoreSettings.FILE_NAME);
        if (Files.exists(file)) {
            throw new IOException(file + " is there already; name another folder");
        }
        database.copy(file);
    }

    @Override
    public StoreHealth health() {
        Trouble now = trouble;
        long[] facts = {lastHealth.volumeRows(), lastHealth.oldestBinSeconds(), lastHealth.newestBinSeconds()};
        try {
            Memory known = memory();
            facts = database.read(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery(
                                "SELECT count(*), coalesce(min(start_seconds), 0) FROM volumes")) {
                    row.next();
                    return new long[] {
                        row.getLong(1), row.getLong(2), known.newestBinSeconds().get()
                    };
                }
            });
        } catch (IOException e) {
            note(e);
            now = trouble;
        }
        lastHealth = new StoreHealth(
                now == Trouble.NONE,
                now.words(),
                now.sinceMillis(),
                sizeOctets(),
                facts[0],
                facts[1],
                facts[2],
                writtenBatches.get(),
                repeatedBatches.get(),
                0);
        return lastHealth;
    }

    private long sizeOctets() {
        long size = 0;
        for (String suffix : List.of("", ".wal")) {
            Path file = settings.directory().resolve(StoreSettings.FILE_NAME + suffix);
            try {
                size += Files.exists(file) ? Files.size(file) : 0;
            } catch (IOException _) {
                // The log vanishes whenever a checkpoint ends.
                continue;
            }
        }
        return size;
    }

    @Override
    public void close() throws IOException {
        database.close();
    }
}
