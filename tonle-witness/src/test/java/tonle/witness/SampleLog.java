// SPDX-License-Identifier: Apache-2.0
package tonle.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tonle.tlog.Outcome;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.SigningKey;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.HashReader;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.NodeId;
import tonle.tlog.tree.Proofs;
import tonle.tlog.tree.TreeHead;
import tonle.tlog.witness.AddCheckpoint;

/** A log in memory that a test lets grow, or lets lie. */
final class SampleLog implements HashReader {
    final SigningKey key;
    private final String origin;
    private final String flavour;

    /** Two logs of one origin and other flavours sign two histories. */
    SampleLog(String origin, String flavour) {
        this.origin = origin;
        this.flavour = flavour;
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 7);
        this.key = good(SigningKey.ofSeed(origin, SignatureType.ED25519, seed));
    }

    AddCheckpoint request(long oldSize, long size) {
        SignedNote note = new Checkpoint(origin, head(size)).signed(List.of(key), 1_790_000_000L);
        return new AddCheckpoint(oldSize, good(Proofs.consistency(oldSize, size, this)), note);
    }

    TreeHead head(long size) {
        return good(TreeHead.at(size, this));
    }

    @Override
    public Outcome<List<Hash>> read(List<NodeId> nodes) {
        List<Hash> hashes = new ArrayList<>();
        nodes.forEach(node -> hashes.add(hash(node.level(), node.index())));
        return Outcome.good(hashes);
    }

    private Hash hash(int level, long index) {
        return level == 0
                ? Merkle.leaf((flavour + index).getBytes(UTF_8))
                : Merkle.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
    }

    static <T> T good(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Good<T>(T value) -> value;
            case Outcome.Refused<T> refused -> throw new AssertionError("refused: " + refused);
        };
    }
}
