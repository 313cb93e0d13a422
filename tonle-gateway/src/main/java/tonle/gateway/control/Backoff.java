// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.control;

/** How long to wait after failures in a row: twice as long each time, from a millisecond to a second. One thread. */
final class Backoff {
    static final long NANOS_MIN = 1_000_000;
    static final long NANOS_MAX = 1_000_000_000;

    private long nextNanos = NANOS_MIN;

    /** To be slept now. */
    long nanos() {
        long now = nextNanos;
        nextNanos = Math.min(NANOS_MAX, 2 * nextNanos);
        return now;
    }

    /** It worked. */
    void reset() {
        nextNanos = NANOS_MIN;
    }
}
