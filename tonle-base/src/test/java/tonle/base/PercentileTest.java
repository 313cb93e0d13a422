// SPDX-License-Identifier: Apache-2.0
package tonle.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.base.power.Seed;

class PercentileTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "19, 0", "20, 1", "39, 1", "40, 2", "288, 14", "8064, 403", "8640, 432", "8928, 446"})
    void fivePercentAreDiscardedRoundedDown(int samples, int discarded) {
        assertThat(Percentile.discardedCount(samples)).isEqualTo(discarded);
    }

    @Test
    void aMonthOfThirtyOneDaysTakesRank8482() {
        Percentile percentile =
                Percentile.of(IntStream.rangeClosed(1, 8_928).asDoubleStream().toArray());
        assertThat(percentile).isEqualTo(new Percentile(8_482, 8_928, 446));
        assertThat(percentile.rank()).isEqualTo(8_482);
    }

    @Test
    void gapsAreNoSamples() {
        assertThat(Percentile.of(new double[] {Double.NaN, 3, Double.NaN, 1})).isEqualTo(new Percentile(3, 2, 0));
        assertThat(Percentile.of(new double[] {Double.NaN}).value()).isNaN();
        assertThat(Percentile.of(new double[0]).value()).isNaN();
    }

    @Test
    void theSamplesStayAsTheyWere() {
        double[] samples = {3, 1, 2};
        Percentile.of(samples);
        assertThat(samples).containsExactly(3, 1, 2);
    }

    /** By the contract's words: strike the highest, one by one, then read off the highest that is left. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itIsTheHighestAfterStrikingTheHighestOneByOne(long number) {
        Seed seed = new Seed(number);
        for (int round = 0; round < 60; round++) {
            int count = 1 + seed.below(400);
            // Few distinct values make ties.
            int distinct = 1 + seed.below(1_000);
            List<Double> left = new ArrayList<>();
            double[] samples = new double[count];
            for (int i = 0; i < count; i++) {
                samples[i] = seed.below(distinct) / 8.0;
                left.add(samples[i]);
            }
            for (int struck = 0; struck + 1 <= count * 0.05; struck++) {
                left.remove(Collections.max(left));
            }
            Percentile percentile = Percentile.of(samples);
            assertThat(percentile.value()).as("seed %d round %d", number, round).isEqualTo(Collections.max(left));
            assertThat(percentile.rank()).isEqualTo(left.size());
        }
    }
}
