// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tonle.base.EnumWord;

/**
 * A dangerous act that one person proposed and another confirms or refuses.
 *
 * @param id {@code TWO-2026-0001}
 * @param subject the pseudonym it is about, or the name of a closed list
 * @param detail the role for a grant, the new content for a list, else empty
 * @param decidedBy empty while open
 */
public record Proposal(
        String id,
        Kind kind,
        String subject,
        String detail,
        String reason,
        String proposedBy,
        Instant proposedAt,
        Instant expiresAt,
        State state,
        Optional<String> decidedBy) {
    /** What takes two people. */
    public enum Kind {
        GRANT_ROLE,
        RECOVER_PASSKEY,
        DELETE_ACCOUNT,
        RESTORE_ACCOUNT,
        CHANGE_CLOSED_LIST;

        public String key() {
            return EnumWord.of(this);
        }

        static Kind ofKey(String key) {
            return EnumWord.find(Kind.class, key).orElseThrow();
        }
    }

    /** Where a proposal stands; an open one that waited too long can only be withdrawn or refused. */
    public enum State {
        OPEN,
        CONFIRMED,
        REFUSED,
        WITHDRAWN;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofKey(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
