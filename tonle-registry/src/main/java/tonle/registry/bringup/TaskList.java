// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.registry.bringup.Stage.Ended;
import tonle.registry.bringup.Stage.InService;
import tonle.registry.bringup.Stage.Planned;
import tonle.registry.bringup.Stage.Quarantine;
import tonle.registry.bringup.Stage.Ready;
import tonle.registry.bringup.Task.State;
import tonle.registry.bringup.Task.What;

/** The guided list of a bring-up, reckoned from the stage, the verdicts and the excuses; it is not stored. */
public final class TaskList {
    /** Working time that a party has for its part, in days. */
    static final int DAYS_FOR_A_TASK = 5;

    private TaskList() {}

    /**
     * @param verdicts what the sources say now; a check without one has no source
     * @param excuses checks that an engineer excused, with the reason
     */
    public static List<Task> of(Stage stage, Map<Check, Verdict> verdicts, Map<Check, String> excuses) {
        List<Task> tasks = new ArrayList<>();
        tasks.add(port(stage));
        boolean isOpen = stage instanceof Quarantine || stage instanceof Ready;
        for (Check check : Check.values()) {
            tasks.add(check(
                    check, stage, verdicts.getOrDefault(check, new Verdict.NoSource()), excuses.get(check), isOpen));
        }
        for (Party party : List.of(Party.OPERATOR_ENGINEER, Party.GATEWAY_ENGINEER)) {
            tasks.add(word(party, stage));
        }
        return tasks;
    }

    /** Whether every check has passed or was excused. A check without a source is no pass. */
    public static boolean checksStand(Map<Check, Verdict> verdicts, Map<Check, String> excuses) {
        for (Check check : Check.values()) {
            if (!stands(verdicts.get(check), excuses.get(check))) {
                return false;
            }
        }
        return true;
    }

    /** Whether one check stands well. */
    static boolean stands(Verdict verdict, String excuse) {
        return verdict instanceof Verdict.Passed || isExcused(verdict, excuse);
    }

    /** What was seen to be wrong cannot be excused, only mended. */
    private static boolean isExcused(Verdict verdict, String excuse) {
        return excuse != null && !(verdict instanceof Verdict.Failed);
    }

    private static Task port(Stage stage) {
        return switch (stage) {
            case Planned(var wantedDay) -> task(new What.Port(), State.WAITS, Party.GATEWAY_ENGINEER, wantedDay);
            case Quarantine quarantine -> done(new What.Port());
            case Ready ready -> done(new What.Port());
            case InService inService -> done(new What.Port());
            case Ended ended -> done(new What.Port());
        };
    }

    private static Task check(Check check, Stage stage, Verdict verdict, String excuse, boolean isOpen) {
        What what = new What.Checked(check);
        if (!isOpen && !(stage instanceof InService)) {
            return new Task(what, State.LATER, Optional.empty(), Optional.empty(), verdict, Optional.empty());
        }
        LocalDate due = due(stage);
        if (isExcused(verdict, excuse) && !(verdict instanceof Verdict.Passed)) {
            return new Task(what, State.EXCUSED, Optional.empty(), Optional.empty(), verdict, Optional.of(excuse));
        }
        return switch (verdict) {
            case Verdict.Passed passed ->
                new Task(what, State.DONE, Optional.empty(), Optional.empty(), verdict, Optional.empty());
            case Verdict.Failed failed ->
                new Task(what, State.FAILED, Optional.of(check.owner()), Optional.of(due), verdict, Optional.empty());
            case Verdict.NotSeen notSeen ->
                new Task(what, State.WAITS, Optional.of(check.owner()), Optional.of(due), verdict, Optional.empty());
            case Verdict.NoSource noSource ->
                new Task(
                        what,
                        State.NO_SOURCE,
                        Optional.of(Party.GATEWAY_ENGINEER),
                        Optional.of(due),
                        verdict,
                        Optional.empty());
        };
    }

    private static Task word(Party party, Stage stage) {
        What what = new What.WordOf(party);
        return switch (stage) {
            case Planned planned -> later(what);
            case Quarantine quarantine -> later(what);
            case Ready ready ->
                (party == Party.OPERATOR_ENGINEER ? ready.hasOperatorWord() : ready.hasGatewayWord())
                        ? done(what)
                        : task(what, State.WAITS, party, ready.since().plusDays(DAYS_FOR_A_TASK));
            case InService inService -> done(what);
            case Ended ended -> later(what);
        };
    }

    private static LocalDate due(Stage stage) {
        return switch (stage) {
            case Planned planned -> planned.wantedDay();
            case Quarantine quarantine -> {
                LocalDate soon = quarantine.since().plusDays(DAYS_FOR_A_TASK);
                LocalDate wanted = quarantine.wantedDay();
                yield wanted.isBefore(soon) && !wanted.isBefore(quarantine.since()) ? wanted : soon;
            }
            case Ready ready -> ready.since().plusDays(DAYS_FOR_A_TASK);
            case InService inService -> inService.since().plusDays(DAYS_FOR_A_TASK);
            case Ended ended -> ended.since();
        };
    }

    private static Task later(What what) {
        return new Task(what, State.LATER, Optional.empty(), Optional.empty(), new Verdict.NotSeen(), Optional.empty());
    }

    private static Task done(What what) {
        return new Task(what, State.DONE, Optional.empty(), Optional.empty(), new Verdict.NotSeen(), Optional.empty());
    }

    private static Task task(What what, State state, Party party, LocalDate due) {
        return new Task(what, state, Optional.of(party), Optional.of(due), new Verdict.NotSeen(), Optional.empty());
    }
}
