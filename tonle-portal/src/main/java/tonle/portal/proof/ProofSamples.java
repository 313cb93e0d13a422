// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.base.power.Clock;
import tonle.notary.entry.Entry;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.SigningKey;
import tonle.tlog.proof.ProofFile;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.HashReader;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.Proofs;
import tonle.tlog.tree.TreeHead;

/**
 * Proofs to try a checker on: of a small log that exists for this alone, under keys that are made for it and thrown
 * away. One is good, one is old, and the others are each spoiled in one way. No verdict is written down with them: a
 * checker has to find it.
 *
 * @param policy the sample log's keys, and two of its three witnesses as the quorum
 */
public record ProofSamples(String policy, Map<Kind, ProofFile> proofs) {
    static final String ORIGIN = "sample.tonle.example/log";

    private static final int ENTRIES = 300;
    private static final int ENTRIES_OF_OLD = 77;
    private static final int INDEX = 42;
    private static final int WITNESSES = 3;
    private static final int QUORUM = 2;
    private static final int OLD_DAYS = 400;
    private static final long GOOD_AGE_HOURS = 1;

    /** How each sample came to be; {@code key} is its name in pages. */
    public enum Kind {
        GOOD("good"),
        /** The entry says another version than the one that was logged. */
        BROKEN("broken"),
        /** A proof of long ago: it still holds, for what was so then. */
        OLD("old"),
        /** The log's name, and the signature of another key. */
        WRONG_KEY("wrong-key"),
        /** One witness where the policy asks for two. */
        FEW_WITNESSES("few-witnesses");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    public ProofSamples {
        proofs = Map.copyOf(proofs);
    }

    /** Draws keys, writes the sample log and proves an entry of it. */
    public static ProofSamples make(Clock clock, SecureRandom random) {
        Instant now = Instant.ofEpochMilli(clock.unixMillis()).truncatedTo(ChronoUnit.SECONDS);
        Instant then = now.minus(OLD_DAYS, ChronoUnit.DAYS);
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            entries.add(entry(i, then));
        }
        SigningKey log = key(ORIGIN, SignatureType.ED25519, random);
        SigningKey other = key(ORIGIN, SignatureType.ED25519, random);
        List<SigningKey> witnesses = new ArrayList<>();
        for (int i = 1; i <= WITNESSES; i++) {
            witnesses.add(key("witness-" + i + ".sample.tonle.example", SignatureType.ED25519_COSIGNATURE, random));
        }
        List<SigningKey> enough = witnesses.subList(0, QUORUM);
        Instant recent = now.minus(GOOD_AGE_HOURS, ChronoUnit.HOURS);
        ProofFile good = proof(entries, log, enough, recent);
        Map<Kind, ProofFile> proofs = new LinkedHashMap<>();
        proofs.put(Kind.GOOD, good);
        proofs.put(Kind.BROKEN, spoiled(good));
        proofs.put(Kind.OLD, proof(entries.subList(0, ENTRIES_OF_OLD), log, enough, then));
        proofs.put(Kind.WRONG_KEY, proof(entries, other, enough, recent));
        proofs.put(Kind.FEW_WITNESSES, proof(entries, log, witnesses.subList(0, 1), recent));
        return new ProofSamples(policy(log, witnesses), proofs);
    }

    private static byte[] entry(int number, Instant day) {
        Hash document = Merkle.leaf(("sample document " + number).getBytes(UTF_8));
        return new Entry.Rule("sample-rule", number, "approved", day, false, document).octets();
    }

    private static ProofFile spoiled(ProofFile good) {
        String entry = new String(good.extra().orElse(Octets.NONE).toArray(), UTF_8);
        String other = entry.replace("version " + INDEX, "version " + (INDEX + 1));
        return new ProofFile(
                Optional.of(Octets.of(other.getBytes(UTF_8))), good.index(), good.path(), good.checkpoint());
    }

    private static ProofFile proof(List<byte[]> entries, SigningKey log, List<SigningKey> witnesses, Instant at) {
        List<Hash> leaves = entries.stream().map(Merkle::leaf).toList();
        HashReader nodes = wanted -> Outcome.good(wanted.stream()
                .map(node -> Merkle.row(leaves.subList((int) (node.index() << node.level()), (int) node.end())))
                .toList());
        Checkpoint checkpoint = new Checkpoint(ORIGIN, good(TreeHead.at(leaves.size(), nodes)));
        List<NoteSignature> signatures = new ArrayList<>();
        signatures.add(log.sign(checkpoint, at.getEpochSecond()));
        witnesses.forEach(witness -> signatures.add(witness.sign(checkpoint, at.getEpochSecond())));
        return new ProofFile(
                Optional.of(Octets.of(entries.get(INDEX))),
                INDEX,
                good(Proofs.inclusion(INDEX, leaves.size(), nodes)),
                new SignedNote(checkpoint.text(), signatures));
    }

    private static String policy(SigningKey log, List<SigningKey> witnesses) {
        StringBuilder policy = new StringBuilder("log " + log.verifier().text() + "\n");
        StringBuilder group = new StringBuilder("group enough " + QUORUM);
        for (int i = 0; i < witnesses.size(); i++) {
            String name = "w" + (i + 1);
            policy.append("witness " + name + " ")
                    .append(witnesses.get(i).verifier().text())
                    .append('\n');
            group.append(' ').append(name);
        }
        return policy.append(group).append("\nquorum enough\n").toString();
    }

    private static SigningKey key(String name, SignatureType type, SecureRandom random) {
        return good(SigningKey.generate(name, type, random));
    }

    private static <T> T good(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Good<T>(T value) -> value;
            case Outcome.Refused<T> refused -> throw new IllegalStateException("our own sample is whole: " + refused);
        };
    }
}
