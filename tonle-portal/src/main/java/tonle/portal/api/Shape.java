// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a value looks like: the one statement from which parameters are checked and the document is made. */
public sealed interface Shape {
    /** Words; {@code charsMax} letters at most. */
    record Text(int charsMax) implements Shape {}

    /** A name from which a path can be made: letters, digits and {@code -}; {@code /} where a name has two parts. */
    record Id(int charsMax, boolean hasSlash) implements Shape {
        boolean fits(String text) {
            String form = hasSlash ? "[A-Za-z0-9][A-Za-z0-9-]*/[0-9]+" : "[A-Za-z0-9][A-Za-z0-9-]*";
            return text.length() <= charsMax && text.matches(form);
        }
    }

    /** A day such as {@code 2026-11-23}. */
    record Day() implements Shape {}

    /** A month such as {@code 2026-11}. */
    record Month() implements Shape {}

    /** A moment in UTC, ISO 8601. */
    record Moment() implements Shape {}

    /** A whole number from {@code min} to {@code max}. */
    record Whole(long min, long max) implements Shape {}

    /** Any number. */
    record Figure() implements Shape {}

    /** Yes or no. */
    record Truth() implements Shape {}

    /** One of some words. */
    record Choice(List<String> words) implements Shape {
        public Choice {
            words = List.copyOf(words);
        }
    }

    /** A list. */
    record Many(Shape item, int countMax) implements Shape {}

    /** An object of a named schema. */
    record Of(String name) implements Shape {}

    /** An object of any of some named schemas. */
    record AnyOf(List<String> schemas) implements Shape {
        public AnyOf {
            schemas = List.copyOf(schemas);
        }
    }

    Shape TEXT = new Text(300);
    Shape COUNT = new Whole(0, Long.MAX_VALUE);

    /** As JSON Schema 2020-12 has it. */
    default Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        switch (this) {
            case Text(int charsMax) -> {
                schema.put("type", "string");
                schema.put("maxLength", (long) charsMax);
            }
            case Id(int charsMax, boolean hasSlash) -> {
                schema.put("type", "string");
                schema.put("pattern", hasSlash ? "^[A-Za-z0-9][A-Za-z0-9-]*/[0-9]+$" : "^[A-Za-z0-9][A-Za-z0-9-]*$");
                schema.put("maxLength", (long) charsMax);
            }
            case Day day -> {
                schema.put("type", "string");
                schema.put("format", "date");
            }
            case Month month -> {
                schema.put("type", "string");
                schema.put("pattern", "^[0-9]{4}-[0-9]{2}$");
            }
            case Moment moment -> {
                schema.put("type", "string");
                schema.put("format", "date-time");
            }
            case Whole(long min, long max) -> {
                schema.put("type", "integer");
                schema.put("minimum", min);
                if (max < Long.MAX_VALUE) {
                    schema.put("maximum", max);
                }
            }
            case Figure figure -> schema.put("type", "number");
            case Truth truth -> schema.put("type", "boolean");
            case Choice(List<String> words) -> {
                schema.put("type", "string");
                schema.put("enum", words);
            }
            case Many(Shape item, int countMax) -> {
                schema.put("type", "array");
                schema.put("maxItems", (long) countMax);
                schema.put("items", item.schema());
            }
            case Of(String name) -> schema.put("$ref", reference(name));
            case AnyOf(List<String> names) ->
                schema.put(
                        "anyOf",
                        names.stream()
                                .map(name -> Map.of("$ref", reference(name)))
                                .toList());
        }
        return schema;
    }

    private static String reference(String name) {
        return "#/components/schemas/" + name;
    }

    /** The word for its form in the data dictionary. */
    default String word() {
        return switch (this) {
            case Text _, Id _, Choice _ -> "text";
            case Day _ -> "date";
            case Month _ -> "month";
            case Moment _ -> "timestamp";
            case Whole _ -> "integer";
            case Figure _ -> "number";
            case Truth _ -> "boolean";
            case Many(Shape item, int countMax) -> item.word() + "[]";
            case Of(String name) -> name;
            case AnyOf _ -> "object";
        };
    }
}
