// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import tonle.base.Must;

/** The sentences of {@link Reason}, in English and Khmer; {@code {0}} stands for the first argument. */
final class ProblemWords {
    private static final Properties ENGLISH = read("problems_en.properties");
    private static final Properties KHMER = read("problems_km.properties");

    private ProblemWords() {}

    static String sentence(Reason reason, List<String> arguments, Locale language) {
        Properties words = language.getLanguage().equals("km") ? KHMER : ENGLISH;
        String pattern = words.getProperty(reason.name());
        Must.hold(pattern != null, "there is a sentence for " + reason);
        StringBuilder sentence = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            boolean isArgument =
                    pattern.charAt(at) == '{' && at + 2 < pattern.length() && pattern.charAt(at + 2) == '}';
            if (isArgument) {
                int index = pattern.charAt(at + 1) - '0';
                sentence.append(index < arguments.size() ? arguments.get(index) : "");
                at += 3;
            } else {
                sentence.append(pattern.charAt(at++));
            }
        }
        return sentence.toString();
    }

    private static Properties read(String name) {
        Properties words = new Properties();
        try (InputStream in = ProblemWords.class.getResourceAsStream(name)) {
            Must.hold(in != null, name + " is packed");
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
