// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

/**
 * The variance of a volume that packet sampling estimates. Each packet is taken with probability 1/N, so the estimate
 * N × Σx over the packets seen has the variance N(N−1) × Σx², itself estimated without bias (Horvitz and Thompson
 * 1952). An sFlow sample tells x. A flow record tells only n packets and their octets c: then Σx² is taken as large as
 * packets between 40 and 1,500 octets with that mean can make it (Bhatia and Davis 2000), n(m(lo + hi) − lo × hi) with
 * m = c/n, so that the stated error is rather too wide than too narrow.
 */
final class SamplingError {
    private static final double PACKET_OCTETS_MIN = 40;
    private static final double PACKET_OCTETS_MAX = 1_500;

    private SamplingError() {}

    /** Of one sampled packet of {@code octets} that stands for {@code n}. */
    static double ofPacket(double n, double octets) {
        return n <= 1 ? 0 : n * (n - 1) * octets * octets;
    }

    /** Of a record of {@code packets} sampled packets with {@code octets} in all, one in {@code n} sampled. */
    static double ofRecord(double n, double packets, double octets) {
        if (n <= 1 || octets <= 0) {
            return 0;
        }
        double count = Math.max(1, packets);
        double mean = octets / count;
        double low = Math.min(mean, PACKET_OCTETS_MIN);
        double high = Math.max(mean, PACKET_OCTETS_MAX);
        double squares = count <= 1 ? octets * octets : count * (mean * (low + high) - low * high);
        return n * (n - 1) * squares;
    }
}
