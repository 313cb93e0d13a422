// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import tonle.base.DeviceAddress;
import tonle.base.power.Clock;
import tonle.traffic.meter.StreamId;

/**
 * One thread that decodes: takes what receivers put into its ring, in order, and gives it to its {@link Metering}. An
 * exporter's datagrams always come to the same worker, so that its state needs no lock. A defect of ours costs the
 * datagram that showed it, is counted and said, and metering goes on with the next.
 */
public final class Worker implements AutoCloseable {
    /** Entries between two looks at the clock. */
    private static final int BURST_COUNT = 256;

    private static final long TICK_NANOS = 250_000_000;
    private static final long NAP_NANOS = 50_000_000;
    private static final int ADDRESSES_KEPT = 1_024;

    private final OctetRing ring;
    private final Metering metering;
    private final Clock clock;
    private final Thread thread;
    private final DeviceAddress[] addresses = new DeviceAddress[ADDRESSES_KEPT];
    /** Sessions that are open, by number; at most as many as listeners accept. */
    private final ConcurrentHashMap<Long, Session> sessions = new ConcurrentHashMap<>();

    private volatile boolean isAsleep;
    private volatile boolean stops;
    private volatile String trouble = "";
    private long defects;

    /** @param index from 0 */
    public Worker(int index, long ringOctets, Metering metering, Clock clock) {
        this.ring = new OctetRing(ringOctets);
        this.metering = metering;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("tonle-meter-" + index).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public OctetRing ring() {
        return ring;
    }

    /** Wakes the worker up where it sleeps; receivers call it after each batch. */
    void nudge() {
        if (isAsleep) {
            LockSupport.unpark(thread);
        }
    }

    /** @param closer closes the connection, where its messages turn out malformed */
    private record Session(StreamId stream, Runnable closer) {}

    /** A session whose messages will come through this worker's ring, until its end comes the same way. */
    void open(StreamId stream, Runnable closer) {
        sessions.put(stream.number(), new Session(stream, closer));
    }

    private void run() {
        long tickNanos = clock.monotonicNanos();
        while (true) {
            boolean last = stops;
            int count = ring.take(this::take, BURST_COUNT);
            long nanos = clock.monotonicNanos();
            if (nanos - tickNanos >= TICK_NANOS) {
                tickNanos = nanos;
                tick();
            }
            if (count == 0) {
                if (last) {
                    break;
                }
                sleep();
            }
        }
        try {
            metering.stop();
        } catch (RuntimeException e) {
            note(e);
        }
    }

    private void sleep() {
        isAsleep = true;
        // Looked at again after the flag stands, so that an entry put in between is not slept over.
        if (ring.isEmpty() && !stops) {
            LockSupport.parkNanos(this, NAP_NANOS);
        }
        isAsleep = false;
    }

    private void tick() {
        try {
            metering.tick(clock.unixMillis());
        } catch (RuntimeException e) {
            note(e);
        }
    }

    /** Where it happened and no message: that may hold something of the input. */
    private void note(RuntimeException e) {
        defects++;
        StackTraceElement[] trace = e.getStackTrace();
        trouble = "a defect of Tonle disturbed the metering " + defects + " times, last: "
                + e.getClass().getSimpleName() + (trace.length == 0 ? "" : " in " + trace[0])
                + "; please report it";
    }

    /** What went wrong here by our own fault, or empty. */
    public String trouble() {
        return trouble;
    }

    private void take(
            OctetRing.Kind kind,
            MemorySegment octets,
            int ipVersion,
            long high,
            long low,
            int port,
            long arrivalMillis,
            long session) {
        try {
            meter(kind, octets, ipVersion, high, low, port, arrivalMillis, session);
        } catch (RuntimeException e) {
            note(e);
        }
    }

    private void meter(
            OctetRing.Kind kind,
            MemorySegment octets,
            int ipVersion,
            long high,
            long low,
            int port,
            long arrivalMillis,
            long session) {
        switch (kind) {
            case DATAGRAM -> metering.datagram(octets, address(ipVersion, high, low), port, arrivalMillis);
            case MESSAGE -> {
                Session of = sessions.get(session);
                if (of != null && !metering.message(of.stream(), octets, arrivalMillis)) {
                    of.closer().run();
                }
            }
            case SESSION_CLOSED -> {
                Session of = sessions.remove(session);
                if (of != null) {
                    metering.ended(of.stream());
                }
            }
        }
    }

    /** The same object for the same exporter, nearly always. */
    private DeviceAddress address(int ipVersion, long high, long low) {
        int cell = (int) (hash(high, low) >>> 32) & (ADDRESSES_KEPT - 1);
        DeviceAddress kept = addresses[cell];
        if (kept == null || kept.high() != high || kept.low() != low || kept.ipVersion() != ipVersion) {
            kept = new DeviceAddress(ipVersion, high, low);
            addresses[cell] = kept;
        }
        return kept;
    }

    /** Which of {@code count} workers an address belongs to. */
    static int shard(long high, long low, int count) {
        return (int) ((hash(high, low) >>> 33) % count);
    }

    private static long hash(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
        return (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    }

    /** Empties the ring, stops the metering, and returns when all that is done. */
    @Override
    public void close() {
        stops = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true; // What was received is still written; the caller learns of it afterwards.
            }
        }
        ring.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
