// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.base.Prefix;
import tonle.registry.exchange.DelegatedResources.AsnRange;
import tonle.testkit.ReferenceData;

class DelegatedTest {
    private static final String WHOLE = """
            # a remark
            2|apnic|20260101|6|19830613|20251231|+1000
            apnic|*|asn|*|2|summary
            apnic|*|ipv4|*|2|summary
            apnic|*|ipv6|*|2|summary
            apnic|KH|asn|64500|3|20010412|allocated
            apnic|TH|asn|64510|1|20010412|allocated
            apnic|KH|ipv4|203.0.113.0|768|20010412|allocated|A91872ED
            apnic||ipv4|198.51.100.0|256||available
            apnic|KH|ipv6|2001:db8::|32|20010412|assigned
            apnic|KH|ipv6|2001:db9::|32|20010412|reserved
            """;

    private static Reading<DelegatedResources> read(String text, String country) throws IOException {
        return DelegatedReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), country);
    }

    @Test
    void takesWhatOneCountryHoldsAndCutsOddRangesIntoPrefixes() throws IOException {
        DelegatedResources held = read(WHOLE.replace("203.0.113.0", "203.0.112.0"), "kh")
                .document()
                .orElseThrow();

        assertThat(held.registry()).isEqualTo("apnic");
        assertThat(held.lastDay()).hasToString("Optional[2025-12-31]");
        assertThat(held.asns()).containsExactly(new AsnRange(64500, 64502));
        assertThat(held.holdsAsn(64502)).isTrue();
        assertThat(held.holdsAsn(64503)).isFalse();
        assertThat(held.prefixes())
                .extracting(Prefix::text)
                .containsExactly("203.0.112.0/23", "203.0.114.0/24", "2001:db8::/32");
        assertThat(held.holds(Prefix.parse("203.0.113.0/24").orElseThrow())).isTrue();
        assertThat(held.holds(Prefix.parse("203.0.115.0/24").orElseThrow())).isFalse();
    }

    @Test
    void aRangeThatStartsOffItsSizeIsCutAtEveryBoundary() throws IOException {
        assertThat(read(WHOLE, "KH").document().orElseThrow().prefixes())
                .extracting(Prefix::text)
                .containsExactly("203.0.113.0/24", "203.0.114.0/23", "2001:db8::/32");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            2|apnic|20260101|6                 ; 3|apnic|20260101|6                  ; UNKNOWN_VERSION
            ipv6|*|2|summary                   ; ipv6|*|3|summary                    ; COUNT_DIFFERS
            asn|64500|3                        ; asn|4294967295|3                    ; OUT_OF_RANGE
            asn|64500|3                        ; asn|x|3                             ; OUT_OF_RANGE
            ipv4|203.0.113.0|768               ; ipv4|203.0.113|768                  ; NOT_AN_ADDRESS
            ipv4|203.0.113.0|768               ; ipv4|255.255.255.0|768              ; OUT_OF_RANGE
            ipv6|2001:db8::|32                 ; ipv6|2001:db8::1|32                 ; NOT_A_PREFIX
            apnic|KH|ipv6|2001:db8::           ; apnic|KH|ipv7|2001:db8::            ; NOT_IN_LIST
            apnic|TH|asn|64510|1               ; apnic|KH|asn|64502|1                ; DUPLICATE_ASN
            apnic|KH|asn|64500|3|20010412|allocated ; apnic|KH|asn                   ; NOT_A_LINE
            """)
    void aWrongLineIsNamed(String right, String wrong, Reason reason) throws IOException {
        assertThat(WHOLE).contains(right);

        Reading<DelegatedResources> reading = read(WHOLE.replace(right, wrong), "KH");

        assertThat(reading.document()).isEmpty();
        assertThat(reading.findings()).extracting(Finding::reason).contains(reason);
    }

    @Test
    void aFileCutShortIsRefusedByItsOwnSums() throws IOException {
        assertThat(read(WHOLE.substring(0, WHOLE.indexOf("apnic|KH|ipv6")), "KH")
                        .findings())
                .extracting(Finding::reason)
                .contains(Reason.COUNT_DIFFERS);
    }

    @Test
    void oneEndlessLineCostsNoMemory() throws IOException {
        Reading<DelegatedResources> reading = read("2|apnic|1|1|1|1|1\n" + "x".repeat(5_000_000), "KH");

        assertThat(reading.findings()).extracting(Finding::reason).contains(Reason.TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({
        "delegated-apnic.20101217.txt.gz, KH",
        "delegated-apnic.20210715.txt.gz, KH",
        "delegated-ripencc-extended.20130418.gz, DE"
    })
    void theFilesOfTheRegistriesAreReadWhole(String name, String country) throws IOException {
        Reading<DelegatedResources> reading;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(
                ReferenceData.folder("routing").resolve("rir-stats").resolve(name)))) {
            reading = DelegatedReader.read(in, country);
        }

        DelegatedResources held =
                reading.document().orElseThrow(() -> new AssertionError(name + ": " + reading.findings()));
        assertThat(held.recordsRead()).isGreaterThan(10_000);
        assertThat(held.asns()).isNotEmpty();
        // Independent sum: addresses of the prefixes are those that the records of the country state.
        long stated = 0;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(
                ReferenceData.folder("routing").resolve("rir-stats").resolve(name)))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] fields = line.split("\\|");
                if (fields.length >= 7
                        && fields[1].equals(country)
                        && fields[2].equals("ipv4")
                        && (fields[6].equals("allocated") || fields[6].equals("assigned"))) {
                    stated += Long.parseLong(fields[4]);
                }
            }
        }
        long covered = held.prefixes().stream()
                .filter(prefix -> prefix.ipVersion() == 4)
                .mapToLong(prefix -> 1L << (32 - prefix.lengthBits()))
                .sum();
        assertThat(covered).isEqualTo(stated).isPositive();
    }
}
