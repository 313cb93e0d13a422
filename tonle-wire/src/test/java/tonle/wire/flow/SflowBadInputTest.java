// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.base.DeviceAddress;
import tonle.base.Network;
import tonle.base.power.Seed;
import tonle.wire.Fault;
import tonle.wire.GoldenVectors;
import tonle.wire.Mutations;
import tonle.wire.flow.encode.PacketSpec;
import tonle.wire.flow.encode.SflowEncoder;

/** Whatever comes: no exception, no read outside, bounded events, nothing allocated, no host bits. */
class SflowBadInputTest {
    /** Counts what must stay bounded and paired. */
    private static final class Tally implements FlowSink {
        int messages;
        int ends;
        int samples;
        int faults;
        long sum;

        @Override
        public void message(MessageHeader header) {
            messages++;
            sum += header.sequence();
        }

        @Override
        public void sample(SflowSample s) {
            samples++;
            sum += s.frameOctets()
                    + s.samplingRate()
                    + s.packet().ipTotalOctets()
                    + s.packet().sourceNetwork();
            sum += s.outputValue() + s.sourceAsn() + s.destinationAsn();
        }

        @Override
        public void counters(SflowCounters c) {
            samples++;
            sum += c.inOctets() + c.outPackets() + c.outDiscards();
        }

        @Override
        public void discarded(SflowSample s) {
            samples++;
            sum += s.discardReason();
        }

        @Override
        public void malformed(Fault fault, long offsetOctets) {
            faults++;
            sum += offsetOctets;
        }

        @Override
        public void endOfMessage() {
            ends++;
        }

        @Override
        public void template(Template template) {}

        @Override
        public void withdrawal(long domain, int templateId) {}

        @Override
        public void dataSet(Template template) {}

        @Override
        public void flow(FlowRecord record) {}

        @Override
        public void options(FlowRecord record) {}

        @Override
        public void awaitingTemplate(long domain, int templateId, MemorySegment set) {}
    }

    private static List<byte[]> goodDatagrams() {
        List<byte[]> datagrams = new ArrayList<>();
        GoldenVectors.of("sflow5").forEach(hex -> datagrams.add(GoldenVectors.octets(hex)));
        for (long number = 0; number < 64; number++) {
            MemorySegment into = MemorySegment.ofArray(new byte[1400]);
            datagrams.add(SflowRoundTripTest.datagram(new Seed(number), into, new ArrayList<>())
                    .toArray(ValueLayout.JAVA_BYTE));
        }
        return datagrams;
    }

    @Test
    void noMutationThrowsOrReadsOutside() {
        List<byte[]> good = goodDatagrams();
        SflowDecoder decoder = new SflowDecoder();
        byte[] octets = new byte[1500];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = arena.allocate(octets.length);
            for (int number = 0; number < Mutations.count(); number++) {
                Seed seed = new Seed(number);
                byte[] base = good.get(seed.below(good.size()));
                System.arraycopy(base, 0, octets, 0, base.length);
                int size = Mutations.damage(octets, base.length, seed);
                MemorySegment datagram = room.asSlice(0, size);
                MemorySegment.copy(octets, 0, datagram, ValueLayout.JAVA_BYTE, 0, size);
                Tally tally = new Tally();
                try {
                    decoder.decode(datagram, tally);
                } catch (RuntimeException e) {
                    throw new AssertionError("seed " + number, e);
                }
                boolean isBounded = tally.samples <= size / 8 && tally.faults <= size / 8 + 1;
                if (!isBounded || tally.messages != tally.ends || tally.messages > 1) {
                    throw new AssertionError("seed " + number + ": " + tally.samples + " samples, " + tally.faults);
                }
            }
        }
    }

    @Test
    void everyPrefixOfADatagramKeepsTheSamplesBeforeItsEnd() {
        for (byte[] whole : goodDatagrams()) {
            List<String> all = SflowEvents.of(MemorySegment.ofArray(whole));
            if (all.stream().anyMatch(line -> line.startsWith("malformed"))) {
                continue;
            }
            for (int size = 0; size < whole.length; size++) {
                List<String> some = SflowEvents.of(MemorySegment.ofArray(whole).asSlice(0, size));
                assertThat(some).as("prefix of " + size).anyMatch(line -> line.startsWith("malformed"));
                List<String> valid = some.stream()
                        .filter(line -> !line.startsWith("malformed") && !line.equals("end"))
                        .toList();
                assertThat(valid).as("prefix of " + size).isEqualTo(all.subList(0, valid.size()));
            }
        }
    }

    @Test
    void noFlippedBitThrows() {
        for (byte[] whole : goodDatagrams().subList(0, 20)) {
            for (int bit = 0; bit < whole.length * 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                SflowEvents.of(MemorySegment.ofArray(flipped));
            }
        }
    }

    @Test
    void hostBitsChangeNothingThatComesOut() {
        SflowEncoder.Sampling sampling = new SflowEncoder.Sampling(1, 2, 3, 4, 5);
        for (long number = 0; number < 200; number++) {
            List<List<String>> events = new ArrayList<>();
            for (int host : new int[] {1, 254}) {
                Seed seed = new Seed(number);
                boolean isIpv6 = seed.below(2) == 0;
                long source = isIpv6 ? Network.ofIpv6(seed.nextLong()) : Network.ofIpv4(77);
                PacketSpec packet = new PacketSpec()
                        .networks(source, source)
                        .hosts(host * 0x0101_0101_0101L, host)
                        .transport(17, host, host * 3)
                        .ipTotalOctets(200);
                SflowEncoder encoder =
                        new SflowEncoder(MemorySegment.ofArray(new byte[600]), DeviceAddress.ofIpv4(9), 0);
                events.add(SflowEvents.of(encoder.begin(1)
                        .flowSample(sampling, 6, 7)
                        .rawHeader(packet)
                        .end()));
            }
            assertThat(events.getFirst()).as("seed " + number).isEqualTo(events.getLast());
        }
    }

    @Test
    void goodAndBadDatagramsAllocateNothing() {
        SflowDecoder decoder = new SflowDecoder();
        Tally tally = new Tally();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] datagrams = goodDatagrams().stream()
                    .map(octets -> arena.allocateFrom(ValueLayout.JAVA_BYTE, octets))
                    .toArray(MemorySegment[]::new);
            decodeAll(decoder, datagrams, tally, 200);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            decodeAll(decoder, datagrams, tally, 500);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(tally.faults).isPositive();
            assertThat(allocated).as("octets for " + tally.samples + " samples").isLessThan(4096);
        }
    }

    private static void decodeAll(SflowDecoder decoder, MemorySegment[] datagrams, Tally tally, int times) {
        for (int i = 0; i < times; i++) {
            for (MemorySegment datagram : datagrams) {
                decoder.decode(datagram, tally);
            }
        }
    }
}
