// SPDX-License-Identifier: Apache-2.0
package tonle.registry.ladder;

import java.util.Optional;

/** A step of the ladder and the duty that reaching it brings. The thresholds are those of the default rules. */
public enum Step {
    /** Below the first threshold: no duty. */
    FREE(0),
    /** The owner plans the next capacity and says when it comes. */
    PLAN(750),
    /** The upgrade is ordered; the registry holds a proposed change with its day. */
    ORDER(850),
    /** Load is reported to the gateway every week until the upgrade is in service. */
    REPORT(900),
    /** The authority is told, and the link stands on the public list of full links. */
    ESCALATE(950);

    private final int defaultPermille;

    Step(int defaultPermille) {
        this.defaultPermille = defaultPermille;
    }

    int defaultPermille() {
        return defaultPermille;
    }

    /** The step above; none above the last. */
    public Optional<Step> next() {
        return this == ESCALATE ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
    }
}
