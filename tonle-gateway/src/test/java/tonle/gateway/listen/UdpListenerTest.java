// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tonle.base.DeviceAddress;
import tonle.base.power.Seed;
import tonle.base.power.SystemClock;
import tonle.gateway.config.ListenSocket;

class UdpListenerTest {
    private static final long DEADLINE_NANOS = 10_000_000_000L;

    private final SystemClock clock = new SystemClock();
    private final RecordedMetering metering = new RecordedMetering();
    private final Worker worker = new Worker(0, 8 << 20, metering, clock);
    private final Workers workers = new Workers(List.of(worker));

    @BeforeEach
    void start() {
        worker.start();
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void everyDatagramComesWholeOfAnySize() throws IOException {
        for (String address : new String[] {"127.0.0.1:0", "[::1]:0"}) {
            try (UdpListener listener = open(address)) {
                listener.start();
                long before = metering.sum.get();
                long sent = send(listener.port(), address.startsWith("[") ? "::1" : "127.0.0.1", 2_000, 1);
                await(() -> metering.sum.get() == before + sent);
                assertThat(listener.received()).isEqualTo(2_000);
                assertThat(listener.queueDropped()).isZero();
                assertThat(listener.kernelDropped()).isIn(0L, -1L);
                assertThat(listener.gotOctets()).isPositive();
            }
        }
        assertThat(metering.datagrams.get()).isEqualTo(4_000);
        assertThat(metering.sources)
                .containsExactlyInAnyOrder(
                        DeviceAddress.parse("127.0.0.1").orElseThrow(),
                        DeviceAddress.parse("::1").orElseThrow());
    }

    @Test
    void ipv4ThatComesToAnIpv6SocketIsIpv4() throws IOException {
        try (UdpListener listener = open("[::]:0")) {
            listener.start();
            send(listener.port(), "127.0.0.1", 1, 2);
            await(() -> metering.datagrams.get() == 1);
        }
        assertThat(metering.sources).extracting(DeviceAddress::text).containsExactly("127.0.0.1");
    }

    @Test
    void thePortableReceiverDoesTheSame() throws IOException {
        Receiver.Counts counts = new Receiver.Counts();
        ListenSocket any = ListenSocket.parse("127.0.0.1:0").orElseThrow();
        try (ChannelReceiver receiver = new ChannelReceiver(any, 1 << 20, workers, counts)) {
            long sent = send(receiver.port(), "127.0.0.1", 100, 3);
            long received = 0;
            while (received < 100) {
                received += receiver.receive(clock.unixMillis());
            }
            await(() -> metering.sum.get() == sent);
            assertThat(counts.received).isEqualTo(100);
        }
    }

    @Test
    void aFullQueueIsCountedAgainstItsExporter() {
        RecordedMetering idle = new RecordedMetering();
        Worker asleep = new Worker(1, 160 << 10, idle, clock);
        Workers one = new Workers(List.of(asleep));
        java.lang.foreign.MemorySegment datagram = java.lang.foreign.MemorySegment.ofArray(new byte[1_000]);
        int taken = 0;
        for (int i = 0; i < 200; i++) {
            taken += one.datagram(datagram, 0, 1_000, 4, 7L << 32, 0, 9, 0) ? 1 : 0;
        }
        assertThat(taken).isEqualTo((160 << 10) / 1_040);
        assertThat(one.drops().total()).isEqualTo(200 - taken);
        assertThat(one.drops().of(DeviceAddress.ofIpv4(7))).isEqualTo(200 - taken);
        assertThat(one.drops().of(DeviceAddress.ofIpv4(8))).isZero();
        asleep.start();
        asleep.close();
        assertThat(idle.datagrams.get()).as("a stop empties the ring first").isEqualTo(taken);
        assertThat(idle.stopped).isTrue();
    }

    @Test
    void aDefectCostsOneDatagramAndIsSaidWithoutWhatWasInIt() {
        RecordedMetering fragile = new RecordedMetering();
        fragile.refused = 13;
        Worker worker = new Worker(1, 160 << 10, fragile, clock);
        Workers one = new Workers(List.of(worker));
        for (byte first : new byte[] {1, 13, 2}) {
            MemorySegment datagram = MemorySegment.ofArray(new byte[] {first, 10, 0, 0, 99});
            assertThat(one.datagram(datagram, 0, 5, 4, 7L << 32, 0, 9, 0)).isTrue();
        }
        worker.start();
        await(() -> fragile.datagrams.get() == 2);
        worker.close();
        assertThat(one.trouble())
                .contains("1 times", "IllegalStateException", "RecordedMetering")
                .doesNotContain("10.0.0.99");
        assertThat(fragile.stopped).isTrue();
    }

    @Test
    void aBusyPortNamesItsHolder() throws IOException {
        try (DatagramSocket holder = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String socket = "127.0.0.1:" + holder.getLocalPort();
            assertThatThrownBy(() -> open(socket).close())
                    .isInstanceOf(BusyPort.class)
                    .hasMessageContaining("udp port " + holder.getLocalPort())
                    .hasMessageContaining(
                            "is held by process " + ProcessHandle.current().pid() + " (")
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void aStopTakesInWhatTheSystemAlreadyHolds() throws IOException {
        UdpListener listener = open("127.0.0.1:0");
        long sent = send(listener.port(), "127.0.0.1", 300, 4);
        listener.start();
        listener.close();
        await(() -> metering.sum.get() == sent);
        assertThat(metering.datagrams.get()).isEqualTo(300);
    }

    private UdpListener open(String socket) throws IOException {
        return UdpListener.open(ListenSocket.parse(socket).orElseThrow(), 4 << 20, workers, clock);
    }

    private static long send(int port, String to, int count, long seedNumber) throws IOException {
        Seed seed = new Seed(seedNumber);
        long sum = 0;
        try (DatagramSocket socket = new DatagramSocket()) {
            InetAddress address = InetAddress.ofLiteral(to);
            for (int i = 0; i < count; i++) {
                byte[] octets = new byte[i == 0 ? 65_000 : seed.below(1_500)];
                for (int o = 0; o < octets.length; o++) {
                    octets[o] = (byte) seed.nextLong();
                    sum += Byte.toUnsignedInt(octets[o]);
                }
                socket.send(new DatagramPacket(octets, octets.length, address, port));
            }
        }
        return sum;
    }

    private void await(java.util.function.BooleanSupplier condition) {
        long end = clock.monotonicNanos() + DEADLINE_NANOS;
        while (!condition.getAsBoolean() && clock.monotonicNanos() < end) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean())
                .as("datagrams %d", metering.datagrams.get())
                .isTrue();
    }
}
