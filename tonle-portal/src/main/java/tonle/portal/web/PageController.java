// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import tonle.portal.view.Visitor;
import tonle.portal.words.Language;
import tonle.portal.words.Messages;
import tonle.registry.RegistryAway;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Permission;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;
import tonle.traffic.topology.ExporterKind;

/** Every address over HTTP: the views decide what is there, this class only carries it. */
@RestController
final class PageController {
    private static final Logger LOG = LoggerFactory.getLogger(PageController.class);
    private static final String HTML = "text/html; charset=utf-8";
    private static final String STATIC = "/static/";

    /** First words of addresses that everybody may open. */
    private static final Set<String> OPEN = Set.of("sign-in", "link", "verify", "log", "rules");

    /** Those of pages about people, which are closed in the demonstration too and ask for rights themselves. */
    private static final Set<String> STAFF = Set.of("account", "people", "audit");

    private final PortalSettings settings;
    private final PortalServices services;
    private final Pages pages;
    private final Html html;
    private final Visitors visitors;
    private final Assets assets;
    private final AtomicLong failures = new AtomicLong();

    PageController(PortalSettings settings, PortalServices services, Assets assets, Html html, Visitors visitors) {
        this.settings = settings;
        this.services = services;
        this.assets = assets;
        this.visitors = visitors;
        this.pages = new Pages(settings, services);
        this.html = html;
    }

    @GetMapping("/**")
    ResponseEntity<byte[]> page(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (path.startsWith(STATIC)) {
            return asset(path.substring(STATIC.length()));
        }
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        Visitor visitor = visitors.of(request);
        Language preferred = Visitors.preferred(request, visitor);
        try {
            Visit asked =
                    pages.visit(path + query, preferred, visitor).orElseGet(() -> html.anywhere(preferred, visitor));
            Optional<ResponseEntity<byte[]>> held = held(asked, path, query);
            if (held.isPresent()) {
                return held.get();
            }
            Pages.Opened opened = pages.open(path + query, preferred, visitor);
            Visit visit = opened.visit().orElseGet(() -> html.anywhere(preferred, visitor));
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
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String site,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String lang) {
        Visitor visitor = visitors.of(request);
        Language language = lang.equals("km") ? Language.KM : Visitors.preferred(request, visitor);
        Visit visit = html.anywhere(language, visitor);
        boolean mayTakeIn = services.isReadingOpen() || visit.may(Right.MAY_TAKE_IN_EXPORTER);
        if (!mayTakeIn) {
            return wrong(
                    visit,
                    visit.notAllowed(new Permission.Missing(
                            Right.MAY_TAKE_IN_EXPORTER, Role.holding(Right.MAY_TAKE_IN_EXPORTER))));
        }
        if (!settings.enrolByPage() || !visitors.isOwnForm(request, visitor)) {
            return wrong(visit, visit.foreignForm("page.exporters", "/exporters"));
        }
        ExporterKind chosen = ExporterKind.INGRESS;
        for (ExporterKind candidate : ExporterKind.values()) {
            chosen = candidate.key().equals(kind) ? candidate : chosen;
        }
        Enrolment.Outcome outcome = services.enrolment()
                .accept(
                        new Enrolment.Acceptance(address.strip(), id.strip(), site.strip(), chosen),
                        visitor.actor().orElse(Actor.OWNER));
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
        Visitor visitor = visitors.of(request);
        Language language = Visitors.preferred(request, visitor);
        Messages words = Messages.in(language);
        return wrong(
                html.anywhere(language, visitor),
                new Trouble(
                        405,
                        "read-only",
                        words.text("trouble.method"),
                        words.text("trouble.method.detail"),
                        "",
                        words.text("page.overview"),
                        "/"));
    }

    /** What is answered in place of a page that this visitor does not see; the page of signing in is open to all. */
    private Optional<ResponseEntity<byte[]>> held(Visit visit, String path, String query) {
        String first = path.split("[/.]", 3)[path.isEmpty() ? 0 : 1];
        if (services.people().isEmpty() || OPEN.contains(first)) {
            return Optional.empty();
        }
        Optional<Actor> actor = visit.visitor().actor();
        if (actor.isEmpty() && (!services.isReadingOpen() || STAFF.contains(first))) {
            if (visit.ask().format() == Ask.Format.HTML) {
                return Optional.of(ResponseEntity.status(303)
                        .header("Location", visit.link("/sign-in", "next", path + query))
                        .build());
            }
            Document document =
                    Documents.trouble(visit.notSignedIn(), visit.ask().format());
            return Optional.of(ResponseEntity.status(401)
                    .header("WWW-Authenticate", "Bearer realm=\"tonle\"")
                    .header("Content-Type", document.contentType())
                    .body(document.body().getBytes(StandardCharsets.UTF_8)));
        }
        boolean isGatewayPage = !STAFF.contains(first)
                && actor.flatMap(Actor::operator).map(own -> !isOwn(path, own)).orElse(true);
        if (isGatewayPage && !services.isReadingOpen()) {
            Permission permission = actor.orElseThrow().must(Right.MAY_READ_GATEWAY);
            if (permission instanceof Permission.Missing missing) {
                return Optional.of(wrong(visit, visit.notAllowed(missing)));
            }
        }
        return Optional.empty();
    }

    /** What an operator's people see: their own operator and the changes of it; the rows are chosen by the database. */
    private static boolean isOwn(String path, String operator) {
        return path.matches("/operators/" + operator + "(\\.(json|csv|txt))?")
                || path.startsWith("/registry")
                || path.matches("/links/[A-Za-z0-9-]+/bring-up(\\.(json|csv|txt))?");
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
        if (RegistryAway.words(e).isPresent()) {
            throw e; // No defect: the gate says that the database is away.
        }
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
}
