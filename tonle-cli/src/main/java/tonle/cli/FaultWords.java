// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.util.Locale;
import tonle.wire.Fault;

/** Faults in words, for messages of this program; pages have theirs in two languages. */
final class FaultWords {
    private FaultWords() {}

    /** The word in JSON and tables: {@code setLengthInvalid}. */
    static String key(Fault fault) {
        String[] words = fault.name().toLowerCase(Locale.ROOT).split("_");
        StringBuilder key = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return key.toString();
    }

    static String of(Fault fault) {
        return switch (fault) {
            case CAPTURE_FORMAT_UNKNOWN -> "no pcap, pcapng, IPFIX file or flow datagram";
            case CAPTURE_TRUNCATED -> "the file ends inside a packet or message";
            case CAPTURE_PACKET_INVALID -> "a packet contradicts its own length";
            case FRAGMENT_INCOMPLETE -> "fragments of a datagram are missing";
            case UNKNOWN_VERSION,
                    HEADER_TRUNCATED,
                    COUNT_CONTRADICTS_LENGTH,
                    MESSAGE_LENGTH_MISMATCH,
                    SET_LENGTH_INVALID,
                    TEMPLATE_TRUNCATED,
                    TEMPLATE_ID_RESERVED,
                    OPTIONS_SCOPE_INVALID,
                    TEMPLATE_EMPTY,
                    TEMPLATE_TOO_LARGE,
                    RECORD_TRUNCATED,
                    RECORDS_TOO_MANY,
                    SAMPLE_TRUNCATED,
                    SAMPLE_RECORD_TRUNCATED,
                    AGENT_ADDRESS_INVALID ->
                fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
