// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.util.Arrays;
import java.util.List;

/** What became of a text that somebody wrote into a field. */
sealed interface Checked {
    /** @param value canonical: the one form that is stored, compared and shown */
    record Good(String value) implements Checked {}

    record Bad(Reason reason, List<String> arguments) implements Checked {}

    static Checked bad(Reason reason, Object... arguments) {
        return new Bad(reason, Arrays.stream(arguments).map(String::valueOf).toList());
    }
}
