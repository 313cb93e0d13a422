// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tonle.notary.check.Finding;
import tonle.notary.check.Fsck;
import tonle.notary.check.LogSource;
import tonle.tlog.Outcome;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.tree.TreeHead;

/**
 * Makes the lock record of a log that came out of a backup, on the word of a person who asked its witnesses how far it
 * was signed. A log that is shorter than that must not grow: it would be a second history.
 */
public final class TakeUp {
    private TakeUp() {}

    /** @param size what the witnesses last cosigned, or where there are none, what was last seen published */
    public static TreeHead run(LogPlaces places, long size) throws IOException {
        if (Files.exists(places.head())) {
            throw new LogOutage(LogReason.IN_USE, places.head() + " is there: this log knows how far it was signed");
        }
        if (!Files.exists(places.keys())) {
            throw new LogOutage(
                    LogReason.KEYS_MISSING, "there is no " + places.keys() + "; put the keys back from where they are");
        }
        LogKeys keys = LogKeys.read(places.keys());
        Optional<byte[]> note = Disk.REAL.read(places.published().resolve(LogFolder.CHECKPOINT));
        Outcome<TrustedCheckpoint> opened =
                TrustedCheckpoint.open(note.orElse(new byte[0]), keys.identity(), List.of());
        if (!(opened instanceof Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint checkpoint))) {
            throw new LogOutage(
                    LogReason.LOCK_CONTRADICTED,
                    places.published() + " has no checkpoint that these keys signed: " + opened);
        }
        if (checkpoint.head().size() != size) {
            throw new LogOutage(
                    LogReason.BEHIND_WITNESSES,
                    "the log has " + checkpoint.head().size() + " entries and was signed up to " + size
                            + ": bring the missing ones back, or begin a successor");
        }
        List<Finding> findings = new ArrayList<>();
        new Fsck(LogSource.folder(places.published()), _ -> Optional.empty(), findings::add, _ -> {})
                .run(each -> TrustedCheckpoint.open(each, keys.identity(), List.of()));
        if (!findings.isEmpty()) {
            throw new LogOutage(
                    LogReason.TILES_DAMAGED,
                    "the log is not whole, first " + findings.getFirst() + "; 'tonle log fsck' names all");
        }
        LogOpening.writeHead(
                Disk.REAL,
                places,
                LockRecord.octets(LogStage.APPENDING, checkpoint.note().octets()));
        return checkpoint.head();
    }
}
