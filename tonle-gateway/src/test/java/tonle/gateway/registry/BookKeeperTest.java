// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;
import tonle.base.power.Seed;
import tonle.database.Scope;
import tonle.gateway.demo.DemoCountry;
import tonle.registry.Registry;
import tonle.registry.book.BookStore;
import tonle.registry.book.Days;
import tonle.registry.book.Kind;
import tonle.registry.book.Snapshot;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;
import tonle.testkit.SettableClock;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.RateOverride;
import tonle.traffic.topology.Site;
import tonle.traffic.topology.Topology;

/** The book follows the file while nobody changed it, and rules from a person's first change on. */
class BookKeeperTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Phnom_Penh");
    private static final Actor DARA =
            Actor.person("p-aaaa-aaaa", "Dara", List.of(Role.REGISTRAR, Role.ENGINEER), java.util.Optional.empty());

    private final SettableClock clock =
            new SettableClock(Instant.parse("2026-11-24T05:00:00Z").toEpochMilli());
    private TestDatabase database;
    private BookKeeper keeper;
    private Registry registry;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh(clock);
        keeper = new BookKeeper(database.server(), clock, ZONE, () -> false);
        registry = Registry.of(database.web(), database.server(), clock, ZONE, () -> false, _ -> true, List.of());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theBookSaysOfTheDemoCountryWhatItsFileSays() {
        Topology file = DemoCountry.topology();
        BookKeeper.Ruling ruling = keeper.rule(file, 2);
        assertThat(ruling).isInstanceOfSatisfying(BookKeeper.Ruling.File.class, done -> {
            assertThat(done.trouble()).isEmpty();
            assertThat(done.words()).startsWith("CHG-2026-0001: ");
        });
        assertThat(sorted(inBook(1, file.gatewayName()))).isEqualTo(sorted(file));
        assertThat(keeper.rule(file, 3)).isEqualTo(new BookKeeper.Ruling.File("", ""));
    }

    @Test
    void whateverAFileBecomesTheBookFollows() {
        for (int run = 0; run < 12; run++) {
            Topology file = random(new Seed(run));
            clock.advanceMillis(run % 3 == 0 ? 86_400_000 : 60_000);
            BookKeeper.Ruling ruling = keeper.rule(file, 1);
            assertThat(ruling)
                    .as("seed %d", run)
                    .isInstanceOfSatisfying(
                            BookKeeper.Ruling.File.class,
                            done -> assertThat(done.trouble()).isEmpty());
            assertThat(sorted(inBook(1, file.gatewayName()))).as("seed %d", run).isEqualTo(sorted(file));
        }
    }

    @Test
    void fromAPersonsFirstChangeOnTheBookRulesAndSaysWhatTheFileSaysOtherwise() {
        Topology file = random(new Seed(7));
        keeper.rule(file, 1);
        assertThat(keeper.state().isChangedByPeople()).isFalse();
        confirmed(new Draft(
                Days.since(LocalDate.of(2026, 11, 24)),
                "moved on the map",
                List.of(Item.amend(Kind.SITE, "S0", 1, Map.of("map-x", "999")))));
        assertThat(keeper.state().isChangedByPeople()).isTrue();
        assertThat(keeper.rule(file, 9)).isInstanceOfSatisfying(BookKeeper.Ruling.Book.class, book -> {
            assertThat(book.topology().version()).isEqualTo(9);
            assertThat(book.topology().sites().getFirst().mapX()).isEqualTo(999);
            assertThat(book.differences()).containsExactly("site S0 differs in map-x");
        });
        // What the file says now changes nothing: it is told.
        Topology other = new Topology(1, file.gatewayName(), file.sites(), file.members(), List.of(), List.of());
        assertThat(keeper.rule(other, 10)).isInstanceOfSatisfying(BookKeeper.Ruling.Book.class, book -> {
            assertThat(book.topology().exporters()).hasSameSizeAs(file.exporters());
            assertThat(book.differences())
                    .contains("device e0 stands in the book and not in the file", "site S0 differs in map-x");
        });
    }

    @Test
    void whatIsPlannedForADayTakesEffectOnThatDay() {
        keeper.rule(random(new Seed(7)), 1);
        confirmed(new Draft(
                Days.since(LocalDate.of(2026, 12, 1)),
                "the site moves",
                List.of(Item.amend(Kind.SITE, "S0", 1, Map.of("map-x", "1000")))));
        BookKeeper.State before = keeper.state();
        assertThat(mapX(keeper.rule(random(new Seed(7)), 2))).isNotEqualTo(1_000);
        clock.setUnixMillis(Instant.parse("2026-11-30T16:59:59Z").toEpochMilli());
        assertThat(mapX(keeper.rule(random(new Seed(7)), 3))).isNotEqualTo(1_000);
        clock.setUnixMillis(Instant.parse("2026-11-30T17:00:00Z").toEpochMilli());
        assertThat(keeper.state()).as("midnight in Phnom Penh").isNotEqualTo(before);
        assertThat(mapX(keeper.rule(random(new Seed(7)), 4))).isEqualTo(1_000);
    }

    @Test
    void whatTheBookWouldNotTakeIsToldAndTheFileIsInForceAllTheSame() {
        Topology file = new Topology(
                1,
                "g",
                List.of(),
                List.of(
                        new Member("a", "Alpha Net", "Alpha Net", List.of(), List.of()),
                        new Member("b", "A\u217Cpha Net", "A\u217Cpha Net", List.of(), List.of())),
                List.of(),
                List.of());
        assertThat(keeper.rule(file, 1)).isInstanceOfSatisfying(BookKeeper.Ruling.File.class, done -> {
            assertThat(done.words()).isEmpty();
            assertThat(done.trouble()).contains("does not follow", "operator a, name", "and 1 more");
        });
        boolean isEmpty = database.server().read(Scope.system(), unit -> new BookStore().isEmpty(unit));
        assertThat(isEmpty).isTrue();
    }

    @Test
    void anIdThatWasGivenUpIsNotTakenAgain() {
        Topology with =
                new Topology(1, "g", List.of(new Site("S1", "One", "One", 1, 1)), List.of(), List.of(), List.of());
        Topology without = new Topology(1, "g", List.of(), List.of(), List.of(), List.of());
        keeper.rule(with, 1);
        keeper.rule(without, 1);
        assertThat(keeper.rule(with, 1))
                .isInstanceOfSatisfying(
                        BookKeeper.Ruling.File.class,
                        done -> assertThat(done.trouble()).contains("site S1, id"));
    }

    @Test
    void anExporterIsTakenInByWhoMayAndByNobodyElse() {
        keeper.rule(random(new Seed(7)), 1);
        Exporter fresh = exporter(new Seed(1), 77);
        Actor clerk = Actor.person("p-bbbb-bbbb", "Clerk", List.of(Role.OPERATOR_CLERK), java.util.Optional.of("m-0"));
        assertThat(keeper.take(fresh, clerk, registry).orElseThrow()).contains("take-in-exporter");
        assertThat(keeper.take(fresh, DARA, registry)).isEmpty();
        assertThat(keeper.take(fresh, Actor.OWNER, registry).orElseThrow()).contains("e77");
        assertThat(keeper.take(exporter(new Seed(1), 78), Actor.OWNER, registry))
                .isEmpty();
        assertThat(inBook(1, "").exporters()).extracting(Exporter::id).contains("e77", "e78");
    }

    private void confirmed(Draft draft) {
        ChangeOutcome proposed = registry.changes().propose(DARA, draft);
        assertThat(proposed).isInstanceOf(ChangeOutcome.Done.class);
        String id = ((ChangeOutcome.Done) proposed).change().id();
        assertThat(registry.changes().confirm(DARA, id, "")).isInstanceOf(ChangeOutcome.Done.class);
    }

    private static int mapX(BookKeeper.Ruling ruling) {
        return ((BookKeeper.Ruling.Book) ruling).topology().sites().getFirst().mapX();
    }

    private Topology inBook(long version, String name) {
        LocalDate day = keeper.state().day();
        return database.server()
                .read(
                        Scope.system(),
                        unit -> BookTopology.of(new Snapshot(day, new BookStore().histories(unit)), version, name));
    }

    private static Topology sorted(Topology topology) {
        return new Topology(
                1,
                topology.gatewayName(),
                by(topology.sites(), Comparator.comparing(Site::id)),
                by(topology.members(), Comparator.comparing(Member::id)),
                by(topology.links(), Comparator.comparing(Link::id)),
                by(topology.exporters(), Comparator.comparing(Exporter::id)));
    }

    private static <T> List<T> by(List<T> list, Comparator<T> order) {
        return list.stream().sorted(order).toList();
    }

    /** Ids are of the seed, so that none comes back after it was given up; S0 and e0 are always there. */
    private static Topology random(Seed seed) {
        int run = 1 + seed.below(1_000_000);
        List<Site> sites = new ArrayList<>(List.of(site(seed, "S0"), site(seed, "S1")));
        for (int i = 0; i < seed.below(3); i++) {
            sites.add(site(seed, "S" + run + "-" + i));
        }
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < seed.below(5); i++) {
            List<Prefix> prefixes = new ArrayList<>();
            for (int p = 0; p < seed.below(4); p++) {
                int bits = (10 << 24) | (i << 16) | (p << 8);
                prefixes.add(new Prefix(4, (long) bits << 32, 0, 24));
            }
            String name = "Operator " + run + " of " + (char) ('A' + i);
            String khmer = seed.below(2) == 0 ? name : "ក្រុមហ៊ុន";
            members.add(new Member("m" + run + "-" + i, name, khmer, List.of(64_500L + i), prefixes));
        }
        List<Exporter> exporters = new ArrayList<>();
        for (int i = 0; i < 1 + seed.below(4); i++) {
            exporters.add(exporter(seed, i == 0 ? 0 : run * 10 + i));
        }
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < seed.below(6); i++) {
            LinkKind kind = LinkKind.values()[seed.below(4)];
            List<LinkPort> ports = List.of(new LinkPort("e0", 1 + i, seed.below(2) == 0));
            String member = members.isEmpty()
                    ? ""
                    : members.get(seed.below(members.size())).id();
            String far = kind == LinkKind.BACKBONE ? "S1" : "";
            long capacity = 1_000 + seed.below(1_000_000) * 1_000L;
            links.add(new Link("L" + run + "-" + i, kind, "S0", far, member, "Carrier " + i, capacity, ports));
        }
        return new Topology(1, "gateway", sites, members, links, exporters);
    }

    private static Site site(Seed seed, String id) {
        return new Site(
                id, "Site " + id, seed.below(2) == 0 ? "Site " + id : "ភ្នំពេញ", seed.below(999), seed.below(999));
    }

    private static Exporter exporter(Seed seed, int number) {
        List<RateOverride> overrides = new ArrayList<>();
        for (int o = 0; o < seed.below(3); o++) {
            long to = seed.below(2) == 0 ? Long.MAX_VALUE : 2_000_000_000L;
            overrides.add(new RateOverride(
                    seed.below(9) - 1, 1 + seed.below(5_000), 1_000L * o + seed.below(900), to, "measured twice " + o));
        }
        return new Exporter(
                "e" + number,
                "S" + seed.below(2),
                List.of(DeviceAddress.ofIpv4(0xC0000000 + number), DeviceAddress.ofIpv6(0x20010db8L << 32, number)),
                number == 0 ? List.of() : List.of(DeviceAddress.ofIpv4(0xC0000000)),
                ExporterKind.values()[seed.below(3)],
                seed.below(10_000),
                overrides,
                seed.below(2) == 0,
                seed.below(2) == 0,
                1 + seed.below(3_600),
                seed.below(2) == 0,
                seed.below(2) == 0 ? "" : "0f".repeat(32));
    }
}
