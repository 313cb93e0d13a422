// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import static tonle.wire.Octets.number;
import static tonle.wire.Octets.u16;
import static tonle.wire.Octets.u24;
import static tonle.wire.Octets.u32;
import static tonle.wire.Octets.u48;
import static tonle.wire.Octets.u64;
import static tonle.wire.Octets.u8;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import tonle.base.Must;
import tonle.base.Network;

/**
 * One data record: a window on a datagram, read through its template's plan. NetFlow v5, v9 and IPFIX records have this
 * one shape. Nothing is allocated; addresses are handed out as {@link tonle.base.Network} only. Not thread-safe: one
 * window a worker, wrapped anew for each record.
 */
public final class FlowRecord {
    /** What has no value in this record. */
    public static final long ABSENT = -1;

    /** RFC 7133 section 3.2.1 (element 408): frames of IEEE 802.3. */
    private static final int FRAME_TYPE_ETHERNET = 1;
    /** A variable length in one octet, or, after this one, in two (RFC 7011 section 7). */
    private static final int LONG_FORM_MARK = 255;

    private final SampledPacket packet = new SampledPacket();
    private final int[] ownPlaces = new int[Slot.COUNT];

    private MemorySegment segment;
    private Template template;
    private MessageHeader header;
    private int[] places;
    private long start;
    private int sectionOctets;

    FlowRecord() {}

    /** Records after {@code template} follow, in {@code segment}. */
    void begin(MemorySegment segment, Template template, MessageHeader header) {
        this.segment = segment;
        this.template = template;
        this.header = header;
        if (template.hasVariableLength()) {
            Arrays.fill(ownPlaces, Place.ABSENT);
            places = ownPlaces;
        } else {
            places = template.places();
            int section = places[Slot.DATA_LINK_FRAME_SECTION.ordinal()];
            sectionOctets = section == Place.ABSENT ? 0 : template.lengthOctets(Slot.DATA_LINK_FRAME_SECTION);
        }
    }

    /** The next record, whose octets are all there: all its fields have fixed lengths. */
    void moveTo(long start) {
        this.start = start;
    }

    /** The next record, with fields of variable length: its octets, or -1 where it runs past {@code end}. */
    long measureAt(long start, long end) {
        this.start = start;
        int[] lengths = template.lengths();
        byte[] slotOfField = template.slotOfField();
        long at = start;
        for (int index = 0; index < lengths.length; index++) {
            int length = lengths[index];
            if (length == Template.VARIABLE) {
                if (at >= end) {
                    return -1;
                }
                length = u8(segment, at++);
                if (length == LONG_FORM_MARK) {
                    if (end - at < 2) {
                        return -1;
                    }
                    length = u16(segment, at);
                    at += 2;
                }
            }
            if (end - at < length) {
                return -1;
            }
            int slot = slotOfField[index];
            if (slot >= 0) {
                int kind = Place.kind(slot, length);
                ownPlaces[slot] = Place.of((int) (at - start), kind);
                if (kind == Place.SECTION) {
                    sectionOctets = length;
                }
            }
            at += length;
        }
        return at - start;
    }

    public Template template() {
        return template;
    }

    public MessageHeader header() {
        return header;
    }

    /**
     * An unsigned number of 0 to 8 octets (RFC 7011 section 6.2), or {@link #ABSENT}; for address slots: refused. No
     * octets at all make 0. What is 2^63 or more is no count of anything and reads as absent.
     */
    public long value(Slot slot) {
        int place = places[slot.ordinal()];
        if (place < 0) {
            return ABSENT;
        }
        long at = start + Place.offsetOctets(place);
        return switch (Place.kind(place)) {
            case 4 -> u32(segment, at);
            case 2 -> u16(segment, at);
            case 1 -> u8(segment, at);
            case 8 -> Math.max(u64(segment, at), ABSENT);
            default -> rareValue(place, at);
        };
    }

    private long rareValue(int place, long at) {
        int kind = Place.kind(place);
        Must.hold(kind <= Place.NUMBER_OCTETS_MAX, "an address or a section of a packet is not read as a number");
        return number(segment, at, kind);
    }

    /** The source's /24 or /48, or {@link tonle.base.Network#NONE}: elements 8, 27, else 44, 170. */
    public long sourceNetwork() {
        return network(
                Slot.SOURCE_IPV4_ADDRESS, Slot.SOURCE_IPV6_ADDRESS, Slot.SOURCE_IPV4_PREFIX, Slot.SOURCE_IPV6_PREFIX);
    }

    /** The destination's /24 or /48, or {@link tonle.base.Network#NONE}: elements 12, 28, else 45, 169. */
    public long destinationNetwork() {
        return network(
                Slot.DESTINATION_IPV4_ADDRESS,
                Slot.DESTINATION_IPV6_ADDRESS,
                Slot.DESTINATION_IPV4_PREFIX,
                Slot.DESTINATION_IPV6_PREFIX);
    }

    /** 4, 6 or 0: element 60, else from which address elements the record has. */
    public int ipVersion() {
        long stated = value(Slot.IP_VERSION);
        if (stated == 4 || stated == 6) {
            return (int) stated;
        }
        int ofSource = Network.ipVersion(sourceNetwork());
        return ofSource != 0 ? ofSource : Network.ipVersion(destinationNetwork());
    }

    /**
     * When the flow began, in milliseconds since 1970, or {@link #ABSENT}: elements 152, 154, 156, 158, 150, else 22
     * with 160 or with the header's uptime in modular arithmetic (flows.md 4.1: a start after the uptime is a wrap).
     */
    public long startMillis() {
        return startMillis(ABSENT);
    }

    /** When the flow ended, in milliseconds since 1970, or {@link #ABSENT}; the elements beside those of the start. */
    public long endMillis() {
        return endMillis(ABSENT);
    }

    /**
     * As {@link #startMillis()}; {@code initMillis} is when the exporter started, in milliseconds since 1970, as its
     * options records tell (element 160): some IPFIX exporters give uptimes in records and nothing else beside them.
     */
    public long startMillis(long initMillis) {
        return switch (template.start()) {
            case NONE -> ABSENT;
            case MILLISECONDS -> sinceEpoch(value(Slot.FLOW_START_MILLISECONDS), 1);
            case MICROSECONDS -> ntp(Slot.FLOW_START_MICROSECONDS);
            case NANOSECONDS -> ntp(Slot.FLOW_START_NANOSECONDS);
            case DELTA_MICROSECONDS -> beforeExport(value(Slot.FLOW_START_DELTA_MICROSECONDS));
            case SECONDS -> sinceEpoch(value(Slot.FLOW_START_SECONDS), 1000);
            case UPTIME -> atUptime(value(Slot.FLOW_START_SYS_UP_TIME), initMillis);
        };
    }

    /** The end beside {@link #startMillis(long)}. */
    public long endMillis(long initMillis) {
        return switch (template.end()) {
            case NONE -> ABSENT;
            case MILLISECONDS -> sinceEpoch(value(Slot.FLOW_END_MILLISECONDS), 1);
            case MICROSECONDS -> ntp(Slot.FLOW_END_MICROSECONDS);
            case NANOSECONDS -> ntp(Slot.FLOW_END_NANOSECONDS);
            case DELTA_MICROSECONDS -> beforeExport(value(Slot.FLOW_END_DELTA_MICROSECONDS));
            case SECONDS -> sinceEpoch(value(Slot.FLOW_END_SECONDS), 1000);
            case UPTIME -> atUptime(value(Slot.FLOW_END_SYS_UP_TIME), initMillis);
        };
    }

    /** Element 311, samplingProbability, a float of 4 or 8 octets; NaN where the record has none. */
    public double samplingProbability() {
        int place = places[Slot.SAMPLING_PROBABILITY.ordinal()];
        if (place < 0) {
            return Double.NaN;
        }
        long at = start + Place.offsetOctets(place);
        return switch (Place.kind(place)) {
            case 4 -> Float.intBitsToFloat((int) u32(segment, at));
            case 8 -> Double.longBitsToDouble(u64(segment, at));
            default -> Double.NaN;
        };
    }

    /**
     * The headers of element 315, dataLinkFrameSection, through the transport header (RFC 7133), or {@code null} where
     * the record has none that begins with an Ethernet header. The same object for each record.
     */
    public SampledPacket frame() {
        int place = places[Slot.DATA_LINK_FRAME_SECTION.ordinal()];
        long type = value(Slot.DATA_LINK_FRAME_TYPE);
        if (place < 0 || type != ABSENT && type != FRAME_TYPE_ETHERNET || value(Slot.SECTION_OFFSET) > 0) {
            return null;
        }
        // RFC 7133 section 3.2.3: of a section of fixed length, so many octets are the packet's; the rest is padding.
        long exportedOctets = value(Slot.SECTION_EXPORTED_OCTETS);
        int sizeOctets = exportedOctets == ABSENT ? sectionOctets : (int) Math.min(exportedOctets, sectionOctets);
        packet.readEthernet(segment, start + Place.offsetOctets(place), sizeOctets);
        return packet;
    }

    private long network(Slot address4, Slot address6, Slot prefix4, Slot prefix6) {
        int place4 = places[address4.ordinal()];
        int place6 = places[address6.ordinal()];
        if (place4 < 0 && place6 < 0) {
            place4 = places[prefix4.ordinal()];
            place6 = places[prefix6.ordinal()];
        }
        if (place6 < 0) {
            return place4 < 0 ? Network.NONE : ipv4Network(place4);
        }
        return place4 < 0 ? ipv6Network(place6) : networkOfEither(place4, place6);
    }

    /**
     * Some exporters have one template for both versions and leave the addresses of the other zero; a tunnel's record
     * has both, outer before inner (RFC 7011 section 8). So the first that is not zero is the flow's.
     */
    private long networkOfEither(int place4, int place6) {
        long version = value(Slot.IP_VERSION);
        long network4 = ipv4Network(place4);
        long network6 = ipv6Network(place6);
        boolean isIpv6First = Place.offsetOctets(place6) < Place.offsetOctets(place4);
        boolean isIpv6 = isIpv6First ? Network.topBits(network6) != 0 : Network.topBits(network4) == 0;
        return version == 6 || version != 4 && isIpv6 ? network6 : network4;
    }

    /** Reads the network's three octets and leaves the host's unread. */
    private long ipv4Network(int place) {
        return Network.ofIpv4(u24(segment, start + Place.offsetOctets(place)));
    }

    /** Reads the network's six octets and leaves the host's ten unread. */
    private long ipv6Network(int place) {
        return Network.ofIpv6(u48(segment, start + Place.offsetOctets(place)));
    }

    /** Some exporters leave a time that they do not know zero. */
    private static long sinceEpoch(long value, int millisEach) {
        return value <= 0 || value > Long.MAX_VALUE / 1000 ? ABSENT : value * millisEach;
    }

    private long ntp(Slot slot) {
        int place = places[slot.ordinal()];
        if (place < 0 || Place.kind(place) != Long.BYTES) {
            return ABSENT;
        }
        long raw = u64(segment, start + Place.offsetOctets(place));
        return raw == 0 ? ABSENT : NtpTime.unixMillis(raw, header.exportMillis);
    }

    private long beforeExport(long deltaMicros) {
        return deltaMicros == ABSENT ? ABSENT : header.exportMillis - deltaMicros / 1000;
    }

    private long atUptime(long uptimeMillis, long initMillisKnown) {
        if (uptimeMillis == ABSENT) {
            return ABSENT;
        }
        long initMillis = sinceEpoch(value(Slot.SYSTEM_INIT_TIME_MILLISECONDS), 1);
        if (initMillis != ABSENT) {
            return initMillis + uptimeMillis;
        }
        if (header.uptimeMillis == ABSENT) {
            return initMillisKnown == ABSENT ? ABSENT : initMillisKnown + uptimeMillis;
        }
        // The uptime wraps after 49.7 days. The nearer of the two ways around is meant: a flow that began long before
        // the
        // wrap, or one that ended a moment after the header's clock was read, never one of 49 days.
        int ageMillis = (int) (header.uptimeMillis - uptimeMillis);
        return header.exportMillis - ageMillis;
    }
}
