// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow.encode;

/** What one NetFlow version 5 record says; filled anew for each, unset numbers are zero. */
public final class Netflow5Flow {
    long sourceNetwork;
    long destinationNetwork;
    long sourceHost = 1;
    long destinationHost = 1;
    int ingressInterface;
    int egressInterface;
    long packets;
    long octets;
    long startUptimeMillis;
    long endUptimeMillis;
    int sourcePort;
    int destinationPort;
    int protocol;
    int sourceAsn;
    int destinationAsn;
    int sourcePrefixLengthBits;
    int destinationPrefixLengthBits;

    /** IPv4 networks: version 5 has no others. */
    public Netflow5Flow networks(long source, long destination) {
        sourceNetwork = source;
        destinationNetwork = destination;
        return this;
    }

    /** The last octet of each address; 1 where it is not said. */
    public Netflow5Flow hosts(int source, int destination) {
        sourceHost = source;
        destinationHost = destination;
        return this;
    }

    public Netflow5Flow interfaces(int ingress, int egress) {
        ingressInterface = ingress;
        egressInterface = egress;
        return this;
    }

    public Netflow5Flow volume(long packetCount, long octetCount) {
        packets = packetCount;
        octets = octetCount;
        return this;
    }

    /** When the first and the last packet passed, in milliseconds of the exporter's uptime. */
    public Netflow5Flow uptimes(long startMillis, long endMillis) {
        startUptimeMillis = startMillis;
        endUptimeMillis = endMillis;
        return this;
    }

    public Netflow5Flow transport(int ipProtocol, int from, int to) {
        protocol = ipProtocol;
        sourcePort = from;
        destinationPort = to;
        return this;
    }

    /** 16 bits each: a larger number is written as AS_TRANS, 23456 (RFC 6793 section 9). */
    public Netflow5Flow asns(long source, long destination) {
        sourceAsn = source > 0xFFFF ? 23_456 : (int) source;
        destinationAsn = destination > 0xFFFF ? 23_456 : (int) destination;
        return this;
    }

    public Netflow5Flow prefixLengths(int sourceBits, int destinationBits) {
        sourcePrefixLengthBits = sourceBits;
        destinationPrefixLengthBits = destinationBits;
        return this;
    }
}
