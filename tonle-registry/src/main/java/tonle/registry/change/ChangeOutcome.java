// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import java.util.List;
import tonle.registry.book.Problem;

/** How proposing and deciding end. */
public sealed interface ChangeOutcome {
    /** It is as {@code change} says now. */
    record Done(Change change) implements ChangeOutcome {}

    /** Nothing was written. */
    record Refused(List<Problem> problems) implements ChangeOutcome {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** Nothing was written, and the proposal stays as it is: it can be drafted anew over what holds now. */
    record Conflicted(List<Conflict> conflicts) implements ChangeOutcome {
        public Conflicted {
            conflicts = List.copyOf(conflicts);
        }
    }
}
