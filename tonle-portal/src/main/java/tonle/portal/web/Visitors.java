// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tonle.portal.PortalServices;
import tonle.portal.view.Visitor;
import tonle.portal.words.Language;
import tonle.registry.people.People;
import tonle.registry.people.Session;
import tonle.registry.rights.Actor;

/**
 * Tells who asks, by the cookie of a session or the bearer token of a program, and whether a form is ours.
 * A form's token is bound to its session (for strangers, to this run), and the browser must not say that it
 * came from elsewhere.
 */
final class Visitors {
    static final String COOKIE = "tonle-session";

    private static final int KEY_OCTETS = 32;
    private static final int TOKEN_DIGITS = 32;
    private static final String BEARER = "Bearer ";
    private static final String SEEN = Visitors.class.getName();

    private final PortalServices services;
    private final SecretKeySpec key;

    Visitors(PortalServices services) {
        this.services = services;
        byte[] octets = new byte[KEY_OCTETS];
        new SecureRandom().nextBytes(octets);
        this.key = new SecretKeySpec(octets, "HmacSHA256");
    }

    Visitor of(HttpServletRequest request) {
        if (request.getAttribute(SEEN) instanceof Visitor visitor) {
            return visitor;
        }
        Visitor visitor = asked(request);
        request.setAttribute(SEEN, visitor);
        return visitor;
    }

    /** Who asks through the API: what a token says where there is one, and only else a session. */
    Visitor program(HttpServletRequest request) {
        return request.getHeader("Authorization") == null
                ? of(request)
                : new Visitor(Optional.empty(), bearer(request), sealed("form of a stranger"));
    }

    private Visitor asked(HttpServletRequest request) {
        Optional<People> people = services.people();
        Optional<Session> session = people.flatMap(p -> cookie(request).flatMap(p.door()::session));
        if (session.isPresent()) {
            Actor actor = session.get().account().actor();
            return new Visitor(
                    session, Optional.of(actor), sealed("form " + session.get().id()));
        }
        return new Visitor(Optional.empty(), bearer(request), sealed("form of a stranger"));
    }

    private Optional<Actor> bearer(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        return authorization != null && authorization.startsWith(BEARER)
                ? services.people().flatMap(people -> people.keys().actor(authorization.substring(BEARER.length())))
                : Optional.empty();
    }

    static Optional<String> cookie(HttpServletRequest request) {
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals(COOKIE)) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The cookie that carries a session, as a header: for this host alone, not for scripts and forms of other sites
     * (RFC 6265bis SameSite). It ends with the browser; the session ends by itself.
     */
    static String setCookie(HttpServletRequest request, String secret) {
        return COOKIE + "=" + secret + "; Path=/; HttpOnly; SameSite=Lax" + (request.isSecure() ? "; Secure" : "")
                + (secret.isEmpty() ? "; Max-Age=0" : "");
    }

    /** Whether a form was drawn by this server for this visitor, and sent from a page of its own. */
    boolean isOwnForm(HttpServletRequest request, Visitor visitor) {
        String token = request.getParameter("token");
        boolean isKnown = token != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        visitor.formToken().getBytes(StandardCharsets.UTF_8));
        return isKnown && isOwnOrigin(request);
    }

    /** Fetch Metadata says it, or the Origin (RFC 6454) where that is missing. */
    static boolean isOwnOrigin(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean isOwnSite = site == null || site.equals("same-origin") || site.equals("none");
        return isOwnSite && (origin == null || origin.equals("null") || origin.equals(origin(request)));
    }

    /** The origin that the visitor's browser sees; the gate has checked the host. */
    static String origin(HttpServletRequest request) {
        return request.getScheme() + "://" + request.getHeader("Host");
    }

    /** A word that only this run of the program can make. */
    String sealed(String words) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of()
                    .formatHex(mac.doFinal(words.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, TOKEN_DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    static Language preferred(HttpServletRequest request, Visitor visitor) {
        if (visitor.session().isPresent()) {
            return visitor.session().get().account().language().equals("km") ? Language.KM : Language.EN;
        }
        String header = request.getHeader("Accept-Language");
        return header == null ? Language.EN : Language.accepted(header);
    }
}
