// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tonle.database.Scope;
import tonle.portal.PortalServices;
import tonle.portal.view.Document;
import tonle.portal.view.ProposeRulePage;
import tonle.portal.view.RulePage;
import tonle.portal.view.Trouble;
import tonle.portal.view.Visit;
import tonle.registry.rights.Actor;
import tonle.registry.rule.Rule;
import tonle.registry.rule.RuleDraft;
import tonle.registry.rule.RuleOutcome;
import tonle.registry.rule.RuleReason;
import tonle.registry.rule.RuleText;
import tonle.registry.rule.RuleVersion;
import tonle.registry.rule.Rules;

/** The forms of rules: everybody's comments, and what those with a right do with a version. */
@RestController
final class RuleController {
    private static final Forms.Way BACK = new Forms.Way("page.rules", "/rules");

    private final PortalServices services;
    private final Forms forms;
    private final Turnstile turnstile;

    RuleController(PortalServices services, Forms forms, Turnstile turnstile) {
        this.services = services;
        this.forms = forms;
        this.turnstile = turnstile;
    }

    private boolean isServed() {
        return services.registry().get().isPresent();
    }

    private Rules rules() {
        return services.registry().get().orElseThrow().rules();
    }

    /** The words of a version in the octets that its digest is of: to compare with the public log. */
    @GetMapping("/rules/{rule}/{version}/document")
    ResponseEntity<byte[]> document(@PathVariable String rule, @PathVariable String version) {
        Optional<RuleVersion> found = isServed() ? found(rule, version) : Optional.empty();
        return found.map(each -> ResponseEntity.ok()
                        .header("Content-Type", Document.TEXT)
                        .body(each.text().octets()))
                .orElseGet(() -> ResponseEntity.status(404)
                        .header("Content-Type", Document.TEXT)
                        .body("There is no such version of a rule.\n".getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<RuleVersion> found(String word, String number) {
        return number.matches("[0-9]{1,5}")
                ? Rule.of(word).flatMap(rule -> rules().find(Scope.stranger(), rule, Integer.parseInt(number)))
                : Optional.empty();
    }

    @PostMapping("/rules/propose")
    ResponseEntity<byte[]> propose(HttpServletRequest request) {
        return forms.ofActor(request, isServed(), BACK, (visit, actor) -> {
            Optional<Rule> rule = Rule.of(parameter(request, "rule"));
            if (rule.isEmpty()) {
                return forms.wrong(visit, visit.foreignForm(BACK.words(), BACK.path()));
            }
            ProposeRulePage.Typed typed = new ProposeRulePage.Typed(
                    rule.get(),
                    new RuleText(
                            parameter(request, "title-en").strip(),
                            parameter(request, "title-km").strip(),
                            text(request, "text-en"),
                            text(request, "text-km")),
                    parameter(request, "grounds").strip(),
                    parameter(request, "loosens").equals("yes"),
                    parameter(request, "day"));
            Optional<LocalDate> day = day(typed.day());
            RuleOutcome outcome = day.isEmpty()
                    ? new RuleOutcome.Refused(RuleReason.DAY, typed.day())
                    : rules().propose(
                                    actor,
                                    new RuleDraft(
                                            rule.get(), typed.text(), typed.grounds(), typed.loosens(), day.get()));
            return switch (outcome) {
                case RuleOutcome.Done(RuleVersion version) -> done(visit, version);
                case RuleOutcome.NotAllowed(var missing) -> forms.wrong(visit, visit.notAllowed(missing));
                case RuleOutcome.Refused refused ->
                    forms.page(422, visit, ProposeRulePage.again(visit, typed, RulePage.words(visit, refused)));
            };
        });
    }

    @PostMapping("/rules/{rule}/{version}/comment")
    ResponseEntity<byte[]> comment(
            HttpServletRequest request, @PathVariable String rule, @PathVariable String version) {
        return forms.own(request, isServed(), BACK, visit -> {
            if (!turnstile.passes(request.getRemoteAddr())) {
                return forms.wrong(
                        visit,
                        new Trouble(
                                429,
                                "too-many",
                                visit.say("rule.toomany"),
                                visit.say("rule.toomany.detail"),
                                "",
                                visit.say("page.rules"),
                                visit.link("/rules")));
            }
            String words = text(request, "words");
            return about(
                    visit,
                    rule,
                    version,
                    words,
                    found -> rules().comment(visit.visitor().actor(), found.rule(), found.version(), words));
        });
    }

    @PostMapping("/rules/{rule}/{version}/{act}")
    ResponseEntity<byte[]> act(
            HttpServletRequest request,
            @PathVariable String rule,
            @PathVariable String version,
            @PathVariable String act,
            @RequestParam(defaultValue = "0") String days) {
        return forms.ofActor(request, isServed(), BACK, (visit, actor) -> {
            String words = text(request, "words");
            return about(visit, rule, version, words, found -> switch (act) {
                case "open" -> open(actor, found, days);
                case "answer" -> rules().answer(actor, found.rule(), found.version(), words);
                case "approve" -> rules().approve(actor, found.rule(), found.version());
                case "withdraw" -> rules().withdraw(actor, found.rule(), found.version(), words);
                default -> new RuleOutcome.Refused(RuleReason.UNKNOWN, act);
            });
        });
    }

    private RuleOutcome open(Actor actor, RuleVersion found, String days) {
        return days.matches("[0-9]{1,4}")
                ? rules().open(actor, found.rule(), found.version(), Integer.parseInt(days))
                : new RuleOutcome.Refused(RuleReason.WINDOW, String.valueOf(Rules.WINDOW_DAYS_MIN));
    }

    private interface Deed {
        RuleOutcome done(RuleVersion found);
    }

    private ResponseEntity<byte[]> about(Visit visit, String word, String number, String typed, Deed deed) {
        Optional<RuleVersion> found = found(word, number);
        if (found.isEmpty()) {
            return forms.wrong(visit, visit.foreignForm(BACK.words(), BACK.path()));
        }
        return switch (deed.done(found.get())) {
            case RuleOutcome.Done(RuleVersion version) -> done(visit, version);
            case RuleOutcome.NotAllowed(var missing) -> forms.wrong(visit, visit.notAllowed(missing));
            case RuleOutcome.Refused refused ->
                forms.page(
                        refused.reason() == RuleReason.SAME_PERSON ? 403 : 422,
                        visit,
                        RulePage.again(visit, found.get(), RulePage.words(visit, refused), typed));
        };
    }

    private static ResponseEntity<byte[]> done(Visit visit, RuleVersion version) {
        return Forms.seeOther(visit.link("/rules/" + version.rule().word() + "/" + version.version(), "done", "yes"));
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /** Forms send lines with CR LF (HTML, section 4.10.21); ours end with LF. */
    private static String text(HttpServletRequest request, String name) {
        return parameter(request, name).replace("\r\n", "\n").strip();
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
