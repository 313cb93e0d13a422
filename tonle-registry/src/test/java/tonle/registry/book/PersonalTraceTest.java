// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalTraceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ask dara.sok@bravo.example                 | dara.sok@bravo.example
            call +855 12 345 678 at night              | +855 12 345 678
            call +85512345678                          | +85512345678
            tel. (+1 (202) 555-0143)                   | +1 (202) 555-0143
            +44.20.7946.0958                           | +44.20.7946.0958
            call 012 345 678                           | 012 345 678
            call 012-345-6789.                         | 012-345-6789
            0123456789                                 | 0123456789
            ទូរស័ព្ទ ០១២ ៣៤៥ ៦៧៨                         | 012 345 678
            seen from 203.0.113.77                     | 203.0.113.77
            203.0.113.77:443 again                     | 203.0.113.77
            (203.0.113.64/26)                          | 203.0.113.64/26
            203.0.113.77.                              | 203.0.113.77
            at ២០៣.0.113.77                            | 203.0.113.77
            2001:db8:1:2::77 was slow                  | 2001:db8:1:2::77
            [2001:DB8::1]:53                           | 2001:DB8::1
            2001:db8:1:2::/64                          | 2001:db8:1:2::/64
            ::ffff:203.0.113.77                        | ::ffff:203.0.113.77
            machine 02:00:5e:10:00:01                  | 02:00:5e:10:00:01
            machine 02-00-5E-10-00-01                  | 02-00-5E-10-00-01
            machine 0200.5e10.0001                     | 0200.5e10.0001
            """)
    void whatBelongsToOnePersonOrMachineIsFound(String words, String trace) {
        assertThat(PersonalTrace.first(words)).contains(trace);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ask noc@bravo.example",
                "moved to 203.0.113.0/24 and 2001:db8:1::/48",
                "contract MPTC-2026-0012, file 2026/0034",
                "invoice 0012-3456, 0.5 % more, 10,000 km",
                "from 2026-11-24 08:15 to 10:20:30",
                "firmware 15.2.1 on port pnh-edge-1/12",
                "AS64500:AS-ALPHA, communities 64500:100",
                "ratio 1:2, see RFC 9457 section 3.1",
                "serial 007 of 100000000",
                "deed + annex",
                "អាជ្ញាប័ណ្ណ លេខ ០០១២/២០២៦",
                "coordinates 11.55637, 104.92000",
            })
    void wordsOfTheTradeAreLeftAlone(String words) {
        assertThat(PersonalTrace.first(words)).isEmpty();
    }
}
