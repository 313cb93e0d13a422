// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import tonle.base.Must;

/**
 * On whose behalf a transaction runs. Row-level security reads it and denies by default; {@link Work} sets it for one
 * transaction and nothing longer.
 */
public sealed interface Scope {
    /** The gateway itself. The web's credentials cannot take this scope. */
    record System() implements Scope {}

    /** A person of the gateway's own staff. */
    record Staff(String pseudonym) implements Scope {
        public Staff {
            requireName(pseudonym, "a pseudonym");
        }
    }

    /** A person of one operator: sees what is that operator's. */
    record Operator(String operatorId, String pseudonym) implements Scope {
        public Operator {
            requireName(operatorId, "an operator's id");
            requireName(pseudonym, "a pseudonym");
        }
    }

    /** Somebody who has not signed in. */
    record Stranger() implements Scope {}

    static Scope system() {
        return new System();
    }

    static Scope staff(String pseudonym) {
        return new Staff(pseudonym);
    }

    static Scope operator(String operatorId, String pseudonym) {
        return new Operator(operatorId, pseudonym);
    }

    static Scope stranger() {
        return new Stranger();
    }

    private static void requireName(String name, String what) {
        Must.hold(!name.isBlank(), what + " is not empty");
    }
}
