// SPDX-License-Identifier: Apache-2.0
package tonle.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tonle.base.power.SystemClock;
import tonle.registry.audit.AuditRange.Finding;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;

class AuditRangeTest {
    static final AuditTrail TRAIL = new AuditTrail(new SystemClock());
    static final Actor DARA = Actor.person("p-dara-2222", "Dara", List.of(Role.AUDITOR), Optional.empty());
    static final Actor CHAN = Actor.person("p-chan-3333", "Chan", List.of(Role.ENGINEER), Optional.empty());

    final TestDatabase database = TestDatabase.fresh();
    final List<AuditDigest> log = new ArrayList<>();
    final Notary notary = log::addAll;
    final ActsInLog acts = (first, last) -> LongStream.range(0, log.size())
            .mapToObj(i -> new ActsInLog.Entered(100 + i, log.get((int) i)))
            .filter(e -> e.digest().sequenceFirst() <= last && e.digest().sequenceFinal() >= first)
            .toList();

    /** Events 1 and 4 are acts, 2 and 3 readings in one entry, 5 waits. */
    @BeforeEach
    void events() throws IOException {
        record(CHAN, change("A"));
        record(DARA, AuditEvent.read("people", "all", "yearly check"));
        record(DARA, AuditEvent.read("audit", "all", ""));
        record(CHAN, change("B"));
        assertThat(new Outbox(database.server()).drain(notary)).isEqualTo(4);
        record(CHAN, change("C"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void record(Actor actor, AuditEvent event) {
        database.web().in(actor.scope(), unit -> TRAIL.record(unit, actor, event));
    }

    private static AuditEvent change(String id) {
        return new AuditEvent("changed-link", "link", id, "contract ended", "", "{\"state\":\"down\"}");
    }

    private List<AuditRange.Line> lines(long first, long last) {
        AuditRange.Outcome outcome =
                database.web().read(DARA.scope(), unit -> AuditRange.check(unit, DARA, first, last, acts));
        return ((AuditRange.Outcome.Checked) outcome).lines();
    }

    private List<Finding> findings(long first, long last) {
        return lines(first, last).stream().map(AuditRange.Line::finding).toList();
    }

    /** What somebody does who holds the database itself: no door of Tonle leads there. */
    private void behindTheBack(String sql) {
        database.owner().sql("ALTER TABLE audit.event DISABLE TRIGGER USER").update();
        assertThat(database.owner().sql(sql).update()).isEqualTo(1);
        database.owner().sql("ALTER TABLE audit.event ENABLE TRIGGER USER").update();
    }

    @Test
    void whatWasEnteredAgreesAndNamesItsEntryAndTheRestWaits() {
        List<AuditRange.Line> lines = lines(1, 500);
        assertThat(lines)
                .extracting(
                        AuditRange.Line::first,
                        AuditRange.Line::last,
                        l -> l.entry().orElse(-1),
                        AuditRange.Line::finding)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, 1L, 100L, Finding.AGREES),
                        org.assertj.core.groups.Tuple.tuple(2L, 3L, 101L, Finding.AGREES),
                        org.assertj.core.groups.Tuple.tuple(4L, 4L, 102L, Finding.AGREES),
                        org.assertj.core.groups.Tuple.tuple(5L, 5L, -1L, Finding.WAITS));
        assertThat(lines.getFirst().digest()).isEqualTo(log.getFirst().contentId());
        // The end of a range may lie inside of readings that share an entry.
        assertThat(findings(3, 3)).containsExactly(Finding.AGREES);
        assertThat(lines(3, 3).getFirst().first()).isEqualTo(2);
    }

    @Test
    void everyColumnThatIsChangedIsFound() {
        for (String change : List.of(
                "reason = 'another'",
                "actor = 'p-dara-2222'",
                "at = at + interval '1 millisecond'",
                "after_json = '{}'",
                "salt = substring(sha256(salt) for 16)")) {
            String column = change.substring(0, change.indexOf(' '));
            database.owner()
                    .sql("CREATE TABLE IF NOT EXISTS audit.kept AS SELECT * FROM audit.event")
                    .update();
            behindTheBack("UPDATE audit.event SET " + change + " WHERE sequence = 4");
            assertThat(findings(1, 4)).as(change).containsExactly(Finding.AGREES, Finding.AGREES, Finding.DIFFERS);
            behindTheBack("UPDATE audit.event e SET " + column + " = k." + column
                    + " FROM audit.kept k WHERE e.sequence = 4 AND k.sequence = 4");
            assertThat(findings(1, 4)).containsOnly(Finding.AGREES);
        }
    }

    @Test
    void anEventThatWasTakenAwayIsGoneAndOneThatNeverEnteredIsNamed() {
        behindTheBack("DELETE FROM audit.event WHERE sequence = 2");
        assertThat(findings(1, 5)).containsExactly(Finding.AGREES, Finding.GONE, Finding.AGREES, Finding.WAITS);
        log.removeLast();
        assertThat(findings(4, 4)).containsExactly(Finding.NOT_IN_LOG);
    }

    @Test
    void theLastEventCannotBeTakenAwayEither() {
        behindTheBack("DELETE FROM audit.event WHERE sequence = 5");
        behindTheBack("DELETE FROM audit.event WHERE sequence = 4");
        assertThat(findings(1, 500)).containsExactly(Finding.AGREES, Finding.AGREES, Finding.GONE);
    }

    @Test
    void aLogThatCannotBeReadIsSaidAndWhoMayNotReadIsRefused() {
        AuditRange.Outcome unread = database.web()
                .read(
                        DARA.scope(),
                        unit -> AuditRange.check(unit, DARA, 1, 2, (_, _) -> {
                            throw new IOException("log: SIGNATURES SIGNATURE_WRONG at 0");
                        }));
        assertThat(unread).isEqualTo(new AuditRange.Outcome.LogUnread("log: SIGNATURES SIGNATURE_WRONG at 0"));
        AuditRange.Outcome refused =
                database.web().read(CHAN.scope(), unit -> AuditRange.check(unit, CHAN, 1, 2, acts));
        assertThat(((AuditRange.Outcome.Refused) refused).missing().right()).isEqualTo(Right.MAY_READ_AUDIT);
    }
}
