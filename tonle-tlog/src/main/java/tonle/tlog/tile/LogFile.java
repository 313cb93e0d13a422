// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tile;

import tonle.base.Must;
import tonle.tlog.Outcome;

/** A file of a published log, named by its path below the log's prefix (C2SP tlog-tiles). */
public sealed interface LogFile {
    /** Hashes of a full tile, entries of a full bundle. */
    int WIDTH_MAX = 256;

    /** Levels of tiles that a path can name; a tree of fewer than 2^63 entries has tiles up to level 7. */
    int LEVEL_MAX = 63;

    String path();

    /** The signed head of the tree: the one file that changes. */
    record Head() implements LogFile {
        @Override
        public String path() {
            return "checkpoint";
        }
    }

    /**
     * Hashes of {@code width} neighbouring nodes; at level 0 of leaves, above it of full tiles of the level below.
     *
     * @param width 1 to 256; below 256 the tile is partial
     */
    record HashTile(int level, long index, int width) implements LogFile {
        public HashTile {
            Must.hold(level >= 0 && level <= LEVEL_MAX && index >= 0 && isWidth(width), "a tile has its place");
        }

        public boolean isFull() {
            return width == WIDTH_MAX;
        }

        /** The same tile when all its hashes are there. */
        public HashTile full() {
            return new HashTile(level, index, WIDTH_MAX);
        }

        @Override
        public String path() {
            return "tile/" + level + "/" + numbered(index, width);
        }
    }

    /** The entries under a tile of level 0. */
    record EntryBundle(long index, int width) implements LogFile {
        public EntryBundle {
            Must.hold(index >= 0 && isWidth(width), "a bundle has its place");
        }

        public boolean isFull() {
            return width == WIDTH_MAX;
        }

        /** The same bundle when all its entries are there. */
        public EntryBundle full() {
            return new EntryBundle(index, WIDTH_MAX);
        }

        @Override
        public String path() {
            return "tile/entries/" + numbered(index, width);
        }
    }

    /** The file that {@code path} names. Only the one canonical form of a path is taken. */
    static Outcome<LogFile> parse(String path) {
        if (path.equals("checkpoint")) {
            return Outcome.good(new Head());
        }
        return LogPath.parse(path);
    }

    private static boolean isWidth(int width) {
        return width >= 1 && width <= WIDTH_MAX;
    }

    /** {@code x001/x234/067}, and {@code .p/5} behind it where the file is partial. */
    private static String numbered(long index, int width) {
        StringBuilder path = new StringBuilder("%03d".formatted(index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x%03d/".formatted(rest % 1000));
        }
        return width == WIDTH_MAX
                ? path.toString()
                : path.append(".p/").append(width).toString();
    }
}
