// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.base.power.Seed;
import tonle.registry.book.Days;
import tonle.registry.book.Histories;
import tonle.registry.book.Kind;
import tonle.registry.book.Problem;
import tonle.registry.book.Reason;
import tonle.registry.book.Snapshot;
import tonle.registry.book.Timeline;

class PlannerTest {
    private static final LocalDate DAY = LocalDate.of(2026, 10, 1);
    private static final ChangeRules RULES = new ChangeRules(false, _ -> List.of());

    private final Map<Kind, Map<String, Timeline>> memory = new EnumMap<>(Kind.class);
    private final Histories histories = kind -> memory.computeIfAbsent(kind, _ -> new TreeMap<>());

    @BeforeEach
    void aSmallCountry() {
        write(
                Days.since(DAY),
                add(Kind.SITE, "PNH", Map.of("name", "Phnom Penh")),
                add(Kind.SITE, "SHV", Map.of("name", "Sihanoukville")),
                add(
                        Kind.OPERATOR,
                        "alpha",
                        Map.of("name", "Alpha Telecom", "asns", "64500", "prefixes", "198.18.0.0/20")),
                add(Kind.OPERATOR, "bravo", Map.of("name", "Bravo Net", "asns", "64501")),
                add(Kind.DEVICE, "edge-1", Map.of("site", "PNH", "addresses", "192.0.2.1")),
                add(Kind.INTERFACE, "edge-1/1", Map.of()),
                add(Kind.LINK, "alpha-1", link("ports", "edge-1/1", "operator", "alpha")));
    }

    /** Each line is one change on the country above; a reason, and the field where it is told. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            add operator charlie name=Charlie                                  | -
            add operator alpha name=Other                                      | ID_TAKEN id
            add operator ALPHA name=Other                                      | ID_TAKEN id
            add operator none name=Other                                       | ID_RESERVED id
            add operator c name=Charlie;colour=red                             | FIELD_UNKNOWN colour
            add operator c name=Alpha_Telecom!                                 | NAME_LOOKS_ALIKE name
            add operator c asns=64502                                          | FIELD_MISSING name
            add operator c name=Charlie;asns=64500                             | ASN_HELD asns
            add operator c name=Charlie;prefixes=198.18.0.0/20                 | PREFIX_HELD prefixes
            add operator c name=Charlie;prefixes=198.18.4.0/22                 | PREFIX_NESTED prefixes
            add operator c name=Charlie;prefixes=198.18.0.0/16                 | PREFIX_NESTED prefixes
            amend operator alpha asns=64500,64501                              | ASN_HELD asns
            amend operator alpha name=Alpha_Telecom                            | NOTHING_CHANGES
            amend operator alpha name=                                         | FIELD_MISSING name
            amend operator alfa name=Alpha                                     | OBJECT_UNKNOWN
            end operator alpha                                                 | STILL_REFERRED_TO
            end site PNH                                                       | STILL_REFERRED_TO
            end device edge-1                                                  | STILL_REFERRED_TO
            end interface edge-1/1                                             | STILL_REFERRED_TO
            end site SHV                                                       | -
            add device edge-2 site=PNX                                         | REFERENCE_UNKNOWN site
            add device edge-2 addresses=192.0.2.1                              | ADDRESS_HELD addresses
            add interface edge-9/1 name=x                                      | REFERENCE_UNKNOWN
            add link l2 kind=exchange-port;site=PNH;capacity=1G;ports=edge-1/1 | PORT_HELD ports
            add link l2 kind=exchange-port;site=PNH;capacity=1G;ports=edge-1/2 | REFERENCE_UNKNOWN ports
            add link l2 kind=exchange-port;site=PNH;capacity=1G;operator=nobody | REFERENCE_UNKNOWN operator
            add link l2 kind=exchange-port;site=PNH;capacity=1G;far-site=SHV   | FAR_SITE_MISPLACED far-site
            add link l2 kind=backbone;site=PNH;capacity=1G                     | FAR_SITE_MISPLACED far-site
            add link l2 kind=backbone;site=PNH;capacity=1G;far-site=PNH        | FAR_SITE_MISPLACED far-site
            add link l2 kind=backbone;site=PNH;capacity=1G;far-site=SHV        | -
            add link l2 kind=exchange-port;site=PNH;capacity=1G;counterpart-country=TH | COUNTRY_MISPLACED counterpart-country
            add link l2 kind=international;site=PNH;capacity=1G;committed-rate=2G | RATE_ABOVE_CAPACITY committed-rate
            amend link alpha-1 in-service-from=2026-10-02;in-service-until=2026-10-01 | DAYS_INVALID in-service-until
            """)
    void everyRuleSpeaksAtItsField(String written, String expected) {
        Plan plan = plan(Days.since(DAY), item(written));

        String told = plan.problems().isEmpty()
                ? "-"
                : (plan.problems().getFirst().reason() + " "
                                + plan.problems().getFirst().field())
                        .strip();
        assertThat(told).as("%s: %s", written, plan.problems()).isEqualTo(expected);
    }

    @Test
    void whatEndsTogetherMayReferToEachOther() {
        Plan plan = plan(
                Days.since(DAY),
                Item.end(Kind.LINK, "alpha-1", 1),
                Item.end(Kind.INTERFACE, "edge-1/1", 1),
                Item.end(Kind.DEVICE, "edge-1", 1),
                Item.end(Kind.OPERATOR, "alpha", 1));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.differences())
                .extracting(Difference::field)
                .containsOnly(Difference.PRESENCE)
                .hasSize(4);
    }

    @Test
    void aNumberMayGoFromOneOperatorToAnotherInOneChange() {
        Plan plan = plan(
                Days.since(DAY.plusDays(3)),
                Item.amend(Kind.OPERATOR, "alpha", 1, Map.of("asns", "64501")),
                Item.amend(Kind.OPERATOR, "bravo", 1, Map.of("asns", "64500")));

        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void aPlannedChangeOfALaterDayIsSeenByTheRules() {
        write(Days.since(DAY.plusDays(30)), Item.amend(Kind.OPERATOR, "bravo", 1, Map.of("asns", "64777")));

        Plan plan = plan(Days.since(DAY), Item.amend(Kind.OPERATOR, "alpha", 1, Map.of("asns", "64500\n64777")));

        assertThat(plan.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.ASN_HELD);
            assertThat(problem.text()).contains("AS64777", "bravo", "2026-10-31");
        });
    }

    @Test
    void anAmendmentKeepsWhatWasPlannedForOtherFields() {
        write(Days.since(DAY.plusDays(30)), Item.amend(Kind.LINK, "alpha-1", 1, Map.of("capacity", "100G")));

        write(Days.since(DAY.plusDays(2)), Item.amend(Kind.LINK, "alpha-1", 2, Map.of("counterpart", "rack 7")));

        Timeline link = memory.get(Kind.LINK).get("alpha-1");
        assertThat(link.asOn(DAY.plusDays(5)).orElseThrow().text("capacity")).isEqualTo("10G");
        assertThat(link.asOn(DAY.plusDays(5)).orElseThrow().text("counterpart")).isEqualTo("rack 7");
        assertThat(link.asOn(DAY.plusDays(40)).orElseThrow().text("capacity")).isEqualTo("100G");
        assertThat(link.asOn(DAY.plusDays(40)).orElseThrow().text("counterpart"))
                .isEqualTo("rack 7");
        assertThat(link.asOn(DAY).orElseThrow().text("counterpart")).isEmpty();
    }

    @Test
    void twoEditorsOfOneFieldAreToldAndTwoOfDifferentFieldsBothHaveTheirWay() {
        write(Days.since(DAY), Item.amend(Kind.LINK, "alpha-1", 1, Map.of("capacity", "20G")));

        Plan same = plan(Days.since(DAY), Item.amend(Kind.LINK, "alpha-1", 1, Map.of("capacity", "40G")));
        Plan other = plan(Days.since(DAY), Item.amend(Kind.LINK, "alpha-1", 1, Map.of("counterpart", "rack 1")));
        Plan agreeing = plan(
                Days.since(DAY),
                Item.amend(Kind.LINK, "alpha-1", 1, Map.of("capacity", "20G", "counterpart", "rack 1")));
        Plan end = plan(Days.since(DAY), Item.end(Kind.LINK, "alpha-1", 1));

        assertThat(same.conflicts())
                .containsExactly(new Conflict(Kind.LINK, "alpha-1", "capacity", "10G", "20G", "40G"));
        assertThat(other.conflicts()).isEmpty();
        assertThat(other.problems()).isEmpty();
        assertThat(agreeing.conflicts()).isEmpty();
        assertThat(end.conflicts()).extracting(Conflict::field).containsExactly("capacity");
    }

    @Test
    void aVersionThatNobodyHasWrittenCannotHaveBeenSeen() {
        assertThat(plan(Days.since(DAY), Item.amend(Kind.LINK, "alpha-1", 9, Map.of("capacity", "20G")))
                        .problems())
                .extracting(Problem::reason)
                .containsExactly(Reason.OBJECT_UNKNOWN);
    }

    @Test
    void theOwnerIsTheOneOperatorThatIsTouched() {
        Item alpha = Item.amend(Kind.OPERATOR, "alpha", 1, Map.of("contact-noc", "noc@alpha.example"));
        Item link = Item.amend(Kind.LINK, "alpha-1", 1, Map.of("counterpart", "rack 1"));
        Item bravo = Item.amend(Kind.OPERATOR, "bravo", 1, Map.of("contact-noc", "noc@bravo.example"));
        Item taken = Item.amend(Kind.LINK, "alpha-1", 1, Map.of("operator", "bravo"));

        assertThat(plan(Days.since(DAY), alpha, link).owner()).contains("alpha");
        assertThat(plan(Days.since(DAY), alpha, bravo).owner()).isEmpty();
        assertThat(plan(Days.since(DAY), taken).owner()).isEmpty();
    }

    @Test
    void aDraftIsBounded() {
        Item item = Item.amend(Kind.LINK, "alpha-1", 1, Map.of("capacity", "20G"));

        assertThat(reasons(new Draft(Days.since(DAY), " ", List.of(item)))).contains(Reason.REASON_MISSING);
        assertThat(reasons(new Draft(Days.since(DAY), "x".repeat(301), List.of(item))))
                .contains(Reason.REASON_MISSING);
        assertThat(reasons(new Draft(Days.since(DAY), "why", List.of()))).contains(Reason.NOTHING_CHANGES);
        assertThat(reasons(new Draft(Days.since(LocalDate.of(1066, 10, 14)), "why", List.of(item))))
                .contains(Reason.DAYS_INVALID);
        assertThat(reasons(new Draft(Days.since(DAY), "why", List.of(item, item))))
                .contains(Reason.OBJECT_TWICE);
        assertThat(reasons(new Draft(Days.since(DAY), "why", java.util.Collections.nCopies(Draft.ITEMS_MAX + 1, item))))
                .contains(Reason.TOO_MANY_ITEMS);
    }

    @Test
    void aRandomHistoryOfOneFieldEqualsDaysPaintedByHand() {
        long number = 42;
        Seed seed = new Seed(number);
        int dayCount = 60;
        String[] capacity = new String[dayCount];
        String[] counterpart = new String[dayCount];
        java.util.Arrays.fill(capacity, "10G");
        java.util.Arrays.fill(counterpart, "");
        for (int step = 1; step <= 60; step++) {
            int from = seed.below(dayCount - 1);
            int until = seed.below(2) == 0 ? dayCount : from + 1 + seed.below(dayCount - from);
            boolean isCapacity = seed.below(2) == 0;
            String value = isCapacity ? step + "G" : "rack " + step;
            Days days = new Days(
                    DAY.plusDays(from), until >= dayCount ? Optional.empty() : Optional.of(DAY.plusDays(until)));
            int head = memory.get(Kind.LINK).get("alpha-1").head();
            write(days, Item.amend(Kind.LINK, "alpha-1", head, Map.of(isCapacity ? "capacity" : "counterpart", value)));
            java.util.Arrays.fill(isCapacity ? capacity : counterpart, from, Math.min(until, dayCount), value);
            Timeline link = memory.get(Kind.LINK).get("alpha-1");
            for (int day = 0; day < dayCount; day++) {
                var entry = link.asOn(DAY.plusDays(day)).orElseThrow();
                assertThat(entry.text("capacity") + " " + entry.text("counterpart"))
                        .as("seed %d, step %d, day %d", number, step, day)
                        .isEqualTo(capacity[day] + " " + counterpart[day]);
            }
        }
    }

    private List<Reason> reasons(Draft draft) {
        return Planner.plan(histories, draft, RULES, 1_000, "CHG-2026-0009").problems().stream()
                .map(Problem::reason)
                .toList();
    }

    private Plan plan(Days days, Item... items) {
        return Planner.plan(histories, new Draft(days, "because", List.of(items)), RULES, 1_000, "CHG-2026-0001");
    }

    private void write(Days days, Item... items) {
        Plan plan = plan(days, items);
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.conflicts()).isEmpty();
        plan.writes()
                .forEach((kind, byId) ->
                        byId.forEach((id, versions) -> memory.computeIfAbsent(kind, _ -> new TreeMap<>())
                                .merge(id, new Timeline(kind, id, versions), (timeline, _) -> timeline.and(versions))));
        assertThat(new Snapshot(days.from(), histories).all(Kind.SITE)).isNotEmpty();
    }

    private static Item add(Kind kind, String id, Map<String, String> fields) {
        return Item.add(kind, id, fields);
    }

    private static Map<String, String> link(String... more) {
        Map<String, String> fields = new HashMap<>(Map.of("kind", "exchange-port", "site", "PNH", "capacity", "10G"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }

    /** {@code act kind id field=value;field=value}; an underscore stands for a blank. */
    private static Item item(String written) {
        List<String> words = new ArrayList<>(List.of(written.split(" ")));
        Map<String, String> fields = new HashMap<>();
        if (words.size() > 3) {
            for (String pair : words.get(3).split(";")) {
                String[] parts = pair.split("=", -1);
                fields.put(parts[0], parts[1].replace('_', ' '));
            }
        }
        Kind kind = Kind.of(words.get(1)).orElseThrow();
        Act act = Act.of(words.get(0)).orElseThrow();
        return new Item(kind, words.get(2), act, act == Act.ADD ? 0 : 1, fields);
    }
}
