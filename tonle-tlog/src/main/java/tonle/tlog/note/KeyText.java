// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import tonle.tlog.Lines;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;

/** The form that texts of keys share: {@code name+id+base64(type || key)}, the id in eight small hexadecimal digits. */
record KeyText(String name, int id, byte[] octets) {
    private static final int ID_DIGITS = 8;

    static Outcome<KeyText> parse(String text) {
        int first = text.indexOf('+');
        int second = text.indexOf('+', first + 1);
        if (first < 0 || second != first + 1 + ID_DIGITS) {
            return Outcome.refused(LogFault.LINE_MALFORMED, 0);
        }
        String name = text.substring(0, first);
        String id = text.substring(first + 1, second);
        int offset = text.substring(0, second + 1).getBytes(UTF_8).length;
        if (!id.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            return Outcome.refused(LogFault.LINE_MALFORMED, name.getBytes(UTF_8).length + 1L);
        }
        return KeyName.check(name)
                .then(_ -> Lines.base64(text.substring(second + 1))
                        .<KeyText>then(octets -> octets.length == 0
                                ? Outcome.refused(LogFault.KEY_OCTETS_INVALID, 0)
                                : Outcome.good(new KeyText(name, HexFormat.fromHexDigits(id), octets)))
                        .movedBy(offset));
    }

    static String text(String name, int id, SignatureType type, Octets key) {
        byte[] octets = new byte[1 + key.length()];
        octets[0] = (byte) type.octet();
        System.arraycopy(key.toArray(), 0, octets, 1, key.length());
        return name + "+" + HexFormat.of().toHexDigits(id, ID_DIGITS) + "+"
                + Octets.of(octets).base64();
    }
}
