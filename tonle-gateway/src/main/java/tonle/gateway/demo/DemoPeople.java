// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tonle.registry.people.Account;
import tonle.registry.people.Accounts;
import tonle.registry.people.Outcome;
import tonle.registry.people.People;
import tonle.registry.people.Proposal;
import tonle.registry.people.Secret;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;

/**
 * Somebody for each role of the demonstration country. They come by the same ways as everybody: invited by the first
 * administrator, guarded roles confirmed by the second, and where somebody has been here before, a new link by two.
 */
public final class DemoPeople {
    /** Who only reads the list of accounts, to find those that are there. */
    private static final Actor READER =
            Actor.person("p-demo-demo", "Demonstration", List.of(Role.ADMINISTRATOR), Optional.empty());

    private static final String REASON = "demonstration";

    private DemoPeople() {}

    /** A link that opens once. */
    public record DemoLink(String role, String secret) {}

    private enum Person {
        DARA(Role.ADMINISTRATOR, ""),
        SOPHEA(Role.ADMINISTRATOR, ""),
        CHAN(Role.REGISTRAR, ""),
        MONY(Role.LICENSING_OFFICER, ""),
        BOPHA(Role.REVENUE_OFFICER, ""),
        VISAL(Role.ENGINEER, ""),
        RITHY(Role.ANALYST, ""),
        KUNTHEA(Role.LEGAL_REVIEWER, ""),
        SAMNANG(Role.APPROVER, ""),
        LEAK(Role.AUDITOR, ""),
        PISEY(Role.OPERATOR_ENGINEER, "lotus"),
        SOK(Role.OPERATOR_CLERK, "lotus"),
        NARY(Role.WITNESS, "");

        private final Role role;
        private final String operator;

        Person(Role role, String operator) {
            this.role = role;
            this.operator = operator;
        }

        String shown() {
            return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
        }

        /** As it is printed: the role, and for people of an operator whose. */
        String label() {
            String numbered = this == SOPHEA ? role.key() + "-2" : role.key();
            return operator.isEmpty() ? numbered : numbered + " " + operator;
        }
    }

    /** Fresh links for all of them, in the order of the roles. */
    public static List<DemoLink> links(People people) {
        List<DemoLink> links = new ArrayList<>();
        Optional<Secret> first = people.firstLink(Person.DARA.shown());
        for (Person person : Person.values()) {
            Optional<Account> account = find(people, person);
            Optional<Secret> link = account.isEmpty()
                    ? Optional.of(invited(people, person))
                    : person == Person.DARA && first.isPresent() ? first : again(people, account.get());
            link.ifPresent(secret -> links.add(new DemoLink(person.label(), secret.text())));
        }
        return links;
    }

    private static Optional<Account> find(People people, Person person) {
        return done(people.accounts().list(READER)).stream()
                .filter(account -> account.name().equals(person.shown()))
                .findFirst();
    }

    private static Actor actor(People people, Person person) {
        return actor(find(people, person).orElseThrow());
    }

    /** As if they had come: in the demonstration nobody else is there to invite and to confirm. */
    private static Actor actor(Account account) {
        return Actor.person(account.pseudonym(), account.name(), account.roles(), account.operator());
    }

    private static Secret invited(People people, Person person) {
        Accounts.Invited invited = done(people.accounts()
                .invite(
                        actor(people, Person.DARA),
                        new Accounts.Invitation(person.shown(), "en", person.operator, Set.of(person.role), REASON)));
        for (String proposal : invited.proposals()) {
            done(people.twoPerson().confirm(actor(people, Person.SOPHEA), proposal));
        }
        return invited.link();
    }

    /** Who has not come yet is invited again; who has been here gets a link by two people, as after a lost passkey. */
    private static Optional<Secret> again(People people, Account account) {
        Person inviter = account.name().equals(Person.DARA.shown()) ? Person.SOPHEA : Person.DARA;
        return switch (account.state()) {
            case INVITED ->
                Optional.of(done(people.accounts().inviteAgain(actor(people, inviter), account.pseudonym()))
                        .link());
            case ACTIVE -> {
                String proposal = done(people.twoPerson()
                        .propose(actor(people, inviter), Proposal.Kind.RECOVER_PASSKEY, account.pseudonym(), REASON));
                yield done(people.twoPerson().confirm(second(people, account, inviter), proposal))
                        .link();
            }
            case SUSPENDED -> Optional.empty();
        };
    }

    private static Actor second(People people, Account account, Person inviter) {
        return done(people.accounts().list(READER)).stream()
                .filter(other -> actor(other).may(Right.MAY_CONFIRM_AS_SECOND))
                .filter(other -> !other.pseudonym().equals(account.pseudonym()))
                .filter(other -> !other.name().equals(inviter.shown()))
                .findFirst()
                .map(DemoPeople::actor)
                .orElseThrow();
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.NotAllowed<T> missing ->
                throw new IllegalStateException("the demo's people lack " + missing.missing());
            case Outcome.Refused<T> refused ->
                throw new IllegalStateException("the demo's people are refused: " + refused);
        };
    }
}
