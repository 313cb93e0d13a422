// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tree;

import java.util.ArrayList;
import java.util.List;
import tonle.tlog.Outcome;

/** All nodes of a tree in one list, each written as soon as it is whole: the storage of Go's sumdb/tlog. */
public final class MemoryTree implements HashReader {
    private final List<Hash> stored = new ArrayList<>();
    private long size;

    public void append(byte[] entry) {
        Hash hash = Merkle.leaf(entry);
        stored.add(hash);
        // The new entry makes a parent whole wherever it ends a right child.
        for (int level = 0; (size >>> level & 1) == 1; level++) {
            Hash left = stored.get((int) new NodeId(level, (size >>> level) - 1).storedIndex());
            hash = Merkle.node(left, hash);
            stored.add(hash);
        }
        size++;
    }

    public long size() {
        return size;
    }

    @Override
    public Outcome<List<Hash>> read(List<NodeId> nodes) {
        return Outcome.good(
                nodes.stream().map(node -> stored.get((int) node.storedIndex())).toList());
    }

    /** The tree when it had {@code earlier} entries. */
    public TreeHead head(long earlier) {
        return good(TreeHead.at(earlier, this));
    }

    public static <T> T good(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Good<T>(T value) -> value;
            case Outcome.Refused<T> refused -> throw new AssertionError("refused: " + refused);
        };
    }
}
