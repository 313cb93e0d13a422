// SPDX-License-Identifier: Apache-2.0
package tonle.portal.words;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sets the word breaks (U+200B) of the Khmer catalogue by ICU's dictionary; the JDK has none. For maintainers, after a
 * change of the catalogue: run {@link #main} with the file's path.
 */
public final class KhmerBreaks {
    private static final char BREAK = '\u200b';

    private KhmerBreaks() {}

    public static void main(String... arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        StringBuilder out = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            int equals = line.startsWith("#") ? -1 : line.indexOf('=');
            out.append(line, 0, equals + 1)
                    .append(equals < 0 ? line : broken(line.substring(equals + 1)))
                    .append('\n');
        }
        Files.writeString(file, out);
    }

    /** The text with a break between any two Khmer words, and none inside one. */
    static String broken(String text) {
        String plain = text.replace(String.valueOf(BREAK), "");
        BreakIterator words = BreakIterator.getWordInstance(new ULocale("km"));
        words.setText(plain);
        StringBuilder out = new StringBuilder();
        int from = words.first();
        for (int to = words.next(); to != BreakIterator.DONE; from = to, to = words.next()) {
            if (!out.isEmpty() && isKhmer(out.charAt(out.length() - 1)) && isKhmer(plain.charAt(from))) {
                out.append(BREAK);
            }
            out.append(plain, from, to);
        }
        return out.toString();
    }

    static boolean isKhmer(char c) {
        return c >= '\u1780' && c <= '\u17d3';
    }
}
