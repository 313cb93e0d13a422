// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

import tonle.registry.rights.Permission;

/** What became of what somebody asked for. */
public sealed interface RuleOutcome {
    /** It happened, and stands in the audit. */
    record Done(RuleVersion version) implements RuleOutcome {}

    /** The actor lacks a right. */
    record NotAllowed(Permission.Missing missing) implements RuleOutcome {}

    /**
     * A rule forbids it; nothing changed.
     *
     * @param detail what was entered, or the limit that it breaks; may be empty
     */
    record Refused(RuleReason reason, String detail) implements RuleOutcome {}
}
