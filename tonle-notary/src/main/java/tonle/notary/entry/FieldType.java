// SPDX-License-Identifier: Apache-2.0
package tonle.notary.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Pattern;
import tonle.tlog.Lines;
import tonle.tlog.Outcome;
import tonle.tlog.note.VerifierKey;

/** What a value may be; each has one form only, so that equal values are equal octets. */
public enum FieldType {
    /** Small letters, digits and hyphens, a letter first; at most 60. */
    WORD,
    /** 1 to 1,000 octets in one line, no blank at its ends, nothing that makes it look other than it is. */
    TEXT,
    /** 0 to 2^63 - 1 in decimal digits. */
    NUMBER,
    /** {@code 2026-11-24T04:05:06Z}: seconds of UTC. */
    MOMENT,
    /** {@code 2026-11-24}. */
    DAY,
    /** {@code 2026-11}. */
    MONTH,
    /** 32 octets in 64 small hexadecimal digits. */
    DIGEST,
    /** {@code yes} or {@code no}. */
    TRUTH,
    /** A public key as C2SP signed-note writes it. */
    KEY,
    /** Octets in base64. */
    OCTETS;

    private static final int TEXT_OCTETS_MAX = 1_000;

    private static final Pattern WORD_FORM = Pattern.compile("[a-z][a-z0-9-]{0,59}");
    private static final Pattern MOMENT_FORM =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
    private static final Pattern DAY_FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern MONTH_FORM = Pattern.compile("[0-9]{4}-[0-9]{2}");
    private static final Pattern DIGEST_FORM = Pattern.compile("[0-9a-f]{64}");

    /** Whether {@code value} is of this type and in its one form. */
    boolean takes(String value) {
        return switch (this) {
            case WORD -> WORD_FORM.matcher(value).matches();
            case TEXT ->
                !value.isEmpty()
                        && value.equals(value.strip())
                        && value.codePoints().noneMatch(FieldType::isDeceptive)
                        && value.getBytes(UTF_8).length <= TEXT_OCTETS_MAX;
            case NUMBER -> Lines.number(value) instanceof Outcome.Good<Long>;
            case MOMENT -> MOMENT_FORM.matcher(value).matches() && isTime(value, Instant::parse);
            case DAY -> DAY_FORM.matcher(value).matches() && isTime(value, LocalDate::parse);
            case MONTH -> MONTH_FORM.matcher(value).matches() && isTime(value, YearMonth::parse);
            case DIGEST -> DIGEST_FORM.matcher(value).matches();
            case TRUTH -> value.equals("yes") || value.equals("no");
            case KEY -> VerifierKey.parse(value) instanceof Outcome.Good<VerifierKey>;
            case OCTETS -> Lines.base64(value) instanceof Outcome.Good<byte[]>;
        };
    }

    /** Control characters, ends of lines, and what turns the direction of writing (Unicode UAX 9, 2.1 to 2.5). */
    private static boolean isDeceptive(int codePoint) {
        return Character.isISOControl(codePoint)
                || codePoint == 0x2028
                || codePoint == 0x2029
                || codePoint >= 0x202A && codePoint <= 0x202E
                || codePoint >= 0x2066 && codePoint <= 0x2069;
    }

    private interface Parsing {
        Object of(String value);
    }

    /** Parsed and written again: {@code 24:00:00} is read as another day, and is refused for it. */
    private static boolean isTime(String value, Parsing parsing) {
        try {
            return parsing.of(value).toString().equals(value);
        } catch (DateTimeException _) {
            return false;
        }
    }
}
