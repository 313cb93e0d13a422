// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import tonle.registry.book.PersonalTrace;

/** Names and labels as people type them: bounded, readable, and told apart. */
final class Names {
    static final int NAME_CHARS_MAX = 60;
    static final int LABEL_CHARS_MAX = 40;

    /** Letters and marks of any script, digits, blanks, and what stands in names. */
    private static final Pattern READABLE = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}][\\p{L}\\p{M}\\p{Nd} .,'’()/_-]*");

    private Names() {}

    /** NFC, without word-break marks, with single blanks. */
    static String tidy(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFC)
                .replace("\u200b", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Two names with the same key look alike: case, width and blanks do not tell them apart. */
    static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{Nd}]", "");
    }

    static Outcome<String> name(String typed) {
        String name = tidy(typed);
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
            return Outcome.refused(Reason.NAME_LENGTH, NAME_CHARS_MAX);
        }
        return READABLE.matcher(name).matches()
                        && !key(name).isEmpty()
                        && PersonalTrace.first(name).isEmpty()
                ? Outcome.done(name)
                : Outcome.refused(Reason.NAME_CHARACTERS, name);
    }

    static Outcome<String> label(String typed) {
        String label = tidy(typed);
        return label.isEmpty()
                        || label.length() > LABEL_CHARS_MAX
                        || !READABLE.matcher(label).matches()
                ? Outcome.refused(Reason.LABEL_LENGTH, LABEL_CHARS_MAX)
                : Outcome.done(label);
    }

    /** A reason as the audit keeps it. */
    static Outcome<String> reason(String typed) {
        String reason = tidy(typed);
        return reason.isEmpty() || reason.length() > tonle.registry.audit.AuditEvent.REASON_CHARS_MAX
                ? Outcome.refused(Reason.REASON_LENGTH, tonle.registry.audit.AuditEvent.REASON_CHARS_MAX)
                : PersonalTrace.first(reason)
                        .<Outcome<String>>map(trace -> Outcome.refused(Reason.REASON_OF_A_PERSON, trace))
                        .orElseGet(() -> Outcome.done(reason));
    }
}
