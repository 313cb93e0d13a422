// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import tonle.portal.api.Api;
import tonle.portal.api.ApiAnswer;
import tonle.portal.api.Code;
import tonle.portal.api.Operation;
import tonle.portal.view.Ask;
import tonle.portal.view.Document;
import tonle.portal.view.Documents;
import tonle.portal.view.Trouble;
import tonle.portal.words.Language;
import tonle.portal.words.Messages;
import tonle.registry.RegistryAway;

/**
 * Stands before every request: sets the security headers, and refuses what no page of ours would send. A foreign Host
 * name means that another site resolved its name to this machine (DNS rebinding); a body has a bound.
 */
final class GateFilter implements Filter {
    /** A form of ours has a few hundred octets. */
    static final int BODY_OCTETS_MAX = 16_384;
    /** A rule in two languages: a Khmer letter takes nine octets in a form. */
    static final int WORDS_OCTETS_MAX = 1 << 20;
    /** A foreign file of the registry, which its reader bounds at 32 MiB, and the rest of its form. */
    static final int UPLOAD_OCTETS_MAX = 33 << 20;

    private static final int RETRY_SECONDS = 5;
    private final Semaphore uploads = new Semaphore(1);

    private static final Pattern OWN_HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1\\])(:[0-9]{1,5})?");

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) anyRequest;
        HttpServletResponse response = (HttpServletResponse) anyResponse;
        headers(response);
        // Browsers send forms in the page's own encoding and do not say so (HTML, section 4.10.21.7).
        request.setCharacterEncoding(StandardCharsets.UTF_8.name());
        try {
            pass(request, response, chain);
        } catch (ServletException | RuntimeException e) {
            if (response.isCommitted() || RegistryAway.words(e).isEmpty()) {
                throw e;
            }
            away(request, response);
        }
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String host = request.getHeader("Host");
        if (host == null || !OWN_HOST.matcher(host).matches()) {
            // 421 Misdirected Request, RFC 9110 section 15.5.20.
            refuse(response, 421, "Tonle serves its pages on loopback, under the name localhost.");
        } else if (isUpload(request)) {
            upload(request, response, chain);
        } else if (request.getRequestURI().startsWith(ApiController.ROOT)) {
            api(request, response, chain);
        } else if (request.getContentLengthLong() > bodyMax(request)
                || request.getHeader("Transfer-Encoding") != null) {
            refuse(response, 413, "A request has at most " + bodyMax(request) + " octets, and says how many.");
        } else if (!request.getMethod().matches("GET|HEAD|POST")) {
            response.setHeader("Allow", "GET, HEAD, POST");
            refuse(response, 405, "Pages are read; forms are posted.");
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Without the database nobody can be known again, so nothing is shown: RFC 9110 section 15.6.4. */
    private static void away(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.reset();
        headers(response);
        response.setHeader("Retry-After", Integer.toString(RETRY_SECONDS));
        String path = request.getRequestURI();
        if (path.endsWith(".json") || path.startsWith("/api/")) {
            Messages words = Messages.in(Language.EN);
            Trouble trouble = new Trouble(
                    503, "database-away", words.text("trouble.away"), words.text("trouble.away.detail"), "", "", "");
            Document document = Documents.trouble(trouble, Ask.Format.JSON);
            response.setStatus(503);
            response.setContentType(document.contentType());
            response.getOutputStream().write(document.body().getBytes(StandardCharsets.UTF_8));
        } else {
            StringBuilder both = new StringBuilder();
            for (Language language : List.of(Language.EN, Language.KM)) {
                Messages words = Messages.in(language);
                both.append(words.text("trouble.away")).append(". ");
                both.append(words.text("trouble.away.detail")).append('\n');
            }
            refuse(response, 503, both.toString());
        }
    }

    private static int bodyMax(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/rules/") ? WORDS_OCTETS_MAX : BODY_OCTETS_MAX;
    }

    private static boolean isUpload(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getRequestURI().equals("/registry/import");
    }

    /** One file at a time: it is held in memory while it is looked at. */
    private void upload(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getContentLengthLong() > UPLOAD_OCTETS_MAX || request.getHeader("Transfer-Encoding") != null) {
            refuse(response, 413, "A file has at most 32 MiB, and the request says how many octets it has.");
        } else if (!uploads.tryAcquire()) {
            response.setHeader("Retry-After", Integer.toString(RETRY_SECONDS));
            refuse(response, 503, "Another file is being looked at; bring this one again in a moment.");
        } else {
            try {
                chain.doFilter(request, response);
            } finally {
                uploads.release();
            }
        }
    }

    /** Programs send more than forms, by more methods, and read problem documents. */
    private static void api(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getHeader("Transfer-Encoding") != null) {
            refuse(response, Api.unread(Code.LENGTH_MISSING, Operation.BODY_OCTETS_MAX));
        } else if (request.getContentLengthLong() > Operation.BODY_OCTETS_MAX) {
            refuse(response, Api.unread(Code.BODY_TOO_LARGE, Operation.BODY_OCTETS_MAX));
        } else if (!request.getMethod().matches("GET|HEAD|POST|PUT|PATCH|DELETE")) {
            response.setHeader("Allow", "GET, HEAD, POST");
            refuse(response, Api.unread(Code.METHOD_NOT_ALLOWED, "GET, HEAD, POST"));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuse(HttpServletResponse response, ApiAnswer answer) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.getOutputStream().write(answer.body());
    }

    private static void headers(HttpServletResponse response) {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        response.setHeader("Cache-Control", "no-store");
    }

    private static void refuse(HttpServletResponse response, int status, String words) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.getWriter().println(words);
    }
}
