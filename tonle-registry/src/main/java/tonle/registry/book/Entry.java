// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.base.DeviceAddress;
import tonle.base.Must;
import tonle.base.Prefix;
import tonle.base.Speed;

/**
 * An object of the book as it is on some day.
 *
 * @param values every field of its kind by name, canonical; nothing where it was not said, or may not be seen
 */
public record Entry(Kind kind, String id, Map<String, String> values) {
    public Entry {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (Field field : kind.fields()) {
            String value = values.get(field.name());
            ordered.put(field.name(), value == null ? field.fallback() : value);
        }
        values = java.util.Collections.unmodifiableMap(ordered);
    }

    /** As messages name it: {@code link PNH-SHV-1}. */
    public String label() {
        return kind.word() + " " + id;
    }

    /** The canonical text of a field. */
    public String text(String field) {
        String value = values.get(field);
        Must.hold(value != null, kind.word() + " has the field " + field);
        return value;
    }

    /** The first of {@code fields} that says something, or nothing. */
    public String either(String... fields) {
        for (String field : fields) {
            if (!text(field).isEmpty()) {
                return text(field);
            }
        }
        return "";
    }

    /** The entries of a list. */
    public List<String> list(String field) {
        return Form.entries(text(field));
    }

    /** A whole number; 0 where it was not said. */
    public long number(String field) {
        return text(field).isEmpty() ? 0 : Long.parseLong(text(field));
    }

    /** Bits per second; 0 where it was not said. */
    public long bitsPerSecond(String field) {
        return text(field).isEmpty() ? 0 : Speed.parse(text(field));
    }

    public boolean flag(String field) {
        return Boolean.parseBoolean(text(field));
    }

    public List<Long> numbers(String field) {
        return list(field).stream().map(Long::valueOf).toList();
    }

    public List<Prefix> prefixes(String field) {
        return list(field).stream()
                .map(text -> Prefix.parse(text).orElseThrow())
                .toList();
    }

    public List<DeviceAddress> addresses(String field) {
        return list(field).stream()
                .map(text -> DeviceAddress.parse(text).orElseThrow())
                .toList();
    }

    /** The operator that this belongs to: an operator itself, or what its link or licence names. */
    public Optional<String> owner() {
        return switch (kind) {
            case OPERATOR -> Optional.of(id);
            case LINK, LICENCE -> Optional.of(text("operator")).filter(owner -> !owner.isEmpty());
            case EXCHANGE, SITE, FACILITY, DEVICE, INTERFACE -> Optional.empty();
        };
    }

    /** The same with other values for some fields. */
    public Entry with(Map<String, String> others) {
        Map<String, String> merged = new LinkedHashMap<>(values);
        merged.putAll(others);
        return new Entry(kind, id, merged);
    }
}
