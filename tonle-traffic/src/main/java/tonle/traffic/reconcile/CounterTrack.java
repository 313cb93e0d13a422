// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.reconcile;

import tonle.traffic.Bins;

/**
 * One octet counter of one interface and direction: samples in, octets by bin out. Between two samples the octets are
 * spread evenly, at bin edges too. Steps back are told apart: a 32-bit counter that wrapped, or a reset; an interval
 * that cannot be trusted covers nothing, it is not guessed.
 */
final class CounterTrack {
    /** An interval longer than this says too little about its bins. */
    private static final long INTERVAL_MILLIS_MAX = 330_000;

    private static final long NARROW = 1L << 32;
    /** More than the line carries, and a tenth: a reset or damage. */
    private static final double SPEED_SLACK = 1.1;

    private static final int BINS = 16;
    private static final long BIN_MILLIS = Bins.SECONDS * 1_000L;

    private final long[] binSeconds = new long[BINS];
    private final long[] octets = new long[BINS];
    private final long[] coveredMillis = new long[BINS];
    private long lastMillis = -1;
    private long lastValue;
    private boolean narrow;
    private long distrusted;

    CounterTrack() {
        java.util.Arrays.fill(binSeconds, -1);
    }

    void sample(long atMillis, long value, long speedBitsPerSecond) {
        long fromMillis = lastMillis;
        long interval = atMillis - fromMillis;
        if (fromMillis >= 0 && interval <= 0) {
            // Late or repeated: the newer sample has spoken.
            return;
        }
        long delta = value - lastValue;
        lastMillis = atMillis;
        lastValue = value;
        if (fromMillis < 0 || interval > INTERVAL_MILLIS_MAX) {
            return;
        }
        double lineOctets = speedBitsPerSecond / 8.0 * interval / 1_000.0 * SPEED_SLACK;
        if (delta < 0 && delta > -NARROW && lastValue < NARROW) {
            // A counter cut to 32 bits, or a reset: only what the line can have carried is a wrap.
            delta += NARROW;
            boolean plausible = speedBitsPerSecond <= 0 ? delta < NARROW / 2 : delta <= lineOctets;
            if (!plausible) {
                distrusted++;
                return;
            }
            narrow = true;
        }
        boolean tooFast = speedBitsPerSecond > 0 && delta > lineOctets;
        boolean mayHaveWrappedTwice = narrow && (speedBitsPerSecond <= 0 || lineOctets >= NARROW);
        if (delta < 0 || tooFast || mayHaveWrappedTwice) {
            distrusted++;
            return;
        }
        spread(fromMillis, atMillis, delta);
    }

    private void spread(long fromMillis, long toMillis, long delta) {
        long given = 0;
        long interval = toMillis - fromMillis;
        for (long at = fromMillis; at < toMillis; ) {
            long bin = Math.floorDiv(at, BIN_MILLIS);
            long end = Math.min(toMillis, (bin + 1) * BIN_MILLIS);
            // Cumulative shares, so that the parts add up to the delta exactly.
            long upTo = end == toMillis ? delta : Math.round((double) delta * (end - fromMillis) / interval);
            int slot = slot(bin * Bins.SECONDS);
            octets[slot] += upTo - given;
            coveredMillis[slot] += end - at;
            given = upTo;
            at = end;
        }
    }

    private int slot(long bin) {
        int slot = (int) Math.floorMod(bin / Bins.SECONDS, (long) BINS);
        if (binSeconds[slot] != bin) {
            binSeconds[slot] = bin;
            octets[slot] = 0;
            coveredMillis[slot] = 0;
        }
        return slot;
    }

    /** Octets of a bin, as far as {@link #coveredSeconds} goes; -1 where no pair of samples covers any of it. */
    long octets(long bin) {
        int slot = (int) Math.floorMod(bin / Bins.SECONDS, (long) BINS);
        return binSeconds[slot] == bin && coveredMillis[slot] > 0 ? octets[slot] : -1;
    }

    int coveredSeconds(long bin) {
        int slot = (int) Math.floorMod(bin / Bins.SECONDS, (long) BINS);
        return binSeconds[slot] == bin ? (int) Math.round(coveredMillis[slot] / 1_000.0) : 0;
    }

    /** When the newest sample was taken; -1 before the first. */
    long lastMillis() {
        return lastMillis;
    }

    /** Intervals that were left out: resets, damage, counters too narrow for their line. */
    long distrusted() {
        return distrusted;
    }
}
