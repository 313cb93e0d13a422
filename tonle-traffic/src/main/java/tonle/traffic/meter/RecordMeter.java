// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import tonle.traffic.ProtocolClass;
import tonle.traffic.exporter.Rate;
import tonle.traffic.exporter.RecordPlan;
import tonle.traffic.exporter.Session;
import tonle.traffic.exporter.Source;
import tonle.traffic.meter.Attribution.Ports;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.InterfaceFormat;
import tonle.wire.flow.SampledPacket;
import tonle.wire.flow.SflowSample;
import tonle.wire.flow.Slot;

/**
 * From one decoded record or sample to its bookings: which counter (flows.md 4.4), when, at which rate (4.5), delivered
 * or not, which sides. Every octet that is counted as decoded ends here as booked, rejected by a named rule, or
 * refused.
 */
final class RecordMeter {
    /** Shorter packets are padded to this (IEEE 802.3 section 3.2.8): such a frame says nothing of its packet. */
    private static final int ETHERNET_PAYLOAD_OCTETS_MIN = 46;

    private static final long STATUS_DROPPED = 2;
    private static final long EVENT_DELETED = 2;
    private static final long EVENT_DENIED = 3;
    private static final long EVENT_UPDATE = 5;
    private static final int ACTIVE_TIMEOUT_SECONDS_DEFAULT = 1_800;
    static final int ACTIVE_TIMEOUT_SECONDS_MAX = 3_600;

    private final ConservationSums sums;
    private final Booking booking;
    private final long oldestMillis;
    private final FlowTime time = new FlowTime();
    private Attribution attribution;

    RecordMeter(ConservationSums sums, Booking booking, long oldestMillis) {
        this.sums = sums;
        this.booking = booking;
        this.oldestMillis = oldestMillis;
    }

    void use(Attribution newAttribution) {
        attribution = newAttribution;
        booking.attribution = newAttribution;
    }

    static int activeTimeoutSeconds(Exporter exporter) {
        int seconds = exporter.activeTimeoutSeconds();
        return seconds <= 0 ? ACTIVE_TIMEOUT_SECONDS_DEFAULT : Math.min(seconds, ACTIVE_TIMEOUT_SECONDS_MAX);
    }

    void flow(FlowRecord record, RecordPlan plan, Session session, long arrivalMillis) {
        Source source = session.source();
        long octets = plan.octets(record);
        long reverse = plan.reverseOctets(record);
        if (isImplausible(octets) || isImplausible(reverse)) {
            sums.reject(Rejection.COUNTER_IMPLAUSIBLE, 0);
            source.countImplausible();
            source.countRecord(0);
            return;
        }
        long raw = octets + reverse;
        sums.decode(raw);
        source.countRecord(raw);
        Exporter exporter = source.exporter();
        Ports ports = exporter == null ? null : attribution.ports(exporter.id());
        if (ports == null) {
            refuse(source, raw);
            return;
        }
        Rejection verdict = verdict(record, plan, session, exporter);
        if (verdict != null) {
            reject(source, verdict, raw);
            return;
        }
        boolean inRange = plan.hasFirewallEvent()
                ? setFirewallTime(record, session, exporter, arrivalMillis)
                : setTime(record, source, exporter, record.startMillis(), record.endMillis(), arrivalMillis);
        if (!inRange) {
            reject(source, Rejection.TIME_OUT_OF_RANGE, raw);
            return;
        }
        bookBoth(record, plan, session, ports, octets, reverse);
    }

    /** Both directions of a record (RFC 5103), each booked on its own links; a direction without traffic is no flow. */
    private void bookBoth(
            FlowRecord record, RecordPlan plan, Session session, Ports ports, long octets, long reverseOctets) {
        Source source = session.source();
        Exporter exporter = ports.exporter;
        long ingress = interfaceIndex(record.value(Slot.INGRESS_INTERFACE));
        long egress = interfaceIndex(record.value(Slot.EGRESS_INTERFACE));
        Rate rate = session.rate(record, plan, time.endMillis(), ingress, egress);
        if (!rate.isKnown()) {
            source.countUnscaled();
        }
        booking.at(ports, side(record, plan, exporter));
        booking.ingress = ingress;
        booking.egress = egress;
        booking.startMillis = time.startMillis();
        booking.endMillis = time.endMillis();
        setKeys(record);
        long packets = plan.packets(record);
        long reversePackets = plan.reversePackets(record);
        boolean forward = octets > 0 || packets > 0 || reverseOctets == 0 && reversePackets == 0;
        if (forward) {
            bookOne(source, exporter, rate, octets, packets);
        }
        if (reverseOctets > 0 || reversePackets > 0) {
            booking.reverse();
            bookOne(source, exporter, rate, reverseOctets, reversePackets);
        }
    }

    /** An ifIndex has 32 bits (RFC 2863 section 3.1.5), whatever length its field has; 0 for none. */
    private static long interfaceIndex(long value) {
        return value < 0 || value > 0xFFFF_FFFFL ? 0 : value;
    }

    private void setKeys(FlowRecord record) {
        FlowRecord r = record;
        SampledPacket frame = r.template().has(Slot.DATA_LINK_FRAME_SECTION) ? r.frame() : null;
        if (frame != null && frame.hasIp()) {
            booking.sourceNetwork = frame.sourceNetwork();
            booking.destinationNetwork = frame.destinationNetwork();
            booking.ipVersion = frame.ipVersion();
            booking.protocol(ProtocolClass.of(frame.protocol()));
        } else {
            booking.sourceNetwork = r.sourceNetwork();
            booking.destinationNetwork = r.destinationNetwork();
            booking.ipVersion = r.ipVersion();
            booking.protocol(ProtocolClass.of((int) r.value(Slot.PROTOCOL_IDENTIFIER)));
        }
        booking.sourceAsn = r.value(Slot.BGP_SOURCE_AS_NUMBER);
        booking.destinationAsn = r.value(Slot.BGP_DESTINATION_AS_NUMBER);
    }

    private void bookOne(Source source, Exporter exporter, Rate rate, long raw, long packets) {
        boolean plausiblePackets = packets >= 0 && packets <= ConservationSums.RECORD_OCTETS_MAX;
        long sampledPackets = plausiblePackets ? packets : 0;
        Rate factor = exporter.scalesItself() ? Rate.NONE : rate;
        long octets = factor.scale(raw);
        long scaledPackets = factor.scale(sampledPackets);
        if (octets == Rate.IMPLAUSIBLE || scaledPackets == Rate.IMPLAUSIBLE) {
            reject(source, Rejection.COUNTER_IMPLAUSIBLE, raw);
            source.countImplausible();
            return;
        }
        double n = rate.factor();
        // An exporter that has scaled already saw a fraction of what it says.
        double seen = exporter.scalesItself() ? n : 1;
        booking.rawOctets = raw;
        booking.octets = octets;
        booking.interfaceOctets = octets;
        booking.packets = scaledPackets;
        booking.variance = SamplingError.ofRecord(n, sampledPackets / seen, raw / seen);
        booking.unscaled = !rate.isKnown() && !exporter.scalesItself();
        if (!booking.book()) {
            reject(source, Rejection.NO_METERED_LINK, raw);
        }
    }

    private Rejection verdict(FlowRecord record, RecordPlan plan, Session session, Exporter exporter) {
        if (plan.hasForwardingStatus()) {
            // RFC 7270 section 4.12: the top two bits of the octet are the status, 10 means dropped.
            long status = record.value(Slot.FORWARDING_STATUS);
            if (status != FlowRecord.ABSENT && (status >>> 6 & 3) == STATUS_DROPPED) {
                return Rejection.NOT_DELIVERED;
            }
        }
        if (plan.hasFlowDirection()) {
            session.source().noteDirection(record.value(Slot.FLOW_DIRECTION));
        }
        if (exporter.kind() == ExporterKind.BOTH && side(record, plan, exporter) == null) {
            session.source().countDirectionUnknown();
            return Rejection.DIRECTION_UNKNOWN;
        }
        return plan.hasFirewallEvent() ? firewallVerdict(record, session) : null;
    }

    /**
     * A firewall's events (NSEL): an update brings what passed since the last one, and one more comes with the
     * teardown for the rest. The teardown's own total repeats them all, but for a connection that ended before its
     * first update: that one has nothing else (Cisco ASA NetFlow Implementation Guide, flow update events). So
     * nothing has to be remembered of any connection.
     */
    private static Rejection firewallVerdict(FlowRecord record, Session session) {
        long event = record.value(Slot.FIREWALL_EVENT);
        if (event == EVENT_DENIED) {
            return Rejection.NOT_DELIVERED;
        }
        long start = record.startMillis();
        long age = start < 0 ? -1 : eventMillis(record) - start;
        if (event == EVENT_UPDATE) {
            session.noteUpdate(age);
        } else if (event == EVENT_DELETED && session.hasUpdates()) {
            boolean hadNoUpdate = start >= 0 && age < session.updateIntervalMillis();
            return hadNoUpdate ? null : Rejection.TOTAL_BESIDE_UPDATES;
        }
        return null;
    }

    /** When a firewall's event was: its own word (323), for the message waits until it is full. */
    private static long eventMillis(FlowRecord record) {
        long observed = record.value(Slot.OBSERVATION_TIME_MILLISECONDS);
        long end = observed > 0 ? observed : record.endMillis();
        return end >= 0 ? end : record.header().exportMillis();
    }

    /** An update's octets are of its last interval, not of all the time since the connection began. */
    private boolean setFirewallTime(FlowRecord record, Session session, Exporter exporter, long arrivalMillis) {
        long end = eventMillis(record);
        boolean update = record.value(Slot.FIREWALL_EVENT) == EVENT_UPDATE;
        long start = record.startMillis();
        return setTime(
                record,
                session.source(),
                exporter,
                update && start >= 0 ? Math.max(start, end - session.updateIntervalMillis()) : start,
                end,
                arrivalMillis);
    }

    private boolean setTime(
            FlowRecord record, Source source, Exporter exporter, long start, long end, long arrivalMillis) {
        return time.set(
                start,
                end,
                record.header().exportMillis(),
                source.clockCorrectionMillis(),
                arrivalMillis,
                activeTimeoutSeconds(exporter) * 1_000L,
                oldestMillis);
    }

    /** Which sides the record speaks for; {@code null} where an exporter of both kinds does not say. */
    private static Booking.Side side(FlowRecord record, RecordPlan plan, Exporter exporter) {
        if (exporter.kind() != ExporterKind.BOTH) {
            return Booking.Side.BOTH;
        }
        long direction = plan.hasFlowDirection() ? record.value(Slot.FLOW_DIRECTION) : FlowRecord.ABSENT;
        return direction == 0 ? Booking.Side.INGRESS : direction == 1 ? Booking.Side.EGRESS : null;
    }

    /** One sFlow sample: octets of layer 3 where the sampled headers show IP, else of the frame. */
    void sample(SflowSample sample, Session session, long arrivalMillis, boolean discarded) {
        Source source = session.source();
        SampledPacket packet = sample.packet();
        long frameOctets = Math.max(0, sample.frameOctets());
        Exporter exporter = source.exporter();
        boolean layer2 = exporter != null && exporter.countsLayer2();
        long raw = packet.hasIp() && !layer2 ? ipOctets(sample, frameOctets) : frameOctets;
        if (isImplausible(raw) || isImplausible(frameOctets)) {
            sums.reject(Rejection.COUNTER_IMPLAUSIBLE, 0);
            source.countImplausible();
            source.countSample(0);
            return;
        }
        sums.decode(raw);
        source.countSample(raw);
        Ports ports = exporter == null ? null : attribution.ports(exporter.id());
        long ingress = sample.inputFormat() == InterfaceFormat.INDEX ? sample.inputValue() : 0;
        long egress = sample.outputFormat() == InterfaceFormat.INDEX ? sample.outputValue() : 0;
        // The track of samples sees every sample, booked or not: else it would call the others lost.
        long weight = discarded ? 1 : session.sampleWeight(sample, arrivalMillis, ingress, egress);
        if (ports == null) {
            refuse(source, raw);
            return;
        }
        if (discarded || sample.outputFormat() == InterfaceFormat.DISCARD) {
            reject(source, Rejection.NOT_DELIVERED, raw);
            return;
        }
        Booking.Side side = sampleSide(sample, exporter, ingress, egress);
        if (side == null) {
            source.countDirectionUnknown();
            reject(source, Rejection.DIRECTION_UNKNOWN, raw);
            return;
        }
        boolean unscaled = weight == 0;
        if (unscaled) {
            source.countUnscaled();
        }
        long factor = unscaled || exporter.scalesItself() ? 1 : weight;
        booking.at(ports, side);
        booking.ingress = ingress;
        booking.egress = egress;
        booking.sourceNetwork = packet.sourceNetwork();
        booking.destinationNetwork = packet.destinationNetwork();
        booking.sourceAsn = sample.sourceAsn();
        booking.destinationAsn = sample.destinationAsn();
        booking.ipVersion = packet.ipVersion();
        booking.protocol(ProtocolClass.of(packet.protocol()));
        booking.startMillis = arrivalMillis;
        booking.endMillis = arrivalMillis;
        bookSample(source, raw, frameOctets, factor, unscaled);
    }

    /** What the IP header states; where it states no length, what the frame has behind its link layer. */
    private static long ipOctets(SflowSample sample, long frameOctets) {
        SampledPacket packet = sample.packet();
        long stated = packet.ipTotalOctets();
        if (!packet.isLengthUnstated()) {
            return stated;
        }
        long ofFrame = frameOctets - Math.max(0, sample.strippedOctets()) - packet.ipOffsetOctets();
        return ofFrame > ETHERNET_PAYLOAD_OCTETS_MIN ? ofFrame : stated;
    }

    private void bookSample(Source source, long raw, long frameOctets, long factor, boolean unscaled) {
        long octets = raw * factor;
        if (Math.multiplyHigh(raw, factor) != 0 || octets < 0 || octets > Rate.AMOUNT_MAX) {
            reject(source, Rejection.COUNTER_IMPLAUSIBLE, raw);
            source.countImplausible();
            return;
        }
        booking.rawOctets = raw;
        booking.octets = octets;
        booking.interfaceOctets = Math.min(Rate.AMOUNT_MAX, frameOctets * factor);
        booking.packets = factor;
        booking.variance = SamplingError.ofPacket(factor, raw);
        booking.unscaled = unscaled;
        if (!booking.book()) {
            reject(source, Rejection.NO_METERED_LINK, raw);
        }
    }

    /** An agent that samples on entry and on exit says where by the sample's source: a port's ifIndex (type 0). */
    private static Booking.Side sampleSide(SflowSample sample, Exporter exporter, long ingress, long egress) {
        if (exporter.kind() != ExporterKind.BOTH) {
            return Booking.Side.BOTH;
        }
        boolean isPort = sample.sourceType() == 0;
        if (isPort && sample.sourceIndex() == ingress) {
            return Booking.Side.INGRESS;
        }
        return isPort && sample.sourceIndex() == egress ? Booking.Side.EGRESS : null;
    }

    private void reject(Source source, Rejection rejection, long raw) {
        sums.reject(rejection, raw);
        source.countUnbooked(raw);
    }

    private void refuse(Source source, long raw) {
        sums.refuse(raw);
        source.countRefusedRecord();
        source.countUnbooked(raw);
    }

    private static boolean isImplausible(long octets) {
        return octets < 0 || octets > ConservationSums.RECORD_OCTETS_MAX;
    }
}
