// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tonle.base.Must;
import tonle.tlog.Lines;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.ProofChecks;

/**
 * A proof that an entry stands in a log, for checking offline (C2SP tlog-proof, {@code c2sp.org/tlog-proof@v1}).
 *
 * @param extra whatever an application adds; nothing vouches for it
 * @param path from the leaf's sibling to the root's child
 */
public record ProofFile(Optional<Octets> extra, long index, List<Hash> path, SignedNote checkpoint) {
    /** A tree of fewer than 2^63 entries has paths no longer. */
    public static final int HASHES_MAX = 63;

    public static final int EXTRA_OCTETS_MAX = 65_536;

    /** A note, the extra data in base64, 63 hashes and the two lines before them. */
    public static final int OCTETS_MAX = SignedNote.OCTETS_MAX + 100_000;

    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    public ProofFile {
        Must.hold(index >= 0 && path.size() <= HASHES_MAX, "a proof keeps its bounds");
        Must.hold(extra.isEmpty() || extra.get().length() <= EXTRA_OCTETS_MAX, "extra data keep their bound");
        path = List.copyOf(path);
    }

    public static Outcome<ProofFile> parse(byte[] octets) {
        return Lines.plainText(octets, OCTETS_MAX).then(_ -> {
            Lines lines = new Lines(octets);
            return lines.line().then(header -> {
                if (!header.equals(HEADER)) {
                    return Outcome.refused(LogFault.LINE_MALFORMED, 0);
                }
                int start = lines.position();
                return lines.line()
                        .then(second -> second.startsWith(EXTRA)
                                ? extra(second).movedBy(start).then(extra -> {
                                    int indexAt = lines.position();
                                    return lines.line()
                                            .then(line -> afterExtra(lines, Optional.of(extra), line, indexAt));
                                })
                                : afterExtra(lines, Optional.empty(), second, start));
            });
        });
    }

    private static Outcome<Octets> extra(String line) {
        return Lines.base64(line.substring(EXTRA.length()))
                .<Octets>then(octets -> octets.length > EXTRA_OCTETS_MAX
                        ? Outcome.refused(LogFault.TEXT_TOO_LARGE, 0)
                        : Outcome.good(Octets.of(octets)))
                .movedBy(EXTRA.length());
    }

    private static Outcome<ProofFile> afterExtra(Lines lines, Optional<Octets> extra, String line, int start) {
        if (!line.startsWith(INDEX)) {
            return Outcome.refused(LogFault.LINE_MALFORMED, start);
        }
        return Lines.number(line.substring(INDEX.length()))
                .movedBy(start + INDEX.length())
                .then(index -> path(lines).then(path -> {
                    int noteAt = lines.position();
                    return SignedNote.parse(lines.rest())
                            .movedBy(noteAt)
                            .map(note -> new ProofFile(extra, index, path, note));
                }));
    }

    /** Hashes, one a line, up to an empty line. */
    private static Outcome<List<Hash>> path(Lines lines) {
        List<Hash> path = new ArrayList<>();
        while (true) {
            int start = lines.position();
            Outcome<String> line = lines.line();
            if (line.equals(Outcome.good(""))) {
                return Outcome.good(path);
            }
            if (path.size() == HASHES_MAX) {
                return Outcome.refused(LogFault.PROOF_LENGTH, HASHES_MAX);
            }
            switch (line.then(text -> Hash.ofBase64(text).movedBy(start))) {
                case Outcome.Refused<Hash> refused -> {
                    return refused.as();
                }
                case Outcome.Good<Hash>(Hash hash) -> path.add(hash);
            }
        }
    }

    public byte[] octets() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(HEADER).append('\n');
        extra.ifPresent(octets -> head.append(EXTRA).append(octets.base64()).append('\n'));
        head.append(INDEX).append(index).append('\n');
        path.forEach(hash -> head.append(hash.base64()).append('\n'));
        file.writeBytes(head.append('\n').toString().getBytes(UTF_8));
        file.writeBytes(checkpoint.octets());
        return file.toByteArray();
    }

    /**
     * Checks everything: that a log of the policy signed the checkpoint, that enough witnesses cosigned it, and that
     * the leaf stands at the index.
     *
     * @param latestUnixSeconds cosignatures dated later are refused
     */
    public Outcome<TrustedCheckpoint> verify(Hash leaf, TrustPolicy policy, long latestUnixSeconds) {
        return policy.accept(checkpoint, latestUnixSeconds)
                .then(trusted ->
                        ProofChecks.inclusion(path, trusted.head(), index, leaf).proving(trusted));
    }
}
