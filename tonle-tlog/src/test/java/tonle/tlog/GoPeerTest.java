// SPDX-License-Identifier: Apache-2.0
package tonle.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tonle.tlog.tree.MemoryTree.good;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.base.power.Seed;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.Keys;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.SigningKey;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.tile.GrowingTree;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tile.TileOctets;
import tonle.tlog.tile.TileSource;
import tonle.tlog.tile.Tiling;
import tonle.tlog.tile.VerifiedTiles;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.MemoryTree;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.ProofChecks;
import tonle.tlog.tree.Proofs;
import tonle.tlog.tree.TreeHead;
import tonle.tlog.tree.Verdict;

/** Tonle's log against Go's: trees and proofs both ways, and published files read by the other side. */
class GoPeerTest {
    private static final int TREES = 100_000;
    private static final long SEED = 6962;
    private static final String ORIGIN = "example.com/tonle";
    private static final long TIME = 1_790_000_000;

    private static final SigningKey LOG = Keys.key(ORIGIN, SignatureType.ED25519, 1);
    private static final SigningKey LOG_ML_DSA = Keys.key(ORIGIN, SignatureType.ML_DSA_44_COSIGNATURE, 1);
    private static final List<SigningKey> WITNESSES = List.of(
            Keys.key("w1.example", SignatureType.ED25519_COSIGNATURE, 2),
            Keys.key("w2.example", SignatureType.ED25519_COSIGNATURE, 3));

    @TempDir
    private static Path folder;

    private static GoPeer peer;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        peer = GoPeer.build(folder);
    }

    /** One tree and what is made of it here. Entry i is the eight octets of seed + i. */
    private record Question(
            TreeHead head,
            TreeHead older,
            int index,
            Hash leaf,
            long seed,
            List<Hash> inclusion,
            List<Hash> consistency) {
        static Question random(Seed seed) {
            int size = 1 + seed.below(1 + seed.below(seed.below(1_000) == 0 ? 3_000 : 110));
            long start = seed.nextLong();
            MemoryTree tree = new MemoryTree();
            for (int i = 0; i < size; i++) {
                tree.append(entry(start, i));
            }
            int older = 1 + seed.below(size);
            int index = seed.below(size);
            return new Question(
                    tree.head(size),
                    tree.head(older),
                    index,
                    Merkle.leaf(entry(start, index)),
                    start,
                    good(Proofs.inclusion(index, size, tree)),
                    good(Proofs.consistency(older, size, tree)));
        }

        private static byte[] entry(long start, int i) {
            return ByteBuffer.allocate(Long.BYTES).putLong(start + i).array();
        }

        void write(DataOutputStream out) throws IOException {
            out.writeInt((int) head.size());
            out.writeInt((int) older.size());
            out.writeInt(index);
            out.writeLong(seed);
            give(out, List.of(head.root()));
            give(out, inclusion);
            give(out, consistency);
        }
    }

    @Test
    void aHundredThousandRandomTreesAreTheSameOnBothSides() throws Exception {
        Process process = peer.start("trees");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
                DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16))) {
            BlockingQueue<Question> asked = new ArrayBlockingQueue<>(4_096);
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> ask(out, asked));
            for (int tree = 0; tree < TREES; tree++) {
                Question question = asked.take();
                int wrong = in.readUnsignedByte();
                List<Hash> root = take(in);
                List<Hash> inclusion = take(in);
                List<Hash> consistency = take(in);
                boolean isSame = wrong == 0
                        && root.equals(List.of(question.head.root()))
                        && inclusion.equals(question.inclusion)
                        && consistency.equals(question.consistency)
                        && ProofChecks.inclusion(inclusion, question.head, question.index, question.leaf)
                                instanceof Verdict.Holds
                        && ProofChecks.consistency(consistency, question.older, question.head) instanceof Verdict.Holds;
                if (!isSame) {
                    throw new AssertionError("seed " + SEED + ", tree " + tree + ", refused there: " + wrong + "\n"
                            + question + "\n" + root + inclusion + consistency);
                }
            }
            asking.join();
            assertThat(in.read()).isEqualTo(-1);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void ask(DataOutputStream out, BlockingQueue<Question> asked) {
        Seed seed = new Seed(SEED);
        try {
            for (int tree = 0; tree < TREES; tree++) {
                Question question = Question.random(seed);
                asked.put(question);
                question.write(out);
            }
            out.close();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void give(DataOutputStream out, List<Hash> hashes) throws IOException {
        out.writeByte(hashes.size());
        for (Hash hash : hashes) {
            out.write(hash.octets());
        }
    }

    private static List<Hash> take(DataInputStream in) throws IOException {
        List<Hash> hashes = new ArrayList<>();
        for (int count = in.readUnsignedByte(); count > 0; count--) {
            hashes.add(Hash.at(in.readNBytes(Hash.OCTETS), 0));
        }
        return hashes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 1_000, 70_000})
    void goReadsAndProvesWhatTonlePublishes(int size, @TempDir Path log) throws IOException {
        publish(log, size);
        assertThat(peer.say(readOrder(log, 2))).isEqualTo("OK " + ORIGIN + " " + size + " 2");
    }

    @Test
    void goRefusesWhatIsDamaged(@TempDir Path log) throws IOException {
        publish(log, 300);
        for (String path : List.of("checkpoint", "tile/0/000", "tile/1/000.p/1", "tile/entries/001.p/44")) {
            byte[] octets = Files.readAllBytes(log.resolve(path));
            // Most of the checkpoint is the ML-DSA line, which Go does not read: its text is damaged.
            int where = path.equals("checkpoint") ? ORIGIN.length() + 1 : octets.length / 2;
            octets[where] ^= 1;
            Files.write(log.resolve(path), octets);
            assertThat(peer.say(readOrder(log, 2))).as(path).startsWith("FAIL");
            octets[where] ^= 1;
            Files.write(log.resolve(path), octets);
        }
        assertThat(peer.say(readOrder(log, 2))).startsWith("OK");
        assertThat(peer.say(readOrder(log, 3))).startsWith("FAIL");
    }

    private static List<String> readOrder(Path log, int quorum) {
        List<String> order =
                new ArrayList<>(List.of("read", log.toString(), LOG.verifier().text(), Integer.toString(quorum)));
        WITNESSES.forEach(witness -> order.add(witness.verifier().text()));
        return order;
    }

    private static void publish(Path log, int size) throws IOException {
        GrowingTree tree = new GrowingTree();
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            byte[] entry = ("entry " + i).getBytes(UTF_8);
            entries.add(entry);
            tree.append(Merkle.leaf(entry), (tile, octets) -> write(log, tile.path(), octets));
        }
        tree.partialTiles((tile, octets) -> write(log, tile.path(), octets));
        for (LogFile.EntryBundle bundle : Tiling.bundles(size)) {
            int first = (int) bundle.index() * LogFile.WIDTH_MAX;
            write(log, bundle.path(), good(TileOctets.bundle(entries.subList(first, first + bundle.width()))));
        }
        Checkpoint checkpoint = new Checkpoint(ORIGIN, tree.head());
        // Go knows no ML-DSA signature: it must leave that line out of account, as the format says.
        write(
                log,
                "checkpoint",
                checkpoint
                        .signed(List.of(LOG_ML_DSA, LOG), TIME)
                        .with(WITNESSES.stream()
                                .map(witness -> witness.sign(checkpoint, TIME))
                                .toList())
                        .octets());
    }

    private static void write(Path log, String path, byte[] octets) {
        try {
            Files.createDirectories(log.resolve(path).getParent());
            Files.write(log.resolve(path), octets);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tonleReadsAndProvesWhatGoPublishes(@TempDir Path log) throws IOException {
        List<Integer> sizes = List.of(1, 5, 256, 300, 5_000);
        List<String> order = new ArrayList<>(List.of("write", log.toString(), LOG.secretText()));
        sizes.forEach(size -> order.add(size.toString()));
        assertThat(peer.say(order)).isEqualTo("OK 5000");
        LogIdentity identity = new LogIdentity(ORIGIN, List.of(LOG.verifier(), LOG_ML_DSA.verifier()));
        TileSource source = tile -> {
            Path path = log.resolve(tile.path());
            try {
                return Files.exists(path)
                        ? Outcome.good(Files.readAllBytes(path))
                        : Outcome.refused(LogFault.TILE_ABSENT, tile.index());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
        TreeHead before = TreeHead.EMPTY;
        for (int size : sizes) {
            byte[] note = Files.readAllBytes(log.resolve("checkpoint." + size));
            TreeHead head =
                    good(TrustedCheckpoint.open(note, identity, List.of())).head();
            assertThat(head.size()).isEqualTo(size);
            VerifiedTiles tiles = new VerifiedTiles(head, source);
            List<Hash> consistency = good(Proofs.consistency(before.size(), size, tiles));
            assertThat(ProofChecks.consistency(consistency, before, head)).isEqualTo(Verdict.holds());
            before = head;
            // Go gives the same checkpoint to the octet, as Ed25519 signs without chance.
            assertThat(new Checkpoint(ORIGIN, head).signed(List.of(LOG), TIME).octets())
                    .isEqualTo(note);
            assertThat(good(GrowingTree.at(head, source)).head()).isEqualTo(head);
            entriesAreProven(log, head, tiles);
        }
    }

    private static void entriesAreProven(Path log, TreeHead head, VerifiedTiles tiles) throws IOException {
        for (LogFile.EntryBundle bundle : Tiling.bundles(head.size())) {
            byte[] octets = Files.readAllBytes(log.resolve(bundle.path()));
            List<byte[]> entries = good(TileOctets.entries(octets, bundle.width()));
            long index = bundle.index() * LogFile.WIDTH_MAX + bundle.width() - 1;
            List<Hash> proof = good(Proofs.inclusion(index, head.size(), tiles));
            assertThat(ProofChecks.inclusion(proof, head, index, Merkle.leaf(entries.getLast())))
                    .isEqualTo(Verdict.holds());
        }
    }
}
