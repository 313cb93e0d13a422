// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.registry.people.Account;
import tonle.registry.people.Proposal;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;

/** People: who may come in, what waits for a second person? */
public final class PeoplePage {
    private PeoplePage() {}

    /** An open proposal with what this visitor may do to it. */
    public record Open(
            String id, String words, String reason, String by, String until, boolean isOwn, boolean mayDecide) {}

    /** What the template shows beside the tables. */
    public record Body(List<Open> open, boolean mayInvite, List<Role> roles) {}

    static Page page(Visit visit) {
        visit.knows("done");
        Actor actor = visit.actor();
        List<Account> accounts = visit.done(visit.people().accounts().list(actor));
        List<Proposal> proposals = visit.done(visit.people().twoPerson().list(actor));
        Map<String, String> names = accounts.stream().collect(Collectors.toMap(Account::pseudonym, Account::name));
        List<Open> open = proposals.stream()
                .filter(p -> p.state() == Proposal.State.OPEN)
                .map(p -> open(visit, p, names))
                .toList();
        return Page.of(
                "people",
                visit.say("page.people"),
                visit.say("people.sentence", accounts.size(), open.size()),
                List.of(accounts(visit, accounts), proposals(visit, proposals)),
                new Body(open, actor.may(Right.MAY_INVITE_PERSON), List.of(Role.values())));
    }

    private static Open open(Visit visit, Proposal proposal, Map<String, String> names) {
        Actor actor = visit.actor();
        boolean isOwn = proposal.proposedBy().equals(actor.pseudonym());
        return new Open(
                proposal.id(),
                visit.say(
                        "proposal." + proposal.kind().key(),
                        names.getOrDefault(proposal.subject(), proposal.subject()),
                        Role.ofKey(proposal.detail())
                                .map(r -> visit.say("role." + r.key()))
                                .orElse("")),
                proposal.reason(),
                names.getOrDefault(proposal.proposedBy(), proposal.proposedBy()),
                visit.time(proposal.expiresAt().getEpochSecond()),
                isOwn,
                !isOwn
                        && actor.may(Right.MAY_CONFIRM_AS_SECOND)
                        && !proposal.subject().equals(actor.pseudonym()));
    }

    private static Table accounts(Visit visit, List<Account> accounts) {
        List<Table.Row> rows = accounts.stream()
                .map(a -> Table.Row.of(
                        Cell.text(a.name()).opens(visit.link("/people/" + a.pseudonym())),
                        Cell.text(a.pseudonym()),
                        Cell.text(a.operator().orElse("")),
                        Cell.named(
                                        a.state().key(),
                                        visit.say("state." + a.state().key()))
                                .toned(a.state() == Account.State.SUSPENDED ? Tone.BAD : Tone.PLAIN),
                        Cell.named(
                                a.roles().stream().map(Role::key).collect(Collectors.joining(" ")),
                                a.roles().stream()
                                        .map(r -> visit.say("role." + r.key()))
                                        .collect(Collectors.joining(", ")))))
                .toList();
        return Table.of(
                "accounts",
                visit.say("people.accounts"),
                List.of(
                        Column.chief("name", visit.say("column.name"), Kind.TEXT),
                        Column.of("pseudonym", visit.say("column.pseudonym"), Kind.ID),
                        Column.of("operator", visit.say("column.operator"), Kind.ID),
                        Column.chief("state", visit.say("column.state"), Kind.TEXT),
                        Column.of("roles", visit.say("column.roles"), Kind.TEXT)),
                rows,
                "");
    }

    private static Table proposals(Visit visit, List<Proposal> proposals) {
        List<Table.Row> rows = proposals.stream()
                .map(p -> Table.Row.of(
                        Cell.text(p.id()),
                        Cell.text(p.kind().key()),
                        Cell.text(p.subject()),
                        Cell.text(p.kind() == Proposal.Kind.CHANGE_CLOSED_LIST ? "" : p.detail()),
                        Cell.text(p.proposedBy()),
                        Cell.text(p.decidedBy().orElse("")),
                        Cell.named(
                                p.state().key(), visit.say("state." + p.state().key()))))
                .toList();
        return Table.of(
                "proposals",
                visit.say("people.proposals"),
                List.of(
                        Column.chief("id", visit.say("column.id"), Kind.ID),
                        Column.of("act", visit.say("column.act"), Kind.ID),
                        Column.of("subject", visit.say("column.on"), Kind.ID),
                        Column.of("detail", visit.say("column.detail"), Kind.ID),
                        Column.of("proposedBy", visit.say("column.proposedby"), Kind.ID),
                        Column.of("decidedBy", visit.say("column.decidedby"), Kind.ID),
                        Column.chief("state", visit.say("column.state"), Kind.TEXT)),
                rows,
                visit.say("people.noproposals"));
    }
}
