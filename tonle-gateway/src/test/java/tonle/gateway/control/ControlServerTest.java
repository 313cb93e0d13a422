// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.testkit.SettableClock;

class ControlServerTest {
    private final SettableClock clock = new SettableClock(1_000_000);

    @TempDir
    Path folder;

    @Test
    void questionsAndOrdersAreAnswered() throws IOException {
        try (ControlServer _ = serve()) {
            ControlClient client = new ControlClient(folder);
            assertThat(client.get("/exporters.json?a=b")).isEqualTo(ControlReply.json(200, "GET /exporters.json?a=b "));
            assertThat(client.post("/accept", "{\"name\": \"ភ្នំពេញ\"}"))
                    .isEqualTo(ControlReply.json(200, "POST /accept {\"name\": \"ភ្នំពេញ\"}"));
            assertThat(client.get("/large").body()).hasSize(3_000_000);
        }
    }

    @Test
    void whereTheSystemGivesNoConnectionTheServerWaitsLongerEachTimeAndNoLongerThanASecond() {
        List<Long> naps = new ArrayList<>();
        Exhausted server = new Exhausted(12);
        ControlServer.acceptUntilClosed(server, connection -> {}, naps::add);
        assertThat(naps.subList(0, 12))
                .startsWith(1_000_000L, 2_000_000L, 4_000_000L)
                .endsWith(1_000_000_000L, 1_000_000_000L)
                .isSorted();
        assertThat(naps.subList(12, naps.size())).as("after a success").containsExactly(1_000_000L);
    }

    /** Fails as a process without free descriptors does, then takes one connection, fails once more, and is closed. */
    private static final class Exhausted extends ServerSocketChannel {
        private final int failures;
        private int calls;

        Exhausted(int failures) {
            super(SelectorProvider.provider());
            this.failures = failures;
        }

        @Override
        public SocketChannel accept() throws IOException {
            calls++;
            if (calls == failures + 1) {
                return null;
            }
            if (calls > failures + 2) {
                throw new ClosedChannelException();
            }
            throw new IOException("Too many open files");
        }

        @Override
        public ServerSocketChannel bind(SocketAddress local, int backlog) {
            return this;
        }

        @Override
        public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
            return this;
        }

        @Override
        public <T> T getOption(SocketOption<T> name) {
            return null;
        }

        @Override
        public Set<SocketOption<?>> supportedOptions() {
            return Set.of();
        }

        @Override
        public ServerSocket socket() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SocketAddress getLocalAddress() {
            return null;
        }

        @Override
        protected void implCloseSelectableChannel() {}

        @Override
        protected void implConfigureBlocking(boolean block) {}
    }

    @Test
    void theSocketIsTheOwnersAlone() throws IOException {
        try (ControlServer server = serve()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.socket())))
                    .isEqualTo("rw-------");
        }
        assertThat(folder.resolve(ControlClient.SOCKET)).doesNotExist();
    }

    @Test
    void whatADeadProcessLeftIsTakenOverAndALiveOneRefuses() throws IOException {
        Path socket = folder.resolve(ControlClient.SOCKET);
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        try (ControlServer _ = serve()) {
            assertThat(new ControlClient(folder).get("/x").isGood()).isTrue();
            assertThatThrownBy(this::serve)
                    .isInstanceOf(ControlServer.AlreadyRunning.class)
                    .hasMessageContaining("runs with this data directory already");
            assertThat(new ControlClient(folder).get("/x").isGood()).isTrue();
        }
    }

    @Test
    void whereNobodyRunsTheClientSaysWhatToDo() {
        assertThatThrownBy(() -> new ControlClient(folder).get("/x"))
                .isInstanceOf(ControlClient.NotRunning.class)
                .hasMessageContaining("start one with 'tonle run'");
    }

    @Test
    void malformedRequestsAreRefusedAndBounded() throws IOException {
        try (ControlServer _ = serve()) {
            assertThat(raw("DELETE /x\n")).startsWith("400 ");
            assertThat(raw("GET x\n")).startsWith("400 ");
            assertThat(raw("POST /x 99999999\n")).startsWith("400 ").contains("is not a length from 0 to 65536");
            assertThat(raw("POST /x -1\n")).startsWith("400 ");
            assertThat(raw("GET /" + "x".repeat(Frames.LINE_OCTETS_MAX) + "\n"))
                    .startsWith("400 ")
                    .contains("longer than 8192 octets");
        }
    }

    @Test
    void aRequestThatNeverEndsIsCutOff() throws IOException {
        try (ControlServer server = serve();
                SocketChannel slow = SocketChannel.open(UnixDomainSocketAddress.of(server.socket()))) {
            slow.write(ByteBuffer.wrap("GET /ne".getBytes(StandardCharsets.UTF_8)));
            ByteBuffer reply = ByteBuffer.allocate(100);
            Thread patience = Thread.ofVirtual().start(() -> {
                while (slow.isOpen() && !Thread.currentThread().isInterrupted()) {
                    server.closeDawdlers(clock.unixMillis() + ControlServer.REQUEST_MILLIS_MAX + 1);
                    Thread.yield();
                }
            });
            assertThat(isCutOff(slow, reply)).isTrue();
            patience.interrupt();
        }
    }

    /** The system calls it an end where the other side had read all, and a reset where it had not. */
    private static boolean isCutOff(SocketChannel connection, ByteBuffer reply) throws IOException {
        try {
            return connection.read(reply) == -1;
        } catch (SocketException reset) {
            return reset.getMessage().contains("reset");
        }
    }

    @Test
    void aPathTooLongForASocketIsSaid() {
        Path deep = folder.resolve("x".repeat(120)).resolve(ControlClient.SOCKET);
        assertThatThrownBy(
                        () -> ControlServer.start(deep, request -> null, clock).close())
                .hasMessageContaining("the system takes 107");
    }

    private ControlServer serve() throws IOException {
        return ControlServer.start(
                folder.resolve(ControlClient.SOCKET),
                request -> ControlReply.json(
                        200,
                        request.target().equals("/large")
                                ? "x".repeat(3_000_000)
                                : (request.isPost() ? "POST " : "GET ") + request.target() + " " + request.body()),
                clock);
    }

    private String raw(String request) throws IOException {
        try (SocketChannel channel =
                SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(ControlClient.SOCKET)))) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            ByteBuffer reply = ByteBuffer.allocate(4_096);
            while (channel.read(reply) >= 0 && reply.hasRemaining()) {
                Thread.onSpinWait();
            }
            return new String(reply.array(), 0, reply.position(), StandardCharsets.UTF_8);
        }
    }
}
