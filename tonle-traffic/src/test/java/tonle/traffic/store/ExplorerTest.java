// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tonle.base.Percentile;
import tonle.base.power.Seed;
import tonle.traffic.Direction;
import tonle.traffic.topology.Link;

/** Answers against the same question asked of a list of rows, in plain Java. */
class ExplorerTest {
    private static final long FROM = Sample.DAY + 3_600;
    private static final int BINS = 30;
    private static final long TO = FROM + BINS * 300L;
    private static final int SEED = 7;

    @TempDir
    static Path directory;

    private static DuckTrafficStore store;
    private static List<VolumeRow> rows;

    @BeforeAll
    static void write() throws IOException {
        store = Sample.open(directory);
        rows = Sample.rows(new Seed(SEED), FROM, BINS, 4_000);
        for (int i = 0; i < 8; i++) {
            store.write(Sample.batch("w", i + 1, rows.subList(i * 500, i * 500 + 500)));
        }
        // Beside the range, never to be seen.
        store.write(Sample.batch("w", 9, Sample.rows(new Seed(8), FROM - 3_600, 12, 100)));
        store.write(Sample.batch("w", 10, Sample.rows(new Seed(9), TO, 12, 100)));
    }

    @AfterAll
    static void close() throws IOException {
        store.close();
    }

    static String key(Dimension dimension, VolumeRow row) {
        Link link = Sample.topology().links().stream()
                .filter(l -> l.id().equals(row.link()))
                .findFirst()
                .orElse(null);
        return switch (dimension) {
            case SITE -> link == null ? "none" : link.site();
            case LINK -> row.link();
            case LINK_KIND -> link == null ? "none" : link.kind().key();
            case DIRECTION -> row.direction().key();
            case MEMBER -> row.member();
            case REMOTE_AS -> row.remoteAsn() == 0 ? "unknown" : row.remoteAsn() < 0 ? "other" : "" + row.remoteAsn();
            case COUNTRY ->
                row.remoteAsn() < 0
                        ? "other"
                        : row.remoteAsn() == 64_496 ? "KH" : row.remoteAsn() == 64_497 ? "JP" : "unknown";
            case IP_VERSION -> row.ipVersion() == 0 ? "unknown" : "" + row.ipVersion();
            case PROTOCOL -> row.protocol().key();
            case HOUR -> "%02d".formatted(row.binSeconds() % 86_400 / 3_600);
        };
    }

    static Stream<List<Dimension>> dimensions() {
        List<List<Dimension>> all = new ArrayList<>(List.of(List.of()));
        Dimension[] each = Dimension.values();
        for (Dimension a : each) {
            all.add(List.of(a));
            for (Dimension b : each) {
                if (a.compareTo(b) < 0) {
                    all.add(List.of(a, b));
                }
            }
        }
        all.add(List.of(Dimension.LINK, Dimension.MEMBER, Dimension.COUNTRY, Dimension.HOUR));
        all.add(List.of(Dimension.PROTOCOL, Dimension.DIRECTION, Dimension.IP_VERSION, Dimension.REMOTE_AS));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void everyGroupingAddsUpStoredRowsAndNothingFiner(List<Dimension> by) throws IOException {
        Map<List<String>, long[]> expected = sums(by, rows);
        TrafficAnswer answer = store.answer(Sample.query(by, List.of(), FROM, TO));
        assertThat(answer.groupCount()).isEqualTo(expected.size());
        assertThat(answer.rows()).hasSize(expected.size());
        assertThat(answer.sampleSeconds()).isEqualTo(300);
        for (TrafficAnswer.Row row : answer.rows()) {
            long[] sum = expected.get(row.keys());
            assertThat(sum).as("%s %s", by, row.keys()).isNotNull();
            assertThat(row.octets()).as("%s", row.keys()).isEqualTo(sum[0]);
            assertThat(row.packets()).isEqualTo(sum[1]);
            assertThat(row.flows()).isEqualTo(sum[2]);
            assertThat(row.unscaledShare()).isCloseTo(sum[3] / (double) sum[0], within(1e-12));
            assertThat(row.backfilledShare()).isCloseTo(sum[4] / (double) sum[0], within(1e-12));
            assertThat(row.uncertainty()).isCloseTo(1.96 * Math.sqrt(3.0 * sum[0]) / sum[0], within(1e-9));
            assertThat(Arrays.stream(row.series()).filter(v -> !Double.isNaN(v)).sum())
                    .isEqualTo(sum[0]);
        }
        assertThat(answer.total().octets())
                .isEqualTo(rows.stream().mapToLong(VolumeRow::octets).sum());
    }

    private static Map<List<String>, long[]> sums(List<Dimension> by, List<VolumeRow> from) {
        Map<List<String>, long[]> sums = new java.util.HashMap<>();
        for (VolumeRow row : from) {
            List<String> keys = by.stream().map(d -> key(d, row)).toList();
            long[] sum = sums.computeIfAbsent(keys, _ -> new long[5]);
            sum[0] += row.octets();
            sum[1] += row.packets();
            sum[2] += row.flows();
            sum[3] += row.unscaledOctets();
            sum[4] += row.kind() == RowKind.BACKFILL ? row.octets() : 0;
        }
        return sums;
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filtersKeepWhatTheySay(List<Filter> where) throws IOException {
        long expected = rows.stream()
                .filter(row ->
                        where.stream().allMatch(f -> f.values().contains(key(f.dimension(), row)) != f.negated()))
                .mapToLong(VolumeRow::octets)
                .sum();
        assertThat(store.answer(Sample.query(List.of(), where, FROM, TO))
                        .total()
                        .octets())
                .isEqualTo(expected);
        assertThat(store.answer(Sample.query(List.of(Dimension.MEMBER), where, FROM, TO))
                        .total()
                        .octets())
                .isEqualTo(expected);
    }

    static Stream<List<Filter>> filters() {
        List<List<Filter>> all = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            List<String> values = rows.stream()
                    .map(row -> key(dimension, row))
                    .distinct()
                    .sorted()
                    .toList();
            for (boolean negated : new boolean[] {false, true}) {
                all.add(List.of(new Filter(dimension, negated, values.subList(0, 1))));
                all.add(List.of(new Filter(dimension, negated, values.subList(0, Math.min(2, values.size())))));
                all.add(List.of(new Filter(dimension, negated, List.of("no such thing' OR 1=1 --"))));
                all.add(List.of(new Filter(dimension, negated, List.of())));
                all.add(List.of(
                        new Filter(dimension, negated, values.subList(0, 1)),
                        new Filter(Dimension.DIRECTION, false, List.of("in")),
                        new Filter(Dimension.LINK, true, List.of("IX-A"))));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theLargestGroupsComeFirstAndTheRestIsOneRow(String order) throws IOException {
        TrafficQuery all = new TrafficQuery(
                List.of(Dimension.REMOTE_AS, Dimension.MEMBER),
                List.of(),
                Measure.BITS_PER_SECOND,
                FROM,
                TO,
                300,
                1_000,
                order);
        TrafficQuery few = new TrafficQuery(all.by(), all.where(), all.measure(), FROM, TO, 300, 3, order);
        TrafficAnswer whole = store.answer(all);
        TrafficAnswer cut = store.answer(few);
        assertThat(cut.groupCount()).isEqualTo(20);
        assertThat(cut.rows()).hasSize(4);
        for (int i = 0; i < 3; i++) {
            assertThat(cut.rows().get(i).keys()).isEqualTo(whole.rows().get(i).keys());
            assertThat(cut.rows().get(i).p95()).isEqualTo(whole.rows().get(i).p95());
        }
        assertThat(cut.rows().get(3).keys()).containsExactly("other groups", "other groups");
        assertThat(cut.rows().stream().mapToLong(TrafficAnswer.Row::octets).sum())
                .isEqualTo(whole.total().octets());
        assertThat(cut.total().p95()).isEqualTo(whole.total().p95());
    }

    static Stream<String> orders() {
        return Stream.of("mean", "p95", "max", "last", "octets");
    }

    /** Hundreds of groups, of which those with the largest totals need not have the largest 95th. */
    @ParameterizedTest
    @MethodSource("orders")
    void fewOfManyGroupsAreTheSameAsTheFirstOfAll(String order, @TempDir Path other) throws IOException {
        Seed seed = new Seed(21);
        List<VolumeRow> many = new ArrayList<>();
        for (int asn = 1; asn <= 700; asn++) {
            // Some groups come in every bin, some in one only, with all they have.
            int bins = seed.below(3) == 0 ? 1 : seed.below(BINS) + 1;
            for (int i = 0; i < bins; i++) {
                VolumeRow row = Sample.row(FROM + 300L * ((asn + i) % BINS), "IX-A", Direction.IN, 0);
                long octets = 1_000 + seed.below(1_000_000) / bins * (seed.below(20) == 0 ? 9L : 1L);
                many.add(new VolumeRow(
                        row.binSeconds(),
                        row.link(),
                        row.direction(),
                        row.member(),
                        asn,
                        4,
                        row.protocol(),
                        octets,
                        octets / 500,
                        10,
                        0,
                        0,
                        RowKind.MEASURED));
            }
        }
        try (DuckTrafficStore full = Sample.open(other)) {
            full.write(Sample.batch("w", 1, many));
            for (Measure measure : List.of(Measure.OCTETS, Measure.PACKETS_PER_SECOND)) {
                List<Dimension> by = List.of(Dimension.REMOTE_AS);
                TrafficAnswer all = full.answer(new TrafficQuery(by, List.of(), measure, FROM, TO, 0, 1_000, order));
                TrafficAnswer few = full.answer(new TrafficQuery(by, List.of(), measure, FROM, TO, 0, 7, order));
                assertThat(all.rows()).hasSize(700);
                assertThat(few.groupCount()).isEqualTo(700);
                List<Double> expected = figures(all, order).subList(0, 7);
                assertThat(figures(few, order).subList(0, 7))
                        .as("%s by %s", measure, order)
                        .isEqualTo(expected);
            }
        }
    }

    private static List<Double> figures(TrafficAnswer answer, String order) {
        return answer.rows().stream()
                .map(row -> switch (order) {
                    case "p95" -> row.p95();
                    case "max" -> row.max();
                    case "last" -> row.last();
                    case "mean" -> row.mean();
                    default -> (double) row.octets();
                })
                .toList();
    }

    @Test
    void theStatisticsOfARowAreThoseOfItsFiveMinuteSamples() throws IOException {
        TrafficQuery query = new TrafficQuery(
                List.of(Dimension.MEMBER), List.of(), Measure.BITS_PER_SECOND, FROM, TO, 1_800, 10, "p95");
        for (TrafficAnswer.Row row : store.answer(query).rows()) {
            Map<Long, Long> byBin = new TreeMap<>();
            for (int i = 0; i < BINS; i++) {
                byBin.put(FROM + i * 300L, 0L);
            }
            rows.stream()
                    .filter(r -> r.member().equals(row.keys().getFirst()))
                    .forEach(r -> byBin.merge(r.binSeconds(), r.octets(), Long::sum));
            double[] samples = byBin.values().stream()
                    .mapToDouble(octets -> octets * 8.0 / 300)
                    .toArray();
            assertThat(row.p95()).isCloseTo(Percentile.of(samples).value(), within(1e-6));
            assertThat(row.max()).isCloseTo(Arrays.stream(samples).max().orElseThrow(), within(1e-6));
            assertThat(row.mean()).isCloseTo(Arrays.stream(samples).average().orElseThrow(), within(1e-6));
            assertThat(row.last()).isCloseTo(samples[BINS - 1], within(1e-6));
            assertThat(row.series()).hasSize(5);
            assertThat(row.series()[1])
                    .isCloseTo(Arrays.stream(samples, 6, 12).average().orElseThrow(), within(1e-6));
        }
    }

    @Test
    void whereNothingCameIsAGapAndWhereAGroupWasNotSeenIsNothing(@TempDir Path other) throws IOException {
        try (DuckTrafficStore gaps = Sample.open(other)) {
            gaps.write(Sample.batch(
                    "w",
                    1,
                    List.of(
                            Sample.row(FROM, "IX-A", Direction.IN, 3_000),
                            Sample.row(FROM + 300, "IX-A", Direction.OUT, 6_000),
                            Sample.row(FROM + 900, "KH-HK-1", Direction.IN, 9_000))));
            TrafficAnswer byDirection =
                    gaps.answer(Sample.query(List.of(Dimension.DIRECTION), List.of(), FROM, FROM + 1_200));
            assertThat(byDirection.rows().get(0).series()).containsExactly(3_000, 0, Double.NaN, 9_000);
            assertThat(byDirection.rows().get(1).series()).containsExactly(0, 6_000, Double.NaN, 0);
            TrafficAnswer byLink = gaps.answer(Sample.query(List.of(Dimension.LINK), List.of(), FROM, FROM + 1_200));
            assertThat(byLink.rows().get(0).keys()).containsExactly("IX-A");
            assertThat(byLink.rows().get(0).series()).containsExactly(3_000, 6_000, Double.NaN, Double.NaN);
            assertThat(byLink.rows().get(0).mean()).isEqualTo(4_500);
            assertThat(byLink.newestBinSeconds()).isEqualTo(FROM + 900);
            TrafficAnswer nothing = gaps.answer(Sample.query(List.of(Dimension.LINK), List.of(), FROM - 900, FROM));
            assertThat(nothing.rows()).isEmpty();
            assertThat(nothing.total().mean()).isNaN();
            assertThat(nothing.total().series()).containsOnly(Double.NaN);
        }
    }

    @Test
    void aShareOfCapacityCountsEachDirectionForItself(@TempDir Path other) throws IOException {
        try (DuckTrafficStore shares = Sample.open(other)) {
            // 500,000 bit/s fill IX-A: 18,750,000 octets in five minutes.
            shares.write(Sample.batch(
                    "w",
                    1,
                    List.of(
                            Sample.row(FROM, "IX-A", Direction.IN, 9_375_000),
                            Sample.row(FROM, "IX-A", Direction.OUT, 18_750_000),
                            Sample.row(FROM, "KH-HK-1", Direction.IN, 18_750_000))));
            TrafficQuery both = new TrafficQuery(
                    List.of(Dimension.LINK), List.of(), Measure.PERCENT_OF_LINK, FROM, FROM + 300, 0, 1, "mean");
            TrafficAnswer answer = shares.answer(both);
            assertThat(answer.rows().get(0).keys()).containsExactly("IX-A");
            assertThat(answer.rows().get(0).mean()).isCloseTo(75, within(1e-9));
            TrafficQuery in = new TrafficQuery(
                    List.of(Dimension.LINK),
                    List.of(new Filter(Dimension.DIRECTION, false, List.of("in"))),
                    Measure.PERCENT_OF_LINK,
                    FROM,
                    FROM + 300,
                    0,
                    5,
                    "mean");
            assertThat(shares.answer(in).rows())
                    .extracting(row -> Math.round(row.mean() * 1e9) / 1e9)
                    .containsExactly(50.0, 25.0);
        }
    }

    @Test
    void aQuestionOutOfBoundsIsRefusedInWords() {
        assertThatThrownBy(() -> store.answer(Sample.query(List.of(), List.of(), TO, FROM)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must end after it begins");
        assertThatThrownBy(() -> store.answer(new TrafficQuery(
                        List.of(Dimension.LINK, Dimension.LINK), List.of(), Measure.OCTETS, FROM, TO, 0, 10, "octets")))
                .hasMessageContaining("each once");
        assertThatThrownBy(() -> store.answer(
                        new TrafficQuery(List.of(), List.of(), Measure.OCTETS, FROM, TO, 301, 10, "octets")))
                .hasMessageContaining("multiple of 300");
        assertThatThrownBy(() -> store.answer(new TrafficQuery(
                        List.of(), List.of(), Measure.OCTETS, FROM, TO, 0, 10, "1; DROP TABLE volumes")))
                .hasMessageContaining("order by");
    }
}
