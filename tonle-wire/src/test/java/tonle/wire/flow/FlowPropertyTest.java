// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.base.Network;
import tonle.base.power.Seed;
import tonle.wire.GoldenVectors;

/** What holds for every datagram: no damage makes the decoder throw, read outside, or hand out a host's octets. */
class FlowPropertyTest {
    /** {@code -Dtonle.mutations=100000000 -Dtonle.seed=7} for a long run; the seed is named where a run fails. */
    private static final int MUTATION_COUNT = Integer.getInteger("tonle.mutations", 1_000_000);

    private static final long SEED = Long.getLong("tonle.seed", 20_261_123);
    /** Larger vectors say nothing more here and take most of the time. */
    private static final int VECTOR_OCTETS_MAX = 2_048;

    private static final int[] EDGES = {0, 1, 2, 3, 4, 15, 16, 127, 128, 254, 255};

    private final List<byte[]> vectors = FlowGoldenTest.PROTOCOLS.stream()
            .flatMap(protocol -> GoldenVectors.of(protocol).stream())
            .map(GoldenVectors::octets)
            .filter(octets -> octets.length <= VECTOR_OCTETS_MAX)
            .toList();

    @Test
    void aPrefixOfAnyDatagramIsReadWithoutAThrow() {
        for (byte[] vector : vectors) {
            for (int size = 0; size < vector.length; size++) {
                byte[] prefix = Arrays.copyOf(vector, size);
                assertThatCode(() -> decode(prefix))
                        .as("%d octets of %s", prefix.length, hex(vector))
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void anyOctetFlippedIsReadWithoutAThrow() {
        for (byte[] vector : vectors) {
            for (int at = 0; at < vector.length; at++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] flipped = vector.clone();
                    flipped[at] ^= (byte) (1 << bit);
                    assertThatCode(() -> decode(flipped)).as(hex(flipped)).doesNotThrowAnyException();
                }
            }
        }
    }

    @Test
    void mutationsWithoutNumberNeitherThrowNorReadOutside() {
        Seed seed = new Seed(SEED);
        EveryValue values = new EveryValue();
        FlowDecoder decoder = new FlowDecoder(values, values);
        try (Arena arena = Arena.ofConfined()) {
            // A segment of exactly the datagram's size for each size: one octet more would be outside.
            MemorySegment[] segments = new MemorySegment[VECTOR_OCTETS_MAX + 1];
            for (int count = 0; count < MUTATION_COUNT; count++) {
                byte[] octets = mutate(seed);
                if (segments[octets.length] == null) {
                    segments[octets.length] = arena.allocate(octets.length);
                }
                MemorySegment datagram = segments[octets.length];
                MemorySegment.copy(octets, 0, datagram, ValueLayout.JAVA_BYTE, 0, octets.length);
                try {
                    decoder.decode(datagram);
                } catch (RuntimeException e) {
                    throw new AssertionError("seed " + SEED + " mutation " + count + ": " + hex(octets), e);
                }
                if (count % 10_000 == 0) {
                    values.forgetTemplates();
                }
            }
        }
        assertThat(values.recordCount).isPositive();
        assertThat(values.faultCount).isPositive();
    }

    @Test
    void noHostOctetChangesWhatIsRead() {
        Seed seed = new Seed(SEED);
        int changedCount = 0;
        for (byte[] vector : vectors) {
            byte[] changed = vector.clone();
            changedCount += changeHosts(changed, new int[] {192, 0, 2}, 1, seed);
            changedCount += changeHosts(changed, new int[] {198, 51, 100}, 1, seed);
            changedCount += changeHosts(changed, new int[] {0x20, 0x01, 0x0d, 0xb8, 0, 1}, 10, seed);
            changedCount += changeHosts(changed, new int[] {0x20, 0x01, 0x0d, 0xb8, 0, 9}, 10, seed);
            assertThat(FlowEvents.of(MemorySegment.ofArray(changed)))
                    .as(hex(vector))
                    .isEqualTo(FlowEvents.of(MemorySegment.ofArray(vector)));
        }
        assertThat(changedCount).isGreaterThan(50);
    }

    @Test
    void anAddressIsRefusedAsANumber() {
        byte[] vector = GoldenVectors.octets(java.nio.file.Path.of("src/golden/ipfix/template-and-data.hex"));
        List<Throwable> refusals = new ArrayList<>();
        EveryValue sink = new EveryValue() {
            @Override
            public void flow(FlowRecord record) {
                for (Slot slot : new Slot[] {Slot.SOURCE_IPV4_ADDRESS, Slot.DESTINATION_IPV4_ADDRESS}) {
                    try {
                        record.value(slot);
                    } catch (IllegalStateException e) {
                        refusals.add(e);
                    }
                }
                assertThat(Network.text(record.sourceNetwork())).isEqualTo("192.0.2.0/24");
            }
        };
        new FlowDecoder(sink, sink).decode(MemorySegment.ofArray(vector));
        assertThat(refusals).hasSize(4);
    }

    private static void decode(byte[] octets) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment datagram = arena.allocate(octets.length);
            MemorySegment.copy(octets, 0, datagram, ValueLayout.JAVA_BYTE, 0, octets.length);
            EveryValue values = new EveryValue();
            new FlowDecoder(values, values).decode(datagram);
        }
    }

    private byte[] mutate(Seed seed) {
        byte[] octets = vectors.get(seed.below(vectors.size())).clone();
        int times = 1 + seed.below(6);
        for (int i = 0; i < times && octets.length > 0; i++) {
            int at = seed.below(octets.length);
            switch (seed.below(4)) {
                case 0 -> octets[at] = (byte) seed.nextLong();
                case 1 -> octets[at] = (byte) EDGES[seed.below(EDGES.length)];
                case 2 -> octets[at] ^= (byte) (1 << seed.below(8));
                default -> octets = seed.below(8) == 0 ? Arrays.copyOf(octets, at) : octets;
            }
        }
        return octets;
    }

    /** Behind each occurrence of a network, sets the host's octets to something else. */
    private static int changeHosts(byte[] octets, int[] network, int hostOctets, Seed seed) {
        int count = 0;
        for (int at = 0; at + network.length + hostOctets <= octets.length; at++) {
            boolean found = true;
            for (int i = 0; i < network.length; i++) {
                found &= Byte.toUnsignedInt(octets[at + i]) == network[i];
            }
            if (found) {
                for (int i = 0; i < hostOctets; i++) {
                    octets[at + network.length + i] ^= (byte) (1 + seed.below(255));
                }
                count++;
            }
        }
        return count;
    }

    private static String hex(byte[] octets) {
        return java.util.HexFormat.of().formatHex(octets);
    }
}
