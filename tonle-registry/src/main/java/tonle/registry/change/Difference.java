// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import tonle.registry.book.Days;
import tonle.registry.book.Kind;

/**
 * One line of what a change alters.
 *
 * @param field its name, or {@link #PRESENCE}
 * @param days on which before and after are as said
 */
public record Difference(Kind kind, String id, String field, String before, String after, Days days) {
    /** Stands for the object itself where it ends: from {@code yes} to {@code no}. */
    public static final String PRESENCE = "present";
}
