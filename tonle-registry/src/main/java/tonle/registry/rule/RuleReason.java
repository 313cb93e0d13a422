// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

/** Why something about a rule was refused. */
public enum RuleReason {
    /** There is no such version. */
    UNKNOWN,
    /** The version is not in the stage for it. */
    STAGE,
    /** Words are missing, too long, or hold what is no text. */
    WORDS,
    /** Words hold a telephone number, a mailbox of a person, an address of a host. */
    PERSONAL,
    /** A day cannot be read, or is too early. */
    DAY,
    /** The window for comments is shorter than it must be. */
    WINDOW,
    /** The window for comments is not over, or not open. */
    WINDOW_OPEN,
    /** Who proposed it, or has approved it already, cannot. */
    SAME_PERSON,
    /** Another version of the rule is on its way: one at a time. */
    OTHER_UNDER_WAY,
    /** As many comments as are taken. */
    FULL,
    /** It would loosen a promise, and the witnesses' quorum has not seen it. */
    NOT_WITNESSED
}
