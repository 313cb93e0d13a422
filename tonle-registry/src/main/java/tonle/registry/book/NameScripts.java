// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/**
 * Which scripts a name is written in, and whether two names look the same: the part of Unicode UTS 39 (security
 * mechanisms) that names of companies need. A Cyrillic or Greek letter in a Latin name, or a letter that nobody can
 * see, is how one company passes for another.
 */
public final class NameScripts {
    /** Letters and digits of the Latin script that are mistaken for each other; the rest of UTS 39 is other scripts. */
    private static final Map<String, String> ALIKE =
            Map.of("rn", "m", "vv", "w", "cl", "d", "0", "o", "1", "l", "i", "l", "|", "l", "5", "s");

    /** Parts words in Khmer text: the only invisible letter that has a use here. */
    private static final int ZERO_WIDTH_SPACE = 0x200B;

    private NameScripts() {}

    static boolean latin(String name) {
        return firstForeign(name, false).isEmpty();
    }

    static boolean khmer(String name) {
        return firstForeign(name, true).isEmpty();
    }

    /** The first letter of a script that the name must not have, as {@code Cyrillic U+0430}, or empty. */
    static String firstForeign(String name, boolean isKhmerTaken) {
        int before = 0;
        for (int at = 0; at < name.length(); at += Character.charCount(before)) {
            int letter = name.codePointAt(at);
            UnicodeScript script = UnicodeScript.of(letter);
            boolean isTaken = script == UnicodeScript.LATIN
                    || script == UnicodeScript.COMMON
                    || script == UnicodeScript.INHERITED
                    || (isKhmerTaken && script == UnicodeScript.KHMER);
            // Full-width and mathematical letters are Latin or common by script and look like plain ones.
            boolean isPlain = letter < 0x2000 || !Character.isLetterOrDigit(letter);
            if (!isTaken || !isPlain) {
                String script_ =
                        script.name().charAt(0) + script.name().substring(1).toLowerCase(Locale.ROOT);
                return String.format("%s U+%04X", script_, letter);
            }
            before = letter;
        }
        return "";
    }

    /** Control, bidirectional and invisible letters; the zero-width space passes beside Khmer. */
    static boolean hasUnseen(String text) {
        boolean hasKhmer = text.codePoints().anyMatch(letter -> UnicodeScript.of(letter) == UnicodeScript.KHMER);
        return text.codePoints().anyMatch(letter -> {
            int type = Character.getType(letter);
            boolean isUnseen = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.PRIVATE_USE
                    || type == Character.UNASSIGNED
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            return isUnseen && !(letter == ZERO_WIDTH_SPACE && hasKhmer);
        });
    }

    /** What the eye keeps of a name: two names of one skeleton cannot be told apart (UTS 39 section 4). */
    public static String skeleton(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\p{M}&&\\p{IsInherited}]", "")
                .replaceAll("[\\p{Punct}\\p{Z}\\p{Cf}\\p{Pd}]", "");
        StringBuilder skeleton = new StringBuilder();
        for (int at = 0; at < plain.length(); ) {
            String two = at + 2 <= plain.length() ? plain.substring(at, at + 2) : "";
            if (ALIKE.containsKey(two)) {
                skeleton.append(ALIKE.get(two));
                at += 2;
            } else {
                String one = plain.substring(at, at + 1);
                skeleton.append(ALIKE.getOrDefault(one, one));
                at++;
            }
        }
        return skeleton.toString();
    }
}
