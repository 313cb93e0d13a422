// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

/**
 * Where a change stands. A stage holds the one before it: there is no confirmed change that nobody proposed.
 * <pre>
 *   Proposed ──confirm──▶ Confirmed
 *       │ ────refuse────▶ Refused
 *       └───withdraw────▶ Withdrawn
 * </pre>
 */
public sealed interface Stage {
    /** As in tables and addresses. */
    String word();

    Proposed proposed();

    /**
     * It waits for a decision.
     *
     * @param proposer a pseudonym
     * @param needsTwo whether another person must confirm it
     */
    record Proposed(String proposer, long atMillis, boolean needsTwo) implements Stage {
        @Override
        public String word() {
            return "proposed";
        }

        @Override
        public Proposed proposed() {
            return this;
        }
    }

    /** It stands in the book. */
    record Confirmed(Proposed proposed, String confirmer, long atMillis, String note) implements Stage {
        public Confirmed {
            if (proposed.needsTwo() && proposed.proposer().equals(confirmer)) {
                throw new IllegalArgumentException("proposer and confirmer are one person, and the rule asks for two");
            }
        }

        @Override
        public String word() {
            return "confirmed";
        }
    }

    /** Somebody who may decide said no, and why. */
    record Refused(Proposed proposed, String refuser, long atMillis, String grounds) implements Stage {
        public Refused {
            if (grounds.isBlank()) {
                throw new IllegalArgumentException("a refusal says why");
            }
        }

        @Override
        public String word() {
            return "refused";
        }
    }

    /** Who proposed it took it back. */
    record Withdrawn(Proposed proposed, String withdrawer, long atMillis, String grounds) implements Stage {
        @Override
        public String word() {
            return "withdrawn";
        }
    }
}
