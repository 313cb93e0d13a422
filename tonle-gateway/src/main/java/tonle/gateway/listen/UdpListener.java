// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.locks.LockSupport;
import tonle.base.power.Clock;
import tonle.gateway.config.ListenSocket;

/** One UDP socket with its thread, and what it has counted. */
public final class UdpListener implements AutoCloseable {
    /** After a call that brought little: half the wake-ups for a delay that no bin notices. */
    private static final long NAP_NANOS = 1_000_000;
    /** After an error of the system: no busy loop. */
    private static final long TROUBLE_NAP_NANOS = 100_000_000;

    /** A stop goes on receiving for so long at most where datagrams keep coming. */
    private static final long LAST_MILLIS_MAX = 1_000;

    private final ListenSocket socket;
    private final int askedOctets;
    private final Receiver receiver;
    private final Receiver.Counts counts = new Receiver.Counts();
    private final Thread thread;
    private final Clock clock;
    private volatile boolean stops;
    private volatile String trouble = "";

    private UdpListener(ListenSocket socket, int bufferOctets, Workers workers, Clock clock) throws IOException {
        this.socket = socket;
        this.askedOctets = bufferOctets;
        this.clock = clock;
        this.receiver = Receiver.open(socket, bufferOctets, workers, counts);
        this.thread = Thread.ofPlatform().name("tonle-udp-" + receiver.port()).unstarted(this::run);
    }

    /** Opens and binds; {@link #start} begins to receive. Throws in words that name who holds a busy port. */
    public static UdpListener open(ListenSocket socket, int bufferOctets, Workers workers, Clock clock)
            throws IOException {
        try {
            return new UdpListener(socket, bufferOctets, workers, clock);
        } catch (BindException e) {
            throw new BusyPort(PortHolder.sentence("udp", socket.text(), socket.port()), e);
        }
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!stops) {
            int count = receive();
            if (count > 0 && count < Receiver.BATCH_COUNT / 4) {
                LockSupport.parkNanos(this, NAP_NANOS);
            }
        }
        // What the system already holds for this socket came before the stop and is still taken in.
        long endMillis = clock.unixMillis() + LAST_MILLIS_MAX;
        while (receive() > 0 && clock.unixMillis() < endMillis) {
            Thread.onSpinWait();
        }
    }

    private int receive() {
        try {
            int count = receiver.receive(clock.unixMillis());
            if (!trouble.isEmpty()) {
                trouble = "";
            }
            return count;
        } catch (IOException e) {
            trouble = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            LockSupport.parkNanos(this, TROUBLE_NAP_NANOS);
            return 0;
        }
    }

    public ListenSocket socket() {
        return socket;
    }

    public int port() {
        return receiver.port();
    }

    public long askedOctets() {
        return askedOctets;
    }

    public long gotOctets() {
        return receiver.bufferOctets();
    }

    public long received() {
        return counts.received;
    }

    public long queueDropped() {
        return counts.queueDropped;
    }

    /** What the system dropped before it could be read; -1 where it does not say. */
    public long kernelDropped() {
        return stops ? -1 : receiver.kernelDropped();
    }

    public String trouble() {
        return trouble;
    }

    /** Stops receiving; what came before stays in the rings. */
    @Override
    public void close() throws IOException {
        stops = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        receiver.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
