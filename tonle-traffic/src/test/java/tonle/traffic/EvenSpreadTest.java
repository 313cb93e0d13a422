// SPDX-License-Identifier: Apache-2.0
package tonle.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tonle.base.power.Seed;

class EvenSpreadTest {
    private static final long SEED = 20261123;

    @Test
    void aFlowWithinOneBinStaysWhole() {
        EvenSpread spread = new EvenSpread(300);
        spread.over(1_000, 299_999);
        assertThat(spread.binCount()).isEqualTo(1);
        assertThat(spread.binStartSeconds(0)).isZero();
        assertThat(spread.split(1_234)[0]).isEqualTo(1_234);
    }

    @Test
    void theEndIsNoPartOfTheInterval() {
        EvenSpread spread = new EvenSpread(300);
        spread.over(0, 300_000);
        assertThat(spread.binCount()).isEqualTo(1);
        spread.over(0, 300_001);
        assertThat(spread.binCount()).isEqualTo(2);
    }

    @Test
    void aFlowWithoutDurationLiesInTheBinOfItsStart() {
        EvenSpread spread = new EvenSpread(10);
        spread.over(20_000, 20_000);
        assertThat(spread.binCount()).isEqualTo(1);
        assertThat(spread.binStartSeconds(0)).isEqualTo(20);
        spread.over(29_000, 11_000);
        assertThat(spread.binCount()).isEqualTo(1);
        assertThat(spread.binStartSeconds(0)).isEqualTo(20);
    }

    @Test
    void theLargestRemaindersGetTheRest() {
        EvenSpread spread = new EvenSpread(10);
        // 5, 10 and 5 seconds of 20: 11 octets are 2.75, 5.5 and 2.75, so the outer two get the octets left over.
        spread.over(5_000, 25_000);
        assertThat(Arrays.copyOf(spread.split(11), 3)).containsExactly(3, 5, 3);
    }

    @Test
    void ofEqualRemaindersTheEarlierBinIsLarger() {
        EvenSpread spread = new EvenSpread(10);
        spread.over(0, 40_000);
        assertThat(Arrays.copyOf(spread.split(6), 4)).containsExactly(2, 2, 1, 1);
    }

    @Test
    void timesBefore1970HaveBinsToo() {
        EvenSpread spread = new EvenSpread(10);
        spread.over(-5_000, 5_000);
        assertThat(spread.binCount()).isEqualTo(2);
        assertThat(spread.binStartSeconds(0)).isEqualTo(-10);
        assertThat(Arrays.copyOf(spread.split(8), 2)).containsExactly(4, 4);
    }

    @Test
    void aFlowOverTooManyBinsCountsWhollyInTheLast() {
        EvenSpread spread = new EvenSpread(1);
        spread.over(0, 4_096_001);
        assertThat(spread.binCount()).isEqualTo(1);
        assertThat(spread.binStartSeconds(0)).isEqualTo(4_096);
        spread.over(0, 4_096_000);
        assertThat(spread.binCount()).isEqualTo(4_096);
    }

    @Test
    void binsAddUpExactlyAndNoneIsAWholeOctetOffTheTrueShare() {
        Seed seed = new Seed(SEED);
        for (int run = 0; run < 20_000; run++) {
            int binSeconds = 1 + seed.below(EvenSpread.BIN_SECONDS_MAX);
            EvenSpread spread = new EvenSpread(binSeconds);
            long start = seed.nextLong() >> 22;
            long duration = 1 + Math.floorMod(seed.nextLong(), binSeconds * 20_000L);
            long amount = seed.nextLong() >>> 1 + seed.below(63);
            spread.over(start, start + duration);
            long[] shares = spread.split(amount);
            long sum = 0;
            for (int i = 0; i < spread.binCount(); i++) {
                sum += shares[i];
                long from = Math.max(start, spread.binStartSeconds(i) * 1_000);
                long to = Math.min(start + duration, (spread.binStartSeconds(i) + binSeconds) * 1_000);
                BigInteger exact = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(to - from));
                BigInteger got = BigInteger.valueOf(shares[i]).multiply(BigInteger.valueOf(duration));
                assertThat(exact.subtract(got).abs())
                        .as("seed %d run %d bin %d", SEED, run, i)
                        .isLessThan(BigInteger.valueOf(duration));
            }
            assertThat(sum).as("seed %d run %d", SEED, run).isEqualTo(amount);
        }
    }
}
