// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.Percentile;
import tonle.base.power.Seed;
import tonle.traffic.Direction;

class LinkMonthsTest {
    private static final long FROM = Sample.DAY;

    @TempDir
    Path directory;

    private DuckTrafficStore store;

    @BeforeEach
    void open() throws IOException {
        store = Sample.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private static InterfaceRow counter(long bin, String exporter, Direction direction, long octets, int seconds) {
        return new InterfaceRow(bin, exporter, 3, "IX-A", direction, 0, 0, octets, seconds, 0);
    }

    private void write(long sequence, List<VolumeRow> volumes, List<InterfaceRow> interfaces) throws IOException {
        store.write(new VolumeBatch("w", sequence, volumes, interfaces, List.of()));
    }

    @Test
    void thePercentileIsTheHighestSampleAfterTheHighestFivePercent() throws IOException {
        List<VolumeRow> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            // 37 is coprime to 40: the samples 1 … 40 in a scattered order.
            rows.add(Sample.row(FROM + 300L * i, "IX-A", Direction.IN, 75L * (1 + i * 37 % 40)));
        }
        write(1, rows, List.of());
        LinkMonth month = store.month("IX-A", Direction.IN, FROM, FROM + 300 * 41);
        assertThat(month.sampleCount()).isEqualTo(40);
        assertThat(month.discardedCount()).isEqualTo(2);
        assertThat(month.percentileBitsPerSecond()).isEqualTo(38 * 75 * 8 / 300.0);
        assertThat(month.fromCounters()).isFalse();
        assertThat(month.binSeconds()).hasSize(41);
        assertThat(month.bitsPerSecond()[40]).isNaN();
        int at = (int) ((month.percentileBinSeconds() - FROM) / 300);
        assertThat(month.bitsPerSecond()[at]).isEqualTo(month.percentileBitsPerSecond());
    }

    @Test
    void aBinWithOnlyTheOtherDirectionIsASampleOfZeroAndAnEmptyBinIsNone() throws IOException {
        write(
                1,
                List.of(
                        Sample.row(FROM, "IX-A", Direction.IN, 3_000),
                        Sample.row(FROM + 600, "IX-A", Direction.OUT, 3_000)),
                List.of());
        LinkMonth month = store.month("IX-A", Direction.IN, FROM, FROM + 900);
        assertThat(month.bitsPerSecond()).containsExactly(80, Double.NaN, 0);
        assertThat(month.sampleCount()).isEqualTo(2);
    }

    @Test
    void countersRuleWhereTheyCoverThePeriodAndOnlyThoseOfMeteredPorts() throws IOException {
        List<VolumeRow> volumes = new ArrayList<>();
        List<InterfaceRow> interfaces = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            volumes.add(Sample.row(FROM + 300L * i, "IX-A", Direction.IN, 1_000));
            interfaces.add(counter(FROM + 300L * i, "r1", Direction.IN, i == 7 ? -1 : 3_000, i == 7 ? 0 : 300));
            interfaces.add(counter(FROM + 300L * i, "far", Direction.IN, 9_000, 300));
        }
        write(1, volumes, interfaces);
        LinkMonth month = store.month("IX-A", Direction.IN, FROM, FROM + 300 * 100);
        assertThat(month.fromCounters()).isTrue();
        assertThat(month.sampleCount()).isEqualTo(19);
        assertThat(month.percentileBitsPerSecond()).isEqualTo(80);
        assertThat(month.bitsPerSecond()[7]).isNaN();
        assertThat(store.month("IX-A", Direction.OUT, FROM, FROM + 300 * 100).fromCounters())
                .isFalse();
    }

    @Test
    void countersThatCoverLessThanNineteenOfTwentyBinsAreNotMixedWithFlows() throws IOException {
        List<VolumeRow> volumes = new ArrayList<>();
        List<InterfaceRow> interfaces = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            volumes.add(Sample.row(FROM + 300L * i, "IX-A", Direction.IN, 1_500));
            boolean covered = i != 7 && i != 8;
            interfaces.add(counter(FROM + 300L * i, "r1", Direction.IN, 3_000, covered ? 300 : 200));
        }
        write(1, volumes, interfaces);
        LinkMonth month = store.month("IX-A", Direction.IN, FROM, FROM + 300 * 20);
        assertThat(month.fromCounters()).isFalse();
        assertThat(month.sampleCount()).isEqualTo(20);
        assertThat(month.percentileBitsPerSecond()).isEqualTo(40);
    }

    @Test
    void partialCounterTimeOfABinIsARateOverThatTime() throws IOException {
        write(1, List.of(), List.of(counter(FROM, "r1", Direction.IN, 2_800, 140)));
        write(2, List.of(), List.of(counter(FROM, "r1", Direction.IN, 2_800, 140)));
        LinkMonth month = store.month("IX-A", Direction.IN, FROM, FROM + 300);
        assertThat(month.fromCounters()).isTrue();
        assertThat(month.bitsPerSecond()).containsExactly(5_600 * 8.0 / 280);
    }

    @Test
    void allLinksAtOnceSayWhatEachSaysAloneBeforeAndAfterMerging() throws IOException {
        Seed seed = new Seed(11);
        for (int i = 1; i <= 60; i++) {
            List<InterfaceRow> interfaces = new ArrayList<>();
            for (int bin = 0; bin < 288; bin += 1) {
                if (i == 1 && seed.below(100) < 97) {
                    interfaces.add(counter(FROM + 300L * bin, "r1", Direction.OUT, seed.below(50) * 1_000L, 300));
                }
            }
            write(i, Sample.rows(seed, FROM, 288, 30), interfaces);
        }
        compare();
        store.maintain(FROM + 86_400 / 2, Retention.DEFAULT);
        compare();
        store.maintain(FROM + 2 * 86_400, Retention.DEFAULT);
        compare();
        write(61, Sample.rows(seed, FROM, 288, 30), List.of());
        compare();
    }

    private void compare() throws IOException {
        List<LinkMonth> months = store.months(FROM, FROM + 86_400);
        assertThat(months).hasSize(8);
        assertThat(months).anyMatch(LinkMonth::fromCounters);
        for (LinkMonth all : months) {
            LinkMonth one = store.month(all.link(), all.direction(), FROM, FROM + 86_400);
            assertThat(all.percentileBitsPerSecond()).as(all.link()).isEqualTo(one.percentileBitsPerSecond());
            assertThat(all.percentileBitsPerSecond())
                    .isEqualTo(Percentile.of(one.bitsPerSecond()).value());
            assertThat(all.percentileBinSeconds()).as(all.link()).isEqualTo(one.percentileBinSeconds());
            assertThat(all.sampleCount()).isEqualTo(one.sampleCount());
            assertThat(all.discardedCount()).isEqualTo(one.discardedCount());
            assertThat(all.fromCounters()).isEqualTo(one.fromCounters());
        }
    }

    @Test
    void ratesComeFromTheNewestBinThatIsClosed() throws IOException {
        write(
                1,
                List.of(
                        Sample.row(FROM, "KH-HK-1", Direction.IN, 600),
                        Sample.row(FROM, "IX-A", Direction.IN, 600),
                        Sample.row(FROM + 300, "IX-A", Direction.OUT, 300),
                        Sample.row(FROM + 600, "IX-A", Direction.OUT, 900_000)),
                List.of());
        assertThat(store.rates(FROM + 601))
                .containsExactly(
                        new LinkRate("IX-A", FROM + 300, 0, 8, false), new LinkRate("KH-HK-1", FROM, 16, 0, false));
        assertThat(store.rates(FROM + 900).getFirst().outBitsPerSecond()).isEqualTo(24_000);
        assertThat(store.rates(FROM + 86_400)).isEmpty();
    }

    @Test
    void anUnknownLinkHasNoSamples() throws IOException {
        LinkMonth month = store.month("no such link", Direction.IN, FROM, FROM + 900);
        assertThat(month.percentileBitsPerSecond()).isNaN();
        assertThat(month.sampleCount()).isZero();
        assertThat(month.percentileBinSeconds()).isZero();
    }
}
