// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tonle.registry.rights.Right;

/** The description of the API as programs read it (OpenAPI 3.1), made from the table of operations. */
public final class OpenApiDocument {
    /** Grows in the first place where a program must change, in the second where it may. */
    public static final String VERSION = "1.0.0";

    private static final String DESCRIPTION = """
            The registry, the measurements and the audit of one internet gateway: the same services as its pages. \
            Nothing here is data about people who use the internet, and nothing here can cut anybody off. \
            Lists come in pages: `next` is the address of the next one. Answers carry an entity tag; ask again with \
            `If-None-Match`. Changes wait for somebody to confirm them; a decision names with `If-Match` what was \
            seen. \
            Within version 1 members and operations are added, never renamed or taken away: ignore what you do not \
            know.""";

    private OpenApiDocument() {}

    /** The whole document. */
    public static Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Bodies.of(
                        "title",
                        "Tonle",
                        "version",
                        VERSION,
                        "description",
                        DESCRIPTION,
                        "license",
                        Bodies.of("name", "Apache-2.0", "identifier", "Apache-2.0")));
        document.put("servers", List.of(Bodies.of("url", "/")));
        document.put("paths", paths());
        document.put("components", components());
        document.put(
                "tags",
                Operations.all().stream()
                        .map(Operation::group)
                        .distinct()
                        .map(group -> Bodies.of("name", group))
                        .toList());
        return document;
    }

    private static Map<String, Object> paths() {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Operation operation : Operations.all()) {
            paths.computeIfAbsent(operation.path(), _ -> new LinkedHashMap<>())
                    .put(operation.method().toLowerCase(java.util.Locale.ROOT), operation(operation));
        }
        return new LinkedHashMap<>(paths);
    }

    private static Map<String, Object> operation(Operation operation) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("operationId", operation.id());
        document.put("tags", List.of(operation.group()));
        document.put("summary", operation.summary());
        document.put("description", described(operation));
        document.put("security", security(operation));
        if (!operation.parameters().isEmpty()) {
            document.put(
                    "parameters",
                    operation.parameters().stream().map(Parameter::document).toList());
        }
        operation
                .request()
                .ifPresent(schema -> document.put(
                        "requestBody", Bodies.of("required", true, "content", json("application/json", schema))));
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put(Integer.toString(operation.status()), answer(operation));
        if (!operation.isWriting()) {
            responses.put("304", Bodies.of("description", "It is still as the entity tag says."));
        }
        Map<Integer, List<Code>> refusals = operation.allRefusals().stream()
                .collect(Collectors.groupingBy(Code::status, TreeMap::new, Collectors.toList()));
        refusals.forEach((status, codes) -> responses.put(
                Integer.toString(status),
                Bodies.of(
                        "description",
                        codes.stream().map(Code::word).collect(Collectors.joining(", ")),
                        "content",
                        Bodies.of(
                                "application/problem+json",
                                Bodies.of("schema", Bodies.of("$ref", "#/components/schemas/Problem"))))));
        document.put("responses", responses);
        return document;
    }

    private static String described(Operation operation) {
        return switch (operation.access()) {
            case Operation.Access.Everybody _ -> "Open to all.";
            case Operation.Access.AnyOf(List<Right> rights) ->
                "Needs " + rights.stream().map(Right::key).collect(Collectors.joining(" or ")) + ".";
        };
    }

    private static List<Object> security(Operation operation) {
        return switch (operation.access()) {
            case Operation.Access.Everybody _ -> List.of();
            case Operation.Access.AnyOf(List<Right> rights) -> {
                List<Object> security = new ArrayList<>();
                security.add(Bodies.of("personalToken", List.of()));
                rights.forEach(right -> security.add(Bodies.of("clientCredentials", List.of(right.key()))));
                yield security;
            }
        };
    }

    private static Map<String, Object> answer(Operation operation) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put(
                "ETag",
                Bodies.of("description", "The entity tag of this answer.", "schema", Bodies.of("type", "string")));
        if (operation.status() == 201) {
            headers.put(
                    "Location",
                    Bodies.of("description", "Where it stands now.", "schema", Bodies.of("type", "string")));
        }
        Object content = operation.response().isEmpty()
                ? Bodies.of("application/json", Bodies.of("schema", Bodies.of("type", "object")))
                : json("application/json", operation.response());
        return Bodies.of("description", operation.summary(), "headers", headers, "content", content);
    }

    private static Map<String, Object> json(String type, String schema) {
        Map<String, Object> media = new LinkedHashMap<>();
        media.put("schema", Bodies.of("$ref", "#/components/schemas/" + schema));
        Map<String, Schema> schemas = Schemas.byName();
        media.put("example", schemas.get(schema).example(schemas));
        return Bodies.of(type, media);
    }

    private static Map<String, Object> components() {
        Map<String, Object> schemas = new LinkedHashMap<>();
        Schemas.all().forEach(schema -> schemas.put(schema.name(), schema.schema()));
        Map<String, Object> scopes = new LinkedHashMap<>();
        Operations.all().stream()
                .map(Operation::access)
                .flatMap(access -> access instanceof Operation.Access.AnyOf(List<Right> rights)
                        ? rights.stream()
                        : java.util.stream.Stream.of())
                .distinct()
                .sorted()
                .forEach(right -> scopes.put(right.key(), right.key().replace('-', ' ')));
        return Bodies.of(
                "schemas",
                schemas,
                "securitySchemes",
                Bodies.of(
                        "personalToken",
                        Bodies.of(
                                "type",
                                "http",
                                "scheme",
                                "bearer",
                                "description",
                                "A personal token, made on the page of one's account; it has some of its maker's rights."),
                        "clientCredentials",
                        Bodies.of(
                                "type",
                                "oauth2",
                                "description",
                                "A token for a program (RFC 6749 section 4.4).",
                                "flows",
                                Bodies.of(
                                        "clientCredentials",
                                        Bodies.of("tokenUrl", "/api/oauth2/token", "scopes", scopes)))));
    }
}
