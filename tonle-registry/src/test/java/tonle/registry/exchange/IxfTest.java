// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.base.power.Seed;
import tonle.testkit.ReferenceData;

class IxfTest {
    private static final String WHOLE = """
            {"version": "1.0", "timestamp": "2026-11-23T08:00:00Z", "generator": "hand",
             "ixp_list": [{"ixp_id": 1, "ixf_id": 7, "shortname": "PNH", "name": "ភ្នំពេញ", "url": "https://ix.example/",
               "country": "KH", "support_email": "noc@ix.example.net", "support_contact_hours": "24/7",
               "peering_policy_list": ["open"],
               "switch": [{"id": 1, "name": "pnh-sw1", "city": "Phnom Penh", "software": "12.1"}],
               "vlan": [{"id": 10, "name": "peering", "ipv4": {"prefix": "192.0.2.0", "mask_length": 25},
                         "ipv6": {"prefix": "2001:db8::", "mask_length": 64}}]}],
             "member_list": [{"asnum": 64500, "member_type": "peering", "name": "Alpha",
               "contact_email": ["noc@alpha.example.net"], "member_since": "2020-01-01T00:00:00Z",
               "connection_list": [{"ixp_id": 1, "state": "active",
                 "if_list": [{"switch_id": 1, "if_speed": 100000, "if_type": "LR4"}],
                 "vlan_list": [{"vlan_id": 10,
                   "ipv4": {"address": "192.0.2.9", "as_macro": "AS-ALPHA", "max_prefix": 200, "routeserver": true,
                            "mac_addresses": ["02:00:5e:10:00:01"],
                            "services": [{"type": "ixrouteserver", "daemon": "BIRD", "daemon_version": "2.15"}]},
                   "ipv6": {"address": "2001:db8::9"}}]}]}]}
            """;

    private static Reading<IxfDocument> read(String text) throws IOException {
        return IxfReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aWholeExportIsTakenWithoutAFindingAndWrittenBackEqual() throws IOException {
        Reading<IxfDocument> first = read(WHOLE);

        assertThat(first.findings()).isEmpty();
        IxfDocument document = first.document().orElseThrow();
        assertThat(document.members()
                        .getFirst()
                        .connections()
                        .getFirst()
                        .lans()
                        .getFirst()
                        .ipv4()
                        .orElseThrow()
                        .services())
                .hasSize(1);
        Reading<IxfDocument> second = read(IxfWriter.text(document, IxfVersion.V1_0));
        assertThat(second.document()).contains(document);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "asnum": 64500                  | "asnum": "64500"             | WRONG_TYPE        | /member_list/0/asnum
            "asnum": 64500                  | "asnum": 4294967296          | OUT_OF_RANGE      | /member_list/0/asnum
            "asnum": 64500                  | "asnum": 0                   | OUT_OF_RANGE      | /member_list/0/asnum
            "asnum": 64500                  | "as": 1                      | MISSING           | /member_list/0/asnum
            "member_type": "peering"        | "member_type": "probono"     | NOT_IN_LIST       | /member_list/0/member_type
            "ixf_id": 7,                    | ''                           | MISSING           | /ixp_list/0/ixf_id
            "address": "192.0.2.9"          | "address": "192.0.2"         | NOT_AN_ADDRESS    | {USE}/ipv4/address
            "address": "192.0.2.9"          | "address": "2001:db8::9"     | NOT_AN_ADDRESS    | {USE}/ipv4/address
            "mask_length": 25               | "mask_length": 33            | OUT_OF_RANGE      | /ixp_list/0/vlan/0/ipv4/mask_length
            "prefix": "192.0.2.0"           | "prefix": "192.0.2.1"        | NOT_A_PREFIX      | /ixp_list/0/vlan/0/ipv4/prefix
            "url": "https://ix.example/"    | "url": "javascript:alert(1)" | NOT_A_LINK        | /ixp_list/0/url
            02:00:5e:10:00:01               | 02:00:5e:10:00               | NOT_A_MAC         | {USE}/ipv4/mac_addresses
            2020-01-01T00:00:00Z            | yesterday                    | NOT_A_TIME        | /member_list/0/member_since
            "version": "1.0"                | "version": "9.9"             | UNKNOWN_VERSION   | /version
            "ixrouteserver"                 | "ixfirewall"                 | NOT_IN_LIST       | {USE}/ipv4/services/0/type
            "member_list": [                | "member_list": [7,           | WRONG_TYPE        | /member_list/0
            """)
    void aWrongFieldIsNamedAndNothingIsTaken(String right, String wrong, Reason reason, String shortWhere)
            throws IOException {
        String where = shortWhere.replace("{USE}", "/member_list/0/connection_list/0/vlan_list/0");
        assertThat(WHOLE).contains(right);

        Reading<IxfDocument> reading = read(WHOLE.replace(right, wrong));

        assertThat(reading.document()).isEmpty();
        assertThat(reading.findings()).anySatisfy(finding -> {
            assertThat(finding.reason()).isEqualTo(reason);
            assertThat(finding.where()).isEqualTo(where);
            assertThat(finding.weight()).isEqualTo(Finding.Weight.REFUSED);
        });
    }

    @Test
    void directionAndControlCharactersInANameAreRefusedAndNotRepeatedInTheMessage() throws IOException {
        Reading<IxfDocument> reading = read(WHOLE.replace("\"Alpha\"", "\"Al\\u202Epha\""));

        assertThat(reading.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.NOT_PRINTABLE);
            assertThat(finding.detail()).doesNotContain("\u202E");
        });
    }

    @Test
    void telephoneNumbersAndPersonalMailboxesStayBehind() throws IOException {
        Reading<IxfDocument> reading = read(WHOLE.replace(
                "\"contact_email\": [\"noc@alpha.example.net\"]",
                "\"contact_phone\": [\"+855 12 345 678\"], \"contact_email\": [\"sok.dara@alpha.example.net\", "
                        + "\"peering-noc@alpha.example.net\"]"));

        IxfDocument document = reading.document().orElseThrow();
        assertThat(document.members().getFirst().emails()).containsExactly("peering-noc@alpha.example.net");
        assertThat(reading.findings())
                .extracting(Finding::reason)
                .containsOnly(Reason.NAMES_PEOPLE)
                .hasSize(2);
        assertThat(reading.toString()).doesNotContain("345").doesNotContain("dara");
        assertThat(IxfWriter.text(document, IxfVersion.V1_0))
                .doesNotContain("855")
                .doesNotContain("dara");
    }

    @Test
    void theSameAsnTwiceAndTheSameAddressAtTwoMembersAreRefused() throws IOException {
        String member = WHOLE.substring(WHOLE.indexOf("{\"asnum\""), WHOLE.lastIndexOf("]}"));

        assertThat(read(WHOLE.replace("]}\n", ", " + member + "]}\n")).findings())
                .extracting(Finding::reason)
                .contains(Reason.DUPLICATE_ASN);
        assertThat(read(WHOLE.replace("]}\n", ", " + member.replace("64500", "64501") + "]}\n"))
                        .findings())
                .extracting(Finding::reason)
                .contains(Reason.DUPLICATE_ADDRESS);
    }

    @Test
    void aNameThatStandsTwiceInOneObjectIsNotJsonForUs() throws IOException {
        Reading<IxfDocument> reading = read(WHOLE.replace("\"asnum\": 64500", "\"asnum\": 64500, \"asnum\": 64501"));

        assertThat(reading.document()).isEmpty();
        assertThat(reading.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.NOT_JSON);
            assertThat(finding.where()).startsWith("line ");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "7", "null", "{", "{\"version\":\"1.0\"}", "\"1.0\"", "{\"version\":1.0}", "\u0000"})
    void whatIsNoExportIsRefusedWithAReason(String text) throws IOException {
        Reading<IxfDocument> reading = read(text);

        assertThat(reading.document()).isEmpty();
        assertThat(reading.findings()).isNotEmpty();
    }

    @Test
    void deepNestingIsRefusedAndCostsNoStack() throws IOException {
        assertThat(read("[".repeat(1_000_000)).document()).isEmpty();
    }

    @Test
    void aFileWithoutEndIsRefusedAtItsBound() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] octets, int offset, int length) {
                java.util.Arrays.fill(octets, offset, offset + length, (byte) ' ');
                return length;
            }
        };

        Reading<IxfDocument> reading = IxfReader.read(endless);

        assertThat(reading.findings())
                .singleElement()
                .extracting(Finding::reason)
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void aThousandFaultsAreKeptToABoundAndCounted() throws IOException {
        String members = "{\"asnum\": \"x\"},".repeat(1_000);

        Reading<IxfDocument> reading = read(WHOLE.replace("\"member_list\": [", "\"member_list\": [" + members));

        assertThat(reading.findings()).hasSize(Findings.FINDINGS_MAX);
        assertThat(reading.findingsBeyond()).isEqualTo(2_000 - Findings.FINDINGS_MAX);
    }

    @Test
    void aFlippedOctetNeverThrows() throws IOException {
        Seed seed = new Seed(20_261_123);
        byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = whole.clone();
            damaged[seed.below(damaged.length)] ^= (byte) (1 << seed.below(8));
            assertThat(IxfReader.read(new ByteArrayInputStream(damaged)).findings())
                    .as("seed 20261123 round %d", round)
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bcix.member-export.json",
                "ixpm.api-v4-member-export-0.6-unauth.json",
                "ixpm.api-v4-member-export-1.0-unauth.json"
            })
    void realExportsAreTakenAndComeBackEqual(String name) throws IOException {
        Path file = ReferenceData.folder("routing").resolve("ixf").resolve(name);
        Reading<IxfDocument> reading;
        try (InputStream in = Files.newInputStream(file)) {
            reading = IxfReader.read(in);
        }

        IxfDocument document =
                reading.document().orElseThrow(() -> new AssertionError(name + ": " + reading.findings()));
        Reading<IxfDocument> again = read(IxfWriter.text(document, document.version()));
        assertThat(again.document()).contains(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pdb.ixf.member.6.json",
                "pdb.ixf.member.invalid.0.json",
                "pdb.ixf.member.invalid.vlan.json",
                "pdb.members.0.6.json"
            })
    void ourVerdictOnTheirTestFilesIsThatOfThePublishedSchema(String name) throws IOException {
        Path file = ReferenceData.folder("routing").resolve("ixf").resolve(name);
        Reading<IxfDocument> reading;
        try (InputStream in = Files.newInputStream(file)) {
            reading = IxfReader.read(in);
        }
        String text = Files.readString(file);
        IxfVersion version = text.contains("\"0.6\"") ? IxfVersion.V0_6 : IxfVersion.V1_0;
        boolean isValid = schema(version).validate(text, InputFormat.JSON).isEmpty();

        // We check more than the schema does, so a valid file may be refused, but no invalid one may pass.
        assertThat(reading.document().isPresent() && !isValid)
                .as("%s: schema %s, ours %s", name, isValid, reading.findings())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(IxfVersion.class)
    void whatWeWriteIsValidUnderThePublishedSchemaOfEachVersion(IxfVersion version) throws IOException {
        for (String name : List.of(
                "bcix.member-export.json",
                "ixpm.api-v4-member-export-0.6-unauth.json",
                "ixpm.api-v4-member-export-1.0-unauth.json")) {
            IxfDocument document;
            try (InputStream in = Files.newInputStream(
                    ReferenceData.folder("routing").resolve("ixf").resolve(name))) {
                document = IxfReader.read(in).document().orElseThrow();
            }
            assertThat(schema(version).validate(IxfWriter.text(document, version), InputFormat.JSON))
                    .as("%s as %s", name, version)
                    .isEmpty();
        }
        IxfDocument ours = read(WHOLE).document().orElseThrow();
        assertThat(schema(version).validate(IxfWriter.text(ours, version), InputFormat.JSON))
                .isEmpty();
    }

    private static Schema schema(IxfVersion version) throws IOException {
        Path file = ReferenceData.folder("routing")
                .resolve("ixf")
                .resolve("ixp-member-list-" + version.text() + ".schema.json");
        // Draft 4 asks for "id"; the published files have none and need none.
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                .getSchema(Files.readString(file), InputFormat.JSON);
    }
}
