// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import tonle.base.Json;
import tonle.gateway.control.ControlClient;
import tonle.gateway.control.ControlReply;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the running gateway over the owner-only socket in its data directory, and shows what it answers: the very
 * documents of its pages, so that a command and a page can never differ.
 */
final class Remote {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the running gateway's data directory (default ${DEFAULT-VALUE})",
            order = 80)
    private Path data = Path.of("data");

    /**
     * Shows the table at {@code path}.
     *
     * @param parameters as in the page's address; those with {@code null} or nothing are left out
     */
    ExitCode show(Console console, Output output, String path, Map<String, String> parameters) throws IOException {
        Output.Shape shape = output.shape(console);
        String ending = switch (shape) {
            case TEXT -> ".txt";
            case CSV -> ".csv";
            case TABS, JSON, NDJSON -> ".json";
        };
        ControlReply reply = answered(client().get(path + ending + query(parameters)));
        if (shape == Output.Shape.TEXT || shape == Output.Shape.CSV) {
            console.out().print(reply.body());
            return ExitCode.DONE;
        }
        JsonNode document = parsed(reply.body());
        if (!document.has("rows")) {
            return facts(console, output, shape, document, reply.body());
        }
        JsonNode rows = document.path("rows");
        Set<String> known = new LinkedHashSet<>();
        rows.forEach(row -> known.addAll(row.propertyNames()));
        if (shape == Output.Shape.JSON && !output.picksFields()) {
            console.out().print(reply.body());
        } else {
            print(console, output, shape, rows, rows.isEmpty() ? List.of() : output.fields(known));
        }
        return rows.isEmpty() ? ExitCode.FOUND_NOTHING : ExitCode.DONE;
    }

    /** {@code ?by=member&top=5}: as in the page's address; empty where nothing is asked. */
    static String query(Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(each -> each.getValue() != null && !each.getValue().isEmpty())
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    /** Where the gateway serves its pages. */
    int pagesPort() throws IOException {
        int port = parsed(answered(client().get("/status.json")).body())
                .path("pagesPort")
                .asInt(0);
        if (port <= 0) {
            throw new CommandFailure(ExitCode.NOT_REACHABLE, "this gateway serves no pages", "tonle status");
        }
        return port;
    }

    /**
     * A document of single facts, such as the gateway's own status: a line a fact between tabs, of a fact within others
     * with their names before it: {@code listeners.netflow.port}.
     */
    private static ExitCode facts(Console console, Output output, Output.Shape shape, JsonNode document, String body) {
        List<String> fields = output.fields(new LinkedHashSet<>(document.propertyNames()));
        switch (shape) {
            case TABS -> fields.forEach(field -> fact(console, field, document.path(field)));
            case NDJSON -> console.out().append(document.toString()).append('\n');
            case JSON, TEXT, CSV -> console.out().print(output.picksFields() ? picked(document, fields) + "\n" : body);
        }
        return ExitCode.DONE;
    }

    private static void fact(Console console, String name, JsonNode value) {
        if (value.isObject()) {
            value.propertyNames().forEach(part -> fact(console, name + "." + part, value.path(part)));
        } else if (value.isArray() && !value.isEmpty()) {
            Set<String> names = new LinkedHashSet<>();
            value.forEach(each -> names.add(each.path("name").asString("")));
            // Things are told apart by their names where these are words, else by their place from 1.
            boolean named = names.size() == value.size() && names.stream().allMatch(own -> own.matches("[\\w-]+"));
            for (int i = 0; i < value.size(); i++) {
                String own = named ? value.get(i).path("name").asString() : Integer.toString(i + 1);
                fact(console, name + "." + own, value.get(i));
            }
        } else {
            String text = value.isArray() ? "" : cell(value);
            console.out().append(name).append('\t').append(text).append('\n');
        }
    }

    private static void print(Console console, Output output, Output.Shape shape, JsonNode rows, List<String> fields) {
        List<String> lines = new ArrayList<>();
        int limit = output.limit(shape);
        if (shape == Output.Shape.TABS && output.hasHeader()) {
            console.out().append(String.join("\t", fields)).append('\n');
        }
        for (JsonNode row : rows) {
            if (lines.size() >= limit) {
                break;
            }
            lines.add(
                    shape == Output.Shape.TABS
                            ? fields.stream()
                                    .map(field -> cell(row.path(field)))
                                    .collect(Collectors.joining("\t"))
                            : picked(row, fields));
        }
        if (shape == Output.Shape.JSON) {
            console.out()
                    .append("{\"rows\": [\n  ")
                    .append(String.join(",\n  ", lines))
                    .append("]}\n");
        } else {
            lines.forEach(line -> console.out().append(line).append('\n'));
        }
    }

    private static String picked(JsonNode row, List<String> fields) {
        return fields.stream()
                .filter(row::has)
                .map(field -> JsonMapper.shared().writeValueAsString(field) + ":" + row.get(field))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** A value between tabs: nothing where there is none, and never a tab or line end of its own. */
    private static String cell(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        return (value.isValueNode() ? value.asString() : value.toString()).replaceAll("[\\t\\r\\n]+", " ");
    }

    /** Two columns of the table at {@code path}, one as the name of the other, in the table's order. */
    Map<String, String> column(String path, String name, String value) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        parsed(answered(client().get(path + ".json")).body())
                .path("rows")
                .forEach(row ->
                        found.put(row.path(name).asString(""), row.path(value).asString("")));
        return found;
    }

    /** Whether the document at {@code path} states {@code fact} of itself. */
    boolean states(String path, Map<String, String> parameters, String fact) throws IOException {
        return parsed(answered(client().get(path + ".json" + query(parameters))).body())
                .path("meta")
                .path(fact)
                .asBoolean(false);
    }

    /** Gives an order about a file of this machine. */
    ExitCode orderOfFile(Console console, String path, Path file) throws IOException {
        StringBuilder body = new StringBuilder();
        new Json(body, false)
                .beginObject()
                .member("file", file.toAbsolutePath().normalize().toString())
                .endObject();
        return order(console, path, body.toString());
    }

    /** Lets the gateway do something and says what it said. */
    ExitCode order(Console console, String target, String body) throws IOException {
        ControlReply reply = answered(client().post(target, body));
        console.out().println(parsed(reply.body()).path("message").asString(""));
        return ExitCode.DONE;
    }

    /** What an order answers as a whole: a file's text. */
    String text(String target, String body) throws IOException {
        return answered(client().post(target, body)).body();
    }

    private ControlClient client() {
        return new ControlClient(data);
    }

    /** The reply, where it is an answer; else its problem in words. */
    private static ControlReply answered(ControlReply reply) {
        if (reply.status() == 200) {
            return reply;
        }
        ExitCode code = switch (reply.status()) {
            case 400 -> ExitCode.USAGE;
            case 403, 409, 422 -> ExitCode.REFUSED;
            case 404 -> ExitCode.FOUND_NOTHING;
            default -> ExitCode.NOT_REACHABLE;
        };
        throw reply.contentType().contains("json") ? problem(code, parsed(reply.body())) : words(code, reply.body());
    }

    /** RFC 9457, or the short form of orders with a message alone. */
    private static CommandFailure problem(ExitCode code, JsonNode problem) {
        if (problem.has("message")) {
            return new CommandFailure(code, problem.path("message").asString());
        }
        List<String> hints = new ArrayList<>();
        String detail = problem.path("detail").asString("");
        if (!detail.isEmpty()) {
            hints.add(detail);
        }
        if (problem.has("nearest")) {
            hints.add("nearest: " + problem.path("nearest").asString());
        }
        return new CommandFailure(code, problem.path("title").asString("refused"), hints.toArray(String[]::new));
    }

    private static CommandFailure words(ExitCode code, String text) {
        String[] lines = text.replaceFirst("^error: ", "").strip().split("\\R\\s*");
        String[] hints = new String[lines.length - 1];
        System.arraycopy(lines, 1, hints, 0, hints.length);
        return new CommandFailure(code, lines[0], hints);
    }

    private static JsonNode parsed(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException _) {
            throw new CommandFailure(
                    ExitCode.MALFORMED,
                    "the gateway's answer is not JSON",
                    "is it another version? tonle --version, tonle status");
        }
    }
}
