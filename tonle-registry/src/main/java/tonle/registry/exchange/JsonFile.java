// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a foreign JSON file into a tree within stated bounds; what is beyond them is refused before it costs memory.
 */
final class JsonFile {
    /** A file may have this many octets: some hundred times the largest exchange's member export. */
    static final int FILE_OCTETS_MAX = 32 << 20;

    static final int NESTING_MAX = 24;
    static final int TEXT_CHARS_MAX = 16_384;
    private static final int NUMBER_CHARS_MAX = 40;
    private static final int CHUNK_OCTETS = 1 << 16;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxStringLength(TEXT_CHARS_MAX)
                            .maxNameLength(200)
                            .maxNumberLength(NUMBER_CHARS_MAX)
                            .maxTokenCount(4_000_000)
                            .build())
                    // A name that stands twice would let two readers see two different files.
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // Buffers and names that are kept for the next file would keep what this one says of people.
                    .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private JsonFile() {}

    /** The tree; empty when the file is refused, with a finding that names line and column. */
    static Optional<JsonNode> read(InputStream in, Findings findings) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK_OCTETS];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            if (octets.size() + count > FILE_OCTETS_MAX) {
                findings.refuse(
                        Reason.TOO_LARGE,
                        "",
                        "the file has more than " + FILE_OCTETS_MAX + " octets; cut it into parts, one exchange each");
                return Optional.empty();
            }
            octets.write(chunk, 0, count);
        }
        try {
            return Optional.of(READER.readTree(octets.toByteArray()));
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
            // The library's own text may quote the file at length; its first line is enough and is cut.
            findings.refuse(Reason.NOT_JSON, where, firstLine(e.getOriginalMessage()));
            return Optional.empty();
        }
    }

    private static String firstLine(String text) {
        if (text == null) {
            return "this is not JSON (RFC 8259)";
        }
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        StringBuilder safe = new StringBuilder();
        line.codePoints().limit(160).forEach(point -> safe.appendCodePoint(Findings.isPrintable(point) ? point : '?'));
        return safe.toString();
    }
}
