// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import tonle.base.power.Seed;

class RateTest {
    @Test
    void scalingIsExactAndHalvesGoUp() {
        Seed seed = new Seed(11);
        for (int i = 0; i < 20_000; i++) {
            long sampled = 1 + (seed.nextLong() >>> 46 + seed.below(17));
            long population = sampled + (seed.nextLong() >>> 24 + seed.below(39));
            Rate rate = Rate.of(population, sampled, RateSource.RECORD);
            long amount = seed.nextLong() >>> 16 + seed.below(47);
            if (!rate.isKnown()) {
                continue;
            }
            BigInteger exact = new BigDecimal(BigInteger.valueOf(amount).multiply(BigInteger.valueOf(population)))
                    .divide(BigDecimal.valueOf(sampled), 0, RoundingMode.HALF_UP)
                    .toBigInteger();
            long expected = exact.compareTo(BigInteger.valueOf(Rate.AMOUNT_MAX)) > 0 ? -1 : exact.longValueExact();
            assertThat(rate.scale(amount)).as("%d × %s", amount, rate).isEqualTo(expected);
        }
    }

    @Test
    void whatCannotBeARateIsNone() {
        assertThat(Rate.of(0, 1, RateSource.RECORD)).isEqualTo(Rate.NONE);
        assertThat(Rate.of(5, 0, RateSource.RECORD)).isEqualTo(Rate.NONE);
        assertThat(Rate.of(1, 2, RateSource.RECORD)).isEqualTo(Rate.NONE);
        assertThat(Rate.of(Long.MAX_VALUE, 1, RateSource.RECORD)).isEqualTo(Rate.NONE);
        assertThat(Rate.ofProbability(0, RateSource.RECORD)).isEqualTo(Rate.NONE);
        assertThat(Rate.ofProbability(Double.NaN, RateSource.RECORD)).isEqualTo(Rate.NONE);
    }

    @Test
    void aProbabilityOfOneInAHundredIsThatFraction() {
        Rate rate = Rate.ofProbability(0.01, RateSource.RECORD);
        assertThat(rate.population()).isEqualTo(100);
        assertThat(rate.sampled()).isEqualTo(1);
    }
}
