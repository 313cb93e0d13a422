// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.witness;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.tree.ProofChecks;
import tonle.tlog.tree.TreeHead;
import tonle.tlog.tree.Verdict;

/** What a witness does with a request, from the rules of C2SP tlog-witness in the order it gives them. */
public sealed interface WitnessRuling {
    /** Keep {@code checkpoint} as the last one of its log, durably, if that is still {@code held}; then cosign it. */
    record Cosign(Checkpoint checkpoint, TreeHead held) implements WitnessRuling {}

    /**
     * Refuse.
     *
     * @param isEvidence the log itself signed what contradicts what it signed before: keep the request
     */
    record Refuse(WitnessAnswer answer, LogFault fault, boolean isEvidence) implements WitnessRuling {}

    /**
     * Rules on a request.
     *
     * @param logs the log of an origin, if the witness knows one
     * @param held what the witness last cosigned of an origin; {@link TreeHead#EMPTY} where nothing
     */
    static WitnessRuling on(
            AddCheckpoint request, Function<String, Optional<LogIdentity>> logs, Function<String, TreeHead> held) {
        return switch (Checkpoint.parse(request.checkpoint().text())) {
            case Outcome.Refused<Checkpoint>(LogFault fault, long _) -> refuse(WitnessAnswer.BAD_REQUEST, fault);
            case Outcome.Good<Checkpoint>(Checkpoint checkpoint) ->
                logs.apply(checkpoint.origin())
                        .map(log -> known(request, log, held.apply(checkpoint.origin())))
                        .orElseGet(() -> refuse(WitnessAnswer.NOT_FOUND, LogFault.ORIGIN_UNEXPECTED));
        };
    }

    private static WitnessRuling known(AddCheckpoint request, LogIdentity log, TreeHead held) {
        return switch (TrustedCheckpoint.open(request.checkpoint(), log, List.of())) {
            case Outcome.Refused<TrustedCheckpoint>(LogFault fault, long _) ->
                refuse(
                        fault == LogFault.EMPTY_ROOT_WRONG ? WitnessAnswer.UNPROCESSABLE : WitnessAnswer.FORBIDDEN,
                        fault);
            case Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint opened) -> trusted(request, opened, held);
        };
    }

    private static WitnessRuling trusted(AddCheckpoint request, TrustedCheckpoint opened, TreeHead held) {
        TreeHead head = opened.head();
        if (request.oldSize() > head.size()) {
            return refuse(WitnessAnswer.BAD_REQUEST, LogFault.SIZES_REVERSED);
        }
        if (request.oldSize() != held.size()) {
            // Also where the log signed a smaller tree than it did before: an old checkpoint shown again.
            return new Refuse(new WitnessAnswer.OtherSize(held.size()), LogFault.SIZES_REVERSED, false);
        }
        return switch (ProofChecks.consistency(request.proof(), held, head)) {
            case Verdict.Holds() -> new Cosign(opened.checkpoint(), held);
            case Verdict.Fails(LogFault fault, long _) ->
                new Refuse(
                        new WitnessAnswer.Refusal(WitnessAnswer.UNPROCESSABLE, fault.name()),
                        fault,
                        fault == LogFault.ROOTS_DIFFER);
        };
    }

    private static Refuse refuse(int status, LogFault fault) {
        return new Refuse(new WitnessAnswer.Refusal(status, fault.name()), fault, false);
    }
}
