// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.registry;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tonle.base.power.Clock;
import tonle.registry.ladder.Ladder;
import tonle.registry.ladder.LadderBook;
import tonle.traffic.store.LinkMonth;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.Topology;

/**
 * Brings each link's daily load to its ladder: the 95th percentile of the fuller direction over a whole day, in
 * permille of the capacity. Days that were missed are caught up, each once; a day without samples brings nothing, and
 * as long as nothing comes the store is asked ever less often, until the next day begins. For one thread.
 */
public final class LadderFeed {
    /** How far back a feed goes that has slept, or begins. */
    static final int DAYS_BACK_MAX = 31;

    /** Between two looks at the store of which the first brought something, or began a day. */
    static final long PAUSE_NANOS_MIN = 60_000_000_000L;

    /** After many looks that brought nothing: a link without samples has none for days. */
    static final long PAUSE_NANOS_MAX = 3_600_000_000_000L;

    private static final double PERMILLE = 1_000;

    private final LadderBook ladder;
    private final TrafficStore store;
    private final Supplier<Topology> topology;
    private final ZoneId zone;
    private final Clock clock;
    private Optional<LocalDate> lookedDay = Optional.empty();
    private long lookedNanos;
    private long pauseNanos = PAUSE_NANOS_MIN;

    /** @param zone in which a day begins */
    public LadderFeed(LadderBook ladder, TrafficStore store, Supplier<Topology> topology, ZoneId zone, Clock clock) {
        this.ladder = ladder;
        this.store = store;
        this.topology = topology;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * Takes every day up to yesterday that was not taken yet, where it is time to look again.
     *
     * @return how many days of links were taken
     */
    public int feed() throws IOException {
        LocalDate today = clock.today(zone);
        long nowNanos = clock.monotonicNanos();
        boolean isNewDay = !lookedDay.equals(Optional.of(today));
        if (!isNewDay && nowNanos - lookedNanos < pauseNanos) {
            return 0;
        }
        lookedNanos = nowNanos;
        int taken = takeUntil(today);
        // Only after a look that did not fail: a day that begins with an outage is still new with the next round.
        lookedDay = Optional.of(today);
        pauseNanos = isNewDay || taken > 0 ? PAUSE_NANOS_MIN : Math.min(PAUSE_NANOS_MAX, 2 * pauseNanos);
        return taken;
    }

    private int takeUntil(LocalDate today) throws IOException {
        List<Link> links = topology.get().links();
        Map<String, LocalDate> lastDays = ladder.lastDays();
        int taken = 0;
        for (LocalDate day = today.minusDays(DAYS_BACK_MAX); day.isBefore(today); day = day.plusDays(1)) {
            LocalDate asked = day;
            List<Link> open = links.stream()
                    .filter(link ->
                            lastDays.getOrDefault(link.id(), LocalDate.MIN).isBefore(asked))
                    .toList();
            if (!open.isEmpty()) {
                Map<String, Double> loads = loads(day);
                for (Link link : open) {
                    Double bitsPerSecond = loads.get(link.id());
                    if (bitsPerSecond != null) {
                        int permille = (int) Math.min(
                                Integer.MAX_VALUE, Math.round(PERMILLE * bitsPerSecond / link.capacityBitsPerSecond()));
                        ladder.take(link.id(), link.member(), new Ladder.DayLoad(day, permille));
                        taken++;
                    }
                }
            }
        }
        return taken;
    }

    /** The 95th percentile of the fuller direction of each link that has samples on that day. */
    private Map<String, Double> loads(LocalDate day) throws IOException {
        Map<String, Double> loads = new HashMap<>();
        for (LinkMonth month : store.months(
                day.atStartOfDay(zone).toEpochSecond(),
                day.plusDays(1).atStartOfDay(zone).toEpochSecond())) {
            if (month.sampleCount() > 0) {
                loads.merge(month.link(), month.percentileBitsPerSecond(), Math::max);
            }
        }
        return loads;
    }
}
