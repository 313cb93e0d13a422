// SPDX-License-Identifier: Apache-2.0
package tonle.testdatabase;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a database really stores: every column of every table in it that is not PostgreSQL's own. */
public final class StoredColumns {
    /**
     * Ordinary and partitioned tables, materialised and plain views. Views store nothing, but what they show has to be
     * said too. PostgreSQL keeps names that begin with {@code pg_} for itself.
     */
    private static final String COLUMNS = """
            SELECT n.nspname || '.' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
            FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
                AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY n.nspname, c.relname, a.attnum""";

    private StoredColumns() {}

    /** Each as {@code schema.table.column type}, the way the data dictionary writes them. */
    public static List<String> of(JdbcClient owner) {
        return owner.sql(COLUMNS).query(String.class).list();
    }
}
