// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.registry.exchange.PeeringDbReader.Kind;
import tonle.testkit.ReferenceData;

class PeeringDbTest {
    private static final String DUMP = """
            {"org": {"data": [{"id": 1, "name": "Alpha Telecom", "website": "", "country": "KH", "address1": "Street 1"}]},
             "net": {"data": [{"id": 5, "org_id": 1, "name": "Alpha", "asn": 64500, "irr_as_set": "AS-ALPHA",
                               "info_prefixes4": 200, "info_prefixes6": 20}]},
             "ix": {"data": [{"id": 2, "org_id": 1, "name": "PNH-IX", "city": "Phnom Penh", "country": "KH"}]},
             "ixlan": {"data": [{"id": 3, "ix_id": 2, "mtu": 9000}]},
             "ixpfx": {"data": [{"id": 4, "ixlan_id": 3, "prefix": "192.0.2.0/24"}]},
             "fac": {"data": [{"id": 6, "name": "House 1", "country": "KH", "latitude": 11.55, "longitude": 104.9}]},
             "netixlan": {"data": [{"id": 7, "net_id": 5, "ixlan_id": 3, "asn": 64500, "speed": 10000,
                                    "ipaddr4": "192.0.2.9", "ipaddr6": null, "is_rs_peer": true, "operational": true},
                                   {"id": 8, "net_id": 5, "ixlan_id": 3, "asn": 64500, "speed": 1, "status": "deleted"}]},
             "netfac": {"data": [{"id": 9, "net_id": 5, "fac_id": 6}]},
             "poc": {"data": [{"id": 10, "name": "Sok Dara", "email": "sok.dara@alpha.example"}]}}
            """;

    private static Reading<PeeringDbDocument> read(String text, Kind kind) throws IOException {
        return PeeringDbReader.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Optional.ofNullable(kind));
    }

    @Test
    void aDumpIsTakenWithoutItsPeopleAndComesBackEqual() throws IOException {
        Reading<PeeringDbDocument> reading = read(DUMP, null);

        PeeringDbDocument document = reading.document().orElseThrow();
        assertThat(document.presences()).hasSize(1);
        assertThat(document.networks().getFirst().asSet()).contains("AS-ALPHA");
        assertThat(reading.findings())
                .extracting(Finding::reason)
                .containsOnly(Reason.NAMES_PEOPLE)
                .hasSize(2);
        assertThat(reading.toString()).doesNotContain("Dara").doesNotContain("Street");
        Reading<PeeringDbDocument> again = read(PeeringDbWriter.text(document), null);
        assertThat(again.document()).contains(document);
        assertThat(again.findings()).isEmpty();
    }

    @Test
    void anAnswerOfTheApiIsReadAsTheKindThatTheCallerNames() throws IOException {
        String answer = "{\"meta\": {}, \"data\": [{\"id\": 5, \"name\": \"Alpha\", \"asn\": 64500}]}";

        assertThat(read(answer, Kind.NET).document().orElseThrow().networks()).hasSize(1);
        assertThat(read(answer, null).findings()).extracting(Finding::reason).containsExactly(Reason.MISSING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "asn": 64500, "irr       | "asn": 0, "irr            | OUT_OF_RANGE   | /net/data/0/asn
            "prefix": "192.0.2.0/24" | "prefix": "192.0.2.1/24"  | NOT_A_PREFIX   | /ixpfx/data/0/prefix
            "ipaddr4": "192.0.2.9"   | "ipaddr4": "alpha"        | NOT_AN_ADDRESS | /netixlan/data/0/ipaddr4
            "speed": 10000           | "speed": "fast"           | WRONG_TYPE     | /netixlan/data/0/speed
            "ix_id": 2               | "x": 2                    | MISSING        | /ixlan/data/0/ix_id
            "latitude": 11.55        | "latitude": 104.9         | OUT_OF_RANGE   | /fac/data/0/latitude
            """)
    void aWrongFieldIsNamedAndNothingIsTaken(String right, String wrong, Reason reason, String where)
            throws IOException {
        assertThat(DUMP).contains(right);

        Reading<PeeringDbDocument> reading = read(DUMP.replace(right, wrong), null);

        assertThat(reading.document()).isEmpty();
        assertThat(reading.findings()).anySatisfy(finding -> {
            assertThat(finding.reason()).isEqualTo(reason);
            assertThat(finding.where()).isEqualTo(where);
        });
    }

    @Test
    void theReferenceFilesAreTaken() throws IOException {
        int read = 0;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(ReferenceData.folder("routing").resolve("peeringdb"), "*.json")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                Optional<Kind> kind = name.equals("ixpm.fac.json")
                        ? Optional.of(Kind.FAC)
                        : name.equals("ixpm.ix.json") ? Optional.of(Kind.IX) : Optional.empty();
                try (InputStream in = Files.newInputStream(file)) {
                    Reading<PeeringDbDocument> reading = PeeringDbReader.read(in, kind);
                    PeeringDbDocument document =
                            reading.document().orElseThrow(() -> new AssertionError(name + ": " + reading.findings()));
                    assertThat(document).as(name).isNotEqualTo(PeeringDbDocument.empty());
                    assertThat(read(PeeringDbWriter.text(document), null).document())
                            .as(name)
                            .contains(document);
                    read++;
                }
            }
        }
        assertThat(read).isEqualTo(11);
    }
}
