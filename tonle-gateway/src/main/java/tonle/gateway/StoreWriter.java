// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tonle.base.power.Clock;
import tonle.traffic.meter.BatchSink;
import tonle.traffic.meter.Delivery;
import tonle.traffic.store.BatchRefused;
import tonle.traffic.store.Retention;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.store.VolumeBatch;

/**
 * The one thread that writes to the traffic store: batches of all workers from a bounded queue, in order, each until it
 * is written. While the store cannot take them (disk full, locked) they stay here, then in the workers, which shed the
 * oldest beyond their bound and count them. The store knows what each writer has written, so that trying again doubles
 * nothing. A batch that the store refuses {@link #REFUSALS_MAX} times, though it is no outage, is set aside: one bad
 * batch must not keep all others from being written.
 */
public final class StoreWriter implements BatchSink, AutoCloseable {
    /** Two workers hand over a batch every few seconds each: a minute or two of them. */
    static final int BATCHES_MAX = 64;

    /** How often the store may refuse one batch, a second apart, before the others go on without it. */
    static final int REFUSALS_MAX = 5;

    private record Waiting(VolumeBatch batch, Delivery delivery) {}

    private static final Delivery NOBODY = new Delivery() {
        @Override
        public void written() {}

        @Override
        public void setAside() {}
    };

    private static final long RETRY_NANOS = 1_000_000_000;
    private static final long IDLE_MILLIS = 100;
    private static final long MAINTAIN_MILLIS = 600_000;

    private final TrafficStore store;
    private final Clock clock;
    private final SetAside setAside;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(BATCHES_MAX);
    private final Thread thread = Thread.ofPlatform().name("tonle-store").unstarted(this::run);
    private volatile Retention retention;
    private volatile boolean isPolicyNew;
    private volatile Waiting inHand;
    private int refusals;
    private volatile String trouble = "";
    private volatile long stopByNanos;
    private volatile boolean stops;
    private long maintainedMillis;

    /** @param directory where the record of batches that were set aside is kept */
    public StoreWriter(TrafficStore store, Retention retention, Clock clock, Path directory) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.setAside = new SetAside(directory);
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
        return offer(batch, NOBODY);
    }

    @Override
    public boolean offer(VolumeBatch batch, Delivery delivery) {
        return queue.offer(new Waiting(batch, delivery));
    }

    /** Why nothing is written now, or empty. */
    public String trouble() {
        return trouble;
    }

    /** What was set aside in this run, in words, or empty. */
    public String setAside() {
        return setAside.words();
    }

    /** Batches that were set aside in this run. */
    public long batchesSetAside() {
        return setAside.batches();
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
                refusals = 0;
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
    private Waiting next() {
        try {
            return queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return null; // Nobody interrupts this thread; a stop is told by a flag.
        }
    }

    /** Whether the batch needs no more trying: it is written, or set aside. */
    private boolean write(Waiting waiting) {
        try {
            store.write(waiting.batch());
            waiting.delivery().written();
            trouble = "";
            return true;
        } catch (BatchRefused | RuntimeException e) {
            refusals++;
            trouble = "the traffic store refuses a batch: " + reason(e);
            if (refusals < REFUSALS_MAX) {
                return false;
            }
            setAside.add(waiting.batch(), reason(e), clock.unixMillis() / 1_000);
            waiting.delivery().setAside();
            trouble = "";
            return true;
        } catch (IOException e) {
            trouble = "the traffic store cannot be written: " + e.getMessage();
            return false;
        }
    }

    /** A defect of ours often has no message of its own: then its kind says more than nothing. */
    private static String reason(Exception e) {
        return e instanceof BatchRefused ? String.valueOf(e.getMessage()) : String.valueOf(e);
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
