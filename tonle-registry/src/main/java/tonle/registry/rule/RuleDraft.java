// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

import java.time.LocalDate;

/**
 * What somebody proposes.
 *
 * @param effectiveDay from which it is to hold
 * @param loosens whether it would loosen a promise
 */
public record RuleDraft(Rule rule, RuleText text, String grounds, boolean loosens, LocalDate effectiveDay) {
    public static final int GROUNDS_CHARS_MAX = 500;
}
