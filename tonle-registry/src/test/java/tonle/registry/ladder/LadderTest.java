// SPDX-License-Identifier: Apache-2.0
package tonle.registry.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.base.power.Seed;
import tonle.registry.ladder.Ladder.DayLoad;
import tonle.registry.ladder.Ladder.Move;
import tonle.registry.ladder.Ladder.Standing;

class LadderTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

    /**
     * Each row is one life: loads in permille a day ("-" is a day without figures), duties that fire, steps that are
     * left.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            700 740 749                         | ''                              | ''            | FREE
            750                                 | 0:PLAN                          | ''            | PLAN
            750 751 760 700 750                 | 0:PLAN                          | ''            | PLAN
            951                                 | 0:PLAN 0:ORDER 0:REPORT 0:ESCALATE | ''        | ESCALATE
            760 860 910 960 1200                | 0:PLAN 1:ORDER 2:REPORT 3:ESCALATE | ''         | ESCALATE
            760 690 690 690 690 690 690 690     | 0:PLAN                          | 7:PLAN        | FREE
            760 690 690 690 690 690 690 - - 690 | 0:PLAN                          | 9:PLAN        | FREE
            760 690 690 690 690 690 690 700     | 0:PLAN                          | ''            | PLAN
            760 690 690 690 690 690 700 690     | 0:PLAN                          | ''            | PLAN
            760 700 700 700 700 700 700 700 700 | 0:PLAN                          | ''            | PLAN
            960 10 10 10 10 10 10 10            | 0:PLAN 0:ORDER 0:REPORT 0:ESCALATE | 7:ESCALATE | FREE
            960 820 10 10 10 10 10 10           | 0:PLAN 0:ORDER 0:REPORT 0:ESCALATE | 7:ESCALATE | ORDER
            760 1 1 1 1 1 1 1 760               | 0:PLAN 8:PLAN                   | 7:PLAN        | PLAN
            """)
    void dutiesFireOnceAndStepsAreLeftSlowly(String loads, String duties, String left, Step end) {
        List<String> fired = new ArrayList<>();
        List<String> leftSteps = new ArrayList<>();
        Standing standing = Standing.start();
        String[] days = loads.split(" ");
        for (int day = 0; day < days.length; day++) {
            if (days[day].equals("-")) {
                continue;
            }
            DayLoad load = new DayLoad(FIRST.plusDays(day), Integer.parseInt(days[day]));
            Move move = Ladder.take(standing, load, LadderRules.usual());
            int at = day;
            move.duties().forEach(step -> fired.add(at + ":" + step));
            move.left().ifPresent(step -> leftSteps.add(at + ":" + step));
            standing = move.standing();
        }

        assertThat(String.join(" ", fired)).isEqualTo(duties);
        assertThat(String.join(" ", leftSteps)).isEqualTo(left);
        assertThat(standing.step()).isEqualTo(end);
    }

    @Test
    void theSameDayTwiceOrAnEarlierOneChangesNothing() {
        Standing once = Ladder.take(Standing.start(), new DayLoad(FIRST.plusDays(3), 860), LadderRules.usual())
                .standing();

        for (LocalDate day : List.of(FIRST, FIRST.plusDays(3))) {
            Move again = Ladder.take(once, new DayLoad(day, 999), LadderRules.usual());
            assertThat(again).isEqualTo(new Move(once, List.of(), Optional.empty()));
        }
    }

    @Test
    void overAnyLifeADutyFiresAgainOnlyAfterItsStepWasLeft() {
        long number = 20_261_124;
        Seed seed = new Seed(number);
        for (int life = 0; life < 500; life++) {
            Standing standing = Standing.start();
            Step owed = Step.FREE;
            int load = 600;
            for (int day = 0; day < 400; day++) {
                load = Math.clamp(load + seed.below(121) - 60, 0, 1100);
                Move move = Ladder.take(standing, new DayLoad(FIRST.plusDays(day), load), LadderRules.usual());
                for (Step duty : move.duties()) {
                    assertThat(duty.ordinal())
                            .as("seed %d life %d day %d", number, life, day)
                            .isEqualTo(owed.ordinal() + 1);
                    owed = duty;
                }
                if (move.left().isPresent()) {
                    assertThat(move.left())
                            .as("seed %d life %d day %d", number, life, day)
                            .contains(owed);
                    owed = move.standing().step();
                }
                assertThat(move.standing().step()).isEqualTo(owed);
                assertThat(load)
                        .as("a step is never below the load: seed %d life %d day %d", number, life, day)
                        .satisfies(permille -> assertThat(
                                        owedCovers(move.standing().step(), permille))
                                .isTrue());
                standing = move.standing();
            }
        }
    }

    private static boolean owedCovers(Step step, int permille) {
        return step.next().isEmpty()
                || permille < LadderRules.usual().thresholdPermille(step.next().orElseThrow());
    }

    @Test
    void rulesThatMakeNoLadderAreRefused() {
        assertThatThrownBy(() -> new LadderRules(List.of(750, 850, 850, 950), 50, 7))
                .hasMessageContaining("ascend");
        assertThatThrownBy(() -> new LadderRules(List.of(750, 850, 900), 50, 7)).hasMessageContaining("four");
        assertThatThrownBy(() -> new LadderRules(List.of(750, 850, 900, 950), 750, 7))
                .hasMessageContaining("fits");
    }
}
