// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import tonle.registry.rights.Right;

/** A personal token for the API, without its secret: some of its owner's rights, until a day. */
public record ApiToken(
        String id, String label, Set<Right> rights, Instant madeAt, Instant expiresAt, Optional<LocalDate> usedOn) {
    /** A person has a few programs. */
    public static final int COUNT_MAX = 20;

    public static final int DAYS_MAX = 365;

    public ApiToken {
        rights = Set.copyOf(rights);
    }
}
