// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static tonle.tlog.tree.MemoryTree.good;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hashes and paths drawn by hand from RFC 6962 section 2.1 and its examples in section 2.1.3. */
class MerkleTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void theEmptyTreeHasTheHashOfNothing() {
        assertThat(Merkle.EMPTY_ROOT.hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(good(TreeHead.at(0, _ -> {
                    throw new AssertionError("no node is read");
                })))
                .isEqualTo(TreeHead.EMPTY);
    }

    @Test
    void oneOctetTellsALeafFromANode() {
        // SHA-256 of 00, and of 00 00: the leaf of nothing and the leaf of one nought.
        assertThat(Merkle.leaf(new byte[0]).hex())
                .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        assertThat(Merkle.leaf(new byte[1]).hex())
                .isEqualTo("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");
        byte[] both = new byte[64];
        Merkle.leaf(new byte[0]).copyTo(both, 0);
        Merkle.leaf(new byte[1]).copyTo(both, 32);
        assertThat(Merkle.node(Merkle.leaf(new byte[0]), Merkle.leaf(new byte[1])))
                .isNotEqualTo(Merkle.leaf(both));
    }

    /**
     * RFC 6962 section 2.1.3: seven leaves d0 to d6, leaves a to f and j; g=ab, h=cd, i=ef; k=gh, l=ij; root kl.
     */
    private static final class Seven {
        final MemoryTree tree = new MemoryTree();
        final List<Hash> leaf = new ArrayList<>();
        final Hash g;
        final Hash h;
        final Hash i;
        final Hash k;
        final Hash l;

        Seven() {
            for (int d = 0; d < 7; d++) {
                byte[] entry = HEX.parseHex("d" + d);
                tree.append(entry);
                leaf.add(Merkle.leaf(entry));
            }
            g = Merkle.node(leaf.get(0), leaf.get(1));
            h = Merkle.node(leaf.get(2), leaf.get(3));
            i = Merkle.node(leaf.get(4), leaf.get(5));
            k = Merkle.node(g, h);
            l = Merkle.node(i, leaf.get(6));
        }
    }

    @Test
    void theExampleTreeOfTheRfcHasItsRoots() {
        Seven t = new Seven();
        assertThat(t.tree.head(7).root()).isEqualTo(Merkle.node(t.k, t.l));
        assertThat(t.tree.head(3).root()).isEqualTo(Merkle.node(t.g, t.leaf.get(2)));
        assertThat(t.tree.head(4).root()).isEqualTo(t.k);
        assertThat(t.tree.head(6).root()).isEqualTo(Merkle.node(t.k, t.i));
    }

    @Test
    void theExamplePathsOfTheRfcAreThose() {
        Seven t = new Seven();
        List<Hash> leaf = t.leaf;
        assertThat(good(Proofs.inclusion(0, 7, t.tree))).containsExactly(leaf.get(1), t.h, t.l);
        assertThat(good(Proofs.inclusion(3, 7, t.tree))).containsExactly(leaf.get(2), t.g, t.l);
        assertThat(good(Proofs.inclusion(4, 7, t.tree))).containsExactly(leaf.get(5), leaf.get(6), t.k);
        assertThat(good(Proofs.inclusion(6, 7, t.tree))).containsExactly(t.i, t.k);
    }

    @Test
    void theExampleConsistencyProofsOfTheRfcAreThose() {
        Seven t = new Seven();
        List<Hash> leaf = t.leaf;
        assertThat(good(Proofs.consistency(3, 7, t.tree))).containsExactly(leaf.get(2), leaf.get(3), t.g, t.l);
        assertThat(good(Proofs.consistency(4, 7, t.tree))).containsExactly(t.l);
        assertThat(good(Proofs.consistency(6, 7, t.tree))).containsExactly(t.i, leaf.get(6), t.k);
    }

    @Test
    void nodesStandInTheOrderInWhichTheyBecomeWhole() {
        // 0 1 (0-1) 2 3 (2-3) (0-3) 4: as Go's sumdb/tlog numbers them.
        assertThat(new NodeId(0, 0).storedIndex()).isEqualTo(0);
        assertThat(new NodeId(0, 1).storedIndex()).isEqualTo(1);
        assertThat(new NodeId(1, 0).storedIndex()).isEqualTo(2);
        assertThat(new NodeId(0, 2).storedIndex()).isEqualTo(3);
        assertThat(new NodeId(1, 1).storedIndex()).isEqualTo(5);
        assertThat(new NodeId(2, 0).storedIndex()).isEqualTo(6);
        assertThat(new NodeId(0, 4).storedIndex()).isEqualTo(7);
    }

    @Test
    void aPerfectPartIsCoveredByOneNode() {
        assertThat(NodeId.peaks(7)).containsExactly(new NodeId(2, 0), new NodeId(1, 2), new NodeId(0, 6));
        assertThat(NodeId.peaks(1L << 40)).containsExactly(new NodeId(40, 0));
        assertThat(NodeId.peaks(Long.MAX_VALUE)).hasSize(63);
        assertThat(NodeId.cover(3, 8)).containsExactly(new NodeId(0, 3), new NodeId(2, 1));
    }
}
