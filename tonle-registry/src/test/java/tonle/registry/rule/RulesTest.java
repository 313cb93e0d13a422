// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import tonle.base.power.Seed;
import tonle.database.Scope;
import tonle.registry.audit.AuditTrail;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;
import tonle.testkit.SettableClock;

/** Rules on their way: windows, two persons, witnesses, days; by the class, and by the tables where it is passed by. */
class RulesTest {
    private static final long DAY_MILLIS = 86_400_000L;
    private static final RuleText TEXT =
            new RuleText("Retention", "ការរក្សាទុក", "Volumes stay 92 days.\n", "បរិមាណរក្សាទុក 92 ថ្ងៃ។\n");

    private static final Actor OFFICER = actor("p-offi-2222", Role.LICENSING_OFFICER);
    private static final Actor REVIEWER = actor("p-revi-3333", Role.LEGAL_REVIEWER);
    private static final Actor APPROVER = actor("p-appr-4444", Role.APPROVER);
    private static final Actor AUDITOR = actor("p-audi-5555", Role.AUDITOR);

    static TestDatabase database;

    private final SettableClock clock = new SettableClock(1_790_000_000_000L);
    private Optional<String> unwitnessed = Optional.empty();
    private final Rules rules = new Rules(
            database.web(),
            new AuditTrail(clock),
            clock,
            ZoneOffset.UTC,
            entry -> entry < 0 ? Optional.of("none") : unwitnessed);

    private static Actor actor(String pseudonym, Role role) {
        return Actor.person(pseudonym, "N", List.of(role), Optional.empty());
    }

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @AfterEach
    void empty() {
        database.owner()
                .sql("ALTER TABLE registry.rule_comment DISABLE TRIGGER USER")
                .update();
        database.owner()
                .sql("ALTER TABLE registry.rule_version DISABLE TRIGGER USER")
                .update();
        database.owner().sql("DELETE FROM registry.rule_comment").update();
        database.owner().sql("DELETE FROM registry.rule_version").update();
        database.owner()
                .sql("ALTER TABLE registry.rule_comment ENABLE TRIGGER USER")
                .update();
        database.owner()
                .sql("ALTER TABLE registry.rule_version ENABLE TRIGGER USER")
                .update();
    }

    private LocalDate today() {
        return clock.today(ZoneOffset.UTC);
    }

    private void later(int days) {
        clock.advanceMillis(days * DAY_MILLIS);
    }

    private RuleDraft draft(boolean loosens, int inDays) {
        return new RuleDraft(Rule.RETENTION, TEXT, "a shorter memory", loosens, today().plusDays(inDays));
    }

    private static RuleVersion done(RuleOutcome outcome) {
        assertThat(outcome).isInstanceOf(RuleOutcome.Done.class);
        return ((RuleOutcome.Done) outcome).version();
    }

    private static void refused(RuleReason reason, RuleOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        RuleOutcome.Refused.class,
                        refused -> assertThat(refused.reason())
                                .as(refused.detail())
                                .isEqualTo(reason));
    }

    private void entered() {
        for (RuleVersion version : Rules.unentered(database.server())) {
            Rules.entered(database.server(), version, 1);
        }
        assertThat(Rules.unentered(database.server())).isEmpty();
    }

    private RuleVersion holding() {
        return Rules.inForce(rules.all(Scope.stranger()), today()).get(Rule.RETENTION);
    }

    @Test
    void aRuleGoesItsWayAndHoldsFromItsDayAndNotBefore() {
        RuleVersion drafted = done(rules.propose(OFFICER, draft(false, 60)));
        assertThat(drafted.version()).isEqualTo(1);
        assertThat(drafted.digest()).isEqualTo(TEXT.digest()).matches("[0-9a-f]{64}");
        refused(RuleReason.WINDOW_OPEN, rules.comment(Optional.empty(), Rule.RETENTION, 1, "too early"));
        RuleVersion open = done(rules.open(OFFICER, Rule.RETENTION, 1, 30));
        assertThat(open.closeDay()).contains(today().plusDays(30));
        done(rules.comment(Optional.empty(), Rule.RETENTION, 1, "Why not 30 days?"));
        done(rules.comment(Optional.of(AUDITOR), Rule.RETENTION, 1, "The courts need 60."));
        assertThat(rules.comments(Scope.stranger(), Rule.RETENTION, 1))
                .extracting(RuleComment::speaker)
                .containsExactly("public", "auditor");
        refused(RuleReason.WINDOW_OPEN, rules.answer(REVIEWER, Rule.RETENTION, 1, "Thank you."));
        later(30);
        done(rules.comment(Optional.empty(), Rule.RETENTION, 1, "On the last day."));
        later(1);
        refused(RuleReason.WINDOW_OPEN, rules.comment(Optional.empty(), Rule.RETENTION, 1, "Too late."));
        refused(RuleReason.STAGE, rules.approve(APPROVER, Rule.RETENTION, 1));
        done(rules.answer(REVIEWER, Rule.RETENTION, 1, "92 days suffice: see the law."));
        RuleVersion first = done(rules.approve(REVIEWER, Rule.RETENTION, 1));
        assertThat(first.stage()).isEqualTo(RuleStage.ANSWERED);
        refused(RuleReason.SAME_PERSON, rules.approve(REVIEWER, Rule.RETENTION, 1));
        RuleVersion approved = done(rules.approve(APPROVER, Rule.RETENTION, 1));
        assertThat(approved.stage()).isEqualTo(RuleStage.APPROVED);
        later(40);
        assertThat(holding())
                .as("its day has come and the public log does not hold it")
                .isNull();
        entered();
        assertThat(holding()).isEqualTo(done(new RuleOutcome.Done(holding())));
        assertThat(Rules.inForce(
                        rules.all(Scope.stranger()), approved.effectiveDay().minusDays(1)))
                .as("not a day before")
                .isEmpty();
        refused(RuleReason.STAGE, rules.withdraw(OFFICER, Rule.RETENTION, 1, "too late"));
        assertThat(done(rules.propose(OFFICER, draft(false, 60))).version()).isEqualTo(2);
        refused(RuleReason.OTHER_UNDER_WAY, rules.propose(OFFICER, draft(false, 60)));
        assertThat(holding().version()).as("a draft changes nothing").isEqualTo(1);
    }

    @Test
    void whoeverLacksTheRightIsToldWhoHoldsIt() {
        assertThat(rules.propose(AUDITOR, draft(false, 60))).isInstanceOf(RuleOutcome.NotAllowed.class);
        done(rules.propose(OFFICER, draft(false, 60)));
        assertThat(rules.open(AUDITOR, Rule.RETENTION, 1, 30)).isInstanceOf(RuleOutcome.NotAllowed.class);
        assertThat(rules.answer(APPROVER, Rule.RETENTION, 1, "x")).isInstanceOf(RuleOutcome.NotAllowed.class);
        assertThat(rules.approve(OFFICER, Rule.RETENTION, 1)).isInstanceOf(RuleOutcome.NotAllowed.class);
        refused(RuleReason.UNKNOWN, rules.withdraw(REVIEWER, Rule.RETENTION, 1, "not mine"));
        assertThat(done(rules.withdraw(OFFICER, Rule.RETENTION, 1, "second thoughts"))
                        .stage())
                .isEqualTo(RuleStage.WITHDRAWN);
    }

    @Test
    void windowsAndDaysKeepTheirBounds() {
        refused(RuleReason.DAY, rules.propose(OFFICER, draft(false, 14)));
        refused(RuleReason.DAY, rules.propose(OFFICER, draft(true, 30)));
        done(rules.propose(OFFICER, draft(true, 40)));
        refused(RuleReason.WINDOW, rules.open(OFFICER, Rule.RETENTION, 1, 29));
        refused(RuleReason.WINDOW, rules.open(OFFICER, Rule.RETENTION, 1, 366));
        refused(RuleReason.DAY, rules.open(OFFICER, Rule.RETENTION, 1, 40));
        done(rules.open(OFFICER, Rule.RETENTION, 1, 30));
        later(31);
        done(rules.answer(REVIEWER, Rule.RETENTION, 1, "Nobody said anything."));
        done(rules.approve(REVIEWER, Rule.RETENTION, 1));
        later(20);
        refused(RuleReason.DAY, rules.approve(APPROVER, Rule.RETENTION, 1));
    }

    @Test
    void whatLoosensAPromiseNeedsTheWitnesses() {
        done(rules.propose(OFFICER, draft(true, 60)));
        done(rules.open(OFFICER, Rule.RETENTION, 1, 30));
        later(31);
        done(rules.answer(REVIEWER, Rule.RETENTION, 1, "Noted."));
        done(rules.approve(REVIEWER, Rule.RETENTION, 1));
        refused(RuleReason.NOT_WITNESSED, rules.approve(APPROVER, Rule.RETENTION, 1));
        entered();
        unwitnessed = Optional.of("two of three are away");
        refused(RuleReason.NOT_WITNESSED, rules.approve(APPROVER, Rule.RETENTION, 1));
        unwitnessed = Optional.empty();
        assertThat(done(rules.approve(APPROVER, Rule.RETENTION, 1)).stage()).isEqualTo(RuleStage.APPROVED);
        assertThat(RuleWitness.NONE.missing(3)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "call 012 345 678", "dara@gmail.com says no", "at 192.0.2.77", "a\u0000b", "a\tb"})
    void wordsThatAreNoneOrBelongToAPersonAreRefused(String words) {
        done(rules.propose(OFFICER, draft(false, 60)));
        done(rules.open(OFFICER, Rule.RETENTION, 1, 14));
        assertThat(rules.comment(Optional.empty(), Rule.RETENTION, 1, words)).isInstanceOf(RuleOutcome.Refused.class);
        refused(RuleReason.WORDS, rules.comment(Optional.empty(), Rule.RETENTION, 1, "x".repeat(4_001)));
        assertThat(rules.comments(Scope.stranger(), Rule.RETENTION, 1)).isEmpty();
    }

    /** Whoever writes past the class, with the web's own credentials. */
    @Test
    void theTablesRefuseWhatTheClassWould() {
        done(rules.propose(OFFICER, draft(true, 60)));
        for (String sql : List.of(
                "UPDATE registry.rule_version SET stage = 'approved'",
                "UPDATE registry.rule_version SET stage = 'answered'",
                "UPDATE registry.rule_version SET stage = 'open'",
                "UPDATE registry.rule_version SET stage = 'open', open_day = '2026-09-22', close_day = '2026-10-10'",
                "UPDATE registry.rule_version SET text_english = 'other'",
                "UPDATE registry.rule_version SET entered_stage = 'approved'",
                "UPDATE registry.rule_version SET first_approver = proposer",
                "DELETE FROM registry.rule_version",
                "UPDATE registry.rule_comment SET words = 'other'",
                "DELETE FROM registry.rule_comment")) {
            assertThatThrownBy(() -> database.web()
                            .in(OFFICER.scope(), unit -> unit.sql(sql).update()))
                    .as(sql)
                    .isInstanceOf(DataAccessException.class);
        }
        int changed = database.web()
                .in(
                        Scope.stranger(),
                        unit -> unit.sql("UPDATE registry.rule_version SET stage = 'withdrawn'")
                                .update());
        assertThat(changed).as("a stranger reaches no row").isZero();
        assertThat(rules.find(Scope.stranger(), Rule.RETENTION, 1).orElseThrow().stage())
                .isEqualTo(RuleStage.DRAFTED);
    }

    /** Whatever people try in whatever order, no version holds before its day, its window, its two approvals. */
    @Test
    void noOrderOfActsLeadsAroundTheRules() {
        Seed seed = new Seed(20_261_124);
        List<Actor> people = List.of(OFFICER, REVIEWER, APPROVER, AUDITOR, actor("p-both-6666", Role.LEGAL_REVIEWER));
        for (int step = 0; step < 1_500; step++) {
            Actor who = people.get(seed.below(people.size()));
            List<RuleVersion> all = new ArrayList<>(rules.all(Scope.stranger()));
            int version = all.isEmpty() ? 1 : all.getLast().version();
            switch (seed.below(8)) {
                case 0 -> rules.propose(who, draft(seed.below(2) == 0, 20 + seed.below(160)));
                case 1 -> rules.open(who, Rule.RETENTION, version, 10 + seed.below(40));
                case 2 -> rules.answer(who, Rule.RETENTION, version, "answered");
                case 3, 4 -> rules.approve(who, Rule.RETENTION, version);
                case 5 -> later(1 + seed.below(12));
                case 6 -> entered();
                default -> {
                    if (seed.below(30) == 0) {
                        rules.withdraw(who, Rule.RETENTION, version, "withdrawn");
                    }
                }
            }
            RuleVersion holds = holding();
            if (holds != null) {
                String as = "seed " + 20_261_124 + " step " + step + ": " + holds;
                assertThat(holds.effectiveDay()).as(as).isBeforeOrEqualTo(today());
                assertThat(holds.approvedDay().orElseThrow()).as(as).isBefore(holds.effectiveDay());
                assertThat(holds.approvedDay().orElseThrow())
                        .as(as)
                        .isAfter(holds.closeDay().orElseThrow());
                assertThat(List.of(
                                holds.proposer(),
                                holds.firstApprover().orElseThrow(),
                                holds.secondApprover().orElseThrow()))
                        .as(as)
                        .doesNotHaveDuplicates();
            }
        }
        assertThat(rules.all(Scope.stranger()))
                .as("the walk got somewhere")
                .anyMatch(version -> version.stage() == RuleStage.APPROVED);
    }

    @Test
    void theFirstVersionsComeWithTheProgramOnce() {
        Rules.begin(database.server(), today(), rule -> rule == Rule.RETENTION ? Optional.of(TEXT) : Optional.empty());
        Rules.begin(database.server(), today(), _ -> Optional.of(TEXT));
        assertThat(rules.all(Scope.stranger())).hasSize(Rule.values().length);
        assertThat(holding()).isNull();
        entered();
        assertThat(holding().proposer()).isEqualTo("tonle");
    }
}
