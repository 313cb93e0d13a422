// SPDX-License-Identifier: Apache-2.0
package tonle.portal.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import tonle.base.Must;

/**
 * The catalogue of one language. A pattern names its arguments by place, {@code {0}}, and chooses by number where a
 * noun needs it: {@code {0|exporter|exporters}} prints the first word for 1 and the second for any other number.
 */
public final class Messages {
    private static final Map<Language, Messages> ALL = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            ALL.put(language, new Messages(language, read("messages_" + language.tag() + ".properties")));
        }
    }

    private final Language language;
    private final Properties patterns;

    private Messages(Language language, Properties patterns) {
        this.language = language;
        this.patterns = patterns;
    }

    public static Messages in(Language language) {
        return ALL.get(language);
    }

    public Language language() {
        return language;
    }

    public Set<String> keys() {
        return patterns.stringPropertyNames();
    }

    public boolean has(String key) {
        return patterns.containsKey(key);
    }

    /** The sentence for {@code key}; a key that the catalogue lacks is a defect of Tonle. */
    public String text(String key, Object... arguments) {
        String pattern = patterns.getProperty(key);
        Must.hold(pattern != null, "message " + key + " exists");
        return fill(pattern, arguments);
    }

    static String fill(String pattern, Object... arguments) {
        StringBuilder text = new StringBuilder(pattern.length() + 32);
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            int end = c == '{' ? pattern.indexOf('}', at) : -1;
            if (end < 0) {
                text.append(c);
                at++;
                continue;
            }
            String[] parts = pattern.substring(at + 1, end).split("\\|", -1);
            Object argument = arguments[Integer.parseInt(parts[0])];
            text.append(parts.length == 1 ? String.valueOf(argument) : parts[isOne(argument) ? 1 : 2]);
            at = end + 1;
        }
        return text.toString();
    }

    private static boolean isOne(Object argument) {
        return argument.toString().equals("1");
    }

    private static Properties read(String name) {
        Properties properties = new Properties();
        try (InputStream in = Messages.class.getResourceAsStream(name)) {
            Must.hold(in != null, "catalogue " + name + " is packed");
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
