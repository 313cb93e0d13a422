// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of a request into a tree within stated bounds. */
final class JsonBody {
    static final int NESTING_MAX = 16;
    static final int TEXT_CHARS_MAX = 65_536;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxStringLength(TEXT_CHARS_MAX)
                            .maxNameLength(200)
                            .maxNumberLength(40)
                            .build())
                    // A name that stands twice would let two readers see two different bodies.
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();

    private JsonBody() {}

    /** The tree; empty where this is no JSON object, and {@code refusal} takes the place of the fault. */
    static Optional<JsonNode> read(byte[] body, Consumer<String> refusal) {
        try {
            JsonNode tree = READER.readTree(body);
            if (tree != null && tree.isObject()) {
                return Optional.of(tree);
            }
            refusal.accept("line 1, column 1");
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            refusal.accept(at == null ? "line 1, column 1" : "line " + at.getLineNr() + ", column " + at.getColumnNr());
        }
        return Optional.empty();
    }
}
