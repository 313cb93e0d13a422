// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.power.Clock;
import tonle.database.Work;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Permission;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;

/**
 * Acts that take two people: one proposes, another confirms, and only then they happen, in the confirming unit. The
 * rules stand here and once more as constraints of the table, so that a page or service that forgot to ask cannot pass
 * one.
 *
 * <pre>
 *            propose (A)            confirm (B, not A, not the subject, within 14 days)
 *   nothing ───────────▶ open ─────────────────────────────────▶ confirmed: it happens
 *                         │ refuse (B)           ▶ refused
 *                         │ withdraw (A)         ▶ withdrawn
 * </pre>
 */
public final class TwoPerson {
    public static final Duration OPEN_DURATION = Duration.ofDays(14);

    private final Work work;
    private final Clock clock;
    private final AuditTrail trail;
    private final OneTimeLinks links;
    private final Map<String, ClosedList> lists;

    TwoPerson(Work work, Clock clock, AuditTrail trail, OneTimeLinks links, List<ClosedList> lists) {
        this.work = work;
        this.clock = clock;
        this.trail = trail;
        this.links = links;
        this.lists = lists.stream().collect(Collectors.toMap(ClosedList::name, Function.identity()));
    }

    /**
     * What a confirmed proposal led to.
     *
     * @param link of a recovery, to be handed to the person; shown this once
     */
    public record Confirmed(Proposal proposal, Optional<Secret> link) {}

    /** The right to propose an act of that kind. */
    static Right rightToPropose(Proposal.Kind kind) {
        return switch (kind) {
            case GRANT_ROLE -> Right.MAY_GRANT_ROLE;
            case RECOVER_PASSKEY, RESTORE_ACCOUNT -> Right.MAY_INVITE_PERSON;
            case DELETE_ACCOUNT -> Right.MAY_REVOKE_ROLE;
            case CHANGE_CLOSED_LIST -> Right.MAY_PROPOSE_CLOSED_LIST;
        };
    }

    /** Proposes an act on an account. Everybody may propose to delete the own account. */
    public Outcome<String> propose(Actor actor, Proposal.Kind kind, String pseudonym, String reason) {
        boolean isOwnEnd = kind == Proposal.Kind.DELETE_ACCOUNT && pseudonym.equals(actor.pseudonym());
        if (!isOwnEnd && actor.must(rightToPropose(kind)) instanceof Permission.Missing missing) {
            return new Outcome.NotAllowed<>(missing);
        }
        return Names.reason(reason)
                .then(tidy -> WholeUnit.in(work, actor.scope(), unit -> {
                    Optional<Account> account = AccountRows.find(unit, pseudonym);
                    if (account.isEmpty()) {
                        return Outcome.refused(Reason.ACCOUNT_UNKNOWN, pseudonym);
                    }
                    boolean fits = switch (kind) {
                        case RECOVER_PASSKEY -> account.get().state() == Account.State.ACTIVE;
                        case RESTORE_ACCOUNT -> account.get().state() == Account.State.SUSPENDED;
                        case DELETE_ACCOUNT -> true;
                        case GRANT_ROLE, CHANGE_CLOSED_LIST -> false;
                    };
                    return fits
                            ? open(unit, actor, kind, pseudonym, "", tidy)
                            : Outcome.refused(
                                    Reason.ACCOUNT_STATE, account.get().state().key());
                }));
    }

    /** Proposes another content of a closed list. */
    public Outcome<String> proposeList(Actor actor, String list, String content, String reason) {
        return Outcome.asking(
                actor,
                Right.MAY_PROPOSE_CLOSED_LIST,
                () -> lists.containsKey(list)
                        ? Names.reason(reason)
                                .then(tidy -> WholeUnit.in(
                                        work,
                                        actor.scope(),
                                        unit -> open(
                                                unit, actor, Proposal.Kind.CHANGE_CLOSED_LIST, list, content, tidy)))
                        : Outcome.refused(Reason.PROPOSAL_UNKNOWN, list));
    }

    /** In a unit of whoever asked for the right already. */
    Outcome<String> open(
            JdbcClient unit, Actor actor, Proposal.Kind kind, String subject, String detail, String reason) {
        Instant now = now();
        if (ProposalRows.isOpen(unit, kind, subject, detail, now)) {
            return Outcome.refused(Reason.PROPOSAL_OPEN, subject);
        }
        Proposal proposal = new Proposal(
                ProposalRows.nextId(unit, now),
                kind,
                subject,
                detail,
                reason,
                actor.pseudonym(),
                now,
                now.plus(OPEN_DURATION),
                Proposal.State.OPEN,
                Optional.empty());
        ProposalRows.add(unit, proposal);
        trail.record(unit, actor, event("proposed", proposal, reason));
        return Outcome.done(proposal.id());
    }

    /** Open and decided proposals, newest first, for those who may see people. */
    public Outcome<List<Proposal>> list(Actor actor) {
        return Outcome.asking(
                actor, Right.MAY_READ_PEOPLE, () -> Outcome.done(work.read(actor.scope(), ProposalRows::newest)));
    }

    /** Stands as the second person: the act happens now, or nothing does. */
    public Outcome<Confirmed> confirm(Actor actor, String id) {
        return Outcome.asking(
                actor,
                Right.MAY_CONFIRM_AS_SECOND,
                () -> WholeUnit.in(
                        work,
                        actor.scope(),
                        unit -> decidable(unit, actor, id).then(proposal -> {
                            if (proposal.subject().equals(actor.pseudonym())) {
                                return Outcome.refused(Reason.SUBJECT_CONFIRMS, id);
                            }
                            if (proposal.isExpired(now())) {
                                return Outcome.refused(Reason.PROPOSAL_EXPIRED, id);
                            }
                            return stillFits(unit, proposal).then(_ -> {
                                ProposalRows.decide(unit, id, Proposal.State.CONFIRMED, actor.pseudonym(), now());
                                Optional<Secret> link = carryOut(unit, actor, proposal);
                                trail.record(unit, actor, event("confirmed", proposal, ""));
                                return Outcome.done(new Confirmed(proposal, link));
                            });
                        })));
    }

    /** As the second person, against it. */
    public Outcome<Proposal> refuse(Actor actor, String id, String reason) {
        return Outcome.asking(
                actor,
                Right.MAY_CONFIRM_AS_SECOND,
                () -> Names.reason(reason)
                        .then(tidy -> WholeUnit.in(
                                work,
                                actor.scope(),
                                unit -> decidable(unit, actor, id).then(proposal -> {
                                    ProposalRows.decide(unit, id, Proposal.State.REFUSED, actor.pseudonym(), now());
                                    trail.record(unit, actor, event("refused", proposal, tidy));
                                    return Outcome.done(proposal);
                                }))));
    }

    /** Takes the own proposal back. */
    public Outcome<Proposal> withdraw(Actor actor, String id) {
        return WholeUnit.in(
                work,
                actor.scope(),
                unit -> found(unit, id).then(proposal -> {
                    if (!proposal.proposedBy().equals(actor.pseudonym())) {
                        return Outcome.refused(Reason.PROPOSAL_UNKNOWN, id);
                    }
                    ProposalRows.decide(unit, id, Proposal.State.WITHDRAWN, actor.pseudonym(), now());
                    trail.record(unit, actor, event("withdrew", proposal, ""));
                    return Outcome.done(proposal);
                }));
    }

    private static Outcome<Proposal> found(JdbcClient unit, String id) {
        Optional<Proposal> proposal = ProposalRows.find(unit, id);
        if (proposal.isEmpty()) {
            return Outcome.refused(Reason.PROPOSAL_UNKNOWN, id);
        }
        return proposal.get().state() == Proposal.State.OPEN
                ? Outcome.done(proposal.get())
                : Outcome.refused(Reason.PROPOSAL_CLOSED, id);
    }

    private static Outcome<Proposal> decidable(JdbcClient unit, Actor actor, String id) {
        return found(unit, id)
                .then(proposal -> proposal.proposedBy().equals(actor.pseudonym())
                        ? Outcome.refused(Reason.SAME_PERSON, id)
                        : Outcome.done(proposal));
    }

    /** The world may have changed since it was proposed. */
    private Outcome<Proposal> stillFits(JdbcClient unit, Proposal proposal) {
        if (proposal.kind() == Proposal.Kind.CHANGE_CLOSED_LIST) {
            return lists.containsKey(proposal.subject())
                    ? Outcome.done(proposal)
                    : Outcome.refused(Reason.PROPOSAL_UNKNOWN, proposal.subject());
        }
        Optional<Account> account = AccountRows.find(unit, proposal.subject());
        if (account.isEmpty()) {
            return Outcome.refused(Reason.ACCOUNT_UNKNOWN, proposal.subject());
        }
        Account.State state = account.get().state();
        return switch (proposal.kind()) {
            case GRANT_ROLE ->
                account.get().roles().contains(role(proposal))
                        ? Outcome.refused(Reason.ROLE_HELD, proposal.detail())
                        : Outcome.done(proposal);
            case RECOVER_PASSKEY -> fit(state == Account.State.ACTIVE, proposal, state);
            case RESTORE_ACCOUNT -> fit(state == Account.State.SUSPENDED, proposal, state);
            case DELETE_ACCOUNT ->
                account.get().roles().contains(Role.ADMINISTRATOR)
                                && AccountRows.administratorCountWithout(unit, proposal.subject()) == 0
                        ? Outcome.refused(Reason.LAST_ADMINISTRATOR, proposal.subject())
                        : Outcome.done(proposal);
            case CHANGE_CLOSED_LIST -> Outcome.done(proposal);
        };
    }

    private static Outcome<Proposal> fit(boolean fits, Proposal proposal, Account.State state) {
        return fits ? Outcome.done(proposal) : Outcome.refused(Reason.ACCOUNT_STATE, state.key());
    }

    private Optional<Secret> carryOut(JdbcClient unit, Actor actor, Proposal proposal) {
        String subject = proposal.subject();
        switch (proposal.kind()) {
            case GRANT_ROLE ->
                AccountRows.grant(unit, subject, role(proposal), actor.pseudonym(), now(), false, proposal.id());
            case RESTORE_ACCOUNT -> AccountRows.setState(unit, subject, Account.State.ACTIVE, now());
            case DELETE_ACCOUNT -> {
                Account account = AccountRows.find(unit, subject).orElseThrow();
                account.roles().forEach(role -> AccountRows.endGrant(unit, subject, role, actor.pseudonym(), now()));
                AccountRows.delete(unit, subject);
            }
            case CHANGE_CLOSED_LIST -> lists.get(subject).put(unit, proposal.detail());
            case RECOVER_PASSKEY -> {
                return Optional.of(
                        links.make(unit, OneTimeLinks.Kind.RECOVERY, subject, actor.pseudonym(), proposal.id()));
            }
        }
        return Optional.empty();
    }

    private static Role role(Proposal proposal) {
        return Role.ofKey(proposal.detail()).orElseThrow();
    }

    private static AuditEvent event(String verb, Proposal proposal, String reason) {
        String kind = proposal.kind() == Proposal.Kind.CHANGE_CLOSED_LIST ? "closed-list" : "account";
        String after = "{\"proposal\":\"" + proposal.id() + "\""
                + (proposal.kind() == Proposal.Kind.GRANT_ROLE ? ",\"role\":\"" + proposal.detail() + "\"" : "")
                + "}";
        return new AuditEvent(verb + "-" + proposal.kind().key(), kind, proposal.subject(), reason, "", after);
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.unixMillis());
    }
}
