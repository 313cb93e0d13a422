// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.registry.exchange.OfdsDocument.FibreNetwork;
import tonle.registry.exchange.OfdsDocument.Span;

class OfdsTest {
    private static final String PACKAGE = """
            {"networks": [{"id": "6b2f2b50-8d0f-4f7e-9d39-0d6f7c2f1a10", "name": "International circuits",
              "nodes": [
                {"id": "PPT-1", "name": "Poipet", "status": "operational", "type": ["pop"],
                 "location": {"type": "Point", "coordinates": [102.56, 13.65]}, "address": {"country": "KH"},
                 "internationalConnections": [{"country": "TH"}], "networkProviders": [{"id": "alpha", "name": "Alpha"}]},
                {"id": "BKK", "name": "Bangkok"}],
              "spans": [
                {"id": "PPT-BKK-1", "name": "Poipet to Bangkok", "status": "operational",
                 "readyForServiceDate": "2020-05-01", "start": "PPT-1", "end": "BKK", "transmissionMedium": ["fibre"],
                 "networkProviders": [{"id": "alpha"}], "fibreCount": 24, "fibreLength": 276000, "capacity": 100.5,
                 "countries": ["KH", "TH"]}],
              "organisations": [{"id": "alpha", "name": "Alpha", "country": "KH", "roles": ["networkProvider"]}],
              "contracts": [{"id": "1", "value": {"amount": 5}}],
              "links": [{"rel": "describedby", "href": "https://example.org/schema"}]}]}
            """;

    private static Reading<OfdsDocument> read(String text) throws IOException {
        return OfdsReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aPackageIsTakenAndComesBackEqual() throws IOException {
        Reading<OfdsDocument> reading = read(PACKAGE);

        assertThat(reading.findings()).isEmpty();
        OfdsDocument document = reading.document().orElseThrow();
        FibreNetwork network = document.networks().getFirst();
        Span span = network.spans().getFirst();
        assertThat(span.capacityGigabits()).contains(100.5);
        assertThat(network.nodes().getFirst().internationalCountries()).containsExactly("TH");
        assertThat(OfdsWriter.text(document)).doesNotContain("amount");
        assertThat(read(OfdsWriter.text(document)).document()).contains(document);
    }

    @Test
    void endsWrittenAsReferencesAsInTheFirstVersionsAreRead() throws IOException {
        Reading<OfdsDocument> reading =
                read(PACKAGE.replace("\"start\": \"PPT-1\"", "\"start\": {\"id\": \"PPT-1\", \"name\": \"Poipet\"}"));

        assertThat(reading.document()).isEqualTo(read(PACKAGE).document());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "end": "BKK"                  | "end": "SGN"                    | UNKNOWN_REFERENCE | /networks/0/spans
            [102.56, 13.65]               | [13.65, 102.56]                 | OUT_OF_RANGE      | /networks/0/nodes/0/location/coordinates
            [102.56, 13.65]               | [102.56]                        | MISSING           | /networks/0/nodes/0/location/coordinates
            "6b2f2b50-8d0f-4f7e           | "6b2f2b50-8d0f-4f7             | NOT_IN_LIST       | /networks/0/id
            ["fibre"]                     | ["string"]                      | NOT_IN_LIST       | /networks/0/spans/0/transmissionMedium
            "2020-05-01"                  | "May 2020"                      | NOT_A_TIME        | /networks/0/spans/0/readyForServiceDate
            "status": "operational", "ty  | "status": "fine", "ty           | NOT_IN_LIST       | /networks/0/nodes/0/status
            {"id": "BKK"                  | {"id": "PPT-1"                  | DUPLICATE_ID      | /networks/0/nodes
            "capacity": 100.5             | "capacity": -1                  | OUT_OF_RANGE      | /networks/0/spans/0/capacity
            ["KH", "TH"]                  | ["Cambodia"]                    | NOT_IN_LIST       | /networks/0/spans/0/countries
            """)
    void aWrongFieldIsNamedAndNothingIsTaken(String right, String wrong, Reason reason, String where)
            throws IOException {
        assertThat(PACKAGE).contains(right);

        Reading<OfdsDocument> reading = read(PACKAGE.replace(right, wrong));

        assertThat(reading.document()).isEmpty();
        assertThat(reading.findings()).anySatisfy(finding -> {
            assertThat(finding.reason()).isEqualTo(reason);
            assertThat(finding.where()).isEqualTo(where);
        });
    }
}
