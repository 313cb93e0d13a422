// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow.encode;

import java.lang.foreign.MemorySegment;
import tonle.base.Network;

/**
 * A packet whose headers are written out: an Ethernet frame with tags and labels as asked, an IPv4 or IPv6 header, the
 * first octets of a transport header. For sampled headers of sFlow and for frame sections of IPFIX. Filled anew for
 * each.
 */
public final class PacketSpec {
    private static final int ETHERNET_HEADER_OCTETS = 14;
    private static final int TAG_OCTETS = 4;
    /** Of the transport header: ports, and the word behind them. */
    private static final int TRANSPORT_OCTETS = 8;

    private long sourceNetwork;
    private long destinationNetwork;
    private long sourceHost = 1;
    private long destinationHost = 1;
    private int protocol = 6;
    private int sourcePort;
    private int destinationPort;
    private int ipTotalOctets;
    private int outerVlanId = -1;
    private int innerVlanId = -1;
    private int labelCount;
    private boolean isPseudowire;
    private int sampledOctetsMin;
    private boolean isLengthUnstated;

    /** Both of one IP version, which is the packet's. */
    public PacketSpec networks(long source, long destination) {
        sourceNetwork = source;
        destinationNetwork = destination;
        return this;
    }

    /** What is behind the network in each address; 1 where it is not said. */
    public PacketSpec hosts(long source, long destination) {
        sourceHost = source;
        destinationHost = destination;
        return this;
    }

    public PacketSpec transport(int ipProtocol, int from, int to) {
        protocol = ipProtocol;
        sourcePort = from;
        destinationPort = to;
        return this;
    }

    /** IPv4 total length; IPv6 payload length + 40. */
    public PacketSpec ipTotalOctets(int octets) {
        ipTotalOctets = octets;
        return this;
    }

    /** The IP header's length field is 0, whatever the packet has: segmentation offload, or a jumbogram. */
    public PacketSpec lengthUnstated() {
        isLengthUnstated = true;
        return this;
    }

    /** One 802.1Q tag, or none where it is -1. */
    public PacketSpec vlan(int vlanId) {
        outerVlanId = vlanId;
        innerVlanId = -1;
        return this;
    }

    /** Two tags (802.1ad). */
    public PacketSpec vlans(int outerId, int innerId) {
        outerVlanId = outerId;
        innerVlanId = innerId;
        return this;
    }

    public PacketSpec mplsLabels(int count) {
        labelCount = count;
        isPseudowire = false;
        return this;
    }

    /** The labels carry a frame behind a control word (RFC 4448), and only that frame carries IP. */
    public PacketSpec pseudowire(int labels) {
        labelCount = labels;
        isPseudowire = true;
        return this;
    }

    /** Octets of the whole frame without its check sequence. */
    public int frameOctets() {
        return ipOffset() + ipTotalOctets;
    }

    /** Octets before the IP header. */
    public int ipOffset() {
        int tags = (outerVlanId >= 0 ? 1 : 0) + (innerVlanId >= 0 ? 1 : 0) + labelCount;
        return ETHERNET_HEADER_OCTETS + TAG_OCTETS * tags + (isPseudowire ? 4 + ETHERNET_HEADER_OCTETS : 0);
    }

    /** A probe samples so many octets where the packet has them: what lies behind the headers is zeros here. */
    public PacketSpec sampledOctetsMin(int octets) {
        sampledOctetsMin = octets;
        return this;
    }

    /** Octets that {@link #writeHeaders} writes. */
    public int sampledOctets() {
        return Math.max(headerOctets(), Math.min(sampledOctetsMin, frameOctets()));
    }

    private int headerOctets() {
        return ipOffset() + (Network.ipVersion(sourceNetwork) == 6 ? 40 : 20) + TRANSPORT_OCTETS;
    }

    /** Writes the sampled octets to the front of {@code into} and gives the window that they fill. */
    public MemorySegment write(MemorySegment into) {
        OctetWriter out = new OctetWriter(into);
        writeHeaders(out);
        return out.written();
    }

    void writeHeaders(OctetWriter out) {
        writeLinkLayer(out);
        writeIp(out);
        out.zeros(sampledOctets() - headerOctets());
    }

    private void writeLinkLayer(OctetWriter out) {
        int ipType = Network.ipVersion(sourceNetwork) == 6 ? 0x86DD : 0x0800;
        macs(out);
        if (outerVlanId >= 0) {
            out.u16(innerVlanId >= 0 ? 0x88A8 : 0x8100);
            out.u16(outerVlanId);
        }
        if (innerVlanId >= 0) {
            out.u16(0x8100);
            out.u16(innerVlanId);
        }
        out.u16(labelCount > 0 ? 0x8847 : ipType);
        for (int label = 1; label <= labelCount; label++) {
            out.u32(100L + label << 12 | (label == labelCount ? 0x100 : 0) | 64);
        }
        if (isPseudowire) {
            out.u32(0);
            macs(out);
            out.u16(ipType);
        }
    }

    /** Locally administered addresses: no device has them. */
    private static void macs(OctetWriter out) {
        out.u16(0x0200);
        out.u32(1);
        out.u16(0x0200);
        out.u32(2);
    }

    private void writeIp(OctetWriter out) {
        if (Network.ipVersion(sourceNetwork) == 6) {
            out.u32(0x6000_0000L);
            out.u16(isLengthUnstated ? 0 : ipTotalOctets - 40);
            out.u8(protocol);
            out.u8(64);
        } else {
            out.u16(0x4500);
            out.u16(isLengthUnstated ? 0 : ipTotalOctets);
            out.u32(0);
            out.u8(64);
            out.u8(protocol);
            out.u16(0);
        }
        out.address(sourceNetwork, sourceHost);
        out.address(destinationNetwork, destinationHost);
        out.u16(sourcePort);
        out.u16(destinationPort);
        // The length of a UDP header, the upper half of a sequence number of TCP.
        out.u32((long) ipTotalOctets << 16);
    }
}
