// SPDX-License-Identifier: Apache-2.0
package tonle.registry.ladder;

import java.util.List;
import tonle.base.Must;

/**
 * Where the steps are and how slowly one comes down.
 *
 * @param thresholdsPermille load at which {@code PLAN}, {@code ORDER}, {@code REPORT} and {@code ESCALATE} begin,
 *     ascending, each 1 to 1000
 * @param hysteresisPermille how far below a threshold the load must be before its step may be left
 * @param daysBelow for how many days with figures, one after the other
 */
public record LadderRules(List<Integer> thresholdsPermille, int hysteresisPermille, int daysBelow) {
    public LadderRules {
        thresholdsPermille = List.copyOf(thresholdsPermille);
        Must.hold(thresholdsPermille.size() == Step.values().length - 1, "a ladder has four thresholds");
        int below = 0;
        for (int threshold : thresholdsPermille) {
            Must.hold(threshold > below && threshold <= 1000, "thresholds ascend and are at most 1000 permille");
            below = threshold;
        }
        Must.hold(hysteresisPermille >= 0 && hysteresisPermille < thresholdsPermille.getFirst(), "hysteresis fits");
        Must.hold(daysBelow >= 1, "a step is held for a day at least");
    }

    /** 75, 85, 90 and 95 percent; left five points below, after seven days. */
    public static LadderRules usual() {
        return new LadderRules(
                List.of(
                        Step.PLAN.defaultPermille(),
                        Step.ORDER.defaultPermille(),
                        Step.REPORT.defaultPermille(),
                        Step.ESCALATE.defaultPermille()),
                50,
                7);
    }

    /** The load at which {@code step} begins; 0 for {@link Step#FREE}. */
    public int thresholdPermille(Step step) {
        return step == Step.FREE ? 0 : thresholdsPermille.get(step.ordinal() - 1);
    }

    /** The highest step whose threshold {@code loadPermille} reaches. */
    Step reached(int loadPermille) {
        Step reached = Step.FREE;
        for (Step step : Step.values()) {
            if (loadPermille >= thresholdPermille(step)) {
                reached = step;
            }
        }
        return reached;
    }

    /** The lowest step that {@code loadPermille} would still hold, its hysteresis counted. */
    Step held(int loadPermille) {
        Step held = Step.FREE;
        for (Step step : Step.values()) {
            if (loadPermille >= thresholdPermille(step) - hysteresisPermille) {
                held = step;
            }
        }
        return held;
    }
}
