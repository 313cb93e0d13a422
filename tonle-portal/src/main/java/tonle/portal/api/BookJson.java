// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.base.Speed;
import tonle.registry.book.Field;
import tonle.registry.book.Form;
import tonle.registry.book.Kind;
import tools.jackson.databind.JsonNode;

/**
 * Fields of the registry as the API names and writes them: {@code committed-rate} is {@code
 * committedRateBitsPerSecond}, a speed is a number of bits per second, a list is an array, what was not said is {@code
 * null}.
 */
final class BookJson {
    private static final String SPEED = "BitsPerSecond";
    private static final int DIGITS_MAX = 40;

    private BookJson() {}

    static String name(Field field) {
        return camel(field.name()) + (field.form() == Form.SPEED ? SPEED : "");
    }

    /** The field of that name in the API. */
    static Optional<Field> field(Kind kind, String name) {
        return kind.fields().stream().filter(field -> name(field).equals(name)).findFirst();
    }

    /** {@code site} is {@code Site}. */
    static String schemaName(Kind kind) {
        return Character.toUpperCase(kind.word().charAt(0)) + kind.word().substring(1);
    }

    private static String camel(String words) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < words.length(); i++) {
            boolean isStart = i > 0 && words.charAt(i - 1) == '-';
            if (words.charAt(i) != '-') {
                name.append(isStart ? Character.toUpperCase(words.charAt(i)) : words.charAt(i));
            }
        }
        return name.toString();
    }

    static Map<String, Object> fields(Kind kind, Map<String, String> values) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Field field : kind.fields()) {
            if (values.containsKey(field.name())) {
                fields.put(name(field), value(field, values.get(field.name())));
            }
        }
        return fields;
    }

    private static Object value(Field field, String canonical) {
        if (field.form().isList()) {
            List<String> entries = Form.entries(canonical);
            return field.form() == Form.ASNS
                    ? entries.stream().map(Long::valueOf).toList()
                    : entries;
        }
        if (canonical.isEmpty()) {
            return null;
        }
        return switch (field.form()) {
            case NUMBER, ASN -> Long.valueOf(canonical);
            case SPEED -> Speed.parse(canonical);
            case FLAG -> Boolean.valueOf(canonical);
            case DEGREES -> new BigDecimal(canonical);
            case TEXT,
                    LATIN_NAME,
                    KHMER_NAME,
                    REFERENCE,
                    REFERENCES,
                    CHOICE,
                    DAY,
                    COUNTRY,
                    TIN,
                    ASNS,
                    PREFIXES,
                    AS_SETS,
                    ADDRESSES,
                    FINGERPRINT,
                    PORTS,
                    OVERRIDES,
                    WEB_ADDRESS,
                    MAILBOX -> canonical;
        };
    }

    /** What a caller wrote, as a form of the registry has it; empty where no field can have such a value. */
    static Optional<String> written(JsonNode value) {
        if (value.isNull()) {
            return Optional.of("");
        }
        if (value.isArray()) {
            List<String> entries = new ArrayList<>();
            for (JsonNode entry : value.values()) {
                if (!entry.isValueNode() || entry.isNull()) {
                    return Optional.empty();
                }
                entries.add(entry.asString());
            }
            return Optional.of(Form.listOf(entries));
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue().stripTrailingZeros();
            // Written out, 1e999999999 would be a gigabyte.
            return Math.abs(number.scale()) > DIGITS_MAX ? Optional.empty() : Optional.of(number.toPlainString());
        }
        return value.isValueNode() ? Optional.of(value.asString()) : Optional.empty();
    }

    static Shape shape(Field field) {
        Shape text = new Shape.Text(400);
        return switch (field.form()) {
            case TEXT, LATIN_NAME, KHMER_NAME -> new Shape.Text((int) field.max());
            case REFERENCE -> new Shape.Id(31, false);
            case CHOICE -> new Shape.Choice(field.choices());
            case NUMBER -> new Shape.Whole(field.min(), field.max());
            case SPEED -> new Shape.Whole(field.min(), field.max());
            case ASN -> new Shape.Whole(1, 4_294_967_294L);
            case FLAG -> new Shape.Truth();
            case DAY -> new Shape.Day();
            case DEGREES -> new Shape.Figure();
            case ASNS -> new Shape.Many(new Shape.Whole(1, 4_294_967_294L), (int) field.max());
            case REFERENCES -> new Shape.Many(new Shape.Id(31, false), (int) field.max());
            case PREFIXES, AS_SETS, ADDRESSES, PORTS, OVERRIDES -> new Shape.Many(text, (int) field.max());
            case COUNTRY, TIN, FINGERPRINT, WEB_ADDRESS, MAILBOX -> text;
        };
    }

    /** What is meant by the value, and how it is written. */
    static String description(Kind kind, Field field) {
        String form = switch (field.form()) {
            case TEXT -> "Words.";
            case LATIN_NAME -> "A name in Latin script.";
            case KHMER_NAME -> "A name in Khmer script.";
            case REFERENCE, REFERENCES -> field.refersTo().isEmpty() ? "A word." : "Of a " + field.refersTo() + ".";
            case CHOICE -> "One of these words.";
            case NUMBER -> "A whole number.";
            case SPEED -> "Bits per second.";
            case DAY -> "A day.";
            case FLAG -> "Yes or no.";
            case DEGREES -> "Decimal degrees (WGS 84), five decimals.";
            case COUNTRY -> "Two letters of ISO 3166.";
            case TIN -> "The number of the company at its tax office.";
            case ASN, ASNS -> "AS numbers.";
            case PREFIXES -> "Address prefixes, no finer than /24 and /48.";
            case AS_SETS -> "Names of AS-SETs (RFC 2622).";
            case ADDRESSES -> "Addresses of devices.";
            case FINGERPRINT -> "SHA-256 of a certificate.";
            case PORTS -> "Interfaces as DEVICE/IFINDEX, with the word seen after one that is not metered.";
            case OVERRIDES -> "Sampling rates: interface rate from to reason.";
            case WEB_ADDRESS -> "An address of the web.";
            case MAILBOX -> "A mailbox of a role, never of a person.";
        };
        return form
                + (field.isPrivate() ? " Shown to the gateway's staff and the " + ownerOf(kind) + "." : "")
                + (field.isRequired() ? " Required." : "");
    }

    private static String ownerOf(Kind kind) {
        return switch (kind) {
            case OPERATOR, LINK, LICENCE -> "operator itself alone";
            case EXCHANGE, SITE, FACILITY, DEVICE, INTERFACE -> "people who run devices alone";
        };
    }

    static Object example(Field field) {
        return switch (field.form()) {
            case TEXT -> null;
            case LATIN_NAME -> "Phnom Penh";
            case KHMER_NAME -> "ភ្នំពេញ";
            case REFERENCE -> field.isRequired() ? "PNH-1" : null;
            case CHOICE -> field.choices().getFirst();
            case NUMBER -> Math.max(field.min(), Math.min(field.max(), 120));
            case SPEED -> 100_000_000_000L;
            case DAY -> "2026-10-01";
            case FLAG -> true;
            case DEGREES -> new BigDecimal("11.55640");
            case COUNTRY -> "KH";
            case ASN -> 64_500L;
            case ASNS -> List.of(64_500L);
            case PREFIXES -> List.of("198.51.100.0/24");
            case AS_SETS -> List.of("AS-ALPHA");
            case PORTS -> List.of("pnh-edge-1/12");
            case REFERENCES -> List.of("PNH-1");
            case WEB_ADDRESS -> "https://alpha.example";
            case MAILBOX -> "noc@alpha.example";
            case ADDRESSES, OVERRIDES -> List.of();
            case TIN, FINGERPRINT -> null;
        };
    }
}
