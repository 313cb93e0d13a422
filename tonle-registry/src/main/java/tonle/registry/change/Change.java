// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import java.util.List;
import java.util.Optional;

/**
 * A proposed change and what became of it.
 *
 * @param id {@code CHG-2026-0001}
 * @param operator whose objects it touches, where it touches one operator's alone: then its staff see it too
 * @param draft with canonical values
 * @param differences of a confirmed change, as they were written; of one that waits, as they would be now
 */
public record Change(String id, Optional<String> operator, Draft draft, Stage stage, List<Difference> differences) {
    public Change {
        differences = List.copyOf(differences);
    }
}
