// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FormTest {
    /** Bad and good texts, kind by kind; a reason in capitals, or the canonical value. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            operator | name               | Alpha Telecom                  | Alpha Telecom
            operator | name               | ' '                            | FIELD_MISSING
            operator | name               | \u0410lpha Telecom             | NAME_OF_OTHER_SCRIPT
            operator | name               | Alph\u03B1                     | NAME_OF_OTHER_SCRIPT
            operator | name               | \uFF21lpha                     | NAME_OF_OTHER_SCRIPT
            operator | name               | Alpha\u200BTelecom             | TEXT_UNSEEN
            operator | name               | Alpha\u202EmoceleT             | TEXT_UNSEEN
            operator | name-khmer         | \u1780\u17D2\u179A\u17BB\u1798\u200BNet | \u1780\u17D2\u179A\u17BB\u1798\u200BNet
            operator | name-khmer         | \u0E01\u0E02                   | NAME_OF_OTHER_SCRIPT
            operator | tin                | k001-901234567                 | K001-901234567
            operator | tin                | 12                             | TIN_INVALID
            operator | tin                | NODIGITS                       | TIN_INVALID
            operator | asns               | AS64500, 64501,64500           | 64500;64501
            operator | asns               | 0                              | ASN_INVALID
            operator | asns               | 23456                          | ASN_INVALID
            operator | asns               | 65535                          | ASN_INVALID
            operator | asns               | 4294967295                     | ASN_INVALID
            operator | asns               | 4294967294                     | 4294967294
            operator | prefixes           | 2001:DB8:0:0::/32              | 2001:db8::/32
            operator | prefixes           | 203.0.113.1/24                 | PREFIX_INVALID
            operator | prefixes           | 203.0.113.0/25                 | PREFIX_TOO_FINE
            operator | prefixes           | 2001:db8::/49                  | PREFIX_TOO_FINE
            operator | as-sets            | as-alpha, AS64500:as-customers | AS-ALPHA;AS64500:AS-CUSTOMERS
            operator | as-sets            | ALPHA                          | AS_SET_INVALID
            operator | web-address        | https://alpha.example/a        | https://alpha.example/a
            operator | web-address        | javascript:alert(1)            | WEB_ADDRESS_INVALID
            operator | web-address        | https://me:pw@alpha.example    | WEB_ADDRESS_INVALID
            operator | contact-noc        | NOC@Alpha.Example              | noc@alpha.example
            operator | contact-noc        | noc-24x7@alpha.example         | noc-24x7@alpha.example
            operator | contact-noc        | alpha.peering@alpha.example    | alpha.peering@alpha.example
            operator | contact-noc        | as64500-noc@alpha.example      | as64500-noc@alpha.example
            operator | contact-noc        | sokha.chan@alpha.example       | MAILBOX_OF_A_PERSON
            operator | contact-noc        | noc.sokha@alpha.example        | MAILBOX_OF_A_PERSON
            operator | contact-noc        | s.chan@alpha.example           | MAILBOX_OF_A_PERSON
            operator | contact-noc        | alpha@alpha.example            | MAILBOX_OF_A_PERSON
            operator | contact-noc        | noc                            | MAILBOX_INVALID
            operator | contact-noc        | noc@localhost                  | MAILBOX_INVALID
            operator | contact-noc        | no c@alpha.example             | MAILBOX_INVALID
            operator | contact-noc        | noc@192.0.2.1                  | MAILBOX_INVALID
            operator | peeringdb-id       | 10000001                       | NUMBER_INVALID
            site     | map-x              | 1001                           | NUMBER_INVALID
            site     | map-x              | ' '                            | 500
            site     | latitude           | 11.556374                      | 11.55637
            site     | latitude           | 90.1                           | DEGREES_INVALID
            site     | longitude          | 104.92                         | 104.92000
            site     | country            | kh                             | KH
            site     | country            | ZZ                             | COUNTRY_INVALID
            device   | addresses          | 192.0.2.1, 2001:DB8::1         | 192.0.2.1;2001:db8::1
            device   | addresses          | router.example                 | ADDRESS_INVALID
            device   | exports-flows      | yes                            | FLAG_INVALID
            device   | records            | sideways                       | CHOICE_UNKNOWN
            device   | certificate        | 12:34                          | FINGERPRINT_INVALID
            device   | overrides          | 12 2000 2026-10-01T00:00:00Z open why | 12 2000 2026-10-01T00:00:00Z open why
            device   | overrides          | 12 0 2026-10-01T00:00:00Z open why    | OVERRIDE_INVALID
            device   | overrides          | 12 2 2026-10-02T00:00:00Z 2026-10-01T00:00:00Z why | OVERRIDE_INVALID
            link     | capacity           | 2.5G                           | 2500M
            link     | capacity           | 0                              | SPEED_INVALID
            link     | capacity           | fast                           | SPEED_INVALID
            link     | site               | P N H                          | ID_INVALID
            link     | kind               | exchange-prt                   | CHOICE_UNKNOWN
            link     | ports              | pnh-edge-1/012, x/3 seen       | pnh-edge-1/12;x/3 seen
            link     | ports              | pnh-edge-1                     | PORT_INVALID
            link     | ports              | pnh-edge-1/4294967296          | PORT_INVALID
            link     | in-service-from    | 2026-02-30                     | DAY_INVALID
            link     | in-service-from    | 1066-10-14                     | DAY_INVALID
            link     | counterpart        | ask dara.sok@bravo.example     | MAILBOX_OF_A_PERSON
            link     | counterpart        | ask noc@bravo.example          | ask noc@bravo.example
            licence  | granted            | ' '                            | FIELD_MISSING
            """)
    void everyTextIsMadeCanonicalOrRefusedWithItsReason(String kind, String name, String text, String expected) {
        Field field = Kind.of(kind).orElseThrow().field(name).orElseThrow();

        String answer = switch (field.check(text)) {
            case Checked.Good(String value) -> value.replace("\n", ";");
            case Checked.Bad bad -> bad.reason().name();
        };

        assertThat(answer).as("%s %s '%s'", kind, name, text).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aCanonicalValueIsItsOwnCanonicalValue(Kind kind) {
        for (Field field : kind.fields()) {
            String sample = Samples.value(field);
            assertThat(field.check(sample)).as("%s %s", kind, field.name()).isEqualTo(new Checked.Good(sample));
        }
    }

    @Test
    void lengthsAndCountsAreBounded() {
        Field counterpart = Kind.LINK.field("counterpart").orElseThrow();
        Field sets = Kind.OPERATOR.field("as-sets").orElseThrow();

        assertThat(counterpart.check("\u17A0".repeat(120))).isInstanceOf(Checked.Good.class);
        assertThat(reason(counterpart.check("\u17A0".repeat(121)))).isEqualTo(Reason.TEXT_LENGTH);
        assertThat(reason(counterpart.check("two\nlines"))).isEqualTo(Reason.TEXT_UNSEEN);
        assertThat(reason(sets.check("AS-A,".repeat(51)))).isEqualTo(Reason.LIST_LENGTH);
        assertThat(reason(sets.check("A".repeat(401)))).isEqualTo(Reason.TEXT_LENGTH);
    }

    @ParameterizedTest
    @CsvSource({
        "Alpha Telecom,  ALPHA-TELECOM,   true",
        "Alpha Telecom,  A1pha Te1ecom,   true",
        "Modern Net,     Modem Net,       true",
        "Williams,       VVilliams,       true",
        "Ille,           lIIe,            true",
        "Illa,           lI1a,            true",
        "Alpha Telecom,  Alpha Telecom 2, false",
        "Alpha,          \u00C1lpha,      true",
        "Bravo,          Bravó Net,       false"
    })
    void namesThatTheEyeCannotTellApartHaveOneSkeleton(String one, String other, boolean alike) {
        assertThat(NameScripts.skeleton(one).equals(NameScripts.skeleton(other)))
                .as("%s / %s: %s %s", one, other, NameScripts.skeleton(one), NameScripts.skeleton(other))
                .isEqualTo(alike);
    }

    @ParameterizedTest
    @CsvSource({
        "LINK,      PNH-SHV-1,                        ''",
        "LINK,      -PNH,                             ID_INVALID",
        "LINK,      PNH/1,                            ID_INVALID",
        "LINK,      aaaaaaaaaabbbbbbbbbbccccccccccdd, ID_INVALID",
        "OPERATOR,  None,                             ID_RESERVED",
        "OPERATOR,  other,                            ID_RESERVED",
        "INTERFACE, pnh-edge-1/12,                    ''",
        "INTERFACE, pnh-edge-1/0,                     ID_INVALID",
        "INTERFACE, pnh-edge-1,                       ID_INVALID",
        "INTERFACE, pnh-edge-1/4294967296,            ID_INVALID"
    })
    void idsAreWordsThatPeopleCanRead(Kind kind, String id, String expected) {
        assertThat(kind.checkId(id).map(problem -> problem.reason().name()).orElse(""))
                .isEqualTo(expected);
    }

    private static Reason reason(Checked checked) {
        return ((Checked.Bad) checked).reason();
    }
}
