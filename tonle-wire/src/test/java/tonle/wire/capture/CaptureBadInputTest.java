// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.DeviceAddress;
import tonle.base.power.Seed;
import tonle.wire.Fault;
import tonle.wire.GoldenVectors;
import tonle.wire.Mutations;

/** Whatever a file holds: no exception, bounded memory, every loss said. */
class CaptureBadInputTest {
    private static final int FILE_HEADER_OCTETS = 24;
    private static final int PACKET_HEADER_OCTETS = 16;

    @TempDir
    Path folder;

    /** Touches all octets of each window, so that one that reaches outside is found. */
    private static final class Tally implements DatagramSink {
        long datagrams;
        long octets;
        long faults;
        long incomplete;
        long sum;

        @Override
        public void datagram(MemorySegment payload, DeviceAddress source, int from, int to, long captureMicros) {
            datagrams++;
            octets += payload.byteSize();
            sum += source.high() + from + to + captureMicros;
            for (long i = 0; i < payload.byteSize(); i += 64) {
                sum += payload.get(ValueLayout.JAVA_BYTE, i);
            }
        }

        @Override
        public void malformed(Fault fault, long offsetOctets) {
            faults++;
            incomplete += fault == Fault.FRAGMENT_INCOMPLETE ? 1 : 0;
        }
    }

    @Test
    void noMutatedPacketThrows() throws IOException {
        List<byte[]> captures = packets();
        for (int link : new int[] {0, 1, 101, 113, 276}) {
            Path file = folder.resolve("mutated-" + link + ".pcap");
            int count = Mutations.count() / 5;
            try (SeekableByteChannel out =
                    Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                ByteBuffer piece = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
                piece.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putLong(0);
                piece.putInt(262_144).putInt(link);
                byte[] octets = new byte[256];
                for (int number = 0; number < count; number++) {
                    Seed seed = new Seed(number);
                    byte[] base = captures.get(seed.below(captures.size()));
                    System.arraycopy(base, 0, octets, 0, base.length);
                    int size = Mutations.damage(octets, base.length, seed);
                    // A new second every thousand packets: fragments age while others come.
                    piece.putInt(1_700_000_000 + number / 1000).putInt(0);
                    piece.putInt(size).putInt(size).put(octets, 0, size);
                    if (piece.remaining() < 512) {
                        out.write(piece.flip());
                        piece.clear();
                    }
                }
                out.write(piece.flip());
            }
            Tally tally = new Tally();
            Capture.read(file, tally, octets -> {});
            assertThat(tally.datagrams).isPositive();
            assertThat(tally.faults).isPositive();
            assertThat(tally.datagrams).isLessThanOrEqualTo(count);
            Files.delete(file);
        }
    }

    /** Packets of all vectors: what the link type says is then right for some of them and wrong for the others. */
    private static List<byte[]> packets() {
        return GoldenVectors.of("capture").stream()
                .filter(hex -> GoldenVectors.name(hex).startsWith("pcap-"))
                .map(GoldenVectors::octets)
                .filter(octets -> octets.length > FILE_HEADER_OCTETS + PACKET_HEADER_OCTETS + 20)
                .flatMap(octets -> split(octets).stream())
                .toList();
    }

    private static List<byte[]> split(byte[] file) {
        List<byte[]> packets = new ArrayList<>();
        ByteOrder order = file[0] == (byte) 0xA1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer octets = ByteBuffer.wrap(file).order(order).position(FILE_HEADER_OCTETS);
        while (octets.remaining() >= PACKET_HEADER_OCTETS) {
            int size = Math.min(octets.getInt(octets.position() + 8), octets.remaining() - PACKET_HEADER_OCTETS);
            int start = octets.position() + PACKET_HEADER_OCTETS;
            packets.add(Arrays.copyOfRange(file, start, start + size));
            octets.position(start + size);
        }
        return packets;
    }

    @Test
    void noMutatedFileThrows() throws IOException {
        List<Path> vectors = GoldenVectors.of("capture");
        Path file = folder.resolve("mutated");
        for (int number = 0; number < Mutations.count() / 200; number++) {
            Seed seed = new Seed(number);
            Path hex = vectors.get(seed.below(vectors.size()));
            byte[] octets = GoldenVectors.octets(hex);
            int size = Mutations.damage(octets, octets.length, seed);
            Files.write(file, Arrays.copyOf(octets, size));
            try {
                Capture.read(file, new Tally(), read -> {});
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + number + " of " + hex, e);
            }
        }
    }

    @Test
    void everyPrefixOfAFileKeepsTheDatagramsBeforeItsEnd() throws IOException {
        Path file = folder.resolve("prefix");
        for (Path hex : GoldenVectors.of("capture")) {
            byte[] octets = GoldenVectors.octets(hex);
            List<String> whole = GoldenVectors.expected(hex);
            if (!GoldenVectors.name(hex).startsWith("pcap") || whole.toString().contains("malformed")) {
                continue;
            }
            for (int size = 0; size < octets.length; size++) {
                Files.write(file, Arrays.copyOf(octets, size));
                List<String> some = CaptureEvents.of(file).stream()
                        .filter(line -> line.startsWith("datagram"))
                        .toList();
                assertThat(some).as(GoldenVectors.name(hex) + " to " + size).isEqualTo(whole.subList(0, some.size()));
            }
        }
    }

    @Test
    void aFloodOfFragmentsIsBoundedAndEachLossIsCounted() {
        Tally tally = new Tally();
        int count = 3 * FragmentTable.PENDING_COUNT_MAX;
        try (FragmentTable table = new FragmentTable(tally)) {
            MemorySegment octets = MemorySegment.ofArray(new byte[1480]);
            for (int number = 0; number < count; number++) {
                table.add(new FragmentTable.Key(1, 2, 3, 4, number), 0, true, octets, 0, number);
                assertThat(table.pendingCount()).isLessThanOrEqualTo(FragmentTable.PENDING_COUNT_MAX);
            }
        }
        assertThat(tally.incomplete).isEqualTo(count);
    }

    @Test
    void largeFragmentsAreBoundedByTheirOctets() {
        Tally tally = new Tally();
        try (FragmentTable table = new FragmentTable(tally)) {
            MemorySegment octets = MemorySegment.ofArray(new byte[8]);
            for (int number = 0; number < 200; number++) {
                table.add(new FragmentTable.Key(1, 2, 3, 4, number), 65_520, true, octets, 0, number);
                assertThat((long) table.pendingCount() * 65_528).isLessThanOrEqualTo(FragmentTable.HELD_OCTETS_MAX);
            }
        }
        assertThat(tally.incomplete).isEqualTo(200);
    }

    @Test
    void oldFragmentsGo() {
        Tally tally = new Tally();
        try (FragmentTable table = new FragmentTable(tally)) {
            MemorySegment octets = MemorySegment.ofArray(new byte[8]);
            table.add(new FragmentTable.Key(1, 2, 3, 4, 5), 0, true, octets, 0, 40);
            table.add(new FragmentTable.Key(1, 2, 3, 4, 6), 0, true, octets, FragmentTable.AGE_MICROS_MAX + 1, 80);
            assertThat(table.pendingCount()).isEqualTo(1);
            assertThat(tally.incomplete).isEqualTo(1);
        }
    }

    @Test
    void aDatagramCostsNoMoreThanItsWindow() throws IOException {
        Path file = folder.resolve("large.pcap");
        byte[] header = split(GoldenVectors.octets(Path.of("src/golden/capture/pcap-fragments-out-of-order.hex")))
                .getLast();
        byte[] packet = Arrays.copyOf(header, 1028);
        ByteBuffer.wrap(packet).putShort(2, (short) 1028).putShort(24, (short) 1008);
        int count = 20_000;
        ByteBuffer octets = ByteBuffer.allocate(FILE_HEADER_OCTETS + count * (PACKET_HEADER_OCTETS + packet.length));
        octets.putInt(0xA1B2C3D4).putInt(0x20004).putLong(0).putInt(262_144).putInt(101);
        for (int number = 0; number < count; number++) {
            octets.putInt(1_700_000_000)
                    .putInt(0)
                    .putInt(packet.length)
                    .putInt(packet.length)
                    .put(packet);
        }
        Files.write(file, octets.array());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int round = 0; round < 10; round++) {
            Tally tally = new Tally();
            long before = threads.getCurrentThreadAllocatedBytes();
            Capture.read(file, tally, read -> {});
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(tally.octets).isEqualTo(count * 1000L);
        }
        // The window is an object of 40 octets, or none once compiled; no address, no copy of 1,000 octets.
        assertThat(allocated).isLessThan(count * 64L);
    }
}
