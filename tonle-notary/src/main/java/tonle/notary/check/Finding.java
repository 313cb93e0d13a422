// SPDX-License-Identifier: Apache-2.0
package tonle.notary.check;

/**
 * Something about a log that is not as it was signed.
 *
 * @param file the path of the file, or empty where it concerns the whole
 * @param entry the number of the entry, from nought, or -1
 * @param detail of the kind: a fault and its place, or a digest
 */
public record Finding(Kind kind, String file, long entry, String detail) {
    /** The kinds. */
    public enum Kind {
        CHECKPOINT_MISSING,
        /** It is no checkpoint of this log, or its signatures are wrong. */
        CHECKPOINT_REFUSED,
        BUNDLE_MISSING,
        /** It holds no entries in the form of a bundle. */
        BUNDLE_DAMAGED,
        /** An entry is not the one whose hash stands in the tile. */
        ENTRY_DIFFERS,
        /** An entry stands in the log, and is of no kind or form that is known. */
        ENTRY_UNREADABLE,
        TILE_MISSING,
        TILE_DAMAGED,
        /** A tile is not the one that its entries make. */
        TILE_DIFFERS,
        /** All the entries together do not make the root that was signed. */
        ROOT_DIFFERS
    }
}
