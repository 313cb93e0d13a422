// SPDX-License-Identifier: Apache-2.0
package tonle.portal.table;

import java.util.Locale;

/** How a value is to be taken; always said in words or by a sign as well, never by colour alone. */
public enum Tone {
    PLAIN,
    QUIET,
    GOOD,
    CAUTION,
    BAD;

    /** The class in the style sheet. */
    public String css() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }
}
