// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static tonle.tlog.tree.MemoryTree.good;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tonle.base.power.Seed;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;

/** Every proof of every tree up to 300 entries holds, and none does after any one change. */
class ProofPropertyTest {
    private static final int SIZE_MAX = 300;
    private static final long SEED = 20261123;

    private static final MemoryTree TREE = new MemoryTree();
    private static final List<Hash> LEAVES = new ArrayList<>();
    private static final List<TreeHead> HEADS = new ArrayList<>();

    @BeforeAll
    static void grow() {
        HEADS.add(TreeHead.EMPTY);
        for (int i = 0; i < SIZE_MAX; i++) {
            byte[] entry = ("entry " + i).getBytes(StandardCharsets.UTF_8);
            TREE.append(entry);
            LEAVES.add(Merkle.leaf(entry));
            HEADS.add(TREE.head(i + 1));
        }
    }

    @Test
    void rootsAreThoseOfTheRecursiveDefinition() {
        for (int size = 1; size <= SIZE_MAX; size++) {
            assertThat(HEADS.get(size).root()).as("size %d", size).isEqualTo(Merkle.row(LEAVES.subList(0, size)));
        }
    }

    @Test
    void everyEntryIsProvenInEveryTree() {
        for (int size = 1; size <= SIZE_MAX; size++) {
            for (int index = 0; index < size; index++) {
                List<Hash> proof = good(Proofs.inclusion(index, size, TREE));
                if (!holds(ProofChecks.inclusion(proof, HEADS.get(size), index, LEAVES.get(index)))) {
                    throw new AssertionError("entry " + index + " of " + size);
                }
            }
        }
    }

    @Test
    void everyTreeIsTheBeginningOfEveryLaterOne() {
        for (int size = 0; size <= SIZE_MAX; size++) {
            for (int older = 0; older <= size; older++) {
                List<Hash> proof = good(Proofs.consistency(older, size, TREE));
                if (!holds(ProofChecks.consistency(proof, HEADS.get(older), HEADS.get(size)))) {
                    throw new AssertionError("size " + older + " to " + size);
                }
            }
        }
    }

    @Test
    void anyBitChangedInAnInclusionProofIsRefused() {
        for (int size : List.of(1, 2, 3, 5, 7, 8, 9, 31, 32, 33, 100, 255, 256, 257, 300)) {
            for (int index = 0; index < size; index = size < 10 ? index + 1 : 3 * index + 1) {
                List<Hash> proof = good(Proofs.inclusion(index, size, TREE));
                TreeHead head = HEADS.get(size);
                Hash leaf = LEAVES.get(index);
                for (int bit = 0; bit < 256; bit++) {
                    refused(ProofChecks.inclusion(proof, new TreeHead(size, flipped(head.root(), bit)), index, leaf));
                    refused(ProofChecks.inclusion(proof, head, index, flipped(leaf, bit)));
                    for (int i = 0; i < proof.size(); i++) {
                        List<Hash> damaged = new ArrayList<>(proof);
                        damaged.set(i, flipped(proof.get(i), bit));
                        refused(ProofChecks.inclusion(damaged, head, index, leaf));
                    }
                }
                for (int bit = 0; bit < Long.SIZE; bit++) {
                    refused(ProofChecks.inclusion(proof, head, index ^ 1L << bit, leaf));
                }
            }
        }
    }

    @Test
    void anyBitChangedInAConsistencyProofIsRefused() {
        for (int size : List.of(2, 3, 6, 7, 8, 9, 64, 65, 200, 256, 300)) {
            for (int older = 1; older < size; older = size < 10 ? older + 1 : 2 * older + 1) {
                List<Hash> proof = good(Proofs.consistency(older, size, TREE));
                TreeHead first = HEADS.get(older);
                TreeHead second = HEADS.get(size);
                for (int bit = 0; bit < 256; bit++) {
                    refused(ProofChecks.consistency(proof, new TreeHead(older, flipped(first.root(), bit)), second));
                    refused(ProofChecks.consistency(proof, first, new TreeHead(size, flipped(second.root(), bit))));
                    for (int i = 0; i < proof.size(); i++) {
                        List<Hash> damaged = new ArrayList<>(proof);
                        damaged.set(i, flipped(proof.get(i), bit));
                        refused(ProofChecks.consistency(damaged, first, second));
                    }
                }
            }
        }
    }

    /**
     * A size is not in the hashes: some wrong sizes ask for the same path, so the checkpoint binds it by its signature.
     */
    @Test
    void aProofForAnotherEntryOrSizeOfTheSameShapeIsRefused() {
        for (int size = 2; size <= SIZE_MAX; size++) {
            for (int index = 0; index < size; index++) {
                List<Hash> proof = good(Proofs.inclusion(index, size, TREE));
                int other = (index + 1 + size / 2) % size;
                if (other != index) {
                    refused(ProofChecks.inclusion(proof, HEADS.get(size), other, LEAVES.get(index)));
                    refused(ProofChecks.inclusion(proof, HEADS.get(size), index, LEAVES.get(other)));
                }
                int otherSize = size == SIZE_MAX ? size - 1 : size + 1;
                refused(ProofChecks.inclusion(proof, HEADS.get(otherSize), index, LEAVES.get(index)));
            }
        }
    }

    @Test
    void aHashTooManyOrTooFewIsRefusedByItsNumber() {
        List<Hash> proof = good(Proofs.inclusion(5, 11, TREE));
        List<Hash> longer = new ArrayList<>(proof);
        longer.add(HEADS.get(11).root());
        assertThat(ProofChecks.inclusion(longer, HEADS.get(11), 5, LEAVES.get(5)))
                .isEqualTo(Verdict.fails(LogFault.PROOF_LENGTH, proof.size()));
        assertThat(ProofChecks.inclusion(proof.subList(1, proof.size()), HEADS.get(11), 5, LEAVES.get(5)))
                .isEqualTo(Verdict.fails(LogFault.PROOF_LENGTH, proof.size()));
        List<Hash> consistent = good(Proofs.consistency(5, 11, TREE));
        assertThat(ProofChecks.consistency(consistent.subList(1, consistent.size()), HEADS.get(5), HEADS.get(11)))
                .isEqualTo(Verdict.fails(LogFault.PROOF_LENGTH, consistent.size()));
        assertThat(ProofChecks.consistency(List.of(LEAVES.getFirst()), HEADS.get(5), HEADS.get(5)))
                .isEqualTo(Verdict.fails(LogFault.PROOF_LENGTH, 0));
        assertThat(ProofChecks.consistency(List.of(LEAVES.getFirst()), TreeHead.EMPTY, HEADS.get(5)))
                .isEqualTo(Verdict.fails(LogFault.PROOF_LENGTH, 0));
    }

    @Test
    void whatFailsSaysWhichRoot() {
        List<Hash> proof = good(Proofs.consistency(3, 9, TREE));
        Hash wrong = flipped(HEADS.get(3).root(), 0);
        assertThat(ProofChecks.consistency(proof, new TreeHead(3, wrong), HEADS.get(9)))
                .isEqualTo(Verdict.fails(LogFault.OLD_ROOT_MISMATCH, proof.size()));
        assertThat(ProofChecks.consistency(proof, HEADS.get(3), new TreeHead(9, wrong)))
                .isEqualTo(Verdict.fails(LogFault.NEW_ROOT_MISMATCH, proof.size()));
        assertThat(ProofChecks.consistency(List.of(), HEADS.get(3), new TreeHead(3, wrong)))
                .isEqualTo(Verdict.fails(LogFault.ROOTS_DIFFER, 3));
        assertThat(ProofChecks.consistency(proof, HEADS.get(9), HEADS.get(3)))
                .isEqualTo(Verdict.fails(LogFault.SIZES_REVERSED, 3));
        assertThat(ProofChecks.consistency(List.of(), new TreeHead(0, wrong), HEADS.get(3)))
                .isEqualTo(Verdict.fails(LogFault.EMPTY_ROOT_WRONG, 0));
        assertThat(ProofChecks.inclusion(List.of(), new TreeHead(1, wrong), 0, LEAVES.get(0)))
                .isEqualTo(Verdict.fails(LogFault.ROOT_MISMATCH, 0));
        assertThat(ProofChecks.inclusion(List.of(), HEADS.get(1), 1, LEAVES.get(1)))
                .isEqualTo(Verdict.fails(LogFault.INDEX_OUTSIDE_TREE, 1));
        assertThat(ProofChecks.rootOf(List.of(), -1, 0, LEAVES.get(0)))
                .isEqualTo(Outcome.refused(LogFault.SIZE_NEGATIVE, -1));
    }

    @Test
    void whatCannotBeProvenIsRefusedAndNotThrown() {
        assertThat(Proofs.inclusion(3, 3, TREE)).isEqualTo(Outcome.refused(LogFault.INDEX_OUTSIDE_TREE, 3));
        assertThat(Proofs.inclusion(-1, 3, TREE)).isEqualTo(Outcome.refused(LogFault.INDEX_OUTSIDE_TREE, -1));
        assertThat(Proofs.inclusion(0, -3, TREE)).isEqualTo(Outcome.refused(LogFault.SIZE_NEGATIVE, -3));
        assertThat(Proofs.consistency(4, 3, TREE)).isEqualTo(Outcome.refused(LogFault.SIZES_REVERSED, 3));
        assertThat(Proofs.consistency(-1, 3, TREE)).isEqualTo(Outcome.refused(LogFault.SIZE_NEGATIVE, -1));
        assertThat(TreeHead.at(-1, TREE)).isEqualTo(Outcome.refused(LogFault.SIZE_NEGATIVE, -1));
    }

    /**
     * Sizes near 2^63 have paths too; nothing overflows. The hashes are made up, so only shape and totality are asked.
     */
    @Test
    void checksAreTotalOverAllSizes() {
        Seed seed = new Seed(SEED);
        for (int round = 0; round < 20_000; round++) {
            long size = seed.nextLong() >>> seed.below(64);
            long index = seed.nextLong() >> seed.below(64);
            List<Hash> proof = new ArrayList<>();
            for (int i = seed.below(66); i > 0; i--) {
                proof.add(LEAVES.get(seed.below(SIZE_MAX)));
            }
            TreeHead head = new TreeHead(Math.max(size, 0), LEAVES.get(0));
            TreeHead older = new TreeHead(Math.max(index, 0), LEAVES.get(1));
            String what = "seed " + SEED + ", round " + round;
            assertThat(ProofChecks.inclusion(proof, head, index, LEAVES.get(2)))
                    .as(what)
                    .isInstanceOf(Verdict.Fails.class);
            assertThat(ProofChecks.consistency(proof, older, head)).as(what).isInstanceOf(Verdict.Fails.class);
        }
    }

    @Test
    void theLargestTreeHasAPathOfSixtyThreeHashes() {
        HashReader madeUp =
                nodes -> Outcome.good(nodes.stream().map(_ -> LEAVES.getFirst()).toList());
        List<Hash> proof = good(Proofs.inclusion(0, Long.MAX_VALUE, madeUp));
        assertThat(proof).hasSize(63);
        Hash root = good(ProofChecks.rootOf(proof, Long.MAX_VALUE, 0, LEAVES.getFirst()));
        assertThat(holds(ProofChecks.inclusion(proof, new TreeHead(Long.MAX_VALUE, root), 0, LEAVES.getFirst())))
                .isTrue();
        assertThat(good(Proofs.consistency(3, Long.MAX_VALUE, madeUp))).hasSizeLessThanOrEqualTo(63 + 1);
    }

    private static boolean holds(Verdict verdict) {
        return verdict instanceof Verdict.Holds;
    }

    private static void refused(Verdict verdict) {
        if (holds(verdict)) {
            throw new AssertionError("a damaged proof holds");
        }
    }

    private static Hash flipped(Hash hash, int bit) {
        byte[] octets = hash.octets();
        octets[bit / 8] ^= (byte) (1 << bit % 8);
        return good(Hash.of(octets));
    }
}
