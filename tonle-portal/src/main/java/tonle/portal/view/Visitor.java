// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.Optional;
import tonle.registry.people.Session;
import tonle.registry.rights.Actor;

/**
 * Who visits: nothing of the machine that asks, and of the person what the session says.
 *
 * @param session of a browser in which somebody signed in; empty for programs
 * @param actor who acts, with rights; empty for a stranger
 * @param formToken what forms of this visitor carry: another site cannot know it
 */
public record Visitor(Optional<Session> session, Optional<Actor> actor, String formToken) {
    /** Somebody who has not signed in, outside of any browser. */
    public static final Visitor NOBODY = new Visitor(Optional.empty(), Optional.empty(), "");
}
