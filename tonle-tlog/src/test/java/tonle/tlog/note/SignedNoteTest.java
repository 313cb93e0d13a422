// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tonle.tlog.tree.MemoryTree.good;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;

/** Notes by C2SP signed-note: the example of Go's sumdb/note to the octet, and what is refused, where. */
class SignedNoteTest {
    /** From the documentation of golang.org/x/mod/sumdb/note. */
    private static final String TEXT = "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n";

    private static final String LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFY"
            + "C2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String SECRET =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    private static final VerifierKey NEUMANN = good(VerifierKey.parse(KEY));
    private static final SigningKey OTHER = Keys.key("other.example", SignatureType.ED25519, 1);

    private static Outcome<List<SignedNote.Verified>> verify(String note, VerifierKey... known) {
        return SignedNote.parse(note.getBytes(UTF_8)).then(read -> read.verify(List.of(known)));
    }

    @Test
    void theExampleOfGoVerifies() {
        assertThat(good(verify(TEXT + "\n" + LINE, NEUMANN)))
                .containsExactly(new SignedNote.Verified(NEUMANN, OptionalLong.empty()));
        assertThat(good(SignedNote.parse((TEXT + "\n" + LINE).getBytes(UTF_8))).octets())
                .isEqualTo((TEXT + "\n" + LINE).getBytes(UTF_8));
    }

    @Test
    void theExampleOfGoIsSignedAgainToTheOctet() {
        SigningKey key = good(SigningKey.parse(SECRET));
        assertThat(key.verifier().text()).isEqualTo(KEY);
        assertThat(key.secretText()).isEqualTo(SECRET);
        assertThat(key.sign(TEXT).line()).isEqualTo(LINE);
        assertThat(key.toString()).isEqualTo("private key of PeterNeumann+c74f20a3");
    }

    @Test
    void everySingleBitOfANoteMatters() {
        byte[] note = (TEXT + "\n" + LINE).getBytes(UTF_8);
        for (int bit = 0; bit < note.length * 8; bit++) {
            byte[] damaged = note.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Outcome<List<SignedNote.Verified>> verified =
                    SignedNote.parse(damaged).then(read -> read.verify(List.of(NEUMANN)));
            assertThat(verified).as("bit %d", bit).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void everyShorterNoteIsRefused() {
        byte[] note = (TEXT + "\n" + LINE).getBytes(UTF_8);
        for (int length = 0; length < note.length; length++) {
            assertThat(SignedNote.parse(Arrays.copyOf(note, length)))
                    .as("length %d", length)
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void theLastEmptyLineParts() {
        String text = "a\n\nb\n\n";
        String note = text + "\n" + OTHER.sign(text).line();
        SignedNote read = good(SignedNote.parse(note.getBytes(UTF_8)));
        assertThat(read.text()).isEqualTo(text);
        assertThat(good(read.verify(List.of(OTHER.verifier())))).hasSize(1);
    }

    @Test
    void aTextMayBeInKhmer() {
        String text = "ទន្លេសាប\n";
        assertThat(good(verify(text + "\n" + OTHER.sign(text).line(), OTHER.verifier())))
                .hasSize(1);
    }

    @Test
    void damageIsNamedWithItsPlace() {
        refused("a\r\n\r\n" + LINE, LogFault.TEXT_CONTROL_CHARACTER, 1);
        refused("a\tb\n\n" + LINE, LogFault.TEXT_CONTROL_CHARACTER, 1);
        refused("a\0\n\n" + LINE, LogFault.TEXT_CONTROL_CHARACTER, 1);
        refused(TEXT + LINE, LogFault.NOTE_UNSEPARATED, (TEXT + LINE).getBytes(UTF_8).length);
        refused("", LogFault.NOTE_UNSEPARATED, 0);
        refused("a\n\n", LogFault.NOTE_UNSIGNED, 3);
        refused("a\n\n" + LINE.strip(), LogFault.TEXT_UNFINISHED, 3 + LINE.getBytes(UTF_8).length - 1);
        refused("a\n\nnothing\n", LogFault.LINE_MALFORMED, 3);
        refused("a\n\n" + LINE.replace("—", "-"), LogFault.LINE_MALFORMED, 3);
        refused("a\n\n— name\n", LogFault.LINE_MALFORMED, 3);
        refused("a\n\n— name AAAAAA==\n", LogFault.LINE_MALFORMED, 3);
        refused("a\n\n— name \n", LogFault.LINE_MALFORMED, 3);
        refused("a\n\n— n+me AAAAAAA=\n", LogFault.KEY_NAME_INVALID, 3);
        refused("a\n\n" + LINE.replace("AM=", "AM"), LogFault.BASE64_MALFORMED, 3);
        refused("a\n\n" + LINE + "— name AAAAAAB=\n", LogFault.BASE64_MALFORMED, 3 + LINE.getBytes(UTF_8).length);
        assertThat(SignedNote.parse(("a\n\n" + LINE + "caf\u00e9\n").getBytes(ISO_8859_1)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.fault()).isIn(LogFault.TEXT_NOT_UTF8));
        byte[] overlong = {'a', '\n', (byte) 0xC0, (byte) 0x8A, '\n'};
        assertThat(SignedNote.parse(overlong)).isEqualTo(Outcome.refused(LogFault.TEXT_NOT_UTF8, 2));
        assertThat(SignedNote.parse(new byte[SignedNote.OCTETS_MAX + 1]))
                .isEqualTo(Outcome.refused(LogFault.TEXT_TOO_LARGE, SignedNote.OCTETS_MAX));
    }

    private static void refused(String note, LogFault fault, long position) {
        Outcome<SignedNote> read = SignedNote.parse(note.getBytes(UTF_8));
        assertThat(read).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.fault()).as(note).isEqualTo(fault);
            if (fault != LogFault.BASE64_MALFORMED) {
                assertThat(refused.position()).as(note).isEqualTo(position);
            } else {
                assertThat(refused.position()).as(note).isGreaterThanOrEqualTo(position);
            }
        });
    }

    @Test
    void sixteenSignaturesAreTakenAndAHundredAndOneAreNot() {
        StringBuilder note = new StringBuilder("a\n\n");
        for (int i = 0; i < SignedNote.SIGNATURES_MAX; i++) {
            note.append(Keys.key("w" + i, SignatureType.ED25519, i).sign("a\n").line());
        }
        assertThat(good(verify(
                        note.toString(),
                        Keys.key("w15", SignatureType.ED25519, 15).verifier())))
                .hasSize(1);
        note.append(OTHER.sign("a\n").line());
        assertThat(verify(note.toString(), OTHER.verifier()))
                .isEqualTo(Outcome.refused(LogFault.SIGNATURES_TOO_MANY, 100));
    }

    @Test
    void unknownSignersAreLeftOutOfAccount() {
        String note = TEXT + "\n" + OTHER.sign("another text\n").line() + LINE;
        assertThat(good(verify(note, NEUMANN))).hasSize(1);
        assertThat(verify(
                        note,
                        Keys.key("third.example", SignatureType.ED25519, 2).verifier()))
                .isEqualTo(Outcome.refused(LogFault.SIGNATURE_UNKNOWN, 2));
        assertThat(verify(note)).isEqualTo(Outcome.refused(LogFault.SIGNATURE_UNKNOWN, 2));
    }

    @Test
    void aNameOrAnIdAloneDoesNotMakeAKeyKnown() {
        NoteSignature line = OTHER.sign(TEXT);
        NoteSignature otherName = new NoteSignature("other.example2", line.keyId(), line.signature());
        NoteSignature otherId = new NoteSignature(line.name(), line.keyId() ^ 1, line.signature());
        for (NoteSignature one : List.of(otherName, otherId)) {
            assertThat(new SignedNote(TEXT, List.of(one)).verify(List.of(OTHER.verifier())))
                    .isEqualTo(Outcome.refused(LogFault.SIGNATURE_UNKNOWN, 1));
        }
    }

    @Test
    void oneWrongLineOfAKnownKeyRefusesTheNote() {
        NoteSignature wrong = OTHER.sign("another text\n");
        NoteSignature right = good(SigningKey.parse(SECRET)).sign(TEXT);
        SignedNote note = new SignedNote(TEXT, List.of(right, wrong));
        assertThat(note.verify(List.of(NEUMANN, OTHER.verifier())))
                .isEqualTo(Outcome.refused(LogFault.SIGNATURE_WRONG, 1));
        assertThat(good(note.verify(List.of(NEUMANN)))).hasSize(1);
        NoteSignature shorter =
                new NoteSignature(right.name(), right.keyId(), right.signature().slice(0, 63));
        assertThat(new SignedNote(TEXT, List.of(shorter)).verify(List.of(NEUMANN)))
                .isEqualTo(Outcome.refused(LogFault.SIGNATURE_WRONG, 0));
    }

    @Test
    void aKnownKeySignsOnce() {
        NoteSignature line = OTHER.sign(TEXT);
        assertThat(new SignedNote(TEXT, List.of(line, line)).verify(List.of(OTHER.verifier())))
                .isEqualTo(Outcome.refused(LogFault.SIGNATURE_REPEATED, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW | KEY_ID_MISMATCH | 13",
                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW | KEY_NAME_INVALID | 0",
                "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW | KEY_NAME_INVALID | 0",
                "PeterNeumann+c74f20a3 | LINE_MALFORMED | 0",
                "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW | LINE_MALFORMED | 13",
                "PeterNeumann+c74f20a3+ | KEY_OCTETS_INVALID | 22",
                "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW | KEY_TYPE_UNSUPPORTED | 0",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWAA== | KEY_OCTETS_INVALID | 0",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T= | BASE64_MALFORMED | 65"
            })
    void aDamagedKeyIsRefusedByName(String key, LogFault fault, long position) {
        Outcome<VerifierKey> read = VerifierKey.parse(key);
        assertThat(read)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(fault));
        if (fault == LogFault.KEY_ID_MISMATCH || fault == LogFault.LINE_MALFORMED) {
            assertThat(read).isEqualTo(Outcome.refused(fault, position));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a+b", "a\u00a0b", "a\u3000b", "a\u2028b", "a\u0085b", "a\nb", "\t"})
    void aNameWithSpaceOrPlusIsNone(String name) {
        assertThat(SigningKey.ofSeed(name, SignatureType.ED25519, new byte[32]))
                .isEqualTo(Outcome.refused(LogFault.KEY_NAME_INVALID, 0));
    }

    @Test
    void aNameHasAnOctetsLengthAndNoMore() {
        assertThat(SigningKey.ofSeed("ក".repeat(85), SignatureType.ED25519, new byte[32]))
                .isInstanceOf(Outcome.Good.class);
        assertThat(SigningKey.ofSeed("ក".repeat(86), SignatureType.ED25519, new byte[32]))
                .isEqualTo(Outcome.refused(LogFault.KEY_NAME_INVALID, 0));
    }

    @Test
    void damagedSecretsAreRefused() {
        assertThat(SigningKey.parse(KEY)).isEqualTo(Outcome.refused(LogFault.LINE_MALFORMED, 0));
        assertThat(SigningKey.parse(SECRET.replace("c74f", "c74e")))
                .isEqualTo(Outcome.refused(LogFault.KEY_ID_MISMATCH, 25));
        assertThat(SigningKey.ofSeed("a", SignatureType.ED25519, new byte[31]))
                .isEqualTo(Outcome.refused(LogFault.KEY_OCTETS_INVALID, 0));
    }

    @Test
    void everyKeyReadsBackFromItsTexts() {
        for (SignatureType type : SignatureType.values()) {
            SigningKey key = Keys.key("example.com/log", type, 9);
            assertThat(good(VerifierKey.parse(key.verifier().text()))).isEqualTo(key.verifier());
            assertThat(good(SigningKey.parse(key.secretText())).verifier()).isEqualTo(key.verifier());
            assertThat(key.verifier().key().length()).isEqualTo(type.keyOctets());
        }
    }

    /** One key under three types has three ids: no signature of one type passes for another. */
    @Test
    void typesDoNotMix() {
        SigningKey log = Keys.key("n", SignatureType.ED25519, 3);
        SigningKey witness = Keys.key("n", SignatureType.ED25519_COSIGNATURE, 3);
        assertThat(log.verifier().key()).isEqualTo(witness.verifier().key());
        assertThat(log.verifier().id()).isNotEqualTo(witness.verifier().id());
        List<NoteSignature> relabelled = new ArrayList<>();
        NoteSignature signed = log.sign(TEXT);
        byte[] timed = new byte[72];
        System.arraycopy(signed.signature().toArray(), 0, timed, 8, 64);
        relabelled.add(new NoteSignature("n", witness.verifier().id(), Octets.of(timed)));
        assertThat(new SignedNote(TEXT, relabelled).verify(List.of(witness.verifier())))
                .isEqualTo(Outcome.refused(LogFault.SIGNATURE_WRONG, 0));
    }
}
