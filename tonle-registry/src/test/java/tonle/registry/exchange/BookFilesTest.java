// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tonle.base.Prefix;
import tonle.registry.book.Days;
import tonle.registry.book.Field;
import tonle.registry.book.Histories;
import tonle.registry.book.Kind;
import tonle.registry.book.Problem;
import tonle.registry.book.Snapshot;
import tonle.registry.book.Timeline;
import tonle.registry.book.Version;
import tonle.registry.change.Act;
import tonle.registry.change.Item;
import tonle.registry.exchange.BookImports.Divergence;
import tonle.registry.exchange.BookImports.Proposal;
import tonle.registry.exchange.DelegatedResources.AsnRange;
import tonle.testkit.ReferenceData;

class BookFilesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final String NETWORK = "6b2f2b50-8d0f-4f7e-9d39-0d6f7c2f1a10";

    private final Map<Kind, Map<String, Timeline>> memory = new EnumMap<>(Kind.class);
    private final Histories histories = kind -> memory.computeIfAbsent(kind, empty -> new TreeMap<>());

    @BeforeEach
    void aSmallCountry() {
        add(Kind.EXCHANGE, "KHIX", "name", "Mekong Exchange", "country", "KH", "ixf-id", "77");
        add(Kind.EXCHANGE, "CNX", "name", "Cambodian Network Exchange", "standing", "federated");
        add(
                Kind.SITE,
                "PNH-1",
                "name",
                "Phnom Penh",
                "exchange",
                "KHIX",
                "country",
                "KH",
                "latitude",
                "11.55",
                "longitude",
                "104.9");
        add(Kind.SITE, "PPT-1", "name", "Poipet", "exchange", "KHIX", "country", "KH");
        add(Kind.SITE, "CNX-1", "name", "Other house", "exchange", "CNX", "country", "KH");
        add(Kind.FACILITY, "PNH-HALL", "site", "PNH-1", "name", "Hall one");
        add(Kind.DEVICE, "sw-1", "site", "PNH-1", "role", "switch", "addresses", "192.0.2.1");
        add(Kind.INTERFACE, "sw-1/7");
        add(
                Kind.OPERATOR,
                "alpha",
                "name",
                "Alpha Telecom",
                "asns",
                "64500, 64510",
                "prefixes",
                "198.18.0.0/20",
                "contact-noc",
                "noc@alpha.example",
                "tin",
                "K001-901234567");
        add(Kind.OPERATOR, "bravo", "name", "Bravo Net", "asns", "64501", "as-sets", "AS-BRAVO");
        add(Kind.OPERATOR, "nobody", "name", "Nobody Yet");
        add(
                Kind.LINK,
                "PNH-A-1",
                "kind",
                "exchange-port",
                "site",
                "PNH-1",
                "operator",
                "alpha",
                "capacity",
                "100G",
                "ports",
                "sw-1/7",
                "in-service-from",
                "2026-01-01",
                "committed-rate",
                "10G");
        add(Kind.LINK, "PNH-B-1", "kind", "exchange-port", "site", "CNX-1", "operator", "bravo", "capacity", "10G");
        add(
                Kind.LINK,
                "PPT-BKK-1",
                "kind",
                "international",
                "site",
                "PPT-1",
                "operator",
                "alpha",
                "capacity",
                "400G",
                "counterpart",
                "Siam Carrier",
                "counterpart-country",
                "TH",
                "in-service-from",
                "2027-01-01");
        add(Kind.LINK, "PNH-PPT-1", "kind", "backbone", "site", "PNH-1", "far-site", "PPT-1", "capacity", "800G");
    }

    private void add(Kind kind, String id, String... fields) {
        Map<String, String> values = new LinkedHashMap<>();
        kind.fields().forEach(field -> values.put(field.name(), field.fallback()));
        for (int i = 0; i < fields.length; i += 2) {
            Field field = kind.field(fields[i]).orElseThrow();
            List<Problem> problems = new ArrayList<>();
            values.put(
                    field.name(),
                    field.canonical(id, fields[i + 1], problems::add)
                            .orElseThrow(() -> new AssertionError(id + " " + problems)));
        }
        List<Version> versions = new Timeline(kind, id, List.of()).added(values, Days.since(DAY), 0, "CHG-2026-0001");
        histories.of(kind).put(id, new Timeline(kind, id, versions));
    }

    private BookExports exports() {
        return new BookExports(new Snapshot(DAY, histories));
    }

    private static InputStream octets(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void ourOwnExchangeGoesOutWithItsMembersAndNothingPrivate() throws IOException {
        String text = IxfWriter.text(exports().ixf("Tonle 0.1.0", Instant.EPOCH), IxfVersion.V1_0);

        IxfDocument document = IxfReader.read(octets(text)).document().orElseThrow();
        assertThat(document.exchanges()).singleElement().satisfies(exchange -> {
            assertThat(exchange.shortName()).isEqualTo("KHIX");
            assertThat(exchange.ixfId()).hasValue(77);
            assertThat(exchange.switches()).hasSize(1);
        });
        assertThat(document.members()).singleElement().satisfies(member -> {
            assertThat(member.asn()).isEqualTo(64500);
            assertThat(member.connections()).singleElement().satisfies(connection -> {
                assertThat(connection.state()).contains("active");
                assertThat(connection.ports().getFirst().speedMegabits()).hasValue(100_000);
            });
        });
        assertThat(text).doesNotContain("noc@").doesNotContain("K001").doesNotContain("192.0.2.1");
    }

    @Test
    void peeringDbObjectsOfTheBookAreReadBackEqual() throws IOException {
        PeeringDbDocument document = exports().peeringDb();

        assertThat(document.networks()).extracting(PeeringDbDocument.Net::asn).containsExactly(64500L, 64510L, 64501L);
        assertThat(document.presences())
                .singleElement()
                .satisfies(presence -> assertThat(presence.speedMegabits()).isEqualTo(100_000));
        assertThat(document.exchangeFacilities()).hasSize(1);
        assertThat(PeeringDbReader.read(octets(PeeringDbWriter.text(document)), Optional.empty())
                        .document())
                .contains(document);
    }

    @Test
    void circuitsGoOutAsFibreDataAndComeBackAsTheLinksThatTheyWere() throws IOException {
        OfdsDocument document = exports().ofds(NETWORK, "Mekong gateway");

        assertThat(document.networks().getFirst().spans()).hasSize(2).anySatisfy(span -> {
            assertThat(span.id()).isEqualTo("PPT-BKK-1");
            assertThat(span.status()).contains(OfdsDocument.Status.PLANNED);
            assertThat(span.capacityGigabits()).contains(400.0);
            assertThat(span.countries()).containsExactly("KH", "TH");
        });
        Reading<OfdsDocument> reading = OfdsReader.read(octets(OfdsWriter.text(document)));
        assertThat(reading.findings()).isEmpty();
        assertThat(reading.document()).contains(document);
        Proposal proposal = new BookImports(histories, DAY).ofds(document);
        assertThat(proposal.items()).isEmpty();
        assertThat(proposal.divergences()).isEmpty();

        memory.get(Kind.LINK).remove("PPT-BKK-1");
        assertThat(new BookImports(histories, DAY).ofds(document).items())
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.act()).isEqualTo(Act.ADD);
                    assertThat(item.id()).isEqualTo("PPT-BKK-1");
                    assertThat(item.fields())
                            .containsEntry("kind", "international")
                            .containsEntry("capacity", "400G")
                            .containsEntry("counterpart-country", "TH")
                            .containsEntry("operator", "alpha");
                });
    }

    @Test
    void aMemberExportProposesWhoIsNewFillsWhatIsOpenAndTellsWhatDiffers() throws IOException {
        String text = """
                {"version": "0.6", "timestamp": "2026-11-23T00:00:00Z", "ixp_list": [{"ixp_id": 1, "shortname": "X"}],
                 "member_list": [
                  {"asnum": 64501, "name": "Bravo Networks", "url": "https://bravo.example/", "connection_list": []},
                  {"asnum": 64510, "name": "Alpha Telecom", "connection_list": [{"ixp_id": 1, "vlan_list": [
                     {"ipv4": {"as_macro": "RIPE::AS-ALPHA"}}, {"ipv6": {"as_macro": "as-alpha"}}]}]},
                  {"asnum": 64700, "name": "Alpha", "contact_email": ["noc@new.example"], "connection_list": []},
                  {"asnum": 64701, "name": "សៀមរាប", "connection_list": []}]}
                """;
        Proposal proposal = new BookImports(histories, DAY)
                .ixf(IxfReader.read(octets(text)).document().orElseThrow());

        assertThat(proposal.divergences())
                .containsExactly(new Divergence("operator bravo", "name", "Bravo Net", "Bravo Networks"));
        assertThat(proposal.items())
                .extracting(Item::label)
                .containsExactly("operator bravo", "operator alpha", "operator as64700", "operator as64701");
        assertThat(proposal.items().get(0).fields())
                .containsExactly(Map.entry("web-address", "https://bravo.example/"));
        assertThat(proposal.items().get(0).baseVersion()).isEqualTo(1);
        assertThat(proposal.items().get(1).fields()).containsExactly(Map.entry("as-sets", "AS-ALPHA"));
        assertThat(proposal.items().get(2).fields()).containsEntry("contact-peering", "noc@new.example");
    }

    @Test
    void aRealMemberExportBecomesOperatorsWithIdsOfTheirOwn() throws IOException {
        IxfDocument document;
        try (InputStream in =
                Files.newInputStream(ReferenceData.folder("routing").resolve("ixf/bcix.member-export.json"))) {
            document = IxfReader.read(in).document().orElseThrow();
        }

        Proposal proposal = new BookImports(histories, DAY).ixf(document);

        assertThat(proposal.items()).hasSameSizeAs(document.members());
        assertThat(new HashSet<>(proposal.items().stream()
                        .map(item -> item.id().toLowerCase(Locale.ROOT))
                        .toList()))
                .hasSameSizeAs(document.members());
        assertThat(proposal.items())
                .allSatisfy(item -> item.fields().forEach((name, value) -> {
                    List<Problem> problems = new ArrayList<>();
                    Kind.OPERATOR.field(name).orElseThrow().canonical(item.label(), value, problems::add);
                    assertThat(problems).as(item.label()).isEmpty();
                }));
    }

    @Test
    void numbersHeldAbroadAreToldAndNotBlamed() {
        DelegatedResources resources = new DelegatedResources(
                "apnic",
                "1",
                Optional.empty(),
                "KH",
                List.of(new AsnRange(64500, 64501), new AsnRange(64600, 64600)),
                List.of(Prefix.parse("198.18.0.0/21").orElseThrow()),
                3);

        assertThat(new BookImports(histories, DAY).delegated(resources))
                .isEqualTo(
                        new BookImports.ResourceReport(List.of("alpha AS64510"), List.of("alpha 198.18.0.0/20"), 3, 1));
    }
}
