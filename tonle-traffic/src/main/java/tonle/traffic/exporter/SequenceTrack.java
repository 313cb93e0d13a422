// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.Arrays;
import tonle.wire.flow.FlowProtocol;

/**
 * Follows the sequence numbers of one session and says what never came: modulo 2^32, a late message fills its gap
 * again,
 * a far step is a restart and no loss. Units are the protocol's own: v5 flows, v9 and sFlow datagrams, IPFIX data
 * records. IPFIX exporters that count otherwise than RFC 7011 section 3.1 asks are learnt, not called lossy: every
 * {@link Habit} is followed at once, and the one that foretells best is believed.
 */
final class SequenceTrack {
    /** How an exporter counts. */
    enum Habit {
        /** As its RFC asks: the number is what came before this message. */
        STANDARD("standard"),
        /** The message's own records are counted already (softflowd). */
        RECORDS_INCLUDED("records-included"),
        /** One a message, whatever is in it. */
        MESSAGES("messages");

        private final String key;

        Habit(String key) {
            this.key = key;
        }

        /** The word in alarms. */
        String key() {
            return key;
        }
    }

    /** So many more right guesses make another habit believed. */
    private static final int LEAD_MIN = 4;
    /** Old guesses count half after so many messages, so that an exporter may change its habit. */
    private static final int HALVING_MESSAGES = 256;

    private static final long GAP_MESSAGES_MAX = 1 << 14;
    private static final long GAP_RECORDS_MAX = 1 << 19;

    private final boolean countsRecords;
    private final Guess[] guesses;
    private Guess believed;
    private int sinceHalving;

    SequenceTrack(FlowProtocol protocol) {
        countsRecords = protocol == FlowProtocol.NETFLOW5 || protocol == FlowProtocol.IPFIX;
        long gapMax = countsRecords ? GAP_RECORDS_MAX : GAP_MESSAGES_MAX;
        Habit[] habits = protocol == FlowProtocol.IPFIX ? Habit.values() : new Habit[] {Habit.STANDARD};
        guesses = Arrays.stream(habits).map(h -> new Guess(h, gapMax)).toArray(Guess[]::new);
        believed = guesses[0];
    }

    /**
     * A message came whole.
     *
     * @param sequence as its header says
     * @param records data records in it, or -1 where not all of them could be counted
     */
    void message(long sequence, int records) {
        if (records < 0 && countsRecords) {
            // What was not decoded was not counted: the next message starts afresh.
            for (Guess guess : guesses) {
                guess.known = false;
            }
            return;
        }
        for (Guess guess : guesses) {
            guess.message(sequence, countsRecords ? records : 1);
        }
        if (guesses.length > 1) {
            believe();
        }
    }

    private void believe() {
        boolean halve = ++sinceHalving == HALVING_MESSAGES;
        for (Guess guess : guesses) {
            if (guess.hits >= believed.hits + LEAD_MIN) {
                believed = guess;
            }
        }
        if (halve) {
            sinceHalving = 0;
            for (Guess guess : guesses) {
                guess.hits /= 2;
            }
        }
    }

    /** The exporter restarted: numbers begin anew. */
    void restart() {
        for (Guess guess : guesses) {
            guess.known = false;
            guess.restarts++;
            guess.forgetHoles();
        }
    }

    long lost() {
        return believed.lost;
    }

    long reordered() {
        return believed.reordered;
    }

    long restarts() {
        return believed.restarts;
    }

    Habit habit() {
        return believed.habit;
    }

    private static long wrap(long number) {
        return number & 0xFFFF_FFFFL;
    }

    /** The numbers as one habit would have them. */
    private static final class Guess {
        private static final int HOLES = 16;
        /** So many messages in a row behind the expectation, each following the other, are a restart. */
        private static final int BEHIND_RUN = 3;

        private final Habit habit;
        private final long gapMax;
        private final long[] holeStart = new long[HOLES];
        private final long[] holeSize = new long[HOLES];
        private int nextHole;
        private boolean known;
        private long expected;
        private int behindRun;
        private long behindNext;
        private int hits;
        private long lost;
        private long reordered;
        private long restarts;

        Guess(Habit habit, long gapMax) {
            this.habit = habit;
            this.gapMax = gapMax;
        }

        void message(long sequence, int units) {
            long here = habit == Habit.RECORDS_INCLUDED ? wrap(sequence - units) : sequence;
            long next = wrap(here + (habit == Habit.MESSAGES ? 1 : units));
            if (!known) {
                known = true;
                expected = next;
                behindRun = 0;
                return;
            }
            long ahead = (int) (here - expected);
            if (ahead == 0) {
                hits++;
                behindRun = 0;
                expected = next;
            } else if (ahead > 0) {
                onAhead(ahead);
                expected = next;
            } else {
                onBehind(here, next, -ahead);
            }
        }

        private void onAhead(long ahead) {
            behindRun = 0;
            if (ahead > gapMax) {
                restarts++;
                forgetHoles();
                return;
            }
            lost += ahead;
            addHole(expected, ahead);
        }

        private void onBehind(long here, long next, long behind) {
            for (int i = 0; i < HOLES; i++) {
                long offset = wrap(here - holeStart[i]);
                if (offset < holeSize[i]) {
                    fill(i, offset, Math.min(wrap(next - here), holeSize[i] - offset));
                    return;
                }
            }
            behindRun = behindRun > 0 && here == behindNext ? behindRun + 1 : 1;
            behindNext = next;
            if (behind > gapMax || behindRun >= BEHIND_RUN) {
                restarts++;
                forgetHoles();
                behindRun = 0;
                expected = next;
            } else {
                reordered++;
            }
        }

        /** A late message fills its part of a gap: it was not lost after all. */
        private void fill(int hole, long offset, long found) {
            reordered++;
            lost -= found;
            long start = holeStart[hole];
            long size = holeSize[hole];
            holeSize[hole] = offset;
            if (offset + found < size) {
                addHole(wrap(start + offset + found), size - offset - found);
            }
        }

        /** The oldest gap makes room: what would have filled it later stays counted as lost. */
        private void addHole(long start, long size) {
            holeStart[nextHole] = start;
            holeSize[nextHole] = size;
            nextHole = (nextHole + 1) % HOLES;
        }

        private void forgetHoles() {
            Arrays.fill(holeSize, 0);
        }
    }
}
