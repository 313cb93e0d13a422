// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.base.power.Seed;
import tonle.portal.fixture.Fixture;
import tonle.portal.table.Table;
import tonle.portal.words.Language;
import tonle.testkit.SettableClock;
import tonle.traffic.Bins;
import tonle.traffic.Direction;
import tonle.traffic.ProtocolClass;
import tonle.traffic.store.DuckTrafficStore;
import tonle.traffic.store.RowKind;
import tonle.traffic.store.StoreSettings;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.store.VolumeBatch;
import tonle.traffic.store.VolumeRow;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.Site;
import tonle.traffic.topology.Topology;

/**
 * Journeys through a gateway, booked as the meter books them: in on the link where they enter, out on the one where
 * they leave, and on the backbone between. Whatever the question, its sums hold each journey once.
 */
class CountingTest {
    private static final long SEED = 0x7E1;
    private static final int JOURNEYS = 4_000;
    private static final List<Link> EDGE = List.of(
            link("A-1", LinkKind.EXCHANGE_PORT, "PNH", "", "alpha"),
            link("A-2", LinkKind.EXCHANGE_PORT, "SHV", "", "alpha"),
            link("B-1", LinkKind.PRIVATE_INTERCONNECT, "PNH", "", "bravo"),
            link("C-1", LinkKind.EXCHANGE_PORT, "PNH", "", "charlie"),
            link("INT-1", LinkKind.INTERNATIONAL, "SHV", "", ""),
            link("INT-2", LinkKind.INTERNATIONAL, "PPT", "", ""));
    private static final Link BACKBONE = link("BB-1", LinkKind.BACKBONE, "PNH", "SHV", "");

    private record Journey(Link entry, Link exit, boolean backbone, int octets) {}

    @TempDir
    static Path folder;

    static TrafficStore store;
    static Pages pages;
    static Documents documents;
    static final List<Journey> JOURNEYS_MADE = new ArrayList<>();

    @BeforeAll
    static void travel() throws Exception {
        List<Link> links = new ArrayList<>(EDGE);
        links.add(BACKBONE);
        List<Member> members = List.of(member("alpha", 64_496), member("bravo", 64_497), member("charlie", 64_498));
        List<Site> sites = List.of(site("PNH"), site("SHV"), site("PPT"));
        Topology topology = new Topology(1, "Counted", sites, members, links, List.of());
        SettableClock clock = new SettableClock(Fixture.NOW_SECONDS * 1000);
        store = DuckTrafficStore.open(StoreSettings.in(folder), clock);
        store.use(topology, new Fixture.Origins());
        Seed seed = new Seed(SEED);
        List<VolumeRow> rows = new ArrayList<>();
        long last = Bins.startSeconds(Fixture.NOW_SECONDS) - 2L * Bins.SECONDS;
        for (int i = 0; i < JOURNEYS; i++) {
            Link entry = EDGE.get(seed.below(EDGE.size()));
            Link exit = EDGE.get(seed.below(EDGE.size()));
            Journey journey = new Journey(entry, exit, seed.below(3) == 0, 1 + seed.below(1_000_000));
            JOURNEYS_MADE.add(journey);
            long bin = last - (long) seed.below(400) * Bins.SECONDS;
            rows.add(row(bin, entry, Direction.IN, exit, journey.octets()));
            rows.add(row(bin, exit, Direction.OUT, entry, journey.octets()));
            if (journey.backbone()) {
                rows.add(row(bin, BACKBONE, Direction.OUT, exit, journey.octets()));
                rows.add(row(bin, BACKBONE, Direction.IN, exit, journey.octets()));
            }
        }
        store.write(new VolumeBatch("test", 1, rows, List.of(), List.of()));
        pages = new Pages(Fixture.settings(), Fixture.over(store, clock, topology));
        documents = new Documents(Fixture.settings(), Fixture.over(store, clock, topology));
    }

    @AfterAll
    static void close() throws Exception {
        store.close();
    }

    @ParameterizedTest
    @CsvSource({
        "member, members",
        "none, members",
        "protocol, members",
        "'hour,ip-version', members",
        "'member,remote-as', members",
        "'country,member', members",
        "remote-as, border",
        "'country,ip-version', border",
        "site, edge",
        "'site,member', members",
    })
    void sumsHoldEachJourneyOnceOnTheSideThatTheyName(String by, String side) {
        Predicate<Link> counted = switch (side) {
            case "members" -> l -> !l.member().isEmpty();
            case "border" -> l -> l.kind() == LinkKind.INTERNATIONAL;
            default -> l -> true;
        };
        long entered = JOURNEYS_MADE.stream()
                .filter(j -> counted.test(j.entry()))
                .mapToLong(Journey::octets)
                .sum();
        long left = JOURNEYS_MADE.stream()
                .filter(j -> counted.test(j.exit()))
                .mapToLong(Journey::octets)
                .sum();
        String address = "/traffic?from=now-3d&top=100&by=" + by;
        assertThat(octets(address, "in")).as("in, seed " + SEED).isEqualTo(entered);
        assertThat(octets(address, "out")).as("out, seed " + SEED).isEqualTo(left);
        assertThat(documents.answer(address.replace("?", ".json?")).body()).contains("\"count\": \"" + side + "\"");
    }

    @Test
    void aMembersVolumeIsThatOfItsLinks() {
        for (String member : List.of("alpha", "bravo", "charlie")) {
            long received = JOURNEYS_MADE.stream()
                    .filter(j -> j.exit().member().equals(member))
                    .mapToLong(Journey::octets)
                    .sum();
            assertThat(octets(
                            "/traffic?from=now-3d&by=remote-as&top=100&where=" + encoded("member = " + member), "out"))
                    .isEqualTo(received);
        }
    }

    @Test
    void aNamedLinkOrAnAskedRuleOverrides() {
        long onInternational = JOURNEYS_MADE.stream()
                .filter(j -> j.entry().kind() == LinkKind.INTERNATIONAL)
                .mapToLong(Journey::octets)
                .sum();
        String kind = "&where=" + encoded("link-kind = international");
        assertThat(octets("/traffic?from=now-3d&by=member" + kind, "in")).isEqualTo(onInternational);
        assertThat(octets("/traffic?from=now-3d&by=member&count=border", "in")).isEqualTo(onInternational);
        long everywhere = JOURNEYS_MADE.stream()
                .mapToLong(j -> j.backbone() ? 2L * j.octets() : j.octets())
                .sum();
        assertThat(octets("/traffic?from=now-3d&by=member&count=every-link", "in"))
                .isEqualTo(everywhere);
        assertThat(octets("/traffic?from=now-3d&by=link", "in")).isEqualTo(everywhere);
        // What leaves all other links in is no choice of a side.
        long withoutFirst = JOURNEYS_MADE.stream()
                .filter(j -> !j.entry().member().isEmpty() && !j.entry().id().equals("A-1"))
                .mapToLong(Journey::octets)
                .sum();
        assertThat(octets("/traffic?from=now-3d&by=member&where=" + encoded("link != A-1"), "in"))
                .isEqualTo(withoutFirst);
    }

    @Test
    void theSentenceSaysTheRuleInBothLanguages() {
        assertThat(page("/traffic", Language.EN).sentence())
                .isEqualTo(
                        "Bits per second, in and out, by member, last 24 hours; counted once, at the members' links.");
        assertThat(page("/traffic?by=country", Language.EN).sentence())
                .endsWith("counted once, at the international links.");
        assertThat(page("/traffic", Language.KM).sentence().replace("\u200b", ""))
                .endsWith("; រាប់ម្តង នៅតំណភ្ជាប់របស់សមាជិក។");
    }

    @Test
    void theTimeBeforeIsTheSameHoursAndItsChangeFollows() {
        Table table = page("/traffic?from=now-3h&compare=previous&direction=in&top=2", Language.EN)
                .table("traffic")
                .orElseThrow();
        Table earlier = page("/traffic?from=now-27h&to=now-24h&direction=in&top=100", Language.EN)
                .table("traffic")
                .orElseThrow();
        List<String> columns = table.columns().stream().map(c -> c.key()).toList();
        int before = columns.indexOf("previousMeanBitsPerSecond");
        long total = (Long) table.totals().getFirst().cells().get(before).value();
        long rows = table.rows().stream()
                .mapToLong(r -> (Long) r.cells().get(before).value())
                .sum();
        assertThat(rows).as("with the other groups").isBetween(total - 3, total + 3);
        int mean = earlier.columns().stream().map(c -> c.key()).toList().indexOf("meanBitsPerSecond");
        for (Table.Row row : table.rows()) {
            String member = (String) row.cells().get(1).value();
            earlier.rows().stream()
                    .filter(r -> r.cells().get(1).value().equals(member))
                    .forEach(r -> assertThat(row.cells().get(before).value())
                            .as(member)
                            .isEqualTo(r.cells().get(mean).value()));
        }
    }

    @Test
    void aGatewayWithoutMembersLinksIsCountedAtItsOthers() {
        Topology transit = new Topology(1, "Transit", List.of(), List.of(), List.of(EDGE.get(4), BACKBONE), List.of());
        assertThat(Counting.of("", List.of(), List.of(), transit)).isEqualTo(Counting.EDGE);
        Topology none = new Topology(1, "None", List.of(), List.of(), List.of(BACKBONE), List.of());
        assertThat(Counting.of("", List.of(), List.of(), none)).isEqualTo(Counting.EVERY_LINK);
    }

    /** The octets of all rows of one direction, which are those of its total. */
    private static long octets(String address, String direction) {
        Table table = page(address, Language.EN).table("traffic").orElseThrow();
        long rows = sum(table, table.rows(), direction);
        if (!table.totals().isEmpty()) {
            assertThat(sum(table, table.totals(), direction))
                    .as("total of " + address)
                    .isEqualTo(rows);
        }
        return rows;
    }

    private static long sum(Table table, List<Table.Row> rows, String direction) {
        int octets = table.columns().stream().map(c -> c.key()).toList().indexOf("octets");
        return rows.stream()
                .filter(r -> r.cells().getFirst().value().equals(direction))
                .mapToLong(r -> (Long) r.cells().get(octets).value())
                .sum();
    }

    private static Page page(String address, Language language) {
        return ((Answer.Shown) pages.open(address, language).answer()).page();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** As the meter attributes: behind a member's link lies the member, else the other end decides. */
    private static VolumeRow row(long bin, Link link, Direction direction, Link other, int octets) {
        String member = link.member().isEmpty() ? other.member() : link.member();
        long remote = link.member().isEmpty() ? 64_601 : asn(other);
        return new VolumeRow(
                bin,
                link.id(),
                direction,
                member.isEmpty() ? Member.NONE : member,
                remote,
                octets % 2 == 0 ? 4 : 6,
                octets % 3 == 0 ? ProtocolClass.UDP : ProtocolClass.TCP,
                octets,
                1,
                10,
                0,
                0,
                RowKind.MEASURED);
    }

    private static long asn(Link link) {
        return switch (link.member()) {
            case "alpha" -> 64_496;
            case "bravo" -> 64_497;
            case "charlie" -> 64_498;
            default -> 64_602;
        };
    }

    private static Link link(String id, LinkKind kind, String site, String far, String member) {
        return new Link(id, kind, site, far, member, "", 100_000_000_000L, List.of());
    }

    private static Member member(String id, long asn) {
        return new Member(id, id, "", List.of(asn), List.of());
    }

    private static Site site(String id) {
        return new Site(id, id, "", 0, 0);
    }
}
