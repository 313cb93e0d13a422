// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tree;

import tonle.tlog.LogFault;
import tonle.tlog.Outcome;

/** What a check of a proof says: it holds, or why not. */
public sealed interface Verdict {
    /** The proof holds. */
    record Holds() implements Verdict {}

    /** The proof fails; {@code position} counts what {@link LogFault#place} says. */
    record Fails(LogFault fault, long position) implements Verdict {}

    static Verdict holds() {
        return new Holds();
    }

    static Verdict fails(LogFault fault, long position) {
        return new Fails(fault, position);
    }

    /** The same as an outcome, with {@code value} where it holds. */
    default <T> Outcome<T> proving(T value) {
        return switch (this) {
            case Holds() -> Outcome.good(value);
            case Fails(LogFault fault, long position) -> Outcome.refused(fault, position);
        };
    }
}
