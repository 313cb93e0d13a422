// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tonle.portal.PortalServices;
import tonle.portal.view.Page;
import tonle.portal.view.SignInPage;
import tonle.portal.view.Trouble;
import tonle.portal.view.Visit;
import tonle.portal.view.Visitor;
import tonle.registry.people.Accounts;
import tonle.registry.people.Door;
import tonle.registry.people.Outcome;
import tonle.registry.people.Passkey;
import tonle.registry.people.People;
import tonle.registry.people.Proposal;
import tonle.registry.people.Reason;
import tonle.registry.people.Secret;
import tonle.registry.people.TwoPerson;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;

/**
 * The forms of people: signing in and out, the own account, and what administrators do. Each is a plain form that leads
 * on by 303; the domain decides, this class only carries it.
 */
@RestController
final class StaffController {
    private static final Forms.Way BACK = new Forms.Way("page.sign-in", "/sign-in");

    private final PortalServices services;
    private final Forms forms;
    private final Ceremonies ceremonies;
    private final Turnstile turnstile;

    StaffController(PortalServices services, Forms forms, Ceremonies ceremonies, Turnstile turnstile) {
        this.services = services;
        this.forms = forms;
        this.ceremonies = ceremonies;
        this.turnstile = turnstile;
    }

    /** What a form does once it is known to be ours. */
    private interface Deed {
        ResponseEntity<byte[]> done(People people, Visit visit);
    }

    /** The same for who is signed in. */
    private interface ActorsDeed {
        ResponseEntity<byte[]> done(People people, Visit visit, Actor actor);
    }

    // ---- the door

    @PostMapping("/sign-in")
    ResponseEntity<byte[]> signIn(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String challenge,
            @RequestParam(defaultValue = "") String credential,
            @RequestParam(defaultValue = "/") String next) {
        return atTheDoor(request, (people, visit) -> {
            Optional<Ceremonies.Signed> signed = ceremonies.signed(
                    Shell.SIGN_IN, challenge, credential, people.door()::passkey, Visitors.origin(request));
            Outcome<Door.CameIn> outcome = signed.map(s -> people.door()
                            .signIn(
                                    s.passkey().credentialId(),
                                    s.signCount(),
                                    s.passkey().isBackedUp()))
                    .orElseGet(() -> new Outcome.Refused<>(Reason.SIGN_IN_REFUSED, ""));
            return cameIn(request, visit, outcome, SignInPage.isOwn(next) ? next : "/", "/sign-in");
        });
    }

    @PostMapping("/link/{secret}")
    ResponseEntity<byte[]> register(
            HttpServletRequest request,
            @PathVariable String secret,
            @RequestParam(defaultValue = "") String challenge,
            @RequestParam(defaultValue = "") String credential,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String label) {
        return atTheDoor(request, (people, visit) -> {
            Outcome<Door.CameIn> outcome = people.door()
                    .handleOfLink(secret)
                    .then(handle -> made(Shell.LINK + secret, challenge, credential, handle, label, request))
                    .then(passkey -> people.door().register(secret, passkey, name));
            return cameIn(request, visit, outcome, "/account", "/link/" + secret);
        });
    }

    /** In the demonstration alone; the domain refuses it everywhere else. */
    @PostMapping("/link/{secret}/without-passkey")
    ResponseEntity<byte[]> enter(HttpServletRequest request, @PathVariable String secret) {
        return atTheDoor(
                request,
                (people, visit) -> cameIn(
                        request, visit, people.door().enterWithoutPasskey(secret), "/account", "/link/" + secret));
    }

    private Outcome<Passkey> made(
            String purpose,
            String challenge,
            String credential,
            byte[] handle,
            String label,
            HttpServletRequest request) {
        return ceremonies
                .registered(purpose, challenge, credential, handle, label, Visitors.origin(request))
                .<Outcome<Passkey>>map(Outcome.Done::new)
                .orElseGet(() -> new Outcome.Refused<>(Reason.SIGN_IN_REFUSED, ""));
    }

    /** A new session, in place of whatever the browser had. */
    private ResponseEntity<byte[]> cameIn(
            HttpServletRequest request, Visit visit, Outcome<Door.CameIn> outcome, String next, String back) {
        if (outcome instanceof Outcome.Done<Door.CameIn>(Door.CameIn in)) {
            Visitors.cookie(request).ifPresent(services.people().orElseThrow().door()::end);
            return ResponseEntity.status(303)
                    .header("Location", next)
                    .header(
                            "Set-Cookie",
                            Visitors.setCookie(request, in.secret().text()))
                    .build();
        }
        return refused(visit, outcome, back);
    }

    @PostMapping("/sign-out")
    ResponseEntity<byte[]> signOut(HttpServletRequest request) {
        return form(request, (people, visit) -> {
            Visitors.cookie(request).ifPresent(people.door()::end);
            return ResponseEntity.status(303)
                    .header("Location", visit.link("/sign-in"))
                    .header("Set-Cookie", Visitors.setCookie(request, ""))
                    .build();
        });
    }

    // ---- the own account

    @PostMapping("/account/name")
    ResponseEntity<byte[]> rename(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String language) {
        return act(request, "/account", (people, actor) -> people.ownAccount().rename(actor, name, language));
    }

    @PostMapping("/account/passkeys")
    ResponseEntity<byte[]> addPasskey(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String challenge,
            @RequestParam(defaultValue = "") String credential,
            @RequestParam(defaultValue = "") String label) {
        return act(
                request,
                "/account",
                (people, actor) -> made(
                                Shell.ADD + actor.pseudonym(),
                                challenge,
                                credential,
                                people.ownAccount().handle(actor),
                                label,
                                request)
                        .then(passkey -> people.ownAccount().addPasskey(actor, passkey)));
    }

    @PostMapping("/account/passkeys/remove")
    ResponseEntity<byte[]> removePasskey(HttpServletRequest request, @RequestParam(defaultValue = "") String key) {
        byte[] id;
        try {
            id = Base64.getUrlDecoder().decode(key);
        } catch (IllegalArgumentException _) {
            id = new byte[0];
        }
        byte[] credentialId = id;
        return act(request, "/account", (people, actor) -> people.ownAccount().removePasskey(actor, credentialId));
    }

    @PostMapping("/account/sessions/end")
    ResponseEntity<byte[]> endSession(HttpServletRequest request, @RequestParam(defaultValue = "") String key) {
        return act(request, "/account", (people, actor) -> people.ownAccount().endSession(actor, key));
    }

    @PostMapping("/account/tokens")
    ResponseEntity<byte[]> makeToken(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String label,
            @RequestParam(defaultValue = "") List<String> right,
            @RequestParam(defaultValue = "30") String days) {
        return asActor(request, (people, visit, actor) -> {
            Set<Right> rights = right.stream()
                    .flatMap(key -> Right.ofKey(key).stream())
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Right.class)));
            int count = days.matches("[0-9]{1,4}") ? Integer.parseInt(days) : 0;
            return switch (people.keys().makeToken(actor, label, rights, count)) {
                case Outcome.Done<tonle.registry.people.Keys.Made<tonle.registry.people.ApiToken>>(var made) ->
                    once(visit, "once.token", made.secret(), "/account");
                case Outcome.NotAllowed<?> refusal -> refused(visit, refusal, "/account");
                case Outcome.Refused<?> refusal -> refused(visit, refusal, "/account");
            };
        });
    }

    @PostMapping("/account/tokens/end")
    ResponseEntity<byte[]> endToken(HttpServletRequest request, @RequestParam(defaultValue = "") String key) {
        return act(request, "/account", (people, actor) -> people.keys().endToken(actor, key));
    }

    @PostMapping("/account/delete")
    ResponseEntity<byte[]> deleteOwn(HttpServletRequest request, @RequestParam(defaultValue = "") String reason) {
        return act(
                request,
                "/account",
                (people, actor) ->
                        people.twoPerson().propose(actor, Proposal.Kind.DELETE_ACCOUNT, actor.pseudonym(), reason));
    }

    @GetMapping("/account/export.json")
    ResponseEntity<byte[]> export(HttpServletRequest request) {
        Visit visit = forms.visit(request);
        Visitor visitor = visit.visitor();
        if (services.people().isEmpty() || visitor.session().isEmpty()) {
            return forms.wrong(visit, visit.notSignedIn());
        }
        People people = services.people().get();
        return ResponseEntity.ok()
                .header("Content-Type", "application/json")
                .header("Content-Disposition", "attachment; filename=\"tonle-account.json\"")
                .body(people.ownAccount()
                        .export(visitor.actor().orElseThrow(), people.keys())
                        .getBytes(StandardCharsets.UTF_8));
    }

    // ---- people

    @PostMapping("/people/invite")
    ResponseEntity<byte[]> invite(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "en") String language,
            @RequestParam(defaultValue = "") String operator,
            @RequestParam(defaultValue = "") List<String> role,
            @RequestParam(defaultValue = "") String reason) {
        return asActor(request, (people, visit, actor) -> {
            Set<Role> roles =
                    role.stream().flatMap(key -> Role.ofKey(key).stream()).collect(Collectors.toSet());
            return link(
                    request,
                    visit,
                    people.accounts()
                            .invite(actor, new Accounts.Invitation(name, language, operator, roles, reason))
                            .then(invited -> new Outcome.Done<>(invited.link())),
                    "/people");
        });
    }

    @PostMapping("/people/{pseudonym}/{act}")
    ResponseEntity<byte[]> person(
            HttpServletRequest request,
            @PathVariable String pseudonym,
            @PathVariable String act,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String reason) {
        String back = "/people/" + pseudonym;
        Role chosen = Role.ofKey(role).orElse(null);
        Outcome<Object> unknown = new Outcome.Refused<>(Reason.ROLE_UNKNOWN, role);
        return switch (act) {
            case "invite" ->
                asActor(
                        request,
                        (people, visit, actor) -> link(
                                request,
                                visit,
                                people.accounts()
                                        .inviteAgain(actor, pseudonym)
                                        .then(invited -> new Outcome.Done<>(invited.link())),
                                back));
            case "grant" ->
                act(
                        request,
                        back,
                        (people, actor) ->
                                chosen == null ? unknown : people.accounts().grant(actor, pseudonym, chosen, reason));
            case "end-role" ->
                act(
                        request,
                        back,
                        (people, actor) ->
                                chosen == null ? unknown : people.accounts().endRole(actor, pseudonym, chosen, reason));
            case "suspend" ->
                act(request, back, (people, actor) -> people.accounts().suspend(actor, pseudonym, reason));
            case "restore-account", "recover-passkey", "delete-account" ->
                act(
                        request,
                        "/people",
                        (people, actor) -> people.twoPerson()
                                .propose(
                                        actor,
                                        Arrays.stream(Proposal.Kind.values())
                                                .filter(k -> k.key().equals(act))
                                                .findFirst()
                                                .orElseThrow(),
                                        pseudonym,
                                        reason));
            default -> act(request, back, (_, _) -> unknown);
        };
    }

    @PostMapping("/people/proposals/{id}/{act}")
    ResponseEntity<byte[]> decide(
            HttpServletRequest request,
            @PathVariable String id,
            @PathVariable String act,
            @RequestParam(defaultValue = "") String reason) {
        return asActor(request, (people, visit, actor) -> {
            Outcome<?> outcome = switch (act) {
                case "confirm" -> people.twoPerson().confirm(actor, id);
                case "refuse" -> people.twoPerson().refuse(actor, id, reason);
                case "withdraw" -> people.twoPerson().withdraw(actor, id);
                default -> new Outcome.Refused<>(Reason.PROPOSAL_UNKNOWN, id);
            };
            if (outcome instanceof Outcome.Done<?>(TwoPerson.Confirmed confirmed)
                    && confirmed.link().isPresent()) {
                return link(request, visit, new Outcome.Done<>(confirmed.link().get()), "/people");
            }
            return after(visit, outcome, "/people");
        });
    }

    // ---- how a form is carried

    /** An act of who is signed in, that leads back to a page. */
    private interface Act {
        Outcome<?> done(People people, Actor actor);
    }

    private ResponseEntity<byte[]> act(HttpServletRequest request, String back, Act act) {
        return asActor(request, (people, visit, actor) -> after(visit, act.done(people, actor), back));
    }

    private ResponseEntity<byte[]> after(Visit visit, Outcome<?> outcome, String back) {
        return outcome instanceof Outcome.Done<?>
                ? Forms.seeOther(visit.link(back, "done", "yes"))
                : refused(visit, outcome, back);
    }

    private ResponseEntity<byte[]> asActor(HttpServletRequest request, ActorsDeed deed) {
        return forms.ofActor(
                request,
                services.people().isPresent(),
                BACK,
                (visit, actor) -> deed.done(services.people().orElseThrow(), visit, actor));
    }

    private ResponseEntity<byte[]> atTheDoor(HttpServletRequest request, Deed deed) {
        return form(
                request,
                (people, visit) -> turnstile.passes(request.getRemoteAddr())
                        ? deed.done(people, visit)
                        : forms.wrong(
                                visit,
                                new Trouble(
                                        429,
                                        "too-many-attempts",
                                        visit.say("trouble.many"),
                                        visit.say("trouble.many.detail", Turnstile.ATTEMPTS_A_MINUTE_MAX),
                                        "",
                                        visit.say("page.sign-in"),
                                        visit.link("/sign-in"))));
    }

    private ResponseEntity<byte[]> form(HttpServletRequest request, Deed deed) {
        return forms.own(
                request,
                services.people().isPresent(),
                BACK,
                visit -> deed.done(services.people().orElseThrow(), visit));
    }

    private ResponseEntity<byte[]> refused(Visit visit, Outcome<?> outcome, String back) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> Forms.seeOther(visit.link(back));
            case Outcome.NotAllowed<?>(var missing) -> forms.wrong(visit, visit.notAllowed(missing));
            case Outcome.Refused<?>(Reason reason, String value) ->
                forms.wrong(visit, visit.refused(reason, value, back));
        };
    }

    private ResponseEntity<byte[]> link(HttpServletRequest request, Visit visit, Outcome<Secret> outcome, String back) {
        return outcome instanceof Outcome.Done<Secret>(Secret secret)
                ? once(visit, "once.link", new Secret(Visitors.origin(request) + "/link/" + secret.text()), back)
                : refused(visit, outcome, back);
    }

    /** A secret on a page that answers the form itself: in no address, and gone when the page is left. */
    private ResponseEntity<byte[]> once(Visit visit, String sentence, Secret secret, String back) {
        Page page = Page.shownOnce(visit.say("page.once"), visit.say(sentence), secret.text(), visit.link(back));
        return forms.page(200, visit, page);
    }
}
