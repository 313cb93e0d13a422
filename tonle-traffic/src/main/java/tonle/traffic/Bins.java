// SPDX-License-Identifier: Apache-2.0
package tonle.traffic;

/** Bins: five minutes of accumulation, aligned to the epoch, named by their start in seconds since 1970. */
public final class Bins {
    public static final int SECONDS = 300;
    /** The traffic-store roll-ups: an hour and a day (of UTC). */
    public static final int HOUR_SECONDS = 3_600;

    public static final int DAY_SECONDS = 86_400;

    private Bins() {}

    public static long startSeconds(long unixSeconds) {
        return Math.floorDiv(unixSeconds, (long) SECONDS) * SECONDS;
    }
}
