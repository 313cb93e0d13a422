// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tonle.base.Json;
import tonle.portal.PortalServices;
import tonle.registry.people.Keys;
import tonle.registry.people.Outcome;
import tonle.registry.people.Reason;
import tonle.registry.rights.Right;

/** Tokens for programs: the client credentials grant of OAuth 2.0 (RFC 6749 section 4.4), and nothing else of it. */
@RestController
final class TokenController {
    private static final String BASIC = "Basic ";

    private final PortalServices services;
    private final Turnstile turnstile;

    TokenController(PortalServices services, Turnstile turnstile) {
        this.services = services;
        this.turnstile = turnstile;
    }

    private record Credentials(String clientId, String secret) {}

    @PostMapping("/api/oauth2/token")
    ResponseEntity<byte[]> token(
            HttpServletRequest request,
            @RequestParam(name = "grant_type", defaultValue = "") String grantType,
            @RequestParam(name = "client_id", defaultValue = "") String clientId,
            @RequestParam(name = "client_secret", defaultValue = "") String clientSecret,
            @RequestParam(defaultValue = "") String scope) {
        if (!turnstile.passes(request.getRemoteAddr())) {
            return error(429, "temporarily_unavailable");
        }
        if (services.people().isEmpty() || !grantType.equals("client_credentials")) {
            return error(400, "unsupported_grant_type");
        }
        Credentials credentials = basic(request).orElse(new Credentials(clientId, clientSecret));
        Set<Right> asked = EnumSet.noneOf(Right.class);
        for (String word : scope.strip().split(" +")) {
            Optional<Right> right = Right.ofKey(word);
            if (right.isEmpty() && !word.isEmpty()) {
                return error(400, "invalid_scope");
            }
            right.ifPresent(asked::add);
        }
        Outcome<Keys.Access> outcome =
                services.people().get().keys().access(credentials.clientId(), credentials.secret(), asked);
        return switch (outcome) {
            case Outcome.Done<Keys.Access>(Keys.Access access) -> given(access);
            case Outcome.NotAllowed<Keys.Access> _ -> error(401, "invalid_client");
            case Outcome.Refused<Keys.Access>(Reason reason, String _) ->
                reason == Reason.CLIENT_SCOPE ? error(400, "invalid_scope") : error(401, "invalid_client");
        };
    }

    /** RFC 6749 section 5.1. */
    private static ResponseEntity<byte[]> given(Keys.Access access) {
        StringBuilder text = new StringBuilder();
        new Json(text, false)
                .beginObject()
                .member("access_token", access.secret().text())
                .member("token_type", "Bearer")
                .member("expires_in", access.duration().toSeconds())
                .member(
                        "scope",
                        access.rights().stream().sorted().map(Right::key).collect(Collectors.joining(" ")))
                .endObject();
        return ResponseEntity.ok()
                .header("Content-Type", "application/json")
                .header("Pragma", "no-cache")
                .body(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 6749 section 5.2. */
    private static ResponseEntity<byte[]> error(int status, String code) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).header("Content-Type", "application/json");
        if (status == 401) {
            answer.header("WWW-Authenticate", "Basic realm=\"tonle\"");
        }
        return answer.body(("{\"error\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 6749 section 2.3.1: an id and secret of ours have no character that form encoding changes. */
    private static Optional<Credentials> basic(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.startsWith(BASIC)) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
