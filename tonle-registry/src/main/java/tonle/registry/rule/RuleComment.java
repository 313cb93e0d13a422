// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

import java.time.LocalDate;

/**
 * What somebody said in a consultation. Nothing is kept of who it was but, for those who were signed in, the role.
 *
 * @param number within its version, from 1
 * @param speaker {@code public}, or the word of a role
 */
public record RuleComment(int number, LocalDate day, String speaker, String words) {
    /** Who did not sign in. */
    public static final String PUBLIC = "public";

    public static final int WORDS_CHARS_MAX = 4_000;
    /** Of one version; beyond it the box is closed, and what came in is answered. */
    public static final int COUNT_MAX = 1_000;
}
