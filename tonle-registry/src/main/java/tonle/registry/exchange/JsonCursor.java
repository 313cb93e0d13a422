// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import tonle.base.DeviceAddress;
import tools.jackson.databind.JsonNode;

/**
 * One object of a JSON tree, with the place where it stands. Each question answers with a value or leaves a finding at
 * the exact place and answers with nothing, so that a reader reports all faults of a file in one go.
 */
final class JsonCursor {
    private final JsonNode node;
    private final String where;
    private final Findings findings;

    JsonCursor(JsonNode node, String where, Findings findings) {
        this.node = node;
        this.where = where;
        this.findings = findings;
    }

    String where() {
        return where;
    }

    String at(String name) {
        return where + '/' + name;
    }

    Findings findings() {
        return findings;
    }

    boolean has(String name) {
        JsonNode value = node.get(name);
        return value != null && !value.isNull();
    }

    /** Whether this is an object at all; a finding where not. */
    boolean isObject() {
        if (!node.isObject()) {
            findings.refuse(Reason.WRONG_TYPE, where, "an object is wanted here, not " + kind(node));
        }
        return node.isObject();
    }

    /** Demands members that the format says must be there. */
    void demand(String... names) {
        for (String name : names) {
            if (node.isObject() && !has(name)) {
                findings.refuse(Reason.MISSING, at(name), "the format demands this member");
            }
        }
    }

    Optional<String> text(String name, int charsMax) {
        return value(name).flatMap(value -> {
            if (!value.isString()) {
                return wrong(name, "a text", value);
            }
            return checkedText(at(name), value.stringValue(), charsMax);
        });
    }

    private Optional<String> checkedText(String place, String raw, int charsMax) {
        String text = raw.strip();
        if (text.codePointCount(0, text.length()) > charsMax) {
            findings.refuse(
                    Reason.TOO_LONG,
                    place,
                    text.length() + " characters; at most " + charsMax + " are taken: " + Findings.quote(text));
            return Optional.empty();
        }
        if (!text.codePoints().allMatch(Findings::isPrintable)) {
            findings.refuse(Reason.NOT_PRINTABLE, place, "control or direction characters in " + Findings.quote(text));
            return Optional.empty();
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    OptionalInt integer(String name, int min, int max) {
        Optional<Long> number = number(name, min, max);
        return number.isPresent() ? OptionalInt.of(Math.toIntExact(number.get())) : OptionalInt.empty();
    }

    Optional<Long> number(String name, long min, long max) {
        return value(name).flatMap(value -> {
            if (!value.isIntegralNumber()) {
                return wrong(name, "a whole number", value);
            }
            if (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max) {
                findings.refuse(
                        Reason.OUT_OF_RANGE,
                        at(name),
                        Findings.quote(value.asString()) + " is not from " + min + " to " + max);
                return Optional.empty();
            }
            return Optional.of(value.longValue());
        });
    }

    Optional<Double> decimal(String name, double min, double max) {
        return value(name).flatMap(value -> {
            if (!value.isNumber()) {
                return wrong(name, "a number", value);
            }
            double number = value.doubleValue();
            if (!(number >= min && number <= max)) {
                findings.refuse(
                        Reason.OUT_OF_RANGE,
                        at(name),
                        Findings.quote(value.asString()) + " is not from " + min + " to " + max);
                return Optional.empty();
            }
            return Optional.of(number);
        });
    }

    Optional<Boolean> truth(String name) {
        return value(name)
                .flatMap(value ->
                        value.isBoolean() ? Optional.of(value.booleanValue()) : wrong(name, "true or false", value));
    }

    Optional<String> oneOf(String name, Collection<String> closedList) {
        Optional<String> text = text(name, 60);
        if (text.isPresent() && !closedList.contains(text.get())) {
            findings.refuse(
                    Reason.NOT_IN_LIST,
                    at(name),
                    Findings.quote(text.get()) + " is none of " + String.join(", ", closedList));
            return Optional.empty();
        }
        return text;
    }

    Optional<DeviceAddress> address(String name, int ipVersion) {
        Optional<String> text = text(name, 60);
        Optional<DeviceAddress> address =
                text.flatMap(DeviceAddress::parse).filter(found -> found.ipVersion() == ipVersion);
        if (text.isPresent() && address.isEmpty()) {
            findings.refuse(
                    Reason.NOT_AN_ADDRESS,
                    at(name),
                    Findings.quote(text.get()) + " is no IPv" + ipVersion + " address");
        }
        return address;
    }

    Optional<OffsetDateTime> time(String name) {
        return parsed(name, OffsetDateTime::parse, "a time with zone such as 2026-10-04T10:35:00Z (RFC 3339)");
    }

    Optional<LocalDate> date(String name) {
        return parsed(name, LocalDate::parse, "a date such as 2026-10-04");
    }

    private <T> Optional<T> parsed(String name, Function<String, T> parser, String wanted) {
        return text(name, 60).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (DateTimeParseException e) {
                findings.refuse(Reason.NOT_A_TIME, at(name), Findings.quote(text) + " is not " + wanted);
                return Optional.empty();
            }
        });
    }

    /** An http or https address, kept as text. Another scheme could run in a reader's browser and is refused. */
    Optional<String> link(String name) {
        return text(name, 500).flatMap(text -> linkAt(at(name), text));
    }

    private Optional<String> linkAt(String place, String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
                return Optional.of(text);
            }
        } catch (URISyntaxException e) {
            // Said below, in the same words as for a wrong scheme.
        }
        findings.refuse(Reason.NOT_A_LINK, place, Findings.quote(text) + " is no http or https address");
        return Optional.empty();
    }

    List<String> texts(String name, int charsMax, int countMax) {
        List<String> texts = new ArrayList<>();
        eachValue(name, countMax, (value, place) -> {
            if (value.isString()) {
                checkedText(place, value.stringValue(), charsMax).ifPresent(texts::add);
            } else {
                findings.refuse(Reason.WRONG_TYPE, place, "a text is wanted here, not " + kind(value));
            }
        });
        return texts;
    }

    List<String> links(String name, int countMax) {
        List<String> links = new ArrayList<>();
        eachValue(name, countMax, (value, place) -> {
            if (value.isString()) {
                linkAt(place, value.stringValue()).ifPresent(links::add);
            } else {
                findings.refuse(Reason.WRONG_TYPE, place, "a text is wanted here, not " + kind(value));
            }
        });
        return links;
    }

    /** Each object of a list, read by {@code reader}; what it answers with null is left out. */
    <T> List<T> objects(String name, int countMax, Function<JsonCursor, T> reader) {
        List<T> objects = new ArrayList<>();
        eachValue(name, countMax, (value, place) -> {
            JsonCursor cursor = new JsonCursor(value, place, findings);
            if (cursor.isObject()) {
                T object = reader.apply(cursor);
                if (object != null) {
                    objects.add(object);
                }
            }
        });
        return objects;
    }

    Optional<JsonCursor> object(String name) {
        return value(name)
                .map(value -> new JsonCursor(value, at(name), findings))
                .filter(JsonCursor::isObject);
    }

    /** A list of {@code countMin} to {@code countMax} numbers; empty, with a finding, where it is not that. */
    List<Double> decimals(String name, int countMin, int countMax) {
        List<Double> numbers = new ArrayList<>();
        eachValue(name, countMax, (value, place) -> {
            if (value.isNumber() && Double.isFinite(value.doubleValue())) {
                numbers.add(value.doubleValue());
            } else {
                findings.refuse(Reason.WRONG_TYPE, place, "a number is wanted here, not " + kind(value));
            }
        });
        if (has(name) && numbers.size() < countMin) {
            findings.refuse(Reason.MISSING, at(name), "at least " + countMin + " numbers are wanted here");
        }
        return numbers;
    }

    /** Whether a member is there as a text. */
    boolean isTextual(String name) {
        return has(name) && node.get(name).isString();
    }

    private interface AtPlace {
        void read(JsonNode value, String place);
    }

    private void eachValue(String name, int countMax, AtPlace reader) {
        Optional<JsonNode> list = value(name);
        if (list.isEmpty()) {
            return;
        }
        if (!list.get().isArray()) {
            wrong(name, "a list", list.get());
            return;
        }
        if (list.get().size() > countMax) {
            findings.refuse(
                    Reason.TOO_MANY, at(name), list.get().size() + " entries; at most " + countMax + " are taken");
            return;
        }
        int index = 0;
        for (JsonNode value : list.get()) {
            reader.read(value, at(name) + '/' + index++);
        }
    }

    private Optional<JsonNode> value(String name) {
        return has(name) ? Optional.of(node.get(name)) : Optional.empty();
    }

    private <T> Optional<T> wrong(String name, String wanted, JsonNode value) {
        findings.refuse(Reason.WRONG_TYPE, at(name), wanted + " is wanted here, not " + kind(value));
        return Optional.empty();
    }

    private static String kind(JsonNode value) {
        if (value.isString()) {
            return "the text " + Findings.quote(value.stringValue());
        }
        if (value.isNumber()) {
            return "the number " + Findings.quote(value.asString());
        }
        return value.isObject() ? "an object" : value.isArray() ? "a list" : value.toString();
    }
}
