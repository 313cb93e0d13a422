// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tonle.base.DeviceAddress;
import tonle.wire.Fault;

/**
 * Finds the UDP datagram in a captured packet: through the link layer with its VLAN tags (IEEE 802.1Q), IPv4 (RFC 791)
 * or IPv6 with its extension headers (RFC 8200), fragments put together. Packets of other protocols are passed over.
 * Nothing is allocated per packet but the window that is handed out.
 */
final class PacketReader implements AutoCloseable {
    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86DD;
    private static final int PROTOCOL_UDP = 17;
    private static final int UDP_HEADER_OCTETS = 8;
    private static final int IPV4_HEADER_OCTETS_MIN = 20;
    private static final int IPV6_HEADER_OCTETS = 40;
    private static final int TAG_COUNT_MAX = 4;
    private static final int EXTENSION_HEADER_COUNT_MAX = 8;

    private final DatagramSink sink;
    private final DeviceAddressCache addresses = new DeviceAddressCache();
    private final FragmentTable fragments;

    // The packet being read.
    private MemorySegment segment;
    private long micros;
    private long fileOffset;
    private long start;
    private int ipVersion;
    private long sourceHigh;
    private long sourceLow;

    PacketReader(DatagramSink sink) {
        this.sink = sink;
        this.fragments = new FragmentTable(sink);
    }

    /** @param packetOffset where the packet's first octet lies in the file, for faults */
    void packet(
            LinkType link, MemorySegment buffer, long offset, int sizeOctets, long captureMicros, long packetOffset) {
        segment = buffer;
        start = offset;
        micros = captureMicros;
        fileOffset = packetOffset;
        long end = offset + sizeOctets;
        switch (link) {
            case ETHERNET -> tagged(offset + 12, end);
            case LINUX_SLL -> tagged(offset + 14, end);
            case LINUX_SLL2 -> {
                if (sizeOctets >= 20) {
                    byEtherType(u16(offset), offset + 20, end);
                }
            }
            // The address family's number differs between systems; the IP header says the same.
            case NULL, LOOPBACK -> ip(offset + 4, end);
            case RAW_IP -> ip(offset, end);
            case UNKNOWN -> {
                // Said once, where the interface was described.
            }
        }
    }

    /** Puts away fragments that never became whole. */
    @Override
    public void close() {
        fragments.close();
    }

    private void tagged(long typeOffset, long end) {
        long at = typeOffset;
        for (int tags = 0; tags <= TAG_COUNT_MAX && at + 2 <= end; tags++) {
            int type = u16(at);
            // 802.1Q, 802.1ad and the older numbers of stacked tags.
            if (type == 0x8100 || type == 0x88A8 || type == 0x9100 || type == 0x9200) {
                at += 4;
                continue;
            }
            byEtherType(type, at + 2, end);
            return;
        }
    }

    private void byEtherType(int type, long at, long end) {
        if (type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6) {
            ip(at, end);
        }
    }

    private void ip(long at, long end) {
        if (at >= end) {
            return;
        }
        switch (u8(at) >>> 4) {
            case 4 -> ipv4(at, end);
            case 6 -> ipv6(at, end);
            default -> {
                // Something else that travels on this link type.
            }
        }
    }

    private void ipv4(long at, long capturedEnd) {
        int headerOctets = (u8(at) & 0xF) * 4;
        if (headerOctets < IPV4_HEADER_OCTETS_MIN || at + headerOctets > capturedEnd) {
            invalid(at);
            return;
        }
        if (u8(at + 9) != PROTOCOL_UDP) {
            return;
        }
        int totalOctets = u16(at + 2);
        // Zero where the sending machine leaves segmentation to its network card: then the captured octets are all.
        if (totalOctets != 0 && totalOctets < headerOctets) {
            invalid(at + 2);
            return;
        }
        long end = totalOctets == 0 ? capturedEnd : at + totalOctets;
        ipVersion = 4;
        sourceHigh = (long) u32(at + 12) << 32;
        sourceLow = 0;
        int flagsAndOffset = u16(at + 6);
        boolean hasMore = (flagsAndOffset & 0x2000) != 0;
        int fragmentOffset = (flagsAndOffset & 0x1FFF) * 8;
        if (!hasMore && fragmentOffset == 0) {
            udp(at + headerOctets, end, capturedEnd);
        } else {
            fragment(u16(at + 4), u32(at + 16), 0, 0, fragmentOffset, hasMore, at + headerOctets, end, capturedEnd);
        }
    }

    private void ipv6(long at, long capturedEnd) {
        if (at + IPV6_HEADER_OCTETS > capturedEnd) {
            invalid(at);
            return;
        }
        int payloadOctets = u16(at + 4);
        long end = payloadOctets == 0 ? capturedEnd : at + IPV6_HEADER_OCTETS + payloadOctets;
        ipVersion = 6;
        sourceHigh = segment.get(U64, at + 8);
        sourceLow = segment.get(U64, at + 16);
        int next = u8(at + 6);
        long header = at + IPV6_HEADER_OCTETS;
        for (int count = 0; count < EXTENSION_HEADER_COUNT_MAX; count++) {
            if (next == PROTOCOL_UDP) {
                udp(header, end, capturedEnd);
                return;
            }
            // Hop-by-hop options, routing, destination options (RFC 8200), authentication (RFC 4302), fragment.
            boolean isExtension = next == 0 || next == 43 || next == 60 || next == 51 || next == 44;
            if (!isExtension || header + 8 > Math.min(end, capturedEnd)) {
                return;
            }
            int following = u8(header);
            if (next == 44) {
                int offsetAndMore = u16(header + 2);
                boolean hasMore = (offsetAndMore & 1) != 0;
                int fragmentOffset = offsetAndMore & 0xFFF8;
                if (hasMore || fragmentOffset != 0) {
                    if (following == PROTOCOL_UDP) {
                        long high = segment.get(U64, at + 24);
                        long low = segment.get(U64, at + 32);
                        fragment(u32(header + 4), 0, high, low, fragmentOffset, hasMore, header + 8, end, capturedEnd);
                    }
                    return;
                }
                header += 8;
            } else {
                header += next == 51 ? (u8(header + 1) + 2) * 4L : (u8(header + 1) + 1) * 8L;
            }
            next = following;
        }
    }

    private void udp(long at, long end, long capturedEnd) {
        if (at + UDP_HEADER_OCTETS > Math.min(end, capturedEnd)) {
            invalid(at);
            return;
        }
        int lengthOctets = u16(at + 4);
        boolean contradicts = lengthOctets != 0 && (lengthOctets < UDP_HEADER_OCTETS || at + lengthOctets > end);
        if (contradicts) {
            invalid(at + 4);
            return;
        }
        long payloadEnd = lengthOctets == 0 ? end : at + lengthOctets;
        if (payloadEnd > capturedEnd) {
            // Cut when it was captured: what is there may still hold whole records.
            invalid(at + 4);
            payloadEnd = capturedEnd;
        }
        long payload = at + UDP_HEADER_OCTETS;
        sink.datagram(segment.asSlice(payload, payloadEnd - payload), source(), u16(at), u16(at + 2), micros);
    }

    private void fragment(
            int identification,
            int destination,
            long destinationHigh,
            long destinationLow,
            int fragmentOffset,
            boolean hasMore,
            long at,
            long end,
            long capturedEnd) {
        if (end > capturedEnd || end <= at || hasMore && (end - at) % 8 != 0) {
            invalid(at);
            return;
        }
        FragmentTable.Key key = new FragmentTable.Key(
                sourceHigh,
                sourceLow,
                destinationHigh | Integer.toUnsignedLong(destination),
                destinationLow,
                identification);
        MemorySegment whole =
                fragments.add(key, fragmentOffset, hasMore, segment.asSlice(at, end - at), micros, fileOffset);
        if (whole != null) {
            segment = whole;
            start = 0;
            udp(0, whole.byteSize(), whole.byteSize());
        }
    }

    private DeviceAddress source() {
        return addresses.of(ipVersion, sourceHigh, sourceLow);
    }

    private void invalid(long at) {
        sink.malformed(Fault.CAPTURE_PACKET_INVALID, fileOffset + (at - start));
    }

    private int u8(long offset) {
        return Byte.toUnsignedInt(segment.get(U8, offset));
    }

    private int u16(long offset) {
        return Short.toUnsignedInt(segment.get(U16, offset));
    }

    private int u32(long offset) {
        return segment.get(U32, offset);
    }
}
