// SPDX-License-Identifier: Apache-2.0
package tonle.notary.cheat;

import tonle.base.EnumWord;

/** A way to cheat with a log: who can do it, and what it would gain. */
public enum Cheat {
    /** Whoever serves the files shows another entry under a number. */
    CHANGED_ENTRY,
    /** The same, with the hash in the tile made to fit. */
    CHANGED_TILE,
    /** The log's owner leaves an entry out and signs the rest anew. */
    REMOVED_ENTRY,
    /** The owner turns two entries round, so that what came after stands before. */
    SWAPPED_ENTRIES,
    /** The owner puts an entry in the past, as though it had been public in time. */
    BACKDATED_ENTRY,
    /** The owner shows one history to one witness and another to the next. */
    TWO_HISTORIES,
    /** Whoever serves the files shows an older checkpoint, as though nothing had come since. */
    REWOUND_HEAD,
    /** Somebody signs a log of the same name with a key of his own. */
    FOREIGN_KEY,
    /** Somebody writes a witness's name under a checkpoint that it never saw. */
    FORGED_COSIGNATURE,
    /** A cosignature of an older checkpoint is put under a newer one. */
    MOVED_COSIGNATURE,
    /** One witness signs where two must. */
    TOO_FEW_WITNESSES,
    /** A proof of one entry is shown as the proof of another. */
    BORROWED_PROOF;

    /** Its name in commands and pages. */
    public String word() {
        return EnumWord.of(this);
    }
}
