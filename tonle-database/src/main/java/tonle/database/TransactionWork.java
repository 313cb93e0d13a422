// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static tonle.database.DatabaseOutage.Reason.CONTENTION;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tonle.base.Must;

/** Units of work on a pool of connections of one role. */
final class TransactionWork implements Work {
    /**
     * Two units that collide: one goes on. Eight losses in a row mean a queue that waiting longer does not shorten.
     */
    private static final int TRY_COUNT_MAX = 8;

    private static final ScopedValue<Boolean> INSIDE = ScopedValue.newInstance();

    private static final String SET_SCOPE = """
            SELECT set_config('tonle.scope', ?, true), set_config('tonle.operator', ?, true),
                   set_config('tonle.actor', ?, true)""";
    private static final String READ_ONLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private final DataSource pool;
    private final DatabaseRole role;
    private final Outages outages;

    TransactionWork(DataSource pool, DatabaseRole role, Outages outages) {
        this.pool = pool;
        this.role = role;
        this.outages = outages;
    }

    @Override
    public <T> T in(Scope scope, Function<JdbcClient, T> unit) {
        return run(scope, unit, false);
    }

    @Override
    public <T> T read(Scope scope, Function<JdbcClient, T> unit) {
        return run(scope, unit, true);
    }

    private <T> T run(Scope scope, Function<JdbcClient, T> unit, boolean isReadOnly) {
        Must.hold(!INSIDE.isBound(), "a unit of work is not opened inside another");
        Must.hold(role == DatabaseRole.SERVER || !(scope instanceof Scope.System), "the web never works as the system");
        return ScopedValue.where(INSIDE, true).call(() -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    T answer = once(scope, unit, isReadOnly);
                    outages.isThere();
                    return answer;
                } catch (SQLException | DataAccessException e) {
                    if (!Outages.isCollision(e)) {
                        throw outages.translated(e);
                    }
                    if (attempt == TRY_COUNT_MAX) {
                        throw new DatabaseOutage(
                                CONTENTION,
                                "a transaction collided with others " + TRY_COUNT_MAX + " times; try again",
                                e);
                    }
                }
            }
        });
    }

    private <T> T once(Scope scope, Function<JdbcClient, T> unit, boolean isReadOnly) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            boolean isDone = false;
            try {
                begin(connection, scope, isReadOnly);
                T answer = unit.apply(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
                connection.commit();
                isDone = true;
                return answer;
            } finally {
                if (!isDone) {
                    rollBack(connection);
                }
            }
        }
    }

    private static void begin(Connection connection, Scope scope, boolean isReadOnly) throws SQLException {
        // One journey to the server for both statements.
        String sql = isReadOnly ? READ_ONLY + "; " + SET_SCOPE : SET_SCOPE;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            switch (scope) {
                case Scope.System() -> set(statement, "system", "", "");
                case Scope.Staff(String pseudonym) -> set(statement, "staff", "", pseudonym);
                case Scope.Operator(String operatorId, String pseudonym) ->
                    set(statement, "operator", operatorId, pseudonym);
                case Scope.Stranger() -> set(statement, "stranger", "", "");
            }
            statement.execute();
        }
    }

    private static void set(PreparedStatement statement, String scope, String operatorId, String pseudonym)
            throws SQLException {
        statement.setString(1, scope);
        statement.setString(2, operatorId);
        statement.setString(3, pseudonym);
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException _) {
            // The connection is broken: the server rolls back by itself, and the pool throws it away.
        }
    }
}
