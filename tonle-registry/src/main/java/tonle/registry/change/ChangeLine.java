// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import java.util.Optional;
import tonle.registry.book.Days;

/**
 * A change in a list.
 *
 * @param objects what it touches, the first few: {@code link PNH-SHV-1}
 * @param itemCount how many objects it touches
 */
public record ChangeLine(
        String id, Optional<String> operator, Days days, String reason, Stage stage, String objects, int itemCount) {}
