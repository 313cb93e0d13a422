// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tonle.base.power.Clock;
import tonle.database.Database;
import tonle.database.DatabaseHealth;
import tonle.database.DatabaseOutage;

/**
 * Opens the database beside the rest of the start, looks after it while the gateway runs, and closes it. Metering
 * does not need it: where it is away the gateway counts on, says so with the time since when, and tries again.
 */
final class GatewayDatabase implements AutoCloseable {
    private static final long LOOK_SECONDS = 10;
    /** While nobody can sign in, the next try comes sooner. */
    private static final long TRY_AGAIN_SECONDS = 2;
    /** A server that recovers after a crash may take minutes: the start goes on without it after this. */
    private static final long START_SECONDS_MAX = 30;

    private static final long STOP_SECONDS_MAX = 90;

    private final Supplier<Optional<Database>> opening;
    private final Clock clock;
    private final Consumer<String> say;
    private final CountDownLatch tried = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread keeper = Thread.ofPlatform().name("tonle-database").unstarted(this::keep);
    private final long sinceUnixMillis;
    private volatile Optional<Database> database = Optional.empty();
    private volatile Optional<RuntimeException> trouble = Optional.empty();

    /** {@code opening} answers empty where this gateway shall have no database. */
    GatewayDatabase(Supplier<Optional<Database>> opening, Clock clock, Consumer<String> say) {
        this.opening = opening;
        this.clock = clock;
        this.say = say;
        this.sinceUnixMillis = clock.unixMillis();
        keeper.start();
    }

    /**
     * Returns when the database is open, or away for a reason that may pass; what does not pass by itself stops the
     * start.
     */
    void await() throws IOException {
        try {
            if (!tried.await(START_SECONDS_MAX, TimeUnit.SECONDS)) {
                say.accept("warning: the database is still starting; pages that need it wait for it");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the database was opened", e);
        }
        RuntimeException found = trouble.orElse(null);
        if (found instanceof DatabaseOutage outage) {
            if (!mayPass(outage)) {
                throw new IOException(outage.words(), outage);
            }
            say.accept("warning: " + outage.words());
        } else if (found != null) {
            throw found;
        }
        database.map(Database::health).ifPresent(health -> say.accept("database   " + line(health)));
    }

    /** The open database; empty while it could not be opened yet. */
    Optional<Database> database() {
        return database;
    }

    /** Whether this gateway has a database that could not be opened yet. */
    boolean isAwaited() {
        return database.isEmpty() && (tried.getCount() > 0 || trouble.isPresent());
    }

    /** How it is; empty where this gateway has none. */
    Optional<DatabaseHealth> health() {
        Optional<DatabaseHealth> open = database.map(Database::health);
        if (open.isPresent() || !(trouble.orElse(null) instanceof DatabaseOutage outage)) {
            return open;
        }
        return Optional.of(
                new DatabaseHealth(false, "", 0, 0, sinceUnixMillis, Optional.of(outage.reason()), outage.words()));
    }

    /** Why the database is away, in words, or empty. */
    String words() {
        return health().map(DatabaseHealth::words).orElse("");
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            keeper.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS_MAX));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        open();
        tried.countDown();
        boolean isAway = database.isEmpty() && trouble.isPresent();
        try {
            while (!closing.await(isAwaited() ? TRY_AGAIN_SECONDS : LOOK_SECONDS, TimeUnit.SECONDS)) {
                if (database.isEmpty() && trouble.isPresent()) {
                    open();
                } else {
                    database.ifPresent(Database::look);
                }
                String words = words();
                if (isAway != !words.isEmpty()) {
                    isAway = !words.isEmpty();
                    say.accept(isAway ? "warning: " + words : "the database is there again");
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // Nobody interrupts this thread but a dying process.
        } finally {
            database.ifPresent(Database::close);
        }
    }

    private void open() {
        try {
            database = opening.get();
            trouble = Optional.empty();
        } catch (RuntimeException e) {
            trouble = Optional.of(e);
        }
    }

    private static boolean mayPass(DatabaseOutage outage) {
        return switch (outage.reason()) {
            case DISK_FULL, SERVER_DOWN, NO_CONNECTION, CONTENTION -> true;
            case NO_SERVER_FOR_PLATFORM,
                    BUSY,
                    FILES,
                    OTHER_MAJOR_VERSION,
                    PASSWORDS,
                    SERVER_TOO_OLD,
                    UNSAFE_SETTING,
                    RIGHTS,
                    NEWER_DATA,
                    MIGRATION -> false;
        };
    }

    private static String line(DatabaseHealth health) {
        String where = health.isEmbedded() ? ", embedded, 127.0.0.1:" + health.port() : ", external";
        return "PostgreSQL " + health.version() + where + ", " + (health.sizeOctets() >> 20) + " MiB";
    }
}
