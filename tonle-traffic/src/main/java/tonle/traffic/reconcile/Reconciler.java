// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.reconcile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.traffic.Bins;
import tonle.traffic.reconcile.Finding.Cause;
import tonle.traffic.reconcile.InterfaceBook.Side;

/**
 * Holds what flows add up to against what interface counters moved by, for bins that are sealed. A difference that has
 * held for three bins becomes a {@link Finding} with its likely cause; it ends with the first bin that agrees.
 *
 * <p>Counters count frames (RFC 2863, ifInOctets: framing characters included), flow records most often IP packets. So
 * flows agree where they fit the counter as they are, or with 18 octets a packet added: Ethernet header and FCS.
 */
public final class Reconciler {
    /** A difference must hold for so many bins in a row. */
    public static final int BINS_MIN = 3;
    /** Less than this in a bin says nothing. */
    private static final long OCTETS_MIN = 1_000_000;
    /** So much of the bin must be covered by counters. */
    private static final int COVERED_SECONDS_MIN = 285;

    private static final int FRAME_OVERHEAD_OCTETS = 18;
    /** Edges of bins, timeouts and rounding: 1.5 %. */
    private static final double TOLERANCE = 0.015;
    /** Beside it the sampling error, 99 %. */
    private static final double SIGMAS = 2.58;

    private static final double FACTOR_TOLERANCE = 0.06;
    private static final double LAYER2_MAX = 1.12;
    private static final double LOSS_MIN = 0.60;

    private static final class Run {
        Cause cause;
        double ratio;
        double factor;
        long sinceBinSeconds;
        int bins;
    }

    private record Verdict(Cause cause, double ratio, double factor) {}

    private final InterfaceBook book;
    private final Map<Side, Run> runs = new HashMap<>();
    private long judgedBeforeSeconds = Long.MIN_VALUE;

    public Reconciler(InterfaceBook book) {
        this.book = book;
    }

    /** Judges every bin before {@code sealedBeforeSeconds} that was not judged yet. */
    public void judge(long sealedBeforeSeconds) {
        if (judgedBeforeSeconds == Long.MIN_VALUE) {
            judgedBeforeSeconds = sealedBeforeSeconds;
            return;
        }
        // After a long sleep only the newest bins are still known.
        long from = Math.max(judgedBeforeSeconds, sealedBeforeSeconds - 8L * Bins.SECONDS);
        for (long bin = from; bin < sealedBeforeSeconds; bin += Bins.SECONDS) {
            for (Side side : book.sides()) {
                judge(side, bin);
            }
        }
        judgedBeforeSeconds = Math.max(judgedBeforeSeconds, sealedBeforeSeconds);
    }

    private void judge(Side side, long bin) {
        long counter = side.counter.octets(bin);
        if (counter < 0 || side.counter.coveredSeconds(bin) < COVERED_SECONDS_MIN) {
            return;
        }
        long flows = side.flowOctets(bin);
        boolean frozen = counter == 0 && flows >= OCTETS_MIN;
        if (frozen || Math.max(counter, flows) < OCTETS_MIN) {
            // A counter that stands still while packets pass is broken, and proves nothing about the flows.
            return;
        }
        Verdict verdict = verdict(flows, side.flowPackets(bin), side.variance(bin), counter, side.metered);
        if (verdict == null) {
            runs.remove(side);
            return;
        }
        Run run = runs.computeIfAbsent(side, _ -> new Run());
        if (run.cause != verdict.cause) {
            run.cause = verdict.cause;
            run.sinceBinSeconds = bin;
            run.bins = 0;
        }
        run.ratio = verdict.ratio;
        run.factor = verdict.factor;
        run.bins++;
    }

    /** {@code null} where flows and counter agree. */
    private static Verdict verdict(long flows, long packets, double variance, long counter, boolean metered) {
        double ratio = (double) flows / counter;
        double asFrames = (flows + (double) FRAME_OVERHEAD_OCTETS * packets) / counter;
        if (flows == 0) {
            // An interface without a link may lie outside of what the exporter samples.
            return metered ? new Verdict(Cause.NO_FLOWS, 0, 0) : null;
        }
        double tolerance = TOLERANCE + SIGMAS * Math.sqrt(variance) / flows;
        if (near(ratio, 1, tolerance) || near(asFrames, 1, tolerance)) {
            return null;
        }
        double factorTolerance = Math.max(FACTOR_TOLERANCE, tolerance);
        if (near(ratio, 2, 2 * factorTolerance) || near(asFrames, 2, 2 * factorTolerance)) {
            return new Verdict(Cause.COUNTED_TWICE, ratio, 2);
        }
        if (ratio > 1 && ratio <= LAYER2_MAX) {
            return new Verdict(Cause.LAYER2_OCTETS, ratio, ratio);
        }
        double whole = wholeFactor(ratio, asFrames, factorTolerance);
        if (whole != 0) {
            return new Verdict(Cause.SAMPLING_RATE, ratio, whole);
        }
        if (ratio < 1 && ratio >= LOSS_MIN) {
            return new Verdict(Cause.LOSS, ratio, ratio);
        }
        return new Verdict(Cause.UNEXPLAINED, ratio, ratio);
    }

    /** N or 1/N where one of the ratios is near it, else 0. */
    private static double wholeFactor(double ratio, double asFrames, double tolerance) {
        for (double r : new double[] {ratio, asFrames}) {
            double n = Math.rint(Math.max(r, 1 / r));
            boolean clear = n >= 2 && tolerance < 0.5 / n || n >= 8;
            if (clear && near(r > 1 ? r : 1 / r, n, n * tolerance)) {
                return r > 1 ? n : 1 / n;
            }
        }
        return 0;
    }

    private static boolean near(double value, double target, double tolerance) {
        return Math.abs(value - target) <= tolerance;
    }

    /** Differences that have held for {@link #BINS_MIN} bins and still hold. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        runs.forEach((side, run) -> {
            if (run.bins >= BINS_MIN) {
                findings.add(new Finding(
                        book.exporterId(side),
                        side.interfaceIndex,
                        side.link,
                        side.direction,
                        run.ratio,
                        run.cause,
                        run.factor,
                        run.sinceBinSeconds,
                        run.bins));
            }
        });
        return findings;
    }
}
