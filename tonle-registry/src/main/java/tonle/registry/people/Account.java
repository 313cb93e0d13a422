// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;

/**
 * A person's account: the closed class <i>staff</i>, with the fewest fields that serve. No mail address, telephone
 * number, civil name, password or address of a machine.
 *
 * @param name what colleagues call the person
 * @param language {@code km} or {@code en}
 * @param operator whose person it is; empty for the gateway's own
 * @param roles held now
 */
public record Account(
        String pseudonym,
        String name,
        String language,
        Optional<String> operator,
        State state,
        List<Role> roles,
        Instant madeAt) {
    public Account {
        roles = List.copyOf(roles);
    }

    /** Where an account stands. */
    public enum State {
        /** Has a one-time link, has not been here. */
        INVITED,
        ACTIVE,
        /** May not sign in; two people restore it. */
        SUSPENDED;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofKey(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** Who acts, while signed in: a role of a suspended account gives nothing. */
    public Actor actor() {
        return Actor.person(pseudonym, name, state == State.ACTIVE ? roles : List.of(), operator);
    }
}
