// SPDX-License-Identifier: Apache-2.0
package tonle.tlog;

/**
 * Every way in which octets of a log, a proof or a signature can be refused. One constant a condition; each says what
 * the number beside it counts ({@link Place}), and a test produces each.
 */
public enum LogFault {
    /** A text is longer than its stated bound. */
    TEXT_TOO_LARGE(Place.OCTET),
    /** Octets that are not UTF-8 in its shortest form. */
    TEXT_NOT_UTF8(Place.OCTET),
    /** A control character other than the line feed: a carriage return, a tab, a nought. */
    TEXT_CONTROL_CHARACTER(Place.OCTET),
    /** The text ends inside a line. */
    TEXT_UNFINISHED(Place.OCTET),
    /** A line is not what stands here in the format, or is missing. */
    LINE_MALFORMED(Place.OCTET),
    /** Something stands after the end of the format. */
    TEXT_TRAILING(Place.OCTET),
    /** Not base64 in its one canonical form (RFC 4648 section 4: padded, unused bits nought). */
    BASE64_MALFORMED(Place.OCTET),
    /** Not a decimal number without leading noughts, or above 2^63 - 1. */
    NUMBER_MALFORMED(Place.OCTET),
    /** A hash that is not 32 octets long. */
    HASH_LENGTH(Place.OCTET),
    /** A note without the empty line between its text and its signatures. */
    NOTE_UNSEPARATED(Place.OCTET),
    /** A note without a signature line. */
    NOTE_UNSIGNED(Place.OCTET),
    /** More signature lines than the stated bound. */
    SIGNATURES_TOO_MANY(Place.SIGNATURE),
    /** Two lines by one known key: which of them would count is not for the reader to choose. */
    SIGNATURE_REPEATED(Place.SIGNATURE),
    /** A known key's signature that does not verify: the whole note is refused. */
    SIGNATURE_WRONG(Place.SIGNATURE),
    /** None of the signatures is by a known key. */
    SIGNATURE_UNKNOWN(Place.SIGNATURE),
    /** A cosignature whose time is nought where a time is due, or above 2^63 - 1. */
    COSIGNATURE_TIME_INVALID(Place.SIGNATURE),
    /** A cosignature dated later than the reader's own time allows. */
    COSIGNATURE_FROM_THE_FUTURE(Place.SIGNATURE),
    /** An empty key name, or one with a space, a plus sign, or beyond the stated bound. */
    KEY_NAME_INVALID(Place.OCTET),
    /** The id in a key's text is not that of its name and octets. */
    KEY_ID_MISMATCH(Place.OCTET),
    /** A signature type that Tonle does not verify. */
    KEY_TYPE_UNSUPPORTED(Place.OCTET),
    /** Octets that are no public key of their type: a wrong length, a point that is not on the curve. */
    KEY_OCTETS_INVALID(Place.OCTET),
    /** An Ed25519 point of small order: anything could be signed in its name. */
    KEY_WEAK(Place.OCTET),
    /** An origin that is empty or beyond the stated bound. */
    ORIGIN_INVALID(Place.OCTET),
    /** The checkpoint is of another log than the one asked for. */
    ORIGIN_UNEXPECTED(Place.OCTET),
    /** No signature of the log itself. */
    LOG_SIGNATURE_MISSING(Place.SIGNATURE),
    /** A tree of size nought whose root is not SHA-256 of nothing. */
    EMPTY_ROOT_WRONG(Place.ENTRY),
    /** A path that names no file of a log, or not in its one canonical form. */
    PATH_MALFORMED(Place.OCTET),
    /** A tile or bundle that a tree of this size does not have. */
    TILE_OUTSIDE_TREE(Place.ENTRY),
    /** A tile or bundle that is not there. */
    TILE_ABSENT(Place.ENTRY),
    /** A tile whose octets are not 32 for each hash. */
    TILE_LENGTH(Place.OCTET),
    /** A tile whose hashes do not add up to the root, or to its hash in the tile above. */
    TILE_CONTRADICTS_TREE(Place.ENTRY),
    /** A bundle that ends inside an entry. */
    BUNDLE_TRUNCATED(Place.OCTET),
    /** A bundle with octets after its last entry. */
    BUNDLE_TRAILING(Place.OCTET),
    /** An entry above 65,535 octets. */
    ENTRY_TOO_LARGE(Place.ENTRY),
    /** A size below nought. */
    SIZE_NEGATIVE(Place.ENTRY),
    /** An index that is not in the tree. */
    INDEX_OUTSIDE_TREE(Place.ENTRY),
    /** The older tree is larger than the newer one. */
    SIZES_REVERSED(Place.ENTRY),
    /** A proof with another number of hashes than index and sizes ask for. */
    PROOF_LENGTH(Place.HASH),
    /** An inclusion proof that leads to another root. */
    ROOT_MISMATCH(Place.HASH),
    /** A consistency proof that leads to another root of the older tree. */
    OLD_ROOT_MISMATCH(Place.HASH),
    /**
     * A consistency proof that leads to another root of the newer tree: history was rewritten, or the proof is damaged.
     */
    NEW_ROOT_MISMATCH(Place.HASH),
    /** Two roots for one size: the log showed two histories. */
    ROOTS_DIFFER(Place.ENTRY),
    /** A policy that names something before defining it. */
    POLICY_NAME_UNKNOWN(Place.OCTET),
    /** A policy that defines a name twice, or defines the name {@code none}. */
    POLICY_NAME_REPEATED(Place.OCTET),
    /** A policy in which one witness or group is a member twice. */
    POLICY_MEMBER_REPEATED(Place.OCTET),
    /** A policy with one public key under two names: it would count twice. */
    POLICY_KEY_REPEATED(Place.OCTET),
    /** A threshold of a group that is nought or above the number of its members. */
    POLICY_THRESHOLD_INVALID(Place.OCTET),
    /** A policy without exactly one quorum. */
    POLICY_QUORUM_INVALID(Place.OCTET),
    /** More logs, witnesses or groups than the stated bound. */
    POLICY_TOO_LARGE(Place.OCTET),
    /** Too few witnesses cosigned. */
    QUORUM_MISSED(Place.SIGNATURE);

    /** What the number beside a fault counts, from nought. */
    public enum Place {
        OCTET,
        SIGNATURE,
        HASH,
        ENTRY
    }

    private final Place place;

    LogFault(Place place) {
        this.place = place;
    }

    public Place place() {
        return place;
    }
}
