// SPDX-License-Identifier: Apache-2.0
package tonle.registry.ladder;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tonle.base.Must;

/**
 * The ladder as a pure function: where a link stands and a day's load in; where it stands then and what it owes out.
 */
public final class Ladder {
    private Ladder() {}

    /**
     * Where a link stands.
     *
     * @param since the day on which the step was reached, or left from above
     * @param daysBelow days with figures, up to now and one after the other, that no longer hold the step
     * @param highestBelow the highest step that those days would hold: the one that the link comes down to
     * @param lastDay the last day taken; empty before the first
     */
    public record Standing(
            Step step, Optional<LocalDate> since, int daysBelow, Step highestBelow, Optional<LocalDate> lastDay) {
        /** A link of which nothing is known yet. */
        public static Standing start() {
            return new Standing(Step.FREE, Optional.empty(), 0, Step.FREE, Optional.empty());
        }
    }

    /**
     * One day: the 95th percentile of the fuller direction, in permille of the capacity; above 1000 where bursts exceed
     * it.
     */
    public record DayLoad(LocalDate day, int loadPermille) {
        public DayLoad {
            Must.hold(loadPermille >= 0, "load is not negative");
        }
    }

    /** What a day brings: duties in ascending order, each for a step newly reached. */
    public record Move(Standing standing, List<Step> duties, Optional<Step> left) {}

    /** Takes one day. A day that was taken already, or one before it, changes nothing: reckoning twice is harmless. */
    public static Move take(Standing standing, DayLoad load, LadderRules rules) {
        if (standing.lastDay().filter(last -> !load.day().isAfter(last)).isPresent()) {
            return new Move(standing, List.of(), Optional.empty());
        }
        Optional<LocalDate> today = Optional.of(load.day());
        Step reached = rules.reached(load.loadPermille());
        if (reached.compareTo(standing.step()) > 0) {
            List<Step> duties = new ArrayList<>();
            for (Optional<Step> step = standing.step().next();
                    step.isPresent() && step.get().compareTo(reached) <= 0;
                    step = step.get().next()) {
                duties.add(step.get());
            }
            return new Move(new Standing(reached, today, 0, Step.FREE, today), duties, Optional.empty());
        }
        Step held = rules.held(load.loadPermille());
        if (held.compareTo(standing.step()) >= 0) {
            Standing same = new Standing(standing.step(), standing.since(), 0, Step.FREE, today);
            return new Move(same, List.of(), Optional.empty());
        }
        int daysBelow = standing.daysBelow() + 1;
        Step highest = held.compareTo(standing.highestBelow()) > 0 ? held : standing.highestBelow();
        if (daysBelow < rules.daysBelow()) {
            Standing waiting = new Standing(standing.step(), standing.since(), daysBelow, highest, today);
            return new Move(waiting, List.of(), Optional.empty());
        }
        Standing lower = new Standing(highest, today, 0, Step.FREE, today);
        return new Move(lower, List.of(), Optional.of(standing.step()));
    }
}
