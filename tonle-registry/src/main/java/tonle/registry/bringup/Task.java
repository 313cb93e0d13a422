// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One line of a bring-up's list: what, how it stands, who is waited for, by when.
 *
 * @param due the day the party should be done; empty where nobody is waited for
 * @param excuse why a check that did not pass is not waited for; empty where it is
 */
public record Task(
        What what,
        State state,
        Optional<Party> waitsFor,
        Optional<LocalDate> due,
        Verdict verdict,
        Optional<String> excuse) {
    /** A port, a check or a word. */
    public sealed interface What {
        record Port() implements What {}

        record Checked(Check check) implements What {}

        record WordOf(Party party) implements What {}
    }

    /** How a task stands. */
    public enum State {
        DONE,
        WAITS,
        FAILED,
        /** Nothing can answer yet; waits for an engineer's excuse by name. */
        NO_SOURCE,
        EXCUSED,
        /** Comes later in the list: something before it is open. */
        LATER
    }

    /** Whether nobody needs to do anything more for it. */
    public boolean isClosed() {
        return state == State.DONE || state == State.EXCUSED;
    }
}
