// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tonle.registry.rights.Right;

/**
 * A program that uses the API in its own name (OAuth 2.0 client credentials, RFC 6749 section 4.4), without its secret.
 *
 * @param pseudonym also its {@code client_id}
 * @param endedAt when it was ended, if it was
 */
public record ApiClient(
        String pseudonym,
        String label,
        Set<Right> rights,
        Optional<String> operator,
        String madeBy,
        Instant madeAt,
        Instant expiresAt,
        Optional<Instant> endedAt) {
    public ApiClient {
        rights = Set.copyOf(rights);
    }
}
