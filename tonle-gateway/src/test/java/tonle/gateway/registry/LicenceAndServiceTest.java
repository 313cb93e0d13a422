// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.gateway.demo.DemoBook;
import tonle.gateway.demo.DemoCountry;
import tonle.registry.Registry;
import tonle.registry.book.Days;
import tonle.registry.book.Entry;
import tonle.registry.book.Kind;
import tonle.registry.bringup.BringUps;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;
import tonle.testkit.SettableClock;
import tonle.traffic.topology.Topology;

/**
 * The last promise in the registry: what becomes of a licence never cuts service. Metering, ports, sign-in and what an
 * operator's people see of their own are the same on the day after; the licence's own record is all that changes.
 */
class LicenceAndServiceTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Phnom_Penh");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final String TABLES_OF_SERVICE = """
            SELECT schemaname || '.' || tablename FROM pg_tables
            WHERE schemaname IN ('registry', 'people') AND tablename !~ '^(licence|change)' ORDER BY 1""";
    private static final Actor OFFICER =
            Actor.person("p-aaaa-aaaa", "Officer", List.of(Role.LICENSING_OFFICER), Optional.empty());
    private static final Actor REGISTRAR =
            Actor.person("p-bbbb-bbbb", "Registrar", List.of(Role.REGISTRAR, Role.ENGINEER), Optional.empty());

    private final SettableClock clock =
            new SettableClock(Instant.parse("2026-11-24T05:00:00Z").toEpochMilli());
    private TestDatabase database;
    private BookKeeper keeper;
    private Registry registry;
    private Entry licence;
    private Actor engineer;

    @BeforeEach
    void theDemoCountry() {
        database = TestDatabase.fresh(clock);
        keeper = new BookKeeper(database.server(), clock, ZONE, () -> false);
        registry =
                Registry.of(database.web(), database.server(), clock, ZONE, () -> false, operator -> true, List.of());
        DemoBook.fill(keeper);
        licence = registry.book().asOn(REGISTRAR.scope(), Kind.LICENCE, TODAY).stream()
                .filter(entry -> entry.text("standing").equals("in-force"))
                .findFirst()
                .orElseThrow();
        engineer = Actor.person(
                "p-cccc-cccc", "Engineer", List.of(Role.OPERATOR_ENGINEER), Optional.of(licence.text("operator")));
        String link = registry.book().asOn(REGISTRAR.scope(), Kind.LINK, TODAY).stream()
                .filter(entry -> entry.text("operator").equals(licence.text("operator")))
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(registry.bringUps().begin(REGISTRAR, link, licence.text("operator"), TODAY))
                .isInstanceOf(BringUps.Outcome.Done.class);
        // A person's change first: from then on the book rules what is metered.
        decided(Item.amend(Kind.SITE, siteOf(link), head(Kind.SITE, siteOf(link)), Map.of("map-x", "501")), REGISTRAR);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspended", "revoked", "surrendered", "expired"})
    void aLicenceThatIsNoLongerInForceChangesNothingInService(String standing) {
        Picture before = picture();

        decided(
                Item.amend(
                        Kind.LICENCE,
                        licence.id(),
                        head(Kind.LICENCE, licence.id()),
                        Map.of("standing", standing, "decision", "58/2026", "grounds", "fees were not paid")),
                OFFICER);

        assertThat(registry.book().find(engineer.scope(), Kind.LICENCE, licence.id(), TODAY))
                .map(entry -> entry.text("standing"))
                .contains(standing);
        assertThat(picture()).isEqualTo(before);
    }

    @Test
    void aLicenceThatIsNoLongerInTheBookChangesNothingInService() {
        Picture before = picture();

        decided(Item.end(Kind.LICENCE, licence.id(), head(Kind.LICENCE, licence.id())), OFFICER);

        assertThat(registry.book().find(engineer.scope(), Kind.LICENCE, licence.id(), TODAY))
                .isEmpty();
        assertThat(picture()).isEqualTo(before);
    }

    @Test
    void theDayOnWhichATermRunsOutIsADayAsAnyOther() {
        LocalDate end = TODAY.plusDays(30);
        Map<String, String> term = Map.of("term-until", end.toString());
        decided(Item.amend(Kind.LICENCE, licence.id(), head(Kind.LICENCE, licence.id()), term), OFFICER);
        Picture before = picture();
        clock.advanceMillis((end.toEpochDay() - TODAY.toEpochDay() + 2) * 86_400_000);

        assertThat(keeper.state().day()).isAfter(end);
        assertThat(picture()).isEqualTo(before);
    }

    /** @param ownRows what the operator's engineer reads of the book, licences left out */
    private record Picture(Topology metered, Map<Kind, List<Entry>> ownRows, Map<String, String> tables) {}

    private Picture picture() {
        Topology metered = ((BookKeeper.Ruling.Book) keeper.rule(DemoCountry.topology(), 7)).topology();
        assertThat(metered.members()).extracting(member -> member.id()).contains(licence.text("operator"));
        Map<Kind, List<Entry>> ownRows = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            if (kind != Kind.LICENCE) {
                ownRows.put(kind, registry.book().asOn(engineer.scope(), kind, TODAY));
            }
        }
        assertThat(ownRows.get(Kind.LINK)).isNotEmpty();
        return new Picture(metered, ownRows, tables());
    }

    /** Every table but the licences' own, the changes' and the audit's: accounts, sessions, ports, links, ladder. */
    private Map<String, String> tables() {
        Map<String, String> digests = new LinkedHashMap<>();
        List<String> tables =
                database.owner().sql(TABLES_OF_SERVICE).query(String.class).list();
        assertThat(tables).contains("registry.link", "registry.operator", "registry.bring_up", "people.session");
        for (String table : tables) {
            digests.put(
                    table,
                    database.owner()
                            .sql(
                                    "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '')"
                                            + " FROM " + table + " t")
                            .query(String.class)
                            .single());
        }
        return digests;
    }

    private int head(Kind kind, String id) {
        return keeper.head(kind, id);
    }

    private String siteOf(String link) {
        return registry.book()
                .find(REGISTRAR.scope(), Kind.LINK, link, TODAY)
                .orElseThrow()
                .text("site");
    }

    private void decided(Item item, Actor proposer) {
        ChangeOutcome proposed =
                registry.changes().propose(proposer, new Draft(Days.since(TODAY), "Decision", List.of(item)));
        assertThat(proposed).isInstanceOf(ChangeOutcome.Done.class);
        assertThat(registry.changes()
                        .confirm(
                                REGISTRAR,
                                ((ChangeOutcome.Done) proposed).change().id(),
                                ""))
                .isInstanceOf(ChangeOutcome.Done.class);
    }
}
