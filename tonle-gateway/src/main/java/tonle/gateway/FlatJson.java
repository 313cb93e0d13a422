// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** JSON objects of one level, as orders have them. Read by the YAML reader at hand: JSON is a part of YAML 1.2. */
final class FlatJson {
    private static final int FIELDS_MAX = 32;

    private FlatJson() {}

    /** The text is no object of simple values. */
    static final class Malformed extends IOException {
        Malformed(String message) {
            super(message);
        }
    }

    static Map<String, String> read(String text) throws Malformed {
        Object read;
        try {
            read = new Load(LoadSettings.builder()
                            .setMaxAliasesForCollections(0)
                            .build())
                    .loadFromString(text);
        } catch (YamlEngineException | StackOverflowError _) {
            throw new Malformed("the body is not JSON");
        }
        if (!text.strip().startsWith("{") || !(read instanceof Map<?, ?> object) || object.size() > FIELDS_MAX) {
            throw new Malformed("the body is one JSON object of at most " + FIELDS_MAX + " fields");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            boolean isSimple = entry.getValue() instanceof String
                    || entry.getValue() instanceof Number
                    || entry.getValue() instanceof Boolean;
            if (!isSimple) {
                throw new Malformed("field " + entry.getKey() + " is no simple value");
            }
            fields.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
        }
        return fields;
    }

    static String need(Map<String, String> fields, String name) throws Malformed {
        String value = fields.get(name);
        if (value == null || value.isEmpty()) {
            throw new Malformed("the field '" + name + "' is missing");
        }
        return value;
    }

    /** A path of this machine that means the same to who asks and to the gateway. */
    static Path absolutePath(Map<String, String> fields, String name) throws Malformed {
        Path path = Path.of(need(fields, name));
        if (!path.isAbsolute()) {
            throw new Malformed(name + " is an absolute path, not '" + path + "'");
        }
        return path;
    }

    static long number(Map<String, String> fields, String name) throws Malformed {
        String value = need(fields, name);
        if (!value.matches("[0-9]{1,15}")) {
            throw new Malformed("the field '" + name + "' is a whole number, not '" + value + "'");
        }
        return Long.parseLong(value);
    }
}
