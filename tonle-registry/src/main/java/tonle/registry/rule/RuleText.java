// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

import java.nio.charset.StandardCharsets;
import tonle.base.Sha256;

/**
 * The words of a version in both languages. Its canonical octets are UTF-8: each title and text behind a line with its
 * name and its octets' number; whoever has the words has the digest.
 *
 * <pre>
 *   title en 19 LF octets LF  title km … LF  text en … LF  text km … LF
 * </pre>
 */
public record RuleText(String titleEnglish, String titleKhmer, String textEnglish, String textKhmer) {
    public static final int TITLE_CHARS_MAX = 200;
    public static final int TEXT_CHARS_MAX = 50_000;

    public byte[] octets() {
        StringBuilder whole = new StringBuilder();
        part(whole, "title en", titleEnglish);
        part(whole, "title km", titleKhmer);
        part(whole, "text en", textEnglish);
        part(whole, "text km", textKhmer);
        return whole.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void part(StringBuilder whole, String name, String words) {
        whole.append(name)
                .append(' ')
                .append(words.getBytes(StandardCharsets.UTF_8).length)
                .append('\n')
                .append(words)
                .append('\n');
    }

    /** SHA-256 of the octets, in small hexadecimal digits: what the public log holds of it. */
    public String digest() {
        return Sha256.hex(octets());
    }
}
