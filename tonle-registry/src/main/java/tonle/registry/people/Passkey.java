// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Instant;
import java.util.Optional;

/**
 * A passkey: a public key whose private half an authenticator keeps (WebAuthn Level 3, section 6.1). Octets are those
 * that the ceremony gave; nothing here is secret.
 *
 * @param credentialId by which the authenticator finds its key
 * @param handle the account's user handle, as it was told to the authenticator
 * @param publicKey in COSE form (RFC 9052)
 * @param attestation the attestation object, with the key in it
 * @param signCount as last seen; authenticators that sync keep it at 0
 * @param transports how the authenticator is reached, comma between
 */
public record Passkey(
        byte[] credentialId,
        String pseudonym,
        byte[] handle,
        String label,
        byte[] publicKey,
        byte[] attestation,
        long signCount,
        boolean isUserVerified,
        boolean isBackupEligible,
        boolean isBackedUp,
        String transports,
        Instant madeAt,
        Optional<Instant> usedAt) {
    /** More keys than that hide a strange one among them. */
    public static final int COUNT_MAX = 10;

    /**
     * Whether an assertion's count may follow the one last seen: it grows, or the authenticator does not count at all
     * (section 6.1.1). Otherwise somebody has a copy of the key.
     */
    public boolean mayFollow(long nextSignCount) {
        return nextSignCount > signCount || nextSignCount == 0 && signCount == 0;
    }
}
