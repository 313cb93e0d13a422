// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ResponseEntity;
import tonle.portal.view.Page;
import tonle.portal.view.Trouble;
import tonle.portal.view.Visit;
import tonle.portal.view.Visitor;
import tonle.registry.rights.Actor;

/**
 * The gate of forms that change something, and how they are answered. Each is a plain form of our own that leads on by
 * 303, or is answered by a page that says what is wrong with it.
 */
final class Forms {
    private static final String HTML = "text/html; charset=utf-8";

    private final Html html;
    private final Visitors visitors;

    Forms(Html html, Visitors visitors) {
        this.html = html;
        this.visitors = visitors;
    }

    /**
     * The page that a refused form leads back to.
     *
     * @param words the key of its name
     */
    record Way(String words, String path) {}

    /** What a form does once it is known to be ours. */
    interface Deed {
        ResponseEntity<byte[]> done(Visit visit);
    }

    /** The same for who is signed in. */
    interface ActorsDeed {
        ResponseEntity<byte[]> done(Visit visit, Actor actor);
    }

    /** The visit of whoever asks, in the language that they prefer. */
    Visit visit(HttpServletRequest request) {
        Visitor visitor = visitors.of(request);
        return html.anywhere(Visitors.preferred(request, visitor), visitor);
    }

    /**
     * Does what a form of our own asks for. Programs act with bearer tokens through the API's own addresses: a form has
     * a session or none at all.
     *
     * @param isServed whether what the form is about is there at all
     */
    ResponseEntity<byte[]> own(HttpServletRequest request, boolean isServed, Way back, Deed deed) {
        Visit visit = visit(request);
        Visitor visitor = visit.visitor();
        boolean isProgram = visitor.actor().isPresent() && visitor.session().isEmpty();
        if (!isServed || isProgram || !visitors.isOwnForm(request, visitor)) {
            return wrong(visit, visit.foreignForm(back.words(), back.path()));
        }
        return deed.done(visit);
    }

    /** The same for who is signed in; whoever is not is led to the door. */
    ResponseEntity<byte[]> ofActor(HttpServletRequest request, boolean isServed, Way back, ActorsDeed deed) {
        return own(
                request,
                isServed,
                back,
                visit -> visit.visitor()
                        .actor()
                        .map(actor -> deed.done(visit, actor))
                        .orElseGet(() -> wrong(visit, visit.notSignedIn())));
    }

    ResponseEntity<byte[]> page(int status, Visit visit, Page page) {
        return body(status, html.page(visit, page));
    }

    ResponseEntity<byte[]> wrong(Visit visit, Trouble trouble) {
        return body(trouble.status(), html.trouble(visit, trouble));
    }

    static ResponseEntity<byte[]> seeOther(String location) {
        return ResponseEntity.status(303).header("Location", location).build();
    }

    private static ResponseEntity<byte[]> body(int status, String text) {
        return ResponseEntity.status(status).header("Content-Type", HTML).body(text.getBytes(StandardCharsets.UTF_8));
    }
}
