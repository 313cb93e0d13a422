// SPDX-License-Identifier: Apache-2.0
package tonle.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.Base64;

/**
 * Walks over a text of lines, each ended by one line feed, and reads the few forms that stand in them. Positions are
 * octets from the start of the text. Not thread-safe.
 */
public final class Lines {
    /** Digits of 2^63 - 1. */
    private static final int DIGITS_MAX = 19;

    private final byte[] octets;
    private int next;

    public Lines(byte[] octets) {
        this.octets = octets;
    }

    /** Where the next line begins. */
    public int position() {
        return next;
    }

    public boolean isAtEnd() {
        return next == octets.length;
    }

    /** The next line without its line feed. The text was found to be UTF-8 before. */
    public Outcome<String> line() {
        for (int i = next; i < octets.length; i++) {
            if (octets[i] == '\n') {
                String line = new String(octets, next, i - next, UTF_8);
                next = i + 1;
                return Outcome.good(line);
            }
        }
        return Outcome.refused(
                next == octets.length ? LogFault.LINE_MALFORMED : LogFault.TEXT_UNFINISHED, octets.length);
    }

    /** What is left, as it is. */
    public byte[] rest() {
        byte[] rest = new byte[octets.length - next];
        System.arraycopy(octets, next, rest, 0, rest.length);
        next = octets.length;
        return rest;
    }

    /**
     * The text, when it is UTF-8 without control characters but the line feed, and no longer than {@code octetsMax}.
     */
    public static Outcome<String> plainText(byte[] octets, int octetsMax) {
        if (octets.length > octetsMax) {
            return Outcome.refused(LogFault.TEXT_TOO_LARGE, octetsMax);
        }
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] >= 0 && octets[i] < ' ' && octets[i] != '\n') {
                return Outcome.refused(LogFault.TEXT_CONTROL_CHARACTER, i);
            }
        }
        ByteBuffer from = ByteBuffer.wrap(octets);
        CharBuffer to = CharBuffer.allocate(octets.length);
        var result = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(from, to, true);
        return result.isError()
                ? Outcome.refused(LogFault.TEXT_NOT_UTF8, from.position())
                : Outcome.good(to.flip().toString());
    }

    /** A number from 0 to 2^63 - 1 in decimal digits, without sign and leading noughts. */
    public static Outcome<Long> number(String text) {
        boolean isCanonical =
                !text.isEmpty() && text.length() <= DIGITS_MAX && (text.equals("0") || text.charAt(0) != '0');
        long number = 0;
        for (int i = 0; isCanonical && i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            isCanonical = digit >= 0 && digit <= 9 && number <= (Long.MAX_VALUE - digit) / 10;
            number = 10 * number + digit;
        }
        return isCanonical ? Outcome.good(number) : Outcome.refused(LogFault.NUMBER_MALFORMED, 0);
    }

    /**
     * The octets of base64 in its one canonical form. The JDK's decoder also takes missing padding and stray last bits:
     * two texts for one signature would be two files for one note, so the form is checked by writing it again.
     */
    public static Outcome<byte[]> base64(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isDigit = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            boolean isPadding = c == '=' && i >= text.length() - 2;
            if (!isDigit && c != '+' && c != '/' && !isPadding) {
                return Outcome.refused(LogFault.BASE64_MALFORMED, i);
            }
        }
        if (text.length() % 4 != 0
                || text.endsWith("=") && text.charAt(text.length() - 2) == '=' && text.length() < 4) {
            return Outcome.refused(LogFault.BASE64_MALFORMED, text.length());
        }
        if (text.length() >= 2 && text.charAt(text.length() - 2) == '=' && !text.endsWith("==")) {
            return Outcome.refused(LogFault.BASE64_MALFORMED, text.length() - 2L);
        }
        byte[] octets = Base64.getDecoder().decode(text);
        return Base64.getEncoder().encodeToString(octets).equals(text)
                ? Outcome.good(octets)
                : Outcome.refused(LogFault.BASE64_MALFORMED, text.length() - 1L);
    }
}
