// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.Base64;
import java.util.List;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.registry.people.Account;
import tonle.registry.people.OwnAccount;
import tonle.registry.rights.Right;

/** The own account: what is kept of me, what may I do, where am I signed in? */
public final class AccountPage {
    private AccountPage() {}

    /** A row that has a button. */
    public record Row(String key, String words, boolean isHere) {}

    /** What the template shows beside the tables. */
    public record Body(
            Account account,
            List<String> roles,
            List<String> rights,
            List<Right> tokenRights,
            List<Row> passkeys,
            List<Row> sessions,
            List<Row> tokens,
            byte[] handle,
            boolean isBrowser) {}

    static Page page(Visit visit) {
        visit.knows("done");
        OwnAccount own = visit.people().ownAccount();
        if (visit.visitor().session().isEmpty() && visit.visitor().actor().isPresent()) {
            return program(visit);
        }
        OwnAccount.View view = own.view(visit.actor(), visit.people().keys());
        String here = visit.visitor().session().map(s -> s.id()).orElse("");
        Body body = new Body(
                view.account(),
                view.account().roles().stream()
                        .map(r -> visit.say("role." + r.key()))
                        .toList(),
                visit.actor().rights().stream()
                        .map(r -> visit.say("right." + r.key()))
                        .toList(),
                List.copyOf(visit.actor().rights()),
                view.passkeys().stream()
                        .map(k -> new Row(
                                Base64.getUrlEncoder().withoutPadding().encodeToString(k.credentialId()),
                                k.label(),
                                false))
                        .toList(),
                view.sessions().stream()
                        .map(s -> new Row(
                                s.id(),
                                visit.say("method." + s.method().key()) + ", "
                                        + visit.time(s.madeAt().getEpochSecond()),
                                s.id().equals(here)))
                        .toList(),
                view.tokens().stream()
                        .map(t -> new Row(
                                t.id(),
                                t.label() + " (" + t.id() + "), "
                                        + visit.say(
                                                "account.until",
                                                visit.time(t.expiresAt().getEpochSecond())),
                                false))
                        .toList(),
                own.handle(visit.actor()),
                true);
        return Page.of(
                "account",
                visit.say("page.account"),
                visit.say(
                        "account.sentence",
                        view.account().name(),
                        view.account().pseudonym()),
                List.of(rights(visit)),
                body);
    }

    /** A program has rights and nothing else to see here. */
    private static Page program(Visit visit) {
        return Page.of(
                "account",
                visit.say("page.account"),
                visit.say(
                        "account.sentence",
                        visit.actor().displayName(),
                        visit.actor().pseudonym()),
                List.of(rights(visit)),
                "");
    }

    private static Table rights(Visit visit) {
        List<Table.Row> rows = visit.actor().rights().stream()
                .map(r -> Table.Row.of(Cell.text(r.key()), Cell.text(visit.say("right." + r.key()))))
                .toList();
        return Table.of(
                "rights",
                visit.say("account.rights"),
                List.of(
                        Column.chief("right", visit.say("column.right"), Kind.ID),
                        Column.chief("words", visit.say("column.words"), Kind.TEXT)),
                rows,
                visit.say("account.norights"));
    }
}
