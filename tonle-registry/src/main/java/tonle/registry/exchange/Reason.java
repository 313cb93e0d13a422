// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

/** Why a foreign file, or a part of it, is not taken. Each has words in both languages under {@code finding.<name>}. */
public enum Reason {
    /** The file is larger than what is read at all. */
    TOO_LARGE,
    /** The octets are not UTF-8, or not JSON. */
    NOT_JSON,
    /** The file says of itself that it is of a version that nobody here knows. */
    UNKNOWN_VERSION,
    /** A member that the format demands is not there. */
    MISSING,
    /** A value of another JSON type than the format states. */
    WRONG_TYPE,
    /** A number outside what the field can mean. */
    OUT_OF_RANGE,
    /** A text longer than its limit. */
    TOO_LONG,
    /** A text with control, direction or unassigned characters. */
    NOT_PRINTABLE,
    /** A value that the closed list of the format does not have. */
    NOT_IN_LIST,
    /** Not an address of the IP version that the field states. */
    NOT_AN_ADDRESS,
    /** Not a prefix, or one with bits set behind its length. */
    NOT_A_PREFIX,
    /** Not an ISO 8601 date or time. */
    NOT_A_TIME,
    /** Not an http or https address. */
    NOT_A_LINK,
    /** Not a MAC address of six octets. */
    NOT_A_MAC,
    /** A line that the format does not know. */
    NOT_A_LINE,
    /** The same AS number stands twice. */
    DUPLICATE_ASN,
    /** The same identifier stands twice. */
    DUPLICATE_ID,
    /** The same address stands with two members. */
    DUPLICATE_ADDRESS,
    /** Two prefixes or ranges hold the same addresses. */
    OVERLAPPING_PREFIX,
    /** An identifier points at nothing in this file. */
    UNKNOWN_REFERENCE,
    /** An address lies outside the network that it is said to be in. */
    OUTSIDE_NETWORK,
    /** The number of records differs from what the file states. */
    COUNT_DIFFERS,
    /** A list is longer than what is read. */
    TOO_MANY,
    /** The field names people: left out, unread. */
    NAMES_PEOPLE
}
