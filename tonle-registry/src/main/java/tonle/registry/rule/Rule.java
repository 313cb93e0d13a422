// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

import java.util.Optional;
import tonle.base.EnumWord;

/** The rules that are kept as public documents: a closed set. */
public enum Rule {
    /** What operators pay, and by which formula. */
    TARIFFS,
    /** Names and networks that no order may touch. */
    GUARD_LISTS,
    /** How many independent witnesses must have seen an entry of the public log. */
    WITNESS_QUORUM,
    /** What is stored at all. */
    DATA_DICTIONARY,
    /** The acts that people can carry out here, and no others. */
    CLOSED_ACTS,
    /** How long what is kept. */
    RETENTION;

    /** The word in addresses, files, the log and the database. */
    public String word() {
        return EnumWord.of(this);
    }

    public static Optional<Rule> of(String word) {
        return EnumWord.find(Rule.class, word);
    }
}
