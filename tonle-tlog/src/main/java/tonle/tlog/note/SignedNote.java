// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tonle.base.Must;
import tonle.tlog.Lines;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;

/**
 * A text with signature lines below it (C2SP signed-note 1.0). Reading one says nothing of who signed: {@link #verify}
 * does.
 *
 * @param text ends in a line feed
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** As in Go's sumdb/note, so that both take the same notes. C2SP asks for 16 at least. */
    public static final int SIGNATURES_MAX = 100;

    public static final int OCTETS_MAX = 1_000_000;

    private static final String SEPARATOR = "\n\n";

    public SignedNote {
        Must.hold(text.endsWith("\n"), "the text of a note ends its last line");
        signatures = List.copyOf(signatures);
    }

    /** One signature that verified, and the time that it states, if its type does. */
    public record Verified(VerifierKey key, OptionalLong unixSeconds) {}

    public static Outcome<SignedNote> parse(byte[] octets) {
        return Lines.plainText(octets, OCTETS_MAX).then(SignedNote::split);
    }

    /** The last empty line parts text from signatures: the text may hold empty lines itself. */
    private static Outcome<SignedNote> split(String note) {
        int separator = note.lastIndexOf(SEPARATOR);
        if (separator < 0) {
            return Outcome.refused(LogFault.NOTE_UNSEPARATED, note.getBytes(UTF_8).length);
        }
        String text = note.substring(0, separator + 1);
        int start = text.getBytes(UTF_8).length + 1;
        byte[] below = note.substring(separator + SEPARATOR.length()).getBytes(UTF_8);
        if (below.length == 0) {
            return Outcome.refused(LogFault.NOTE_UNSIGNED, start);
        }
        return signatureLines(below).movedBy(start).map(signatures -> new SignedNote(text, signatures));
    }

    /** Reads signature lines alone, as a witness answers with them; at least one. */
    public static Outcome<List<NoteSignature>> signatureLines(byte[] octets) {
        Lines lines = new Lines(octets);
        List<NoteSignature> signatures = new ArrayList<>();
        do {
            if (signatures.size() == SIGNATURES_MAX) {
                return Outcome.refused(LogFault.SIGNATURES_TOO_MANY, SIGNATURES_MAX);
            }
            int start = lines.position();
            switch (lines.line().then(line -> NoteSignature.parse(line).movedBy(start))) {
                case Outcome.Refused<NoteSignature> refused -> {
                    return refused.as();
                }
                case Outcome.Good<NoteSignature>(NoteSignature signature) -> signatures.add(signature);
            }
        } while (!lines.isAtEnd());
        return Outcome.good(signatures);
    }

    public byte[] octets() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString().getBytes(UTF_8);
    }

    /** The note with further signatures below those it has. */
    public SignedNote with(List<NoteSignature> more) {
        List<NoteSignature> all = new ArrayList<>(signatures);
        all.addAll(more);
        return new SignedNote(text, all);
    }

    /**
     * The signatures by {@code known} keys, in the order of the note; at least one. Lines of other keys are left out of
     * account, even where they share a name or an id with a known one. One wrong or repeated line of a known key
     * refuses the whole note.
     */
    public Outcome<List<Verified>> verify(Collection<VerifierKey> known) {
        List<Verified> verified = new ArrayList<>();
        Set<VerifierKey> seen = new HashSet<>();
        for (int i = 0; i < signatures.size(); i++) {
            NoteSignature signature = signatures.get(i);
            Optional<VerifierKey> key =
                    known.stream().filter(k -> k.isNamedBy(signature)).findFirst();
            if (key.isEmpty()) {
                continue;
            }
            if (!seen.add(key.get())) {
                return Outcome.refused(LogFault.SIGNATURE_REPEATED, i);
            }
            switch (key.get().verify(text, signature.signature())) {
                case Outcome.Good<OptionalLong>(OptionalLong time) -> verified.add(new Verified(key.get(), time));
                case Outcome.Refused<OptionalLong>(LogFault fault, long position) -> {
                    return Outcome.refused(fault, fault.place() == LogFault.Place.SIGNATURE ? i : position);
                }
            }
        }
        return verified.isEmpty()
                ? Outcome.refused(LogFault.SIGNATURE_UNKNOWN, signatures.size())
                : Outcome.good(verified);
    }
}
