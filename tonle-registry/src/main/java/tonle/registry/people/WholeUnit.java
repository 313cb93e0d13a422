// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.database.Scope;
import tonle.database.Work;

/**
 * A unit whose refusal undoes all that it did: a transaction ends by an exception alone, so one carries the refusal.
 */
final class WholeUnit {
    private WholeUnit() {}

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Outcome<?> refusal;

        Undone(Outcome<?> refusal) {
            super("refused", null, false, false);
            this.refusal = refusal;
        }
    }

    static <T> Outcome<T> in(Work work, Scope scope, Function<JdbcClient, Outcome<T>> unit) {
        try {
            return work.in(scope, client -> {
                Outcome<T> outcome = unit.apply(client);
                if (outcome instanceof Outcome.Done<T>) {
                    return outcome;
                }
                throw new Undone(outcome);
            });
        } catch (Undone undone) {
            // Nothing was done, so the refusal has no value of any type.
            return undone.refusal.then(_ -> {
                throw new IllegalStateException("a refusal is not done");
            });
        }
    }
}
