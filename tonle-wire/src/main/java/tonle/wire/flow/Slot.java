// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.util.Arrays;

/**
 * The information elements that Tonle reads, by their IANA names (RFC 7012), and no others: what has no slot is skipped
 * by its length, unread. NetFlow v5 and v9 fields are named after their IPFIX elements.
 */
public enum Slot {
    OCTET_DELTA_COUNT(0, 1),
    PACKET_DELTA_COUNT(0, 2),
    PROTOCOL_IDENTIFIER(0, 4),
    SOURCE_IPV4_ADDRESS(0, 8),
    SOURCE_IPV4_PREFIX_LENGTH(0, 9),
    INGRESS_INTERFACE(0, 10),
    DESTINATION_IPV4_ADDRESS(0, 12),
    DESTINATION_IPV4_PREFIX_LENGTH(0, 13),
    EGRESS_INTERFACE(0, 14),
    BGP_SOURCE_AS_NUMBER(0, 16),
    BGP_DESTINATION_AS_NUMBER(0, 17),
    FLOW_END_SYS_UP_TIME(0, 21),
    FLOW_START_SYS_UP_TIME(0, 22),
    POST_OCTET_DELTA_COUNT(0, 23),
    POST_PACKET_DELTA_COUNT(0, 24),
    SOURCE_IPV6_ADDRESS(0, 27),
    DESTINATION_IPV6_ADDRESS(0, 28),
    SOURCE_IPV6_PREFIX_LENGTH(0, 29),
    DESTINATION_IPV6_PREFIX_LENGTH(0, 30),
    SAMPLING_INTERVAL(0, 34),
    SAMPLING_ALGORITHM(0, 35),
    EXPORTED_MESSAGE_TOTAL_COUNT(0, 41),
    EXPORTED_FLOW_RECORD_TOTAL_COUNT(0, 42),
    SOURCE_IPV4_PREFIX(0, 44),
    DESTINATION_IPV4_PREFIX(0, 45),
    SAMPLER_ID(0, 48),
    SAMPLER_MODE(0, 49),
    SAMPLER_RANDOM_INTERVAL(0, 50),
    IP_VERSION(0, 60),
    FLOW_DIRECTION(0, 61),
    OCTET_TOTAL_COUNT(0, 85),
    PACKET_TOTAL_COUNT(0, 86),
    FORWARDING_STATUS(0, 89),
    FLOW_END_REASON(0, 136),
    METERING_PROCESS_ID(0, 143),
    EXPORTING_PROCESS_ID(0, 144),
    OBSERVATION_DOMAIN_ID(0, 149),
    FLOW_START_SECONDS(0, 150),
    FLOW_END_SECONDS(0, 151),
    FLOW_START_MILLISECONDS(0, 152),
    FLOW_END_MILLISECONDS(0, 153),
    FLOW_START_MICROSECONDS(0, 154),
    FLOW_END_MICROSECONDS(0, 155),
    FLOW_START_NANOSECONDS(0, 156),
    FLOW_END_NANOSECONDS(0, 157),
    FLOW_START_DELTA_MICROSECONDS(0, 158),
    FLOW_END_DELTA_MICROSECONDS(0, 159),
    SYSTEM_INIT_TIME_MILLISECONDS(0, 160),
    IGNORED_PACKET_TOTAL_COUNT(0, 164),
    IGNORED_OCTET_TOTAL_COUNT(0, 165),
    NOT_SENT_FLOW_TOTAL_COUNT(0, 166),
    NOT_SENT_PACKET_TOTAL_COUNT(0, 167),
    NOT_SENT_OCTET_TOTAL_COUNT(0, 168),
    DESTINATION_IPV6_PREFIX(0, 169),
    SOURCE_IPV6_PREFIX(0, 170),
    INITIATOR_OCTETS(0, 231),
    RESPONDER_OCTETS(0, 232),
    FIREWALL_EVENT(0, 233),
    BIFLOW_DIRECTION(0, 239),
    INITIATOR_PACKETS(0, 298),
    RESPONDER_PACKETS(0, 299),
    SELECTOR_ID(0, 302),
    SELECTOR_ALGORITHM(0, 304),
    SAMPLING_PACKET_INTERVAL(0, 305),
    SAMPLING_PACKET_SPACE(0, 306),
    SAMPLING_SIZE(0, 309),
    SAMPLING_POPULATION(0, 310),
    SAMPLING_PROBABILITY(0, 311),
    DATA_LINK_FRAME_SIZE(0, 312),
    DATA_LINK_FRAME_SECTION(0, 315),
    OBSERVATION_TIME_MILLISECONDS(0, 323),
    LAYER2_OCTET_DELTA_COUNT(0, 352),
    LAYER2_OCTET_TOTAL_COUNT(0, 353),
    DATA_LINK_FRAME_TYPE(0, 408),
    SECTION_OFFSET(0, 409),
    SECTION_EXPORTED_OCTETS(0, 410),
    REVERSE_OCTET_DELTA_COUNT(29305, 1),
    REVERSE_PACKET_DELTA_COUNT(29305, 2),
    REVERSE_OCTET_TOTAL_COUNT(29305, 85),
    REVERSE_PACKET_TOTAL_COUNT(29305, 86),
    REVERSE_FLOW_START_MILLISECONDS(29305, 152),
    REVERSE_FLOW_END_MILLISECONDS(29305, 153),
    /** The interface that options of NetFlow v9 are about: a scope field, which has numbers of its own. */
    SCOPE_INTERFACE(-1, 2);

    /** RFC 5103 section 6.1: the enterprise number whose elements mirror the others in the other direction. */
    public static final int REVERSE_ENTERPRISE = 29305;

    /** RFC 3954 section 6.1: the scope field type of an interface. */
    static final int NETFLOW9_SCOPE_INTERFACE = 2;

    static final int COUNT = values().length;

    private static final int ELEMENT_COUNT = 512;
    private static final byte[] BY_ELEMENT = table(0);
    private static final byte[] BY_REVERSE_ELEMENT = table(REVERSE_ENTERPRISE);

    private final int enterprise;
    private final int element;

    Slot(int enterprise, int element) {
        this.enterprise = enterprise;
        this.element = element;
    }

    public int enterprise() {
        return enterprise;
    }

    public int element() {
        return element;
    }

    /** The ordinal of the slot for an element, or -1 where it has none and is to be skipped. */
    static int ordinalOf(int enterprise, int element) {
        if (element >= ELEMENT_COUNT) {
            return -1;
        }
        return switch (enterprise) {
            case 0 -> BY_ELEMENT[element];
            case REVERSE_ENTERPRISE -> BY_REVERSE_ELEMENT[element];
            default -> -1;
        };
    }

    private static byte[] table(int enterprise) {
        byte[] ordinals = new byte[ELEMENT_COUNT];
        Arrays.fill(ordinals, (byte) -1);
        for (Slot slot : values()) {
            if (slot.enterprise == enterprise) {
                ordinals[slot.element] = (byte) slot.ordinal();
            }
        }
        return ordinals;
    }
}
