// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tonle.base.power.Clock;
import tonle.traffic.meter.BatchSink;
import tonle.traffic.store.Retention;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.store.VolumeBatch;

/**
 * The one thread that writes to the traffic store: batches of all workers from a bounded queue, in order, each until it
 * is written. While the store cannot take them (disk full, locked) they stay here, then in the workers, which shed the
 * oldest beyond their bound and count them. The store knows what each writer has written, so that trying again doubles
 * nothing.
 */
public final class StoreWriter implements BatchSink, AutoCloseable {
    /** Two workers hand over a batch every few seconds each: a minute or two of them. */
    static final int BATCHES_MAX = 64;

    private static final long RETRY_NANOS = 1_000_000_000;
    private static final long IDLE_MILLIS = 100;
    private static final long MAINTAIN_MILLIS = 600_000;

    private final TrafficStore store;
    private final Clock clock;
    private final BlockingQueue<VolumeBatch> queue = new ArrayBlockingQueue<>(BATCHES_MAX);
    private final Thread thread = Thread.ofPlatform().name("tonle-store").unstarted(this::run);
    private volatile Retention retention;
    private volatile boolean isPolicyNew;
    private volatile VolumeBatch inHand;
    private volatile String trouble = "";
    private volatile long stopByNanos;
    private volatile boolean stops;
    private long maintainedMillis;

    public StoreWriter(TrafficStore store, Retention retention, Clock clock) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    /** Takes another policy; one that keeps less makes room at once, not at the next round of upkeep. */
    public void use(Retention policy) {
        if (!policy.equals(retention)) {
            retention = policy;
            isPolicyNew = true;
        }
    }

    @Override
    public boolean offer(VolumeBatch batch) {
        return queue.offer(batch);
    }

    /** Why nothing is written now, or empty. */
    public String trouble() {
        return trouble;
    }

    /** Batches that wait here. */
    public int waiting() {
        return queue.size() + (inHand == null ? 0 : 1);
    }

    private void run() {
        while (true) {
            if (inHand == null) {
                inHand = next();
            }
            if (inHand == null) {
                if (stops) {
                    return;
                }
                maintain();
            } else if (write(inHand)) {
                inHand = null;
            } else if (stops && clock.monotonicNanos() - stopByNanos >= 0) {
                return;
            } else {
                // Forgetting what the policy no longer keeps may be what makes room again.
                if (!stops) {
                    maintain();
                }
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        }
    }

    /** The next batch, or {@code null} where none comes for a moment. */
    private VolumeBatch next() {
        try {
            return queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return null; // Nobody interrupts this thread; a stop is told by a flag.
        }
    }

    private boolean write(VolumeBatch batch) {
        try {
            store.write(batch);
            trouble = "";
            return true;
        } catch (IOException | RuntimeException e) {
            trouble = "the traffic store cannot be written: " + e.getMessage();
            return false;
        }
    }

    private void maintain() {
        long now = clock.unixMillis();
        if (now - maintainedMillis < MAINTAIN_MILLIS && !isPolicyNew) {
            return;
        }
        maintainedMillis = now;
        isPolicyNew = false;
        try {
            store.maintain(now / 1_000, retention);
        } catch (IOException | RuntimeException e) {
            trouble = "the traffic store cannot be tidied: " + e.getMessage();
        }
    }

    /**
     * Writes what waits, for ten seconds at most where the store does not take it; {@link #waiting} then says what is
     * left.
     */
    @Override
    public void close() {
        stopByNanos = clock.monotonicNanos() + 10_000_000_000L;
        stops = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
