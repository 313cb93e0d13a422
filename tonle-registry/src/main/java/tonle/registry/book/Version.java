// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.util.Map;

/**
 * One recorded version of an object: what it is on some days, as far as no later version says otherwise.
 *
 * @param number counts up from 1 for each object
 * @param isEnded whether the object is gone on these days; then there are no values
 * @param recordedMillis when it was written down, since 1970
 * @param change the change that made it: {@code CHG-2026-0001}
 */
public record Version(
        int number, Days days, boolean isEnded, Map<String, String> values, long recordedMillis, String change) {}
