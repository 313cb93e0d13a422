// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import tonle.base.Must;
import tonle.tlog.Lines;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;

/**
 * A signature line of a note: {@code — <name> <base64 of key id and signature>}.
 *
 * @param keyId the four octets before the signature, as a number in network order
 */
public record NoteSignature(String name, int keyId, Octets signature) {
    static final String DASH = "— ";

    private static final int KEY_ID_OCTETS = 4;

    /** Reads a line without its line feed. Places are octets from the dash. */
    public static Outcome<NoteSignature> parse(String line) {
        if (!line.startsWith(DASH)) {
            return Outcome.refused(LogFault.LINE_MALFORMED, 0);
        }
        int space = line.indexOf(' ', DASH.length());
        if (space < 0) {
            return Outcome.refused(LogFault.LINE_MALFORMED, 0);
        }
        String name = line.substring(DASH.length(), space);
        return KeyName.check(name)
                .then(_ -> Lines.base64(line.substring(space + 1)).then(octets -> {
                    if (octets.length <= KEY_ID_OCTETS) {
                        return Outcome.refused(LogFault.LINE_MALFORMED, 0);
                    }
                    return Outcome.good(
                            new NoteSignature(name, keyId(octets), Octets.of(octets, KEY_ID_OCTETS, octets.length)));
                }));
    }

    /** The line with its line feed. */
    public String line() {
        byte[] octets = new byte[KEY_ID_OCTETS + signature.length()];
        for (int i = 0; i < KEY_ID_OCTETS; i++) {
            octets[i] = (byte) (keyId >>> Byte.SIZE * (KEY_ID_OCTETS - 1 - i));
        }
        System.arraycopy(signature.toArray(), 0, octets, KEY_ID_OCTETS, signature.length());
        return DASH + name + " " + Octets.of(octets).base64() + "\n";
    }

    static int keyId(byte[] octets) {
        Must.hold(octets.length >= KEY_ID_OCTETS, "a key id has four octets");
        int id = 0;
        for (int i = 0; i < KEY_ID_OCTETS; i++) {
            id = id << Byte.SIZE | Byte.toUnsignedInt(octets[i]);
        }
        return id;
    }
}
