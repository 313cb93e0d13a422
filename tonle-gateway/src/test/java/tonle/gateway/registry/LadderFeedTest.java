// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tonle.database.Scope;
import tonle.registry.audit.AuditTrail;
import tonle.registry.ladder.LadderBook;
import tonle.registry.ladder.LadderRules;
import tonle.registry.ladder.Step;
import tonle.testdatabase.TestDatabase;
import tonle.testkit.SettableClock;
import tonle.traffic.Direction;
import tonle.traffic.store.LinkMonth;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.Topology;

/** Each whole day of each link is taken once, also those that were missed, and today never. */
class LadderFeedTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Phnom_Penh");
    private static final long GIGABIT = 1_000_000_000L;

    private int inquiries;

    /** The 95th percentile of the fuller direction, by link and day. */
    private final Map<String, Map<LocalDate, Double>> loads = new HashMap<>();

    private final TrafficStore store = (TrafficStore) Proxy.newProxyInstance(
            TrafficStore.class.getClassLoader(), new Class<?>[] {TrafficStore.class}, (_, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("months");
                inquiries++;
                LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond((long) arguments[0]), ZONE);
                assertThat((long) arguments[1] - (long) arguments[0]).isEqualTo(86_400);
                List<LinkMonth> months = new ArrayList<>();
                loads.forEach((link, byDay) -> {
                    if (byDay.containsKey(day)) {
                        months.add(month(link, Direction.IN, byDay.get(day) / 2));
                        months.add(month(link, Direction.OUT, byDay.get(day)));
                    }
                });
                return months;
            });

    private static LinkMonth month(String link, Direction direction, double percentile) {
        return new LinkMonth(link, direction, new long[288], new double[288], true, 288, 14, percentile, 0);
    }

    @Test
    void missedDaysAreCaughtUpOnceAndTodayIsNotTaken() throws Exception {
        SettableClock clock =
                new SettableClock(Instant.parse("2026-11-24T05:00:00Z").toEpochMilli());
        Topology topology = new Topology(
                1,
                "g",
                List.of(),
                List.of(),
                List.of(
                        new Link("full", LinkKind.INTERNATIONAL, "S", "", "alpha", "", 10 * GIGABIT, List.of()),
                        new Link("idle", LinkKind.INTERNATIONAL, "S", "", "", "", 10 * GIGABIT, List.of())),
                List.of());
        LocalDate today = LocalDate.of(2026, 11, 24);
        loads.put("full", new HashMap<>());
        for (int back = 0; back < 5; back++) {
            loads.get("full").put(today.minusDays(back), (7.4 + 0.3 * (5 - back)) * GIGABIT);
        }
        try (TestDatabase database = TestDatabase.fresh(clock)) {
            LadderBook ladder = new LadderBook(database.server(), new AuditTrail(clock), LadderRules.usual());
            LadderFeed feed = new LadderFeed(ladder, store, () -> topology, ZONE, clock);
            assertThat(feed.feed()).as("four whole days of one link").isEqualTo(4);
            assertThat(feed.feed()).isZero();
            Scope staff = Scope.staff("p-aaaa-aaaa");
            assertThat(LadderBook.climbing(database.web(), staff))
                    .singleElement()
                    .satisfies(standing -> {
                        assertThat(standing.linkId()).isEqualTo("full");
                        assertThat(standing.standing().step()).isEqualTo(Step.ORDER);
                        assertThat(standing.loadPermille()).isEqualTo(860);
                        assertThat(standing.standing().lastDay()).contains(today.minusDays(1));
                    });
            assertThat(LadderBook.moves(database.web(), staff, "full"))
                    .extracting(LadderBook.LadderMove::step)
                    .containsExactly(Step.ORDER, Step.PLAN);
            clock.advanceMillis(86_400_000);
            assertThat(feed.feed()).as("what was today is whole now").isEqualTo(1);
            // After a long sleep the feed goes back a month and no further.
            clock.advanceMillis(100L * 86_400_000);
            loads.get("full").put(today.plusDays(50), 9.9 * GIGABIT);
            loads.get("full").put(today.plusDays(99), 9.9 * GIGABIT);
            assertThat(feed.feed()).isEqualTo(1);
        }
    }

    @Test
    void aLinkWithoutSamplesIsAskedForEverLessOftenUntilTheNextDay() throws Exception {
        // Midnight of the zone: the whole day lies ahead.
        SettableClock clock =
                new SettableClock(Instant.parse("2026-11-23T17:00:00Z").toEpochMilli());
        Topology topology = new Topology(
                1,
                "g",
                List.of(),
                List.of(),
                List.of(new Link("idle", LinkKind.INTERNATIONAL, "S", "", "", "", 10 * GIGABIT, List.of())),
                List.of());
        try (TestDatabase database = TestDatabase.fresh(clock)) {
            LadderBook ladder = new LadderBook(database.server(), new AuditTrail(clock), LadderRules.usual());
            LadderFeed feed = new LadderFeed(ladder, store, () -> topology, ZONE, clock);
            List<Integer> minutes = looks(feed, clock, 24 * 60);
            // Pauses of 1, 2, 4 … 32 minutes and then of an hour each.
            assertThat(minutes).startsWith(0, 1, 3, 7, 15, 31, 63, 123, 183).hasSize(29);
            assertThat(minutes.getLast()).isEqualTo(63 + 22 * 60);
            // The day that begins is looked at with its first round, and the pauses grow anew.
            assertThat(looks(feed, clock, 4)).containsExactly(0, 1, 3);
            // What comes after all is taken at the next look.
            LocalDate yesterday = LocalDate.of(2026, 11, 24);
            loads.put("idle", Map.of(yesterday, 1.0 * GIGABIT));
            assertThat(looks(feed, clock, 4)).containsExactly(3);
            assertThat(ladder.lastDays()).containsEntry("idle", yesterday);
        }
    }

    /** The minutes in which the store was asked, of so many rounds a minute apart. */
    private List<Integer> looks(LadderFeed feed, SettableClock clock, int rounds) throws Exception {
        List<Integer> minutes = new ArrayList<>();
        for (int minute = 0; minute < rounds; minute++) {
            int before = inquiries;
            feed.feed();
            if (inquiries > before) {
                minutes.add(minute);
            }
            clock.advanceMillis(60_000);
        }
        return minutes;
    }
}
