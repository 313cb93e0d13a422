// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import tonle.tlog.LogFault;
import tonle.tlog.Outcome;

/** What a name of a key may be: not empty, no Unicode space, no plus sign (C2SP signed-note, Format). */
final class KeyName {
    /** The name stands behind an octet of length in the ML-DSA-44 message. */
    static final int OCTETS_MAX = 255;

    private static final char NEXT_LINE = '\u0085';

    private KeyName() {}

    static Outcome<String> check(String name) {
        boolean isValid = !name.isEmpty()
                && name.getBytes(UTF_8).length <= OCTETS_MAX
                && name.codePoints().noneMatch(KeyName::isForbidden);
        return isValid ? Outcome.good(name) : Outcome.refused(LogFault.KEY_NAME_INVALID, 0);
    }

    private static boolean isForbidden(int codePoint) {
        return codePoint == '+'
                || codePoint < ' '
                || codePoint == NEXT_LINE
                || Character.isSpaceChar(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE;
    }
}
