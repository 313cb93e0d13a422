// SPDX-License-Identifier: Apache-2.0
package tonle.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import tonle.base.power.Clock;
import tonle.base.power.Seed;
import tonle.base.power.SystemClock;
import tonle.database.DatabaseRole;
import tonle.database.Scope;
import tonle.registry.audit.AuditTrail.Filter;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;

class AuditTrailTest {
    static final Clock CLOCK = new SystemClock();
    static final AuditTrail TRAIL = new AuditTrail(CLOCK);
    static final Actor DARA = Actor.person("p-dara-2222", "Dara", List.of(Role.AUDITOR), Optional.empty());
    static final Actor CHAN = Actor.person("p-chan-3333", "Chan", List.of(Role.ENGINEER), Optional.empty());
    static final Actor CLERK = Actor.person("p-cler-4444", "Clerk", List.of(Role.OPERATOR_CLERK), Optional.of("alpha"));

    static final TestDatabase DATABASE = TestDatabase.fresh();
    final Outbox outbox = new Outbox(DATABASE.server());
    final Log log = new Log();

    /** A log that keeps what it is given, once for each content id, and can be away or die after it kept something. */
    static final class Log implements Notary {
        final List<AuditDigest> entries = new ArrayList<>();
        int submissions;
        boolean isAway;
        boolean diesAfter;

        @Override
        public void submit(List<AuditDigest> digests) throws IOException {
            submissions++;
            if (isAway) {
                throw new IOException("away");
            }
            for (AuditDigest digest : digests) {
                if (entries.stream().noneMatch(e -> e.contentId().equals(digest.contentId()))) {
                    entries.add(digest);
                }
            }
            if (diesAfter) {
                throw new Killed();
            }
        }
    }

    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void drained() throws IOException {
        while (outbox.drain(new Log()) > 0) {
            // Each test begins with nothing waiting.
        }
    }

    private static long record(Actor actor, AuditEvent event) {
        return DATABASE.web().in(actor.scope(), unit -> TRAIL.record(unit, actor, event));
    }

    private static AuditEvent change(String id) {
        return new AuditEvent(
                "changed-link", "link", id, "contract ended", "{\"state\":\"up\"}", "{\"state\":\"down\"}");
    }

    private static List<RecordedEvent> page(Filter filter) {
        return DATABASE.web()
                .read(DARA.scope(), unit -> ((AuditTrail.Reading.Page) TRAIL.page(unit, DARA, filter, 100)).events());
    }

    @Test
    void anActIsKeptWithWhoWhenWhyBeforeAndAfter() {
        long before = CLOCK.unixMillis();
        long sequence = record(CHAN, change("PNH-SHV-1"));
        RecordedEvent kept = page(Filter.ALL).getFirst();
        assertThat(kept.sequence()).isEqualTo(sequence);
        assertThat(kept.actor()).isEqualTo("p-chan-3333");
        assertThat(kept.roles()).isEqualTo("engineer");
        assertThat(kept.event()).isEqualTo(change("PNH-SHV-1"));
        assertThat(kept.at()).isBetween(Instant.ofEpochMilli(before), Instant.ofEpochMilli(CLOCK.unixMillis()));
        assertThat(kept.isEntered()).isFalse();
    }

    @Test
    void anActThatFailsLeavesNoEvent() {
        int events = page(Filter.ALL).size();
        assertThatThrownBy(() -> DATABASE.web().in(CHAN.scope(), unit -> {
                    TRAIL.record(unit, CHAN, change("PNH-SHV-2"));
                    throw new IllegalStateException("the act failed after its event");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(page(Filter.ALL)).hasSize(events);
    }

    @Test
    void numbersHaveNoGapsWhoeverActsAtOnce() throws Exception {
        long first = record(CHAN, change("START"));
        try (ExecutorService people = Executors.newFixedThreadPool(4)) {
            List<Future<Long>> acts = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String id = "L-" + i;
                acts.add(people.submit((Callable<Long>) () -> {
                    while (true) {
                        try {
                            return record(CHAN, change(id));
                        } catch (tonle.database.DatabaseOutage e) {
                            assertThat(e.reason()).isEqualTo(tonle.database.DatabaseOutage.Reason.CONTENTION);
                        }
                    }
                }));
            }
            List<Long> numbers = new ArrayList<>();
            for (Future<Long> act : acts) {
                numbers.add(act.get());
            }
            numbers.sort(null);
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(numbers.get(i)).isEqualTo(first + 1 + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DatabaseRole.class,
            names = {"WEB", "SERVER", "OWNER"})
    void noRoleOfTheDatabaseChangesOrDeletesAnEvent(DatabaseRole role) {
        record(CHAN, change("PNH-SHV-3"));
        for (String sql : List.of(
                "UPDATE audit.event SET reason = 'another'", "DELETE FROM audit.event", "TRUNCATE audit.event")) {
            assertThatThrownBy(() -> DATABASE.as(role).sql(sql).update())
                    .as(role + ": " + sql)
                    .isInstanceOf(DataAccessException.class);
        }
        if (role != DatabaseRole.OWNER) {
            assertThatThrownBy(() -> DATABASE.as(role)
                            .sql("UPDATE audit.head SET next_sequence = 1")
                            .update())
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void theWebMovesNoMarkAndNobodyMovesItBack() {
        assertThatThrownBy(() -> DATABASE.as(DatabaseRole.WEB)
                        .sql("UPDATE audit.entered SET sequence = sequence")
                        .update())
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> DATABASE.owner()
                        .sql("UPDATE audit.entered SET sequence = -1")
                        .update())
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(
                        () -> DATABASE.owner().sql("DELETE FROM audit.entered").update())
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void nobodyWritesUnderAnothersPseudonym() {
        assertThatThrownBy(() -> DATABASE.web()
                        .in(CHAN.scope(), unit -> TRAIL.record(unit, DARA, AuditEvent.read("people", "all", ""))))
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> DATABASE.web()
                        .in(Scope.stranger(), unit -> TRAIL.record(unit, DARA, AuditEvent.read("people", "all", ""))))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void whoMayNotReadTheAuditIsToldWhichRightIsMissingAndWhoHoldsIt() {
        AuditTrail.Reading reading = DATABASE.web().read(CHAN.scope(), unit -> TRAIL.page(unit, CHAN, Filter.ALL, 10));
        assertThat(reading).isInstanceOfSatisfying(AuditTrail.Reading.Refused.class, refused -> {
            assertThat(refused.missing().right()).isEqualTo(Right.MAY_READ_AUDIT);
            assertThat(refused.missing().grantedBy()).containsExactly(Role.ADMINISTRATOR, Role.AUDITOR, Role.WITNESS);
        });
    }

    @Test
    void anOperatorsPersonSeesTheOwnActsAndNoOthers() {
        record(CHAN, change("PNH-SHV-4"));
        record(CLERK, AuditEvent.of("filed-declaration", "declaration", "2026-10", ""));
        List<String> actors = DATABASE.web()
                .read(
                        CLERK.scope(),
                        unit -> unit.sql("SELECT DISTINCT actor FROM audit.event")
                                .query(String.class)
                                .list());
        assertThat(actors).containsExactly("p-cler-4444");
        assertThat(DATABASE.web()
                        .read(CLERK.scope(), unit -> TRAIL.ownPage(unit, CLERK, Optional.empty(), 10))
                        .events())
                .hasSize(1);
        long shownToStrangers = DATABASE.web()
                .read(
                        Scope.stranger(),
                        unit -> unit.sql("SELECT count(*) FROM audit.event")
                                .query(Long.class)
                                .single());
        assertThat(shownToStrangers).isZero();
    }

    @Test
    void filtersNarrowAndPagesJoinWithoutGapOrRepetition() {
        for (int i = 0; i < 25; i++) {
            record(i % 2 == 0 ? CHAN : DARA, change(i % 5 == 0 ? "PAGED-5" : "PAGED"));
        }
        Filter chan = new Filter(
                Optional.of("p-chan-3333"),
                Optional.of("changed-link"),
                Optional.of("link"),
                Optional.of("PAGED-5"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(page(chan)).hasSize(3);
        List<Long> all = page(Filter.ALL).stream().map(RecordedEvent::sequence).toList();
        List<Long> joined = new ArrayList<>();
        Optional<Long> key = Optional.empty();
        boolean isLast = false;
        while (!isLast) {
            Filter part = new Filter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    key);
            AuditTrail.Reading.Page page = DATABASE.web()
                    .read(DARA.scope(), unit -> (AuditTrail.Reading.Page) TRAIL.page(unit, DARA, part, 7));
            page.events().forEach(e -> joined.add(e.sequence()));
            key = Optional.of(page.events().getLast().sequence());
            isLast = page.isLast();
        }
        assertThat(joined.subList(0, all.size())).isEqualTo(all);
        assertThat(joined)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder())
                .doesNotHaveDuplicates();
    }

    @Test
    void theOutboxDrainsInOrderAndReadingsAsOneEntry() throws IOException {
        long first = record(CHAN, change("A"));
        record(DARA, AuditEvent.read("people", "all", "yearly check"));
        record(DARA, AuditEvent.read("audit", "all", "yearly check"));
        record(CHAN, change("B"));
        record(DARA, AuditEvent.read("people", "all", ""));
        assertThat(outbox.drain(log)).isEqualTo(5);
        assertThat(log.entries)
                .extracting(AuditDigest::sequenceFirst, AuditDigest::sequenceFinal, AuditDigest::act)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(first, first, "changed-link"),
                        org.assertj.core.groups.Tuple.tuple(first + 1, first + 2, "read"),
                        org.assertj.core.groups.Tuple.tuple(first + 3, first + 3, "changed-link"),
                        org.assertj.core.groups.Tuple.tuple(first + 4, first + 4, "read"));
        assertThat(outbox.drain(log)).isZero();
        assertThat(page(Filter.ALL).getFirst().isEntered()).isTrue();
    }

    @Test
    void equalActsHaveOtherDigestsSinceTheSaltIsByChance() throws IOException {
        record(CHAN, change("SAME"));
        record(CHAN, change("SAME"));
        outbox.drain(log);
        assertThat(log.entries.get(0).contentId())
                .isNotEqualTo(log.entries.get(1).contentId());
        assertThat(log.entries).allMatch(e -> e.contentId().matches("[0-9a-f]{64}"));
    }

    /** Killed after the log kept the digests and before the mark moved; then more acts, then a new process. */
    @Test
    void aKilledProcessSubmitsTheSameDigestsAgainAndTheLogHoldsEachOnce() throws IOException {
        Seed seed = new Seed(20_261_123);
        long first = record(CHAN, change("KILL"));
        long newest = first;
        for (int round = 0; round < 12; round++) {
            for (int i = seed.below(6); i >= 0; i--) {
                newest = record(DARA, seed.below(3) == 0 ? change("K" + i) : AuditEvent.read("people", "all", ""));
            }
            log.diesAfter = seed.below(2) == 0;
            log.isAway = seed.below(4) == 0;
            try {
                new Outbox(DATABASE.server()).drain(log);
            } catch (IOException | Killed _) {
                // A new process begins in the next round.
            }
        }
        log.diesAfter = false;
        log.isAway = false;
        while (new Outbox(DATABASE.server()).drain(log) > 0) {
            // Until nothing waits.
        }
        long next = first;
        for (AuditDigest entry : log.entries) {
            assertThat(entry.sequenceFirst()).as("seed 20261123").isEqualTo(next);
            next = entry.sequenceFinal() + 1;
        }
        assertThat(next).isEqualTo(newest + 1);
    }

    /** The session of the database ends inside the act, as it does when the process is killed. */
    @Test
    void anActWhoseConnectionDiesLeavesNeitherEventNorGap() {
        long before = record(CHAN, change("BEFORE"));
        assertThatThrownBy(() -> DATABASE.server().in(Scope.system(), unit -> {
                    TRAIL.record(unit, Actor.TONLE, change("LOST"));
                    return unit.sql("SELECT pg_terminate_backend(pg_backend_pid())")
                            .query(Boolean.class)
                            .single();
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(record(CHAN, change("AFTER"))).isEqualTo(before + 1);
    }
}
