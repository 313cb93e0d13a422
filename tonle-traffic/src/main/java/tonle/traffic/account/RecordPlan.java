// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;

/**
 * Which elements of a template hold what an account asks, chosen once a template. The order of counters is the
 * account's contract: 1/2, else 85/86, else 231/298, else 23/24; the other direction 29305/1-2, 29305/85-86 or 232/299.
 * It differs from live metering (flows.md 4.4), which also judges what a total counter counts.
 */
final class RecordPlan {
    /** What a record has no element for. */
    private static final Slot NONE = null;

    final Template template;
    final Slot octets;
    final Slot packets;
    final Slot reverseOctets;
    final Slot reversePackets;
    final boolean hasReverse;
    final boolean hasRate;
    final boolean hasFrame;
    final Slot selector;
    /** Times count from the start of the exporter, which its options tell: IPFIX alone has no uptime in its header. */
    final boolean hasUptimes;

    private RecordPlan(Template template) {
        this.template = template;
        octets = first(
                template,
                Slot.OCTET_DELTA_COUNT,
                Slot.OCTET_TOTAL_COUNT,
                Slot.INITIATOR_OCTETS,
                Slot.POST_OCTET_DELTA_COUNT);
        packets = first(
                template,
                Slot.PACKET_DELTA_COUNT,
                Slot.PACKET_TOTAL_COUNT,
                Slot.INITIATOR_PACKETS,
                Slot.POST_PACKET_DELTA_COUNT);
        reverseOctets =
                first(template, Slot.REVERSE_OCTET_DELTA_COUNT, Slot.REVERSE_OCTET_TOTAL_COUNT, Slot.RESPONDER_OCTETS);
        reversePackets = first(
                template, Slot.REVERSE_PACKET_DELTA_COUNT, Slot.REVERSE_PACKET_TOTAL_COUNT, Slot.RESPONDER_PACKETS);
        hasReverse = reverseOctets != NONE || reversePackets != NONE;
        hasRate = first(
                        template,
                        Slot.SAMPLING_INTERVAL,
                        Slot.SAMPLER_RANDOM_INTERVAL,
                        Slot.SAMPLING_PACKET_INTERVAL,
                        Slot.SAMPLING_POPULATION)
                != NONE;
        hasFrame = template.has(Slot.DATA_LINK_FRAME_SECTION) || template.has(Slot.DATA_LINK_FRAME_SIZE);
        selector = first(template, Slot.SELECTOR_ID, Slot.SAMPLER_ID);
        hasUptimes = template.protocol() == FlowProtocol.IPFIX
                && !template.isOptions()
                && template.has(Slot.FLOW_START_SYS_UP_TIME)
                && !template.has(Slot.SYSTEM_INIT_TIME_MILLISECONDS);
    }

    static RecordPlan of(Template template) {
        return new RecordPlan(template);
    }

    /** The number in {@code slot}; 0 where the record has none or where it is past all counting. */
    static long count(FlowRecord record, Slot slot) {
        return slot == NONE ? 0 : Math.max(0, record.value(slot));
    }

    /**
     * The rate that the record itself states, in the order 34, 50, 305 with 306, 309 with 310 (flows.md 4.5), or
     * {@code null}.
     */
    static Rate rate(FlowRecord record) {
        Template template = record.template();
        for (Slot interval : INTERVALS) {
            if (template.has(interval) && record.value(interval) > 0) {
                return new Rate(record.value(interval), 1);
            }
        }
        if (template.has(Slot.SAMPLING_PACKET_INTERVAL) && record.value(Slot.SAMPLING_PACKET_INTERVAL) > 0) {
            long sampled = record.value(Slot.SAMPLING_PACKET_INTERVAL);
            long space = template.has(Slot.SAMPLING_PACKET_SPACE)
                    ? Math.max(0, record.value(Slot.SAMPLING_PACKET_SPACE))
                    : 0;
            // Without its partner 305 is what 34 is: one in so many (lab exporters send it beside 34).
            return template.has(Slot.SAMPLING_PACKET_SPACE) ? new Rate(sampled + space, sampled) : new Rate(sampled, 1);
        }
        boolean hasBoth = template.has(Slot.SAMPLING_POPULATION) && template.has(Slot.SAMPLING_SIZE);
        if (hasBoth && record.value(Slot.SAMPLING_SIZE) > 0) {
            long sampled = record.value(Slot.SAMPLING_SIZE);
            return new Rate(Math.max(sampled, record.value(Slot.SAMPLING_POPULATION)), sampled);
        }
        return null;
    }

    private static final Slot[] INTERVALS = {Slot.SAMPLING_INTERVAL, Slot.SAMPLER_RANDOM_INTERVAL};

    private static Slot first(Template template, Slot... slots) {
        for (Slot slot : slots) {
            if (template.has(slot)) {
                return slot;
            }
        }
        return NONE;
    }
}
