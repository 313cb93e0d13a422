// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import tonle.tlog.Outcome;

/**
 * The octets that each type of signature signs. Nothing signs a text as it stands but a plain Ed25519 signature: the
 * two others begin with a line of their own, so that no cosignature passes for a signature of a log.
 */
final class SignedMessage {
    private static final byte[] SUBTREE_LABEL = "subtree/v1\n\0".getBytes(US_ASCII);

    private SignedMessage() {}

    static Outcome<byte[]> of(SignatureType type, String name, long unixSeconds, String text) {
        return switch (type) {
            case ED25519 -> Outcome.good(text.getBytes(UTF_8));
            case ED25519_COSIGNATURE ->
                Outcome.good(("cosignature/v1\ntime " + unixSeconds + "\n" + text).getBytes(UTF_8));
            case ML_DSA_44_COSIGNATURE ->
                Checkpoint.parse(text).map(checkpoint -> subtree(name, unixSeconds, checkpoint));
        };
    }

    /**
     * <pre>
     *   12 octets   "subtree/v1", line feed, nought
     *   1 + n       length and name of the cosigner
     *   8           time
     *   1 + n       length and origin of the log
     *   8, 8        first entry (0 for a checkpoint), entry after the last
     *   32          root
     * </pre>
     */
    private static byte[] subtree(String name, long unixSeconds, Checkpoint checkpoint) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(SUBTREE_LABEL);
        lengthAndOctets(message, name.getBytes(UTF_8));
        number(message, unixSeconds);
        lengthAndOctets(message, checkpoint.origin().getBytes(UTF_8));
        number(message, 0);
        number(message, checkpoint.head().size());
        message.writeBytes(checkpoint.head().root().octets());
        return message.toByteArray();
    }

    private static void lengthAndOctets(ByteArrayOutputStream message, byte[] octets) {
        message.write(octets.length);
        message.writeBytes(octets);
    }

    private static void number(ByteArrayOutputStream message, long number) {
        message.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }
}
