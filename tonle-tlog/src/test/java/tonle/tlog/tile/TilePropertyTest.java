// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static tonle.tlog.tree.MemoryTree.good;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tonle.base.power.Seed;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.MemoryTree;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.NodeId;
import tonle.tlog.tree.ProofChecks;
import tonle.tlog.tree.Proofs;
import tonle.tlog.tree.TreeHead;
import tonle.tlog.tree.Verdict;

/** A tree read back from its tiles is the tree that wrote them, whichever partial tiles are left. */
class TilePropertyTest {
    private static final int SIZE_MAX = 67_000;
    private static final long SEED = 4091;

    private static final MemoryTree TREE = new MemoryTree();
    private static final List<Hash> LEAVES = new ArrayList<>();

    /** Files by path. */
    private final Map<String, byte[]> files = new HashMap<>();

    private final TileSource source = tile -> {
        byte[] octets = files.get(tile.path());
        return octets == null ? Outcome.refused(LogFault.TILE_ABSENT, tile.index()) : Outcome.good(octets);
    };

    @BeforeAll
    static void grow() {
        for (int i = 0; i < SIZE_MAX; i++) {
            byte[] entry = ("entry " + i).getBytes(StandardCharsets.UTF_8);
            TREE.append(entry);
            LEAVES.add(Merkle.leaf(entry));
        }
    }

    private GrowingTree write(GrowingTree tree, int size) {
        while (tree.size() < size) {
            tree.append(LEAVES.get((int) tree.size()), (tile, octets) -> files.put(tile.path(), octets));
        }
        tree.partialTiles((tile, octets) -> files.put(tile.path(), octets));
        return tree;
    }

    @Test
    void theFilesWrittenAreThoseThatTheSizeAsksFor() {
        for (int size : List.of(0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 66_999)) {
            files.clear();
            GrowingTree tree = write(new GrowingTree(), size);
            assertThat(tree.head()).as("size %d", size).isEqualTo(TREE.head(size));
            assertThat(files.keySet())
                    .as("size %d", size)
                    .containsExactlyInAnyOrderElementsOf(
                            Tiling.tiles(size).stream().map(LogFile::path).toList());
            for (LogFile.HashTile tile : Tiling.tiles(size)) {
                assertThat(files.get(tile.path())).hasSize(32 * tile.width());
            }
        }
    }

    @Test
    void everyNodeIsReadBackFromTiles() {
        Seed seed = new Seed(SEED);
        for (int size : List.of(1, 5, 256, 300, 4_096, 65_536, 66_000)) {
            files.clear();
            write(new GrowingTree(), size);
            VerifiedTiles tiles = new VerifiedTiles(TREE.head(size), source);
            for (int round = 0; round < 50; round++) {
                List<NodeId> nodes = someNodes(seed, size);
                assertThat(good(tiles.read(nodes)))
                        .as("seed %d, size %d, round %d", SEED, size, round)
                        .isEqualTo(good(TREE.read(nodes)));
            }
        }
    }

    /** Old partial tiles may go once the full one is there; the newest checkpoint's may not. */
    @Test
    void proofsForOlderTreesHoldWhenTheirPartialTilesAreGone() {
        Seed seed = new Seed(SEED);
        GrowingTree tree = new GrowingTree();
        List<Integer> sizes = List.of(3, 200, 256, 257, 700, 701, 5_000);
        for (int size : sizes) {
            write(tree, size);
        }
        files.keySet()
                .removeIf(path -> path.contains(".p/")
                        && seed.below(2) == 0
                        && files.containsKey(path.substring(0, path.indexOf(".p/"))));
        TreeHead newest = TREE.head(5_000);
        for (int size : sizes) {
            TreeHead head = TREE.head(size);
            VerifiedTiles tiles = new VerifiedTiles(head, source);
            int index = seed.below(size);
            List<Hash> proof = good(Proofs.inclusion(index, size, tiles));
            assertThat(ProofChecks.inclusion(proof, head, index, LEAVES.get(index)))
                    .isEqualTo(Verdict.holds());
            List<Hash> consistent = good(Proofs.consistency(size, 5_000, new VerifiedTiles(newest, source)));
            assertThat(ProofChecks.consistency(consistent, head, newest)).isEqualTo(Verdict.holds());
        }
    }

    @Test
    void aTreeGoesOnFromItsTilesAsIfItHadNeverStopped() {
        Seed seed = new Seed(SEED);
        for (int round = 0; round < 40; round++) {
            files.clear();
            int stopped = seed.below(2_000);
            write(new GrowingTree(), stopped);
            GrowingTree tree = good(GrowingTree.at(TREE.head(stopped), source));
            int size = stopped + seed.below(2_000);
            write(tree, size);
            assertThat(tree.head()).as("seed %d, %d to %d", SEED, stopped, size).isEqualTo(TREE.head(size));
            assertThat(good(new VerifiedTiles(TREE.head(size), source).read(NodeId.peaks(size))))
                    .isEqualTo(good(TREE.read(NodeId.peaks(size))));
        }
    }

    /** One bit in one tile: what is read is right or refused, never wrong. */
    @Test
    void aFlippedBitIsNeverReadAsAHash() {
        int size = 66_000;
        write(new GrowingTree(), size);
        Seed seed = new Seed(SEED);
        List<String> paths = new ArrayList<>(files.keySet().stream().sorted().toList());
        int refusals = 0;
        for (int round = 0; round < 600; round++) {
            String path = paths.get(round < paths.size() ? round : seed.below(paths.size()));
            byte[] octets = files.get(path);
            int bit = seed.below(octets.length * 8);
            octets[bit / 8] ^= (byte) (1 << bit % 8);
            List<NodeId> nodes = someNodes(seed, size);
            Outcome<List<Hash>> read = new VerifiedTiles(TREE.head(size), source).read(nodes);
            octets[bit / 8] ^= (byte) (1 << bit % 8);
            String what = "seed " + SEED + ", round " + round + ", " + path;
            switch (read) {
                case Outcome.Good<List<Hash>>(List<Hash> hashes) ->
                    assertThat(hashes).as(what).isEqualTo(good(TREE.read(nodes)));
                case Outcome.Refused<List<Hash>>(LogFault fault, long _) -> {
                    assertThat(fault).as(what).isEqualTo(LogFault.TILE_CONTRADICTS_TREE);
                    refusals++;
                }
            }
        }
        assertThat(refusals).isGreaterThan(5);
    }

    @Test
    void everyBitOfTheTilesUnderAProofIsVouchedFor() {
        int size = 600;
        write(new GrowingTree(), size);
        for (LogFile.HashTile tile : good(
                new VerifiedTiles(TREE.head(size), source).tilesFor(List.of(new NodeId(0, 3), new NodeId(0, 300))))) {
            byte[] octets = files.get(tile.path());
            for (int bit = 0; bit < octets.length * 8; bit += tile.isFull() ? 37 : 1) {
                octets[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(new VerifiedTiles(TREE.head(size), source)
                                .read(List.of(new NodeId(0, 3), new NodeId(0, 300))))
                        .as("%s, bit %d", tile.path(), bit)
                        .isInstanceOf(Outcome.Refused.class);
                octets[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
    }

    @Test
    void missingShortAndForeignTilesAreNamed() {
        int size = 600;
        write(new GrowingTree(), size);
        TreeHead head = TREE.head(size);
        VerifiedTiles tiles = new VerifiedTiles(head, source);
        List<NodeId> node = List.of(new NodeId(0, 3));
        assertThat(tiles.read(List.of(new NodeId(0, 600)))).isEqualTo(Outcome.refused(LogFault.TILE_OUTSIDE_TREE, 600));
        byte[] kept = files.remove("tile/0/000");
        assertThat(tiles.read(node)).isEqualTo(Outcome.refused(LogFault.TILE_ABSENT, 0));
        files.put("tile/0/000", new byte[31]);
        assertThat(tiles.read(node)).isEqualTo(Outcome.refused(LogFault.TILE_LENGTH, 31));
        files.put("tile/0/000", files.get("tile/0/001"));
        assertThat(tiles.read(node)).isEqualTo(Outcome.refused(LogFault.TILE_CONTRADICTS_TREE, 0));
        files.put("tile/0/000", kept);
        assertThat(new VerifiedTiles(new TreeHead(600, TREE.head(599).root()), source).read(node))
                .isEqualTo(Outcome.refused(LogFault.TILE_CONTRADICTS_TREE, 600));
        files.put("tile/1/000.p/2", new byte[64]);
        assertThat(GrowingTree.at(head, source)).isEqualTo(Outcome.refused(LogFault.TILE_CONTRADICTS_TREE, 600));
        files.remove("tile/1/000.p/2");
        assertThat(GrowingTree.at(head, source)).isEqualTo(Outcome.refused(LogFault.TILE_ABSENT, 0));
    }

    private static List<NodeId> someNodes(Seed seed, int size) {
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 1 + seed.below(5); i > 0; i--) {
            int level = seed.below(Integer.SIZE - Integer.numberOfLeadingZeros(size));
            nodes.add(new NodeId(level, seed.below(size >> level)));
        }
        return nodes;
    }
}
