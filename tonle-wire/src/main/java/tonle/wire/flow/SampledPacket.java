// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tonle.base.Network;

/**
 * What the headers of a sampled packet say: link layer, VLAN and MPLS tags, tunnels, the outermost IP header and the
 * protocol of its transport. Octets past the transport header are never read, and of addresses only the network's: the
 * first three octets (IPv4) or six (IPv6). The same object for each packet.
 */
public final class SampledPacket {
    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86DD;
    private static final int ETHERTYPE_MPLS = 0x8847;
    private static final int ETHERTYPE_MPLS_UPSTREAM = 0x8848;
    private static final int ETHERTYPE_PPPOE_SESSION = 0x8864;
    /** IEEE 802.3 section 3.2.6: smaller numbers are a length, and an LLC header follows. */
    private static final int ETHERTYPE_MIN = 1536;

    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int PPP_MPLS = 0x0281;

    private static final int ETHERNET_HEADER_OCTETS = 14;
    private static final int IPV4_HEADER_OCTETS_MIN = 20;
    private static final int IPV6_HEADER_OCTETS = 40;
    private static final int PROTOCOL_GRE = 47;
    /** Tags and labels that are walked in one packet, all layers together; what has more is no packet of a network. */
    private static final int TAG_COUNT_MAX = 16;

    private static final int EXTENSION_HEADER_COUNT_MAX = 8;

    private MemorySegment octets;
    private long end;
    private int stepsLeft;

    private int ipVersion;
    private int protocol;
    private int ipTotalOctets;
    private int ipOffsetOctets;
    private long begin;
    private long sourceNetwork;
    private long destinationNetwork;
    private int vlanId;
    private int vlanTagCount;
    private int mplsLabelCount;

    SampledPacket() {
        clear();
    }

    /** Whether an IP header was found. */
    public boolean hasIp() {
        return ipVersion != 0;
    }

    /** 4 or 6 of the outermost IP header; 0 without one. */
    public int ipVersion() {
        return ipVersion;
    }

    /** The outermost IP header's protocol (IPv6: after extension headers); -1 without one. */
    public int protocol() {
        return protocol;
    }

    /** IPv4 total length, or IPv6 payload length + 40; 0 without an IP header. */
    public int ipTotalOctets() {
        return ipTotalOctets;
    }

    /**
     * Whether the IP header states no length: 0 in IPv4, or in IPv6 where there is a payload, as a host's stack writes
     * it into packets that its network card will cut (segmentation offload), and as jumbograms have it (RFC 2675). An
     * IPv6 packet without any payload states 0 as well; the frame tells them apart.
     */
    public boolean isLengthUnstated() {
        return ipVersion == 4 && ipTotalOctets == 0 || ipVersion == 6 && ipTotalOctets == IPV6_HEADER_OCTETS;
    }

    /** Octets of the frame before its IP header. */
    public int ipOffsetOctets() {
        return ipOffsetOctets;
    }

    public long sourceNetwork() {
        return sourceNetwork;
    }

    public long destinationNetwork() {
        return destinationNetwork;
    }

    /** The outermost VLAN id, or -1. */
    public int vlanId() {
        return vlanId;
    }

    public int vlanTagCount() {
        return vlanTagCount;
    }

    public int mplsLabelCount() {
        return mplsLabelCount;
    }

    /** Whether the outermost IP header carries GRE (RFC 2784): the tunnel's ends are the networks here. */
    public boolean isGre() {
        return protocol == PROTOCOL_GRE;
    }

    void clear() {
        ipVersion = 0;
        protocol = -1;
        ipTotalOctets = 0;
        ipOffsetOctets = 0;
        sourceNetwork = Network.NONE;
        destinationNetwork = Network.NONE;
        vlanId = -1;
        vlanTagCount = 0;
        mplsLabelCount = 0;
    }

    /** A frame that begins with its destination MAC address. */
    void readEthernet(MemorySegment segment, long offset, int sizeOctets) {
        begin(segment, offset, sizeOctets);
        ethernet(offset);
    }

    /** A packet that begins with its IP header, version 4 or 6. */
    void readIp(MemorySegment segment, long offset, int sizeOctets) {
        begin(segment, offset, sizeOctets);
        ip(offset);
    }

    /** A label stack (RFC 3032) with what it carries. */
    void readMpls(MemorySegment segment, long offset, int sizeOctets) {
        begin(segment, offset, sizeOctets);
        mpls(offset);
    }

    /** A PPP frame (RFC 1661, RFC 1662), with or without address and control octets. */
    void readPpp(MemorySegment segment, long offset, int sizeOctets) {
        begin(segment, offset, sizeOctets);
        boolean hasAddressAndControl = offset + 2 <= end && u16(offset) == 0xFF03;
        ppp(hasAddressAndControl ? offset + 2 : offset);
    }

    /** What a sampled IPv4 or IPv6 record says in place of a header. Offsets are where the addresses begin. */
    void describe(
            MemorySegment segment, int version, int ipProtocol, int totalOctets, long sourceOffset, long targetOffset) {
        octets = segment;
        ipVersion = version;
        protocol = ipProtocol;
        ipTotalOctets = totalOctets;
        sourceNetwork = version == 4 ? ipv4Network(sourceOffset) : ipv6Network(sourceOffset);
        destinationNetwork = version == 4 ? ipv4Network(targetOffset) : ipv6Network(targetOffset);
    }

    private void begin(MemorySegment segment, long offset, int sizeOctets) {
        begin = offset;
        clear();
        octets = segment;
        end = offset + sizeOctets;
        stepsLeft = TAG_COUNT_MAX;
    }

    private void ethernet(long frame) {
        long at = frame + ETHERNET_HEADER_OCTETS - 2;
        while (at + 2 <= end && stepsLeft-- > 0) {
            int type = u16(at);
            // 802.1Q, 802.1ad, and the numbers that stacked tags had before.
            boolean isVlanTag = type == 0x8100 || type == 0x88A8 || type == 0x9100 || type == 0x9200;
            if (!isVlanTag) {
                byEtherType(type, at + 2);
                return;
            }
            if (at + 4 > end) {
                return;
            }
            if (vlanTagCount++ == 0) {
                vlanId = u16(at + 2) & 0xFFF;
            }
            at += 4;
        }
    }

    private void byEtherType(int type, long at) {
        switch (type) {
            case ETHERTYPE_IPV4, ETHERTYPE_IPV6 -> ip(at);
            case ETHERTYPE_MPLS, ETHERTYPE_MPLS_UPSTREAM -> mpls(at);
            // RFC 2516 section 4: version, code, session id, length; then a PPP protocol.
            case ETHERTYPE_PPPOE_SESSION -> ppp(at + 6);
            default -> {
                boolean isSnap =
                        type < ETHERTYPE_MIN && at + 8 <= end && u16(at) == 0xAAAA && u32(at + 2) == 0x0300_0000;
                if (isSnap) {
                    // RFC 1042: LLC AA AA 03, organisation 0, then an EtherType.
                    int inner = u16(at + 6);
                    if (inner == ETHERTYPE_IPV4 || inner == ETHERTYPE_IPV6) {
                        ip(at + 8);
                    }
                }
            }
        }
    }

    private void ppp(long at) {
        if (at + 2 > end) {
            return;
        }
        switch (u16(at)) {
            case PPP_IPV4, PPP_IPV6 -> ip(at + 2);
            case PPP_MPLS -> mpls(at + 2);
            default -> {
                // Control protocols, compressed headers.
            }
        }
    }

    /** RFC 3032 section 2.1: 20 bits of label, 3 of class, the bottom-of-stack bit, 8 of time to live. */
    private void mpls(long stack) {
        long at = stack;
        boolean isBottom = false;
        while (!isBottom) {
            if (at + 4 > end || stepsLeft-- <= 0) {
                return;
            }
            isBottom = (u32(at) & 0x100) != 0;
            mplsLabelCount++;
            at += 4;
        }
        if (at >= end) {
            return;
        }
        // RFC 4928 section 3: the first nibble tells IP; 0 is a pseudowire's control word (RFC 4385 section 3).
        switch (u8(at) >>> 4) {
            case 4, 6 -> ip(at);
            case 0 -> ethernet(at + 4);
            default -> {
                // A pseudowire without control word: what it carries is not said.
            }
        }
    }

    private void ip(long at) {
        if (at >= end) {
            return;
        }
        switch (u8(at) >>> 4) {
            case 4 -> ipv4(at);
            case 6 -> ipv6(at);
            default -> {
                // The type promised IP and the octets hold something else.
            }
        }
    }

    private void ipv4(long at) {
        if (at + IPV4_HEADER_OCTETS_MIN > end || (u8(at) & 0xF) * 4 < IPV4_HEADER_OCTETS_MIN) {
            return;
        }
        ipVersion = 4;
        ipOffsetOctets = (int) (at - begin);
        ipTotalOctets = u16(at + 2);
        protocol = u8(at + 9);
        sourceNetwork = ipv4Network(at + 12);
        destinationNetwork = ipv4Network(at + 16);
    }

    private void ipv6(long at) {
        if (at + IPV6_HEADER_OCTETS > end) {
            return;
        }
        ipVersion = 6;
        ipOffsetOctets = (int) (at - begin);
        ipTotalOctets = u16(at + 4) + IPV6_HEADER_OCTETS;
        sourceNetwork = ipv6Network(at + 8);
        destinationNetwork = ipv6Network(at + 24);
        protocol = u8(at + 6);
        long header = at + IPV6_HEADER_OCTETS;
        for (int count = 0; count < EXTENSION_HEADER_COUNT_MAX && isExtension(protocol); count++) {
            if (header + 8 > end) {
                return;
            }
            int current = protocol;
            protocol = u8(header);
            if (current == 44 && (u16(header + 2) & 0xFFF8) != 0) {
                // Not the first fragment: what follows is no header.
                return;
            }
            header += switch (current) {
                case 44 -> 8;
                // RFC 4302 section 2.2 counts in units of four octets, minus 2; all others in eight, minus 1.
                case 51 -> (u8(header + 1) + 2) * 4L;
                default -> (u8(header + 1) + 1) * 8L;
            };
        }
    }

    /** RFC 7045 section 4, without ESP (50), behind which nothing can be read. */
    private static boolean isExtension(int nextHeader) {
        return switch (nextHeader) {
            case 0, 43, 44, 51, 60, 135, 139, 140 -> true;
            default -> false;
        };
    }

    private long ipv4Network(long at) {
        return Network.ofIpv4(u16(at) << 8 | u8(at + 2));
    }

    private long ipv6Network(long at) {
        return Network.ofIpv6(Integer.toUnsignedLong(u32(at)) << 16 | u16(at + 4));
    }

    private int u8(long at) {
        return Byte.toUnsignedInt(octets.get(U8, at));
    }

    private int u16(long at) {
        return Short.toUnsignedInt(octets.get(U16, at));
    }

    private int u32(long at) {
        return octets.get(U32, at);
    }
}
