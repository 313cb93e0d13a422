// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

/**
 * Every way in which the registry says no, in the order in which the checks run. Each has a sentence in {@code
 * problems_en.properties} and {@code problems_km.properties}.
 */
public enum Reason {
    /** The person holds no right for this act. */
    RIGHT_MISSING,
    /** An operator's staff may touch what is their operator's only. */
    NOT_YOURS,
    /** No change of this number is known to the person. */
    CHANGE_UNKNOWN,
    /** The change was decided or withdrawn before. */
    STAGE_OVER,
    /** The rule asks for two persons, and this one made the proposal. */
    SAME_PERSON,
    /** A change or a decision lacks its reason. */
    REASON_MISSING,
    /** A change touches nothing. */
    NOTHING_CHANGES,
    /** A change touches more objects than one change may. */
    TOO_MANY_ITEMS,
    /** The same object stands twice in one change. */
    OBJECT_TWICE,
    /** The days are reversed, or too far away to be meant. */
    DAYS_INVALID,
    /** An id has other letters than ids have. */
    ID_INVALID,
    /** The id means something in every table. */
    ID_RESERVED,
    /** The id is or was another object's: ids are never used again. */
    ID_TAKEN,
    /** There is no such object on that day. */
    OBJECT_UNKNOWN,
    /** The kind of object has no such field. */
    FIELD_UNKNOWN,
    /** The field must be said. */
    FIELD_MISSING,
    /** More or fewer letters than the field takes. */
    TEXT_LENGTH,
    /** Control, bidirectional or invisible characters. */
    TEXT_UNSEEN,
    /** A list has too many entries. */
    LIST_LENGTH,
    /** Not a number of the stated range. */
    NUMBER_INVALID,
    /** Not a speed such as 100G. */
    SPEED_INVALID,
    /** Not a day such as 2026-11-23. */
    DAY_INVALID,
    /** Neither true nor false. */
    FLAG_INVALID,
    /** Not one of the words that the field takes. */
    CHOICE_UNKNOWN,
    /** Not decimal degrees of the stated range. */
    DEGREES_INVALID,
    /** Not two letters of a country (ISO 3166). */
    COUNTRY_INVALID,
    /** Not a tax number. */
    TIN_INVALID,
    /** Not an AS number, or one that is reserved. */
    ASN_INVALID,
    /** Not a prefix. */
    PREFIX_INVALID,
    /** Finer than any network that is read here. */
    PREFIX_TOO_FINE,
    /** Not the name of an AS-SET (RFC 2622 section 5). */
    AS_SET_INVALID,
    /** Not a device address in digits. */
    ADDRESS_INVALID,
    /** Not a SHA-256 fingerprint. */
    FINGERPRINT_INVALID,
    /** Not a port of a link. */
    PORT_INVALID,
    /** Not an override of a sampling rate. */
    OVERRIDE_INVALID,
    /** Not an address of the web. */
    WEB_ADDRESS_INVALID,
    /** Not a mailbox. */
    MAILBOX_INVALID,
    /** The mailbox reads like a person's; the book holds mailboxes of roles only. */
    MAILBOX_OF_A_PERSON,
    /** A telephone number, the address of a host or a MAC address in free words. */
    TEXT_OF_A_PERSON,
    /** The name has letters of a script that it must not have. */
    NAME_OF_OTHER_SCRIPT,
    /** The name cannot be told from another operator's by eye. */
    NAME_LOOKS_ALIKE,
    /** The field refers to an object that is not there on that day. */
    REFERENCE_UNKNOWN,
    /** An object that others refer to cannot end before them. */
    STILL_REFERRED_TO,
    /** Two operators cannot hold one AS number on one day. */
    ASN_HELD,
    /** Two operators cannot hold one prefix on one day. */
    PREFIX_HELD,
    /** A prefix inside another operator's, where policy does not allow it. */
    PREFIX_NESTED,
    /** Two exporters cannot send from one address. */
    ADDRESS_HELD,
    /** A device shall pass on for an agent that is no address of another device. */
    AGENT_UNKNOWN,
    /** An interface carries one link. */
    PORT_HELD,
    /** Only a backbone link has a far site, and it needs one other than its own. */
    FAR_SITE_MISPLACED,
    /** Only an international link ends abroad. */
    COUNTRY_MISPLACED,
    /** A committed rate above the capacity. */
    RATE_ABOVE_CAPACITY,
    /** No regime pack of this name is known. */
    REGIME_UNKNOWN,
    /** The regime has no licence of this type. */
    LICENCE_TYPE_UNKNOWN,
    /** A licence ends before it begins, or runs longer than its type allows. */
    LICENCE_TERM_INVALID,
    /** A suspension, revocation or end of a licence lacks the decision that it records. */
    DECISION_MISSING,
    /** The new regime says nothing of what becomes of this type. */
    MIGRATION_UNMAPPED,
    /** Another change altered the same field since the proposer looked. */
    CONFLICT
}
