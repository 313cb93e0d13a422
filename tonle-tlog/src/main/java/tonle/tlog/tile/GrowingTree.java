// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tile;

import java.util.ArrayList;
import java.util.List;
import tonle.base.Must;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.TreeHead;

/**
 * The right edge of a tree that grows: at most 255 hashes a level, and from them the root and the tiles to write. It is
 * the state of whoever sequences a log; all of it can be read back from the tiles. Not thread-safe.
 */
public final class GrowingTree {
    /** Takes tiles to write. */
    public interface TileSink {
        void tile(LogFile.HashTile tile, byte[] octets);
    }

    /** Hashes of the partial tile of each level. */
    private final List<List<Hash>> edge = new ArrayList<>();

    private long size;

    /** A tree before its first entry. */
    public GrowingTree() {}

    /** The edge of the tree {@code head}, read from its partial tiles and checked against its root. */
    public static Outcome<GrowingTree> at(TreeHead head, TileSource source) {
        GrowingTree tree = new GrowingTree();
        tree.size = head.size();
        for (int level = 0; Tiling.hashes(head.size(), level) > 0; level++) {
            long hashes = Tiling.hashes(head.size(), level);
            int width = (int) (hashes % LogFile.WIDTH_MAX);
            tree.edge.add(new ArrayList<>());
            if (width > 0) {
                LogFile.HashTile tile = new LogFile.HashTile(level, hashes / LogFile.WIDTH_MAX, width);
                switch (source.tile(tile).then(octets -> TileOctets.hashes(octets, width))) {
                    case Outcome.Refused<List<Hash>> refused -> {
                        return refused.as();
                    }
                    case Outcome.Good<List<Hash>>(List<Hash> read) ->
                        tree.edge.get(level).addAll(read);
                }
            }
        }
        return tree.head().equals(head)
                ? Outcome.good(tree)
                : Outcome.refused(LogFault.TILE_CONTRADICTS_TREE, head.size());
    }

    public long size() {
        return size;
    }

    /** Adds the next entry by the hash of its leaf, and gives each tile that is now full. */
    public void append(Hash leaf, TileSink sink) {
        Must.hold(size < Long.MAX_VALUE, "a log has fewer than 2^63 entries");
        Hash hash = leaf;
        size++;
        for (int level = 0; ; level++) {
            if (level == edge.size()) {
                edge.add(new ArrayList<>());
            }
            List<Hash> hashes = edge.get(level);
            hashes.add(hash);
            if (hashes.size() < LogFile.WIDTH_MAX) {
                return;
            }
            long index = Tiling.hashes(size, level) / LogFile.WIDTH_MAX - 1;
            sink.tile(new LogFile.HashTile(level, index, LogFile.WIDTH_MAX), TileOctets.tile(hashes));
            hash = Merkle.row(hashes);
            hashes.clear();
        }
    }

    /** Gives the partial tiles of the present size. */
    public void partialTiles(TileSink sink) {
        for (int level = 0; level < edge.size(); level++) {
            List<Hash> hashes = edge.get(level);
            if (!hashes.isEmpty()) {
                long index = Tiling.hashes(size, level) / LogFile.WIDTH_MAX;
                sink.tile(new LogFile.HashTile(level, index, hashes.size()), TileOctets.tile(hashes));
            }
        }
    }

    public TreeHead head() {
        Hash root = null;
        for (List<Hash> hashes : edge) {
            int end = hashes.size();
            while (end > 0) {
                int width = Integer.lowestOneBit(end);
                Hash perfect = Merkle.row(hashes.subList(end - width, end));
                root = root == null ? perfect : Merkle.node(perfect, root);
                end -= width;
            }
        }
        return root == null ? TreeHead.EMPTY : new TreeHead(size, root);
    }
}
