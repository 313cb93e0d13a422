// SPDX-License-Identifier: Apache-2.0
package tonle.notary.cheat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static tonle.notary.cheat.MadeLog.good;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tonle.base.power.Clock;
import tonle.notary.check.CheckStep;
import tonle.notary.check.LogCheck;
import tonle.notary.entry.Entry;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.SigningKey;
import tonle.tlog.proof.ProofFile;
import tonle.tlog.proof.TrustPolicy;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tile.TileOctets;
import tonle.tlog.tile.VerifiedTiles;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.Proofs;
import tonle.tlog.tree.TreeHead;
import tonle.tlog.witness.AddCheckpoint;
import tonle.tlog.witness.WitnessRuling;

/**
 * Carries out each cheat on a log that is made for it, with three witnesses of whom two must sign, and lets the checks
 * of readers and witnesses judge it. What catches a cheat is what {@code tonle log verify} and {@code tonle witness}
 * themselves do.
 */
public final class Cheats {
    private static final String ORIGIN = "cheat.tonle.example/log";
    private static final int ENTRIES = 300;
    private static final int ENTRIES_BEFORE = 200;
    private static final int INDEX = 42;
    private static final int WITNESSES = 3;
    private static final int QUORUM = 2;
    private static final long AGE_SECONDS = 3_600;

    private final long now;
    private final List<byte[]> entries = new ArrayList<>();
    private final SigningKey log;
    private final SigningKey foreign;
    private final List<SigningKey> witnesses = new ArrayList<>();
    private final TrustPolicy policy;
    /** What a reader kept from an earlier visit, and what the witnesses last signed. */
    private final MadeLog before;

    /** Draws keys, which live as long as this does. */
    public Cheats(Clock clock, SecureRandom random) {
        this.now = clock.unixMillis() / 1_000;
        for (int i = 0; i < ENTRIES; i++) {
            Hash document = Merkle.leaf(("document " + i).getBytes(UTF_8));
            entries.add(new Entry.Rule("rule", i, "approved", Instant.ofEpochSecond(now), false, document).octets());
        }
        this.log = key(ORIGIN, SignatureType.ED25519, random);
        this.foreign = key(ORIGIN, SignatureType.ED25519, random);
        StringBuilder text = new StringBuilder("log " + log.verifier().text() + "\n");
        StringBuilder group = new StringBuilder("group enough " + QUORUM);
        for (int i = 0; i < WITNESSES; i++) {
            witnesses.add(key("witness-" + i + ".example", SignatureType.ED25519_COSIGNATURE, random));
            text.append("witness w" + i + " " + witnesses.get(i).verifier().text() + "\n");
            group.append(" w").append(i);
        }
        this.policy = good(TrustPolicy.parse(
                text.append(group).append("\nquorum enough\n").toString().getBytes(UTF_8)));
        this.before = signed(entries.subList(0, ENTRIES_BEFORE), log, witnesses);
    }

    private static SigningKey key(String name, SignatureType type, SecureRandom random) {
        return good(SigningKey.generate(name, type, random));
    }

    private MadeLog signed(List<byte[]> some, SigningKey key, List<SigningKey> cosigners) {
        return new MadeLog(some).signed(ORIGIN, key, cosigners, now - AGE_SECONDS);
    }

    /** Who catches a cheat. */
    public enum Catcher {
        /** A reader with the files alone. */
        READER,
        /** A reader who kept a checkpoint of an earlier visit. */
        RETURNING_READER,
        /** A witness, which refuses and so leaves the quorum missing. */
        WITNESS
    }

    /**
     * A cheat that was caught.
     *
     * @param step of a reader's check at which it was; empty for a witness
     * @param isEvidence the log's own signatures prove the cheat to everybody
     */
    public record Caught(Cheat cheat, Catcher catcher, Optional<CheckStep> step, LogFault fault, boolean isEvidence) {}

    /** That the log and its checks hold where nobody cheats: else being caught would mean nothing. */
    public boolean isHonestLogProven() throws IOException {
        MadeLog honest = signed(entries, log, witnesses);
        return check(honest).entry(INDEX) instanceof LogCheck.Result.Holds
                && check(honest).growthSince(before.note()) instanceof LogCheck.Result.Holds
                && witness(before.head(), honest).isEmpty();
    }

    /** Carries it out; empty where nobody notices. */
    public Optional<Caught> carryOut(Cheat cheat) throws IOException {
        return switch (cheat) {
            case CHANGED_ENTRY -> reader(cheat, changed(false));
            case CHANGED_TILE -> reader(cheat, changed(true));
            case REMOVED_ENTRY -> rewritten(cheat, list -> list.remove(INDEX));
            case SWAPPED_ENTRIES -> rewritten(cheat, list -> Collections.swap(list, INDEX, INDEX + 1));
            case BACKDATED_ENTRY -> rewritten(cheat, list -> list.add(INDEX, other(INDEX)));
            case TWO_HISTORIES -> twoHistories();
            case REWOUND_HEAD -> rewound();
            case FOREIGN_KEY -> reader(cheat, signed(entries, foreign, witnesses));
            case FORGED_COSIGNATURE -> reader(cheat, forged());
            case MOVED_COSIGNATURE -> reader(cheat, moved());
            case TOO_FEW_WITNESSES -> reader(cheat, signed(entries, log, witnesses.subList(0, 1)));
            case BORROWED_PROOF -> borrowed();
        };
    }

    private LogCheck check(MadeLog shown) {
        return new LogCheck(shown, policy, now);
    }

    private Optional<Caught> reader(Cheat cheat, MadeLog shown) throws IOException {
        return caught(cheat, Catcher.READER, check(shown).entry(INDEX));
    }

    private static Optional<Caught> caught(Cheat cheat, Catcher catcher, LogCheck.Result<?> result) {
        return result instanceof LogCheck.Result.Fails<?>(CheckStep step, LogFault fault, long _)
                ? Optional.of(new Caught(cheat, catcher, Optional.of(step), fault, false))
                : Optional.empty();
    }

    private byte[] other(int index) {
        return new Entry.Rule(
                        "rule",
                        index,
                        "approved",
                        Instant.ofEpochSecond(now),
                        false,
                        Merkle.leaf("a document that was never public".getBytes(UTF_8)))
                .octets();
    }

    private MadeLog changed(boolean withTile) {
        MadeLog shown = signed(entries, log, witnesses);
        List<byte[]> first = new ArrayList<>(entries.subList(0, LogFile.WIDTH_MAX));
        first.set(INDEX, other(INDEX));
        shown.spoil(new LogFile.EntryBundle(0, LogFile.WIDTH_MAX).path(), good(TileOctets.bundle(first)));
        if (withTile) {
            String path = new LogFile.HashTile(0, 0, LogFile.WIDTH_MAX).path();
            byte[] tile = shown.file(path).clone();
            Merkle.leaf(other(INDEX)).copyTo(tile, INDEX * Hash.OCTETS);
            shown.spoil(path, tile);
        }
        return shown;
    }

    private interface Rewriting {
        void rewrite(List<byte[]> list);
    }

    /** The owner has the log's key, so only memory helps: of a reader who comes back, and of witnesses. */
    private Optional<Caught> rewritten(Cheat cheat, Rewriting rewriting) throws IOException {
        List<byte[]> list = new ArrayList<>(entries);
        rewriting.rewrite(list);
        Optional<Caught> witness = witness(before.head(), signed(list, log, List.of()))
                .map(refused ->
                        new Caught(cheat, Catcher.WITNESS, Optional.empty(), refused.fault(), refused.isEvidence()));
        // And had witnesses been talked into it, whoever was there before would see it.
        Optional<Caught> reader = caught(
                cheat,
                Catcher.RETURNING_READER,
                check(signed(list, log, witnesses)).growthSince(before.note()));
        return witness.isPresent() ? reader : Optional.empty();
    }

    /** What a witness that holds a head answers to the next checkpoint of a log; empty where it cosigns. */
    private Optional<WitnessRuling.Refuse> witness(TreeHead held, MadeLog next) {
        List<Hash> proof = good(Proofs.consistency(
                Math.min(held.size(), next.head().size()),
                next.head().size(),
                new VerifiedTiles(next.head(), next.tiles())));
        AddCheckpoint request =
                new AddCheckpoint(Math.min(held.size(), next.head().size()), proof, next.note());
        LogIdentity known = policy.logs().get(ORIGIN);
        return WitnessRuling.on(request, _ -> Optional.of(known), _ -> held) instanceof WitnessRuling.Refuse refused
                ? Optional.of(refused)
                : Optional.empty();
    }

    /** Two trees of one size: the second witness is told the one that the first never saw, and they compare. */
    private Optional<Caught> twoHistories() {
        List<byte[]> list = new ArrayList<>(entries);
        list.set(INDEX, other(INDEX));
        TreeHead held = signed(entries, log, witnesses).head();
        return witness(held, signed(list, log, List.of()))
                .map(refused -> new Caught(
                        Cheat.TWO_HISTORIES, Catcher.WITNESS, Optional.empty(), refused.fault(), refused.isEvidence()));
    }

    private Optional<Caught> rewound() throws IOException {
        SignedNote newer = signed(entries, log, witnesses).note();
        return caught(
                Cheat.REWOUND_HEAD, Catcher.RETURNING_READER, check(before).growthSince(newer));
    }

    /** The log's line is right; under the names of witnesses stand the octets of some other signature. */
    private MadeLog forged() {
        MadeLog shown = signed(entries, log, List.of());
        List<NoteSignature> lines = new ArrayList<>(shown.note().signatures());
        for (SigningKey witness : witnesses) {
            NoteSignature real = witness.sign(
                    good(tonle.tlog.note.Checkpoint.parse(before.note().text())), now - 1);
            byte[] octets = real.signature().toArray();
            octets[octets.length - 1] ^= 1;
            lines.add(new NoteSignature(real.name(), real.keyId(), Octets.of(octets)));
        }
        return shown.shown(new SignedNote(shown.note().text(), lines));
    }

    private MadeLog moved() {
        MadeLog shown = signed(entries, log, List.of());
        List<NoteSignature> lines = new ArrayList<>(shown.note().signatures());
        List<NoteSignature> old = before.note().signatures();
        lines.addAll(old.subList(1, old.size()));
        return shown.shown(new SignedNote(shown.note().text(), lines));
    }

    private Optional<Caught> borrowed() throws IOException {
        MadeLog shown = signed(entries, log, witnesses);
        if (!(check(shown).entry(INDEX)
                instanceof LogCheck.Result.Holds<LogCheck.ProvenEntry>(LogCheck.ProvenEntry proven))) {
            return Optional.empty();
        }
        ProofFile real = proven.file();
        ProofFile borrowed = new ProofFile(
                Optional.of(Octets.of(entries.get(INDEX + 1))), INDEX + 1, real.path(), real.checkpoint());
        return caught(Cheat.BORROWED_PROOF, Catcher.READER, LogCheck.file(borrowed, policy, now));
    }
}
