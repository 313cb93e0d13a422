// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import java.nio.charset.StandardCharsets;

/**
 * Octets to look for.
 *
 * @param kind what they are a form of
 */
record Pattern(String kind, byte[] octets) {
    /** As text in the two ways that a JVM keeps it, and as UTF-8 in files. */
    static Pattern[] ofText(String kind, String ascii) {
        return new Pattern[] {
            new Pattern(kind + ", text", ascii.getBytes(StandardCharsets.ISO_8859_1)),
            new Pattern(kind + ", text of 16 bits", ascii.getBytes(StandardCharsets.UTF_16LE))
        };
    }

    /** As it came, and as a number in this machine's order. */
    static Pattern[] ofOctets(String kind, byte... octets) {
        byte[] turned = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            turned[i] = octets[octets.length - 1 - i];
        }
        return new Pattern[] {new Pattern(kind, octets), new Pattern(kind + ", turned", turned)};
    }
}
