// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import tonle.base.Network;
import tonle.base.power.Seed;

/**
 * The made-up traffic of the benchmark: few routers, many networks, popular ones far more often than others (Zipf's
 * law), as at a gateway. Draws one flow after the other and adds up what the right answer is.
 */
final class FlowModel {
    static final int EXPORTER_COUNT = 4;
    static final int INTERFACE_COUNT = 10;

    static final int NETWORK_COUNT = 65_536;
    static final int NETWORKS_EACH_ASN = 6;
    private static final int ASN_COUNT = NETWORK_COUNT / NETWORKS_EACH_ASN + 1;
    static final long ASN_FIRST = 100_000;
    /** One draw from this table is one from Zipf's law, to a part in a million. */
    private static final int RANK_COUNT = 1 << 20;

    private static final int IPV6_PERCENT = 16;

    private final Seed seed;
    private final int[] ranks = new int[RANK_COUNT];
    private final long[] octetsByKey = new long[(INTERFACE_COUNT + 1) * ASN_COUNT];
    private final long[] recordsByKey = new long[octetsByKey.length];
    private long octetSum;
    private long recordSum;

    int exporter;
    boolean isIpv6;
    int ingress;
    int egress;
    long source;
    long destination;
    long sourceAsn;
    long destinationAsn;
    int protocol;
    int sourcePort;
    int destinationPort;
    long packets;
    long octets;
    long durationMillis;
    long host;

    FlowModel(long seed) {
        this.seed = new Seed(seed);
        double sum = 0;
        for (int rank = 1; rank <= NETWORK_COUNT; rank++) {
            sum += 1.0 / rank;
        }
        int at = 0;
        double reached = 0;
        for (int rank = 1; rank <= NETWORK_COUNT; rank++) {
            reached += 1.0 / rank / sum;
            while (at < RANK_COUNT && at < reached * RANK_COUNT) {
                // Neighbouring ranks belong to far-away networks: popularity says nothing about numbers.
                ranks[at++] = rank * 40_503 & NETWORK_COUNT - 1;
            }
        }
    }

    void next() {
        long bits = seed.nextLong();
        exporter = (int) (bits & 3);
        isIpv6 = (bits >>> 2 & 0x7F) * 100 < IPV6_PERCENT * 128;
        ingress = 1 + (int) ((bits >>> 9 & 0xFFFF) * INTERFACE_COUNT >>> 16);
        egress = 1 + (int) ((bits >>> 25 & 0xFFFF) * INTERFACE_COUNT >>> 16);
        protocol = (bits >>> 41 & 3) == 0 ? 17 : 6;
        sourcePort = 1024 + (int) (bits >>> 43 & 0x7FFF);
        host = 1 + (bits >>> 58);
        long more = seed.nextLong();
        int from = ranks[(int) (more & RANK_COUNT - 1)];
        int to = ranks[(int) (more >>> 20 & RANK_COUNT - 1)];
        source = network(from);
        destination = network(to);
        sourceAsn = ASN_FIRST + from / NETWORKS_EACH_ASN;
        destinationAsn = ASN_FIRST + to / NETWORKS_EACH_ASN;
        destinationPort = (more >>> 40 & 1) == 0 ? 443 : 53;
        packets = 1 + (more >>> 41 & 0x3F);
        octets = packets * (64 + (more >>> 47 & 0x3FF));
        durationMillis = more >>> 57 << 8;
    }

    /** The flow drawn last went into the capture, as so many octets. */
    void count(long countedOctets) {
        int key = ingress * ASN_COUNT + (int) (sourceAsn - ASN_FIRST);
        octetsByKey[key] += countedOctets;
        recordsByKey[key]++;
        octetSum += countedOctets;
        recordSum++;
    }

    /** What all flows so far with this input interface and source AS add up to. */
    long octets(long ingressInterface, long asn) {
        return at(octetsByKey, ingressInterface, asn);
    }

    /** How many records they are. */
    long records(long ingressInterface, long asn) {
        return at(recordsByKey, ingressInterface, asn);
    }

    int keyCount() {
        int count = 0;
        for (long octets : octetsByKey) {
            count += octets > 0 ? 1 : 0;
        }
        return count;
    }

    long octetSum() {
        return octetSum;
    }

    long recordSum() {
        return recordSum;
    }

    private static long at(long[] sums, long ingressInterface, long asn) {
        long index = ingressInterface * ASN_COUNT + asn - ASN_FIRST;
        return index < 0 || index >= sums.length ? 0 : sums[(int) index];
    }

    private long network(int index) {
        return isIpv6 ? Network.ofIpv6(0x2400_0000_0000L | (long) index << 8) : Network.ofIpv4(0x0B_0000 + index);
    }
}
