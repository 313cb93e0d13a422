// SPDX-License-Identifier: Apache-2.0
package tonle.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tonle.tlog.tree.MemoryTree.good;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tonle.base.power.Seed;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.Keys;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.SigningKey;
import tonle.tlog.note.VerifierKey;
import tonle.tlog.proof.ProofFile;
import tonle.tlog.proof.TrustPolicy;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tile.TileOctets;
import tonle.tlog.tree.MemoryTree;
import tonle.tlog.tree.Proofs;
import tonle.tlog.witness.AddCheckpoint;
import tonle.tlog.witness.WitnessAnswer;

/**
 * Each format, damaged in thousands of ways: nothing is thrown, places lie inside the input, and what is still taken is
 * written again as the same octets, so that no two files say the same thing.
 */
class DamagedInputTest {
    private static final int MUTATIONS = Integer.getInteger("tonle.mutations.log", 20_000);
    private static final long SEED = 1402;

    private static final SigningKey LOG = Keys.key("example.com/log", SignatureType.ED25519, 1);
    private static final SigningKey WITNESS = Keys.key("w.example", SignatureType.ED25519_COSIGNATURE, 2);

    /** How one format is read, and written where there is one form. */
    private record Format<T>(
            String name, byte[] example, Function<byte[], Outcome<T>> read, Optional<Function<T, byte[]>> write) {}

    @TestFactory
    Stream<DynamicTest> nothingIsThrownAndEachHasOneForm() {
        MemoryTree tree = new MemoryTree();
        for (int i = 0; i < 30; i++) {
            tree.append(new byte[] {(byte) i});
        }
        Checkpoint checkpoint = new Checkpoint("example.com/log", tree.head(30));
        SignedNote note = checkpoint.signed(List.of(LOG), 5).with(List.of(WITNESS.sign(checkpoint, 6)));
        ProofFile proof = new ProofFile(Optional.of(Octets.of((byte) 1)), 7, good(Proofs.inclusion(7, 30, tree)), note);
        AddCheckpoint request = new AddCheckpoint(11, good(Proofs.consistency(11, 30, tree)), note);
        String policy = "log " + LOG.verifier().text() + "\nwitness w "
                + WITNESS.verifier().text() + "\ngroup g any w\nquorum g\n";
        byte[] answer = (note.signatures().get(1).line()).getBytes(UTF_8);
        List<byte[]> entries = List.of(new byte[3], new byte[0], new byte[300]);
        return Stream.of(
                        new Format<>("note", note.octets(), SignedNote::parse, Optional.of(SignedNote::octets)),
                        new Format<>(
                                "checkpoint",
                                utf8(checkpoint.text()),
                                octets -> text(octets).then(Checkpoint::parse),
                                Optional.of(one -> utf8(one.text()))),
                        new Format<>(
                                "signature line",
                                utf8(note.signatures().getFirst().line().strip()),
                                octets -> text(octets).then(NoteSignature::parse),
                                Optional.of(one -> utf8(one.line().strip()))),
                        new Format<>(
                                "verifier key",
                                utf8(LOG.verifier().text()),
                                octets -> text(octets).then(VerifierKey::parse),
                                Optional.of(one -> utf8(one.text()))),
                        new Format<>(
                                "signing key",
                                utf8(LOG.secretText()),
                                octets -> text(octets).then(SigningKey::parse),
                                Optional.of(one -> utf8(one.secretText()))),
                        new Format<>("proof file", proof.octets(), ProofFile::parse, Optional.of(ProofFile::octets)),
                        new Format<>(
                                "request", request.octets(), AddCheckpoint::parse, Optional.of(AddCheckpoint::octets)),
                        new Format<>("policy", utf8(policy), TrustPolicy::parse, Optional.empty()),
                        new Format<>(
                                "answer",
                                answer,
                                octets -> WitnessAnswer.parse(200, "text/plain", octets),
                                Optional.of(WitnessAnswer::body)),
                        new Format<>(
                                "path",
                                utf8("tile/3/x001/x234/067.p/12"),
                                octets -> text(octets).then(LogFile::parse),
                                Optional.of(one -> utf8(one.path()))),
                        new Format<>(
                                "bundle",
                                good(TileOctets.bundle(entries)),
                                octets -> TileOctets.entries(octets, 3),
                                Optional.of(one -> good(TileOctets.bundle(one)))))
                .map(format -> DynamicTest.dynamicTest(format.name(), () -> mutate(format)));
    }

    private static <T> void mutate(Format<T> format) {
        assertThat(format.read.apply(format.example)).isInstanceOf(Outcome.Good.class);
        Seed seed = new Seed(SEED);
        for (int round = 0; round < MUTATIONS; round++) {
            byte[] damaged = damaged(format.example, seed);
            String what = "seed " + SEED + ", round " + round;
            switch (format.read.apply(damaged)) {
                case Outcome.Refused<T>(LogFault fault, long position) -> {
                    assertThat(position).as(what).isNotNegative();
                    if (fault.place() == LogFault.Place.OCTET) {
                        assertThat(position).as("%s %s", what, fault).isLessThanOrEqualTo(damaged.length);
                    }
                }
                case Outcome.Good<T>(T value) ->
                    format.write.ifPresent(
                            write -> assertThat(write.apply(value)).as(what).isEqualTo(damaged));
            }
        }
    }

    /** One to three changes: a bit, an octet out, an octet in, a piece doubled, cut off. */
    private static byte[] damaged(byte[] example, Seed seed) {
        byte[] octets = example;
        for (int i = 1 + seed.below(3); i > 0 && octets.length > 0; i--) {
            int at = seed.below(octets.length);
            octets = octets.clone();
            switch (seed.below(6)) {
                case 0 -> octets[at] ^= (byte) (1 << seed.below(8));
                case 1 -> octets[at] = "\n +=/A0x\r\0\u007f".getBytes(UTF_8)[seed.below(11)];
                case 2 -> octets = spliced(octets, at, at + 1, new byte[0]);
                case 3 -> octets = spliced(octets, at, at, new byte[] {octets[seed.below(octets.length)]});
                case 4 -> {
                    int end = at + seed.below(octets.length - at);
                    octets = spliced(octets, at, at, Arrays.copyOfRange(octets, at, end));
                }
                default -> octets = Arrays.copyOf(octets, at);
            }
        }
        return octets;
    }

    private static byte[] spliced(byte[] octets, int from, int to, byte[] between) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(octets, 0, from);
        out.writeBytes(between);
        out.write(octets, to, octets.length - to);
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static Outcome<String> text(byte[] octets) {
        return Lines.plainText(octets, 10_000);
    }
}
