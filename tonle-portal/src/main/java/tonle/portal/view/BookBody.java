// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.List;
import java.util.Map;
import tonle.portal.table.Cell;

/**
 * What pages of the registry show beside their tables.
 *
 * @param banner how the page is seen otherwise than usual, such as on a past day, or empty
 * @param notes sentences under the answer
 * @param actions what the visitor may do from here
 * @param day the day that is shown, for the form that chooses another; empty where the page has none
 * @param olderHref the next page of a long list, or empty
 */
public record BookBody(String banner, List<String> notes, List<Cell.Way> actions, String day, String olderHref)
        implements Stating {
    public BookBody {
        notes = List.copyOf(notes);
        actions = List.copyOf(actions);
    }

    @Override
    public Map<String, Object> stated() {
        return day.isEmpty() ? Map.of() : Map.of("day", day);
    }
}
