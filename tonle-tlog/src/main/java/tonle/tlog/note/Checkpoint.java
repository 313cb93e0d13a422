// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import tonle.base.Must;
import tonle.tlog.Lines;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.TreeHead;

/**
 * What a log says of itself at one size (C2SP tlog-checkpoint 1.0): the text under its signatures.
 *
 * @param extensions further lines. Tonle writes none, as ML-DSA-44 cosignatures do not cover them.
 */
public record Checkpoint(String origin, TreeHead head, List<String> extensions) {
    /** The origin stands behind an octet of length in the ML-DSA-44 message. */
    public static final int ORIGIN_OCTETS_MAX = 255;

    public Checkpoint {
        Must.hold(isOrigin(origin), "an origin is a line of 1 to 255 octets");
        extensions = List.copyOf(extensions);
    }

    public Checkpoint(String origin, TreeHead head) {
        this(origin, head, List.of());
    }

    public static Outcome<Checkpoint> parse(String text) {
        Lines lines = new Lines(text.getBytes(UTF_8));
        return lines.line().then(origin -> {
            if (!isOrigin(origin)) {
                return Outcome.refused(LogFault.ORIGIN_INVALID, 0);
            }
            int sizeAt = lines.position();
            return lines.line().then(line -> Lines.number(line).movedBy(sizeAt)).then(size -> {
                int rootAt = lines.position();
                return lines.line()
                        .then(line -> Hash.ofBase64(line).movedBy(rootAt))
                        .then(root -> extensions(lines)
                                .map(extensions -> new Checkpoint(origin, new TreeHead(size, root), extensions)));
            });
        });
    }

    private static Outcome<List<String>> extensions(Lines lines) {
        List<String> extensions = new ArrayList<>();
        while (!lines.isAtEnd()) {
            int start = lines.position();
            switch (lines.line()) {
                case Outcome.Refused<String> refused -> {
                    return refused.as();
                }
                case Outcome.Good<String>(String line) -> {
                    if (line.isEmpty()) {
                        return Outcome.refused(LogFault.LINE_MALFORMED, start);
                    }
                    extensions.add(line);
                }
            }
        }
        return Outcome.good(extensions);
    }

    public String text() {
        StringBuilder text = new StringBuilder(origin)
                .append('\n')
                .append(head.size())
                .append('\n')
                .append(head.root().base64())
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** The checkpoint signed by all of {@code keys}: a log's own, of each type it has. */
    public SignedNote signed(List<SigningKey> keys, long unixSeconds) {
        return new SignedNote(
                text(), keys.stream().map(key -> key.sign(this, unixSeconds)).toList());
    }

    private static boolean isOrigin(String origin) {
        return !origin.isEmpty() && origin.indexOf('\n') < 0 && origin.getBytes(UTF_8).length <= ORIGIN_OCTETS_MAX;
    }
}
