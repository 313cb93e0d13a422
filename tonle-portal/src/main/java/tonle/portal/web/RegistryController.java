// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tonle.base.EnumWord;
import tonle.database.DatabaseOutage;
import tonle.portal.PortalServices;
import tonle.portal.view.ImportPage;
import tonle.portal.view.ProposePage;
import tonle.portal.view.RegistryExports;
import tonle.portal.view.Trouble;
import tonle.portal.view.TroubleException;
import tonle.portal.view.Visit;
import tonle.registry.Registry;
import tonle.registry.book.Kind;
import tonle.registry.book.Problem;
import tonle.registry.book.Reason;
import tonle.registry.bringup.BringUps;
import tonle.registry.bringup.Check;
import tonle.registry.change.Act;
import tonle.registry.change.Change;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.Conflict;
import tonle.registry.change.Draft;
import tonle.registry.change.Stage;
import tonle.registry.exchange.FileLook;
import tonle.registry.exchange.ForeignFiles;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Permission;
import tonle.registry.rights.Right;

/**
 * The forms of the registry: proposing a change and deciding on one. Rights, two persons and the audit are the
 * domain's; this class carries what was typed there and the answer back.
 */
@RestController
final class RegistryController {
    private static final Forms.Way BACK = new Forms.Way("page.registry", "/registry");
    private static final String FIELD = "f.";
    private static final Set<Reason> FORBIDDEN = Set.of(Reason.RIGHT_MISSING, Reason.SAME_PERSON, Reason.NOT_YOURS);

    private final PortalServices services;
    private final Forms forms;

    RegistryController(PortalServices services, Forms forms) {
        this.services = services;
        this.forms = forms;
    }

    /** What a form does for somebody who is signed in. */
    private interface Deed {
        ResponseEntity<byte[]> done(Registry registry, Visit visit, Actor actor);
    }

    @PostMapping("/registry/propose")
    ResponseEntity<byte[]> propose(HttpServletRequest request, @RequestParam(defaultValue = "check") String step) {
        return asActor(request, (registry, visit, actor) -> {
            Optional<ProposePage.Typed> read = typed(request);
            if (read.isEmpty()) {
                return forms.wrong(visit, refusal(visit, 400, visit.say("trouble.forbidden.detail"), "/registry"));
            }
            ProposePage.Typed typed = read.get();
            List<ProposePage.Wrong> problems = new ArrayList<>();
            Optional<Draft> draft = ProposePage.draft(visit, typed, problems);
            if (draft.isEmpty()) {
                return forms.page(422, visit, ProposePage.again(visit, typed, problems));
            }
            if (step.equals("edit")) {
                return forms.page(200, visit, ProposePage.again(visit, typed, List.of()));
            }
            boolean isLast = step.equals("propose");
            ChangeOutcome outcome = isLast
                    ? registry.changes().propose(actor, draft.get())
                    : registry.changes().preview(actor, draft.get());
            return switch (outcome) {
                case ChangeOutcome.Done(Change change) ->
                    isLast
                            ? Forms.seeOther(visit.link("/registry/changes/" + change.id(), "done", "proposed"))
                            : forms.page(
                                    200,
                                    visit,
                                    ProposePage.checked(
                                            visit,
                                            typed,
                                            change.differences(),
                                            change.stage() instanceof Stage.Proposed proposed && proposed.needsTwo()));
                case ChangeOutcome.Refused(List<Problem> found) ->
                    forms.page(
                            found.stream().anyMatch(each -> each.reason() == Reason.RIGHT_MISSING) ? 403 : 422,
                            visit,
                            ProposePage.again(visit, typed, ProposePage.wrong(visit, found)));
                case ChangeOutcome.Conflicted(List<Conflict> conflicts) ->
                    forms.page(409, visit, ProposePage.again(visit, typed, conflicted(visit, conflicts)));
            };
        });
    }

    private static List<ProposePage.Wrong> conflicted(Visit visit, List<Conflict> conflicts) {
        return conflicts.stream()
                .map(conflict -> new ProposePage.Wrong(
                        conflict.field(),
                        visit.say(
                                "propose.conflict",
                                visit.say("field." + conflict.field()),
                                conflict.seen(),
                                conflict.current())))
                .toList();
    }

    /** What was typed; empty where the form is none that this server draws. */
    private static Optional<ProposePage.Typed> typed(HttpServletRequest request) {
        Optional<Kind> kind = Kind.of(parameter(request, "kind"));
        Act act = null;
        for (Act each : Act.values()) {
            act = each.word().equals(parameter(request, "act")) ? each : act;
        }
        String base = parameter(request, "base");
        if (kind.isEmpty() || act == null || !base.matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        kind.get().fields().forEach(field -> {
            String value = request.getParameter(FIELD + field.name());
            if (value != null) {
                fields.put(field.name(), value);
            }
        });
        return Optional.of(new ProposePage.Typed(
                kind.get(),
                parameter(request, "id").strip(),
                act,
                Integer.parseInt(base),
                parameter(request, "day"),
                parameter(request, "until"),
                parameter(request, "reason"),
                fields));
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    @PostMapping("/registry/changes/{id}/{act}")
    ResponseEntity<byte[]> decide(
            HttpServletRequest request,
            @PathVariable String id,
            @PathVariable String act,
            @RequestParam(defaultValue = "") String reason) {
        String back = "/registry/changes/" + id;
        return asActor(request, (registry, visit, actor) -> {
            ChangeOutcome outcome = switch (act) {
                case "confirm" -> registry.changes().confirm(actor, id, reason.strip());
                case "refuse" -> registry.changes().refuse(actor, id, reason.strip());
                case "withdraw" -> registry.changes().withdraw(actor, id, reason.strip());
                case "redraft" -> redrafted(registry, actor, id, visit.say("change.redrafted"));
                default -> new ChangeOutcome.Refused(List.of(Problem.of(Reason.CHANGE_UNKNOWN, act)));
            };
            return switch (outcome) {
                case ChangeOutcome.Done(Change change) ->
                    Forms.seeOther(visit.link("/registry/changes/" + change.id(), "done", act));
                case ChangeOutcome.Refused(List<Problem> problems) ->
                    forms.wrong(visit, refused(visit, problems, back));
                case ChangeOutcome.Conflicted _ ->
                    forms.wrong(visit, refusal(visit, 409, visit.say("change.conflicted"), back));
            };
        });
    }

    /** The same wishes over what holds now, as a new proposal; the old one is taken back once the new one stands. */
    private static ChangeOutcome redrafted(Registry registry, Actor actor, String id, String words) {
        Optional<Draft> draft = registry.changes().redraft(actor.scope(), id);
        if (draft.isEmpty()) {
            return new ChangeOutcome.Refused(List.of(Problem.of(Reason.CHANGE_UNKNOWN, id)));
        }
        ChangeOutcome outcome = registry.changes().propose(actor, draft.get());
        if (outcome instanceof ChangeOutcome.Done) {
            registry.changes().withdraw(actor, id, words);
        }
        return outcome;
    }

    // ---- links on their way into service

    @PostMapping("/links/{link}/bring-up/{act}")
    ResponseEntity<byte[]> bringUp(
            HttpServletRequest request,
            @PathVariable String link,
            @PathVariable String act,
            @RequestParam(defaultValue = "") String reason) {
        String back = "/links/" + link + "/bring-up";
        return asActor(request, (registry, visit, actor) -> {
            BringUps.Outcome outcome = switch (act) {
                case "begin" -> begun(registry, actor, link, request);
                case "port" -> registry.bringUps().givePort(actor, link, parameter(request, "port"));
                case "look" -> registry.bringUps().look(actor, link);
                case "word" -> registry.bringUps().giveWord(actor, link);
                case "end" -> registry.bringUps().end(actor, link, reason.strip());
                case "excuse" -> excused(registry, actor, link, parameter(request, "check"), reason.strip());
                default -> new BringUps.Outcome.WrongField("act", act, "begin, port, look, excuse, word or end");
            };
            return switch (outcome) {
                case BringUps.Outcome.Done _ -> Forms.seeOther(visit.link(back, "done", act));
                case BringUps.Outcome.NotAllowed(Permission.Missing missing) ->
                    forms.wrong(visit, visit.notAllowed(missing));
                case BringUps.Outcome.Refused refused ->
                    forms.wrong(
                            visit,
                            refusal(
                                    visit,
                                    409,
                                    visit.say("bringup.refusal."
                                            + refused.reason().name()),
                                    back));
                case BringUps.Outcome.NotFound _ ->
                    forms.wrong(visit, refusal(visit, 404, visit.say("bringup.none"), back));
                case BringUps.Outcome.WrongField(String field, String value, String limit) ->
                    forms.wrong(visit, refusal(visit, 422, visit.say("bringup.wrongfield", field, value, limit), back));
                case BringUps.Outcome.Overtaken _ ->
                    forms.wrong(visit, refusal(visit, 409, visit.say("bringup.overtaken"), back));
            };
        });
    }

    private static BringUps.Outcome begun(Registry registry, Actor actor, String link, HttpServletRequest request) {
        try {
            LocalDate day = LocalDate.parse(parameter(request, "day"));
            return registry.bringUps().begin(actor, link, parameter(request, "operator"), day);
        } catch (DateTimeException _) {
            return new BringUps.Outcome.WrongField("day", parameter(request, "day"), "2026-11-24");
        }
    }

    private static BringUps.Outcome excused(Registry registry, Actor actor, String link, String name, String reason) {
        for (Check check : Check.values()) {
            if (check.name().equals(name)) {
                return registry.bringUps().excuse(actor, link, check, reason);
            }
        }
        return new BringUps.Outcome.WrongField("check", name, "a check of the list");
    }

    // ---- foreign files

    /** Looks at a file; where asked to, proposes what it would change. The file is read once and kept nowhere. */
    @PostMapping("/registry/import")
    ResponseEntity<byte[]> take(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String format,
            @RequestParam(defaultValue = "") String country,
            @RequestParam(defaultValue = "look") String step,
            @RequestParam(required = false) MultipartFile file) {
        return asActor(request, (registry, visit, actor) -> {
            Optional<ForeignFiles.Format> chosen = ForeignFiles.Format.of(format);
            if (actor.must(Right.MAY_IMPORT_REGISTRY) instanceof Permission.Missing missing) {
                return forms.wrong(visit, visit.notAllowed(missing));
            }
            if (chosen.isEmpty() || file == null || file.isEmpty()) {
                return forms.wrong(visit, refusal(visit, 400, visit.say("import.nofile"), "/registry/import"));
            }
            try (InputStream in = file.getInputStream()) {
                FileLook look = registry.foreignFiles().look(actor, registry.today(), chosen.get(), country, in);
                return taken(registry, visit, actor, country, look, step.equals("propose"));
            } catch (IOException e) {
                return forms.wrong(
                        visit, refusal(visit, 400, visit.say("import.unreadable", e.getMessage()), "/registry/import"));
            }
        });
    }

    private ResponseEntity<byte[]> taken(
            Registry registry, Visit visit, Actor actor, String country, FileLook look, boolean isProposing) {
        ForeignFiles.Format format = look.format();
        ForeignFiles.Result result = look.result();
        Optional<Draft> draft = look.draft();
        if (draft.isEmpty()) {
            return forms.page(200, visit, ImportPage.looked(visit, format, country, result, List.of(), List.of()));
        }
        ChangeOutcome outcome = isProposing
                ? registry.changes().propose(actor, draft.get())
                : registry.changes().preview(actor, draft.get());
        return switch (outcome) {
            case ChangeOutcome.Done(Change change) ->
                isProposing
                        ? Forms.seeOther(visit.link("/registry/changes/" + change.id(), "done", "proposed"))
                        : forms.page(
                                200,
                                visit,
                                ImportPage.looked(visit, format, country, result, change.differences(), List.of()));
            case ChangeOutcome.Refused(List<Problem> problems) ->
                forms.page(422, visit, ImportPage.looked(visit, format, country, result, List.of(), problems));
            case ChangeOutcome.Conflicted _ ->
                forms.wrong(visit, refusal(visit, 409, visit.say("change.conflicted"), "/registry/import"));
        };
    }

    /** The registry in the format of others: for all who may read pages, since only public fields go out. */
    @GetMapping("/registry/export/{name}")
    ResponseEntity<byte[]> export(
            HttpServletRequest request, @PathVariable String name, @RequestParam(defaultValue = "") String day) {
        Visit visit = forms.visit(request);
        Optional<Registry> registry = services.registry().get();
        if (visit.visitor().actor().isEmpty() && !services.isReadingOpen()) {
            return forms.wrong(visit, refusal(visit, 401, visit.say("trouble.signin.detail"), "/sign-in"));
        }
        if (registry.isEmpty()) {
            return forms.wrong(visit, refusal(visit, 503, visit.say("trouble.registry.detail"), "/status"));
        }
        try {
            LocalDate asOn = day.isEmpty() ? registry.get().today() : LocalDate.parse(day);
            return RegistryExports.document(
                            registry.get(), services.status().get().version(), name, asOn)
                    .map(document -> ResponseEntity.ok()
                            .header("Content-Type", document.contentType())
                            .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                            .body(document.body().getBytes(StandardCharsets.UTF_8)))
                    .orElseGet(() -> forms.wrong(
                            visit,
                            refusal(
                                    visit,
                                    404,
                                    visit.say("import.noexport", name, String.join(", ", RegistryExports.NAMES)),
                                    "/registry/import")));
        } catch (DateTimeException _) {
            return forms.wrong(visit, refusal(visit, 400, visit.say("trouble.dayunreadable"), "/registry/import"));
        } catch (DatabaseOutage outage) {
            return forms.wrong(visit, refusal(visit, 503, outage.words(), "/status"));
        }
    }

    // ---- answering

    private ResponseEntity<byte[]> asActor(HttpServletRequest request, Deed deed) {
        Optional<Registry> registry = services.registry().get();
        return forms.ofActor(request, registry.isPresent(), BACK, (visit, actor) -> {
            try {
                return deed.done(registry.orElseThrow(), visit, actor);
            } catch (TroubleException e) {
                return forms.wrong(visit, e.trouble());
            } catch (DatabaseOutage outage) {
                return forms.wrong(visit, refusal(visit, 503, outage.words(), "/registry"));
            }
        });
    }

    private static Trouble refused(Visit visit, List<Problem> problems, String back) {
        Problem first = problems.getFirst();
        boolean isForbidden = FORBIDDEN.contains(first.reason());
        int status = isForbidden ? 403 : first.reason() == Reason.CHANGE_UNKNOWN ? 404 : 409;
        return new Trouble(
                status,
                EnumWord.of(first.reason()),
                visit.say("trouble.refused"),
                first.text(Locale.of(visit.language().tag())),
                "",
                visit.say("trouble.back"),
                visit.link(back));
    }

    private static Trouble refusal(Visit visit, int status, String words, String back) {
        return new Trouble(
                status,
                "refused",
                visit.say("trouble.refused"),
                words,
                "",
                visit.say("trouble.back"),
                visit.link(back));
    }
}
