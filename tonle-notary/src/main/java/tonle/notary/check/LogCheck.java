// SPDX-License-Identifier: Apache-2.0
package tonle.notary.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.proof.ProofFile;
import tonle.tlog.proof.TrustPolicy;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tile.Tiling;
import tonle.tlog.tile.VerifiedTiles;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.ProofChecks;
import tonle.tlog.tree.Proofs;
import tonle.tlog.tree.TreeHead;

/** Checks a log that somebody gives against keys that one trusts; a step that fails ends it. */
public final class LogCheck {
    private final LogSource source;
    private final TrustPolicy policy;
    private final long nowUnixSeconds;

    /** @param nowUnixSeconds cosignatures dated later are refused */
    public LogCheck(LogSource source, TrustPolicy policy, long nowUnixSeconds) {
        this.source = source;
        this.policy = policy;
        this.nowUnixSeconds = nowUnixSeconds;
    }

    /** What came of a check. */
    public sealed interface Result<T> {
        record Holds<T>(T proven) implements Result<T> {}

        /** @param position counts what {@link LogFault#place} says */
        record Fails<T>(CheckStep step, LogFault fault, long position) implements Result<T> {
            public <U> Fails<U> as() {
                return new Fails<>(step, fault, position);
            }
        }
    }

    /**
     * An entry that stands in the log.
     *
     * @param path the hashes from its leaf up to the root
     */
    public record ProvenEntry(TrustedCheckpoint checkpoint, long index, byte[] entry, Hash leaf, List<Hash> path) {
        /** The proof as a file for others (C2SP tlog-proof), with the entry's octets in it. */
        public ProofFile file() {
            return new ProofFile(Optional.of(Octets.of(entry)), index, path, checkpoint.note());
        }
    }

    /** The newest checkpoint, its signatures, and the tiles at its right edge. */
    public Result<TrustedCheckpoint> head() throws IOException {
        Optional<byte[]> note = source.read(new LogFile.Head().path());
        if (note.isEmpty()) {
            throw new IOException(source.place() + " has no file 'checkpoint': there is no log, or not here");
        }
        return guarded(() -> switch (SignedNote.parse(note.get()).then(each -> policy.accept(each, nowUnixSeconds))) {
            case Outcome.Refused<TrustedCheckpoint> refused -> failed(CheckStep.SIGNATURES, refused);
            case Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint checkpoint) -> edge(checkpoint);
        });
    }

    private Result<TrustedCheckpoint> edge(TrustedCheckpoint checkpoint) {
        TreeHead head = checkpoint.head();
        return switch (TreeHead.at(head.size(), tiles(head))
                .then(derived -> derived.equals(head)
                        ? Outcome.good(derived)
                        : Outcome.refused(LogFault.TILE_CONTRADICTS_TREE, head.size()))) {
            case Outcome.Refused<TreeHead> refused -> failed(CheckStep.EDGE, refused);
            case Outcome.Good<TreeHead> _ -> new Result.Holds<>(checkpoint);
        };
    }

    /** That the log now is a continuation of the one that {@code older} tells of: nothing was rewritten since. */
    public Result<TrustedCheckpoint> growthSince(SignedNote older) throws IOException {
        return switch (head()) {
            case Result.Fails<TrustedCheckpoint> fails -> fails;
            case Result.Holds<TrustedCheckpoint>(TrustedCheckpoint now) -> guarded(() -> growth(older, now));
        };
    }

    private Result<TrustedCheckpoint> growth(SignedNote older, TrustedCheckpoint now) {
        Outcome<TrustedCheckpoint> grown = policy.accept(older, nowUnixSeconds)
                .then(then -> then.checkpoint().origin().equals(now.checkpoint().origin())
                        ? Outcome.good(then)
                        : Outcome.refused(LogFault.ORIGIN_UNEXPECTED, 0))
                .then(then -> Proofs.consistency(then.head().size(), now.head().size(), tiles(now.head()))
                        .then(proof -> ProofChecks.consistency(proof, then.head(), now.head())
                                .proving(now)));
        return switch (grown) {
            case Outcome.Refused<TrustedCheckpoint> refused -> failed(CheckStep.GROWTH, refused);
            case Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint proven) -> new Result.Holds<>(proven);
        };
    }

    /** That an entry stands in the log, and which. */
    public Result<ProvenEntry> entry(long index) throws IOException {
        return switch (head()) {
            case Result.Fails<TrustedCheckpoint> fails -> fails.as();
            case Result.Holds<TrustedCheckpoint>(TrustedCheckpoint checkpoint) -> entryUnder(checkpoint, index);
        };
    }

    /** The same under a checkpoint that was checked before: for many entries of one log. */
    public Result<ProvenEntry> entryUnder(TrustedCheckpoint checkpoint, long index) throws IOException {
        return guarded(() -> entry(index, checkpoint));
    }

    private Result<ProvenEntry> entry(long index, TrustedCheckpoint checkpoint) {
        TreeHead head = checkpoint.head();
        byte[] entry;
        switch (Tiling.bundleOf(index, head.size()).then(bundle -> bundle(bundle, index))) {
            case Outcome.Refused<byte[]> refused -> {
                return failed(CheckStep.ENTRY, refused);
            }
            case Outcome.Good<byte[]>(byte[] octets) -> entry = octets;
        }
        Hash leaf = Merkle.leaf(entry);
        Outcome<List<Hash>> path = Proofs.inclusion(index, head.size(), tiles(head))
                .then(proof -> ProofChecks.inclusion(proof, head, index, leaf).proving(proof));
        return switch (path) {
            case Outcome.Refused<List<Hash>> refused -> failed(CheckStep.INCLUSION, refused);
            case Outcome.Good<List<Hash>>(List<Hash> hashes) ->
                new Result.Holds<>(new ProvenEntry(checkpoint, index, entry, leaf, hashes));
        };
    }

    /** A proof that came as a file, with the entry in it: nothing else is read. */
    public static Result<ProvenEntry> file(ProofFile file, TrustPolicy policy, long nowUnixSeconds) {
        byte[] entry = file.extra().orElse(Octets.NONE).toArray();
        Hash leaf = Merkle.leaf(entry);
        return switch (policy.accept(file.checkpoint(), nowUnixSeconds)) {
            case Outcome.Refused<TrustedCheckpoint> refused -> failed(CheckStep.SIGNATURES, refused);
            case Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint checkpoint) ->
                switch (ProofChecks.inclusion(file.path(), checkpoint.head(), file.index(), leaf)
                        .proving(checkpoint)) {
                    case Outcome.Refused<TrustedCheckpoint> refused -> failed(CheckStep.INCLUSION, refused);
                    case Outcome.Good<TrustedCheckpoint> _ ->
                        new Result.Holds<>(new ProvenEntry(checkpoint, file.index(), entry, leaf, file.path()));
                };
        };
    }

    /** The octets of one entry, as the source gives them. */
    private Outcome<byte[]> bundle(LogFile.EntryBundle bundle, long index) {
        try {
            return source.entries(bundle)
                    .map(read -> read.map(entries -> entries.get((int) (index % LogFile.WIDTH_MAX))))
                    .orElseGet(() -> Outcome.refused(LogFault.TILE_ABSENT, index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private VerifiedTiles tiles(TreeHead head) {
        return new VerifiedTiles(head, source.tiles());
    }

    private interface Reading<T> {
        Result<T> run();
    }

    private static <T> Result<T> guarded(Reading<T> reading) throws IOException {
        try {
            return reading.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static <T> Result<T> failed(CheckStep step, Outcome.Refused<?> refused) {
        return new Result.Fails<>(step, refused.fault(), refused.position());
    }
}
