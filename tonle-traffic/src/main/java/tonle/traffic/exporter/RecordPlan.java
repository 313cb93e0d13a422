// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;

/**
 * What records after one template can tell an account, found once when the template comes: which counters are the
 * traffic (flows.md 4.4), where the sampling rate may stand (4.5), which verdicts to heed. Immutable.
 */
public final class RecordPlan {
    /** Which counters are the traffic; exactly one, never a sum of several. */
    public enum Counting {
        /** Elements 1 and 2: octets and packets since the flow's last record. */
        DELTA,
        /** Elements 231, 298 and in reverse 232, 299: a firewall's initiator and responder. */
        INITIATOR,
        /**
         * Elements 85 and 86 of one flow: only beside flow keys and without deltas, else they may be the whole
         * domain's.
         */
        TOTAL,
        /** Element 315 or 312: each record is one packet; octets from its IP header, else from the frame's size. */
        FRAME,
        /** Element 352: octets of layer 2, where there is nothing else. */
        LAYER2,
        /** Nothing that counts traffic. */
        NOTHING
    }

    private final Counting counting;
    private final Slot octets;
    private final Slot packets;
    private final Slot reverseOctets;
    private final Slot reversePackets;
    private final Slot selector;
    private final boolean rateInRecord;
    private final boolean probabilityIsDouble;
    private final boolean forwardingStatus;
    private final boolean firewallEvent;
    private final boolean flowDirection;
    private final boolean initTime;
    private final boolean statedCounts;
    private final boolean rateOfInterface;

    private RecordPlan(Template template) {
        counting = counting(template);
        octets = switch (counting) {
            case DELTA -> Slot.OCTET_DELTA_COUNT;
            case INITIATOR -> Slot.INITIATOR_OCTETS;
            case TOTAL -> Slot.OCTET_TOTAL_COUNT;
            case LAYER2 -> Slot.LAYER2_OCTET_DELTA_COUNT;
            case FRAME -> Slot.DATA_LINK_FRAME_SIZE;
            case NOTHING -> null;
        };
        packets = switch (counting) {
            case DELTA, LAYER2 -> Slot.PACKET_DELTA_COUNT;
            case INITIATOR -> Slot.INITIATOR_PACKETS;
            case TOTAL -> Slot.PACKET_TOTAL_COUNT;
            case FRAME, NOTHING -> null;
        };
        reverseOctets = reverse(template, true);
        reversePackets = reverse(template, false);
        selector = template.has(Slot.SELECTOR_ID)
                ? Slot.SELECTOR_ID
                : template.has(Slot.SAMPLER_ID) ? Slot.SAMPLER_ID : null;
        rateInRecord = template.has(Slot.SAMPLING_INTERVAL)
                || template.has(Slot.SAMPLER_RANDOM_INTERVAL)
                || template.has(Slot.SAMPLING_PACKET_INTERVAL)
                || template.has(Slot.SAMPLING_POPULATION)
                || template.has(Slot.SAMPLING_PROBABILITY);
        probabilityIsDouble = template.lengthOctets(Slot.SAMPLING_PROBABILITY) == 8;
        forwardingStatus = template.has(Slot.FORWARDING_STATUS);
        firewallEvent = template.has(Slot.FIREWALL_EVENT);
        flowDirection = template.has(Slot.FLOW_DIRECTION);
        initTime = template.has(Slot.SYSTEM_INIT_TIME_MILLISECONDS);
        rateOfInterface = template.isOptions()
                && selector == null
                && (template.has(Slot.SCOPE_INTERFACE)
                        || template.has(Slot.INGRESS_INTERFACE)
                        || template.has(Slot.EGRESS_INTERFACE));
        statedCounts = template.isOptions() && StatedCounts.isStatedBy(template::has);
    }

    public static RecordPlan of(Template template) {
        return new RecordPlan(template);
    }

    private static Counting counting(Template template) {
        if (template.isOptions()) {
            // Options data records are never traffic.
            return Counting.NOTHING;
        }
        if (template.has(Slot.OCTET_DELTA_COUNT)) {
            return Counting.DELTA;
        }
        if (template.has(Slot.INITIATOR_OCTETS) || template.has(Slot.RESPONDER_OCTETS)) {
            return Counting.INITIATOR;
        }
        if (template.has(Slot.OCTET_TOTAL_COUNT) && hasFlowKey(template)) {
            return Counting.TOTAL;
        }
        if (template.has(Slot.DATA_LINK_FRAME_SECTION) || template.has(Slot.DATA_LINK_FRAME_SIZE)) {
            return Counting.FRAME;
        }
        return template.has(Slot.LAYER2_OCTET_DELTA_COUNT) ? Counting.LAYER2 : Counting.NOTHING;
    }

    private static boolean hasFlowKey(Template template) {
        return template.has(Slot.PROTOCOL_IDENTIFIER)
                || template.has(Slot.SOURCE_IPV4_ADDRESS)
                || template.has(Slot.SOURCE_IPV6_ADDRESS)
                || template.has(Slot.SOURCE_IPV4_PREFIX)
                || template.has(Slot.SOURCE_IPV6_PREFIX)
                || template.has(Slot.INGRESS_INTERFACE);
    }

    private Slot reverse(Template template, boolean ofOctets) {
        Slot slot = switch (counting) {
            case DELTA -> ofOctets ? Slot.REVERSE_OCTET_DELTA_COUNT : Slot.REVERSE_PACKET_DELTA_COUNT;
            case TOTAL -> ofOctets ? Slot.REVERSE_OCTET_TOTAL_COUNT : Slot.REVERSE_PACKET_TOTAL_COUNT;
            case INITIATOR -> ofOctets ? Slot.RESPONDER_OCTETS : Slot.RESPONDER_PACKETS;
            case FRAME, LAYER2, NOTHING -> null;
        };
        return slot != null && template.has(slot) ? slot : null;
    }

    public Counting counting() {
        return counting;
    }

    public boolean hasForwardingStatus() {
        return forwardingStatus;
    }

    public boolean hasFirewallEvent() {
        return firewallEvent;
    }

    public boolean hasFlowDirection() {
        return flowDirection;
    }

    public boolean hasInitTime() {
        return initTime;
    }

    /**
     * Whether an options record's rate is that of an interface: it names one (in its scope or beside it) and no
     * selector.
     */
    boolean hasRateOfInterface() {
        return rateOfInterface;
    }

    /** Options data that state the exporter's own counts of what it sent and could not send. */
    boolean hasStatedCounts() {
        return statedCounts;
    }

    /** The selector (302) or sampler (48) of a record, or {@code null} where records name none. */
    public Slot selector() {
        return selector;
    }

    public boolean hasRateInRecord() {
        return rateInRecord;
    }

    public boolean hasReverse() {
        return reverseOctets != null;
    }

    /**
     * Octets of the record as sent, before any sampling rate; at least 0 but for counters above 2^63, which are
     * negative.
     */
    public long octets(FlowRecord record) {
        return switch (counting) {
            case DELTA, INITIATOR, TOTAL, LAYER2 -> orZero(record.value(octets));
            case FRAME -> {
                var frame = record.frame();
                boolean readable = frame != null && frame.hasIp();
                yield readable ? frame.ipTotalOctets() : orZero(record.value(octets));
            }
            case NOTHING -> 0;
        };
    }

    public long packets(FlowRecord record) {
        return switch (counting) {
            case DELTA, INITIATOR, TOTAL, LAYER2 -> orZero(record.value(packets));
            case FRAME -> 1;
            case NOTHING -> 0;
        };
    }

    public long reverseOctets(FlowRecord record) {
        return reverseOctets == null ? 0 : orZero(record.value(reverseOctets));
    }

    public long reversePackets(FlowRecord record) {
        return reversePackets == null ? 0 : orZero(record.value(reversePackets));
    }

    private static long orZero(long value) {
        return value == FlowRecord.ABSENT ? 0 : value;
    }

    /**
     * The rate that the record itself states, in the order 34, 50, 305 and 306, 309 and 310, 311 (RFC 5477 section 8),
     * or {@link Rate#NONE}. {@code before} is given back where it says the same, so that nothing is allocated.
     */
    public Rate rateInRecord(FlowRecord record, Rate before) {
        long interval = record.value(Slot.SAMPLING_INTERVAL);
        if (interval <= 0) {
            interval = record.value(Slot.SAMPLER_RANDOM_INTERVAL);
        }
        if (interval > 0) {
            return same(interval, 1, before);
        }
        long packetInterval = record.value(Slot.SAMPLING_PACKET_INTERVAL);
        long space = record.value(Slot.SAMPLING_PACKET_SPACE);
        if (packetInterval > 0 && space >= 0 && packetInterval <= Integer.MAX_VALUE && space <= 0xFFFF_FFFFL) {
            return same(packetInterval + space, packetInterval, before);
        }
        long size = record.value(Slot.SAMPLING_SIZE);
        long population = record.value(Slot.SAMPLING_POPULATION);
        if (size > 0 && population > 0) {
            return same(population, size, before);
        }
        long probabilityBits = record.value(Slot.SAMPLING_PROBABILITY);
        if (probabilityBits != FlowRecord.ABSENT) {
            double probability = probabilityIsDouble
                    ? Double.longBitsToDouble(probabilityBits)
                    : Float.intBitsToFloat((int) probabilityBits);
            return Rate.ofProbability(probability, RateSource.RECORD);
        }
        return Rate.NONE;
    }

    private static Rate same(long population, long sampled, Rate before) {
        boolean equal = before.isKnown()
                && Math.multiplyHigh(population, before.sampled()) == Math.multiplyHigh(sampled, before.population())
                && population * before.sampled() == sampled * before.population();
        return equal ? before : Rate.of(population, sampled, RateSource.RECORD);
    }
}
