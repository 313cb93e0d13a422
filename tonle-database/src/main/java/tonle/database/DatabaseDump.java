// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static tonle.database.DatabaseOutage.Reason.BUSY;
import static tonle.database.DatabaseOutage.Reason.NEWER_DATA;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * What a backup of a database says of itself; the rows stand beside it, one file a table in PostgreSQL's text format of
 * COPY.
 *
 * @param migrations versions of the schema that the rows are of, ascending
 * @param tables each with its columns, in the order of both
 * @param sequences each with its last value
 */
public record DatabaseDump(
        String serverVersion, List<String> migrations, Map<String, List<String>> tables, Map<String, Long> sequences) {
    private static final String SCHEMAS = "('tonle', 'registry', 'people', 'audit')";

    public DatabaseDump {
        migrations = List.copyOf(migrations);
        tables = new LinkedHashMap<>(tables);
        sequences = new LinkedHashMap<>(sequences);
    }

    /** Where rows go. */
    @FunctionalInterface
    public interface TableSink {
        /** Opens the stream of {@code table} ({@code registry.link}); closed before the next is opened. */
        OutputStream open(String table) throws IOException;
    }

    /** Where rows come from. */
    @FunctionalInterface
    public interface TableSource {
        InputStream open(String table) throws IOException;
    }

    static DatabaseDump write(DataSource owner, TableSink sink) throws IOException {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement sql = connection.createStatement()) {
                // One moment for all tables; and an error, not fewer rows, where row-level security would hide some.
                sql.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                sql.execute("SET LOCAL row_security = off");
                Map<String, List<String>> tables = columns(sql);
                CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
                for (Map.Entry<String, List<String>> table : tables.entrySet()) {
                    try (OutputStream out = sink.open(table.getKey())) {
                        copy.copyOut("COPY " + quoted(table.getKey(), table.getValue()) + " TO STDOUT", out);
                    }
                }
                List<String> migrations = texts(
                        sql, "SELECT version FROM tonle.migration WHERE success AND version IS NOT NULL ORDER BY 1");
                DatabaseDump dump = new DatabaseDump(
                        texts(sql, "SHOW server_version").getFirst(), migrations, tables, sequences(sql));
                connection.rollback();
                return dump;
            }
        } catch (SQLException e) {
            throw new IOException("the database cannot be backed up: " + e.getMessage(), e);
        }
    }

    /** Refuses before anything is written where this Tonle is too old for the rows. */
    public void refuseNewer() throws IOException {
        Set<String> unknown = new LinkedHashSet<>(migrations);
        unknown.removeAll(Migrations.known());
        if (!unknown.isEmpty()) {
            throw new DatabaseOutage(
                    NEWER_DATA,
                    "the backup is of a newer Tonle: it has the migrations " + String.join(", ", unknown)
                            + ", which this one does not know; restore it with the Tonle that wrote it, or a newer one");
        }
    }

    static void restore(Path folder, DatabaseDump dump, TableSource source) throws IOException {
        dump.refuseNewer();
        if (Files.exists(folder)) {
            throw new DatabaseOutage(BUSY, folder + " is there already; restore into a new data directory");
        }
        try (EmbeddedServer server = EmbeddedServer.start(folder)) {
            DataSource owner = server.connections(DatabaseRole.OWNER, EmbeddedServer.DATABASE);
            Migrations.runOnly(owner, Set.copyOf(dump.migrations()));
            dump.load(server.connections(DatabaseRole.ROOT, EmbeddedServer.DATABASE), source);
            // From here on it is a database of its own version, which this Tonle brings up to date as any other.
            Migrations.run(owner);
        }
    }

    private void load(DataSource root, TableSource source) throws IOException {
        try (Connection connection = root.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement sql = connection.createStatement()) {
                // Rows come as they were: append-only triggers and references between tables held when they were
                // written.
                sql.execute("SET LOCAL session_replication_role = replica");
                Map<String, List<String>> there = columns(sql);
                if (!there.keySet().equals(tables.keySet())) {
                    throw new IOException("the backup's tables are not those of its schema: " + tables.keySet());
                }
                // In one statement: tables that refer to each other are emptied together or not at all.
                sql.execute("TRUNCATE "
                        + String.join(
                                ", ",
                                tables.keySet().stream()
                                        .map(DatabaseDump::quoted)
                                        .toList()));
                CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
                for (Map.Entry<String, List<String>> table : tables.entrySet()) {
                    if (!there.getOrDefault(table.getKey(), List.of()).containsAll(table.getValue())) {
                        throw new IOException("the backup's columns are not those of its schema: " + table);
                    }
                    try (InputStream rows = source.open(table.getKey())) {
                        copy.copyIn("COPY " + quoted(table.getKey(), table.getValue()) + " FROM STDIN", rows);
                    }
                }
                for (Map.Entry<String, Long> sequence : sequences.entrySet()) {
                    sql.execute("SELECT setval('" + quoted(sequence.getKey()) + "', " + sequence.getValue() + ")");
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IOException("the database cannot be restored: " + e.getMessage(), e);
        }
    }

    private static Map<String, List<String>> columns(Statement sql) throws SQLException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        try (ResultSet row = sql.executeQuery("""
                SELECT c.table_schema || '.' || c.table_name, c.column_name
                  FROM information_schema.columns c
                  JOIN pg_tables t ON t.schemaname = c.table_schema AND t.tablename = c.table_name
                 WHERE c.table_schema IN %s AND c.is_generated = 'NEVER'
                 ORDER BY c.table_schema, c.table_name, c.ordinal_position
                """.formatted(SCHEMAS))) {
            while (row.next()) {
                tables.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                        .add(row.getString(2));
            }
        }
        return tables;
    }

    private static Map<String, Long> sequences(Statement sql) throws SQLException {
        Map<String, Long> values = new LinkedHashMap<>();
        try (ResultSet row = sql.executeQuery("SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences"
                + " WHERE schemaname IN " + SCHEMAS + " AND last_value IS NOT NULL ORDER BY 1")) {
            while (row.next()) {
                values.put(row.getString(1), row.getLong(2));
            }
        }
        return values;
    }

    private static List<String> texts(Statement sql, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet row = sql.executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    private static String quoted(String table, List<String> columns) {
        List<String> names = columns.stream().map(DatabaseDump::name).toList();
        return quoted(table) + " (" + String.join(", ", names) + ")";
    }

    private static String quoted(String table) {
        int dot = table.indexOf('.');
        return name(table.substring(0, dot)) + '.' + name(table.substring(dot + 1));
    }

    /** Names come from a backup file too, which may be anybody's. */
    private static String name(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("no name of a table or column: " + name);
        }
        return '"' + name + '"';
    }
}
