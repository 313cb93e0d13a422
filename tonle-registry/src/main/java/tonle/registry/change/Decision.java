// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import tonle.registry.book.Reason;

/** What somebody does with a change that waits, and where that leads: a pure function, time is an argument. */
public sealed interface Decision {
    /** A pseudonym. */
    String actor();

    /** Puts it into the book. */
    record Confirm(String actor, String note) implements Decision {}

    /** Says no. */
    record Refuse(String actor, String grounds) implements Decision {}

    /** Takes it back. */
    record Withdraw(String actor, String grounds) implements Decision {}

    /** Where a decision leads. */
    sealed interface Step {
        record To(Stage stage) implements Step {}

        record Stays(Reason reason) implements Step {}
    }

    static Step step(Stage stage, Decision decision, long nowMillis) {
        return switch (stage) {
            case Stage.Confirmed _, Stage.Refused _, Stage.Withdrawn _ -> new Step.Stays(Reason.STAGE_OVER);
            case Stage.Proposed proposed ->
                switch (decision) {
                    case Confirm(String actor, String note) ->
                        proposed.needsTwo() && proposed.proposer().equals(actor)
                                ? new Step.Stays(Reason.SAME_PERSON)
                                : new Step.To(new Stage.Confirmed(proposed, actor, nowMillis, note));
                    case Refuse(String actor, String grounds) ->
                        grounds.isBlank()
                                ? new Step.Stays(Reason.REASON_MISSING)
                                : new Step.To(new Stage.Refused(proposed, actor, nowMillis, grounds));
                    case Withdraw(String actor, String grounds) ->
                        proposed.proposer().equals(actor)
                                ? new Step.To(new Stage.Withdrawn(proposed, actor, nowMillis, grounds))
                                : new Step.Stays(Reason.NOT_YOURS);
                };
        };
    }
}
