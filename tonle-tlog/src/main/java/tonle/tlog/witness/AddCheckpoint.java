// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tonle.base.Must;
import tonle.tlog.Lines;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.SignedNote;
import tonle.tlog.tree.Hash;

/**
 * The request {@code add-checkpoint}: the size that the witness is thought to know, a proof from there, the checkpoint.
 *
 * @param checkpoint the signed note; its text is read by {@link WitnessRuling}
 */
public record AddCheckpoint(long oldSize, List<Hash> proof, SignedNote checkpoint) {
    public static final int HASHES_MAX = 63;

    /** A note, the line with the size, and proof lines of 45 octets. */
    public static final int OCTETS_MAX = SignedNote.OCTETS_MAX + 4_096;

    private static final String OLD = "old ";

    public AddCheckpoint {
        Must.hold(oldSize >= 0 && proof.size() <= HASHES_MAX, "a request keeps its bounds");
        proof = List.copyOf(proof);
    }

    public static Outcome<AddCheckpoint> parse(byte[] octets) {
        return Lines.plainText(octets, OCTETS_MAX).then(_ -> {
            Lines lines = new Lines(octets);
            return lines.line().then(first -> {
                if (!first.startsWith(OLD)) {
                    return Outcome.refused(LogFault.LINE_MALFORMED, 0);
                }
                return Lines.number(first.substring(OLD.length()))
                        .movedBy(OLD.length())
                        .then(oldSize -> proof(lines).then(proof -> {
                            int start = lines.position();
                            return SignedNote.parse(lines.rest())
                                    .movedBy(start)
                                    .map(note -> new AddCheckpoint(oldSize, proof, note));
                        }));
            });
        });
    }

    /** Hashes, one a line, up to an empty line. */
    private static Outcome<List<Hash>> proof(Lines lines) {
        List<Hash> proof = new ArrayList<>();
        while (true) {
            int start = lines.position();
            Outcome<String> line = lines.line();
            if (line.equals(Outcome.good(""))) {
                return Outcome.good(proof);
            }
            if (proof.size() == HASHES_MAX) {
                return Outcome.refused(LogFault.PROOF_LENGTH, HASHES_MAX);
            }
            switch (line.then(text -> Hash.ofBase64(text).movedBy(start))) {
                case Outcome.Refused<Hash> refused -> {
                    return refused.as();
                }
                case Outcome.Good<Hash>(Hash hash) -> proof.add(hash);
            }
        }
    }

    public byte[] octets() {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes((OLD + oldSize + "\n").getBytes(UTF_8));
        proof.forEach(hash -> request.writeBytes((hash.base64() + "\n").getBytes(UTF_8)));
        request.write('\n');
        request.writeBytes(checkpoint.octets());
        return request.toByteArray();
    }
}
