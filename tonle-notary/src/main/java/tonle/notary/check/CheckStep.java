// SPDX-License-Identifier: Apache-2.0
package tonle.notary.check;

/** The steps by which a log, or an entry of it, is checked, in their order. */
public enum CheckStep {
    /** The checkpoint is there, is one of this log, and enough of those who are trusted signed it. */
    SIGNATURES,
    /** The tiles at the right edge make the root that was signed. */
    EDGE,
    /** The log begins with the one of an older checkpoint. */
    GROWTH,
    /** The entry's octets are there. */
    ENTRY,
    /** Hashes lead from the entry to the root. */
    INCLUSION
}
