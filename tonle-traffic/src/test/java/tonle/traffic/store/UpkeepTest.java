// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.base.power.Seed;
import tonle.traffic.Direction;

class UpkeepTest {
    private static final long DAY_SECONDS = 86_400;
    private static final long FROM = Sample.DAY;

    @TempDir
    Path directory;

    private static List<List<String>> sums(TrafficStore store, long from, long to) throws IOException {
        TrafficAnswer answer = store.answer(Sample.query(
                List.of(Dimension.LINK, Dimension.DIRECTION, Dimension.MEMBER, Dimension.REMOTE_AS),
                List.of(),
                from,
                to));
        List<List<String>> sums = new ArrayList<>();
        for (TrafficAnswer.Row row : answer.rows()) {
            List<String> line = new ArrayList<>(row.keys());
            line.add(row.octets() + " " + row.packets() + " " + row.flows() + " "
                    + Math.round(row.unscaledShare() * row.octets()) + " "
                    + Math.round(row.backfilledShare() * row.octets()) + " "
                    + Math.round(row.uncertainty() * 1e9));
            sums.add(line);
        }
        sums.sort((a, b) -> a.toString().compareTo(b.toString()));
        assertThat(sums).isNotEmpty();
        return sums;
    }

    /** Rows come in any order, some long after their hour; upkeep runs at random moments; no sum ever moves. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void rollingUpAndForgettingKeepsEverySum(long number) throws IOException {
        Seed seed = new Seed(number);
        Retention retention = new Retention(2, 5, 1_000);
        long octets = 0;
        try (DuckTrafficStore store = Sample.open(directory)) {
            long now = FROM;
            long to = FROM + 10 * DAY_SECONDS;
            for (int i = 1; i <= 30; i++) {
                now += seed.below(16) * 3_600L;
                // A tenth of the batches fills in a day long past.
                long at = seed.below(10) == 0 ? FROM + seed.below(8) * DAY_SECONDS : now;
                List<VolumeRow> rows = Sample.rows(seed, at, 30, 80);
                octets += rows.stream().mapToLong(VolumeRow::octets).sum();
                store.write(Sample.batch("w", i, rows));
                List<List<String>> before = sums(store, FROM, to);
                if (seed.below(3) == 0) {
                    store.maintain(now, retention);
                    assertThat(sums(store, FROM, to))
                            .as("seed %d batch %d", number, i)
                            .isEqualTo(before);
                }
            }
            now = to + 30 * DAY_SECONDS;
            store.maintain(now, retention);
            TrafficAnswer all = store.answer(Sample.query(List.of(), List.of(), FROM, to));
            assertThat(all.total().octets()).isEqualTo(octets);
            assertThat(all.sampleSeconds()).isEqualTo(86_400);
            assertThat(store.health().volumeRows()).isZero();
        }
    }

    @Test
    void anAnswerSaysWhichStepItCameFrom() throws IOException {
        try (DuckTrafficStore store = Sample.open(directory)) {
            for (int day = 0; day < 12; day++) {
                store.write(Sample.batch(
                        "w",
                        day + 1,
                        List.of(Sample.row(FROM + day * DAY_SECONDS + 3_900, "IX-A", Direction.IN, 100))));
            }
            long now = FROM + 12 * DAY_SECONDS;
            store.maintain(now, new Retention(2, 6, 100));
            assertThat(step(store, now - 2 * DAY_SECONDS, now)).isEqualTo(300);
            assertThat(step(store, now - 3 * DAY_SECONDS, now)).isEqualTo(3_600);
            assertThat(step(store, now - 7 * DAY_SECONDS, now)).isEqualTo(86_400);
            TrafficQuery fine = new TrafficQuery(
                    List.of(), List.of(), Measure.OCTETS, now - 3 * DAY_SECONDS, now, 300, 10, "octets");
            assertThat(store.answer(fine).stepSeconds()).isEqualTo(3_600);
            assertThat(store.answer(fine).total().octets()).isEqualTo(300);
        }
    }

    private static int step(TrafficStore store, long from, long to) throws IOException {
        return store.answer(Sample.query(List.of(), List.of(), from, to)).sampleSeconds();
    }

    @Test
    void aBinThatCameInManyPartsIsOneRowAKeyAfterItsHourHasSettled() throws IOException {
        try (DuckTrafficStore store = Sample.open(directory)) {
            for (int i = 1; i <= 50; i++) {
                store.write(Sample.batch("w", i, List.of(Sample.row(FROM, "IX-A", Direction.IN, 100))));
            }
            assertThat(store.health().volumeRows()).isEqualTo(50);
            store.maintain(FROM + 3 * 3_600 - 1, Retention.DEFAULT);
            assertThat(store.health().volumeRows()).isEqualTo(50);
            store.maintain(FROM + 3 * 3_600, Retention.DEFAULT);
            assertThat(store.health().volumeRows()).isEqualTo(1);
            assertThat(store.answer(Sample.query(List.of(), List.of(), FROM, FROM + 300))
                            .total()
                            .octets())
                    .isEqualTo(5_000);
        }
    }

    @Test
    void theSumsStandAfterOpeningAgain() throws IOException {
        List<List<String>> before;
        try (DuckTrafficStore store = Sample.open(directory)) {
            store.write(Sample.batch("w", 1, Sample.rows(new Seed(5), FROM, 40, 500)));
            store.maintain(FROM + 2 * 3_600 + 3_600, Retention.DEFAULT);
            before = sums(store, FROM, FROM + DAY_SECONDS);
        }
        try (DuckTrafficStore store = Sample.open(directory)) {
            assertThat(sums(store, FROM, FROM + DAY_SECONDS)).isEqualTo(before);
            assertThat(store.nextSequence("w")).isEqualTo(2);
        }
    }
}
