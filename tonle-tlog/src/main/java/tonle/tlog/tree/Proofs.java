// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tree;

import java.util.ArrayList;
import java.util.List;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;

/** Makes proofs (RFC 6962 sections 2.1.1 and 2.1.2) from the nodes of a tree. */
public final class Proofs {
    private Proofs() {}

    /** Entries {@code from} to {@code to} (excluded) of a tree: one hash of a proof. */
    private record Range(long from, long to) {}

    /**
     * That entry {@code index} is in the tree of {@code size}: hashes from the leaf's sibling up to the root's child.
     */
    public static Outcome<List<Hash>> inclusion(long index, long size, HashReader nodes) {
        if (size < 0) {
            return Outcome.refused(LogFault.SIZE_NEGATIVE, size);
        }
        if (index < 0 || index >= size) {
            return Outcome.refused(LogFault.INDEX_OUTSIDE_TREE, index);
        }
        List<Range> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = middle(from, to);
            if (index < middle) {
                path.addFirst(new Range(middle, to));
                to = middle;
            } else {
                path.addFirst(new Range(from, middle));
                from = middle;
            }
        }
        return hashes(path, nodes);
    }

    /**
     * That the tree of {@code oldSize} is the beginning of that of {@code newSize}. Empty where the sizes are equal,
     * and where the old tree is empty: every tree begins with nothing.
     */
    public static Outcome<List<Hash>> consistency(long oldSize, long newSize, HashReader nodes) {
        if (oldSize < 0) {
            return Outcome.refused(LogFault.SIZE_NEGATIVE, oldSize);
        }
        if (oldSize > newSize) {
            return Outcome.refused(LogFault.SIZES_REVERSED, newSize);
        }
        if (oldSize == 0 || oldSize == newSize) {
            return Outcome.good(List.of());
        }
        List<Range> path = new ArrayList<>();
        long from = 0;
        long to = newSize;
        while (to != oldSize) {
            long middle = middle(from, to);
            if (oldSize <= middle) {
                path.addFirst(new Range(middle, to));
                to = middle;
            } else {
                path.addFirst(new Range(from, middle));
                from = middle;
            }
        }
        // Where the old tree is one whole part of the new one, its root is known to the reader and is left out.
        if (from > 0) {
            path.addFirst(new Range(from, to));
        }
        return hashes(path, nodes);
    }

    /** Where a part splits: after the largest power of two below its size. */
    private static long middle(long from, long to) {
        return from + Long.highestOneBit(to - from - 1);
    }

    private static Outcome<List<Hash>> hashes(List<Range> path, HashReader nodes) {
        List<NodeId> wanted = new ArrayList<>();
        path.forEach(range -> wanted.addAll(NodeId.cover(range.from, range.to)));
        if (wanted.isEmpty()) {
            return Outcome.good(List.of());
        }
        return nodes.read(wanted).map(read -> {
            List<Hash> proof = new ArrayList<>(path.size());
            int next = 0;
            for (Range range : path) {
                int count = NodeId.cover(range.from, range.to).size();
                proof.add(TreeHead.joined(read.subList(next, next + count)));
                next += count;
            }
            return proof;
        });
    }
}
