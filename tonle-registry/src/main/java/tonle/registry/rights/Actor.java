// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rights;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tonle.base.Must;
import tonle.database.Scope;

/**
 * Whoever asks: a person of staff or of an operator, a program of the API, or Tonle itself. Everything that is kept of
 * an act names the pseudonym; the name a person is called by lives in the session alone.
 *
 * @param pseudonym {@code p-} and {@code c-} are people and programs, {@code tonle} is the gateway itself,
 *     {@code owner} whoever owns its data directory
 * @param displayName for the page's head only; never stored with an act
 * @param roles held now, in the order of the table
 * @param rights held now: those of the roles, or fewer where a token or program has only some of them
 * @param operator whose data alone are shown, for people and programs of an operator
 */
public record Actor(
        String pseudonym, String displayName, List<Role> roles, Set<Right> rights, Optional<String> operator) {
    /** What a pseudonym looks like. */
    public static final Pattern PSEUDONYM = Pattern.compile("tonle|owner|[pc]-[a-z2-9]{4}-[a-z2-9]{4}");

    /** The gateway itself, where no person asked. */
    public static final Actor TONLE = new Actor("tonle", "Tonle", List.of(), Set.of(), Optional.empty());

    /** Whoever owns the data directory, over the owner-only socket or at first start. */
    public static final Actor OWNER = new Actor("owner", "owner", List.of(), Set.of(), Optional.empty());

    public Actor {
        Must.hold(PSEUDONYM.matcher(pseudonym).matches(), "an actor has a pseudonym");
        roles = roles.stream().distinct().sorted().toList();
        rights = rights.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(rights));
    }

    /** A person with all rights of the roles. */
    public static Actor person(
            String pseudonym, String displayName, Collection<Role> roles, Optional<String> operator) {
        return new Actor(pseudonym, displayName, List.copyOf(roles), rightsOf(roles), operator);
    }

    /** The rights that these roles hold together. */
    public static Set<Right> rightsOf(Collection<Role> roles) {
        return roles.stream()
                .flatMap(role -> role.rights().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Right.class)));
    }

    /** The same with those of the rights alone that are also in {@code scoped}: what a token may do. */
    public Actor limitedTo(Set<Right> scoped) {
        return new Actor(
                pseudonym,
                displayName,
                roles,
                rights.stream().filter(scoped::contains).collect(Collectors.toSet()),
                operator);
    }

    /** Asks for a right. An act that needs it asks here, in the domain, whatever a page has shown. */
    public Permission must(Right right) {
        return rights.contains(right) ? new Permission.Held() : new Permission.Missing(right, Role.holding(right));
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }

    /** The rows of the database that this actor may meet. */
    public Scope scope() {
        return operator.map(id -> Scope.operator(id, pseudonym)).orElseGet(() -> Scope.staff(pseudonym));
    }
}
