// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tonle.tlog.tree.MemoryTree.good;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.base.power.Seed;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.Keys;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.SigningKey;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.MemoryTree;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.Proofs;
import tonle.tlog.tree.TreeHead;

/** The rules of C2SP tlog-witness, each status once, and the text of requests and answers. */
class WitnessTest {
    private static final String ORIGIN = "example.com/log";
    private static final SigningKey LOG = Keys.key(ORIGIN, SignatureType.ED25519, 1);
    private static final SigningKey STRANGER = Keys.key(ORIGIN, SignatureType.ED25519, 2);
    private static final SigningKey WITNESS = Keys.key("w.example", SignatureType.ED25519_COSIGNATURE, 3);
    private static final LogIdentity IDENTITY = new LogIdentity(ORIGIN, List.of(LOG.verifier()));
    private static final long TIME = 1_790_000_000;

    private final MemoryTree tree = new MemoryTree();
    private final Map<String, TreeHead> held = new HashMap<>();

    @BeforeEach
    void grow() {
        for (int i = 0; i < 40; i++) {
            tree.append(("entry " + i).getBytes(UTF_8));
        }
    }

    private AddCheckpoint request(long oldSize, long size) {
        return new AddCheckpoint(oldSize, good(Proofs.consistency(oldSize, size, tree)), note(tree.head(size), LOG));
    }

    private static SignedNote note(TreeHead head, SigningKey... keys) {
        return new Checkpoint(ORIGIN, head).signed(List.of(keys), TIME);
    }

    private WitnessRuling rule(AddCheckpoint request) {
        return WitnessRuling.on(
                request,
                origin -> origin.equals(ORIGIN) ? Optional.of(IDENTITY) : Optional.empty(),
                origin -> held.getOrDefault(origin, TreeHead.EMPTY));
    }

    private void refuses(AddCheckpoint request, int status, LogFault fault, boolean isEvidence) {
        assertThat(rule(request)).isInstanceOfSatisfying(WitnessRuling.Refuse.class, refuse -> {
            assertThat(refuse.fault()).isEqualTo(fault);
            assertThat(refuse.answer().status()).isEqualTo(status);
            assertThat(refuse.isEvidence()).isEqualTo(isEvidence);
        });
    }

    @Test
    void whatIsConsistentIsCosigned() {
        assertThat(rule(request(0, 7)))
                .isEqualTo(new WitnessRuling.Cosign(new Checkpoint(ORIGIN, tree.head(7)), TreeHead.EMPTY));
        held.put(ORIGIN, tree.head(7));
        assertThat(rule(request(7, 40))).isInstanceOf(WitnessRuling.Cosign.class);
        assertThat(rule(request(7, 7))).isInstanceOf(WitnessRuling.Cosign.class);
        held.clear();
        assertThat(rule(request(0, 0))).isInstanceOf(WitnessRuling.Cosign.class);
    }

    @Test
    void anUnknownOriginIs404() {
        SignedNote other = new Checkpoint("example.com/other", tree.head(3)).signed(List.of(LOG), TIME);
        refuses(new AddCheckpoint(0, List.of(), other), 404, LogFault.ORIGIN_UNEXPECTED, false);
    }

    @Test
    void noSignatureOrAWrongOneIs403() {
        refuses(new AddCheckpoint(0, List.of(), note(tree.head(3), STRANGER)), 403, LogFault.SIGNATURE_UNKNOWN, false);
        NoteSignature wrong = LOG.sign(new Checkpoint(ORIGIN, tree.head(4)), TIME);
        SignedNote forged = new SignedNote(new Checkpoint(ORIGIN, tree.head(3)).text(), List.of(wrong));
        refuses(new AddCheckpoint(0, List.of(), forged), 403, LogFault.SIGNATURE_WRONG, false);
    }

    @Test
    void anOldSizeAboveTheCheckpointIs400() {
        refuses(new AddCheckpoint(9, List.of(), note(tree.head(3), LOG)), 400, LogFault.SIZES_REVERSED, false);
        SignedNote text = new SignedNote("no checkpoint\n", List.of(LOG.sign("no checkpoint\n")));
        refuses(new AddCheckpoint(0, List.of(), text), 400, LogFault.LINE_MALFORMED, false);
    }

    @Test
    void anotherStateIs409WithItsSize() {
        held.put(ORIGIN, tree.head(12));
        assertThat(rule(request(7, 40))).isInstanceOfSatisfying(WitnessRuling.Refuse.class, refuse -> {
            assertThat(refuse.answer()).isEqualTo(new WitnessAnswer.OtherSize(12));
            assertThat(refuse.answer().contentType()).isEqualTo("text/x.tlog.size");
            assertThat(refuse.answer().body()).isEqualTo("12\n".getBytes(UTF_8));
        });
        // An old checkpoint shown again, honestly proven from nothing.
        assertThat(rule(request(0, 7)))
                .isInstanceOfSatisfying(
                        WitnessRuling.Refuse.class,
                        refuse -> assertThat(refuse.answer()).isEqualTo(new WitnessAnswer.OtherSize(12)));
    }

    @Test
    void aProofThatDoesNotHoldIs422() {
        held.put(ORIGIN, tree.head(12));
        AddCheckpoint right = request(12, 40);
        List<Hash> damaged = new ArrayList<>(right.proof());
        damaged.set(0, Merkle.EMPTY_ROOT);
        refuses(new AddCheckpoint(12, damaged, right.checkpoint()), 422, LogFault.OLD_ROOT_MISMATCH, false);
        refuses(new AddCheckpoint(12, List.of(), right.checkpoint()), 422, LogFault.PROOF_LENGTH, false);
        held.clear();
        refuses(
                new AddCheckpoint(0, List.of(Merkle.EMPTY_ROOT), note(tree.head(3), LOG)),
                422,
                LogFault.PROOF_LENGTH,
                false);
        refuses(
                new AddCheckpoint(0, List.of(), note(new TreeHead(0, Merkle.leaf(new byte[0])), LOG)),
                422,
                LogFault.EMPTY_ROOT_WRONG,
                false);
    }

    @Test
    void twoRootsForOneSizeAreEvidence() {
        held.put(ORIGIN, tree.head(12));
        TreeHead rewritten = new TreeHead(12, Merkle.leaf(new byte[0]));
        refuses(new AddCheckpoint(12, List.of(), note(rewritten, LOG)), 422, LogFault.ROOTS_DIFFER, true);
    }

    /**
     * Whatever is asked in whatever order, the witness never cosigns two trees of which one is not the other's
     * beginning.
     */
    @Test
    void aWitnessNeverCosignsTwoHistories() {
        MemoryTree fork = new MemoryTree();
        for (int i = 0; i < 40; i++) {
            fork.append((i < 20 ? "entry " + i : "other " + i).getBytes(UTF_8));
        }
        List<SignedNote> notes = new ArrayList<>();
        List<SignedNote> forkNotes = new ArrayList<>();
        for (int size = 0; size <= 40; size++) {
            notes.add(note(tree.head(size), LOG));
            forkNotes.add(note(fork.head(size), LOG));
        }
        long start = 99;
        Seed seed = new Seed(start);
        for (int round = 0; round < 100; round++) {
            held.clear();
            List<TreeHead> cosigned = new ArrayList<>();
            for (int step = 0; step < 25; step++) {
                MemoryTree shown = seed.below(3) == 0 ? fork : tree;
                int size = seed.below(41);
                long from = seed.below(2) == 0
                        ? held.getOrDefault(ORIGIN, TreeHead.EMPTY).size()
                        : seed.below(41);
                from = Math.min(from, size);
                List<Hash> proof = good(Proofs.consistency(from, size, shown));
                AddCheckpoint request = new AddCheckpoint(from, proof, (shown == tree ? notes : forkNotes).get(size));
                if (rule(request) instanceof WitnessRuling.Cosign(Checkpoint checkpoint, TreeHead before)) {
                    assertThat(before).isEqualTo(held.getOrDefault(ORIGIN, TreeHead.EMPTY));
                    held.put(ORIGIN, checkpoint.head());
                    cosigned.add(checkpoint.head());
                }
            }
            for (int i = 1; i < cosigned.size(); i++) {
                assertThat(cosigned.get(i).size())
                        .as("seed %d, round %d", start, round)
                        .isGreaterThanOrEqualTo(cosigned.get(i - 1).size());
            }
            boolean isOfTree = cosigned.stream().allMatch(head -> head.equals(tree.head(head.size())));
            boolean isOfFork = cosigned.stream().allMatch(head -> head.equals(fork.head(head.size())));
            assertThat(isOfTree || isOfFork)
                    .as("seed %d, round %d", start, round)
                    .isTrue();
        }
    }

    @Test
    void aRequestIsWrittenAsTheDocumentShows() {
        AddCheckpoint request = request(6, 8);
        String text = new String(request.octets(), UTF_8);
        assertThat(text).startsWith("old 6\n" + request.proof().getFirst().base64() + "\n");
        assertThat(text)
                .contains("\n\n" + ORIGIN + "\n8\n" + tree.head(8).root().base64() + "\n\n— " + ORIGIN + " ");
        assertThat(good(AddCheckpoint.parse(request.octets()))).isEqualTo(request);
        assertThat(new String(request(0, 1).octets(), UTF_8)).startsWith("old 0\n\n" + ORIGIN + "\n1\n");
    }

    @Test
    void everyShorterRequestIsRefused() {
        byte[] octets = request(6, 40).octets();
        for (int length = 0; length < octets.length; length++) {
            assertThat(AddCheckpoint.parse(Arrays.copyOf(octets, length)))
                    .as("length %d", length)
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'new 6/', LINE_MALFORMED, 0",
        "'old 06//', NUMBER_MALFORMED, 4",
        "'old -6//', NUMBER_MALFORMED, 4",
        "'old 6/AAAA//', HASH_LENGTH, 9",
        "'old 6/A!AA//', BASE64_MALFORMED, 7",
        "'old 6//a/1/', NOTE_UNSEPARATED, 11"
    })
    void aDamagedRequestIsNamedWithItsPlace(String slashes, LogFault fault, long position) {
        assertThat(AddCheckpoint.parse(slashes.replace('/', '\n').getBytes(UTF_8)))
                .isEqualTo(Outcome.refused(fault, position));
    }

    @Test
    void sixtyThreeHashesAreTheMost() {
        String line = Merkle.EMPTY_ROOT.base64() + "\n";
        String note = "\n" + new String(note(tree.head(3), LOG).octets(), UTF_8);
        assertThat(AddCheckpoint.parse(("old 1\n" + line.repeat(63) + note).getBytes(UTF_8)))
                .isInstanceOf(Outcome.Good.class);
        assertThat(AddCheckpoint.parse(("old 1\n" + line.repeat(64) + note).getBytes(UTF_8)))
                .isEqualTo(Outcome.refused(LogFault.PROOF_LENGTH, 63));
    }

    @Test
    void answersReadBackAsTheyWereWritten() {
        NoteSignature line = WITNESS.sign(new Checkpoint(ORIGIN, tree.head(3)), TIME);
        List<WitnessAnswer> answers = List.of(
                new WitnessAnswer.Cosigned(List.of(line, line)),
                new WitnessAnswer.OtherSize(Long.MAX_VALUE),
                new WitnessAnswer.Refusal(403, "SIGNATURE_UNKNOWN"));
        for (WitnessAnswer answer : answers) {
            assertThat(WitnessAnswer.parse(answer.status(), answer.contentType(), answer.body()))
                    .isEqualTo(Outcome.good(answer));
        }
    }

    @Test
    void answersOfStrangersAreBounded() {
        byte[] page = ("<html>\u0007" + "x".repeat(5_000)).getBytes(UTF_8);
        assertThat(good(WitnessAnswer.parse(502, "text/html", page)))
                .isEqualTo(new WitnessAnswer.Refusal(502, "<html>?" + "x".repeat(193)));
        assertThat(good(WitnessAnswer.parse(409, "text/plain", "conflict\n".getBytes(UTF_8))))
                .isEqualTo(new WitnessAnswer.Refusal(409, "conflict"));
        assertThat(WitnessAnswer.parse(409, "text/x.tlog.size", "050\n".getBytes(UTF_8)))
                .isEqualTo(Outcome.refused(LogFault.NUMBER_MALFORMED, 0));
        assertThat(WitnessAnswer.parse(409, "text/x.tlog.size", "50".getBytes(UTF_8)))
                .isEqualTo(Outcome.refused(LogFault.TEXT_UNFINISHED, 2));
        assertThat(WitnessAnswer.parse(409, "text/x.tlog.size", "50\n1".getBytes(UTF_8)))
                .isEqualTo(Outcome.refused(LogFault.TEXT_TRAILING, 3));
        assertThat(WitnessAnswer.parse(200, "text/plain", new byte[0]))
                .isEqualTo(Outcome.refused(LogFault.LINE_MALFORMED, 0));
    }

    @Test
    void aHeldCheckpointIsFoundByTheHashOfItsOrigin() {
        assertThat(WitnessPaths.checkpoint(ORIGIN))
                .isEqualTo("4d3203c8f35cdf600e475f55fede6081a703d3d322f208865fca2ec4f0e030f8/checkpoint");
    }
}
