// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

import tonle.base.EnumWord;

/**
 * The life of a version. Whether an approved one is in force follows from its day and from the versions after it.
 *
 * <pre>
 *            open             answer, the window over     approve, twice
 *   drafted ──────▶ open ──────────────────────▶ answered ────────────▶ approved ┄ its day ┄▶ in force ┄▶ superseded
 *      │              │                              │
 *      └── withdraw ──┴────────────── withdraw ──────┴──▶ withdrawn
 * </pre>
 */
public enum RuleStage {
    DRAFTED,
    OPEN,
    ANSWERED,
    APPROVED,
    WITHDRAWN;

    public String word() {
        return EnumWord.of(this);
    }

    /** Whether its proposer may still take it back. */
    public boolean canBeWithdrawn() {
        return switch (this) {
            case DRAFTED, OPEN, ANSWERED -> true;
            case APPROVED, WITHDRAWN -> false;
        };
    }

    static RuleStage of(String word) {
        return EnumWord.find(RuleStage.class, word)
                .orElseThrow(() -> new IllegalStateException("the database knows another stage: " + word));
    }
}
