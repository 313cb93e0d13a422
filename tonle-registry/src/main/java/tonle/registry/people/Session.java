// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Duration;
import java.time.Instant;

/**
 * A signed-in browser: no address and no name of the browser, so a person tells them apart by when and how.
 *
 * @param id a short word that pages name it by; worthless to whoever reads it
 */
public record Session(String id, Account account, Method method, Instant madeAt, Instant usedAt, Instant expiresAt) {
    /** A shift, with the hand-over. */
    public static final Duration LIFE_DURATION = Duration.ofHours(12);

    /** Left alone for that long, it is over. */
    public static final Duration IDLE_DURATION = Duration.ofHours(2);

    /** More browsers than that at once end the oldest. */
    public static final int COUNT_MAX = 10;

    /** How the person signed in. */
    public enum Method {
        PASSKEY,
        INSTITUTION,
        LINK;

        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    boolean isOver(Instant now) {
        return !now.isBefore(expiresAt) || !now.isBefore(usedAt.plus(IDLE_DURATION));
    }
}
