// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One member of a JSON object.
 *
 * @param isAlways whether every object has it
 * @param isNullable whether {@code null} may stand in its place
 * @param example a value as it may be; {@code null} where the example of the whole leaves it out
 */
public record Member(
        String name, Shape shape, boolean isAlways, boolean isNullable, String description, Object example) {
    /** A member that every object has. */
    static Member of(String name, Shape shape, String description, Object example) {
        return new Member(name, shape, true, false, description, example);
    }

    /** A member that says {@code null} where nothing is known. */
    static Member orNull(String name, Shape shape, String description, Object example) {
        return new Member(name, shape, true, true, description, example);
    }

    /** A member that only some objects have; it may be {@code null} too. */
    static Member sometimes(String name, Shape shape, String description, Object example) {
        return new Member(name, shape, false, true, description, example);
    }

    Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        Map<String, Object> plain = shape.schema();
        if (isNullable && plain.get("type") instanceof String type && !plain.containsKey("enum")) {
            schema.putAll(plain);
            schema.put("type", List.of(type, "null"));
        } else if (isNullable) {
            schema.put("anyOf", List.of(plain, Map.of("type", "null")));
        } else {
            schema.putAll(plain);
        }
        if (!description.isEmpty()) {
            schema.put("description", description);
        }
        return schema;
    }
}
