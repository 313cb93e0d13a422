// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.util.LinkedHashMap;
import java.util.Map;

/** A canonical value for every field. */
final class Samples {
    private Samples() {}

    static Map<String, String> full(Kind kind) {
        Map<String, String> values = new LinkedHashMap<>();
        kind.fields().forEach(field -> values.put(field.name(), value(field)));
        return values;
    }

    static String value(Field field) {
        return switch (field.form()) {
            case TEXT -> "words of " + field.name() + " 'quoted\" \\ \u17A2";
            case LATIN_NAME -> "Alpha T\u00e9l\u00e9com";
            case KHMER_NAME -> "\u17A2\u17B6\u179B\u17CB\u17A0\u17D2\u179C\u17B6";
            case REFERENCE -> "X-2";
            case REFERENCES -> "X-2\nX-3";
            case CHOICE -> field.choices().getLast();
            case NUMBER -> Long.toString(Math.max(field.min(), Math.min(field.max(), 77)));
            case SPEED -> "2500M";
            case DAY -> "2026-11-23";
            case FLAG -> "true";
            case DEGREES -> "11.55640";
            case COUNTRY -> "KH";
            case TIN -> "K001-901234567";
            case ASN -> "4200000001";
            case ASNS -> "64999\n4200000002";
            case PREFIXES -> "198.51.100.0/24\n2001:db8:4000::/34\n::/3";
            case AS_SETS -> "AS-ALPHA\nAS64500:AS-CUSTOMERS";
            case ADDRESSES -> "192.0.2.1\n2001:db8::1";
            case FINGERPRINT -> "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
            case PORTS -> "edge-1/7\nedge-2/4294967295 seen";
            case OVERRIDES ->
                "12 2000 2026-10-01T00:00:00Z 2026-10-14T00:00:00Z ticket 4711\n"
                        + "all 100 1970-01-01T00:00:00Z open it says 1000";
            case WEB_ADDRESS -> "https://alpha.example/export?a=b";
            case MAILBOX -> "noc@alpha.example";
        };
    }
}
