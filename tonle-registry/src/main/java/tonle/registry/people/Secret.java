// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import tonle.base.Must;
import tonle.base.Sha256;

/**
 * A secret: 256 bits by chance in base64url, after a word that says what it opens, so that a secret that went astray is
 * found by searching for the word. Its text lives until it is shown; what is kept is {@link #hash}.
 */
public record Secret(String text) {
    static final int OCTETS = 32;
    /** base64url of 32 octets, and a word before it. */
    private static final int CHARS_MAX = 64;

    private static final char[] READABLE = "abcdefghjkmnpqrstuvwxyz23456789".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What a secret opens. */
    public enum Kind {
        LINK("tonle_l_"),
        SESSION("tonle_s_"),
        TOKEN("tonle_t_"),
        CLIENT("tonle_c_"),
        ACCESS("tonle_a_");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    static Secret fresh(Kind kind) {
        byte[] octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return new Secret(kind.word + Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
    }

    /** The hash under which a text would be kept; a text of any length is bounded first. */
    static byte[] hash(String text) {
        String bounded = text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX + 1) : text;
        return Sha256.of(bounded.getBytes(StandardCharsets.UTF_8));
    }

    byte[] hash() {
        return hash(text);
    }

    /** The user handle of an account. */
    static byte[] handle() {
        byte[] octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return octets;
    }

    /** {@code p-7k3m-q9x2}: about 39 bits, so two of ten thousand are alike once in ten thousand gateways. */
    static String pseudonym(char kind) {
        Must.hold(kind == 'p' || kind == 'c', "a pseudonym is of a person or a program");
        return kind + "-" + word(4) + "-" + word(4);
    }

    /** A short word by chance for rows that a page names: {@code s-…}, {@code t-…}. */
    static String id(char kind) {
        return kind + "-" + word(6);
    }

    static String key(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static String word(int charCount) {
        StringBuilder word = new StringBuilder(charCount);
        for (int i = 0; i < charCount; i++) {
            word.append(READABLE[RANDOM.nextInt(READABLE.length)]);
        }
        return word.toString();
    }

    /** Never the text: a secret that is logged by accident is none. */
    @Override
    public String toString() {
        return "Secret[…]";
    }
}
