// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import tonle.base.NearestName;

/** How a command's data is written: for people, as lines with tabs, or as one document of a stable shape. */
final class Output {
    @Option(
            names = "--json",
            paramLabel = "FIELDS",
            arity = "0..1",
            description = "one JSON document; --json=a,b picks fields",
            fallbackValue = "",
            order = 90)
    private String json;

    @Option(names = "--ndjson", description = "one JSON document a row, each on its line", order = 91)
    private boolean ndjson;

    @Option(names = "--csv", description = "comma-separated values with a heading line (RFC 4180)", order = 92)
    private boolean csv;

    @Option(names = "--header", description = "a heading line over tab-separated rows", order = 93)
    private boolean header;

    @Option(names = "--no-color", description = "no colour; NO_COLOR in the environment does the same", order = 94)
    private boolean noColour;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "at most N rows a table, 0 for all; on a terminal 10, else all",
            order = 95)
    private Integer limit;

    /** The shapes that data can take. */
    enum Shape {
        /** Aligned, for a person at a terminal. */
        TEXT,
        /** Tab-separated, full precision: what a pipe gets. */
        TABS,
        JSON,
        NDJSON,
        CSV
    }

    private static final int TERMINAL_ROWS = 10;

    Shape shape(Console console) {
        int asked = (json != null ? 1 : 0) + (ndjson ? 1 : 0) + (csv ? 1 : 0);
        if (asked > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--json, --ndjson and --csv exclude each other", "keep one of them");
        }
        if (json != null) {
            return Shape.JSON;
        }
        if (ndjson) {
            return Shape.NDJSON;
        }
        if (csv) {
            return Shape.CSV;
        }
        return console.outIsTerminal() ? Shape.TEXT : Shape.TABS;
    }

    boolean hasHeader() {
        return header;
    }

    boolean hasColour(Console console) {
        return !noColour && console.hasColour();
    }

    /** Rows of a table that are shown: all, where a machine reads. */
    int limit(Shape shape) {
        int rows = limit == null ? (shape == Shape.TEXT ? TERMINAL_ROWS : 0) : limit;
        if (rows < 0) {
            throw new CommandFailure(ExitCode.USAGE, "--limit is " + rows, "a number of rows, or 0 for all");
        }
        return rows == 0 ? Integer.MAX_VALUE : rows;
    }

    /** The fields that {@code --json=} picks out of {@code known}: all of them where it picks none. */
    List<String> fields(Set<String> known) {
        if (json == null || json.isEmpty()) {
            return List.copyOf(known);
        }
        List<String> picked = new ArrayList<>();
        for (String field : Arrays.asList(json.split(","))) {
            String name = field.strip();
            if (!known.contains(name)) {
                String nearest = NearestName.of(name, known).orElse("");
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "unknown field '" + name + "' in --json",
                        (nearest.isEmpty() ? "" : "nearest: " + nearest + "      ") + "all: "
                                + String.join(" ", known));
            }
            picked.add(name);
        }
        return picked;
    }

    boolean picksFields() {
        return json != null && !json.isEmpty();
    }
}
