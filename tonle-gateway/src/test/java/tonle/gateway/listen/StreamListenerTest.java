// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tonle.base.power.SystemClock;
import tonle.gateway.config.ListenSocket;

class StreamListenerTest {
    private final SystemClock clock = new SystemClock();
    private final RecordedMetering metering = new RecordedMetering();
    private final Worker worker = new Worker(0, 1 << 20, metering, clock);
    private StreamListener listener;

    @BeforeEach
    void start() throws IOException {
        worker.start();
        ListenSocket any = ListenSocket.parse("127.0.0.1:0").orElseThrow();
        listener = StreamListener.open(any, Optional.empty(), 2, 60, new Workers(List.of(worker)), clock);
        listener.start();
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
        worker.close();
    }

    @Test
    void messagesAreCutByTheirLengthHoweverTheOctetsArrive() throws IOException {
        byte[] three = ByteBuffer.allocate(16 + 65_535 + 500)
                .put(message(16, 0))
                .put(message(65_535, 0))
                .put(message(500, 0))
                .array();
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            for (int at = 0; at < three.length; ) {
                int count = Math.min(at < 20 ? 1 : 7_001, three.length - at);
                out.write(three, at, count);
                out.flush();
                at += count;
            }
            await("message 500 of ''");
        }
        await("ended");
        assertThat(metering.events)
                .containsExactly("message 16 of ''", "message 65535 of ''", "message 500 of ''", "ended");
        assertThat(listener.received()).isEqualTo(3);
    }

    @Test
    void anotherVersionOrALengthShorterThanTheHeaderEndsTheStream() throws IOException {
        for (byte[] bad : new byte[][] {header(9, 40), header(10, 15)}) {
            metering.events.clear();
            try (Socket socket = connect()) {
                socket.getOutputStream().write(bad);
                socket.getOutputStream().write(new byte[100]);
                assertThat(isClosedByPeer(socket)).isTrue();
            }
            await("ended");
            assertThat(metering.events).containsExactly("message 16 of ''", "ended");
        }
    }

    @Test
    void aStreamThatEndsInsideAMessageHandsItsRestToTheWorker() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(message(40, 0));
            socket.getOutputStream().write(message(100, 0), 0, 37);
            socket.getOutputStream().flush();
            await("message 40 of ''");
        }
        await("ended");
        assertThat(metering.events).containsExactly("message 40 of ''", "message 37 of ''", "ended");
        assertThat(listener.received()).isEqualTo(1);
    }

    @Test
    void aMessageThatTheWorkerFindsMalformedClosesTheConnection() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(message(64, 0xFF));
            assertThat(isClosedByPeer(socket)).isTrue();
        }
        await("ended");
    }

    @Test
    void moreSessionsThanAllowedAreTurnedAwayAndSilentOnesClosed() throws IOException {
        try (Socket first = connect();
                Socket second = connect()) {
            first.getOutputStream().write(message(16, 0));
            second.getOutputStream().write(message(16, 0));
            awaitConnections(2);
            try (Socket third = connect()) {
                assertThat(isClosedByPeer(third)).isTrue();
            }
            assertThat(listener.refused()).isEqualTo(1);
            listener.closeSilent(clock.unixMillis());
            assertThat(listener.connections()).isEqualTo(2);
            listener.closeSilent(clock.unixMillis() + 120_000);
            awaitConnections(0);
        }
    }

    private static boolean isClosedByPeer(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException _) {
            return true; // Reset: closed with octets unread.
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.ofLiteral("127.0.0.1"), listener.port());
    }

    private static byte[] header(int version, int length) {
        return ByteBuffer.allocate(16)
                .putShort((short) version)
                .putShort((short) length)
                .array();
    }

    private static byte[] message(int sizeOctets, int last) {
        byte[] message = new byte[sizeOctets];
        System.arraycopy(header(10, sizeOctets), 0, message, 0, 16);
        message[sizeOctets - 1] = (byte) last;
        return message;
    }

    private void awaitConnections(int count) {
        long end = clock.monotonicNanos() + 10_000_000_000L;
        while (listener.connections() != count && clock.monotonicNanos() < end) {
            Thread.onSpinWait();
        }
        assertThat(listener.connections()).isEqualTo(count);
    }

    private void await(String event) {
        long end = clock.monotonicNanos() + 10_000_000_000L;
        while (!metering.events.contains(event) && clock.monotonicNanos() < end) {
            Thread.onSpinWait();
        }
        assertThat(metering.events).contains(event);
    }
}
