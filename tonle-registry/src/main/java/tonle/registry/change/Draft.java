// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import java.util.List;
import tonle.registry.book.Days;

/**
 * What somebody wants changed.
 *
 * @param days on which it shall hold; for an end the first day without the object
 * @param reason why, in words without names of persons
 */
public record Draft(Days days, String reason, List<Item> items) {
    /** An import of every operator, link, device and interface of a large gateway fits. */
    public static final int ITEMS_MAX = 60_000;
    /** As long as the reason of an audit event. */
    public static final int REASON_LETTERS_MAX = 300;

    public Draft {
        items = List.copyOf(items);
    }
}
