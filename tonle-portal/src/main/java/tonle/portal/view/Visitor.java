// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tonle.registry.people.Session;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;

/**
 * Who visits: nothing of the machine that asks, and of the person what the session says.
 *
 * @param session of a browser in which somebody signed in; empty for programs
 * @param actor who acts, with rights; empty for a stranger
 * @param formToken what forms of this visitor carry: another site cannot know it
 */
public record Visitor(Optional<Session> session, Optional<Actor> actor, String formToken) {
    /** Whoever owns the data directory, over its socket: may read what staff may read, and acts in no page. */
    public static final Visitor OWNER = new Visitor(
            Optional.empty(),
            Optional.of(new Actor(
                    Actor.OWNER.pseudonym(),
                    Actor.OWNER.displayName(),
                    List.of(),
                    Set.of(Right.MAY_READ_GATEWAY, Right.MAY_READ_REGISTRY, Right.MAY_READ_AUDIT),
                    Optional.empty())),
            "");

    /** Somebody who has not signed in, outside of any browser. */
    public static final Visitor NOBODY = new Visitor(Optional.empty(), Optional.empty(), "");
}
