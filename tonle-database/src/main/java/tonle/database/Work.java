// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Transactions under one of the database's roles. Each has a scope and is a unit: all of it happens, or nothing. The
 * client is the unit's own and dead after it. Thread-safe; a unit is not opened inside another.
 */
public interface Work {
    /**
     * A serializable transaction: units behave as if one ran after the other. The unit may run again where another
     * one came in between, so it does nothing but SQL.
     *
     * @throws DatabaseOutage where there is no database, or units kept colliding
     */
    <T> T in(Scope scope, Function<JdbcClient, T> unit);

    /** A transaction that only reads, from one moment of the database. */
    <T> T read(Scope scope, Function<JdbcClient, T> unit);
}
