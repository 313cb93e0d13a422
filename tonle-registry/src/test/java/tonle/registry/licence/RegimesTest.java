// SPDX-License-Identifier: Apache-2.0
package tonle.registry.licence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.base.power.SystemClock;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.Book;
import tonle.registry.book.Days;
import tonle.registry.book.Entry;
import tonle.registry.book.Kind;
import tonle.registry.book.Problem;
import tonle.registry.book.Reason;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.ChangeRules;
import tonle.registry.change.Changes;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;

class RegimesTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Regimes REGIMES = Regimes.shipped();
    private static final LocalDate DAY = LocalDate.of(2026, 10, 1);

    private static final String PACK = """
            regime: xx
            name: A regime
            country: KH
            state: draft
            sources: [a law]
            types:
              - {type: isp, name: Internet, source: a law, term-years: 10}
            """;

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void theShippedPacksAreWholeAndSayWhatTheyDoNotKnow() {
        assertThat(REGIMES.all()).extracting(Regime::id).containsExactly("bd-2010", "bd-2025", "kh");
        assertThat(REGIMES.all()).allSatisfy(regime -> {
            assertThat(regime.sources()).isNotEmpty();
            assertThat(regime.unknown()).isNotEmpty();
            assertThat(regime.types())
                    .isNotEmpty()
                    .allSatisfy(type -> assertThat(type.source()).isNotBlank());
        });
    }

    @Test
    void everyTypeOfTheTiersOf2010HasItsWordInTheMergerOf2025() {
        Regime tiers = REGIMES.find("bd-2010").orElseThrow();
        Regime merger = REGIMES.find("bd-2025").orElseThrow();

        assertThat(tiers.types())
                .allSatisfy(type ->
                        assertThat(merger.stepFrom("bd-2010", type.id())).isPresent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            regime: xx          | regimes: xx             | xx.yaml:1:10: there is no key 'regimes'; did you mean regime?
            name: A regime      | name: [a]               | xx.yaml:2:7: 'name' is one text
            country: KH         | country: ZZ             | xx.yaml:3:10: 'ZZ' is not a country in two letters of ISO 3166
            state: draft        | state: drift            | xx.yaml:4:8: 'drift' is not one of draft, in-force, superseded
            sources: [a law]    | sources: []             | xx.yaml:1:1: a pack names its sources
            sources: [a law]    | sources: {a: law}       | xx.yaml:5:10: 'sources' is a list
            type: isp, name     | type: I SP, name        | xx.yaml:7:12: 'I SP' is not a word of small letters, digits and hyphens
            , source: a law     | ''                      | xx.yaml:7:5: the key 'source' is missing
            term-years: 10      | term-years: ten         | xx.yaml:7:60: 'ten' is not a number of years from 1 to 99
            state: draft        | 'state: draft\nname: x' | xx.yaml:5:1: the key 'name' stands twice
            state: draft        | 'from: soon\nstate: draft' | xx.yaml:4:7: 'soon' is not a day such as 2026-11-23
            regime: xx          | 'a: [b'                 | this is not YAML
            regime: xx          | 'a: &x [1]\nb: *x'      | this YAML is not read here
            """)
    void aBrokenPackIsRefusedWithLineAndColumn(String from, String to, String expected) {
        String text = PACK.replace(from, to.replace("\\n", "\n"));

        assertThat(PackReader.read("xx.yaml", text))
                .isInstanceOfSatisfying(
                        PackReader.Outcome.Refused.class,
                        refused -> assertThat(refused.problems())
                                .anySatisfy(problem -> assertThat(problem).contains(expected)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a", "text", "\u0000", "{{{{{{"})
    void whatIsNoPackAtAllIsRefused(String text) {
        assertThat(PackReader.read("x.yaml", text)).isInstanceOf(PackReader.Outcome.Refused.class);
        assertThat(PackReader.read("x.yaml", PACK + "#".repeat(PackReader.OCTETS_MAX)))
                .isInstanceOf(PackReader.Outcome.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "regime,     ky,         REGIME_UNKNOWN",
        "type,       iig,        LICENCE_TYPE_UNKNOWN",
        "term-until, 2019-01-01, LICENCE_TERM_INVALID",
        "term-until, 2031-01-02, LICENCE_TERM_INVALID",
        "term-until, 2030-01-01, ''",
        "standing,   suspended,  DECISION_MISSING",
        "standing,   revoked,    DECISION_MISSING"
    })
    void aLicenceIsJudgedByItsRegime(String field, String value, String expected) {
        Regime regime = ((PackReader.Outcome.Read) PackReader.read("xx.yaml", PACK)).regime();
        Map<String, String> values = new HashMap<>(Map.of(
                "operator", "alpha", "regime", "xx", "type", "isp", "granted", "2020-01-01", "standing", "in-force"));
        values.put(field, value);

        List<Problem> problems = new Regimes(List.of(regime)).problems(new Entry(Kind.LICENCE, "L-1", values));

        assertThat(problems.stream()
                        .map(problem -> problem.reason().name())
                        .findFirst()
                        .orElse(""))
                .isEqualTo(expected);
    }

    @Test
    void aLicenseeMigratesFromTheTiersToTheMergerWithoutCode() {
        SystemClock clock = new SystemClock();
        ChangeRules rules = new ChangeRules(false, REGIMES);
        AuditTrail trail = new AuditTrail(clock);
        Changes server = new Changes(DATABASE.server(), trail, clock, () -> rules);
        Changes web = new Changes(DATABASE.web(), trail, clock, () -> rules);
        Book book = new Book(DATABASE.web());
        Actor officer = Actor.person("p-offi-2222", "x", List.of(Role.LICENSING_OFFICER), Optional.empty());
        Actor registrar = Actor.person("p-regi-3333", "x", List.of(Role.REGISTRAR), Optional.empty());
        done(server.enter(
                Actor.TONLE,
                new Draft(
                        Days.since(DAY),
                        "start",
                        List.of(
                                Item.add(Kind.OPERATOR, "padma", Map.of("name", "Padma Net")),
                                Item.add(
                                        Kind.LICENCE,
                                        "IIG-7",
                                        Map.of(
                                                "operator",
                                                "padma",
                                                "regime",
                                                "bd-2010",
                                                "type",
                                                "iig",
                                                "granted",
                                                "2015-03-01",
                                                "term-until",
                                                "2030-03-01")),
                                Item.add(
                                        Kind.LICENCE,
                                        "NIX-2",
                                        Map.of(
                                                "operator",
                                                "padma",
                                                "regime",
                                                "bd-2010",
                                                "type",
                                                "nix",
                                                "granted",
                                                "2015-03-01"))))));
        LocalDate day = DAY.plusDays(20);
        Regime merger = REGIMES.find("bd-2025").orElseThrow();
        Entry old = book.find(officer.scope(), Kind.LICENCE, "IIG-7", day).orElseThrow();

        var outcome = Migration.draft(old, 1, merger, "ICSP-1", Optional.empty(), day, "order 12 of 2026");
        Draft draft = ((Migration.Outcome.Drafted) outcome).draft();
        String id = done(web.propose(officer, draft)).id();
        done(web.confirm(registrar, id, "as the policy says"));

        Entry after = book.find(officer.scope(), Kind.LICENCE, "ICSP-1", day).orElseThrow();
        assertThat(after.text("type")).isEqualTo("icsp");
        assertThat(after.text("succeeds")).isEqualTo("IIG-7");
        assertThat(after.text("term-until")).isEqualTo("2030-03-01");
        assertThat(book.find(officer.scope(), Kind.LICENCE, "IIG-7", day)
                        .orElseThrow()
                        .text("standing"))
                .isEqualTo("migrated");
        assertThat(book.find(officer.scope(), Kind.LICENCE, "IIG-7", DAY)
                        .orElseThrow()
                        .text("standing"))
                .isEqualTo("in-force");
        assertThat(book.find(officer.scope(), Kind.LICENCE, "ICSP-1", DAY)).isEmpty();
        Entry nix = book.find(officer.scope(), Kind.LICENCE, "NIX-2", day).orElseThrow();
        assertThat(Migration.draft(nix, 1, merger, "X-1", Optional.empty(), day, "order 12"))
                .isInstanceOfSatisfying(
                        Migration.Outcome.Refused.class,
                        refused -> assertThat(refused.problem().reason()).isEqualTo(Reason.MIGRATION_UNMAPPED));
        assertThat(Migration.draft(nix, 1, merger, "X-1", Optional.of("fixed"), day, "order 12"))
                .isInstanceOf(Migration.Outcome.Drafted.class);
    }

    private static tonle.registry.change.Change done(ChangeOutcome outcome) {
        assertThat(outcome).isInstanceOf(ChangeOutcome.Done.class);
        return ((ChangeOutcome.Done) outcome).change();
    }
}
