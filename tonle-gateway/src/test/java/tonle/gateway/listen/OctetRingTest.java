// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tonle.base.power.Seed;

class OctetRingTest {
    private static final int SMALLEST = (int) OctetRing.CAPACITY_OCTETS_MIN;

    @Test
    void whatGoesInComesOutInOrderWhateverTheSizes() {
        for (int run = 0; run < 20; run++) {
            Seed seed = new Seed(run);
            try (OctetRing ring = new OctetRing(SMALLEST)) {
                Deque<Integer> sizes = new ArrayDeque<>();
                for (int step = 0; step < 3_000; step++) {
                    if (seed.below(2) == 0) {
                        int size = seed.below(10) == 0 ? seed.below(65_536) : seed.below(1_500);
                        if (put(ring, size, size)) {
                            sizes.add(size);
                        } else {
                            assertThat(ring.isEmpty())
                                    .as("seed %d: an empty ring has room", run)
                                    .isFalse();
                        }
                    } else {
                        ring.take(
                                (_, octets, _, _, _, _, _, session) -> {
                                    int size = sizes.remove();
                                    assertThat(octets.byteSize()).isEqualTo(size);
                                    assertThat(session).isEqualTo(size);
                                    assertThat(sum(octets)).isEqualTo(expectedSum(size));
                                },
                                1 + seed.below(3));
                    }
                    assertThat(ring.length()).isEqualTo(sizes.size());
                }
            }
        }
    }

    @Test
    void anEmptyRingTakesTheLongestDatagramWhereverItsNextPlaceIs() {
        try (OctetRing ring = new OctetRing(SMALLEST)) {
            for (int place = 0; place < SMALLEST; place += 40) {
                assertThat(put(ring, OctetRing.DATAGRAM_OCTETS_MAX, 1))
                        .as("at %d", place)
                        .isTrue();
                ring.take((_, _, _, _, _, _, _, _) -> {}, 1);
                // Moves the next place on by 40 octets, modulo what the long one took.
                assertThat(put(ring, 0, 1)).isTrue();
                ring.take((_, _, _, _, _, _, _, _) -> {}, 1);
            }
        }
        assertThatThrownBy(() -> new OctetRing(128 << 10)).hasMessageContaining("the longest datagram");
    }

    @Test
    void whatWasReadIsZeroedAtOnce() {
        try (OctetRing ring = new OctetRing(SMALLEST)) {
            for (int i = 0; i < 500; i++) {
                put(ring, 1_400, i);
                put(ring, 60_000, i);
                ring.take((_, _, _, _, _, _, _, _) -> {}, 10);
                assertThat(ring.isEmpty()).isTrue();
            }
            assertThat(ring.isBlank()).isTrue();
        }
    }

    @Test
    void aFullRingRefusesAndKeepsWhatItHas() {
        try (OctetRing ring = new OctetRing(SMALLEST)) {
            int count = 0;
            while (put(ring, 1_000, count)) {
                count++;
            }
            assertThat(count).isEqualTo(SMALLEST / (1_000 + OctetRing.HEADER_OCTETS));
            List<Long> numbers = new ArrayList<>();
            ring.take((_, _, _, _, _, _, _, session) -> numbers.add(session), Integer.MAX_VALUE);
            assertThat(numbers).hasSize(count).isSorted();
        }
    }

    @Test
    void aTakerThatFailsLosesItsEntryAndNoOther() {
        try (OctetRing ring = new OctetRing(SMALLEST)) {
            put(ring, 10, 1);
            put(ring, 10, 2);
            List<Long> numbers = new ArrayList<>();
            try {
                ring.take(
                        (_, _, _, _, _, _, _, session) -> {
                            throw new IllegalStateException("a defect at " + session);
                        },
                        1);
            } catch (IllegalStateException _) {
                numbers.add(-1L);
            }
            ring.take((_, _, _, _, _, _, _, session) -> numbers.add(session), 9);
            assertThat(numbers).containsExactly(-1L, 2L);
        }
    }

    @Test
    void manyProducersAndOneTakerLoseNothing() throws InterruptedException {
        int each = 30_000;
        try (OctetRing ring = new OctetRing(SMALLEST)) {
            AtomicLong refused = new AtomicLong();
            List<Thread> producers = new ArrayList<>();
            for (int p = 0; p < 3; p++) {
                producers.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        if (!put(ring, i % 900, i % 900)) {
                            refused.incrementAndGet();
                            Thread.yield();
                        }
                    }
                }));
            }
            long[] taken = new long[2];
            OctetRing.Taker taker = (_, octets, _, _, _, _, _, session) -> {
                taken[0]++;
                taken[1] += sum(octets) == expectedSum((int) session) ? 0 : 1;
            };
            while (producers.stream().anyMatch(Thread::isAlive) || !ring.isEmpty()) {
                ring.take(taker, 100);
            }
            for (Thread producer : producers) {
                producer.join();
            }
            ring.take(taker, Integer.MAX_VALUE);
            assertThat(taken[0] + refused.get()).isEqualTo(3L * each);
            assertThat(taken[1]).as("damaged").isZero();
            assertThat(ring.isBlank()).isTrue();
        }
    }

    private static boolean put(OctetRing ring, int size, long number) {
        byte[] octets = new byte[size];
        for (int i = 0; i < size; i++) {
            octets[i] = (byte) (i + size);
        }
        return ring.put(
                OctetRing.Kind.DATAGRAM, MemorySegment.ofArray(octets), 0, size, 4, 1L << 32, 0, 65_535, 1, number);
    }

    private static long sum(MemorySegment octets) {
        long sum = 0;
        for (long i = 0; i < octets.byteSize(); i++) {
            sum += Byte.toUnsignedInt(octets.get(ValueLayout.JAVA_BYTE, i));
        }
        return sum;
    }

    private static long expectedSum(int size) {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Byte.toUnsignedInt((byte) (i + size));
        }
        return sum;
    }
}
