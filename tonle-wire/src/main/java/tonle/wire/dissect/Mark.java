// SPDX-License-Identifier: Apache-2.0
package tonle.wire.dissect;

import tonle.wire.Fault;
import tonle.wire.flow.FlowProtocol;

/**
 * What is wrong at a place of a datagram.
 *
 * @param reference the text that says how it should be, such as {@code RFC 7011 section 3.3.2}
 */
public record Mark(Fault fault, String reference) {
    private static final String SFLOW = "sFlow version 5 section 5";
    private static final String CAPTURE = "draft-ietf-opsawg-pcap";

    static Mark of(Fault fault, FlowProtocol protocol) {
        return new Mark(fault, reference(fault, protocol));
    }

    private static String reference(Fault fault, FlowProtocol protocol) {
        return switch (fault) {
            case UNKNOWN_VERSION -> "RFC 7011 section 3.1, RFC 3954 section 5.1, " + SFLOW;
            case HEADER_TRUNCATED ->
                switch (protocol) {
                    case NETFLOW5 -> "NetFlow version 5 header, 24 octets";
                    case NETFLOW9 -> "RFC 3954 section 5.1";
                    case IPFIX -> "RFC 7011 section 3.1";
                    case SFLOW5 -> SFLOW;
                };
            case COUNT_CONTRADICTS_LENGTH -> "NetFlow version 5: 24 octets and 48 for each of 1 to 30 records";
            case MESSAGE_LENGTH_MISMATCH -> "RFC 7011 section 3.1";
            case SET_LENGTH_INVALID -> isIpfix(protocol) ? "RFC 7011 section 3.3.2" : "RFC 3954 section 5.2";
            case TEMPLATE_TRUNCATED -> isIpfix(protocol) ? "RFC 7011 section 3.4.1" : "RFC 3954 section 5.2";
            case TEMPLATE_ID_RESERVED -> isIpfix(protocol) ? "RFC 7011 section 3.4.1" : "RFC 3954 section 5.2";
            case OPTIONS_SCOPE_INVALID -> isIpfix(protocol) ? "RFC 7011 section 3.4.2.2" : "RFC 3954 section 6.1";
            case TEMPLATE_EMPTY -> isIpfix(protocol) ? "RFC 7011 section 3.4.1" : "RFC 3954 section 5.2";
            case TEMPLATE_TOO_LARGE -> "a limit of this collector";
            case RECORD_TRUNCATED -> isIpfix(protocol) ? "RFC 7011 sections 3.4.3 and 7" : "RFC 3954 section 5.3";
            case RECORDS_TOO_MANY -> "a limit of this collector";
            case SAMPLE_TRUNCATED, SAMPLE_RECORD_TRUNCATED, AGENT_ADDRESS_INVALID -> SFLOW;
            case CAPTURE_FORMAT_UNKNOWN, CAPTURE_TRUNCATED, CAPTURE_PACKET_INVALID -> CAPTURE;
            case FRAGMENT_INCOMPLETE -> "RFC 791 section 3.2, RFC 8200 section 4.5";
        };
    }

    private static boolean isIpfix(FlowProtocol protocol) {
        return protocol == FlowProtocol.IPFIX;
    }
}
