// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.power.Clock;

/**
 * The open database of one gateway: its server, its schema up to date, and units of work for the web and for the
 * gateway itself. Thread-safe.
 */
public final class Database implements AutoCloseable {
    private final @Nullable EmbeddedServer server;
    private final boolean closesServer;
    private final HikariDataSource webPool;
    private final HikariDataSource serverPool;
    private final Work webWork;
    private final Work serverWork;
    private final Outages outages;
    private final DataSource owner;
    private final String version;
    private volatile long sizeOctets;

    /** One database's connections, by role. */
    record Sources(DataSource owner, DataSource server, DataSource web) {}

    Database(
            @Nullable EmbeddedServer server,
            boolean closesServer,
            Sources sources,
            int connectionCountMax,
            Clock clock) {
        Migrations.run(sources.owner());
        this.owner = sources.owner();
        this.server = server;
        this.closesServer = closesServer;
        this.outages = new Outages(clock, server == null ? () -> false : server::revive);
        this.webPool = Connections.pool(sources.web(), DatabaseRole.WEB, connectionCountMax);
        this.serverPool = Connections.pool(sources.server(), DatabaseRole.SERVER, connectionCountMax);
        this.webWork = new TransactionWork(webPool, DatabaseRole.WEB, outages);
        this.serverWork = new TransactionWork(serverPool, DatabaseRole.SERVER, outages);
        try {
            this.version = serverWork.read(
                    Scope.system(),
                    sql -> sql.sql("SHOW server_version").query(String.class).single());
            this.sizeOctets = serverWork.read(Scope.system(), Database::size);
        } catch (RuntimeException e) {
            webPool.close();
            serverPool.close();
            throw e;
        }
    }

    /**
     * Starts or finds the server, brings the schema up to date and opens it.
     *
     * @throws DatabaseOutage with what is missing and what to do
     */
    public static Database open(DatabaseSettings settings, Clock clock) {
        if (settings.external().isPresent()) {
            Sources sources = ExternalServer.sources(settings.external().get());
            return new Database(null, false, sources, settings.connectionCountMax(), clock);
        }
        EmbeddedServer server = EmbeddedServer.start(settings.folder());
        try {
            return new Database(
                    server, true, sources(server, EmbeddedServer.DATABASE), settings.connectionCountMax(), clock);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * One database of an embedded server that its owner closes: for tests, which have many databases in one server.
     */
    public static Database of(EmbeddedServer server, String database, int connectionCountMax, Clock clock) {
        return new Database(server, false, sources(server, database), connectionCountMax, clock);
    }

    /** Under the web's credentials: pages and the API. */
    public Work web() {
        return webWork;
    }

    /** Under the server's credentials: the gateway's own work. */
    public Work server() {
        return serverWork;
    }

    /** How the database is, without asking it. */
    public DatabaseHealth health() {
        return new DatabaseHealth(
                server != null,
                version,
                server == null ? 0 : server.port(),
                sizeOctets,
                outages.sinceUnixMillis(),
                outages.outage(),
                outages.words());
    }

    /** Asks the database whether it is there and how large; a dead embedded server is started anew on the way. */
    public DatabaseHealth look() {
        if (server != null && outages.revive()) {
            // Connections of the dead server go one by one, as their turn comes; those of the pool go at once.
            webPool.getHikariPoolMXBean().softEvictConnections();
            serverPool.getHikariPoolMXBean().softEvictConnections();
        }
        try {
            sizeOctets = serverWork.read(Scope.system(), Database::size);
        } catch (DatabaseOutage _) {
            // What health() says now.
        }
        return health();
    }

    /**
     * Writes every table, as they are at one moment, while units of work go on.
     *
     * @param tables is given one stream for each table, in the order of their names
     * @throws IOException where a stream cannot be written
     */
    public DatabaseDump dump(DatabaseDump.TableSink tables) throws IOException {
        return DatabaseDump.write(owner, tables);
    }

    /**
     * Makes a new embedded database of what {@link #dump} wrote and brings it to this Tonle's schema.
     *
     * @param folder where no embedded database is yet
     * @throws DatabaseOutage where the dump is of a newer Tonle, or the folder holds a database
     */
    public static void restore(Path folder, DatabaseDump dump, DatabaseDump.TableSource tables) throws IOException {
        DatabaseDump.restore(folder, dump, tables);
    }

    @Override
    public void close() {
        webPool.close();
        serverPool.close();
        if (server != null && closesServer) {
            server.close();
        }
    }

    private static long size(JdbcClient sql) {
        return sql.sql("SELECT pg_database_size(current_database())")
                .query(Long.class)
                .single();
    }

    private static Sources sources(EmbeddedServer server, String database) {
        return new Sources(
                server.connections(DatabaseRole.OWNER, database),
                server.connections(DatabaseRole.SERVER, database),
                server.connections(DatabaseRole.WEB, database));
    }
}
