// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tonle.registry.book.Kind;

/**
 * What a change does to one object.
 *
 * @param baseVersion the highest version that the proposer saw; 0 for an object that is new
 * @param fields by name, in any form that the field takes; those that are not named stay as they are
 */
public record Item(Kind kind, String id, Act act, int baseVersion, Map<String, String> fields) {
    public Item {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public static Item add(Kind kind, String id, Map<String, String> fields) {
        return new Item(kind, id, Act.ADD, 0, fields);
    }

    public static Item amend(Kind kind, String id, int baseVersion, Map<String, String> fields) {
        return new Item(kind, id, Act.AMEND, baseVersion, fields);
    }

    public static Item end(Kind kind, String id, int baseVersion) {
        return new Item(kind, id, Act.END, baseVersion, Map.of());
    }

    public String label() {
        return kind.word() + " " + id;
    }
}
