// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.witness;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import tonle.tlog.Lines;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignedNote;

/** What a witness answers to {@code add-checkpoint}: an HTTP status, a content type and a body. */
public sealed interface WitnessAnswer {
    int OK = 200;
    int BAD_REQUEST = 400;
    int FORBIDDEN = 403;
    int NOT_FOUND = 404;
    int CONFLICT = 409;
    int UNPROCESSABLE = 422;

    String SIZE_TYPE = "text/x.tlog.size";
    String TEXT_TYPE = "text/plain; charset=utf-8";

    int status();

    String contentType();

    byte[] body();

    /** It cosigned: signature lines to put below the checkpoint. They are yet to be verified. */
    record Cosigned(List<NoteSignature> signatures) implements WitnessAnswer {
        public Cosigned {
            signatures = List.copyOf(signatures);
        }

        @Override
        public int status() {
            return OK;
        }

        @Override
        public String contentType() {
            return TEXT_TYPE;
        }

        @Override
        public byte[] body() {
            StringBuilder lines = new StringBuilder();
            signatures.forEach(signature -> lines.append(signature.line()));
            return lines.toString().getBytes(UTF_8);
        }
    }

    /** It last cosigned another size than the request says: ask again with a proof from there. */
    record OtherSize(long size) implements WitnessAnswer {
        @Override
        public int status() {
            return CONFLICT;
        }

        @Override
        public String contentType() {
            return SIZE_TYPE;
        }

        @Override
        public byte[] body() {
            return (size + "\n").getBytes(US_ASCII);
        }
    }

    /** It refused: 400, 403, 404, 422, or whatever else a server says. */
    record Refusal(int status, String reason) implements WitnessAnswer {
        @Override
        public String contentType() {
            return TEXT_TYPE;
        }

        @Override
        public byte[] body() {
            return (reason + "\n").getBytes(UTF_8);
        }
    }

    /**
     * Reads an answer. A witness of protocol 1.0.0 says 409 without a size where two roots are shown for one size; that
     * is a refusal like its successor's 422.
     */
    static Outcome<WitnessAnswer> parse(int status, String contentType, byte[] body) {
        return switch (status) {
            case OK ->
                Lines.plainText(body, SignedNote.OCTETS_MAX)
                        .then(_ -> SignedNote.signatureLines(body))
                        .map(Cosigned::new);
            case CONFLICT ->
                contentType.equals(SIZE_TYPE) ? size(body).map(OtherSize::new) : Outcome.good(refusal(status, body));
            default -> Outcome.good(refusal(status, body));
        };
    }

    private static Outcome<Long> size(byte[] body) {
        Lines lines = new Lines(body);
        return lines.line()
                .then(Lines::number)
                .then(size -> lines.isAtEnd()
                        ? Outcome.good(size)
                        : Outcome.refused(LogFault.TEXT_TRAILING, lines.position()));
    }

    /** The first line of what a stranger says, cut to what a log line may hold. */
    private static Refusal refusal(int status, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 200), UTF_8);
        return new Refusal(status, text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?"));
    }
}
