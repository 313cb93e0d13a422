// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Topology;

class ConfigurationFileTest {
    private static final String SMALL = """
            gateway: {name: Test gateway}
            operators:
              - id: alpha
                name: Alpha Telecom
                name-khmer: អាល់ហ្វា
                asns: [64500, AS64501]
                prefixes: [203.0.113.0/24, "2001:db8::/32"]
              - {id: bravo, name: Bravo Net}
            sites:
              - {id: PNH, name: Phnom Penh, map-x: 520, map-y: 610}
              - {id: SHV, name: Sihanoukville}
            exporters:
              - id: pnh-edge-1
                site: PNH
                addresses: [192.0.2.1, "2001:db8:ffff::1"]
                records: both
                default-rate: 1000
                overrides:
                  - {interface: 7, rate: 2000, from: 2026-10-01T00:00:00Z, reason: changed by hand}
            links:
              - id: PNH-SHV-1
                kind: backbone
                site: PNH
                far-site: SHV
                capacity: 100G
                ports:
                  - {exporter: pnh-edge-1, interface: 7}
              - {id: alpha-1, kind: exchange-port, site: PNH, operator: alpha, capacity: 2.5G}
            """;

    @TempDir
    Path folder;

    @Test
    void aSmallFileIsReadWhole() throws IOException {
        Topology topology = read(SMALL).topology();

        assertThat(topology.gatewayName()).isEqualTo("Test gateway");
        assertThat(topology.members().getFirst().asns()).containsExactly(64_500L, 64_501L);
        assertThat(topology.members().getFirst().prefixes())
                .containsExactly(
                        Prefix.parse("203.0.113.0/24").orElseThrow(),
                        Prefix.parse("2001:db8::/32").orElseThrow());
        assertThat(topology.members().getLast().nameKhmer()).isEqualTo("Bravo Net");
        assertThat(topology.exporters().getFirst().kind()).isEqualTo(ExporterKind.BOTH);
        assertThat(topology.exporters().getFirst().addresses())
                .contains(DeviceAddress.parse("192.0.2.1").orElseThrow());
        assertThat(topology.exporters().getFirst().overrides().getFirst().fromSeconds())
                .isEqualTo(1_790_812_800L);
        assertThat(topology.links().getFirst().kind()).isEqualTo(LinkKind.BACKBONE);
        assertThat(topology.links().getFirst().ports()).containsExactly(new LinkPort("pnh-edge-1", 7, true));
        assertThat(topology.links().getLast().capacityBitsPerSecond()).isEqualTo(2_500_000_000L);
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestNameAndItsPlace() {
        assertThat(problems("gateway: {name: x}\noperatrs:\n  - id: a\n"))
                .containsExactly("tonle.yaml:2:1: unknown key 'operatrs': did you mean operators?");
        assertThat(problems(SMALL.replace("default-rate", "defualt-rate")))
                .containsExactly(
                        "tonle.yaml:17:5: unknown key 'defualt-rate' in exporters[]: did you mean default-rate?");
        assertThat(problems("gateway:\n  zzzzzzz: 1\n"))
                .containsExactly("tonle.yaml:2:3: unknown key 'zzzzzzz' in gateway: known here: name");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceEachWithItsPlace() {
        String text = """
                operators:
                  - {id: -x, name: A, asns: [0], prefixes: [203.0.113.128/25, 10.0.0.1/8]}
                sites:
                  - {id: PNH, name: P, map-x: 1001}
                  - {id: pnh, name: Q}
                exporters:
                  - {id: e1, site: PHN, addresses: [router.example], records: ingres}
                  - {id: e2, site: PNH, addresses: [192.0.2.1]}
                  - {id: e3, site: PNH, addresses: [192.0.2.1], active-timeout-seconds: 0}
                links:
                  - {id: l1, kind: international, site: PNH, far-site: PNH, capacity: fast}
                  - {id: l2, kind: exchange-port, site: PNH, operator: nobody, capacity: 1G, ports: [{exporter: e9, interface: 1}]}
                """;
        assertThat(problems(text))
                .hasSize(15)
                .anySatisfy(each -> assertThat(each).startsWith("tonle.yaml:2:10: '-x': operators[].id is an id"))
                .anySatisfy(each -> assertThat(each).contains("'0' is not an AS number"))
                .anySatisfy(each -> assertThat(each).contains("203.0.113.128/25 is longer than /24"))
                .anySatisfy(each -> assertThat(each).contains("'10.0.0.1/8' is not a prefix"))
                .anySatisfy(each -> assertThat(each).contains("'1001': sites[].map-x is a whole number from 0 to 1000"))
                .anySatisfy(each -> assertThat(each).startsWith("tonle.yaml:5:10: there is a site PNH already"))
                .anySatisfy(each -> assertThat(each).contains("there is no site PHN; did you mean PNH?"))
                .anySatisfy(each -> assertThat(each).contains("'router.example' is not an address in digits"))
                .anySatisfy(each -> assertThat(each).contains("'ingres'").contains("did you mean ingress?"))
                .anySatisfy(each -> assertThat(each).contains("192.0.2.1 is an address of exporter e2 already"))
                .anySatisfy(each -> assertThat(each).contains("'0': exporters[].active-timeout-seconds"))
                .anySatisfy(each -> assertThat(each).contains("only a backbone link has a far-site"))
                .anySatisfy(each -> assertThat(each).contains("'fast': links[].capacity is a speed such as 100G"))
                .anySatisfy(each -> assertThat(each).contains("there is no operator nobody"));
    }

    @Test
    void anAgentIsAnAddressOfAnotherExporter() {
        String text = """
                exporters:
                  - {id: relay, addresses: [192.0.2.1], agents: [192.0.2.2, 192.0.2.1, 192.0.2.9, switch]}
                  - {id: switch-1, addresses: [192.0.2.2]}
                """;
        assertThat(problems(text))
                .hasSize(3)
                .anySatisfy(each -> assertThat(each).contains("192.0.2.1 is no address of another exporter"))
                .anySatisfy(each -> assertThat(each).contains("192.0.2.9 is no address of another exporter"))
                .anySatisfy(each -> assertThat(each).contains("'switch' is not an address in digits"));
    }

    @Test
    void aLinkThatNamesAnUnknownExporterIsRefusedWithTheNearest() {
        assertThat(problems(SMALL.replace("exporter: pnh-edge-1", "exporter: pnh-egde-1")))
                .containsExactly("tonle.yaml:27:20: there is no exporter pnh-egde-1; did you mean pnh-edge-1?");
    }

    @Test
    void oneInterfaceCarriesOneLink() {
        assertThat(problems(SMALL + "  - {id: x, kind: international, site: PNH, capacity: 1G,"
                        + " ports: [{exporter: pnh-edge-1, interface: 7, metered: false}]}\n"))
                .singleElement()
                .asString()
                .contains("interface 7 of exporter pnh-edge-1 carries link PNH-SHV-1 already");
    }

    @Test
    void prefixesOfTwoOperatorsMayNestOnlyWhereThePolicySaysSo() throws IOException {
        String nested = SMALL.replace("name: Bravo Net", "name: Bravo Net, prefixes: ['2001:db8:7::/48']");
        assertThat(problems(nested))
                .singleElement()
                .asString()
                .contains("2001:db8:7::/48 of bravo lies inside 2001:db8::/32 of alpha (tonle.yaml:7:32)")
                .contains("policies.nested-prefixes: true");
        assertThat(read(nested + "policies: {nested-prefixes: true}\n")
                        .topology()
                        .members())
                .hasSize(2);
        assertThat(problems(SMALL.replace("name: Bravo Net", "name: Bravo Net, prefixes: [203.0.113.0/24]")
                        + "policies: {nested-prefixes: true}\n"))
                .singleElement()
                .asString()
                .contains("stands under operator alpha");
    }

    @Test
    void aWordThatYamlOnceTookForATruthIsAnId() throws IOException {
        Topology topology = read("sites:\n  - {id: NO, name: yes}\n  - {id: 1e3, name: 007}\n")
                .topology();

        assertThat(topology.sites().getFirst().id()).isEqualTo("NO");
        assertThat(topology.sites().getFirst().nameEnglish()).isEqualTo("yes");
        assertThat(topology.sites().getLast().id()).isEqualTo("1e3");
    }

    @Test
    void lettersOfOtherAlphabetsAreRefusedInIds() {
        assertThat(problems("sites:\n  - {id: \"Р\u039dH\", name: looks like PNH}\n"))
                .singleElement()
                .asString()
                .contains("letters, digits and hyphens of ASCII");
    }

    @Test
    void brokenYamlIsToldWithItsPlace() {
        assertThat(problems("gateway: [unclosed\nsites: x"))
                .singleElement()
                .asString()
                .startsWith("tonle.yaml:2:")
                .contains("this is not YAML");
        assertThat(problems("a: &a [1]\nb: [*a, *a]\n"))
                .singleElement()
                .asString()
                .contains("this YAML is not read here");
        assertThat(problems("gateway: {name: a}\ngateway: {name: b}\n"))
                .containsExactly("tonle.yaml:2:1: the key 'gateway' stands here twice; keep one");
        assertThat(problems("---\n{}\n---\n{}\n")).singleElement().asString().contains("more than one document");
        assertThat(problems("- just\n- a list\n")).singleElement().asString().contains("not a list");
    }

    @Test
    void nestingWithoutEndAndEndlessMistakesStayBounded() {
        assertThat(problems("gateway: " + "[".repeat(200_000))).hasSize(1);
        assertThat(problems("x: 1\n".repeat(5_000)))
                .hasSize(Problems.KEPT_MAX + 1)
                .last()
                .asString()
                .contains("and 4900 more");
    }

    @Test
    void aFileTooLargeOrNotInUtf8IsRefusedWithWords() throws IOException {
        Path file = folder.resolve("tonle.yaml");
        Files.write(file, new byte[Keys.FILE_OCTETS_MAX + 1]);
        assertThat(problemsOf(file)).singleElement().asString().contains("larger than 8388608 octets");
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xFF});
        assertThat(problemsOf(file)).singleElement().asString().contains("not UTF-8");
    }

    @Test
    void exportersThatWereTakenInStandInFilesOfTheirOwn() throws IOException {
        Path file = folder.resolve("tonle.yaml");
        Files.writeString(file, SMALL);
        Path takenIn = Files.createDirectories(folder.resolve(ConfigurationFile.TAKEN_IN));
        Files.writeString(
                takenIn.resolve("shv-1.yaml"), "exporters:\n  - {id: shv-1, site: SHV, addresses: [192.0.2.9]}\n");
        Files.writeString(takenIn.resolve(".half-written.yaml"), "exporters: [");

        Configuration configuration = ConfigurationFile.read(file, 3);

        assertThat(configuration.topology().version()).isEqualTo(3);
        assertThat(configuration.topology().exporters()).extracting("id").containsExactly("pnh-edge-1", "shv-1");
        assertThat(configuration.files()).hasSize(2);

        Files.writeString(takenIn.resolve("bad.yaml"), "links: []\n");
        assertThat(problemsOf(file))
                .singleElement()
                .asString()
                .contains("exporters.d/bad.yaml:1:8")
                .contains("holds 'exporters' only");
    }

    @Test
    void fingerprintsAreReadWithAndWithoutColons() throws IOException {
        String digits = "ab".repeat(32);
        String colons = "AB:".repeat(31) + "AB";
        String text = SMALL.replace("records: both", "certificate: " + colons);
        assertThat(read(text).topology().exporters().getFirst().certificateFingerprint())
                .isEqualTo(digits);
        assertThat(problems(SMALL.replace("records: both", "certificate: abc")))
                .singleElement()
                .asString()
                .contains("'tonle certificate list' shows them");
    }

    private static Configuration read(String text) throws IOException {
        return ConfigurationFile.parse("tonle.yaml", text, Path.of("."), 1);
    }

    private static List<String> problems(String text) {
        return texts(catchThrowableOfType(
                ConfigurationRefused.class, () -> ConfigurationFile.parse("tonle.yaml", text, Path.of("."), 1)));
    }

    private static List<String> problemsOf(Path file) {
        return texts(catchThrowableOfType(ConfigurationRefused.class, () -> ConfigurationFile.read(file, 1)));
    }

    private static List<String> texts(ConfigurationRefused refused) {
        return refused.problems().stream().map(Problem::text).toList();
    }
}
