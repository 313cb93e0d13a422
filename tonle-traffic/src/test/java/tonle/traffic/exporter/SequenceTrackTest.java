// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.base.power.Seed;
import tonle.wire.flow.FlowProtocol;

class SequenceTrackTest {
    @Test
    void lossIsWhatWasDroppedForEveryProtocolAndLateOnesAreNotLost() {
        for (FlowProtocol protocol : FlowProtocol.values()) {
            for (long run = 1; run <= 20; run++) {
                Seed seed = new Seed(run);
                boolean records = protocol == FlowProtocol.NETFLOW5 || protocol == FlowProtocol.IPFIX;
                // Near the end of 32 bits, so that the numbers wrap.
                long sequence = 0xFFFF_FF00L;
                SequenceTrack track = new SequenceTrack(protocol);
                long dropped = 0;
                List<long[]> pending = new ArrayList<>();
                for (int i = 0; i < 2_000; i++) {
                    int units = 1 + seed.below(30);
                    long[] message = {sequence, units};
                    sequence = sequence + (records ? units : 1) & 0xFFFF_FFFFL;
                    boolean edge = i < 20 || i > 1_980;
                    if (!edge && seed.below(50) == 0) {
                        dropped += records ? units : 1;
                    } else if (!edge && pending.isEmpty() && seed.below(50) == 0) {
                        pending.add(message);
                    } else {
                        track.message(message[0], (int) message[1]);
                        pending.forEach(late -> track.message(late[0], (int) late[1]));
                        pending.clear();
                    }
                }
                assertThat(track.lost()).as("%s seed %d", protocol, run).isEqualTo(dropped);
                assertThat(track.restarts()).isZero();
                assertThat(track.reordered()).isPositive();
            }
        }
    }

    /**
     * The first messages of softflowd 1.1.0 in the reference captures: each number counts the message's own records.
     */
    @Test
    void theHabitOfSoftflowdIsLearntAndNotCalledLoss() {
        SequenceTrack track = new SequenceTrack(FlowProtocol.IPFIX);
        int[][] messages = {
            {16, 17}, {42, 26}, {67, 25}, {93, 26}, {118, 25}, {144, 26}, {170, 26}, {195, 25}, {221, 26}, {245, 24}
        };
        for (int[] message : messages) {
            track.message(message[0], message[1]);
        }
        assertThat(track.habit()).isEqualTo(SequenceTrack.Habit.RECORDS_INCLUDED);
        assertThat(track.lost()).isZero();

        track.message(245 + 30 + 20, 20);
        assertThat(track.lost()).isEqualTo(30);
    }

    @Test
    void anExporterThatCountsMessagesIsLearnt() {
        SequenceTrack track = new SequenceTrack(FlowProtocol.IPFIX);
        for (int i = 0; i < 20; i++) {
            track.message(i, 7 + i % 3);
        }
        assertThat(track.habit()).isEqualTo(SequenceTrack.Habit.MESSAGES);
        assertThat(track.lost()).isZero();
    }

    @Test
    void aFarStepBackIsARestartAndNoLoss() {
        SequenceTrack track = new SequenceTrack(FlowProtocol.NETFLOW9);
        for (int i = 0; i < 10; i++) {
            track.message(5_000_000 + i, 1);
        }
        for (int i = 0; i < 10; i++) {
            track.message(i, 1);
        }
        assertThat(track.lost()).isZero();
        assertThat(track.restarts()).isEqualTo(1);
    }

    @Test
    void aRestartSoonAfterTheStartIsSeenByMessagesThatFollowEachOther() {
        SequenceTrack track = new SequenceTrack(FlowProtocol.NETFLOW9);
        for (int i = 0; i < 100; i++) {
            track.message(i, 1);
        }
        for (int i = 0; i < 10; i++) {
            track.message(i, 1);
        }
        assertThat(track.restarts()).isEqualTo(1);
        assertThat(track.lost()).isZero();
    }

    @Test
    void afterARecordThatWasNotCountedTheNextNumberIsBelieved() {
        SequenceTrack track = new SequenceTrack(FlowProtocol.IPFIX);
        track.message(100, 10);
        track.message(110, -1);
        track.message(500, 10);
        track.message(510, 10);
        assertThat(track.lost()).isZero();
    }
}
