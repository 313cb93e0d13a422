// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rights;

import java.util.List;

/** Whether an actor may do what was asked. */
public sealed interface Permission {
    /** The actor holds the right. */
    record Held() implements Permission {}

    /**
     * The actor lacks it.
     *
     * @param grantedBy the roles that hold the right; an administrator grants them
     */
    record Missing(Right right, List<Role> grantedBy) implements Permission {
        public Missing {
            grantedBy = List.copyOf(grantedBy);
        }
    }

    default boolean isHeld() {
        return this instanceof Held;
    }
}
