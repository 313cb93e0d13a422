// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tonle.base.Must;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.HashReader;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.NodeId;
import tonle.tlog.tree.TreeHead;

/**
 * Reads nodes out of tiles, and gives none that does not add up to the head it was told. The tiles at the right edge
 * must make the root; every other tile must hash to its place in the tile above it. So a source may lie as it likes. A
 * partial tile that is gone is read from the full one.
 */
public final class VerifiedTiles implements HashReader {
    private final TreeHead head;
    private final TileSource source;

    public VerifiedTiles(TreeHead head, TileSource source) {
        this.head = head;
        this.source = source;
    }

    /**
     * The tiles that {@link #read} will ask for, so that a source may fetch them at once. From the top downward: a tile
     * comes after the one that vouches for it.
     */
    public Outcome<List<LogFile.HashTile>> tilesFor(List<NodeId> nodes) {
        Set<LogFile.HashTile> wanted = new LinkedHashSet<>();
        List<NodeId> all = new ArrayList<>(NodeId.peaks(head.size()));
        all.addAll(nodes);
        for (NodeId node : all) {
            Outcome<LogFile.HashTile> tile = Tiling.tileOf(node, head.size());
            while (tile instanceof Outcome.Good<LogFile.HashTile>(LogFile.HashTile found)) {
                boolean isNew = wanted.add(found);
                if (!isNew || !found.isFull()) {
                    break;
                }
                tile = Tiling.tile(found.level() + 1, found.index() / LogFile.WIDTH_MAX, head.size());
            }
            if (tile instanceof Outcome.Refused<LogFile.HashTile> refused) {
                return refused.as();
            }
        }
        List<LogFile.HashTile> sorted = new ArrayList<>(wanted);
        sorted.sort(Comparator.comparingInt(LogFile.HashTile::level).reversed());
        return Outcome.good(sorted);
    }

    @Override
    public Outcome<List<Hash>> read(List<NodeId> nodes) {
        return tilesFor(nodes)
                .then(this::verified)
                .map(tiles -> nodes.stream().map(node -> hashIn(tiles, node)).toList());
    }

    private Outcome<Map<LogFile.HashTile, List<Hash>>> verified(List<LogFile.HashTile> tiles) {
        Map<LogFile.HashTile, List<Hash>> read = new HashMap<>();
        for (LogFile.HashTile tile : tiles) {
            switch (fetch(tile)) {
                case Outcome.Refused<List<Hash>> refused -> {
                    return refused.as();
                }
                case Outcome.Good<List<Hash>>(List<Hash> hashes) -> read.put(tile, hashes);
            }
        }
        Outcome<TreeHead> edge = TreeHead.at(
                head.size(),
                peaks -> Outcome.good(
                        peaks.stream().map(node -> hashIn(read, node)).toList()));
        if (!edge.equals(Outcome.good(head))) {
            return Outcome.refused(LogFault.TILE_CONTRADICTS_TREE, head.size());
        }
        // Partial tiles made the root just now. A full one is vouched for by the tile above, which stands before it.
        for (LogFile.HashTile tile : tiles) {
            if (tile.isFull()) {
                NodeId node = new NodeId((tile.level() + 1) * Tiling.HEIGHT, tile.index());
                if (!Merkle.row(entry(read, tile)).equals(hashIn(read, node))) {
                    return Outcome.refused(
                            LogFault.TILE_CONTRADICTS_TREE, tile.index() << Tiling.HEIGHT * (tile.level() + 1));
                }
            }
        }
        return Outcome.good(read);
    }

    private Outcome<List<Hash>> fetch(LogFile.HashTile tile) {
        Outcome<byte[]> octets = source.tile(tile);
        boolean isGone =
                octets instanceof Outcome.Refused<byte[]>(LogFault fault, long _) && fault == LogFault.TILE_ABSENT;
        if (isGone && !tile.isFull()) {
            octets = source.tile(tile.full())
                    .map(full -> full.length == LogFile.WIDTH_MAX * Hash.OCTETS
                            ? Arrays.copyOf(full, tile.width() * Hash.OCTETS)
                            : full);
        }
        return octets.then(found -> TileOctets.hashes(found, tile.width()));
    }

    private Hash hashIn(Map<LogFile.HashTile, List<Hash>> tiles, NodeId node) {
        return switch (Tiling.tileOf(node, head.size())) {
            case Outcome.Good<LogFile.HashTile>(LogFile.HashTile tile) -> Tiling.hashOf(node, entry(tiles, tile));
            case Outcome.Refused<LogFile.HashTile> _ ->
                throw new IllegalStateException("a node of the tree has a tile");
        };
    }

    private static List<Hash> entry(Map<LogFile.HashTile, List<Hash>> tiles, LogFile.HashTile tile) {
        List<Hash> hashes = tiles.get(tile);
        Must.hold(hashes != null, "a tile that was asked for was read");
        return hashes;
    }
}
