// SPDX-License-Identifier: Apache-2.0
package tonle.registry;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tonle.database.DatabaseOutage;

/** The registry cannot be asked now, because its database is not there: whoever asks waits and tries again. */
public final class RegistryAway extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param words what is the matter, and what to do */
    public RegistryAway(String words) {
        super(words);
    }

    /** What is the matter, where this or an outage of the database is why something failed. */
    public static Optional<String> words(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryAway away) {
                return Optional.of(Objects.requireNonNull(away.getMessage()));
            }
            if (cause instanceof DatabaseOutage outage) {
                return Optional.of(outage.words());
            }
        }
        return Optional.empty();
    }
}
