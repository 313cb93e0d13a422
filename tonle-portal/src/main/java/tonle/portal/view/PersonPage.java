// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.Arrays;
import java.util.List;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.registry.people.Account;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;

/** One person: which roles, and what an administrator may do about it. */
public final class PersonPage {
    private PersonPage() {}

    /** What the template shows beside the table. */
    public record Body(
            Account account,
            List<Role> grantable,
            boolean mayGrant,
            boolean mayRevoke,
            boolean mayInvite,
            boolean isSelf) {}

    static Page page(Visit visit, String pseudonym) {
        visit.knows("done");
        Actor actor = visit.actor();
        Account account = visit.done(visit.people().accounts().show(actor, pseudonym));
        Role.Side side = account.operator().isPresent() ? Role.Side.OPERATOR : Role.Side.GATEWAY;
        Body body = new Body(
                account,
                Arrays.stream(Role.values())
                        .filter(r -> r.side() == side && !account.roles().contains(r))
                        .toList(),
                actor.may(Right.MAY_GRANT_ROLE),
                actor.may(Right.MAY_REVOKE_ROLE),
                actor.may(Right.MAY_INVITE_PERSON),
                pseudonym.equals(actor.pseudonym()));
        List<Table.Row> rows = account.roles().stream()
                .map(r -> Table.Row.of(
                        Cell.text(r.key()),
                        Cell.text(visit.say("role." + r.key())),
                        Cell.text(String.join(
                                ", ",
                                r.rights().stream()
                                        .map(right -> visit.say("right." + right.key()))
                                        .toList()))))
                .toList();
        Table roles = Table.of(
                "roles",
                visit.say("column.roles"),
                List.of(
                        Column.chief("role", visit.say("column.role"), Kind.ID),
                        Column.chief("words", visit.say("column.words"), Kind.TEXT),
                        Column.of("rights", visit.say("account.rights"), Kind.TEXT)),
                rows,
                visit.say("person.noroles"));
        return Page.of(
                        "people",
                        account.name(),
                        visit.say(
                                "person.sentence",
                                account.pseudonym(),
                                visit.say("state." + account.state().key())),
                        List.of(roles),
                        body)
                .drawnBy("person")
                .under(visit.say("page.people"), visit.link("/people"));
    }
}
