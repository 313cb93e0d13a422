// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tonle.portal.Enrolment;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.view.Answer;
import tonle.portal.view.Ask;
import tonle.portal.view.Document;
import tonle.portal.view.Documents;
import tonle.portal.view.Page;
import tonle.portal.view.Pages;
import tonle.portal.view.Trouble;
import tonle.portal.view.Visit;
import tonle.portal.words.Language;
import tonle.portal.words.Messages;
import tonle.traffic.topology.ExporterKind;

/** Every address over HTTP: the views decide what is there, this class only carries it. */
@RestController
final class PageController {
    private static final Logger LOG = LoggerFactory.getLogger(PageController.class);
    private static final String HTML = "text/html; charset=utf-8";
    private static final String STATIC = "/static/";

    private final PortalSettings settings;
    private final PortalServices services;
    private final Pages pages;
    private final Html html;
    private final Assets assets;
    private final AtomicLong failures = new AtomicLong();

    PageController(PortalSettings settings, PortalServices services, Assets assets) {
        this.settings = settings;
        this.services = services;
        this.assets = assets;
        this.pages = new Pages(settings, services);
        this.html = new Html(settings, services, assets.version());
    }

    @GetMapping("/**")
    ResponseEntity<byte[]> page(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (path.startsWith(STATIC)) {
            return asset(path.substring(STATIC.length()));
        }
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        Language preferred = preferred(request);
        try {
            Pages.Opened opened = pages.open(path + query, preferred);
            Visit visit = opened.visit().orElseGet(() -> html.anywhere(preferred));
            return switch (opened.answer()) {
                case Answer.Shown(Page page) -> shown(visit, page);
                case Answer.Moved(String location) ->
                    ResponseEntity.status(303).header("Location", location).build();
                case Answer.Wrong(Trouble trouble) -> wrong(visit, trouble);
            };
        } catch (RuntimeException e) {
            return failed(e, preferred, path.endsWith(".json") ? Ask.Format.JSON : Ask.Format.HTML);
        }
    }

    @PostMapping("/exporters/accept")
    ResponseEntity<byte[]> accept(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String site,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String lang) {
        Language language = lang.equals("km") ? Language.KM : preferred(request);
        Messages words = Messages.in(language);
        if (!settings.enrolByPage() || !token.equals(html.formToken()) || !ownOrigin(request)) {
            return wrong(
                    html.anywhere(language),
                    new Trouble(
                            403,
                            "foreign-form",
                            words.text("trouble.forbidden"),
                            words.text("trouble.forbidden.detail"),
                            "",
                            words.text("page.exporters"),
                            "/exporters"));
        }
        ExporterKind chosen = ExporterKind.INGRESS;
        for (ExporterKind candidate : ExporterKind.values()) {
            chosen = candidate.key().equals(kind) ? candidate : chosen;
        }
        Enrolment.Outcome outcome = services.enrolment()
                .accept(new Enrolment.Acceptance(address.strip(), id.strip(), site.strip(), chosen));
        Ask exporters = new Ask("/exporters", Ask.Format.HTML, lang.isEmpty() ? Map.of() : Map.of("lang", lang));
        String location = switch (outcome) {
            case Enrolment.Outcome.Accepted(String accepted) ->
                exporters.with(Ask.Format.HTML, Map.of("accepted", accepted));
            case Enrolment.Outcome.Refused(Enrolment.Reason reason, String detail) ->
                exporters.with(Ask.Format.HTML, Map.of("refused", reason.name(), "address", detail));
        };
        return ResponseEntity.status(303).header("Location", location).build();
    }

    @PostMapping("/**")
    ResponseEntity<byte[]> readOnly(HttpServletRequest request) {
        Language language = preferred(request);
        Messages words = Messages.in(language);
        return wrong(
                html.anywhere(language),
                new Trouble(
                        405,
                        "read-only",
                        words.text("trouble.method"),
                        words.text("trouble.method.detail"),
                        "",
                        words.text("page.overview"),
                        "/"));
    }

    private ResponseEntity<byte[]> shown(Visit visit, Page page) {
        if (visit.ask().format() == Ask.Format.HTML) {
            return body(200, HTML, html.page(visit, page));
        }
        Document document = Documents.document(visit, page, visit.ask().format());
        return body(document.status(), document.contentType(), document.body());
    }

    private ResponseEntity<byte[]> wrong(Visit visit, Trouble trouble) {
        if (visit.ask().format() == Ask.Format.HTML) {
            return body(trouble.status(), HTML, html.trouble(visit, trouble));
        }
        Document document = Documents.trouble(trouble, visit.ask().format());
        return body(document.status(), document.contentType(), document.body());
    }

    /** Our own defect: the log has the trace under the reference that the page shows, and nothing of the request. */
    private ResponseEntity<byte[]> failed(RuntimeException e, Language language, Ask.Format format) {
        String reference =
                HexFormat.of().toHexDigits((int) services.clock().unixMillis()) + "-" + failures.incrementAndGet();
        LOG.error("a page failed, reference {}", reference, e);
        Messages words = Messages.in(language);
        Trouble trouble = new Trouble(
                500,
                "own-defect",
                words.text("trouble.own"),
                words.text("trouble.own.detail", reference),
                "",
                words.text("page.status"),
                "/status");
        Document document = Documents.trouble(trouble, format == Ask.Format.HTML ? Ask.Format.TEXT : format);
        return body(document.status(), document.contentType(), document.body());
    }

    private ResponseEntity<byte[]> asset(String name) {
        Optional<byte[]> file = assets.file(name);
        return file.isEmpty()
                ? body(404, Document.TEXT, "There is no such file.\n")
                : ResponseEntity.ok()
                        .header("Content-Type", Assets.contentType(name))
                        .header("Cache-Control", "public, max-age=31536000, immutable")
                        .body(file.get());
    }

    private static ResponseEntity<byte[]> body(int status, String contentType, String text) {
        return ResponseEntity.status(HttpStatusCode.valueOf(status))
                .header("Content-Type", contentType)
                .header("Vary", "Accept-Language")
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Language preferred(HttpServletRequest request) {
        String header = request.getHeader("Accept-Language");
        return header == null ? Language.EN : Language.accepted(header);
    }

    /**
     * Whether a form was sent from a page of this very server (Fetch Metadata; RFC 6454 Origin where it is missing).
     */
    private static boolean ownOrigin(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean ownSite = site == null || site.equals("same-origin") || site.equals("none");
        boolean own = origin == null || origin.equals("null") || origin.equals("http://" + request.getHeader("Host"));
        return ownSite && own;
    }
}
