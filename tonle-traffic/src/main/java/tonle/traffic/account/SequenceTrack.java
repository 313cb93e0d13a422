// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

/**
 * Follows one session's sequence numbers, modulo 2^32. Three ways of counting are followed side by side, and the one
 * that fits the exporter best is believed: an exporter with a habit of its own loses nothing by it (flows.md 4.3, 4.7).
 */
final class SequenceTrack {
    /** How an exporter's sequence number grows. */
    enum Habit {
        /** By what came in this message: the next message's number is this one's plus that (RFC 7011 section 3.1). */
        COUNTS_BEFORE,
        /** The number includes the flow records of its own message and leaves options out (softflowd). */
        COUNTS_THIS_TOO,
        /** By one a message, though the protocol says records. */
        COUNTS_MESSAGES
    }

    /** A step back by no more is reordering; by more, the exporter started anew. */
    private static final long REORDER_STEPS_MAX = 1_000;
    /** So many late messages in a row are no reordering but a new start. */
    private static final int LATE_COUNT_MAX = 8;
    /** A step forward by more is a new start as well: no capture loses half of all numbers. */
    private static final long LOSS_STEPS_MAX = 1L << 31;

    private static final long MODULUS_MASK = 0xFFFF_FFFFL;
    private static final Habit[] HABITS = Habit.values();

    /** One habit's view of the session. */
    private static final class View {
        long next;
        long lost;
        long fits;
        int late;
        boolean isKnown;

        /**
         * @param expected the number that a message without loss before it has
         * @param weight what the message itself adds to the count
         * @param nextIfTaken what the next message is compared with
         */
        void message(long sequence, long expected, long weight, long nextIfTaken) {
            long step = sequence - expected & MODULUS_MASK;
            if (isKnown && step != 0 && step < LOSS_STEPS_MAX) {
                lost += step;
            }
            boolean isLate = isKnown && step >= MODULUS_MASK + 1 - REORDER_STEPS_MAX && late < LATE_COUNT_MAX;
            if (isLate) {
                // Its place was counted as lost when it was found empty.
                lost = Math.max(0, lost - weight);
                late++;
                return;
            }
            if (isKnown && step == 0) {
                fits++;
            }
            late = 0;
            next = nextIfTaken;
            isKnown = true;
        }
    }

    private final boolean countsRecords;
    private final View[] views = {new View(), new View(), new View()};

    /** @param countsRecords NetFlow v5 and IPFIX count records; v9 and sFlow count datagrams */
    SequenceTrack(boolean countsRecords) {
        this.countsRecords = countsRecords;
    }

    /**
     * A message ended.
     *
     * @param flowRecords it held so many
     * @param optionsRecords and so many of options
     * @param isWhole whether all of it could be read; else nobody knows how many records it held
     */
    void message(long sequence, long flowRecords, long optionsRecords, boolean isWhole) {
        View messages = views[Habit.COUNTS_MESSAGES.ordinal()];
        messages.message(sequence, messages.next, 1, sequence + 1);
        if (!countsRecords) {
            return;
        }
        View before = views[Habit.COUNTS_BEFORE.ordinal()];
        long records = flowRecords + optionsRecords;
        before.message(sequence, before.next, records, sequence + records);
        before.isKnown = before.isKnown && isWhole;
        View thisToo = views[Habit.COUNTS_THIS_TOO.ordinal()];
        if (isWhole) {
            thisToo.message(sequence, thisToo.next + flowRecords, flowRecords, sequence);
        } else {
            thisToo.next = sequence;
        }
    }

    /** The habit that fitted most often; of equals the one that the protocol asks for. */
    Habit habit() {
        if (!countsRecords) {
            return Habit.COUNTS_MESSAGES;
        }
        Habit best = Habit.COUNTS_BEFORE;
        for (Habit habit : HABITS) {
            if (views[habit.ordinal()].fits > views[best.ordinal()].fits) {
                best = habit;
            }
        }
        return best;
    }

    /** What never came, in the exporter's own unit: records (v5, IPFIX) or datagrams (v9, sFlow). */
    long lost() {
        return views[habit().ordinal()].lost;
    }
}
