// SPDX-License-Identifier: Apache-2.0
package tonle.wire;

/**
 * Every way in which received octets can break their format. One constant a condition: it is counted by (source,
 * fault), named in two languages and produced by at least one test vector.
 */
public enum Fault {
    /** The first octets name no flow export version that Tonle reads. */
    UNKNOWN_VERSION,
    /** The datagram ends inside its header. */
    HEADER_TRUNCATED,
    /** NetFlow v5: the record count is above 30 or does not fit the datagram's length; rejected whole. */
    COUNT_CONTRADICTS_LENGTH,
    /** IPFIX: the length in the header is shorter than the header, or differs from the octets that came. */
    MESSAGE_LENGTH_MISMATCH,
    /** A set is shorter than its own header, or runs past the end of its message. */
    SET_LENGTH_INVALID,
    /** A template or options template ends before its last field specifier. */
    TEMPLATE_TRUNCATED,
    /** A template's id is below 256 (RFC 7011 section 3.4.1). */
    TEMPLATE_ID_RESERVED,
    /** An options template without scope fields, or with more of them than fields (RFC 7011 section 3.4.2.2). */
    OPTIONS_SCOPE_INVALID,
    /** All fields of a template have length zero, so that a record would have no octets. */
    TEMPLATE_EMPTY,
    /** More fields than a template may have here. */
    TEMPLATE_TOO_LARGE,
    /** A data record with variable-length fields ends past its set (RFC 7011 section 7). */
    RECORD_TRUNCATED,
    /** More records in one datagram than the stated bound. */
    RECORDS_TOO_MANY,
    /** sFlow: a sample is longer than the rest of its datagram. */
    SAMPLE_TRUNCATED,
    /** sFlow: a flow or counter record is longer than the rest of its sample. */
    SAMPLE_RECORD_TRUNCATED,
    /** sFlow: the agent address is neither IPv4 nor IPv6. */
    AGENT_ADDRESS_INVALID,
    /** Capture: the file's magic number is no pcap, pcapng or flow file. */
    CAPTURE_FORMAT_UNKNOWN,
    /** Capture: a packet or block runs past the end of the file. */
    CAPTURE_TRUNCATED,
    /** Capture: an Ethernet, IP or UDP header inside the capture contradicts its length. */
    CAPTURE_PACKET_INVALID,
    /** Capture: IPv4 fragments that never became whole within the stated bound. */
    FRAGMENT_INCOMPLETE
}
