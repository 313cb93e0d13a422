// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import tonle.base.power.Seed;
import tonle.traffic.Bins;
import tonle.traffic.Direction;
import tonle.traffic.reconcile.Finding.Cause;
import tonle.traffic.store.InterfaceRow;

/** Each fault is injected into flows or counters of one port, and must be found within three bins, by name. */
class ReconcilerTest {
    private static final long START_SECONDS = 1_767_225_600L;
    private static final long SPEED = 10_000_000_000L;

    private final InterfaceBook book = new InterfaceBook(_ -> "R1");
    private final Reconciler reconciler = new Reconciler(book);
    private final Seed seed = new Seed(3);

    /** Runs {@code bins} bins of about 3 GB; {@code flows} says what flow records make of the octets of the frames. */
    private void run(int bins, LongUnaryOperator flows, LongUnaryOperator counterValue) {
        reconciler.judge(START_SECONDS);
        long total = 77_000_000_000L;
        book.counters(0, 5, "L1", true, (START_SECONDS - 7) * 1_000, counterValue.applyAsLong(total), 0, SPEED);
        for (int bin = 0; bin < bins; bin++) {
            long binStart = START_SECONDS + (long) bin * Bins.SECONDS;
            for (int second = 0; second < Bins.SECONDS; second++) {
                long octets = 9_000_000 + seed.below(2_000_000);
                total += octets;
                book.flow(0, 5, Direction.IN, "L1", true, binStart, flows.applyAsLong(octets), octets / 1_000, 0);
                if (second % 20 == 13) {
                    long at = (binStart + second + 1) * 1_000;
                    book.counters(0, 5, "L1", true, at, counterValue.applyAsLong(total), 0, SPEED);
                }
            }
        }
        long end = START_SECONDS + (long) bins * Bins.SECONDS;
        book.counters(0, 5, "L1", true, (end + 14) * 1_000, counterValue.applyAsLong(total + 140_000_000), 0, SPEED);
        reconciler.judge(end);
    }

    private void finds(Cause cause, double factor) {
        assertThat(reconciler.findings()).singleElement().satisfies(f -> {
            assertThat(f.cause()).isEqualTo(cause);
            assertThat(f.factor()).isBetween(factor * 0.98, factor * 1.02);
            assertThat(f.interfaceIndex()).isEqualTo(5);
            assertThat(f.link()).isEqualTo("L1");
            assertThat(f.direction()).isEqualTo(Direction.IN);
            assertThat(f.bins()).isEqualTo(3);
            assertThat(f.sinceBinSeconds()).isEqualTo(START_SECONDS);
        });
    }

    @Test
    void agreementIsNoFinding() {
        run(6, o -> o, v -> v);
        assertThat(reconciler.findings()).isEmpty();
    }

    @Test
    void flowsOfLayerThreeAgreeWithCountersOfFrames() {
        run(6, o -> o - 18 * (o / 1_000), v -> v);
        assertThat(reconciler.findings()).isEmpty();
    }

    @Test
    void twoBinsAreNotEnough() {
        run(2, o -> 2 * o, v -> v);
        assertThat(reconciler.findings()).isEmpty();
    }

    @Test
    void bothDirectionsCountedIsAFactorOfTwo() {
        run(3, o -> 2 * o, v -> v);
        finds(Cause.COUNTED_TWICE, 2);
    }

    @Test
    void aWrongSamplingRateIsAWholeFactorOrItsInverse() {
        run(3, o -> 10 * o, v -> v);
        finds(Cause.SAMPLING_RATE, 10);
    }

    @Test
    void aSamplingRateThatWasNotAppliedIsTheInverse() {
        run(3, o -> o / 512, v -> v);
        finds(Cause.SAMPLING_RATE, 1 / 512.0);
    }

    @Test
    void octetsOfLayerTwoAreAFewPercentAbove() {
        run(3, o -> o * 104 / 100, v -> v);
        finds(Cause.LAYER2_OCTETS, 1.04);
    }

    @Test
    void lossIsAFewPercentBelow() {
        run(3, o -> o * 95 / 100, v -> v);
        finds(Cause.LOSS, 0.95);
    }

    @Test
    void noFlowsAtAll() {
        run(3, _ -> 0, v -> v);
        assertThat(reconciler.findings())
                .singleElement()
                .extracting(Finding::cause)
                .isEqualTo(Cause.NO_FLOWS);
    }

    @Test
    void aFrozenCounterProvesNothing() {
        run(6, o -> o, _ -> 42);
        assertThat(reconciler.findings()).isEmpty();
    }

    @Test
    void aCounterCutTo32BitsIsUnwrappedWhereTheLineCannotWrapItTwice() {
        // 10 MB/s: 32 bits last seven minutes, samples come every 20 s, but a 10 Gb/s line could wrap them within.
        CounterTrack slow = new CounterTrack();
        long total = 0xFFF0_0000L;
        for (int i = 0; i <= 30; i++) {
            slow.sample((START_SECONDS + 20L * i) * 1_000, total & 0xFFFF_FFFFL, 1_000_000_000L);
            total += 200_000_000;
        }
        assertThat(slow.octets(START_SECONDS)).isEqualTo(3_000_000_000L);
        assertThat(slow.octets(START_SECONDS + 300)).isEqualTo(3_000_000_000L);
        assertThat(slow.coveredSeconds(START_SECONDS)).isEqualTo(300);
        assertThat(slow.distrusted()).isZero();
    }

    @Test
    void aResetCoversNothingAndIsNotGuessed() {
        CounterTrack track = new CounterTrack();
        track.sample(START_SECONDS * 1_000, 900_000_000_000L, SPEED);
        track.sample((START_SECONDS + 100) * 1_000, 900_100_000_000L, SPEED);
        track.sample((START_SECONDS + 120) * 1_000, 5_000, SPEED);
        track.sample((START_SECONDS + 220) * 1_000, 100_005_000, SPEED);

        assertThat(track.octets(START_SECONDS)).isEqualTo(200_000_000);
        assertThat(track.coveredSeconds(START_SECONDS)).isEqualTo(200);
        assertThat(track.distrusted()).isEqualTo(1);
    }

    @Test
    void countersAreCutAtTheEdgeOfABinInProportionAndAddUp() {
        CounterTrack track = new CounterTrack();
        track.sample((START_SECONDS - 10) * 1_000, 1_000, SPEED);
        track.sample((START_SECONDS + 20) * 1_000, 4_001, SPEED);

        assertThat(track.octets(START_SECONDS - 300)).isEqualTo(1_000);
        assertThat(track.octets(START_SECONDS)).isEqualTo(2_001);
        assertThat(track.octets(START_SECONDS + 300)).isEqualTo(-1);
    }

    @Test
    void rowsOfABinAddUpToItsFlowsAndItsCounters() {
        run(3, o -> o, v -> v);
        List<InterfaceRow> rows = book.takeRows(START_SECONDS + 2_000, START_SECONDS + 900, false);

        assertThat(rows.stream().filter(r -> r.binSeconds() == START_SECONDS && r.direction() == Direction.IN))
                .satisfiesExactlyInAnyOrder(
                        flows -> {
                            assertThat(flows.flowOctets()).isPositive();
                            assertThat(flows.counterOctets()).isEqualTo(-1);
                        },
                        counter -> {
                            assertThat(counter.counterOctets()).isPositive();
                            assertThat(counter.counterSeconds()).isEqualTo(300);
                            assertThat(counter.flowOctets()).isZero();
                        });
        assertThat(book.takeRows(START_SECONDS + 4_000, START_SECONDS + 900, false))
                .isEmpty();
    }
}
