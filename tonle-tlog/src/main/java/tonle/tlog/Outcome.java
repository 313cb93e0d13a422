// SPDX-License-Identifier: Apache-2.0
package tonle.tlog;

import java.util.function.Function;

/** What came of reading or proving something: the value, or the fault and where it lies. */
public sealed interface Outcome<T> {
    /** It went well. */
    record Good<T>(T value) implements Outcome<T> {}

    /**
     * It did not.
     *
     * @param position counts, from nought, what {@link LogFault#place} says
     */
    record Refused<T>(LogFault fault, long position) implements Outcome<T> {
        /** The same refusal, of something else. */
        public <U> Refused<U> as() {
            return new Refused<>(fault, position);
        }
    }

    static <T> Outcome<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Outcome<T> refused(LogFault fault, long position) {
        return new Refused<>(fault, position);
    }

    /** What {@code next} makes of the value; a refusal stays as it is. */
    default <U> Outcome<U> then(Function<? super T, Outcome<U>> next) {
        return switch (this) {
            case Good<T>(T value) -> next.apply(value);
            case Refused<T> refused -> refused.as();
        };
    }

    default <U> Outcome<U> map(Function<? super T, ? extends U> change) {
        return then(value -> good(change.apply(value)));
    }

    /** The same, for a part that begins at {@code start} of a greater text. */
    default Outcome<T> movedBy(long start) {
        return switch (this) {
            case Good<T> good -> good;
            case Refused<T>(LogFault fault, long position) ->
                fault.place() == LogFault.Place.OCTET ? refused(fault, start + position) : this;
        };
    }
}
