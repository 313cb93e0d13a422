// SPDX-License-Identifier: Apache-2.0
package tonle.notary.witness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import tonle.base.power.Clock;
import tonle.notary.check.LogSource;
import tonle.notary.log.Witnesses;
import tonle.notary.web.StrangersClient;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.proof.TrustPolicy;
import tonle.tlog.tree.TreeHead;

/**
 * The witnesses of a policy. Each is talked to on a thread of its own, so that one that stalls holds up nobody;
 * cosignatures are shown as they come. Thread-safe.
 */
public final class WitnessGroup implements Witnesses, AutoCloseable {
    private final TrustPolicy policy;
    private final LogIdentity log;
    private final List<WitnessTalk> talks = new ArrayList<>();
    private final StrangersClient http = WitnessClient.http();
    private final Shown shown;
    /** The lines that came below the newest checkpoint, by witness. */
    private final Map<KnownWitness, List<NoteSignature>> lines = new LinkedHashMap<>();

    private TreeHead linesOf = TreeHead.EMPTY;

    /** Shows cosignatures below the checkpoint of a size. */
    public interface Shown {
        /** @return false where the log has grown on since */
        boolean cosigned(long size, List<NoteSignature> lines);
    }

    /**
     * @param policy whose witnesses are asked; its logs hold {@code log}
     * @param source the published files, to make proofs from
     * @param evidence the folder in which contradictions are kept
     */
    public WitnessGroup(
            TrustPolicy policy, LogIdentity log, LogSource source, Path evidence, Clock clock, Shown shown) {
        this.policy = policy;
        this.log = log;
        this.shown = shown;
        Evidence kept = new Evidence(evidence);
        for (KnownWitness witness : KnownWitness.of(policy)) {
            talks.add(new WitnessTalk(
                    witness, log, http, source, clock, kept, (checkpoint, its) -> took(witness, checkpoint, its)));
        }
    }

    public TrustPolicy policy() {
        return policy;
    }

    public List<WitnessState> states() {
        return talks.stream().map(WitnessTalk::state).toList();
    }

    /** The most entries that a quorum has cosigned in this run: who cosigned a larger tree cosigned the smaller too. */
    public long witnessedSize() {
        List<Long> sizes = talks.stream()
                .map(talk -> talk.state().cosigned().size())
                .distinct()
                .sorted(java.util.Comparator.reverseOrder())
                .toList();
        for (long size : sizes) {
            Set<String> cosigned = talks.stream()
                    .filter(talk -> talk.state().cosigned().size() >= size)
                    .flatMap(talk -> talk.witness().keys().keySet().stream())
                    .collect(Collectors.toSet());
            if (policy.isQuorum(cosigned)) {
                return size;
            }
        }
        return 0;
    }

    /** Asks all at once; the slowest has its time, and no more. */
    @Override
    public Standing standing(String origin) {
        if (talks.isEmpty()) {
            return new Standing.Unwitnessed();
        }
        List<TreeHead> heads = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TreeHead>> answers = new ArrayList<>();
            for (WitnessTalk talk : talks) {
                Callable<TreeHead> ask =
                        () -> talk.held().map(TrustedCheckpoint::head).orElse(TreeHead.EMPTY);
                answers.add(asking.submit(ask));
            }
            for (Future<TreeHead> answer : answers) {
                answer(answer, heads, silent);
            }
        }
        return heads.isEmpty() ? new Standing.Silent(String.join("; ", silent)) : new Standing.Cosigned(heads);
    }

    private static void answer(Future<TreeHead> answer, List<TreeHead> heads, List<String> silent) {
        try {
            heads.add(answer.get());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof IOException away)) {
                throw new IllegalStateException(e.getCause());
            }
            silent.add(String.valueOf(away.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            silent.add("interrupted");
        }
    }

    @Override
    public void published(SignedNote checkpoint) {
        Optional<TrustedCheckpoint> trusted = TrustedCheckpoint.open(checkpoint, log, List.of())
                        instanceof Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint opened)
                ? Optional.of(opened)
                : Optional.empty();
        trusted.ifPresent(opened -> talks.forEach(talk -> talk.offer(opened)));
    }

    private void took(KnownWitness witness, TrustedCheckpoint checkpoint, List<NoteSignature> its) {
        // Shown in turn, so that fewer lines never replace more.
        synchronized (lines) {
            TreeHead head = checkpoint.head();
            if (head.size() < linesOf.size()) {
                return; // Of an older checkpoint than others answered to: it is not shown any more.
            }
            if (!head.equals(linesOf)) {
                lines.clear();
                linesOf = head;
            }
            lines.put(witness, its);
            shown.cosigned(
                    checkpoint.head().size(),
                    lines.values().stream().flatMap(List::stream).toList());
        }
    }

    @Override
    public void close() {
        talks.forEach(WitnessTalk::close);
        http.close();
    }
}
