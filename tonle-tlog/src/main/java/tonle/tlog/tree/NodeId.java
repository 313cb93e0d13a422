// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tree;

import java.util.ArrayList;
import java.util.List;
import tonle.base.Must;

/**
 * Names the root of a perfect part of a tree: that over the entries {@code index * 2^level} to {@code (index + 1) *
 * 2^level}. Such a node, once whole, never changes, however the log grows.
 */
public record NodeId(int level, long index) {
    public NodeId {
        Must.hold(level >= 0 && level < Long.SIZE - 1 && index >= 0, "a node lies in the tree");
        Must.hold(index < Long.MAX_VALUE >>> level, "a node's last entry has a number");
    }

    /** The entry after the last one that the node covers. */
    public long end() {
        return index + 1 << level;
    }

    /**
     * Where the node stands when all are written one after the other, each as soon as it is whole (as in Go's
     * sumdb/tlog).
     */
    public long storedIndex() {
        long n = index;
        for (int i = 0; i < level; i++) {
            n = 2 * n + 1;
        }
        long stored = level;
        for (; n > 0; n >>>= 1) {
            stored += n;
        }
        return stored;
    }

    /** The fewest perfect nodes that cover the entries {@code from} to {@code to}, from left to right. */
    static List<NodeId> cover(long from, long to) {
        List<NodeId> nodes = new ArrayList<>();
        long next = from;
        while (next < to) {
            int aligned = next == 0 ? Long.SIZE - 2 : Long.numberOfTrailingZeros(next);
            int level = Math.min(aligned, Long.SIZE - 1 - Long.numberOfLeadingZeros(to - next));
            nodes.add(new NodeId(level, next >>> level));
            next += 1L << level;
        }
        return nodes;
    }

    /** The nodes whose hashes make the root of a tree of {@code size} entries, from left to right. */
    public static List<NodeId> peaks(long size) {
        return cover(0, size);
    }
}
