// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tile;

import java.util.ArrayList;
import java.util.List;
import tonle.base.Must;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.NodeId;

/** Which tiles and bundles a tree of a size has, and where in them its nodes are found. */
public final class Tiling {
    /** Levels of nodes that one level of tiles spans: 2^8 = 256 hashes a tile. */
    static final int HEIGHT = 8;

    private Tiling() {}

    /**
     * All tiles of a tree, from level 0 upward, partial ones as wide as this size makes them. One for each 255 entries:
     * for a size whose files are at hand, not for one that a stranger claims.
     */
    public static List<LogFile.HashTile> tiles(long size) {
        return tilesSince(0, size);
    }

    /** The tiles that come to be, or grow, when a tree grows from {@code oldSize} to {@code newSize}. */
    public static List<LogFile.HashTile> tilesSince(long oldSize, long newSize) {
        Must.hold(0 <= oldSize && oldSize <= newSize, "a log only grows");
        List<LogFile.HashTile> tiles = new ArrayList<>();
        for (int level = 0; hashes(newSize, level) > 0; level++) {
            long before = hashes(oldSize, level);
            long now = hashes(newSize, level);
            for (long index = before / LogFile.WIDTH_MAX; before < now && index * LogFile.WIDTH_MAX < now; index++) {
                tiles.add(new LogFile.HashTile(level, index, width(now, index)));
            }
        }
        return tiles;
    }

    /** All bundles of a log, the last one as wide as this size makes it; one for each 256 entries. */
    public static List<LogFile.EntryBundle> bundles(long size) {
        return bundlesSince(0, size);
    }

    /** The bundles that come to be, or grow, when a log grows from {@code oldSize} to {@code newSize}. */
    public static List<LogFile.EntryBundle> bundlesSince(long oldSize, long newSize) {
        Must.hold(0 <= oldSize && oldSize <= newSize, "a log only grows");
        List<LogFile.EntryBundle> bundles = new ArrayList<>();
        for (long index = oldSize / LogFile.WIDTH_MAX;
                oldSize < newSize && index * LogFile.WIDTH_MAX < newSize;
                index++) {
            bundles.add(new LogFile.EntryBundle(index, width(newSize, index)));
        }
        return bundles;
    }

    /** The tile as a tree of {@code size} has it; refused where it has none. */
    public static Outcome<LogFile.HashTile> tile(int level, long index, long size) {
        long hashes = hashes(size, level);
        return index >= 0 && hashes > 0 && index <= (hashes - 1) / LogFile.WIDTH_MAX
                ? Outcome.good(new LogFile.HashTile(level, index, width(hashes, index)))
                : Outcome.refused(LogFault.TILE_OUTSIDE_TREE, index);
    }

    /** The bundle that holds entry {@code index} of a log of {@code size}. */
    public static Outcome<LogFile.EntryBundle> bundleOf(long index, long size) {
        return index >= 0 && index < size
                ? Outcome.good(
                        new LogFile.EntryBundle(index / LogFile.WIDTH_MAX, width(size, index / LogFile.WIDTH_MAX)))
                : Outcome.refused(LogFault.INDEX_OUTSIDE_TREE, index);
    }

    /** The tile in which the hash of {@code node} is, or those from which it is computed. */
    static Outcome<LogFile.HashTile> tileOf(NodeId node, long size) {
        if (node.end() > size) {
            return Outcome.refused(LogFault.TILE_OUTSIDE_TREE, node.index());
        }
        int inside = node.level() % HEIGHT;
        return tile(node.level() / HEIGHT, node.index() << inside >>> HEIGHT, size);
    }

    /** The hash of {@code node} out of the hashes of its tile. */
    static Hash hashOf(NodeId node, List<Hash> tile) {
        int inside = node.level() % HEIGHT;
        int first = (int) (node.index() << inside & LogFile.WIDTH_MAX - 1);
        return Merkle.row(tile.subList(first, first + (1 << inside)));
    }

    /** How many hashes stand in all tiles of a level together. */
    static long hashes(long size, int level) {
        return level * HEIGHT >= Long.SIZE ? 0 : size >>> level * HEIGHT;
    }

    private static int width(long hashes, long index) {
        return (int) Math.min(LogFile.WIDTH_MAX, hashes - index * LogFile.WIDTH_MAX);
    }
}
