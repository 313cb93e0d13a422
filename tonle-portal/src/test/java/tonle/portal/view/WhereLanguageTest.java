// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.base.power.Seed;
import tonle.portal.view.WhereLanguage.Parsed;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Filter;

class WhereLanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "link = PNH-SHV-1                         | link = PNH-SHV-1",
                "link:PNH-SHV-1                           | link = PNH-SHV-1",
                "link = X and country != kh               | link = X and country != KH",
                "not member = alpha                       | member != alpha",
                "country in (kh, VN,th)                   | country in (KH, VN, TH)",
                "country not in (KH)                      | country != KH",
                "remote_as = AS64501 or remote-as = 64502 | remote-as in (64501, 64502)",
                "IP-version = v6                          | ip-version = 6",
                "member = \"two words\"                   | member = \"two words\"",
            })
    void aFilterIsReadAndWrittenInOneForm(String text, String canonical) {
        assertThat(WhereLanguage.parse(text)).isInstanceOf(Parsed.Read.class);
        List<Filter> filters = ((Parsed.Read) WhereLanguage.parse(text)).filters();
        assertThat(WhereLanguage.text(filters)).isEqualTo(canonical);
        assertThat(((Parsed.Read) WhereLanguage.parse(canonical)).filters()).isEqualTo(filters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lnik = X             | 0  | 4  | where.unknown  | link",
                "origin-as = 1        | 0  | 9  | where.unknown  | remote-as",
                "address = 192.0.2.1  | 0  | 7  | where.unknown  | ''",
                "link                 | 4  | 4  | where.operator | ''",
                "link =               | 6  | 6  | where.value    | ''",
                "link = A member = B  | 9  | 15 | where.and      | ''",
                "link = A or site = B | 9  | 11 | where.or       | and",
                "link in A            | 8  | 9  | where.list     | ''",
                "link > A             | 5  | 6  | where.operator | ''",
            })
    void aMistakeIsPointedAt(String text, int from, int to, String key, String nearest) {
        assertThat(WhereLanguage.parse(text)).isInstanceOfSatisfying(Parsed.Wrong.class, wrong -> {
            assertThat(wrong.messageKey()).isEqualTo(key);
            assertThat(wrong.nearest()).isEqualTo(nearest);
            assertThat(wrong.from()).isEqualTo(from);
            assertThat(wrong.to()).isEqualTo(to);
        });
    }

    @Test
    void noFieldIsFinerThanTheStoresKey() {
        for (String finer : List.of("address", "src", "host", "port-pair", "subscriber", "user", "prefix", "network")) {
            assertThat(WhereLanguage.parse(finer + " = x")).isInstanceOf(Parsed.Wrong.class);
        }
        assertThat(Dimension.values())
                .extracting(Dimension::key)
                .containsExactlyInAnyOrder(
                        "site",
                        "link",
                        "link-kind",
                        "direction",
                        "member",
                        "remote-as",
                        "country",
                        "ip-version",
                        "protocol",
                        "hour");
    }

    @Test
    void anyTextIsReadOrPointedAtAndNeverThrows() {
        Seed seed = new Seed(41);
        String pieces = "link=site!:(),\"and or not in \t។ABC012-_";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            int length = seed.below(30);
            for (int i = 0; i < length; i++) {
                text.append(pieces.charAt(seed.below(pieces.length())));
            }
            if (WhereLanguage.parse(text.toString()) instanceof Parsed.Wrong wrong) {
                assertThat(wrong.from())
                        .as("seed 41, round %s: %s", round, text)
                        .isBetween(0, text.length());
                assertThat(wrong.to()).as("seed 41, round %s: %s", round, text).isBetween(wrong.from(), text.length());
            }
        }
    }
}
