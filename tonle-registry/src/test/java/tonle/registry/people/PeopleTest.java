// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import tonle.database.Scope;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;
import tonle.testkit.SettableClock;

/** A whole staff in a real database: who comes in, who may do what, and what takes two people. */
class PeopleTest {
    static final AtomicInteger KEYS = new AtomicInteger();

    final SettableClock clock =
            new SettableClock(Instant.parse("2026-11-23T02:00:00Z").toEpochMilli());
    TestDatabase database;
    People people;
    Actor dara;
    Actor chan;

    @BeforeEach
    void twoAdministrators() {
        database = TestDatabase.fresh();
        people = new People(database.web(), database.server(), clock, Set.of("alpha", "bravo")::contains, List.of());
        dara = comeIn(people.firstLink("First administrator").orElseThrow(), "Dara");
        chan = comeIn(done(invite(dara, "Chan", "", Role.ADMINISTRATOR)).link(), "");
    }

    @AfterEach
    void close() {
        database.close();
    }

    static Passkey key() {
        int number = KEYS.incrementAndGet();
        byte[] id = new byte[32];
        id[0] = (byte) number;
        id[1] = (byte) (number >> 8);
        byte[] octets = {1};
        return new Passkey(
                id, "", octets, "laptop", octets, octets, 0, true, false, false, "", Instant.EPOCH, Optional.empty());
    }

    static <T> T done(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    static void refused(Outcome<?> outcome, Reason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
    }

    static void notAllowed(Outcome<?> outcome, Right right) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.NotAllowed.class,
                        n -> assertThat(n.missing().right()).isEqualTo(right));
    }

    Actor comeIn(Secret link, String name) {
        return done(people.door().register(link.text(), key(), name))
                .session()
                .account()
                .actor();
    }

    Outcome<Accounts.Invited> invite(Actor by, String name, String operator, Role... roles) {
        return people.accounts().invite(by, new Accounts.Invitation(name, "km", operator, Set.of(roles), "joins"));
    }

    Actor newPerson(String name, Role... roles) {
        return comeIn(done(invite(dara, name, "", roles)).link(), "");
    }

    void pass(Duration duration) {
        clock.advanceMillis(duration.toMillis());
    }

    Door.CameIn signIn(Actor actor) {
        Passkey key = people.ownAccount().view(actor, people.keys()).passkeys().getFirst();
        return done(people.door().signIn(key.credentialId(), 0, false));
    }

    boolean isIn(Door.CameIn in) {
        return people.door().session(in.secret().text()).isPresent();
    }

    int as(Actor actor, String sql) {
        return database.web().in(actor.scope(), unit -> unit.sql(sql).update());
    }

    void forbidden(Actor actor, String words, String sql) {
        assertThatThrownBy(() -> as(actor, sql)).as(sql).hasStackTraceContaining(words);
    }

    // ---- founding

    @Test
    void theFirstAdministratorComesInOnceAndTheLinkIsNeverMadeAgain() {
        assertThat(dara.roles()).containsExactly(Role.ADMINISTRATOR);
        assertThat(dara.displayName()).isEqualTo("Dara");
        assertThat(people.firstLink("First administrator")).isEmpty();
    }

    @Test
    void aFirstLinkThatNobodyUsedIsReplacedAtTheNextStart() {
        try (TestDatabase fresh = TestDatabase.fresh()) {
            People start = new People(fresh.web(), fresh.server(), clock, _ -> false, List.of());
            Secret first = start.firstLink("First administrator").orElseThrow();
            Secret second = start.firstLink("First administrator").orElseThrow();
            refused(start.links().look(first.text()), Reason.LINK_UNKNOWN);
            assertThat(done(start.links().look(second.text())).kind()).isEqualTo(OneTimeLinks.Kind.FIRST);
        }
    }

    // ---- two people

    String proposedGrant(String name, Role role) {
        Accounts.Granted granted =
                done(people.accounts().grant(dara, newPerson(name).pseudonym(), role, "night duty"));
        return ((Accounts.Granted.Proposed) granted).id();
    }

    @Test
    void theThirdAdministratorTakesTwoPeopleAndNeitherTheProposerNorTheSubjectConfirms() {
        Actor mony = newPerson("Mony");
        Accounts.Granted granted =
                done(people.accounts().grant(dara, mony.pseudonym(), Role.ADMINISTRATOR, "night duty"));
        assertThat(granted).isEqualTo(new Accounts.Granted.Proposed("TWO-2026-0001"));
        String id = "TWO-2026-0001";
        refused(people.accounts().grant(dara, mony.pseudonym(), Role.ADMINISTRATOR, "again"), Reason.PROPOSAL_OPEN);
        refused(people.twoPerson().confirm(dara, id), Reason.SAME_PERSON);
        notAllowed(people.twoPerson().confirm(mony, id), Right.MAY_CONFIRM_AS_SECOND);
        Actor pretender = Actor.person(mony.pseudonym(), "", List.of(Role.ADMINISTRATOR), Optional.empty());
        refused(people.twoPerson().confirm(pretender, id), Reason.SUBJECT_CONFIRMS);
        done(people.twoPerson().confirm(chan, id));
        refused(people.twoPerson().confirm(chan, id), Reason.PROPOSAL_CLOSED);
        assertThat(done(people.accounts().show(dara, mony.pseudonym())).roles()).containsExactly(Role.ADMINISTRATOR);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void theDatabaseRefusesEachGuardedGrantWithoutTwoPeople(Role role) {
        String pseudonym = newPerson("Mony").pseudonym();
        Runnable direct = () -> database.web().in(dara.scope(), unit -> {
            AccountRows.grant(unit, pseudonym, role, dara.pseudonym(), Instant.EPOCH, false, "");
            return 0;
        });
        if (role.isGuarded()) {
            assertThatThrownBy(direct::run).hasMessageContaining("takes two people");
        } else {
            direct.run();
        }
    }

    @Test
    void theDatabaseRefusesPowerThatOnePersonMakes() {
        String id = proposedGrant("Mony", Role.APPROVER);
        String decide = "UPDATE people.proposal SET state = 'confirmed', decided_at = proposed_at, decided_by = '";
        forbidden(dara, "two_persons", decide + dara.pseudonym() + "' WHERE id = '" + id + "'");
        forbidden(dara, "decided once", decide + chan.pseudonym() + "' WHERE id = '" + id + "'");
        String grant = "INSERT INTO people.role_grant (pseudonym, role, granted_by, granted_at, is_founding) VALUES ('";
        forbidden(
                dara,
                "role_grant_check",
                grant + dara.pseudonym() + "', 'registrar', '" + dara.pseudonym() + "', now(), false)");
        String sok = newPerson("Sok").pseudonym();
        forbidden(dara, "founding", grant + sok + "', 'administrator', '" + dara.pseudonym() + "', now(), true)");
        forbidden(
                dara, "row-level security", grant + sok + "', 'registrar', '" + chan.pseudonym() + "', now(), false)");
        forbidden(dara, "two people", "DELETE FROM people.account WHERE pseudonym = '" + chan.pseudonym() + "'");
        String link = "INSERT INTO people.one_time_link (hash, kind, pseudonym, made_by, made_at, expires_at) VALUES"
                + " (sha256('x'), '%s', '" + chan.pseudonym() + "', '%s', now(), now() + interval '1 day')";
        forbidden(dara, "not invited again", link.formatted("invitation", dara.pseudonym()));
        forbidden(dara, "two people", link.formatted("recovery", dara.pseudonym()));
        forbidden(dara, "own to make", link.formatted("first", "owner"));
        assertThatThrownBy(() -> as(dara, "UPDATE people.role_grant SET role = 'administrator'"))
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> as(dara, "DELETE FROM people.proposal")).isInstanceOf(DataAccessException.class);
    }

    @Test
    void aProposalWaitsFourteenDaysAndItsAuthorAloneWithdrawsIt() {
        String id = proposedGrant("Mony", Role.LEGAL_REVIEWER);
        refused(people.twoPerson().withdraw(chan, id), Reason.PROPOSAL_UNKNOWN);
        pass(TwoPerson.OPEN_DURATION);
        refused(people.twoPerson().confirm(chan, id), Reason.PROPOSAL_EXPIRED);
        done(people.twoPerson().withdraw(dara, id));
        refused(people.twoPerson().refuse(chan, id, "too late"), Reason.PROPOSAL_CLOSED);
    }

    @Test
    void aClosedListChangesByTwoPeopleAlone() {
        StringBuilder content = new StringBuilder("old");
        ClosedList list = new ClosedList() {
            @Override
            public String name() {
                return "protected-names";
            }

            @Override
            public void put(org.springframework.jdbc.core.simple.JdbcClient unit, String next) {
                content.replace(0, content.length(), next);
            }
        };
        People with = new People(database.web(), database.server(), clock, _ -> false, List.of(list));
        refused(with.twoPerson().proposeList(dara, "another", "new", "court"), Reason.PROPOSAL_UNKNOWN);
        String id = done(with.twoPerson().proposeList(dara, "protected-names", "new", "court"));
        refused(with.twoPerson().confirm(dara, id), Reason.SAME_PERSON);
        assertThat(content).hasToString("old");
        done(with.twoPerson().confirm(chan, id));
        assertThat(content).hasToString("new");
    }

    // ---- taking away

    @Test
    void takingARoleAwayActsAtOnceOnOpenSessions() {
        Actor mony = newPerson("Mony", Role.AUDITOR);
        Door.CameIn in = signIn(mony);
        assertThat(in.session().account().actor().rights()).contains(Right.MAY_READ_AUDIT);
        done(people.accounts().endRole(chan, mony.pseudonym(), Role.AUDITOR, "moved"));
        Session session = people.door().session(in.secret().text()).orElseThrow();
        assertThat(session.account().actor().rights()).isEmpty();
        done(people.accounts().suspend(chan, mony.pseudonym(), "lost badge"));
        assertThat(isIn(in)).isFalse();
    }

    @Test
    void theLastAdministratorStaysAndNobodyActsOnThemselves() {
        refused(people.accounts().endRole(dara, dara.pseudonym(), Role.ADMINISTRATOR, "tired"), Reason.OWN_ACCOUNT);
        refused(people.accounts().suspend(dara, dara.pseudonym(), "tired"), Reason.OWN_ACCOUNT);
        refused(people.accounts().grant(dara, dara.pseudonym(), Role.AUDITOR, "curious"), Reason.OWN_ACCOUNT);
        done(people.accounts().suspend(dara, chan.pseudonym(), "left"));
        // As from a page that was drawn before.
        refused(
                people.accounts().endRole(chan, dara.pseudonym(), Role.ADMINISTRATOR, "left"),
                Reason.LAST_ADMINISTRATOR);
    }

    @Test
    void aSuspendedAccountIsRestoredByTwoAndAnewEachTime() {
        Actor mony = newPerson("Mony", Role.ENGINEER);
        for (int round = 0; round < 2; round++) {
            pass(Duration.ofMinutes(1));
            done(people.accounts().suspend(dara, mony.pseudonym(), "lost badge"));
            pass(Duration.ofMinutes(1));
            forbidden(
                    dara,
                    "two people",
                    "UPDATE people.account SET state = 'active', suspended_at = NULL WHERE pseudonym = '"
                            + mony.pseudonym() + "'");
            String id = done(
                    people.twoPerson().propose(dara, Proposal.Kind.RESTORE_ACCOUNT, mony.pseudonym(), "badge found"));
            done(people.twoPerson().confirm(chan, id));
            assertThat(done(people.accounts().show(dara, mony.pseudonym())).state())
                    .isEqualTo(Account.State.ACTIVE);
        }
    }

    @Test
    void deletionLeavesThePseudonymAndTheActsAndNothingOfThePerson() {
        Actor mony = newPerson("Mony Unmistakable", Role.ENGINEER);
        done(people.ownAccount().rename(mony, "Mony Unforgettable", "km"));
        String id = done(people.twoPerson().propose(mony, Proposal.Kind.DELETE_ACCOUNT, mony.pseudonym(), "leaving"));
        done(people.twoPerson().confirm(dara, id));
        refused(people.accounts().show(dara, mony.pseudonym()), Reason.ACCOUNT_UNKNOWN);
        StringBuilder everything = new StringBuilder();
        List<String> tables = database.owner()
                .sql("SELECT table_schema || '.' || table_name FROM information_schema.tables"
                        + " WHERE table_schema IN ('people', 'audit') AND table_type = 'BASE TABLE'")
                .query(String.class)
                .list();
        assertThat(tables).hasSizeGreaterThan(10);
        for (String table : tables) {
            database.owner()
                    .sql("SELECT t::text FROM " + table + " t")
                    .query(String.class)
                    .list()
                    .forEach(everything::append);
        }
        assertThat(everything.toString().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("unmistakable", "unforgettable")
                .contains(mony.pseudonym());
    }

    @Test
    void recoveryTakesTwoPeopleAndEndsWhatTheLostDeviceCouldDo() {
        Actor mony = newPerson("Mony", Role.AUDITOR);
        Door.CameIn in = signIn(mony);
        String token = done(people.keys().makeToken(mony, "report", Set.of(Right.MAY_READ_AUDIT), 30))
                .secret()
                .text();
        String id = done(people.twoPerson()
                .propose(dara, Proposal.Kind.RECOVER_PASSKEY, mony.pseudonym(), "laptop fell into the river"));
        refused(people.twoPerson().confirm(dara, id), Reason.SAME_PERSON);
        Secret link = done(people.twoPerson().confirm(chan, id)).link().orElseThrow();
        Passkey next = key();
        done(people.door().register(link.text(), next, ""));
        assertThat(isIn(in)).isFalse();
        assertThat(people.keys().actor(token)).isEmpty();
        assertThat(people.ownAccount().view(mony, people.keys()).passkeys())
                .singleElement()
                .satisfies(k -> assertThat(k.credentialId()).isEqualTo(next.credentialId()));
    }

    // ---- the door

    @Test
    void aLinkIsUsedOnceInTimeAndLookingAtItUsesNothing() {
        Secret link = done(invite(dara, "Mony", "")).link();
        assertThat(done(people.links().look(link.text())).account().name()).isEqualTo("Mony");
        done(people.door().register(link.text(), key(), ""));
        refused(people.links().look(link.text()), Reason.LINK_USED);
        refused(people.door().register(link.text(), key(), ""), Reason.LINK_USED);
        refused(people.links().look(link.text() + "x"), Reason.LINK_UNKNOWN);
        Secret late = done(invite(dara, "Sok", "")).link();
        pass(OneTimeLinks.INVITATION_DURATION);
        refused(people.door().register(late.text(), key(), ""), Reason.LINK_EXPIRED);
    }

    @Test
    void aRefusedRegistrationLeavesTheLinkUnused() {
        Secret link = done(invite(dara, "Mony", "")).link();
        refused(people.door().register(link.text(), key(), "Dara"), Reason.NAME_TAKEN);
        Passkey known = people.ownAccount().view(dara, people.keys()).passkeys().getFirst();
        refused(people.door().register(link.text(), known, ""), Reason.PASSKEY_KNOWN);
        done(people.door().register(link.text(), key(), ""));
    }

    @Test
    void aSessionEndsWhenLeftAloneAndAtTheEndOfAShift() {
        Door.CameIn in = signIn(dara);
        pass(Session.IDLE_DURATION.minusMinutes(1));
        assertThat(isIn(in)).isTrue();
        pass(Session.IDLE_DURATION);
        assertThat(isIn(in)).isFalse();
        Door.CameIn next = signIn(dara);
        for (Duration left = Session.LIFE_DURATION; left.toHours() > 1; left = left.minusHours(1)) {
            pass(Duration.ofHours(1));
            assertThat(isIn(next)).isTrue();
        }
        pass(Duration.ofHours(1));
        assertThat(isIn(next)).isFalse();
        assertThat(people.sweep()).isPositive();
    }

    @Test
    void signingOutEndsTheSecretAndForgedOnesOpenNothing() {
        Door.CameIn in = signIn(dara);
        people.door().end(in.secret().text());
        assertThat(isIn(in)).isFalse();
        Door.CameIn open = signIn(dara);
        for (String forged :
                List.of("", "tonle_s_", "tonle_s_AAAA", open.session().id(), "' OR 1=1", "x".repeat(9000))) {
            assertThat(people.door().session(forged)).as(forged).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0,true", "0,1,true", "5,6,true", "5,5,false", "5,4,false", "5,0,false"})
    void aCountThatDoesNotGrowIsACopyOfTheKey(long seen, long next, boolean comesIn) {
        Passkey key = people.ownAccount().view(dara, people.keys()).passkeys().getFirst();
        database.owner()
                .sql("UPDATE people.passkey SET sign_count = :seen WHERE credential_id = :id")
                .param("seen", seen)
                .param("id", key.credentialId())
                .update();
        assertThat(people.door().signIn(key.credentialId(), next, false) instanceof Outcome.Done)
                .isEqualTo(comesIn);
    }

    @Test
    void anInstitutionLetsInWhoWasInvitedAndBoundAndNobodyElse() {
        Door.Identity subject = new Door.Identity("https://sso.example", "user-17");
        refused(people.door().signIn(subject), Reason.SIGN_IN_REFUSED);
        done(people.door().bind(done(invite(dara, "Mony", "")).link().text(), subject));
        assertThat(done(people.door().signIn(subject)).session().account().name())
                .isEqualTo("Mony");
        Secret other = done(invite(dara, "Sok", "")).link();
        refused(people.door().bind(other.text(), subject), Reason.IDENTITY_TAKEN);
        refused(people.door().signIn(new Door.Identity("https://other.example", "user-17")), Reason.SIGN_IN_REFUSED);
    }

    // ---- keys of the API

    @Test
    void aTokenHasSomeRightsOfItsOwnerForAsLongAsTheOwnerHasThem() {
        Actor mony = newPerson("Mony", Role.AUDITOR);
        Set<Right> audit = Set.of(Right.MAY_READ_AUDIT);
        refused(people.keys().makeToken(mony, "report", Set.of(Right.MAY_GRANT_ROLE), 30), Reason.TOKEN_RIGHTS);
        refused(people.keys().makeToken(mony, "report", audit, 366), Reason.TOKEN_DAYS);
        String secret = done(people.keys().makeToken(mony, "report", audit, 30))
                .secret()
                .text();
        Actor token = people.keys().actor(secret).orElseThrow();
        assertThat(token.rights()).isEqualTo(audit);
        assertThat(token.pseudonym()).isEqualTo(mony.pseudonym());
        assertThat(people.keys().tokens(mony).getFirst().usedOn()).isPresent();
        done(people.accounts().endRole(dara, mony.pseudonym(), Role.AUDITOR, "moved"));
        assertThat(people.keys().actor(secret).orElseThrow().rights()).isEmpty();
        done(people.accounts().suspend(dara, mony.pseudonym(), "moved"));
        assertThat(people.keys().actor(secret)).isEmpty();
        assertThat(people.keys().actor("tonle_t_guess")).isEmpty();
    }

    @Test
    void aTokenEndsOnItsDay() {
        String secret = done(people.keys().makeToken(dara, "report", Set.of(Right.MAY_READ_AUDIT), 1))
                .secret()
                .text();
        pass(Duration.ofDays(1));
        assertThat(people.keys().actor(secret)).isEmpty();
    }

    @Test
    void aClientGetsShortTokensForRightsItHas() {
        Keys.Made<ApiClient> made =
                done(people.keys().makeClient(dara, "weathermap", Set.of(Right.MAY_READ_GATEWAY), "", 90));
        String id = made.key().pseudonym();
        String secret = made.secret().text();
        refused(people.keys().access(id, "tonle_c_wrong", Set.of()), Reason.CLIENT_UNKNOWN);
        refused(people.keys().access("c-none-none", secret, Set.of()), Reason.CLIENT_UNKNOWN);
        refused(people.keys().access(id, secret, Set.of(Right.MAY_READ_AUDIT)), Reason.CLIENT_SCOPE);
        String access =
                done(people.keys().access(id, secret, Set.of())).secret().text();
        Actor program = people.keys().actor(access).orElseThrow();
        assertThat(program.pseudonym()).isEqualTo(id);
        assertThat(program.rights()).containsExactly(Right.MAY_READ_GATEWAY);
        pass(Keys.ACCESS_DURATION);
        assertThat(people.keys().actor(access)).isEmpty();
        String next = done(people.keys().access(id, secret, Set.of())).secret().text();
        done(people.keys().endClient(dara, id));
        assertThat(people.keys().actor(next)).isEmpty();
        refused(people.keys().access(id, secret, Set.of()), Reason.CLIENT_UNKNOWN);
        refused(people.keys().makeClient(dara, "hand", Set.of(Right.MAY_GRANT_ROLE), "", 90), Reason.TOKEN_RIGHTS);
    }

    // ---- rows held apart

    @Test
    void aStrangerSeesNothingAndAnOperatorsPersonOnlyTheOwn() {
        Actor clerk =
                comeIn(done(invite(dara, "Clerk", "alpha", Role.OPERATOR_CLERK)).link(), "");
        comeIn(done(invite(dara, "Other clerk", "bravo", Role.OPERATOR_CLERK)).link(), "");
        assertThat(clerk.scope()).isEqualTo(Scope.operator("alpha", clerk.pseudonym()));
        List<String> tables = database.owner()
                .sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'people'")
                .query(String.class)
                .list();
        for (String table : tables) {
            assertThat(count(Scope.stranger(), table))
                    .as(table + " to a stranger")
                    .isZero();
            assertThat(count(clerk.scope(), table)).as(table + " to a clerk").isLessThanOrEqualTo(1);
        }
        assertThat(count(clerk.scope(), "account")).isOne();
        notAllowed(people.accounts().list(clerk), Right.MAY_READ_PEOPLE);
        refused(invite(dara, "Nobody", "zulu"), Reason.OPERATOR_UNKNOWN);
        refused(people.accounts().grant(dara, clerk.pseudonym(), Role.ENGINEER, "help"), Reason.ROLE_OF_OTHER_SIDE);
    }

    private long count(Scope scope, String table) {
        return database.web()
                .read(
                        scope,
                        unit -> unit.sql("SELECT count(*) FROM people." + table)
                                .query(Long.class)
                                .single());
    }

    @ParameterizedTest
    @CsvSource({
        "'',NAME_LENGTH",
        "'  ',NAME_LENGTH",
        "dara,NAME_TAKEN",
        "'D A R A',NAME_TAKEN",
        "'<script>',NAME_CHARACTERS",
        "'a\u202eb',NAME_CHARACTERS",
        "'....',NAME_CHARACTERS"
    })
    void aNameThatMisleadsIsRefused(String name, Reason reason) {
        refused(invite(dara, name, ""), reason);
    }

    @Test
    void whoLacksARightIsToldWhichOne() {
        Actor mony = newPerson("Mony", Role.ENGINEER);
        notAllowed(people.accounts().list(mony), Right.MAY_READ_PEOPLE);
        notAllowed(invite(mony, "X", ""), Right.MAY_INVITE_PERSON);
        notAllowed(people.accounts().grant(mony, dara.pseudonym(), Role.AUDITOR, "x"), Right.MAY_GRANT_ROLE);
        notAllowed(people.accounts().suspend(mony, dara.pseudonym(), "x"), Right.MAY_REVOKE_ROLE);
        notAllowed(
                people.twoPerson().propose(mony, Proposal.Kind.DELETE_ACCOUNT, dara.pseudonym(), "x"),
                Right.MAY_REVOKE_ROLE);
        notAllowed(people.keys().makeClient(mony, "x", Set.of(), "", 1), Right.MAY_MAKE_CLIENT);
    }

    @Test
    void thePersonsExportHoldsWhatIsKeptAndNoSecret() {
        String secret = done(people.keys().makeToken(dara, "report", Set.of(Right.MAY_READ_AUDIT), 30))
                .secret()
                .text();
        assertThat(people.ownAccount().export(dara, people.keys()))
                .contains("\"Dara\"", "\"administrator\"", "\"laptop\"", "\"report\"", "\"invited-person\"")
                .doesNotContain(secret, "hash", "handle");
    }
}
