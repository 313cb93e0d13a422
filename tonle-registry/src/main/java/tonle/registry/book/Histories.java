// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.util.Map;

/** Where timelines come from: the database, or a test. */
@FunctionalInterface
public interface Histories {
    /** Every object of a kind that was ever there, by id. */
    Map<String, Timeline> of(Kind kind);
}
