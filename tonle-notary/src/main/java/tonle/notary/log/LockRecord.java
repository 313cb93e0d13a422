// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.TrustedCheckpoint;

/**
 * How far this log was signed, kept apart from the log: nothing is signed that does not follow from it.
 *
 * <pre>
 *   tonle log lock 1
 *   appending            the stage: appending, quiescent or frozen
 *                        and below the empty line the checkpoint that was signed last
 * </pre>
 */
record LockRecord(LogStage stage, TrustedCheckpoint checkpoint) {
    private static final String HEADER = "tonle log lock 1\n";

    byte[] octets() {
        return octets(stage, checkpoint.note().octets());
    }

    static byte[] octets(LogStage stage, byte[] note) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes((HEADER + word(stage) + "\n\n").getBytes(UTF_8));
        record.writeBytes(note);
        return record.toByteArray();
    }

    static Optional<LockRecord> parse(byte[] octets, LogIdentity log) {
        for (LogStage stage : List.of(LogStage.APPENDING, LogStage.QUIESCENT, LogStage.FROZEN)) {
            byte[] head = (HEADER + word(stage) + "\n\n").getBytes(UTF_8);
            if (octets.length > head.length && Arrays.equals(head, Arrays.copyOf(octets, head.length))) {
                byte[] note = Arrays.copyOfRange(octets, head.length, octets.length);
                return TrustedCheckpoint.open(note, log, List.of())
                                instanceof Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint checkpoint)
                        ? Optional.of(new LockRecord(stage, checkpoint))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String word(LogStage stage) {
        return stage.name().toLowerCase(java.util.Locale.ROOT);
    }
}
