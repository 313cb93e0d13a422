// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tonle.base.power.Clock;
import tonle.gateway.config.ListenSocket;

/**
 * Accepts connections of IPFIX over TCP (RFC 7011 section 10.4) or TLS (section 11): one virtual thread for each, a
 * bound on their number, an end to those that fall silent. What comes too fast for a worker waits in the connection,
 * for TCP slows its sender down; nothing is dropped here.
 */
public final class StreamListener implements AutoCloseable {
    /** One number for each session of this process. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final long TROUBLE_NAP_NANOS = 100_000_000;

    private final ListenSocket socket;
    private final ServerSocketChannel server;
    private final Optional<TlsDoor> tls;
    private final int sessionsMax;
    private final long idleMillis;
    private final Workers workers;
    private final Clock clock;
    private final Set<StreamSession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Thread thread;
    private final int port;
    private volatile boolean stops;
    private volatile String trouble = "";
    private volatile String doorTrouble = "";

    private StreamListener(
            ListenSocket socket, Optional<TlsDoor> tls, int sessionsMax, int idleSeconds, Workers workers, Clock clock)
            throws IOException {
        this.socket = socket;
        this.tls = tls;
        this.sessionsMax = sessionsMax;
        this.idleMillis = idleSeconds * 1_000L;
        this.workers = workers;
        this.clock = clock;
        this.server = ServerSocketChannel.open();
        try {
            server.bind(new InetSocketAddress(
                    InetAddress.getByAddress(socket.address().octets()), socket.port()));
            this.port = server.socket().getLocalPort();
        } catch (IOException e) {
            server.close();
            throw e;
        }
        this.thread =
                Thread.ofVirtual().name("tonle-" + transport() + "-" + port).unstarted(this::run);
    }

    /** Opens and binds; {@link #start} begins to accept. Throws in words that name who holds a busy port. */
    public static StreamListener open(
            ListenSocket socket, Optional<TlsDoor> tls, int sessionsMax, int idleSeconds, Workers workers, Clock clock)
            throws IOException {
        try {
            return new StreamListener(socket, tls, sessionsMax, idleSeconds, workers, clock);
        } catch (BindException e) {
            throw new BusyPort(PortHolder.sentence("tcp", socket.text(), socket.port()), e);
        }
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!stops) {
            try {
                welcome(server.accept());
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                trouble = String.valueOf(e.getMessage());
                LockSupport.parkNanos(this, TROUBLE_NAP_NANOS);
            }
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        trouble = "";
        if (sessions.size() >= sessionsMax) {
            refused.incrementAndGet();
            channel.close();
            return;
        }
        StreamSession session = new StreamSession(NUMBERS.incrementAndGet(), channel, tls, workers, clock, this::ended);
        sessions.add(session);
        Thread.ofVirtual()
                .name("tonle-session-" + port)
                .start(() -> session.run(messages, refused, words -> doorTrouble = words));
    }

    private void ended(StreamSession session) {
        sessions.remove(session);
    }

    /** Closes sessions that have been silent too long; to be called now and then. */
    public void closeSilent(long nowMillis) {
        for (StreamSession session : sessions) {
            if (session.isSilentSince(nowMillis - idleMillis)) {
                session.hangUp();
            }
        }
    }

    /** Closes sessions whose certificate the registry no longer knows as theirs; to be called when it has changed. */
    public void closeUnwelcome() {
        sessions.forEach(StreamSession::hangUpUnlessWelcome);
    }

    public ListenSocket socket() {
        return socket;
    }

    public String transport() {
        return tls.isPresent() ? "tls" : "tcp";
    }

    public int port() {
        return port;
    }

    public int connections() {
        return sessions.size();
    }

    /** Messages that came whole. */
    public long received() {
        return messages.get();
    }

    /** Connections turned away: too many at once, or no certificate that the registry knows. */
    public long refused() {
        return refused.get();
    }

    public String trouble() {
        return trouble.isEmpty() ? doorTrouble : trouble;
    }

    /** Accepts no more and closes every session; what came before is in the rings. */
    @Override
    public void close() throws IOException {
        stops = true;
        server.close();
        sessions.forEach(StreamSession::hangUp);
        // A session puts its end into its worker's ring before it leaves the set; the workers still run.
        long endNanos = clock.monotonicNanos() + 2_000_000_000L;
        while (!sessions.isEmpty() && clock.monotonicNanos() < endNanos) {
            LockSupport.parkNanos(this, 1_000_000);
        }
    }
}
