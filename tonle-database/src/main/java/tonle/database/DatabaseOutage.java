// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The database cannot be had, with the reason and what to do; never thrown for anything that a person entered. */
public final class DatabaseOutage extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why there is no database. */
    public enum Reason {
        /** The platform has no embedded server. */
        NO_SERVER_FOR_PLATFORM,
        /** Another process of Tonle holds the folder. */
        BUSY,
        /** The disk has no room. */
        DISK_FULL,
        /** The folder's files cannot be read or written, or are damaged. */
        FILES,
        /** The cluster is of another major version of PostgreSQL. */
        OTHER_MAJOR_VERSION,
        /** The file of passwords is gone, or cannot be used. */
        PASSWORDS,
        /** The server does not start, or stopped. */
        SERVER_DOWN,
        /** No connection to the server. */
        NO_CONNECTION,
        /** The server is older than Tonle's SQL. */
        SERVER_TOO_OLD,
        /** A setting that durability or order rests on is off. */
        UNSAFE_SETTING,
        /** A role or a right is missing, or a role may too much. */
        RIGHTS,
        /** The data were written by a newer Tonle. */
        NEWER_DATA,
        /** A migration failed, or one that ran was edited. */
        MIGRATION,
        /** Transactions kept colliding. */
        CONTENTION
    }

    private final Reason reason;

    DatabaseOutage(Reason reason, String message) {
        this(reason, message, null);
    }

    DatabaseOutage(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What happened, to what, and what to do. */
    public String words() {
        return Objects.requireNonNull(getMessage());
    }
}
