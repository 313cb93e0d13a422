// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tree;

import java.security.MessageDigest;
import java.util.List;
import tonle.base.Must;
import tonle.base.Sha256;

/** The hashes of RFC 6962 section 2.1: one octet before the content tells a leaf from a node. */
public final class Merkle {
    /** The root of a tree without leaves: SHA-256 of nothing. */
    public static final Hash EMPTY_ROOT = digest(Sha256.begun());

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    private Merkle() {}

    /** SHA-256(0x00 || entry). */
    public static Hash leaf(byte[] entry) {
        MessageDigest sha256 = Sha256.begun();
        sha256.update(LEAF);
        sha256.update(entry);
        return digest(sha256);
    }

    /** SHA-256(0x01 || left || right). */
    public static Hash node(Hash left, Hash right) {
        MessageDigest sha256 = Sha256.begun();
        sha256.update(NODE);
        sha256.update(left.raw());
        sha256.update(right.raw());
        return digest(sha256);
    }

    /**
     * The hash of a row of nodes of one level, of which each is the root of a perfect tree. Split at the largest power
     * of two below their number, as RFC 6962 says; at least one.
     */
    public static Hash row(List<Hash> nodes) {
        Must.hold(!nodes.isEmpty(), "a row has nodes");
        if (nodes.size() == 1) {
            return nodes.getFirst();
        }
        int left = Integer.highestOneBit(nodes.size() - 1);
        return node(row(nodes.subList(0, left)), row(nodes.subList(left, nodes.size())));
    }

    private static Hash digest(MessageDigest sha256) {
        return Hash.owning(sha256.digest());
    }
}
