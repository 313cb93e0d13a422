// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.tree.TreeHead;

/**
 * A checkpoint that its log signed, with the cosignatures of known witnesses that verified. There is no other way to
 * one than {@link #open}.
 */
public final class TrustedCheckpoint {
    private final Checkpoint checkpoint;
    private final SignedNote note;
    private final List<SignedNote.Verified> ofLog;
    private final List<SignedNote.Verified> ofWitnesses;

    private TrustedCheckpoint(
            Checkpoint checkpoint,
            SignedNote note,
            List<SignedNote.Verified> ofLog,
            List<SignedNote.Verified> ofWitnesses) {
        this.checkpoint = checkpoint;
        this.note = note;
        this.ofLog = List.copyOf(ofLog);
        this.ofWitnesses = List.copyOf(ofWitnesses);
    }

    public static Outcome<TrustedCheckpoint> open(byte[] octets, LogIdentity log, Collection<VerifierKey> witnesses) {
        return SignedNote.parse(octets).then(note -> open(note, log, witnesses));
    }

    public static Outcome<TrustedCheckpoint> open(SignedNote note, LogIdentity log, Collection<VerifierKey> witnesses) {
        return Checkpoint.parse(note.text()).then(checkpoint -> {
            if (!checkpoint.origin().equals(log.origin())) {
                return Outcome.refused(LogFault.ORIGIN_UNEXPECTED, 0);
            }
            List<VerifierKey> known = new ArrayList<>(log.keys());
            known.addAll(witnesses);
            return note.verify(known).then(verified -> {
                List<SignedNote.Verified> ofLog = verified.stream()
                        .filter(one -> log.keys().contains(one.key()))
                        .toList();
                List<SignedNote.Verified> ofWitnesses = verified.stream()
                        .filter(one -> witnesses.contains(one.key()))
                        .toList();
                if (ofLog.isEmpty()) {
                    return Outcome.refused(
                            LogFault.LOG_SIGNATURE_MISSING, note.signatures().size());
                }
                TreeHead head = checkpoint.head();
                return head.size() == 0 && !head.equals(TreeHead.EMPTY)
                        ? Outcome.refused(LogFault.EMPTY_ROOT_WRONG, 0)
                        : Outcome.good(new TrustedCheckpoint(checkpoint, note, ofLog, ofWitnesses));
            });
        });
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    public TreeHead head() {
        return checkpoint.head();
    }

    public SignedNote note() {
        return note;
    }

    public List<SignedNote.Verified> ofLog() {
        return ofLog;
    }

    public List<SignedNote.Verified> ofWitnesses() {
        return ofWitnesses;
    }
}
