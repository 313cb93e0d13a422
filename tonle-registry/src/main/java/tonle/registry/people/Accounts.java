// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.power.Clock;
import tonle.database.Work;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;

/** What administrators do with accounts: invite, grant, end, suspend. Each act is in the audit, by pseudonym. */
public final class Accounts {
    /** A gateway and its operators have some hundreds of people; all of them fit on a page. */
    public static final int ACCOUNTS_MAX = 2_000;

    private final Work work;
    private final Clock clock;
    private final AuditTrail trail;
    private final OneTimeLinks links;
    private final TwoPerson twoPerson;
    private final Predicate<String> isOperator;

    Accounts(
            Work work,
            Clock clock,
            AuditTrail trail,
            OneTimeLinks links,
            TwoPerson twoPerson,
            Predicate<String> isOperator) {
        this.work = work;
        this.clock = clock;
        this.trail = trail;
        this.links = links;
        this.twoPerson = twoPerson;
        this.isOperator = isOperator;
    }

    /**
     * Somebody to be let in.
     *
     * @param operator whose person it is, or empty text for the gateway's own
     */
    public record Invitation(String name, String language, String operator, Set<Role> roles, String reason) {
        public Invitation {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * A new account.
     *
     * @param link to be handed to the person; shown this once
     * @param proposals ids of what waits for a second person
     */
    public record Invited(Account account, Secret link, List<String> proposals) {}

    /** What became of a grant. */
    public sealed interface Granted {
        record AtOnce() implements Granted {}

        /** It waits for a second person. */
        record Proposed(String id) implements Granted {}
    }

    /** All accounts. A privileged reading: the audit has it. */
    public Outcome<List<Account>> list(Actor actor) {
        return Outcome.asking(
                actor,
                Right.MAY_READ_PEOPLE,
                () -> WholeUnit.in(work, actor.scope(), unit -> {
                    List<Account> accounts = AccountRows.all(unit);
                    trail.record(unit, actor, AuditEvent.read("account", "all", ""));
                    return Outcome.done(accounts);
                }));
    }

    /** One account. A privileged reading. */
    public Outcome<Account> show(Actor actor, String pseudonym) {
        return Outcome.asking(
                actor,
                Right.MAY_READ_PEOPLE,
                () -> WholeUnit.in(
                        work,
                        actor.scope(),
                        unit -> known(unit, pseudonym).then(account -> {
                            trail.record(unit, actor, AuditEvent.read("account", pseudonym, ""));
                            return Outcome.done(account);
                        })));
    }

    /** Names for the pseudonyms of a page, as long as their accounts are there: for those who may see people. */
    public java.util.Map<String, String> names(Actor actor) {
        return actor.may(Right.MAY_READ_PEOPLE) || actor.may(Right.MAY_READ_AUDIT)
                ? work.read(actor.scope(), AccountRows::all).stream()
                        .collect(Collectors.toMap(Account::pseudonym, Account::name))
                : java.util.Map.of();
    }

    public Outcome<Invited> invite(Actor actor, Invitation invitation) {
        return Outcome.asking(
                actor,
                Right.MAY_INVITE_PERSON,
                () -> Names.name(invitation.name())
                        .then(name -> Names.reason(invitation.reason())
                                .then(reason -> WholeUnit.in(
                                        work, actor.scope(), unit -> invited(unit, actor, invitation, name, reason)))));
    }

    private Outcome<Invited> invited(JdbcClient unit, Actor actor, Invitation invitation, String name, String reason) {
        Optional<String> operator = Optional.of(invitation.operator().strip()).filter(o -> !o.isEmpty());
        if (operator.isPresent() && !isOperator.test(operator.get())) {
            return Outcome.refused(Reason.OPERATOR_UNKNOWN, operator.get());
        }
        if (AccountRows.isNameTaken(unit, Names.key(name), "")) {
            return Outcome.refused(Reason.NAME_TAKEN, name);
        }
        if (AccountRows.count(unit) >= ACCOUNTS_MAX) {
            return Outcome.refused(Reason.NAME_TAKEN, ACCOUNTS_MAX);
        }
        Account account = new Account(
                Secret.pseudonym('p'),
                name,
                invitation.language().equals("km") ? "km" : "en",
                operator,
                Account.State.INVITED,
                List.of(),
                now());
        AccountRows.add(unit, account);
        Secret link = links.make(unit, OneTimeLinks.Kind.INVITATION, account.pseudonym(), actor.pseudonym(), "");
        trail.record(unit, actor, AuditEvent.of("invited-person", "account", account.pseudonym(), reason));
        List<String> proposals = new ArrayList<>();
        for (Role role : invitation.roles().stream().sorted().toList()) {
            Outcome<Granted> granted = granted(unit, actor, account, role, reason);
            switch (granted) {
                case Outcome.Done<Granted>(Granted.Proposed(String id)) -> proposals.add(id);
                case Outcome.Done<Granted>(Granted.AtOnce _) -> {}
                case Outcome.NotAllowed<Granted> _, Outcome.Refused<Granted> _ -> {
                    return granted.then(_ -> Outcome.refused(Reason.ROLE_UNKNOWN, role.key()));
                }
            }
        }
        return Outcome.done(
                new Invited(AccountRows.find(unit, account.pseudonym()).orElseThrow(), link, proposals));
    }

    /** A new link for somebody who was invited and has not come; the old one opens nothing any more. */
    public Outcome<Invited> inviteAgain(Actor actor, String pseudonym) {
        return Outcome.asking(
                actor,
                Right.MAY_INVITE_PERSON,
                () -> WholeUnit.in(
                        work,
                        actor.scope(),
                        unit -> known(unit, pseudonym).then(account -> {
                            if (account.state() != Account.State.INVITED) {
                                return Outcome.refused(
                                        Reason.ACCOUNT_STATE, account.state().key());
                            }
                            Secret link =
                                    links.make(unit, OneTimeLinks.Kind.INVITATION, pseudonym, actor.pseudonym(), "");
                            trail.record(unit, actor, AuditEvent.of("invited-again", "account", pseudonym, ""));
                            return Outcome.done(new Invited(account, link, List.of()));
                        })));
    }

    /** Grants a role; a guarded one is proposed, and happens when a second person confirms. */
    public Outcome<Granted> grant(Actor actor, String pseudonym, Role role, String reason) {
        return Outcome.asking(
                actor,
                Right.MAY_GRANT_ROLE,
                () -> Names.reason(reason)
                        .then(tidy -> WholeUnit.in(
                                work,
                                actor.scope(),
                                unit -> known(unit, pseudonym)
                                        .then(account -> granted(unit, actor, account, role, tidy)))));
    }

    private Outcome<Granted> granted(JdbcClient unit, Actor actor, Account account, Role role, String reason) {
        if (!actor.may(Right.MAY_GRANT_ROLE)) {
            return new Outcome.NotAllowed<>(new tonle.registry.rights.Permission.Missing(
                    Right.MAY_GRANT_ROLE, Role.holding(Right.MAY_GRANT_ROLE)));
        }
        String pseudonym = account.pseudonym();
        if (pseudonym.equals(actor.pseudonym())) {
            return Outcome.refused(Reason.OWN_ACCOUNT, role.key());
        }
        if ((role.side() == Role.Side.OPERATOR) != account.operator().isPresent()) {
            return Outcome.refused(Reason.ROLE_OF_OTHER_SIDE, role.key());
        }
        if (account.roles().contains(role)) {
            return Outcome.refused(Reason.ROLE_HELD, role.key());
        }
        // Nobody is there yet who could confirm the second administrator.
        boolean isFounding = role == Role.ADMINISTRATOR && AccountRows.foundingCount(unit) < 2;
        if (role.isGuarded() && !isFounding) {
            return twoPerson
                    .open(unit, actor, Proposal.Kind.GRANT_ROLE, pseudonym, role.key(), reason)
                    .then(id -> Outcome.done(new Granted.Proposed(id)));
        }
        AccountRows.grant(unit, pseudonym, role, actor.pseudonym(), now(), isFounding, "");
        trail.record(unit, actor, roleEvent("granted-role", account, role, reason, true));
        return Outcome.done(new Granted.AtOnce());
    }

    /** Ends a role of another person, at once. */
    public Outcome<Account> endRole(Actor actor, String pseudonym, Role role, String reason) {
        return Outcome.asking(
                actor,
                Right.MAY_REVOKE_ROLE,
                () -> Names.reason(reason)
                        .then(tidy -> WholeUnit.in(
                                work,
                                actor.scope(),
                                unit -> known(unit, pseudonym).then(account -> {
                                    if (!account.roles().contains(role)) {
                                        return Outcome.refused(Reason.ROLE_NOT_HELD, role.key());
                                    }
                                    return dispensable(unit, actor, account, role == Role.ADMINISTRATOR)
                                            .then(_ -> {
                                                AccountRows.endGrant(unit, pseudonym, role, actor.pseudonym(), now());
                                                trail.record(
                                                        unit,
                                                        actor,
                                                        roleEvent("ended-role", account, role, tidy, false));
                                                return known(unit, pseudonym);
                                            });
                                }))));
    }

    /** Suspends an account: its sessions end now, and its roles give nothing. Restoring takes two people. */
    public Outcome<Account> suspend(Actor actor, String pseudonym, String reason) {
        return Outcome.asking(
                actor,
                Right.MAY_REVOKE_ROLE,
                () -> Names.reason(reason)
                        .then(tidy -> WholeUnit.in(
                                work,
                                actor.scope(),
                                unit -> known(unit, pseudonym).then(account -> {
                                    if (account.state() == Account.State.SUSPENDED) {
                                        return Outcome.refused(
                                                Reason.ACCOUNT_STATE,
                                                account.state().key());
                                    }
                                    return dispensable(
                                                    unit,
                                                    actor,
                                                    account,
                                                    account.roles().contains(Role.ADMINISTRATOR))
                                            .then(_ -> {
                                                AccountRows.setState(unit, pseudonym, Account.State.SUSPENDED, now());
                                                SessionRows.endAll(unit, pseudonym);
                                                trail.record(
                                                        unit,
                                                        actor,
                                                        new AuditEvent(
                                                                "suspended-account",
                                                                "account",
                                                                pseudonym,
                                                                tidy,
                                                                "{\"state\":\""
                                                                        + account.state()
                                                                                .key() + "\"}",
                                                                "{\"state\":\"suspended\"}"));
                                                return known(unit, pseudonym);
                                            });
                                }))));
    }

    /** Nobody ends the own roles, and the last administrator who can sign in stays. */
    private static Outcome<Account> dispensable(
            JdbcClient unit, Actor actor, Account account, boolean endsAdministrator) {
        if (account.pseudonym().equals(actor.pseudonym())) {
            return Outcome.refused(Reason.OWN_ACCOUNT, "");
        }
        return endsAdministrator && AccountRows.administratorCountWithout(unit, account.pseudonym()) == 0
                ? Outcome.refused(Reason.LAST_ADMINISTRATOR, account.pseudonym())
                : Outcome.done(account);
    }

    private static AuditEvent roleEvent(String act, Account account, Role role, String reason, boolean isHeldAfter) {
        String held = "{\"roles\":[" + quoted(account.roles(), role, !isHeldAfter) + "]}";
        String next = "{\"roles\":[" + quoted(account.roles(), role, isHeldAfter) + "]}";
        return new AuditEvent(act, "account", account.pseudonym(), reason, held, next);
    }

    private static String quoted(List<Role> roles, Role changed, boolean isWith) {
        List<Role> all = new ArrayList<>(roles);
        all.remove(changed);
        if (isWith) {
            all.add(changed);
        }
        return all.stream().sorted().map(r -> "\"" + r.key() + "\"").collect(Collectors.joining(","));
    }

    private static Outcome<Account> known(JdbcClient unit, String pseudonym) {
        return AccountRows.find(unit, pseudonym)
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(Reason.ACCOUNT_UNKNOWN, pseudonym));
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.unixMillis());
    }
}
