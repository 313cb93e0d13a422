// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tree;

import java.util.List;
import tonle.base.Must;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;

/** A tree at one size: how many entries, and the root over them. */
public record TreeHead(long size, Hash root) {
    /** The tree before its first entry. */
    public static final TreeHead EMPTY = new TreeHead(0, Merkle.EMPTY_ROOT);

    public TreeHead {
        Must.hold(size >= 0, "a size is not negative");
    }

    /** Computes the root of the first {@code size} entries from nodes. */
    public static Outcome<TreeHead> at(long size, HashReader nodes) {
        if (size < 0) {
            return Outcome.refused(LogFault.SIZE_NEGATIVE, size);
        }
        if (size == 0) {
            return Outcome.good(EMPTY);
        }
        return nodes.read(NodeId.peaks(size)).map(hashes -> new TreeHead(size, joined(hashes)));
    }

    /** The hash over perfect nodes of falling size: each joins all that is to its right. */
    static Hash joined(List<Hash> peaks) {
        Hash joined = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            joined = Merkle.node(peaks.get(i), joined);
        }
        return joined;
    }
}
