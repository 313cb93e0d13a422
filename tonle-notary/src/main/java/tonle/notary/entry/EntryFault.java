// SPDX-License-Identifier: Apache-2.0
package tonle.notary.entry;

/** Why octets are no entry. The place beside it counts octets from nought. */
public enum EntryFault {
    /** More octets than an entry has. */
    TOO_LARGE,
    /** Not UTF-8, a control character, or a last line without its end. */
    TEXT_INVALID,
    /** Not an entry of Tonle, or of a form that this one does not know. */
    FORM_UNKNOWN,
    KIND_UNKNOWN,
    /** A kind that is kept for a later part of Tonle. */
    KIND_RESERVED,
    /** Another field stands here than the kind has at this place, or none. */
    FIELD_UNEXPECTED,
    /** The value is not of its type, or not in the one form that the type has. */
    VALUE_INVALID,
    /** Something stands behind the last field. */
    TRAILING
}
