// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** How connections are made and pooled. */
final class Connections {
    private static final int CONNECT_SECONDS_MAX = 5;
    private static final int WAIT_MILLIS_MAX = 3_000;
    private static final int VALIDATION_MILLIS_MAX = 2_000;
    private static final int LOCK_SECONDS_MAX = 10;
    /** A page that takes longer has lost whoever asked for it. */
    private static final int WEB_STATEMENT_SECONDS_MAX = 20;

    private static final int SERVER_STATEMENT_SECONDS_MAX = 120;
    private static final int IDLE_TRANSACTION_SECONDS_MAX = 60;

    private Connections() {}

    /** {@code url} without credentials. */
    static PGSimpleDataSource source(String url, DatabaseRole role, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(role.user());
        source.setPassword(password);
        source.setApplicationName(role.user());
        source.setConnectTimeout(CONNECT_SECONDS_MAX);
        source.setLoginTimeout(CONNECT_SECONDS_MAX);
        source.setTcpKeepAlive(true);
        source.setReWriteBatchedInserts(true);
        // The text of an error names the rule that was broken, never the row's values: texts travel into logs.
        source.setLogServerErrorDetail(false);
        source.setOptions(options(role));
        return source;
    }

    private static String options(DatabaseRole role) {
        return switch (role) {
            case ROOT, OWNER -> "-c TimeZone=UTC";
            case SERVER -> bounded(SERVER_STATEMENT_SECONDS_MAX);
            case WEB -> bounded(WEB_STATEMENT_SECONDS_MAX);
        };
    }

    private static String bounded(int statementSecondsMax) {
        return "-c TimeZone=UTC -c default_transaction_isolation=serializable"
                + " -c lock_timeout=" + LOCK_SECONDS_MAX + "s"
                + " -c statement_timeout=" + statementSecondsMax + "s"
                + " -c idle_in_transaction_session_timeout=" + IDLE_TRANSACTION_SECONDS_MAX + "s";
    }

    /** Connects when asked first, never at once: a pool costs nothing until it is used. */
    static HikariDataSource pool(DataSource source, DatabaseRole role, int connectionCountMax) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(role.user());
        config.setDataSource(source);
        config.setMaximumPoolSize(connectionCountMax);
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setConnectionTimeout(WAIT_MILLIS_MAX);
        config.setValidationTimeout(VALIDATION_MILLIS_MAX);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
