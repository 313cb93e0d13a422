// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.api.Api;
import tonle.portal.api.ApiAnswer;
import tonle.portal.api.ApiRequest;
import tonle.portal.api.Code;
import tonle.portal.api.Operation;
import tonle.portal.view.Visitor;
import tonle.registry.RegistryAway;

/** The API over HTTP: {@link Api} decides what is there, this class only carries it. */
@RestController
final class ApiController {
    /** Where the API stands; beyond it are pages. */
    static final String ROOT = tonle.portal.api.Operations.ROOT + "/";

    private static final Logger LOG = LoggerFactory.getLogger(ApiController.class);

    private final PortalServices services;
    private final Api api;
    private final Visitors visitors;
    private final Turnstile turnstile;
    private final AtomicLong failures = new AtomicLong();

    ApiController(PortalSettings settings, PortalServices services, Visitors visitors, Turnstile turnstile) {
        this.services = services;
        this.api = new Api(settings, services);
        this.visitors = visitors;
        this.turnstile = turnstile;
    }

    @RequestMapping("/api/v1/**")
    ResponseEntity<byte[]> any(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(Operation.BODY_OCTETS_MAX + 1);
        if (body.length > Operation.BODY_OCTETS_MAX) {
            return entity(Api.unread(Code.BODY_TOO_LARGE, Operation.BODY_OCTETS_MAX));
        }
        try {
            return asked(request, body);
        } catch (RuntimeException e) {
            // Without the database nobody can be known again: an outage, no defect of ours.
            if (RegistryAway.words(e).isEmpty()) {
                throw e;
            }
            return entity(Api.unread(Code.STORE_ABSENT));
        }
    }

    private ResponseEntity<byte[]> asked(HttpServletRequest request, byte[] body) {
        Visitor visitor = visitors.program(request);
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", Collections.list(request.getHeaders(name))));
        }
        ApiRequest asked = new ApiRequest(
                request.getMethod(),
                request.getRequestURI(),
                request.getQueryString() == null ? "" : request.getQueryString(),
                headers,
                body,
                visitor,
                Visitors.preferred(request, visitor));
        boolean isGuess = visitor.actor().isEmpty() && headers.containsKey("authorization");
        if (isGuess && !turnstile.passes(request.getRemoteAddr())) {
            return entity(Api.unread(Code.TOO_MANY_REQUESTS, Turnstile.ATTEMPTS_A_MINUTE_MAX, 60));
        }
        try {
            return entity(api.answer(asked));
        } catch (RuntimeException e) {
            if (RegistryAway.words(e).isPresent()) {
                throw e;
            }
            String reference =
                    HexFormat.of().toHexDigits((int) services.clock().unixMillis()) + "-a" + failures.incrementAndGet();
            LOG.error("the API failed, reference {}", reference, e);
            return entity(api.failed(asked, reference));
        }
    }

    private static ResponseEntity<byte[]> entity(ApiAnswer answer) {
        ResponseEntity.BodyBuilder entity = ResponseEntity.status(answer.status());
        answer.headers().forEach((name, value) -> entity.header(name, value));
        return entity.body(answer.body());
    }
}
