// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.util.List;
import java.util.Locale;

/**
 * One refusal, at the field where it is: a reason with what it speaks of.
 *
 * @param object as {@code link PNH-SHV-1}, or empty where the whole change is meant
 * @param field of that object, or empty
 * @param arguments what the sentence names: the value, its limit, who holds it
 */
public record Problem(Reason reason, String object, String field, List<String> arguments) {
    /** No sentence carries more of what somebody wrote. */
    private static final int SHOWN_LETTERS_MAX = 80;

    public Problem {
        arguments = arguments.stream().map(Problem::cut).toList();
    }

    static Problem at(String object, String field, Reason reason, Object... arguments) {
        return new Problem(
                reason,
                object,
                field,
                java.util.Arrays.stream(arguments).map(String::valueOf).toList());
    }

    /** A refusal of something as a whole. */
    public static Problem of(Reason reason, Object... arguments) {
        return at("", "", reason, arguments);
    }

    /** The same at another place. */
    public Problem in(String otherObject, String otherField) {
        return new Problem(reason, otherObject, otherField, arguments);
    }

    /** What, where, the value and its limit, what to do: English, or Khmer for {@code km}. */
    public String text(Locale language) {
        String sentence = ProblemWords.sentence(reason, arguments, language);
        String place = field.isEmpty() ? object : object.isEmpty() ? field : object + ", " + field;
        return place.isEmpty() ? sentence : place + ": " + sentence;
    }

    /** In English. */
    public String text() {
        return text(Locale.ENGLISH);
    }

    private static String cut(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\u202A-\\u202E\\u2066-\\u2069]", "\uFFFD");
        return clean.codePointCount(0, clean.length()) <= SHOWN_LETTERS_MAX
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, SHOWN_LETTERS_MAX)) + "…";
    }
}
