// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.base.power.Seed;
import tonle.registry.bringup.BringUp.Outcome;
import tonle.registry.bringup.Task.State;

class BringUpTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final Verdict PASSED = new Verdict.Passed("seen", Instant.EPOCH);
    private static final Verdict FAILED = new Verdict.Failed("02:00:5e:10:00:02", "02:00:5e:10:00:01", Instant.EPOCH);

    private static final Map<String, Stage> STAGES = Map.of(
            "planned", new Stage.Planned(DAY),
            "quarantine", new Stage.Quarantine("sw1:7", DAY, DAY),
            "ready", new Stage.Ready("sw1:7", DAY, false, false),
            "ready+o", new Stage.Ready("sw1:7", DAY, true, false),
            "ready+g", new Stage.Ready("sw1:7", DAY, false, true),
            "service", new Stage.InService("sw1:7", DAY),
            "ended", new Stage.Ended(DAY, "moved"));

    private static final Map<String, Event> EVENTS = Map.of(
            "port", new Event.PortGiven("sw1:7", DAY),
            "stand", new Event.ChecksStand(DAY),
            "fell", new Event.CheckFell(Check.MAC_SEEN, DAY),
            "word-o", new Event.Word(Party.OPERATOR_ENGINEER, DAY),
            "word-g", new Event.Word(Party.GATEWAY_ENGINEER, DAY),
            "word-r", new Event.Word(Party.REGISTRAR, DAY),
            "end", new Event.End(DAY, "moved"));

    /** Rows are stages, columns events: the whole machine on one page. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            stage      | port       | stand       | fell       | word-o              | word-g              | word-r     | end
            planned    | quarantine | HAS_NO_PORT | HAS_NO_PORT| HAS_NO_PORT         | HAS_NO_PORT         | NOT_A_SIDE | ended
            quarantine | HAS_A_PORT | ready       | quarantine | CHECKS_DO_NOT_STAND | CHECKS_DO_NOT_STAND | NOT_A_SIDE | ended
            ready      | HAS_A_PORT | ready       | quarantine | ready+o             | ready+g             | NOT_A_SIDE | ended
            ready+o    | HAS_A_PORT | ready+o     | quarantine | ready+o             | service             | NOT_A_SIDE | ended
            ready+g    | HAS_A_PORT | ready+g     | quarantine | service             | ready+g             | NOT_A_SIDE | ended
            service    | IN_SERVICE | service     | IN_SERVICE | service             | service             | NOT_A_SIDE | ended
            ended      | HAS_ENDED  | HAS_ENDED   | HAS_ENDED  | HAS_ENDED           | HAS_ENDED           | HAS_ENDED  | HAS_ENDED
            """)
    void everyStageAnswersEveryEvent(
            String stage,
            String port,
            String stand,
            String fell,
            String wordO,
            String wordG,
            String wordR,
            String end) {
        Map<String, String> expected = new HashMap<>();
        expected.put("port", port);
        expected.put("stand", stand);
        expected.put("fell", fell);
        expected.put("word-o", wordO);
        expected.put("word-g", wordG);
        expected.put("word-r", wordR);
        expected.put("end", end);
        expected.forEach((event, answer) -> {
            Outcome wanted = STAGES.containsKey(answer)
                    ? new Outcome.Moved(STAGES.get(answer))
                    : new Outcome.Refused(BringUp.Refusal.valueOf(answer));
            assertThat(BringUp.step(STAGES.get(stage), EVENTS.get(event)))
                    .as("%s × %s", stage, event)
                    .isEqualTo(wanted);
        });
    }

    @Test
    void aPortThatWasInServiceNeverGoesBackToQuarantineWhateverHappens() {
        long number = 7_411;
        Seed seed = new Seed(number);
        List<Event> events = List.copyOf(EVENTS.values());
        for (int life = 0; life < 2_000; life++) {
            Stage stage = new Stage.Planned(DAY);
            boolean wasInService = false;
            for (int step = 0; step < 40; step++) {
                if (BringUp.step(stage, events.get(seed.below(events.size()))) instanceof Outcome.Moved(Stage next)) {
                    stage = next;
                }
                wasInService |= stage instanceof Stage.InService;
                assertThat(wasInService && stage instanceof Stage.Quarantine)
                        .as("seed %d life %d step %d", number, life, step)
                        .isFalse();
            }
        }
    }

    @Test
    void aCheckWithoutASourceSaysSoAndIsNoPass() {
        Map<Check, Verdict> verdicts = all(PASSED);
        verdicts.put(Check.RPKI_COVERAGE, new Verdict.NoSource());

        assertThat(TaskList.checksStand(verdicts, Map.of())).isFalse();
        assertThat(TaskList.checksStand(verdicts, Map.of(Check.RPKI_COVERAGE, "routing comes in May")))
                .isTrue();
        assertThat(state(verdicts, Map.of(), Check.RPKI_COVERAGE)).isEqualTo(State.NO_SOURCE);
        assertThat(state(verdicts, Map.of(Check.RPKI_COVERAGE, "routing comes in May"), Check.RPKI_COVERAGE))
                .isEqualTo(State.EXCUSED);
    }

    @Test
    void whatWasSeenToBeWrongCannotBeExcused() {
        Map<Check, Verdict> verdicts = all(PASSED);
        verdicts.put(Check.MAC_SEEN, FAILED);
        Map<Check, String> excuses = Map.of(Check.MAC_SEEN, "we are in a hurry");

        assertThat(TaskList.checksStand(verdicts, excuses)).isFalse();
        assertThat(state(verdicts, excuses, Check.MAC_SEEN)).isEqualTo(State.FAILED);
    }

    @Test
    void theListSaysWhoIsWaitedForAndByWhen() {
        List<Task> planned = TaskList.of(new Stage.Planned(DAY), Map.of(), Map.of());
        assertThat(planned.getFirst().waitsFor()).contains(Party.GATEWAY_ENGINEER);
        assertThat(planned.subList(1, planned.size())).extracting(Task::state).containsOnly(State.LATER);

        Map<Check, Verdict> verdicts = all(new Verdict.NotSeen());
        List<Task> quarantine = TaskList.of(new Stage.Quarantine("sw1:7", DAY, DAY.plusDays(2)), verdicts, Map.of());
        assertThat(quarantine.get(2).waitsFor()).contains(Party.OPERATOR_ENGINEER);
        assertThat(quarantine.get(2).due()).contains(DAY.plusDays(2));

        List<Task> ready = TaskList.of(new Stage.Ready("sw1:7", DAY, true, false), all(PASSED), Map.of());
        assertThat(ready).filteredOn(task -> !task.isClosed()).singleElement().satisfies(task -> {
            assertThat(task.what()).isEqualTo(new Task.What.WordOf(Party.GATEWAY_ENGINEER));
            assertThat(task.due()).contains(DAY.plusDays(TaskList.DAYS_FOR_A_TASK));
        });
    }

    private static State state(Map<Check, Verdict> verdicts, Map<Check, String> excuses, Check check) {
        return TaskList.of(new Stage.Quarantine("sw1:7", DAY, DAY), verdicts, excuses).stream()
                .filter(task -> task.what().equals(new Task.What.Checked(check)))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static Map<Check, Verdict> all(Verdict verdict) {
        Map<Check, Verdict> verdicts = new EnumMap<>(Check.class);
        for (Check check : Check.values()) {
            verdicts.put(check, verdict);
        }
        return verdicts;
    }
}
