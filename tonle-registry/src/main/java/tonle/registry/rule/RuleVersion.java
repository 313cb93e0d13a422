// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One version of a rule.
 *
 * @param loosens whether it would loosen a promise, by its proposer's word, which everybody may contest
 * @param proposer pseudonym of who drafted it; {@code tonle} for the first version, which comes with the program
 * @param openDay on which comments began
 * @param closeDay the last day for comments
 * @param answer to all that was said, in public
 * @param effectiveDay from which it holds, if it is approved by then
 * @param enteredStage the stage that the public log holds; empty while none
 * @param enteredAs number of that entry; -1 while none
 */
public record RuleVersion(
        Rule rule,
        int version,
        RuleText text,
        String digest,
        boolean loosens,
        String grounds,
        RuleStage stage,
        String proposer,
        LocalDate draftedDay,
        Optional<LocalDate> openDay,
        Optional<LocalDate> closeDay,
        String answer,
        Optional<String> firstApprover,
        Optional<String> secondApprover,
        Optional<LocalDate> approvedDay,
        LocalDate effectiveDay,
        Optional<RuleStage> enteredStage,
        long enteredAs) {

    /** Whether comments are taken on that day. */
    public boolean takesComments(LocalDate today) {
        return stage == RuleStage.OPEN && !closeDay.orElseThrow().isBefore(today);
    }

    /** Whether it could hold on that day: approved, in the public log as such, and its day has come. */
    public boolean hasEffect(LocalDate today) {
        boolean isPublic = enteredStage.filter(RuleStage.APPROVED::equals).isPresent();
        return stage == RuleStage.APPROVED && isPublic && !effectiveDay.isAfter(today);
    }
}
