// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tonle.wire.Fault;

/**
 * Reads sFlow version 5 datagrams (sflow.org, version 5, section 5): XDR, all numbers 32 bits, the first octet
 * highest. Samples and records are stepped over by their stated length, never by what was read of them: newer agents
 * put more at their end, and types unknown here pass by.
 * <pre>
 *   octet  0        4             8        8|20       12|24     16|28   20|32
 *          version  address type  address  sub-agent  sequence  uptime  sample count     header
 *          enterprise 20 bits : format 12 bits  length  body                             sample, and record inside it
 * </pre>
 */
final class SflowDecoder {
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int FLOW_SAMPLE = 1;
    private static final int COUNTER_SAMPLE = 2;
    private static final int FLOW_SAMPLE_EXPANDED = 3;
    private static final int COUNTER_SAMPLE_EXPANDED = 4;
    private static final int DISCARDED_PACKET = 5;

    private static final int FLOW_SAMPLE_OCTETS = 32;
    private static final int COUNTER_SAMPLE_OCTETS = 12;
    private static final int FLOW_SAMPLE_EXPANDED_OCTETS = 44;
    private static final int COUNTER_SAMPLE_EXPANDED_OCTETS = 16;
    private static final int DISCARDED_PACKET_OCTETS = 32;

    private static final int RAW_HEADER_RECORD = 1;
    private static final int ETHERNET_RECORD = 2;
    private static final int IPV4_RECORD = 3;
    private static final int IPV6_RECORD = 4;
    private static final int SWITCH_RECORD = 1001;
    private static final int ROUTER_RECORD = 1002;
    private static final int GATEWAY_RECORD = 1003;
    private static final int INTERFACE_COUNTERS_RECORD = 1;

    private static final int ADDRESS_IPV4 = 1;
    private static final int ADDRESS_IPV6 = 2;

    private final MessageHeader header = new MessageHeader();
    private final SflowSample sample = new SflowSample();
    private final SflowCounters counters = new SflowCounters();

    private MemorySegment datagram;
    private FlowSink sink;

    SflowDecoder() {
        header.protocol = FlowProtocol.SFLOW5;
        header.exportMillis = -1;
        header.samplingMode = -1;
        header.samplingInterval = -1;
        sample.header = header;
        counters.header = header;
    }

    void decode(MemorySegment octets, FlowSink receiver) {
        datagram = octets;
        sink = receiver;
        long end = octets.byteSize();
        if (end < 8) {
            sink.malformed(Fault.HEADER_TRUNCATED, end);
            return;
        }
        if (i32(0) != 5) {
            sink.malformed(Fault.UNKNOWN_VERSION, 0);
            return;
        }
        int addressType = i32(4);
        if (addressType != ADDRESS_IPV4 && addressType != ADDRESS_IPV6) {
            sink.malformed(Fault.AGENT_ADDRESS_INVALID, 4);
            return;
        }
        long body = addressType == ADDRESS_IPV4 ? 28 : 40;
        if (end < body) {
            sink.malformed(Fault.HEADER_TRUNCATED, end);
            return;
        }
        readHeader(addressType, body - 16, end);
        sink.message(header);
        readSamples(body, end);
        sink.endOfMessage();
    }

    private void readHeader(int addressType, long afterAddress, long end) {
        header.sizeOctets = (int) end;
        header.agentIpVersion = addressType == ADDRESS_IPV4 ? 4 : 6;
        header.agentHigh = addressType == ADDRESS_IPV4 ? (long) i32(8) << 32 : datagram.get(U64, 8);
        header.agentLow = addressType == ADDRESS_IPV4 ? 0 : datagram.get(U64, 16);
        header.domain = u32(afterAddress);
        header.sequence = u32(afterAddress + 4);
        header.uptimeMillis = u32(afterAddress + 8);
        header.recordCount = i32(afterAddress + 12);
    }

    private void readSamples(long body, long end) {
        long at = body;
        long count = Integer.toUnsignedLong(header.recordCount);
        for (long index = 0; index < count; index++) {
            if (at + 8 > end || u32(at + 4) > end - at - 8) {
                sink.malformed(Fault.SAMPLE_TRUNCATED, at);
                return;
            }
            // A length that its format contradicts is no way to the next sample: a packet's octets would be read as its
            // numbers there.
            if (u32(at + 4) < fixedOctets(i32(at))) {
                sink.malformed(Fault.SAMPLE_RECORD_TRUNCATED, at + 8);
                return;
            }
            long next = padded(at + 8, u32(at + 4), end);
            readSample(i32(at), at + 8, at + 8 + u32(at + 4));
            at = next;
        }
    }

    private void readSample(int tag, long at, long end) {
        // The tag of a standard format has enterprise 0 in its top 20 bits and so is the format's number.
        switch (tag) {
            case FLOW_SAMPLE -> flowSample(at, end);
            case FLOW_SAMPLE_EXPANDED -> flowSampleExpanded(at, end);
            case COUNTER_SAMPLE -> counterSample(at, end);
            case COUNTER_SAMPLE_EXPANDED -> counterSampleExpanded(at, end);
            case DISCARDED_PACKET -> discardedPacket(at, end);
            default -> {
                // A format of another enterprise, or a newer one.
            }
        }
    }

    /** What a sample of a known format has at least. */
    private static int fixedOctets(int tag) {
        return switch (tag) {
            case FLOW_SAMPLE -> FLOW_SAMPLE_OCTETS;
            case FLOW_SAMPLE_EXPANDED -> FLOW_SAMPLE_EXPANDED_OCTETS;
            case COUNTER_SAMPLE -> COUNTER_SAMPLE_OCTETS;
            case COUNTER_SAMPLE_EXPANDED -> COUNTER_SAMPLE_EXPANDED_OCTETS;
            case DISCARDED_PACKET -> DISCARDED_PACKET_OCTETS;
            default -> 0;
        };
    }

    private boolean holds(long at, long end, int sizeOctets) {
        if (end - at < sizeOctets) {
            sink.malformed(Fault.SAMPLE_RECORD_TRUNCATED, at);
            return false;
        }
        return true;
    }

    private void flowSample(long at, long end) {
        sample.clear();
        sample.isExpanded = false;
        sample.sequence = u32(at);
        sample.sourceType = i32(at + 4) >>> 24;
        sample.sourceIndex = i32(at + 4) & 0xFF_FFFF;
        sample.samplingRate = u32(at + 8);
        sample.samplePool = u32(at + 12);
        sample.drops = u32(at + 16);
        sample.compactInterfaces(i32(at + 20), i32(at + 24));
        flowRecords(at + FLOW_SAMPLE_OCTETS, end, u32(at + 28));
        sink.sample(sample);
    }

    private void flowSampleExpanded(long at, long end) {
        sample.clear();
        sample.isExpanded = true;
        sample.sequence = u32(at);
        sample.sourceType = i32(at + 4);
        sample.sourceIndex = u32(at + 8);
        sample.samplingRate = u32(at + 12);
        sample.samplePool = u32(at + 16);
        sample.drops = u32(at + 20);
        sample.expandedInterfaces(i32(at + 24), u32(at + 28), i32(at + 32), u32(at + 36));
        flowRecords(at + FLOW_SAMPLE_EXPANDED_OCTETS, end, u32(at + 40));
        sink.sample(sample);
    }

    /** sFlow drop notifications (sflow.org, sflow_drops): no rate, and plain interface numbers. */
    private void discardedPacket(long at, long end) {
        sample.clear();
        sample.isExpanded = true;
        sample.sequence = u32(at);
        sample.sourceType = i32(at + 4);
        sample.sourceIndex = u32(at + 8);
        sample.samplingRate = 0;
        sample.samplePool = 0;
        sample.drops = u32(at + 12);
        sample.expandedInterfaces(0, u32(at + 16), 0, u32(at + 20));
        sample.discardReason = i32(at + 24);
        flowRecords(at + DISCARDED_PACKET_OCTETS, end, u32(at + 28));
        sink.discarded(sample);
    }

    private void flowRecords(long first, long end, long count) {
        long at = first;
        for (long index = 0; index < count; index++) {
            if (at + 8 > end || u32(at + 4) > end - at - 8) {
                sink.malformed(Fault.SAMPLE_RECORD_TRUNCATED, at);
                return;
            }
            int size = i32(at + 4);
            flowRecord(i32(at), at + 8, size);
            at = padded(at + 8, size, end);
        }
    }

    private void flowRecord(int tag, long at, int size) {
        switch (tag) {
            case RAW_HEADER_RECORD -> rawHeader(at, size);
            case ETHERNET_RECORD -> {
                if (holds(at, at + size, 4)) {
                    sample.ethernetOctets = u32(at);
                }
            }
            case IPV4_RECORD -> {
                if (holds(at, at + size, 16)) {
                    ipRecord(4, at, at + 8, at + 12);
                }
            }
            case IPV6_RECORD -> {
                if (holds(at, at + size, 40)) {
                    ipRecord(6, at, at + 8, at + 24);
                }
            }
            case SWITCH_RECORD -> {
                if (holds(at, at + size, 16)) {
                    sample.sourceVlanId = i32(at);
                    sample.destinationVlanId = i32(at + 8);
                }
            }
            case ROUTER_RECORD -> router(at, at + size);
            case GATEWAY_RECORD -> gateway(at, at + size);
            default -> {
                // Users, URLs, NAT, tunnels and what is still to come: stepped over, unread.
            }
        }
    }

    /** Header protocol, frame length, stripped, then the header's octets behind their own length. */
    private void rawHeader(long at, int size) {
        if (!holds(at, at + size, 16)) {
            return;
        }
        sample.rawFrameOctets = u32(at + 4);
        sample.strippedOctets = i32(at + 8);
        long headerOctets = u32(at + 12);
        if (headerOctets > size - 16) {
            sink.malformed(Fault.SAMPLE_RECORD_TRUNCATED, at + 12);
            headerOctets = size - 16;
        }
        SampledPacket packet = sample.packet;
        switch (i32(at)) {
            case 1 -> packet.readEthernet(datagram, at + 16, (int) headerOctets);
            case 7, 14 -> packet.readPpp(datagram, at + 16, (int) headerOctets);
            case 11, 12 -> packet.readIp(datagram, at + 16, (int) headerOctets);
            case 13 -> packet.readMpls(datagram, at + 16, (int) headerOctets);
            default -> {
                // Token ring, frame relay, 802.11 and the like: the frame's length counts, its inside is not read.
            }
        }
    }

    /**
     * Length, protocol, source, destination, ports, flags. A raw header in the same sample says more and goes first.
     */
    private void ipRecord(int ipVersion, long at, long source, long destination) {
        sample.ipOctets = u32(at);
        if (!sample.packet.hasIp()) {
            int totalOctets = (int) Math.min(u32(at), 0xFFFF + 40);
            sample.packet.describe(datagram, ipVersion, i32(at + 4) & 0xFF, totalOctets, source, destination);
        }
    }

    private void router(long at, long end) {
        long masks = afterAddress(at, end);
        if (holds(masks, end, 8)) {
            sample.sourcePrefixLengthBits = i32(masks);
            sample.destinationPrefixLengthBits = i32(masks + 4);
        }
    }

    /** Next hop, own AS, source AS, source's peer AS, then the path to the destination as segments of AS numbers. */
    private void gateway(long at, long end) {
        long numbers = afterAddress(at, end);
        if (!holds(numbers, end, 16)) {
            return;
        }
        sample.sourceAsn = u32(numbers + 4);
        long segments = u32(numbers + 12);
        long next = numbers + 16;
        for (long index = 0; index < segments; index++) {
            if (end - next < 8 || u32(next + 4) > (end - next - 8) / 4) {
                sink.malformed(Fault.SAMPLE_RECORD_TRUNCATED, next);
                return;
            }
            long count = u32(next + 4);
            next += 8 + 4 * count;
            if (count > 0) {
                sample.destinationAsn = u32(next - 4);
            }
        }
    }

    /** Where the next hop, which is stepped over unread, ends. */
    private long afterAddress(long at, long end) {
        if (end - at < 4) {
            return end;
        }
        return switch (i32(at)) {
            case ADDRESS_IPV4 -> at + 8;
            case ADDRESS_IPV6 -> at + 20;
            default -> at + 4;
        };
    }

    private void counterSample(long at, long end) {
        counters.isExpanded = false;
        counters.sequence = u32(at);
        counters.sourceType = i32(at + 4) >>> 24;
        counters.sourceIndex = i32(at + 4) & 0xFF_FFFF;
        counterRecords(at + COUNTER_SAMPLE_OCTETS, end, u32(at + 8));
    }

    private void counterSampleExpanded(long at, long end) {
        counters.isExpanded = true;
        counters.sequence = u32(at);
        counters.sourceType = i32(at + 4);
        counters.sourceIndex = u32(at + 8);
        counterRecords(at + COUNTER_SAMPLE_EXPANDED_OCTETS, end, u32(at + 12));
    }

    private void counterRecords(long first, long end, long count) {
        counters.clear();
        long at = first;
        for (long index = 0; index < count; index++) {
            if (at + 8 > end || u32(at + 4) > end - at - 8) {
                sink.malformed(Fault.SAMPLE_RECORD_TRUNCATED, at);
                break;
            }
            long size = u32(at + 4);
            if (i32(at) == INTERFACE_COUNTERS_RECORD
                    && holds(at + 8, at + 8 + size, SflowCounters.INTERFACE_RECORD_OCTETS)) {
                counters.interfaceRecord(datagram, at + 8);
            }
            at = padded(at + 8, size, end);
        }
        sink.counters(counters);
    }

    /** RFC 4506 section 4.10: variable-length octets are padded to a multiple of four. */
    private static long padded(long at, long sizeOctets, long end) {
        return Math.min(at + (sizeOctets + 3 & ~3L), end);
    }

    private int i32(long offset) {
        return datagram.get(U32, offset);
    }

    private long u32(long offset) {
        return Integer.toUnsignedLong(datagram.get(U32, offset));
    }
}
