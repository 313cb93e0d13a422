// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.control;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import tonle.base.power.Clock;

/** Serves the control socket: one virtual thread a connection, a bound on their number, an end to those that dawdle. */
public final class ControlServer implements AutoCloseable {
    static final int CONNECTIONS_MAX = 16;
    static final long REQUEST_MILLIS_MAX = 10_000;
    /** sockaddr_un of Linux has 108 octets for the path, the closing zero among them (unix(7)). */
    private static final int PATH_OCTETS_MAX = 107;

    private final Path socket;
    private final ServerSocketChannel server;
    private final ControlHandler handler;
    private final Clock clock;
    /** Connections whose request has not come whole, with the time by which it must. */
    private final Map<SocketChannel, Long> asking = new ConcurrentHashMap<>();

    private final Map<SocketChannel, Boolean> open = new ConcurrentHashMap<>();

    private ControlServer(Path socket, ServerSocketChannel server, ControlHandler handler, Clock clock) {
        this.socket = socket;
        this.server = server;
        this.handler = handler;
        this.clock = clock;
    }

    /**
     * Makes the socket and serves it. One that a dead process left is taken over; a live one refuses.
     *
     * @throws AlreadyRunning where another process answers there
     */
    public static ControlServer start(Path socket, ControlHandler handler, Clock clock) throws IOException {
        Path absolute = socket.toAbsolutePath().normalize();
        Path unborn =
                absolute.resolveSibling(".control." + ProcessHandle.current().pid());
        int sizeOctets = Frames.octets(unborn.toString()).length;
        if (sizeOctets > PATH_OCTETS_MAX) {
            throw new IOException("the path of the control socket has " + sizeOctets + " octets and the system takes "
                    + PATH_OCTETS_MAX + ": choose a data directory with a shorter path (" + absolute.getParent() + ")");
        }
        if (Files.exists(absolute) && isLive(absolute)) {
            throw new AlreadyRunning(absolute);
        }
        Files.deleteIfExists(unborn);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            // Bound under a name that nobody looks for, made the owner's alone, and only then given its name.
            server.bind(UnixDomainSocketAddress.of(unborn));
            Files.setPosixFilePermissions(unborn, PosixFilePermissions.fromString("rw-------"));
            Files.move(unborn, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            server.close();
            Files.deleteIfExists(unborn);
            throw e;
        }
        ControlServer control = new ControlServer(absolute, server, handler, clock);
        Thread.ofVirtual().name("tonle-control").start(control::accept);
        return control;
    }

    private static boolean isLive(Path socket) {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    private void accept() {
        acceptUntilClosed(server, this::welcome, nanos -> LockSupport.parkNanos(this, nanos));
    }

    /** Takes one connection after the other; where the system has none to give (descriptors, memory), it waits. */
    static void acceptUntilClosed(ServerSocketChannel server, Welcome welcome, LongConsumer nap) {
        Backoff backoff = new Backoff();
        while (server.isOpen()) {
            try {
                SocketChannel connection = server.accept();
                backoff.reset();
                welcome.take(connection);
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException _) {
                nap.accept(backoff.nanos()); // Its client waits in the queue of the socket, or comes again.
            }
        }
    }

    /** What is done with a new connection. */
    @FunctionalInterface
    interface Welcome {
        void take(SocketChannel connection) throws IOException;
    }

    private void welcome(SocketChannel connection) throws IOException {
        if (open.size() >= CONNECTIONS_MAX) {
            connection.close();
            return;
        }
        open.put(connection, true);
        asking.put(connection, clock.unixMillis() + REQUEST_MILLIS_MAX);
        Thread.ofVirtual().start(() -> serve(connection));
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(Channels.newInputStream(connection));
            ControlReply reply;
            try {
                ControlRequest request = read(in);
                asking.remove(connection);
                reply = handler.answer(request);
            } catch (MalformedRequest e) {
                reply = new ControlReply(400, "text/plain; charset=utf-8", e.getMessage() + "\n");
            }
            byte[] body = Frames.octets(reply.body());
            OutputStream out = Channels.newOutputStream(connection);
            out.write(Frames.octets(reply.status() + " " + body.length + " " + reply.contentType() + "\n"));
            out.write(body);
        } catch (IOException _) {
            return; // The client went away; there is nobody to tell.
        } finally {
            asking.remove(connection);
            open.remove(connection);
        }
    }

    private static ControlRequest read(InputStream in) throws MalformedRequest {
        try {
            String[] words = Frames.line(in).split(" ", -1);
            boolean isGet = words[0].equals("GET") && words.length == 2;
            boolean isPost = words[0].equals("POST") && words.length == 3;
            if ((!isGet && !isPost) || !words[1].startsWith("/")) {
                throw new MalformedRequest("a request is 'GET /address' or 'POST /address LENGTH'");
            }
            String body = isPost ? Frames.body(in, words[2], Frames.REQUEST_OCTETS_MAX) : "";
            return new ControlRequest(isPost, words[1], body);
        } catch (MalformedRequest e) {
            throw e;
        } catch (IOException e) {
            throw new MalformedRequest(e.getMessage());
        }
    }

    private static final class MalformedRequest extends IOException {
        MalformedRequest(String message) {
            super(message);
        }
    }

    /** Another process answers at the socket. */
    public static final class AlreadyRunning extends IOException {
        AlreadyRunning(Path socket) {
            super("a gateway runs with this data directory already and answers at " + socket
                    + "; 'tonle stop' ends it, or choose another directory with --data");
        }
    }

    /** Closes connections whose request does not come; to be called now and then. */
    public void closeDawdlers(long nowMillis) {
        asking.forEach((connection, untilMillis) -> {
            if (untilMillis < nowMillis) {
                close(connection);
            }
        });
    }

    private static void close(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException _) {
            return; // It is closed either way.
        }
    }

    public Path socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        asking.keySet().forEach(ControlServer::close);
    }
}
