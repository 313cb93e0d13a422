// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What sequence numbers say of loss (flows.md 4.3, 4.7). */
class SequenceTrackTest {
    private final SequenceTrack records = new SequenceTrack(true);
    private final SequenceTrack datagrams = new SequenceTrack(false);

    @Test
    void aGapOfRecordsIsLoss() {
        records.message(100, 10, 1, true);
        records.message(111, 5, 0, true);
        records.message(120, 5, 0, true);
        assertThat(records.lost()).isEqualTo(4);
    }

    @Test
    void aGapOfDatagramsIsLoss() {
        datagrams.message(7, 20, 0, true);
        datagrams.message(8, 3, 0, true);
        datagrams.message(11, 20, 0, true);
        assertThat(datagrams.lost()).isEqualTo(2);
    }

    @Test
    void numbersWrapAt32Bits() {
        datagrams.message(0xFFFF_FFFFL, 1, 0, true);
        datagrams.message(0, 1, 0, true);
        assertThat(datagrams.lost()).isZero();
        records.message(0xFFFF_FFFEL, 3, 0, true);
        records.message(1, 3, 0, true);
        records.message(6, 3, 0, true);
        assertThat(records.lost()).isEqualTo(2);
    }

    @Test
    void whatComesLateIsNotLost() {
        for (int sequence : new int[] {1, 2, 4, 3, 5, 6}) {
            datagrams.message(sequence, 1, 0, true);
        }
        assertThat(datagrams.lost()).isZero();
    }

    @Test
    void lateRecordsAreGivenBackAllOfThem() {
        records.message(0, 10, 0, true);
        records.message(10, 10, 0, true);
        records.message(30, 10, 0, true);
        records.message(20, 10, 0, true);
        records.message(40, 10, 0, true);
        assertThat(records.lost()).isZero();
    }

    @Test
    void aLargeStepBackIsANewStart() {
        datagrams.message(50_000, 1, 0, true);
        datagrams.message(1, 1, 0, true);
        datagrams.message(2, 1, 0, true);
        assertThat(datagrams.lost()).isZero();
    }

    @Test
    void aSmallStepBackThatStaysIsANewStartToo() {
        datagrams.message(500, 1, 0, true);
        for (int sequence = 0; sequence < 400; sequence++) {
            datagrams.message(sequence, 1, 0, true);
        }
        datagrams.message(405, 1, 0, true);
        assertThat(datagrams.lost()).isEqualTo(5);
    }

    @Test
    void afterAnUndecodableSetNobodyKnowsTheNextNumber() {
        records.message(0, 10, 0, true);
        records.message(10, 3, 0, false);
        records.message(40, 10, 0, true);
        records.message(50, 10, 0, true);
        assertThat(records.lost()).isZero();
    }

    @Test
    void softflowdCountsItsOwnMessageAndThatIsNoLoss() {
        long sequence = 0;
        int[] flows = {30, 28, 5, 30, 12};
        for (int count : flows) {
            sequence += count;
            records.message(sequence, count, 1, true);
        }
        assertThat(records.habit()).isEqualTo(SequenceTrack.Habit.COUNTS_THIS_TOO);
        assertThat(records.lost()).isZero();
    }

    @Test
    void softflowdsLossIsStillSeen() {
        long sequence = 0;
        for (int i = 0; i < 20; i++) {
            sequence += i == 10 ? 17 + 24 : 17 + i % 3;
            records.message(sequence, i == 10 ? 17 : 17 + i % 3, 0, true);
        }
        assertThat(records.habit()).isEqualTo(SequenceTrack.Habit.COUNTS_THIS_TOO);
        assertThat(records.lost()).isEqualTo(24);
    }

    @Test
    void anExporterThatCountsMessagesLosesNothingByIt() {
        for (int i = 0; i < 20; i++) {
            records.message(i, 10, 0, true);
        }
        assertThat(records.habit()).isEqualTo(SequenceTrack.Habit.COUNTS_MESSAGES);
        assertThat(records.lost()).isZero();
    }
}
