// SPDX-License-Identifier: Apache-2.0
package tonle.notary.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import tonle.base.power.Clock;
import tonle.notary.check.LogSource;
import tonle.notary.web.StrangersClient;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.tile.VerifiedTiles;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.Proofs;
import tonle.tlog.tree.TreeHead;
import tonle.tlog.witness.AddCheckpoint;
import tonle.tlog.witness.WitnessAnswer;

/**
 * The talk with one witness, on a thread of its own: offers it the newest checkpoint, proves growth from the size that
 * it says it holds, and comes again after a failure, later each time.
 */
final class WitnessTalk implements AutoCloseable {
    private static final long PAUSE_FIRST_MILLIS = 1_000;
    private static final long PAUSE_MAX_MILLIS = 60_000;

    private final KnownWitness witness;
    private final LogIdentity log;
    private final WitnessClient client;
    private final LogSource source;
    private final Clock clock;
    private final Evidence evidence;
    private final BiConsumer<TrustedCheckpoint, List<NoteSignature>> cosigned;
    private final ArrayBlockingQueue<TrustedCheckpoint> newest = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private volatile boolean isStopping;
    private volatile WitnessState state;

    /** @param cosigned takes a checkpoint and the lines that this witness put below it, verified */
    WitnessTalk(
            KnownWitness witness,
            LogIdentity log,
            StrangersClient http,
            LogSource source,
            Clock clock,
            Evidence evidence,
            BiConsumer<TrustedCheckpoint, List<NoteSignature>> cosigned) {
        this.witness = witness;
        this.log = log;
        this.client = new WitnessClient(http, witness.prefix());
        this.source = source;
        this.clock = clock;
        this.evidence = evidence;
        this.cosigned = cosigned;
        this.state =
                new WitnessState(witness.name(), witness.prefix().toString(), TreeHead.EMPTY, 0, Optional.empty(), 0);
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("tonle-witness-" + witness.name())
                .start(this::talk);
    }

    KnownWitness witness() {
        return witness;
    }

    WitnessState state() {
        return state;
    }

    /** Only the newest counts: what waited before it is forgotten. Returns at once. */
    void offer(TrustedCheckpoint checkpoint) {
        while (!newest.offer(checkpoint)) {
            newest.poll();
        }
    }

    /** What the witness last cosigned of the log, by signatures that verify; empty where it never did. */
    Optional<TrustedCheckpoint> held() throws IOException {
        Optional<byte[]> octets = client.held(log.origin());
        if (octets.isEmpty()) {
            return Optional.empty();
        }
        if (TrustedCheckpoint.open(octets.get(), log, witness.keys().values())
                        instanceof Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint held)
                && !held.ofWitnesses().isEmpty()) {
            return Optional.of(held);
        }
        throw new IOException(witness.prefix() + " shows a checkpoint that it and the log did not both sign");
    }

    private void talk() {
        Optional<TrustedCheckpoint> open = Optional.empty();
        long pause = PAUSE_FIRST_MILLIS;
        long size = 0;
        while (!isStopping) {
            try {
                TrustedCheckpoint next = open.isEmpty() ? newest.take() : newest.poll(pause, TimeUnit.MILLISECONDS);
                open = next == null ? open : Optional.of(next);
                size = offered(open.orElseThrow(), size);
                boolean isDone = state.trouble().isEmpty();
                pause = isDone ? PAUSE_FIRST_MILLIS : Math.min(PAUSE_MAX_MILLIS, pause * 2);
                open = isDone ? Optional.empty() : open;
            } catch (InterruptedException _) {
                return; // Closing.
            }
        }
    }

    /**
     * Offers a checkpoint, once more where the witness names another size.
     *
     * @param size that the witness is thought to hold
     * @return the size that it is now thought to hold
     */
    private long offered(TrustedCheckpoint checkpoint, long size) {
        try {
            long from = Math.min(size, checkpoint.head().size());
            Outcome<WitnessAnswer> answer = ask(checkpoint, from);
            if (answer instanceof Outcome.Good<WitnessAnswer>(WitnessAnswer.OtherSize(long held))) {
                from = held;
                if (held > checkpoint.head().size()) {
                    return holdsMore(checkpoint, held);
                }
                answer = ask(checkpoint, from);
            }
            return answered(checkpoint, from, answer);
        } catch (IOException e) {
            trouble(WitnessState.Kind.AWAY, String.valueOf(e.getMessage()));
            return size;
        }
    }

    private Outcome<WitnessAnswer> ask(TrustedCheckpoint checkpoint, long from) throws IOException {
        TreeHead head = checkpoint.head();
        try {
            return switch (Proofs.consistency(from, head.size(), new VerifiedTiles(head, source.tiles()))) {
                case Outcome.Good<List<Hash>>(List<Hash> proof) ->
                    client.add(new AddCheckpoint(from, proof, checkpoint.note()));
                case Outcome.Refused<List<Hash>> refused ->
                    throw new IOException("the log's own tiles give no proof from " + from + ": " + refused);
            };
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private long answered(TrustedCheckpoint checkpoint, long from, Outcome<WitnessAnswer> answer) throws IOException {
        switch (answer) {
            case Outcome.Refused<WitnessAnswer> refused ->
                trouble(WitnessState.Kind.ANSWERS_WRONGLY, "its answer cannot be read: " + refused);
            case Outcome.Good<WitnessAnswer>(WitnessAnswer.Cosigned(List<NoteSignature> lines)) -> {
                return took(checkpoint, from, lines);
            }
            case Outcome.Good<WitnessAnswer>(WitnessAnswer.OtherSize(long held)) ->
                trouble(WitnessState.Kind.ANSWERS_WRONGLY, "it says that it holds " + held + ", then otherwise");
            case Outcome.Good<WitnessAnswer>(WitnessAnswer.Refusal(int status, String reason)) -> {
                if (status == WitnessAnswer.UNPROCESSABLE || status == WitnessAnswer.CONFLICT) {
                    contradicts(checkpoint, reason);
                } else if (status >= 500 || status == 429) {
                    trouble(WitnessState.Kind.AWAY, "it says " + status + " " + reason);
                } else {
                    trouble(WitnessState.Kind.REFUSES, "it says " + status + " " + reason);
                }
            }
        }
        return from;
    }

    /** Takes lines that this witness's keys made, each under its type; a line that does not verify spoils them all. */
    private long took(TrustedCheckpoint checkpoint, long from, List<NoteSignature> lines) {
        List<NoteSignature> own = lines.stream()
                .filter(line -> witness.keys().values().stream().anyMatch(key -> key.isNamedBy(line)))
                .toList();
        boolean isVerified = TrustedCheckpoint.open(
                                checkpoint.note().with(own), log, witness.keys().values())
                        instanceof Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint opened)
                && !opened.ofWitnesses().isEmpty();
        if (!isVerified) {
            trouble(WitnessState.Kind.ANSWERS_WRONGLY, "its cosignature does not verify under the keys of the policy");
            return from;
        }
        state = new WitnessState(
                state.name(), state.address(), checkpoint.head(), clock.unixMillis(), Optional.empty(), 0);
        cosigned.accept(checkpoint, own);
        return checkpoint.head().size();
    }

    private long holdsMore(TrustedCheckpoint checkpoint, long held) {
        keepEvidence(checkpoint);
        trouble(
                WitnessState.Kind.HOLDS_MORE,
                "it holds " + held + " entries and this log has "
                        + checkpoint.head().size() + ": an older copy writes here, or somebody else with these keys");
        return held;
    }

    private void contradicts(TrustedCheckpoint checkpoint, String reason) {
        keepEvidence(checkpoint);
        trouble(
                WitnessState.Kind.CONTRADICTS,
                "what it holds is not the beginning of this log (" + reason + "): two histories were signed");
    }

    /** Both sides, where the witness shows its own. */
    private void keepEvidence(TrustedCheckpoint ours) {
        try {
            Optional<byte[]> theirs = client.held(ours.checkpoint().origin());
            evidence.keep(witness.name(), ours.note().octets(), theirs.orElse(new byte[0]));
        } catch (IOException _) {
            // The alarm stands without it; the next try keeps it.
        }
    }

    private void trouble(WitnessState.Kind kind, String words) {
        WitnessState before = state;
        boolean isSame = before.trouble()
                .map(WitnessState.Trouble::kind)
                .filter(kind::equals)
                .isPresent();
        state = new WitnessState(
                before.name(),
                before.address(),
                before.cosigned(),
                before.cosignedMillis(),
                Optional.of(new WitnessState.Trouble(kind, words)),
                isSame ? before.troubleSinceMillis() : clock.unixMillis());
    }

    @Override
    public void close() {
        isStopping = true;
        thread.interrupt();
        try {
            thread.join(PAUSE_MAX_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
