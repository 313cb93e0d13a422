// SPDX-License-Identifier: Apache-2.0
package tonle.notary.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import tonle.base.Must;
import tonle.base.Sha256;
import tonle.tlog.Octets;
import tonle.tlog.tree.Hash;

/**
 * Binds the log to content that it does not show. Who has the salt and the content can prove that they are the ones;
 * who has neither cannot find the content by trying.
 *
 * <pre>
 *   SHA-256("tonle commitment 1" LF subject LF || salt (32 octets) || content)
 * </pre>
 *
 * @param salt kept with the content, by those who may read it
 */
public record Commitment(Hash digest, Octets salt) {
    public static final int SALT_OCTETS = 32;

    /** @param subject the word of the kind of entry, so that a content of one kind proves nothing of another */
    public static Commitment to(EntryKind subject, byte[] content, SecureRandom random) {
        byte[] salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        return new Commitment(digest(subject, Octets.of(salt), content), Octets.of(salt));
    }

    /** The commitment that this salt and content make: to compare with the one in the log. */
    public static Hash digest(EntryKind subject, Octets salt, byte[] content) {
        Must.hold(salt.length() == SALT_OCTETS, "a salt has 32 octets");
        byte[] head = ("tonle commitment 1\n" + subject.word() + "\n").getBytes(UTF_8);
        return Hash.at(Sha256.of(head, salt.toArray(), content), 0);
    }
}
