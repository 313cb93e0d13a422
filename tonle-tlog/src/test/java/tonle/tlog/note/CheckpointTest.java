// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tonle.tlog.tree.MemoryTree.good;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.TreeHead;

/** Checkpoints and cosignatures, with the examples of C2SP tlog-checkpoint and tlog-cosignature. */
class CheckpointTest {
    private static final String ORIGIN = "example.com/behind-the-sofa";
    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private static final String TEXT = ORIGIN + "\n20852163\n" + ROOT + "\n";

    private static final SigningKey LOG = Keys.key(ORIGIN, SignatureType.ED25519, 1);
    private static final SigningKey LOG_ML_DSA = Keys.key(ORIGIN, SignatureType.ML_DSA_44_COSIGNATURE, 1);
    private static final SigningKey WITNESS = Keys.key("w.example", SignatureType.ED25519_COSIGNATURE, 2);
    private static final SigningKey WITNESS_ML_DSA = Keys.key("w.example", SignatureType.ML_DSA_44_COSIGNATURE, 2);
    private static final LogIdentity IDENTITY = new LogIdentity(ORIGIN, List.of(LOG.verifier(), LOG_ML_DSA.verifier()));
    private static final long TIME = 1_679_315_147;

    private static Checkpoint checkpoint() {
        return good(Checkpoint.parse(TEXT));
    }

    @Test
    void theExampleReadsAndIsWrittenAgain() {
        Checkpoint checkpoint = checkpoint();
        assertThat(checkpoint.origin()).isEqualTo(ORIGIN);
        assertThat(checkpoint.head()).isEqualTo(new TreeHead(20_852_163, good(Hash.ofBase64(ROOT))));
        assertThat(checkpoint.text()).isEqualTo(TEXT);
        assertThat(good(Checkpoint.parse(TEXT + "one more line\n")).text()).isEqualTo(TEXT + "one more line\n");
    }

    /** The cosignature in the example of C2SP tlog-cosignature states the time of the example of its message. */
    @Test
    void theExampleCosignatureIsTimedAsItsDocumentSays() {
        String line = "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2"
                + "oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==";
        NoteSignature signature = good(NoteSignature.parse(line));
        assertThat(signature.line()).isEqualTo(line + "\n");
        assertThat(signature.signature().length()).isEqualTo(SignatureType.ED25519_COSIGNATURE.signatureOctets());
        assertThat(ByteBuffer.wrap(signature.signature().toArray()).getLong()).isEqualTo(TIME);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/1/ROOT/           | ORIGIN_INVALID   | 0",
                "o                  | TEXT_UNFINISHED  | 1",
                "o/                 | LINE_MALFORMED   | 2",
                "o/1/               | LINE_MALFORMED   | 4",
                "o//ROOT/           | NUMBER_MALFORMED | 2",
                "o/01/ROOT/         | NUMBER_MALFORMED | 2",
                "o/+1/ROOT/         | NUMBER_MALFORMED | 2",
                "o/-1/ROOT/         | NUMBER_MALFORMED | 2",
                "o/1 /ROOT/         | NUMBER_MALFORMED | 2",
                "o/٣/ROOT/          | NUMBER_MALFORMED | 2",
                "o/9223372036854775808/ROOT/ | NUMBER_MALFORMED | 2",
                "o/99999999999999999999/ROOT/ | NUMBER_MALFORMED | 2",
                "o/1/ROOT           | TEXT_UNFINISHED  | 48",
                "o/1/AAAA/          | HASH_LENGTH      | 7",
                "o/1/RO-T/          | BASE64_MALFORMED | 6",
                "o/1/ROOT//         | LINE_MALFORMED   | 49",
                "o/1/ROOT/x         | TEXT_UNFINISHED  | 50"
            })
    void whatIsNoCheckpointIsRefusedWithItsPlace(String slashes, LogFault fault, long position) {
        String text = slashes.replace('/', '\n').replace("ROOT", "A".repeat(43) + "=");
        assertThat(Checkpoint.parse(text)).isEqualTo(Outcome.refused(fault, position));
    }

    @Test
    void anOriginHasAnOctetsLengthAndNoMore() {
        assertThat(Checkpoint.parse("o".repeat(255) + "\n1\n" + ROOT + "\n")).isInstanceOf(Outcome.Good.class);
        assertThat(Checkpoint.parse("o".repeat(256) + "\n1\n" + ROOT + "\n"))
                .isEqualTo(Outcome.refused(LogFault.ORIGIN_INVALID, 0));
    }

    @Test
    void aLogSignsWithBothAndEitherIsEnough() {
        SignedNote note = checkpoint().signed(List.of(LOG, LOG_ML_DSA), TIME);
        TrustedCheckpoint both = good(TrustedCheckpoint.open(note.octets(), IDENTITY, List.of()));
        assertThat(both.ofLog()).hasSize(2);
        for (SigningKey one : List.of(LOG, LOG_ML_DSA)) {
            LogIdentity known = new LogIdentity(ORIGIN, List.of(one.verifier()));
            assertThat(good(TrustedCheckpoint.open(note.octets(), known, List.of()))
                            .ofLog())
                    .hasSize(1);
            SignedNote single = checkpoint().signed(List.of(one), TIME);
            assertThat(good(TrustedCheckpoint.open(single.octets(), IDENTITY, List.of()))
                            .ofLog())
                    .hasSize(1);
        }
    }

    @Test
    void cosignaturesStandBesideTheLogsAndTellTheirTime() {
        SignedNote note = checkpoint()
                .signed(List.of(LOG), TIME)
                .with(List.of(WITNESS.sign(checkpoint(), TIME), WITNESS_ML_DSA.sign(checkpoint(), TIME + 1)));
        TrustedCheckpoint opened = good(TrustedCheckpoint.open(
                note.octets(), IDENTITY, List.of(WITNESS.verifier(), WITNESS_ML_DSA.verifier())));
        assertThat(opened.ofWitnesses())
                .containsExactly(
                        new SignedNote.Verified(WITNESS.verifier(), OptionalLong.of(TIME)),
                        new SignedNote.Verified(WITNESS_ML_DSA.verifier(), OptionalLong.of(TIME + 1)));
    }

    @Test
    void anEd25519CosignatureSignsTheLinesOfItsDocument() {
        byte[] message = good(SignedMessage.of(SignatureType.ED25519_COSIGNATURE, "w", TIME, TEXT));
        assertThat(new String(message, UTF_8)).isEqualTo("cosignature/v1\ntime 1679315147\n" + TEXT);
    }

    /** The structure of C2SP tlog-cosignature 1.1.0-rc.1, laid out by hand. */
    @Test
    void anMlDsaCosignatureSignsTheStructureOfItsDocument() {
        byte[] message = good(SignedMessage.of(
                SignatureType.ML_DSA_44_COSIGNATURE,
                "w.ex",
                0x0102030405060708L,
                "o\n513\n" + ROOT + "\nan extension that is not signed\n"));
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes(HexFormat.ofDelimiter(" ")
                .parseHex("73 75 62 74 72 65 65 2f 76 31 0a 00"
                        + " 04 77 2e 65 78"
                        + " 01 02 03 04 05 06 07 08"
                        + " 01 6f"
                        + " 00 00 00 00 00 00 00 00"
                        + " 00 00 00 00 00 00 02 01"));
        expected.writeBytes(good(Hash.ofBase64(ROOT)).octets());
        assertThat(message).isEqualTo(expected.toByteArray());
    }

    /** Seed 00 to 1f: the example key of RFC 9881 (ML-DSA in X.509), its first and last octets. */
    @Test
    void anMlDsaKeyIsThatOfItsSeed() {
        byte[] seed = new byte[32];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) i;
        }
        SigningKey key = good(SigningKey.ofSeed("n", SignatureType.ML_DSA_44_COSIGNATURE, seed));
        String octets = HexFormat.of().formatHex(key.verifier().key().toArray());
        assertThat(octets)
                .startsWith("d7b2b47254aae0db45e7930d4a98d2c97d8f1397d1789dafa17024b316e9bec9"
                        + "4fc9946d42f19b79a7413bbaa33e7149cb42ed5115693ac041facb988adeb5fe")
                .endsWith("2202766151f16a965f9f81ece76cc070b55869e4db9784cf05c830b3242c8312");
    }

    @Test
    void everyChangedPartOfACosignedCheckpointIsRefused() {
        Checkpoint checkpoint = checkpoint();
        for (SigningKey key : List.of(WITNESS, WITNESS_ML_DSA)) {
            NoteSignature right = key.sign(checkpoint, TIME);
            Hash otherRoot = Merkle.leaf(new byte[0]);
            List<Checkpoint> others = List.of(
                    new Checkpoint(ORIGIN + "2", checkpoint.head()),
                    new Checkpoint(
                            ORIGIN, new TreeHead(20_852_164, checkpoint.head().root())),
                    new Checkpoint(ORIGIN, new TreeHead(20_852_163, otherRoot)));
            for (Checkpoint other : others) {
                assertThat(new SignedNote(other.text(), List.of(right)).verify(List.of(key.verifier())))
                        .isEqualTo(Outcome.refused(LogFault.SIGNATURE_WRONG, 0));
            }
            byte[] octets = right.signature().toArray();
            for (int bit = 0; bit < octets.length * 8; bit += octets.length > 100 ? 61 : 1) {
                byte[] damaged = octets.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                NoteSignature wrong = new NoteSignature(right.name(), right.keyId(), Octets.of(damaged));
                assertThat(new SignedNote(TEXT, List.of(wrong)).verify(List.of(key.verifier())))
                        .as("%s, bit %d", key, bit)
                        .isInstanceOf(Outcome.Refused.class);
            }
        }
    }

    @Test
    void aTimeAboveSixtyThreeBitsIsNone() {
        byte[] octets = WITNESS.sign(checkpoint(), TIME).signature().toArray();
        octets[0] |= (byte) 0x80;
        NoteSignature wrong = new NoteSignature("w.example", WITNESS.verifier().id(), Octets.of(octets));
        assertThat(new SignedNote(TEXT, List.of(wrong)).verify(List.of(WITNESS.verifier())))
                .isEqualTo(Outcome.refused(LogFault.COSIGNATURE_TIME_INVALID, 0));
    }

    @Test
    void mlDsaSignsCheckpointsOnly() {
        NoteSignature signature = LOG_ML_DSA.sign(checkpoint(), TIME);
        assertThat(new SignedNote("no checkpoint\n", List.of(signature)).verify(List.of(LOG_ML_DSA.verifier())))
                .isEqualTo(Outcome.refused(LogFault.LINE_MALFORMED, 14));
    }

    @Test
    void extensionLinesAreCoveredByEd25519Alone() {
        Checkpoint extended = new Checkpoint(ORIGIN, checkpoint().head(), List.of("anything"));
        SignedNote note = new SignedNote(
                extended.text(), List.of(LOG.sign(checkpoint(), TIME), LOG_ML_DSA.sign(checkpoint(), TIME)));
        assertThat(note.verify(List.of(LOG.verifier()))).isEqualTo(Outcome.refused(LogFault.SIGNATURE_WRONG, 0));
        assertThat(good(note.verify(List.of(LOG_ML_DSA.verifier())))).hasSize(1);
    }

    @Test
    void theWrongLogAndAMissingSignatureAreNamed() {
        SignedNote note = checkpoint().signed(List.of(LOG), TIME);
        LogIdentity elsewhere = new LogIdentity("example.com/other", List.of(LOG.verifier()));
        assertThat(TrustedCheckpoint.open(note.octets(), elsewhere, List.of()))
                .isEqualTo(Outcome.refused(LogFault.ORIGIN_UNEXPECTED, 0));
        SignedNote witnessed = new SignedNote(TEXT, List.of(WITNESS.sign(checkpoint(), TIME)));
        assertThat(TrustedCheckpoint.open(witnessed.octets(), IDENTITY, List.of(WITNESS.verifier())))
                .isEqualTo(Outcome.refused(LogFault.LOG_SIGNATURE_MISSING, 1));
        SignedNote empty = new Checkpoint(ORIGIN, new TreeHead(0, Merkle.leaf(new byte[0]))).signed(List.of(LOG), TIME);
        assertThat(TrustedCheckpoint.open(empty.octets(), IDENTITY, List.of()))
                .isEqualTo(Outcome.refused(LogFault.EMPTY_ROOT_WRONG, 0));
    }
}
