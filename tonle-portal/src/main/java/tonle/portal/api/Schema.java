// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON object by name, with all the members it may have; it has no others.
 *
 * @param name as in the document and the data dictionary: {@code Site}
 */
public record Schema(String name, String description, List<Member> members) {
    public Schema {
        members = List.copyOf(members);
    }

    static Schema of(String name, String description, Member... members) {
        return new Schema(name, description, List.of(members));
    }

    Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        members.forEach(member -> properties.put(member.name(), member.schema()));
        List<String> required =
                members.stream().filter(Member::isAlways).map(Member::name).toList();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", description);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** An object as it may be, of the examples of its members; objects within are those of their own schemas. */
    Map<String, Object> example(Map<String, Schema> schemas) {
        Map<String, Object> example = new LinkedHashMap<>();
        for (Member member : members) {
            Object value = exampleOf(member.shape(), member.example(), schemas);
            if (value != null || member.isAlways()) {
                example.put(member.name(), value);
            }
        }
        return example;
    }

    private static Object exampleOf(Shape shape, Object example, Map<String, Schema> schemas) {
        if (example != Schemas.WITHIN) {
            return example;
        }
        return switch (shape) {
            case Shape.Of(String name) -> schemas.get(name).example(schemas);
            case Shape.AnyOf(List<String> names) ->
                schemas.get(names.getFirst()).example(schemas);
            case Shape.Many(Shape item, int countMax) -> List.of(exampleOf(item, Schemas.WITHIN, schemas));
            case Shape.Text _,
                    Shape.Id _,
                    Shape.Day _,
                    Shape.Month _,
                    Shape.Moment _,
                    Shape.Whole _,
                    Shape.Figure _,
                    Shape.Truth _,
                    Shape.Choice _ -> throw new IllegalStateException("nothing stands within " + shape);
        };
    }
}
