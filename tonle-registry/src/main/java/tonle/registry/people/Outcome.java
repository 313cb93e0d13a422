// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.util.function.Function;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Permission;
import tonle.registry.rights.Right;

/** What became of what somebody asked for. */
public sealed interface Outcome<T> {
    /** It happened, and stands in the audit. */
    record Done<T>(T value) implements Outcome<T> {}

    /** The actor lacks a right. */
    record NotAllowed<T>(Permission.Missing missing) implements Outcome<T> {}

    /**
     * A rule forbids it; nothing changed.
     *
     * @param value what was entered, or the limit that it breaks; may be empty
     */
    record Refused<T>(Reason reason, String value) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(Reason reason, Object value) {
        return new Refused<>(reason, String.valueOf(value));
    }

    /** Runs the act where the actor has the right to it. */
    static <T> Outcome<T> asking(Actor actor, Right right, java.util.function.Supplier<Outcome<T>> act) {
        return actor.must(right) instanceof Permission.Missing missing ? new NotAllowed<>(missing) : act.get();
    }

    /** The same refusal of another act, or the next act. */
    default <U> Outcome<U> then(Function<T, Outcome<U>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case NotAllowed<T>(Permission.Missing missing) -> new NotAllowed<>(missing);
            case Refused<T>(Reason reason, String value) -> new Refused<>(reason, value);
        };
    }
}
