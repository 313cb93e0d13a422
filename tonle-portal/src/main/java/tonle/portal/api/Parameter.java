// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One parameter of an operation: where it stands, its form, what it means. */
public record Parameter(String name, Place place, Shape shape, boolean isRequired, String description, Object example) {
    /** Where a parameter stands. */
    public enum Place {
        PATH,
        QUERY,
        HEADER
    }

    static Parameter path(String name, Shape shape, String description, Object example) {
        return new Parameter(name, Place.PATH, shape, true, description, example);
    }

    static Parameter query(String name, Shape shape, String description, Object example) {
        return new Parameter(name, Place.QUERY, shape, false, description, example);
    }

    static Parameter header(String name, boolean isRequired, Shape shape, String description, Object example) {
        return new Parameter(name, Place.HEADER, shape, isRequired, description, example);
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", name);
        document.put("in", place.name().toLowerCase(Locale.ROOT));
        if (isRequired) {
            document.put("required", true);
        }
        document.put("description", description);
        document.put("schema", shape.schema());
        document.put("example", example);
        return document;
    }
}
