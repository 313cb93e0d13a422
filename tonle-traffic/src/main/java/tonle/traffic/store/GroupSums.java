// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import tonle.base.Percentile;

/** What one group adds up to, sample by sample, and the figures that follow. */
final class GroupSums {
    private static final double Z_95 = 1.96;

    private final SampleGrid grid;
    private final long[] octets;
    private final long[] packets;
    private long flows;
    private double variance;
    private long unscaled;
    private long backfilled;

    GroupSums(SampleGrid grid) {
        this.grid = grid;
        this.octets = new long[grid.samples()];
        this.packets = new long[grid.samples()];
    }

    void add(int sample, long sampleOctets, long samplePackets) {
        octets[sample] = plus(octets[sample], sampleOctets);
        packets[sample] = plus(packets[sample], samplePackets);
    }

    void addRest(long moreFlows, double moreVariance, long moreUnscaled, long moreBackfilled) {
        flows = plus(flows, moreFlows);
        variance += moreVariance;
        unscaled = plus(unscaled, moreUnscaled);
        backfilled = plus(backfilled, moreBackfilled);
    }

    void add(GroupSums other) {
        for (int i = 0; i < octets.length; i++) {
            add(i, other.octets[i], other.packets[i]);
        }
        addRest(other.flows, other.variance, other.unscaled, other.backfilled);
    }

    /** Sums stop at the largest number instead of turning negative. */
    private static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /**
     * @param present the samples that count; the others are gaps
     * @param capacityBitsPerSecond of the links in question, once for each direction; 0 where unknown
     */
    TrafficAnswer.Row row(List<String> keys, BitSet present, Measure measure, double capacityBitsPerSecond) {
        double factor = factor(measure, capacityBitsPerSecond);
        long[] volume = measure == Measure.PACKETS_PER_SECOND ? packets : octets;
        double[] values = new double[volume.length];
        Arrays.fill(values, Double.NaN);
        double sum = 0;
        double max = Double.NaN;
        double last = Double.NaN;
        for (int i = present.nextSetBit(0); i >= 0; i = present.nextSetBit(i + 1)) {
            values[i] = volume[i] * factor;
            sum += values[i];
            max = Double.isNaN(max) ? values[i] : Math.max(max, values[i]);
            last = values[i];
        }
        long total = Arrays.stream(octets).reduce(0, GroupSums::plus);
        return new TrafficAnswer.Row(
                keys,
                series(values, measure),
                present.isEmpty() ? Double.NaN : sum / present.cardinality(),
                Percentile.of(values).value(),
                max,
                last,
                total,
                Arrays.stream(packets).reduce(0, GroupSums::plus),
                flows,
                share(Z_95 * Math.sqrt(variance), total),
                share(unscaled, total),
                share(backfilled, total));
    }

    private static double share(double part, long total) {
        return total == 0 ? 0 : part / total;
    }

    private double factor(Measure measure, double capacityBitsPerSecond) {
        return switch (measure) {
            case BITS_PER_SECOND -> 8.0 / grid.grain().seconds;
            case PACKETS_PER_SECOND -> 1.0 / grid.grain().seconds;
            case OCTETS -> 1;
            case PERCENT_OF_LINK ->
                capacityBitsPerSecond > 0 ? 800.0 / grid.grain().seconds / capacityBitsPerSecond : Double.NaN;
        };
    }

    /** Rates are means over the samples of a point that are there; octets are their sum. */
    private double[] series(double[] values, Measure measure) {
        double[] series = new double[grid.points().length];
        int[] counts = new int[series.length];
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                series[grid.pointOf(i)] += values[i];
                counts[grid.pointOf(i)]++;
            }
        }
        for (int point = 0; point < series.length; point++) {
            if (counts[point] == 0) {
                series[point] = Double.NaN;
            } else if (measure != Measure.OCTETS) {
                series[point] /= counts[point];
            }
        }
        return series;
    }
}
