// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

/**
 * When a flow was, by our own clock. The exporter's times are moved by its clock's measured skew where that is above a
 * limit; then a flow ends at the latest when its record arrives, and began at the earliest one active timeout before
 * its end. What ended too long ago is out of range. One object a worker.
 */
final class FlowTime {
    /** Exporters check timeouts now and then: a flow may last a little longer than its timeout. */
    private static final long TIMEOUT_SLACK_MILLIS = 10_000;

    private long startMillis;
    private long endMillis;

    /**
     * @param start by the exporter's clock, or -1
     * @param end the same
     * @param export the message's export time, or -1
     * @param correction to be added to all three
     * @return false where the flow is out of range
     */
    boolean set(
            long start,
            long end,
            long export,
            long correction,
            long arrivalMillis,
            long activeTimeoutMillis,
            long oldestMillis) {
        long stamp = export < 0 ? arrivalMillis : export + correction;
        endMillis = end >= 0 ? end + correction : stamp;
        startMillis = start >= 0 ? start + correction : endMillis;
        endMillis = Math.min(endMillis, arrivalMillis);
        startMillis = Math.min(startMillis, endMillis);
        startMillis = Math.max(startMillis, endMillis - activeTimeoutMillis - TIMEOUT_SLACK_MILLIS);
        return endMillis >= arrivalMillis - oldestMillis;
    }

    long startMillis() {
        return startMillis;
    }

    long endMillis() {
        return endMillis;
    }
}
