// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tree;

import java.util.List;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;

/**
 * Checks proofs (RFC 9162 sections 2.1.3.2 and 2.1.4.2). How many hashes a proof must have follows from index and sizes
 * alone and is looked at first, so that no hash is left over and none is missing.
 */
public final class ProofChecks {
    private ProofChecks() {}

    /** Whether {@code proof} shows that {@code leaf} is entry {@code index} of the tree {@code head}. */
    public static Verdict inclusion(List<Hash> proof, TreeHead head, long index, Hash leaf) {
        return switch (rootOf(proof, head.size(), index, leaf)) {
            case Outcome.Refused<Hash>(LogFault fault, long position) -> Verdict.fails(fault, position);
            case Outcome.Good<Hash>(Hash root) ->
                root.equals(head.root()) ? Verdict.holds() : Verdict.fails(LogFault.ROOT_MISMATCH, proof.size());
        };
    }

    /** The root to which an inclusion proof leads. */
    public static Outcome<Hash> rootOf(List<Hash> proof, long size, long index, Hash leaf) {
        if (size < 0) {
            return Outcome.refused(LogFault.SIZE_NEGATIVE, size);
        }
        if (index < 0 || index >= size) {
            return Outcome.refused(LogFault.INDEX_OUTSIDE_TREE, index);
        }
        // Below "inner" the way to the last entry and that to this one differ; above it they are one, and there a
        // sibling stands only on the left.
        int inner = Long.SIZE - Long.numberOfLeadingZeros(index ^ size - 1);
        int lefts = Long.bitCount(index >>> inner);
        if (proof.size() != inner + lefts) {
            return Outcome.refused(LogFault.PROOF_LENGTH, inner + lefts);
        }
        Hash root = leaf;
        for (int i = 0; i < proof.size(); i++) {
            boolean isRightChild = i >= inner || (index >>> i & 1) == 1;
            root = isRightChild ? Merkle.node(proof.get(i), root) : Merkle.node(root, proof.get(i));
        }
        return Outcome.good(root);
    }

    /** Whether {@code proof} shows that the tree {@code older} is the beginning of the tree {@code newer}. */
    public static Verdict consistency(List<Hash> proof, TreeHead older, TreeHead newer) {
        if (older.size() > newer.size()) {
            return Verdict.fails(LogFault.SIZES_REVERSED, newer.size());
        }
        if (older.size() == 0 && !older.root().equals(Merkle.EMPTY_ROOT)) {
            return Verdict.fails(LogFault.EMPTY_ROOT_WRONG, 0);
        }
        if (older.size() == newer.size() && !older.root().equals(newer.root())) {
            return Verdict.fails(LogFault.ROOTS_DIFFER, newer.size());
        }
        if (older.size() == 0 || older.size() == newer.size()) {
            return proof.isEmpty() ? Verdict.holds() : Verdict.fails(LogFault.PROOF_LENGTH, 0);
        }
        // The way starts at the largest whole part that ends where the old tree ends.
        int skipped = Long.numberOfTrailingZeros(older.size());
        boolean isPart = Long.bitCount(older.size()) == 1;
        long index = older.size() - 1 >>> skipped;
        long last = newer.size() - 1 >>> skipped;
        int inner = Long.SIZE - Long.numberOfLeadingZeros(index ^ last);
        int lefts = Long.bitCount(index >>> inner);
        int first = isPart ? 0 : 1;
        if (proof.size() != first + inner + lefts) {
            return Verdict.fails(LogFault.PROOF_LENGTH, first + inner + lefts);
        }
        Hash oldRoot = isPart ? older.root() : proof.getFirst();
        Hash newRoot = oldRoot;
        for (int i = 0; i < inner + lefts; i++) {
            Hash sibling = proof.get(first + i);
            if (i >= inner || (index >>> i & 1) == 1) {
                oldRoot = Merkle.node(sibling, oldRoot);
                newRoot = Merkle.node(sibling, newRoot);
            } else {
                newRoot = Merkle.node(newRoot, sibling);
            }
        }
        if (!oldRoot.equals(older.root())) {
            return Verdict.fails(LogFault.OLD_ROOT_MISMATCH, proof.size());
        }
        return newRoot.equals(newer.root()) ? Verdict.holds() : Verdict.fails(LogFault.NEW_ROOT_MISMATCH, proof.size());
    }
}
