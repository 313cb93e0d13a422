// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import tonle.base.power.SystemClock;
import tonle.database.Scope;
import tonle.registry.audit.AuditTrail;
import tonle.registry.bringup.BringUp.Refusal;
import tonle.registry.bringup.BringUps.Outcome;
import tonle.registry.ladder.Ladder.DayLoad;
import tonle.registry.ladder.LadderBook;
import tonle.registry.ladder.LadderRules;
import tonle.registry.ladder.Step;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;

class BringUpsTest {
    static final TestDatabase DATABASE = TestDatabase.fresh();
    static final AuditTrail AUDIT = new AuditTrail(new SystemClock());
    static final Actor ENGINEER = Actor.person("p-chan-3333", "Chan", List.of(Role.ENGINEER), Optional.empty());
    static final Actor ALPHA =
            Actor.person("p-alph-4444", "Alpha", List.of(Role.OPERATOR_ENGINEER), Optional.of("alpha"));
    static final Actor BRAVO =
            Actor.person("p-brav-5555", "Bravo", List.of(Role.OPERATOR_ENGINEER), Optional.of("bravo"));
    static final Actor AUDITOR = Actor.person("p-dara-2222", "Dara", List.of(Role.AUDITOR), Optional.empty());
    static final LocalDate DAY = LocalDate.of(2026, 12, 1);
    static int links;

    final Map<Check, Verdict> verdicts = new EnumMap<>(Check.class);
    final BringUps bringUps = new BringUps(
            DATABASE.web(),
            AUDIT,
            new SystemClock(),
            ZoneId.of("Asia/Phnom_Penh"),
            List.of((check, link) -> verdicts.getOrDefault(check, new Verdict.NoSource())));
    String link;

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void newLink() {
        link = "PNH-LINK-" + ++links;
        for (Check check : Check.values()) {
            verdicts.put(check, new Verdict.Passed("seen", Instant.EPOCH));
        }
    }

    private Stage stage(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).view().record().stage();
    }

    private void bringToReady() {
        assertThat(stage(bringUps.begin(ENGINEER, link, "alpha", DAY))).isInstanceOf(Stage.Planned.class);
        assertThat(stage(bringUps.givePort(ENGINEER, link, "sw1:7"))).isInstanceOf(Stage.Quarantine.class);
        assertThat(stage(bringUps.look(ENGINEER, link))).isInstanceOf(Stage.Ready.class);
    }

    @Test
    void aLinkComesIntoServiceWhenEveryCheckStandsAndBothSidesSpoke() {
        bringToReady();
        assertThat(stage(bringUps.giveWord(ALPHA, link))).isInstanceOf(Stage.Ready.class);
        assertThat(stage(bringUps.giveWord(ENGINEER, link))).isInstanceOf(Stage.InService.class);

        assertThat(DATABASE.owner()
                        .sql("SELECT act FROM audit.event WHERE object_id = :link ORDER BY sequence")
                        .param("link", link)
                        .query(String.class)
                        .list())
                .containsExactly("began-bring-up", "gave-port", "found-checks-stand", "gave-word", "gave-word");
        assertThat(bringUps.open(ENGINEER))
                .noneMatch(view -> view.record().linkId().equals(link));
    }

    @Test
    void aWordGivenWhileACheckHasFallenDoesNotCount() {
        bringToReady();
        verdicts.put(Check.MAC_SEEN, new Verdict.Failed("two addresses", "one", Instant.EPOCH));

        assertThat(bringUps.giveWord(ALPHA, link)).isEqualTo(new Outcome.Refused(Refusal.CHECKS_DO_NOT_STAND));
        assertThat(stage(bringUps.look(ENGINEER, link))).isInstanceOf(Stage.Quarantine.class);
    }

    @Test
    void aCheckWithoutASourceHoldsTheLinkUntilAnEngineerExcusesItByName() {
        verdicts.put(Check.RPKI_COVERAGE, new Verdict.NoSource());
        verdicts.put(Check.MAC_SEEN, new Verdict.Failed("two addresses", "one", Instant.EPOCH));
        bringUps.begin(ENGINEER, link, "alpha", DAY);
        bringUps.givePort(ENGINEER, link, "sw1:7");

        assertThat(bringUps.excuse(ENGINEER, link, Check.MAC_SEEN, "in a hurry"))
                .isInstanceOf(Outcome.WrongField.class);
        assertThat(bringUps.excuse(ALPHA, link, Check.RPKI_COVERAGE, "trust us"))
                .isInstanceOf(Outcome.NotAllowed.class);
        assertThat(bringUps.excuse(ENGINEER, link, Check.RPKI_COVERAGE, " ")).isInstanceOf(Outcome.WrongField.class);
        bringUps.excuse(ENGINEER, link, Check.RPKI_COVERAGE, "routing is not measured here yet");
        assertThat(stage(bringUps.look(ENGINEER, link))).isInstanceOf(Stage.Quarantine.class);
        verdicts.put(Check.MAC_SEEN, new Verdict.Passed("one", Instant.EPOCH));
        assertThat(stage(bringUps.look(ENGINEER, link))).isInstanceOf(Stage.Ready.class);
    }

    @Test
    void anotherOperatorNeitherSeesNorMovesTheLink() {
        bringToReady();

        assertThat(bringUps.show(BRAVO, link)).isEqualTo(new Outcome.NotFound(link));
        assertThat(bringUps.giveWord(BRAVO, link)).isEqualTo(new Outcome.NotFound(link));
        assertThat(bringUps.begin(BRAVO, link, "bravo", DAY)).isInstanceOf(Outcome.NotAllowed.class);
        assertThat(bringUps.open(BRAVO)).isEmpty();
        assertThat(stage(bringUps.show(ALPHA, link))).isInstanceOf(Stage.Ready.class);
    }

    @Test
    void whoHasNotTheRightIsToldWhichAndWhoGrantsIt() {
        assertThat(bringUps.begin(AUDITOR, link, "alpha", DAY))
                .isInstanceOfSatisfying(
                        Outcome.NotAllowed.class,
                        refused -> assertThat(refused.missing().grantedBy()).contains(Role.ENGINEER));
    }

    @Test
    void theDatabaseItselfRefusesAWayBackFromService() {
        bringToReady();
        bringUps.giveWord(ALPHA, link);
        bringUps.giveWord(ENGINEER, link);

        assertThatThrownBy(() -> DATABASE.owner()
                        .sql(
                                "UPDATE registry.bring_up SET stage = 'quarantine', version = version + 1 WHERE link_id = :l")
                        .param("l", link)
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("does not go this way");
    }

    @Test
    void anEndedBringUpStaysOnRecordAndTheNextIsAnotherRound() {
        bringToReady();
        assertThat(bringUps.end(ENGINEER, link, "")).isInstanceOf(Outcome.WrongField.class);
        assertThat(stage(bringUps.end(ENGINEER, link, "moved to another site"))).isInstanceOf(Stage.Ended.class);
        assertThat(bringUps.giveWord(ENGINEER, link)).isEqualTo(new Outcome.Refused(Refusal.HAS_ENDED));

        Outcome again = bringUps.begin(ENGINEER, link, "alpha", DAY);
        assertThat(((Outcome.Done) again).view().record().round()).isEqualTo(2);
        assertThat(bringUps.begin(ENGINEER, link, "alpha", DAY)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void theLadderKeepsEachStepWithItsFigureAndShowsAnOperatorItsOwnLinksAlone() {
        LadderBook ladder = new LadderBook(DATABASE.server(), AUDIT, LadderRules.usual());
        ladder.take(link, "alpha", new DayLoad(DAY, 870));
        ladder.take(link, "alpha", new DayLoad(DAY, 990));

        assertThat(LadderBook.climbing(DATABASE.web(), ALPHA.scope()))
                .filteredOn(standing -> standing.linkId().equals(link))
                .singleElement()
                .satisfies(standing -> {
                    assertThat(standing.standing().step()).isEqualTo(Step.ORDER);
                    assertThat(standing.loadPermille()).isEqualTo(870);
                });
        assertThat(LadderBook.climbing(DATABASE.web(), BRAVO.scope())).isEmpty();
        assertThat(LadderBook.moves(DATABASE.web(), Scope.stranger(), link)).isEmpty();
        assertThat(LadderBook.moves(DATABASE.web(), ENGINEER.scope(), link))
                .extracting(LadderBook.LadderMove::step)
                .containsExactly(Step.ORDER, Step.PLAN);
        for (int day = 1; day <= 7; day++) {
            ladder.take(link, "alpha", new DayLoad(DAY.plusDays(day), 100));
        }
        assertThat(LadderBook.moves(DATABASE.web(), ENGINEER.scope(), link)
                        .getFirst()
                        .isReached())
                .isFalse();
        assertThatThrownBy(() -> new LadderBook(DATABASE.web(), AUDIT, LadderRules.usual())
                        .take(link, "alpha", new DayLoad(DAY.plusDays(30), 990)))
                .hasMessageContaining("the web never works as the system");
    }
}
