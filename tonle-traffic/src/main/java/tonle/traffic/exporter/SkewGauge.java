// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.Arrays;

/**
 * How far an exporter's clock is off: the median of arrival minus export time over its last messages. Below a limit it
 * is transit and rounding and nothing is done; above, flow times are moved by it, and that is said.
 */
final class SkewGauge {
    /** A skew within ten seconds is left alone: v9 counts whole seconds, and queues delay. */
    static final long LIMIT_MILLIS = 10_000;

    private static final int MESSAGES = 64;
    private static final int MESSAGES_MIN = 8;
    private static final int RENEW_MESSAGES = 8;

    private final long[] ring = new long[MESSAGES];
    private final long[] sorted = new long[MESSAGES];
    private int count;
    private int next;
    private int sinceRenewal;
    private long medianMillis;

    void add(long arrivalMinusExportMillis) {
        ring[next] = arrivalMinusExportMillis;
        next = (next + 1) % MESSAGES;
        count = Math.min(count + 1, MESSAGES);
        if (++sinceRenewal >= RENEW_MESSAGES || count <= MESSAGES_MIN) {
            sinceRenewal = 0;
            System.arraycopy(ring, 0, sorted, 0, count);
            Arrays.sort(sorted, 0, count);
            medianMillis = sorted[count / 2];
        }
    }

    /** 0 before the first message. */
    long medianMillis() {
        return medianMillis;
    }

    /** What flow times are to be moved by: 0 while the clock is right enough. */
    long correctionMillis() {
        return Math.abs(medianMillis) > LIMIT_MILLIS ? medianMillis : 0;
    }
}
