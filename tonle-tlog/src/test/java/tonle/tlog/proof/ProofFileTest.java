// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tonle.tlog.tree.MemoryTree.good;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.Keys;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.SigningKey;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.MemoryTree;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.Proofs;

/** Proof files of C2SP tlog-proof and policies of C2SP tlog-policy, together as a reader offline uses them. */
class ProofFileTest {
    private static final String ORIGIN = "example.com/fancylog";
    private static final SigningKey LOG = Keys.key(ORIGIN, SignatureType.ED25519, 1);
    private static final SigningKey LOG_ML_DSA = Keys.key(ORIGIN, SignatureType.ML_DSA_44_COSIGNATURE, 1);
    private static final List<SigningKey> WITNESSES = List.of(
            Keys.key("w1.example", SignatureType.ED25519_COSIGNATURE, 11),
            Keys.key("w2.example", SignatureType.ML_DSA_44_COSIGNATURE, 12),
            Keys.key("w3.example", SignatureType.ED25519_COSIGNATURE, 13));
    private static final long TIME = 1_790_000_000;
    private static final byte[] ENTRY = "order 7".getBytes(UTF_8);

    private final MemoryTree tree = new MemoryTree();

    @BeforeEach
    void grow() {
        for (int i = 0; i < 20; i++) {
            tree.append(("order " + i).getBytes(UTF_8));
        }
    }

    private static String policyText() {
        StringBuilder policy = new StringBuilder("# two of three\n");
        policy.append("log ").append(LOG.verifier().text()).append(" https://example.com/fancylog\n");
        policy.append("log\t").append(LOG_ML_DSA.verifier().text()).append("\n\n");
        for (int i = 0; i < 3; i++) {
            policy.append("witness W")
                    .append(i + 1)
                    .append(' ')
                    .append(WITNESSES.get(i).verifier().text())
                    .append('\n');
        }
        return policy.append("  group three 2 W1 W2 W3\nquorum three\n").toString();
    }

    private static TrustPolicy policy() {
        return good(TrustPolicy.parse(policyText().getBytes(UTF_8)));
    }

    private ProofFile proof(long time, int... witnesses) {
        Checkpoint checkpoint = new Checkpoint(ORIGIN, tree.head(20));
        List<NoteSignature> cosignatures = new ArrayList<>();
        for (int witness : witnesses) {
            cosignatures.add(WITNESSES.get(witness).sign(checkpoint, time));
        }
        SignedNote note = checkpoint.signed(List.of(LOG, LOG_ML_DSA), TIME).with(cosignatures);
        return new ProofFile(Optional.empty(), 7, good(Proofs.inclusion(7, 20, tree)), note);
    }

    @Test
    void aProofWithItsQuorumHolds() {
        ProofFile file = proof(TIME, 0, 1);
        assertThat(good(ProofFile.parse(file.octets()))).isEqualTo(file);
        assertThat(good(file.verify(Merkle.leaf(ENTRY), policy(), TIME)).head()).isEqualTo(tree.head(20));
    }

    @Test
    void aFileIsWrittenAsTheDocumentShows() {
        ProofFile file = proof(TIME, 0);
        ProofFile extra = new ProofFile(Optional.of(Octets.of((byte) 1, (byte) 2)), 7, file.path(), file.checkpoint());
        String text = new String(extra.octets(), UTF_8);
        assertThat(text.lines().toList().subList(0, 4))
                .containsExactly(
                        "c2sp.org/tlog-proof@v1",
                        "extra AQI=",
                        "index 7",
                        file.path().getFirst().base64());
        assertThat(text).contains(file.path().getLast().base64() + "\n\n" + ORIGIN + "\n20\n");
        assertThat(good(ProofFile.parse(extra.octets()))).isEqualTo(extra);
    }

    @Test
    void oneWitnessShortIsNoQuorum() {
        assertThat(proof(TIME, 2).verify(Merkle.leaf(ENTRY), policy(), TIME))
                .isEqualTo(Outcome.refused(LogFault.QUORUM_MISSED, 3));
        assertThat(proof(TIME).verify(Merkle.leaf(ENTRY), policy(), TIME))
                .isEqualTo(Outcome.refused(LogFault.QUORUM_MISSED, 2));
        assertThat(proof(TIME, 1, 1).verify(Merkle.leaf(ENTRY), policy(), TIME))
                .isEqualTo(Outcome.refused(LogFault.SIGNATURE_REPEATED, 3));
    }

    @Test
    void aCosignatureFromTheFutureIsRefused() {
        assertThat(proof(TIME + 61, 0, 1).verify(Merkle.leaf(ENTRY), policy(), TIME + 60))
                .isEqualTo(Outcome.refused(LogFault.COSIGNATURE_FROM_THE_FUTURE, 2));
        assertThat(proof(TIME + 60, 0, 1).verify(Merkle.leaf(ENTRY), policy(), TIME + 60))
                .isInstanceOf(Outcome.Good.class);
    }

    @Test
    void anotherEntryIndexOrLogIsRefused() {
        ProofFile file = proof(TIME, 0, 1);
        assertThat(file.verify(Merkle.leaf("order 8".getBytes(UTF_8)), policy(), TIME))
                .isEqualTo(Outcome.refused(LogFault.ROOT_MISMATCH, file.path().size()));
        ProofFile moved = new ProofFile(Optional.empty(), 20, file.path(), file.checkpoint());
        assertThat(moved.verify(Merkle.leaf(ENTRY), policy(), TIME))
                .isEqualTo(Outcome.refused(LogFault.INDEX_OUTSIDE_TREE, 20));
        SignedNote other = new Checkpoint("example.com/other", tree.head(20)).signed(List.of(LOG), TIME);
        assertThat(new ProofFile(Optional.empty(), 7, file.path(), other).verify(Merkle.leaf(ENTRY), policy(), TIME))
                .isEqualTo(Outcome.refused(LogFault.ORIGIN_UNEXPECTED, 0));
    }

    @Test
    void everySingleBitOfAProofFileMatters() {
        // Ed25519 alone: the file is short enough to change each bit of it.
        Checkpoint checkpoint = new Checkpoint(ORIGIN, tree.head(20));
        SignedNote note = checkpoint
                .signed(List.of(LOG), TIME)
                .with(List.of(WITNESSES.get(0).sign(checkpoint, TIME)));
        byte[] octets = new ProofFile(Optional.empty(), 7, good(Proofs.inclusion(7, 20, tree)), note).octets();
        String one = policyText().replace("quorum three", "quorum W1");
        TrustPolicy policy = good(TrustPolicy.parse(one.getBytes(UTF_8)));
        Hash leaf = Merkle.leaf(ENTRY);
        for (int bit = 0; bit < octets.length * 8; bit++) {
            byte[] damaged = octets.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(ProofFile.parse(damaged).then(file -> file.verify(leaf, policy, TIME)))
                    .as("bit %d", bit)
                    .isInstanceOf(Outcome.Refused.class);
        }
        for (int length = 0; length < octets.length; length++) {
            assertThat(ProofFile.parse(Arrays.copyOf(octets, length)).then(file -> file.verify(leaf, policy, TIME)))
                    .as("length %d", length)
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', LINE_MALFORMED, 0",
        "'c2sp.org/tlog-proof@v2|', LINE_MALFORMED, 0",
        "'c2sp.org/tlog-proof@v1|', LINE_MALFORMED, 23",
        "'c2sp.org/tlog-proof@v1|extra AQI=|', LINE_MALFORMED, 34",
        "'c2sp.org/tlog-proof@v1|extra AQI|index 1||', BASE64_MALFORMED, 32",
        "'c2sp.org/tlog-proof@v1|index 01||', NUMBER_MALFORMED, 29",
        "'c2sp.org/tlog-proof@v1|Index 1||', LINE_MALFORMED, 23",
        "'c2sp.org/tlog-proof@v1|index 1|AAAA||', HASH_LENGTH, 34",
        "'c2sp.org/tlog-proof@v1|index 1||a|', NOTE_UNSEPARATED, 34"
    })
    void aDamagedFileIsNamedWithItsPlace(String bars, LogFault fault, long position) {
        assertThat(ProofFile.parse(bars.replace('|', '\n').getBytes(UTF_8)))
                .isEqualTo(Outcome.refused(fault, position));
    }

    @Test
    void pathsAndExtraDataHaveBounds() {
        String head = "c2sp.org/tlog-proof@v1\nindex 1\n";
        String hash = Merkle.EMPTY_ROOT.base64() + "\n";
        assertThat(ProofFile.parse((head + hash.repeat(64) + "\n").getBytes(UTF_8)))
                .isEqualTo(Outcome.refused(LogFault.PROOF_LENGTH, 63));
        String extra = Octets.of(new byte[ProofFile.EXTRA_OCTETS_MAX + 1]).base64();
        assertThat(ProofFile.parse(("c2sp.org/tlog-proof@v1\nextra " + extra + "\nindex 1\n\n").getBytes(UTF_8)))
                .isEqualTo(Outcome.refused(LogFault.TEXT_TOO_LARGE, 29));
    }

    @Test
    void theExampleOfThePolicyDocumentMeansWhatItSays() {
        StringBuilder text = new StringBuilder("log " + LOG.verifier().text() + "\n");
        for (int i = 0; i < 6; i++) {
            SigningKey key = Keys.key("w" + i, SignatureType.ED25519_COSIGNATURE, 20 + i);
            text.append("witness ")
                    .append(i < 3 ? "X" + (i + 1) : "Y" + (i - 2))
                    .append(' ');
            text.append(key.verifier().text()).append('\n');
        }
        text.append("group X-witnesses 2 X1 X2 X3\ngroup Y-witnesses any Y1 Y2 Y3\n");
        text.append("group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n");
        TrustPolicy policy = good(TrustPolicy.parse(text.toString().getBytes(UTF_8)));
        assertThat(policy.isQuorum(Set.of("X1", "X3", "Y2"))).isTrue();
        assertThat(policy.isQuorum(Set.of("X1", "X2", "X3"))).isFalse();
        assertThat(policy.isQuorum(Set.of("X1", "Y1", "Y2", "Y3"))).isFalse();
        assertThat(policy.isQuorum(Set.of())).isFalse();
    }

    @Test
    void aPolicyMayAskForNoWitness() {
        TrustPolicy policy =
                good(TrustPolicy.parse(("log " + LOG.verifier().text() + "\nquorum none\n").getBytes(UTF_8)));
        Checkpoint checkpoint = new Checkpoint(ORIGIN, tree.head(20));
        assertThat(policy.accept(checkpoint.signed(List.of(LOG), TIME), TIME)).isInstanceOf(Outcome.Good.class);
        assertThat(policy.accept(checkpoint.signed(List.of(LOG_ML_DSA), TIME), TIME))
                .isEqualTo(Outcome.refused(LogFault.SIGNATURE_UNKNOWN, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "'quorum W1|', POLICY_NAME_UNKNOWN",
        "'witness W1 $A|', POLICY_QUORUM_INVALID",
        "'witness W1 $A|quorum W1|quorum W1|', POLICY_QUORUM_INVALID",
        "'witness W1 $A|quorum W1 W1|', POLICY_QUORUM_INVALID",
        "'witness W1 $A|quorum W1', TEXT_UNFINISHED",
        "'witness W1 $A|witness W1 $B|quorum W1|', POLICY_NAME_REPEATED",
        "'witness none $A|quorum none|', POLICY_NAME_REPEATED",
        "'witness W1 $A|witness W2 $A|quorum W1|', POLICY_KEY_REPEATED",
        "'log $L|log $L|quorum none|', POLICY_KEY_REPEATED",
        "'witness W1 $L|quorum W1|', KEY_TYPE_UNSUPPORTED",
        "'witness W1|quorum W1|', LINE_MALFORMED",
        "'log|quorum none|', LINE_MALFORMED",
        "'log $L url more|quorum none|', LINE_MALFORMED",
        "'log x|quorum none|', LINE_MALFORMED",
        "'group g 1 W1|witness W1 $A|quorum g|', POLICY_NAME_UNKNOWN",
        "'witness W1 $A|group g 1 g|quorum g|', POLICY_NAME_UNKNOWN",
        "'witness W1 $A|group g 1 W1 W1|quorum g|', POLICY_MEMBER_REPEATED",
        "'witness W1 $A|group g 1 W1|group h 1 W1|quorum g|', POLICY_MEMBER_REPEATED",
        "'witness W1 $A|group g 2 W1|quorum g|', POLICY_THRESHOLD_INVALID",
        "'witness W1 $A|group g 0 W1|quorum g|', POLICY_THRESHOLD_INVALID",
        "'witness W1 $A|group g -1 W1|quorum g|', POLICY_THRESHOLD_INVALID",
        "'witness W1 $A|group g all|quorum g|', LINE_MALFORMED",
        "'witness W1 $A|group none 1 W1|quorum W1|', POLICY_NAME_REPEATED",
        "'something|quorum none|', LINE_MALFORMED"
    })
    void aPolicyThatIsNoneIsRefused(String bars, LogFault fault) {
        String text = bars.replace('|', '\n')
                .replace("$A", WITNESSES.get(0).verifier().text())
                .replace("$B", WITNESSES.get(2).verifier().text())
                .replace("$L", LOG.verifier().text());
        assertThat(TrustPolicy.parse(text.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(fault));
    }

    @Test
    void aPolicyHasBounds() {
        assertThat(TrustPolicy.parse(new byte[TrustPolicy.OCTETS_MAX + 1]))
                .isEqualTo(Outcome.refused(LogFault.TEXT_TOO_LARGE, TrustPolicy.OCTETS_MAX));
        assertThat(TrustPolicy.parse("quorum none\r\n".getBytes(UTF_8)))
                .isEqualTo(Outcome.refused(LogFault.TEXT_CONTROL_CHARACTER, 11));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i <= TrustPolicy.EACH_MAX; i++) {
            byte[] seed = new byte[32];
            seed[0] = (byte) i;
            seed[1] = (byte) (i >> 8);
            SigningKey key = good(SigningKey.ofSeed("w" + i, SignatureType.ED25519_COSIGNATURE, seed));
            text.append("witness w")
                    .append(i)
                    .append(' ')
                    .append(key.verifier().text())
                    .append('\n');
        }
        assertThat(TrustPolicy.parse(text.append("quorum none\n").toString().getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(LogFault.POLICY_TOO_LARGE));
    }

    @Test
    void aPolicyInOtherLettersReadsOctetForOctet() {
        String text =
                "# គោលនយោបាយ\nwitness សាក្សី " + WITNESSES.getFirst().verifier().text() + "\nquorum សាក្សី\n";
        assertThat(TrustPolicy.parse(text.getBytes(UTF_8))).isInstanceOf(Outcome.Good.class);
    }
}
