// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a change does to one object. */
public enum Act {
    /** Enters an object that was never there. */
    ADD,
    /** Gives some of its fields other values. */
    AMEND,
    /** Ends it from a day on; its past stays. */
    END;

    /** As in tables and files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Act> of(String word) {
        return Arrays.stream(values()).filter(act -> act.word().equals(word)).findFirst();
    }
}
