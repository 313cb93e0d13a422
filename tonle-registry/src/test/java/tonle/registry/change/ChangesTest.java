// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import tonle.base.power.SystemClock;
import tonle.database.Scope;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.Book;
import tonle.registry.book.BookStore;
import tonle.registry.book.Days;
import tonle.registry.book.Entry;
import tonle.registry.book.Kind;
import tonle.registry.book.Reason;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;

class ChangesTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final LocalDate DAY = LocalDate.of(2026, 10, 1);
    private static final SystemClock CLOCK = new SystemClock();
    private static final AuditTrail TRAIL = new AuditTrail(CLOCK);
    private static final ChangeRules RULES = new ChangeRules(false, _ -> List.of());
    private static final Changes WEB = new Changes(DATABASE.web(), TRAIL, CLOCK, () -> RULES);
    private static final Changes SERVER = new Changes(DATABASE.server(), TRAIL, CLOCK, () -> RULES);
    private static final Book BOOK = new Book(DATABASE.web());

    private static final Actor ANN = person("p-annn-2222", Role.REGISTRAR);
    private static final Actor BO = person("p-booo-3333", Role.REGISTRAR);
    private static final Actor AUDITOR = person("p-audi-4444", Role.AUDITOR);
    private static final Actor ALPHA = of("p-alph-5555", "alpha");
    private static final Actor BRAVO = of("p-brav-6666", "bravo");

    @BeforeAll
    static void aSmallCountry() {
        ChangeOutcome outcome = SERVER.enter(
                Actor.TONLE,
                draft(
                        Item.add(Kind.SITE, "PNH", Map.of("name", "Phnom Penh")),
                        operator("alpha", "Alpha Telecom", "64500"),
                        operator("bravo", "Bravo Net", "64501"),
                        link("alpha-1", "alpha"),
                        link("bravo-1", "bravo"),
                        link("race-1", "bravo"),
                        link("late-1", "bravo")));
        assertThat(done(outcome).stage().word()).isEqualTo("confirmed");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void anOperatorProposesAndTheRegistrarConfirmsWhatTheDifferenceShows() {
        Change proposed = done(WEB.propose(ALPHA, draft(amend("alpha", Map.of("contact-noc", "NOC@alpha.example")))));
        assertThat(proposed.id()).matches("CHG-[0-9]{4}-[0-9]{4}");
        assertThat(find(ANN.scope(), Kind.OPERATOR, "alpha").text("contact-noc"))
                .isEmpty();

        Change shown = WEB.find(BO.scope(), proposed.id()).orElseThrow();
        assertThat(shown.differences())
                .containsExactly(new Difference(
                        Kind.OPERATOR, "alpha", "contact-noc", "", "noc@alpha.example", Days.since(DAY)));
        Change confirmed = done(WEB.confirm(BO, proposed.id(), "seen"));

        assertThat(confirmed.differences()).isEqualTo(shown.differences());
        assertThat(WEB.find(BO.scope(), proposed.id()).orElseThrow()).isEqualTo(confirmed);
        assertThat(find(ANN.scope(), Kind.OPERATOR, "alpha").text("contact-noc"))
                .isEqualTo("noc@alpha.example");
        assertThat(acts(proposed.id())).containsExactly("proposed-change p-alph-5555", "confirmed-change p-booo-3333");
        assertThat(DATABASE.owner()
                        .sql("SELECT after_json FROM audit.event WHERE object_id = :id AND act = 'confirmed-change'")
                        .param("id", proposed.id())
                        .query(String.class)
                        .single())
                .contains("contact-noc", "noc@alpha.example", "since 2026-10-01");
    }

    @Test
    void twoPersonsAreTwoPersonsInTheServiceAndInTheDatabase() {
        Change change = done(WEB.propose(ANN, draft(amend("bravo", Map.of("as-sets", "AS-BRAVO")))));

        assertThat(reason(WEB.confirm(ANN, change.id(), ""))).isEqualTo(Reason.SAME_PERSON);
        assertThatThrownBy(() -> DATABASE.web()
                        .in(
                                ANN.scope(),
                                unit -> unit.sql("""
                                INSERT INTO registry.change_step (change_id, step, stage, actor, at, reason)
                                VALUES (:id, 2, 'confirmed', 'p-annn-2222', now(), '')""").param("id", change.id()).update()))
                .hasMessageContaining("two persons");
        assertThat(done(WEB.confirm(BO, change.id(), "")).stage().word()).isEqualTo("confirmed");
        assertThat(reason(WEB.confirm(BO, change.id(), ""))).isEqualTo(Reason.STAGE_OVER);
        assertThat(reason(WEB.refuse(BO, change.id(), "no"))).isEqualTo(Reason.STAGE_OVER);
    }

    @Test
    void aRefusalSaysWhyAndAWithdrawalIsTheProposersOwn() {
        Change change = done(WEB.propose(ALPHA, draft(amend("alpha", Map.of("web-address", "https://a.example")))));

        assertThat(reason(WEB.refuse(BO, change.id(), " "))).isEqualTo(Reason.REASON_MISSING);
        assertThat(reason(WEB.withdraw(BO, change.id(), ""))).isEqualTo(Reason.NOT_YOURS);
        assertThat(done(WEB.refuse(BO, change.id(), "not their site")).stage())
                .isInstanceOfSatisfying(
                        Stage.Refused.class,
                        refused -> assertThat(refused.grounds()).isEqualTo("not their site"));
        Change second = done(WEB.propose(ALPHA, draft(amend("alpha", Map.of("web-address", "https://b.example")))));
        assertThat(done(WEB.withdraw(ALPHA, second.id(), "")).stage().word()).isEqualTo("withdrawn");
        assertThat(find(ANN.scope(), Kind.OPERATOR, "alpha").text("web-address"))
                .isEmpty();
    }

    @Test
    void rightsAreAskedBeforeAnything() {
        Draft draft = draft(amend("alpha", Map.of("as-sets", "AS-ALPHA")));
        Change change = done(WEB.propose(ALPHA, draft));

        assertThat(reason(WEB.propose(AUDITOR, draft))).isEqualTo(Reason.RIGHT_MISSING);
        assertThat(reason(WEB.confirm(AUDITOR, change.id(), ""))).isEqualTo(Reason.RIGHT_MISSING);
        assertThat(reason(WEB.confirm(ALPHA, change.id(), ""))).isEqualTo(Reason.RIGHT_MISSING);
        assertThat(reason(WEB.confirm(ANN, "CHG-1999-0001", ""))).isEqualTo(Reason.CHANGE_UNKNOWN);
        assertThat(reason(WEB.propose(ALPHA, draft(licence("alpha"))))).isEqualTo(Reason.RIGHT_MISSING);
    }

    @Test
    void anOperatorReachesNothingOfAnother() {
        Change change = done(WEB.propose(BRAVO, draft(amend("bravo", Map.of("tin", "K001-900000001")))));
        done(WEB.confirm(ANN, change.id(), ""));

        assertThat(reason(WEB.propose(ALPHA, draft(amend("bravo", Map.of("web-address", "https://x.example"))))))
                .isEqualTo(Reason.NOT_YOURS);
        Item taking = Item.amend(Kind.LINK, "late-1", 1, Map.of("operator", "alpha"));
        assertThat(reason(WEB.propose(ALPHA, draft(taking)))).isEqualTo(Reason.NOT_YOURS);
        assertThat(WEB.find(ALPHA.scope(), change.id())).isEmpty();
        assertThat(reason(WEB.withdraw(ALPHA, change.id(), ""))).isEqualTo(Reason.CHANGE_UNKNOWN);
        assertThat(WEB.redraft(ALPHA.scope(), change.id())).isEmpty();
        assertThat(WEB.reviewed(ALPHA.scope(), change.id())).isEmpty();
        assertThat(WEB.list(ALPHA.scope(), false, "", 500))
                .allSatisfy(line -> assertThat(line.operator()).contains("alpha"));
        assertThat(find(ALPHA.scope(), Kind.OPERATOR, "bravo").text("tin")).isEmpty();
        assertThat(find(BRAVO.scope(), Kind.OPERATOR, "bravo").text("tin")).isEqualTo("K001-900000001");
        assertThat(BOOK.timeline(ALPHA.scope(), Kind.OPERATOR, "bravo").versions())
                .allSatisfy(version -> assertThat(version.values().get("tin")).isEmpty());
        assertThat(BOOK.<String>onDay(
                        ALPHA.scope(),
                        DAY,
                        day -> day.find(Kind.OPERATOR, "bravo").orElseThrow().text("tin")))
                .isEmpty();
    }

    @Test
    void withTheWebsOwnCredentialsNoTableGivesAnotherOperatorsRowsAway() {
        Change change = done(WEB.propose(
                BRAVO,
                draft(Item.amend(Kind.LINK, "bravo-1", 1, Map.of("contract", "SECRET-1", "hand-over", "SECRET-2")))));
        done(WEB.confirm(ANN, change.id(), ""));
        List<String> tables = DATABASE.owner()
                .sql("SELECT relname FROM pg_class WHERE relnamespace = 'registry'::regnamespace AND relkind = 'r'"
                        + " AND relname <> 'change_number'")
                .query(String.class)
                .list();
        assertThat(tables).contains("link_private", "change_field", "change_difference");
        for (String table : tables) {
            String sql = "SELECT count(*) FROM registry." + table + " t WHERE t::text LIKE '%SECRET-%'";
            assertThat(DATABASE.web()
                            .<Integer>read(
                                    ALPHA.scope(),
                                    unit -> unit.sql(sql).query(Integer.class).single()))
                    .as(table)
                    .isZero();
            String all = "SELECT count(*) FROM registry." + table;
            assertThat(DATABASE.web()
                            .<Integer>read(
                                    Scope.stranger(),
                                    unit -> unit.sql(all).query(Integer.class).single()))
                    .as(table)
                    .isZero();
        }
        assertThat(find(BRAVO.scope(), Kind.LINK, "bravo-1").text("contract")).isEqualTo("SECRET-1");
        // An operator's own hand cannot write into the book, nor confirm, nor propose in another's name.
        for (String sql : List.of(
                "INSERT INTO registry.link_private (id, version, operator_id) VALUES ('bravo-1', 1, 'alpha')",
                "INSERT INTO registry.site (id, version, valid_from, is_ended, recorded_at, change_id)"
                        + " SELECT 'X', 1, DATE '2026-01-01', false, now(), id FROM registry.change LIMIT 1",
                "INSERT INTO registry.change (id, operator_id, valid_from, reason, needs_two)"
                        + " VALUES ('CHG-2026-9999', 'bravo', DATE '2026-01-01', 'x', false)",
                "INSERT INTO registry.change_step (change_id, step, stage, actor, at, reason)" + " VALUES ('"
                        + change.id() + "', 2, 'confirmed', 'p-alph-5555', now(), '')")) {
            assertThatThrownBy(() -> DATABASE.web()
                            .in(ALPHA.scope(), unit -> unit.sql(sql).update()))
                    .as(sql)
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void twoEditorsOfOneRecordLoseNothing() {
        Item ten = Item.amend(Kind.LINK, "race-1", 1, Map.of("counterpart", "rack 1"));
        Item forty = Item.amend(Kind.LINK, "race-1", 1, Map.of("counterpart", "rack 2"));
        Change first = done(WEB.propose(ANN, draft(ten)));
        Change second = done(WEB.propose(BO, draft(forty)));
        done(WEB.confirm(BO, first.id(), ""));

        ChangeOutcome outcome = WEB.confirm(ANN, second.id(), "");

        assertThat(outcome)
                .isEqualTo(new ChangeOutcome.Conflicted(
                        List.of(new Conflict(Kind.LINK, "race-1", "counterpart", "", "rack 1", "rack 2"))));
        assertThat(WEB.reviewed(ANN.scope(), second.id()).orElseThrow().outcome())
                .isEqualTo(outcome);
        assertThat(WEB.find(ANN.scope(), second.id()).orElseThrow().stage().word())
                .isEqualTo("proposed");
        Draft again = WEB.redraft(BO.scope(), second.id()).orElseThrow();
        Change third = done(WEB.propose(BO, again));
        done(WEB.confirm(ANN, third.id(), "both looked"));
        assertThat(find(ANN.scope(), Kind.LINK, "race-1").text("counterpart")).isEqualTo("rack 2");
    }

    @Test
    void whatIsRefusedLeavesNothingBehind() {
        long before = count();

        assertThat(reason(SERVER.enter(
                        Actor.TONLE,
                        draft(operator("echo", "Echo Net", "64510"), operator("foxtrot", "Foxtrot", "64500")))))
                .isEqualTo(Reason.ASN_HELD);

        assertThat(count()).isEqualTo(before);
        assertThat(BOOK.find(ANN.scope(), Kind.OPERATOR, "echo", DAY)).isEmpty();
    }

    @Test
    void theOwnersOwnActsStandAtOnceAndWhatNeedsTwoWaits() {
        Change device = done(SERVER.enter(
                Actor.OWNER,
                draft(Item.add(Kind.DEVICE, "edge-9", Map.of("addresses", "192.0.2.9", "exports-flows", "true")))));
        Change operator = done(SERVER.enter(Actor.OWNER, draft(operator("golf", "Golf Net", "64520"))));

        assertThat(device.stage().word()).isEqualTo("confirmed");
        assertThat(operator.stage().word()).isEqualTo("proposed");
        assertThat(WEB.list(ANN.scope(), true, "", 10))
                .extracting(ChangeLine::id)
                .contains(operator.id());
        assertThatThrownBy(() -> SERVER.enter(ANN, draft(operator("h", "H", "64521"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBookOfTenThousandObjectsIsEnteredInOneChange() {
        List<Item> items = new java.util.ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            items.add(Item.add(Kind.DEVICE, "bulk-" + i, Map.of("site", "PNH")));
            for (int port = 1; port <= 4; port++) {
                items.add(Item.add(Kind.INTERFACE, "bulk-" + i + "/" + port, Map.of()));
            }
        }

        Change change = done(SERVER.enter(Actor.TONLE, new Draft(Days.since(DAY), "bulk", items)));

        assertThat(WEB.find(ANN.scope(), change.id()).orElseThrow().draft().items())
                .hasSize(10_000);
        assertThat(DATABASE.server()
                        .<Integer>read(
                                Scope.system(),
                                unit -> new BookStore()
                                        .histories(unit)
                                        .of(Kind.INTERFACE)
                                        .size()))
                .isEqualTo(8_000);
    }

    private static long count() {
        return DATABASE.owner()
                .sql("SELECT (SELECT count(*) FROM registry.change) + (SELECT count(*) FROM audit.event)")
                .query(Long.class)
                .single();
    }

    private static List<String> acts(String id) {
        return DATABASE.owner()
                .sql("SELECT act || ' ' || actor FROM audit.event WHERE object_id = :id ORDER BY sequence")
                .param("id", id)
                .query(String.class)
                .list();
    }

    private static Entry find(Scope scope, Kind kind, String id) {
        return BOOK.find(scope, kind, id, DAY).orElseThrow();
    }

    private static Change done(ChangeOutcome outcome) {
        assertThat(outcome).isInstanceOf(ChangeOutcome.Done.class);
        return ((ChangeOutcome.Done) outcome).change();
    }

    private static Reason reason(ChangeOutcome outcome) {
        assertThat(outcome).isInstanceOf(ChangeOutcome.Refused.class);
        return ((ChangeOutcome.Refused) outcome).problems().getFirst().reason();
    }

    private static Draft draft(Item... items) {
        return new Draft(Days.since(DAY), "because", List.of(items));
    }

    private static Item amend(String operator, Map<String, String> fields) {
        int head = BOOK.timeline(ANN.scope(), Kind.OPERATOR, operator).head();
        return Item.amend(Kind.OPERATOR, operator, head, fields);
    }

    private static Item operator(String id, String name, String asns) {
        return Item.add(Kind.OPERATOR, id, Map.of("name", name, "asns", asns));
    }

    private static Item link(String id, String operator) {
        return Item.add(
                Kind.LINK, id, Map.of("kind", "exchange-port", "site", "PNH", "capacity", "10G", "operator", operator));
    }

    private static Item licence(String operator) {
        return Item.add(
                Kind.LICENCE,
                "ISP-1",
                Map.of("operator", operator, "regime", "kh", "type", "isp", "granted", "2026-01-01"));
    }

    private static Actor person(String pseudonym, Role role) {
        return Actor.person(pseudonym, "x", List.of(role), Optional.empty());
    }

    private static Actor of(String pseudonym, String operator) {
        return Actor.person(pseudonym, "x", List.of(Role.OPERATOR_ENGINEER), Optional.of(operator));
    }
}
