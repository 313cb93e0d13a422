// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

/**
 * What the headers of a sampled packet say: link layer, VLAN and MPLS tags, tunnels, the outermost IP header and the
 * protocol of its transport. Octets past the transport header are never read. The same object for each packet.
 */
public final class SampledPacket {
    SampledPacket() {}

    /** Whether an IP header was found. */
    public boolean hasIp() {
        throw new UnsupportedOperationException();
    }

    /** 4 or 6 of the outermost IP header; 0 without one. */
    public int ipVersion() {
        throw new UnsupportedOperationException();
    }

    /** The outermost IP header's protocol (IPv6: after extension headers); -1 without one. */
    public int protocol() {
        throw new UnsupportedOperationException();
    }

    /** IPv4 total length, or IPv6 payload length + 40; 0 without an IP header. */
    public int ipTotalOctets() {
        throw new UnsupportedOperationException();
    }

    public long sourceNetwork() {
        throw new UnsupportedOperationException();
    }

    public long destinationNetwork() {
        throw new UnsupportedOperationException();
    }

    /** The outermost VLAN id, or -1. */
    public int vlanId() {
        throw new UnsupportedOperationException();
    }

    public int vlanTagCount() {
        throw new UnsupportedOperationException();
    }

    public int mplsLabelCount() {
        throw new UnsupportedOperationException();
    }

    public boolean isGre() {
        throw new UnsupportedOperationException();
    }
}
