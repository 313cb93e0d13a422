// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateBookTest {
    private final RateBook book = new RateBook();
    private final Sums scaled = new Sums();
    private final Sums unrated = new Sums();

    @Test
    void aRateLearntLaterAppliesToWhatCameBefore() {
        book.of(3).add(1, 1_000, 2);
        book.learn(3, new Rate(100, 1));
        settle();
        assertThat(scaled.octets).isEqualTo(100_000);
        assertThat(scaled.packets).isEqualTo(200);
        assertThat(unrated.records).isZero();
    }

    @Test
    void aRateThatChangesHoldsFromThenOn() {
        book.learn(3, new Rate(100, 1));
        book.of(3).add(1, 1_000, 1);
        book.learn(3, new Rate(200, 1));
        book.of(3).add(1, 1_000, 1);
        settle();
        assertThat(scaled.octets).isEqualTo(300_000);
    }

    @Test
    void aSelectorThatNobodyExplainedTakesTheOnlyRateKnown() {
        book.learn(1, new Rate(512, 1));
        book.of(9).add(1, 10, 1);
        book.withoutSelector().add(1, 20, 1);
        settle();
        assertThat(scaled.octets).isEqualTo(30 * 512);
        assertThat(unrated.records).isZero();
    }

    @Test
    void severalRatesAndNoSelectorAreAmbiguous() {
        book.learn(1, new Rate(512, 1));
        book.learn(2, new Rate(1_024, 1));
        book.of(1).add(1, 10, 1);
        book.withoutSelector().add(2, 20, 2);
        settle();
        assertThat(scaled.octets).isEqualTo(5_120);
        assertThat(unrated.records).isEqualTo(2);
        assertThat(unrated.octets).isEqualTo(20);
    }

    @Test
    void selectorsPastTheBoundCountAsUnknown() {
        for (int selector = 0; selector < RateBook.SELECTOR_COUNT_MAX + 10; selector++) {
            book.of(selector).add(1, 1, 1);
        }
        settle();
        assertThat(unrated.records).isEqualTo(RateBook.SELECTOR_COUNT_MAX + 10);
    }

    @Test
    void aFractionIsRoundedOnceAndNotPerRecord() {
        Rate rate = new Rate(1_000, 305);
        assertThat(rate.scale(305)).isEqualTo(1_000);
        assertThat(rate.scale(1)).isEqualTo(3);
        assertThat(rate.scale(1_000_000_000_000_000L)).isEqualTo(3_278_688_524_590_164L);
    }

    @Test
    void aProductPast63BitsStopsThere() {
        assertThat(new Rate(1L << 32, 1).scale(1L << 40)).isEqualTo(Long.MAX_VALUE);
    }

    private void settle() {
        book.settle(scaled, unrated);
    }
}
