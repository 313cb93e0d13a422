// SPDX-License-Identifier: Apache-2.0
package tonle.traffic;

import java.util.Arrays;
import tonle.base.Must;

/**
 * Spreads counted amounts evenly over the bins that a flow touched, in whole octets by largest remainder, so that the
 * bins add up to the amount exactly (RFC 7015 section 5.1.1). Of equal remainders the earlier bin's counts as larger.
 * Set an interval with {@link #over}, then {@link #split} as many amounts as there are. Allocates nothing once warm;
 * not thread-safe.
 */
public final class EvenSpread {
    /** A flow over more bins than this counts wholly in the last: such times are a defect of the exporter's clock. */
    public static final int BIN_COUNT_MAX = 4_096;

    public static final int BIN_SECONDS_MAX = 3_600;

    /** Bits that hold an index below {@link #BIN_COUNT_MAX}. */
    private static final int INDEX_BITS = 12;

    private final long binMillis;
    private long startMillis;
    private long endMillis;
    private long firstBin;
    private int binCount;
    private long[] shares = new long[16];
    private long[] ranks = new long[16];

    public EvenSpread(int binSeconds) {
        Must.hold(binSeconds > 0 && binSeconds <= BIN_SECONDS_MAX, "a bin has 1 to 3,600 seconds");
        this.binMillis = binSeconds * 1_000L;
    }

    /** Sets the interval. One without duration, or with its end before its start, lies in the bin of its start. */
    public void over(long startMillis, long endMillis) {
        this.startMillis = startMillis;
        this.endMillis = Math.max(startMillis, endMillis);
        firstBin = Math.floorDiv(startMillis, binMillis);
        // The end is not part of the interval: what ends on a bin's edge does not touch the bin behind it.
        long lastBin = this.endMillis == startMillis ? firstBin : Math.floorDiv(this.endMillis - 1, binMillis);
        if (lastBin - firstBin >= BIN_COUNT_MAX) {
            firstBin = lastBin;
            this.startMillis = this.endMillis;
        }
        binCount = (int) (lastBin - firstBin) + 1;
        if (binCount > shares.length) {
            shares = new long[BIN_COUNT_MAX];
            ranks = new long[BIN_COUNT_MAX];
        }
    }

    /** How many bins the interval touches: at least one. */
    public int binCount() {
        return binCount;
    }

    /** The start of bin {@code index} of the interval, in seconds since 1970. */
    public long binStartSeconds(int index) {
        return (firstBin + index) * (binMillis / 1_000);
    }

    /**
     * The parts of {@code amount}, one a bin; the array is good until the next call and may be longer.
     *
     * @param amount not negative
     */
    public long[] split(long amount) {
        if (binCount == 1) {
            shares[0] = amount;
            return shares;
        }
        // floor(amount × overlap ÷ duration) within 64 bits: 4,096 bins of an hour are below 2^34 ms, one is below
        // 2^22.
        long duration = endMillis - startMillis;
        long whole = amount / duration;
        long rest = amount % duration;
        long left = amount;
        for (int i = 0; i < binCount; i++) {
            long from = Math.max(startMillis, (firstBin + i) * binMillis);
            long to = Math.min(endMillis, (firstBin + i + 1) * binMillis);
            long product = rest * (to - from);
            shares[i] = whole * (to - from) + product / duration;
            ranks[i] = product % duration << INDEX_BITS | BIN_COUNT_MAX - 1 - i;
            left -= shares[i];
        }
        Arrays.sort(ranks, 0, binCount);
        for (int i = binCount - 1; left > 0; i--, left--) {
            shares[BIN_COUNT_MAX - 1 - (int) (ranks[i] & BIN_COUNT_MAX - 1)]++;
        }
        return shares;
    }
}
