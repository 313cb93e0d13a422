// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static tonle.database.DatabaseOutage.Reason.DISK_FULL;
import static tonle.database.DatabaseOutage.Reason.NO_CONNECTION;
import static tonle.database.DatabaseOutage.Reason.SERVER_DOWN;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import tonle.base.power.Clock;

/** Tells outages from mistakes, remembers since when the database is as it is, and has a dead server started anew. */
final class Outages {
    /** Between two tries to start a dead server: it may be the disk, and trying costs a second of processor. */
    private static final long REVIVE_INTERVAL_NANOS = 5_000_000_000L;

    private static final SQLExceptionTranslator TRANSLATOR = new SQLExceptionSubclassTranslator();

    private final Clock clock;
    private final BooleanSupplier revive;
    private long sinceUnixMillis;
    private long revivedNanos;
    private boolean hasTriedToRevive;
    private Optional<DatabaseOutage.Reason> outage = Optional.empty();
    private String words = "";

    Outages(Clock clock, BooleanSupplier revive) {
        this.clock = clock;
        this.revive = revive;
        this.sinceUnixMillis = clock.unixMillis();
    }

    /** What the caller shall see: an outage, or what SQL had against the unit. */
    RuntimeException translated(Exception e) {
        Optional<DatabaseOutage.Reason> reason = reason(e);
        if (reason.isPresent()) {
            DatabaseOutage.Reason found = isAway(reason.get());
            return new DatabaseOutage(found, words(found), e);
        }
        if (e instanceof DataAccessException known) {
            return known;
        }
        DataAccessException known = TRANSLATOR.translate("unit of work", null, (SQLException) e);
        return known == null ? new DatabaseOutage(NO_CONNECTION, words(NO_CONNECTION), e) : known;
    }

    /** A serialization failure or a deadlock: the same unit may succeed when it runs again. */
    static boolean isCollision(Exception e) {
        String state = sqlState(e);
        return state.equals("40001") || state.equals("40P01");
    }

    synchronized void isThere() {
        if (outage.isPresent()) {
            outage = Optional.empty();
            words = "";
            sinceUnixMillis = clock.unixMillis();
        }
    }

    synchronized long sinceUnixMillis() {
        return sinceUnixMillis;
    }

    synchronized String words() {
        return words;
    }

    synchronized Optional<DatabaseOutage.Reason> outage() {
        return outage;
    }

    /** Starts a dead server; whether that was needed and went well. */
    boolean revive() {
        try {
            return revive.getAsBoolean();
        } catch (DatabaseOutage e) {
            note(e.reason(), e.words());
            return false;
        }
    }

    private synchronized void note(DatabaseOutage.Reason reason, String said) {
        if (outage.isEmpty()) {
            sinceUnixMillis = clock.unixMillis();
        }
        outage = Optional.of(reason);
        words = said;
    }

    /** Returns what the outage turned out to be. */
    private DatabaseOutage.Reason isAway(DatabaseOutage.Reason reason) {
        note(reason, words(reason));
        if (reason != DISK_FULL && isTimeToRevive()) {
            revive();
        }
        return outage().orElse(reason);
    }

    private synchronized boolean isTimeToRevive() {
        long nowNanos = clock.monotonicNanos();
        boolean isTime = !hasTriedToRevive || nowNanos - revivedNanos >= REVIVE_INTERVAL_NANOS;
        if (isTime) {
            hasTriedToRevive = true;
            revivedNanos = nowNanos;
        }
        return isTime;
    }

    private static String words(DatabaseOutage.Reason reason) {
        return reason == DISK_FULL
                ? "the database's disk is full; make room, it goes on by itself"
                : "the database does not answer; what is asked of it waits until it does";
    }

    /**
     * Classes of SQLSTATE: 08 connection, 57P0x shutdown or recovery, 53100 disk full, 53300 too many connections.
     */
    private static Optional<DatabaseOutage.Reason> reason(Exception e) {
        String state = sqlState(e);
        if (state.equals("53100")) {
            return Optional.of(DISK_FULL);
        }
        if (state.startsWith("57P")) {
            return Optional.of(SERVER_DOWN);
        }
        boolean isConnection = state.startsWith("08") || state.equals("53300");
        return isConnection ? Optional.of(NO_CONNECTION) : Optional.empty();
    }

    private static String sqlState(Exception e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
            if (cause instanceof java.sql.SQLTransientConnectionException) {
                return "08000"; // The pool has none to give.
            }
        }
        return "";
    }
}
