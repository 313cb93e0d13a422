// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.Arrays;
import java.util.function.Predicate;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;

/**
 * What one exporting process says of itself in options data (RFC 7011 sections 4.1 and 4.3; RFC 3954 section 8 has the
 * first two): how much it sent, and how much it could not send. Its counters are followed through wraps and restarts.
 * What it sent before its first report, or could not send, is not known and not counted.
 */
final class StatedCounts {
    /** The figures, each a running sum since the first report; -1 where the exporter does not state it. */
    static final int MESSAGES = 0;

    static final int FLOW_RECORDS = 1;
    static final int NOT_SENT_FLOWS = 2;
    static final int NOT_SENT_PACKETS = 3;
    static final int NOT_SENT_OCTETS = 4;
    /** Of {@link #MESSAGES} and {@link #FLOW_RECORDS}, those that never came. */
    static final int MESSAGES_MISSING = 5;

    static final int FLOW_RECORDS_MISSING = 6;
    static final int FIGURES = 7;

    private static final int COUNTERS = 5;
    private static final int COMPARED = 2;
    private static final Slot[] SLOTS = {
        Slot.EXPORTED_MESSAGE_TOTAL_COUNT,
        Slot.EXPORTED_FLOW_RECORD_TOTAL_COUNT,
        Slot.NOT_SENT_FLOW_TOTAL_COUNT,
        Slot.NOT_SENT_PACKET_TOTAL_COUNT,
        Slot.NOT_SENT_OCTET_TOTAL_COUNT
    };
    /** A report that was overtaken by a later one arrives within this time of it. */
    private static final long OVERTAKEN_MILLIS = 60_000;

    private static final long UNKNOWN = -1;

    private final long[] last = new long[COUNTERS];
    private final long[] sums = new long[COUNTERS];
    /** Of what is compared: what had come when the counting began, what was stated since, what was missing before. */
    private final long[] heardAtStart = new long[COMPARED];

    private final long[] statedSinceStart = new long[COMPARED];
    private final long[] missingBefore = new long[COMPARED];
    private final long[] missing = new long[COMPARED];
    private long lastExportMillis = Long.MIN_VALUE;
    private long lastArrivalMillis;
    private long grewMillis = UNKNOWN;

    StatedCounts() {
        Arrays.fill(last, UNKNOWN);
    }

    /** Whether records after a template of such slots state anything of this. */
    static boolean isStatedBy(Predicate<Slot> has) {
        return Arrays.stream(SLOTS).anyMatch(has);
    }

    /**
     * A report came.
     *
     * @param heardMessages what came from this process before the message that carries the report, or -1 where that is
     *     not known: elements 41 and 42 leave out their own message
     */
    void report(FlowRecord record, long exportMillis, long arrivalMillis, long heardMessages, long heardFlowRecords) {
        if (exportMillis <= lastExportMillis && arrivalMillis - lastArrivalMillis < OVERTAKEN_MILLIS) {
            return;
        }
        lastExportMillis = exportMillis;
        lastArrivalMillis = arrivalMillis;
        for (int figure = 0; figure < COUNTERS; figure++) {
            long value = record.value(SLOTS[figure]);
            if (value == FlowRecord.ABSENT) {
                continue;
            }
            if (figure < COMPARED) {
                compare(figure, value, record.template(), figure == MESSAGES ? heardMessages : heardFlowRecords);
            } else {
                long growth = last[figure] == UNKNOWN ? 0 : growth(figure, value, record.template());
                // Since it began anew it could not send what it counts now.
                sums[figure] = plus(sums[figure], growth == UNKNOWN ? value : growth);
                grewMillis = growth != 0 && value != 0 ? arrivalMillis : grewMillis;
                last[figure] = value;
            }
        }
    }

    private void compare(int figure, long value, Template template, long heard) {
        if (heard == UNKNOWN) {
            return;
        }
        long growth = last[figure] == UNKNOWN ? UNKNOWN : growth(figure, value, template);
        if (growth == UNKNOWN) {
            // The first report, or the first after a restart: what came since then cannot be told from before.
            missingBefore[figure] = missing[figure];
            heardAtStart[figure] = heard;
            statedSinceStart[figure] = 0;
        } else {
            sums[figure] = plus(sums[figure], growth);
            statedSinceStart[figure] = plus(statedSinceStart[figure], growth);
            // Over the whole time, not report by report: what arrives late mends what was missing.
            long gap = statedSinceStart[figure] - (heard - heardAtStart[figure]);
            missing[figure] = plus(missingBefore[figure], Math.max(0, gap));
        }
        last[figure] = value;
    }

    /** By how much the counter grew, through the wrap of a field of reduced size; -1 where it began anew. */
    private long growth(int figure, long value, Template template) {
        long growth = value - last[figure];
        if (growth >= 0) {
            return growth;
        }
        int octets = template.lengthOctets(SLOTS[figure]);
        if (octets < 1 || octets > 7) {
            return UNKNOWN;
        }
        long range = 1L << 8 * octets;
        boolean wrapped = last[figure] > range / 4 * 3 && value < range / 4;
        return wrapped ? growth + range : UNKNOWN;
    }

    /** Of numbers that are not negative; what a device makes up stays a number. */
    private static long plus(long a, long b) {
        return a + b < 0 ? Long.MAX_VALUE : a + b;
    }

    /** The exporter restarted: its counters begin at nought. */
    void restart() {
        for (int figure = 0; figure < COUNTERS; figure++) {
            boolean counts = figure >= COMPARED && last[figure] != UNKNOWN;
            last[figure] = counts ? 0 : UNKNOWN;
        }
        lastExportMillis = Long.MIN_VALUE;
    }

    /** When it last could not send something, or -1. */
    long grewMillis() {
        return grewMillis;
    }

    /** Adds the figures to {@code to}, where -1 stands for one that nobody states. */
    void addTo(long[] to) {
        for (int figure = 0; figure < COUNTERS; figure++) {
            if (last[figure] != UNKNOWN || sums[figure] > 0) {
                to[figure] = plus(Math.max(0, to[figure]), sums[figure]);
                if (figure < COMPARED) {
                    int of = figure + MESSAGES_MISSING;
                    to[of] = plus(Math.max(0, to[of]), missing[figure]);
                }
            }
        }
    }
}
