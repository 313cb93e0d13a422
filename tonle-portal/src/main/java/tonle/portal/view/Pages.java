// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.words.Language;
import tonle.portal.words.Messages;

/** All addresses of the portal and the view that each leads to. */
public final class Pages {
    /** The pages that stand for themselves, in the order of the navigation. */
    static final List<String> PATHS =
            List.of("/", "/traffic", "/links", "/exporters", "/exporters/add", "/verify", "/status");

    /** Those of people, which open where people can sign in, and of the log that enters their acts. */
    private static final List<String> STAFF_PATHS = List.of(
            "/log",
            "/rules",
            "/operators",
            "/sites",
            "/registry",
            "/registry/changes",
            "/people",
            "/audit",
            "/account",
            "/sign-in");

    private final PortalSettings settings;
    private final PortalServices services;

    public Pages(PortalSettings settings, PortalServices services) {
        this.settings = settings;
        this.services = services;
    }

    /** A visit, and what it leads to. */
    public record Opened(Optional<Visit> visit, Answer answer) {}

    /** As nobody in particular. */
    public Opened open(String pathAndQuery, Language preferred) {
        return open(pathAndQuery, preferred, Visitor.NOBODY);
    }

    /** The visit alone, nothing opened: to ask who may, before anything is looked up. Empty where it cannot be read. */
    public Optional<Visit> visit(String pathAndQuery, Language preferred, Visitor visitor) {
        try {
            return Ask.parse(pathAndQuery).map(ask -> Visit.of(settings, services, ask, preferred, visitor));
        } catch (TroubleException _) {
            return Optional.empty();
        }
    }

    /** @param preferred the language where the address names none */
    public Opened open(String pathAndQuery, Language preferred, Visitor visitor) {
        Optional<Ask> ask = Ask.parse(pathAndQuery);
        if (ask.isEmpty()) {
            Messages words = Messages.in(preferred);
            return new Opened(
                    Optional.empty(),
                    new Answer.Wrong(new Trouble(
                            400,
                            "address-unreadable",
                            words.text("trouble.address"),
                            words.text("trouble.address.detail"),
                            "",
                            "",
                            "/")));
        }
        Visit visit = null;
        try {
            visit = Visit.of(settings, services, ask.get(), preferred, visitor);
            Answer answer = route(visit);
            if (answer instanceof Answer.Shown(Page page)) {
                answer = shown(page.withTables(Sorting.applied(visit, page.tables())));
            }
            return new Opened(Optional.of(visit), answer);
        } catch (TroubleException e) {
            Visit plain = visit != null
                    ? visit
                    : Visit.of(
                            settings,
                            services,
                            new Ask(ask.get().path(), ask.get().format(), java.util.Map.of()),
                            preferred,
                            visitor);
            return new Opened(Optional.of(plain), new Answer.Wrong(e.trouble()));
        }
    }

    private static Answer route(Visit visit) {
        String path = visit.ask().path();
        String[] parts = path.substring(1).split("/", -1);
        return switch (parts.length) {
            case 1 ->
                switch (parts[0]) {
                    case "" -> shown(Overview.page(visit));
                    case "traffic" -> Traffic.answer(visit);
                    case "links" -> shown(Links.page(visit));
                    case "exporters" -> shown(Exporters.page(visit));
                    case "status" -> shown(Status.page(visit));
                    case "gateway" -> new Answer.Moved(visit.link("/status"));
                    case "go" -> GoTo.answer(visit);
                    case "operators" -> shown(Operators.page(visit));
                    case "sites" -> shown(Sites.page(visit));
                    case "registry" -> shown(RegistryPage.page(visit));
                    case "sign-in" -> shown(SignInPage.page(visit));
                    case "account" -> shown(AccountPage.page(visit));
                    case "people" -> shown(PeoplePage.page(visit));
                    case "audit" -> shown(AuditPage.page(visit));
                    case "verify" -> shown(ProofPage.page(visit));
                    case "log" -> shown(LogPage.page(visit));
                    case "rules" -> shown(RulesPage.page(visit));
                    default -> notFound(visit);
                };
            case 2 ->
                switch (parts[0]) {
                    case "log" ->
                        parts[1].equals("verify")
                                ? new Answer.Moved(visit.link("/verify"))
                                : shown(LogEntryPage.page(visit, parts[1]));
                    case "audit" -> parts[1].equals("verify") ? shown(AuditRangePage.page(visit)) : notFound(visit);
                    case "rules" -> parts[1].equals("propose") ? shown(ProposeRulePage.page(visit)) : notFound(visit);
                    case "link" -> shown(SignInPage.link(visit, parts[1]));
                    case "people" -> shown(PersonPage.page(visit, parts[1]));
                    case "operators" -> shown(OperatorPage.page(visit, parts[1]));
                    case "sites" -> shown(Sites.site(visit, parts[1]));
                    case "registry" -> registry(visit, parts[1]);
                    case "links" -> shown(LinkMonthView.page(visit, parts[1]));
                    case "exporters" ->
                        parts[1].equals("add")
                                ? shown(AddExporter.page(visit))
                                : shown(ExporterView.page(visit, parts[1]));
                    default -> notFound(visit);
                };
            case 3 ->
                switch (parts[0] + " " + parts[2]) {
                    case "links samples" -> shown(LinkSamples.page(visit, parts[1]));
                    case "links bring-up" -> shown(BringUpPage.page(visit, parts[1]));
                    default ->
                        switch (parts[0]) {
                            case "rules" -> shown(RulePage.page(visit, parts[1], parts[2]));
                            case "registry" ->
                                parts[1].equals("changes") ? shown(ChangePage.page(visit, parts[2])) : notFound(visit);
                            default -> notFound(visit);
                        };
                };
            default -> notFound(visit);
        };
    }

    private static Answer registry(Visit visit, String page) {
        return switch (page) {
            case "changes" -> shown(ChangesPage.page(visit));
            case "propose" -> shown(ProposePage.page(visit));
            case "import" -> shown(ImportPage.page(visit));
            case "ladder" -> shown(LadderPage.page(visit));
            case "bring-ups" -> shown(BringUpPage.list(visit));
            default -> notFound(visit);
        };
    }

    private static Answer shown(Page page) {
        return new Answer.Shown(page);
    }

    private static Answer notFound(Visit visit) {
        String path = visit.ask().path();
        String nearest = Nearest.of(
                        path,
                        visit.services().people().isEmpty()
                                ? PATHS
                                : Stream.concat(PATHS.stream(), STAFF_PATHS.stream())
                                        .toList())
                .orElse("/");
        return new Answer.Wrong(new Trouble(
                404,
                "no-such-page",
                visit.say("trouble.page"),
                visit.say("trouble.page.detail"),
                "",
                nearest,
                visit.link(nearest)));
    }
}
