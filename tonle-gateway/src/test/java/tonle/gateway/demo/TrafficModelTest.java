// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.traffic.Bins;
import tonle.traffic.Direction;
import tonle.traffic.store.VolumeRow;

final class TrafficModelTest {
    private static final int HOUR = 3_600;
    private static final int DAY = 86_400;
    /** Tuesday 24 November 2026, 00:00 in Phnom Penh. */
    private static final long MIDNIGHT = 1_795_453_200L;

    private final TrafficModel model = new TrafficModel(1, MIDNIGHT + 12 * HOUR);

    @Test
    void partsOfABinAddUpToItExactly() {
        for (Demand demand : model.demands()) {
            long whole = model.octets(demand, MIDNIGHT);
            long sum = 0;
            for (int second = 0; second < Bins.SECONDS; second += 7) {
                sum += TrafficModel.part(whole, second, Math.min(second + 7, Bins.SECONDS));
            }
            assertThat(sum).isEqualTo(whole);
        }
    }

    @Test
    void theEveningIsBusierThanTheNight() {
        assertThat(bitsPerSecond(MIDNIGHT + 20 * HOUR + 1_800)).isGreaterThan(2.2 * bitsPerSecond(MIDNIGHT + 5 * HOUR));
    }

    @Test
    void officesRestAtTheWeekend() {
        double tuesday = member(DemoMember.BANYAN, MIDNIGHT + 11 * HOUR);
        double saturday = member(DemoMember.BANYAN, MIDNIGHT + 4L * DAY + 11 * HOUR);
        assertThat(saturday).isLessThan(tuesday / 2);
    }

    @Test
    void trafficGrowsByThreePercentAMonth() {
        double now = bitsPerSecond(MIDNIGHT + 15 * HOUR);
        double fourWeeksBefore = bitsPerSecond(MIDNIGHT + 15 * HOUR - 28L * DAY);
        assertThat(now / fourWeeksBefore).isBetween(1.015, 1.045);
    }

    @Test
    void nothingPassesTheCutCableAndMostFindsItsWayRound() {
        long cut = model.anchorSeconds() - 9L * DAY + 10 * HOUR;
        cut = Bins.startSeconds(cut);
        assertThat(model.isCut(cut)).isTrue();
        assertThat(link("SHV-HKG-1", cut)).isZero();
        long dayBefore = cut - 7L * DAY;
        assertThat(link("SHV-SIN-1", cut)).isGreaterThan(1.15 * link("SHV-SIN-1", dayBefore));
    }

    @Test
    void theAttackIsSeenAtItsVictimOnly() {
        long attack = Bins.startSeconds(model.anchorSeconds() - 26L * HOUR + 600);
        assertThat(model.isAttack(attack)).isTrue();
        assertThat(member(TrafficModel.VICTIM, attack)).isGreaterThan(2 * member(TrafficModel.VICTIM, attack - HOUR));
        assertThat(member(DemoMember.LOTUS, attack)).isLessThan(1.2 * member(DemoMember.LOTUS, attack - HOUR));
    }

    @Test
    void noLinkCarriesMoreThanItsCapacity() {
        for (var link : DemoCountry.topology().links()) {
            double busiest = 0;
            for (long bin = MIDNIGHT + 18 * HOUR; bin < MIDNIGHT + 23 * HOUR; bin += HOUR / 2) {
                busiest = Math.max(
                        busiest, Math.max(link(link.id(), bin, Direction.IN), link(link.id(), bin, Direction.OUT)));
            }
            assertThat(busiest).as(link.id()).isLessThan(link.capacityBitsPerSecond());
        }
    }

    @Test
    void aBackfilledBinHoldsTheModelAndNoSmallGroup() {
        BackfillBin bins = new BackfillBin(model);
        long bin = MIDNIGHT - DAY;
        List<VolumeRow> rows = bins.rows(bin, Bins.SECONDS, true).volumes();
        assertThat(rows).allMatch(row -> row.flows() >= BackfillBin.FLOWS_MIN);
        long filled = rows.stream()
                .filter(row -> row.link().equals("SHV-SIN-1") && row.direction() == Direction.IN)
                .mapToLong(VolumeRow::octets)
                .sum();
        assertThat(filled * 8.0 / Bins.SECONDS).isEqualTo(link("SHV-SIN-1", bin, Direction.IN));
        assertThat(bins.rows(bin, Bins.SECONDS, false).volumes().size()).isLessThan(rows.size() / 3);
    }

    private double bitsPerSecond(long bin) {
        return model.demands().stream().mapToDouble(d -> model.octets(d, bin)).sum() * 8 / Bins.SECONDS;
    }

    private double member(DemoMember member, long bin) {
        return model.demands().stream()
                        .filter(d ->
                                d.bookings().stream().anyMatch(b -> b.link().equals(member.port())))
                        .mapToDouble(d -> model.octets(d, bin))
                        .sum()
                * 8
                / Bins.SECONDS;
    }

    private double link(String link, long bin) {
        return link(link, bin, Direction.IN) + link(link, bin, Direction.OUT);
    }

    private double link(String link, long bin, Direction direction) {
        return model.demands().stream()
                        .filter(d -> d.bookings().stream()
                                .anyMatch(b -> b.link().equals(link) && b.direction() == direction))
                        .mapToDouble(d -> model.octets(d, bin))
                        .sum()
                * 8
                / Bins.SECONDS;
    }
}
