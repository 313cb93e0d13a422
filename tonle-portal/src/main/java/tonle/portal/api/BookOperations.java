// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.registry.book.Entry;
import tonle.registry.book.Kind;
import tonle.registry.book.Timeline;
import tonle.registry.rights.Right;

/** Reads the registry: every kind of object, on any day, as known by any moment. */
final class BookOperations {
    static final Operation.Access READING = Operation.anyOf(Right.MAY_READ_REGISTRY, Right.MAY_READ_OWN_OPERATOR);

    static final Parameter LIMIT = Parameter.query(
            "limit",
            new Shape.Whole(1, Call.ROWS_MAX),
            "Rows of a page; " + Call.ROWS_USUAL + " where it is not said.",
            (long) Call.ROWS_USUAL);

    private static final Parameter AS_ON = Parameter.query(
            "asOn", Schemas.DAY, "The day on which the registry is read; today where not said.", "2026-10-01");

    private static final Parameter KNOWN_BY = Parameter.query(
            "knownBy",
            Schemas.MOMENT,
            "As it was known by this moment, without what was recorded later.",
            "2026-10-02T00:00:00Z");

    private static final Parameter OPERATOR =
            Parameter.query("operator", Schemas.ID, "Those of this operator alone.", "alpha");

    private BookOperations() {}

    static Parameter after(String example) {
        return Parameter.query("after", new Shape.Text(120), "The last row of the page before.", example);
    }

    static List<Operation> all() {
        List<Operation> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            String name = BookJson.schemaName(kind);
            List<Parameter> parameters = new ArrayList<>(List.of(AS_ON, KNOWN_BY, after("PNH-1"), LIMIT));
            if (kind == Kind.LINK || kind == Kind.LICENCE) {
                parameters.add(OPERATOR);
            }
            all.add(Operation.reading(
                    "list" + (kind == Kind.FACILITY ? "Facilities" : name + "s"),
                    path(kind),
                    "registry",
                    "Lists the registry's entries of the kind " + kind.word() + " in the order of their ids.",
                    READING,
                    parameters,
                    name + "List",
                    call -> list(call, kind)));
            all.add(Operation.reading(
                    "get" + name,
                    path(kind) + (kind == Kind.INTERFACE ? "/{device}/{index}" : "/{id}"),
                    "registry",
                    "One " + kind.word() + " with its days.",
                    READING,
                    one(kind),
                    name,
                    call -> one(call, kind)));
        }
        return all;
    }

    private static List<Parameter> one(Kind kind) {
        List<Parameter> parameters = new ArrayList<>();
        if (kind == Kind.INTERFACE) {
            parameters.add(Parameter.path("device", Schemas.ID, "The device.", "pnh-edge-1"));
            parameters.add(Parameter.path(
                    "index", new Shape.Whole(1, 4_294_967_295L), "The ifIndex (RFC 2863) of the interface.", 12L));
        } else {
            parameters.add(Parameter.path("id", Schemas.ID, "The " + kind.word() + ".", "PNH-1"));
        }
        parameters.add(AS_ON);
        parameters.add(KNOWN_BY);
        return parameters;
    }

    static String path(Kind kind) {
        return Operations.ROOT + (kind == Kind.FACILITY ? "/facilities" : "/" + kind.word() + "s");
    }

    private static List<Entry> entries(Call call, Kind kind, LocalDate day) {
        var scope = call.actor().scope();
        return call.get("knownBy")
                .map(known -> call.registry().book().asOn(scope, kind, day, Instant.parse(known)))
                .orElseGet(() -> call.registry().book().asOn(scope, kind, day));
    }

    private static Reply list(Call call, Kind kind) {
        LocalDate day = call.asOn();
        String after = call.get("after").orElse("");
        Optional<String> operator = call.get("operator");
        List<Entry> rows = entries(call, kind, day).stream()
                .filter(entry -> entry.id().compareTo(after) > 0)
                .filter(entry -> operator.isEmpty() || entry.owner().equals(operator))
                .sorted(Comparator.comparing(Entry::id))
                .limit(call.limit() + 1L)
                .toList();
        return call.page(
                rows,
                Entry::id,
                entry -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("id", entry.id());
                    row.put("fields", BookJson.fields(kind, entry.values()));
                    return row;
                },
                Map.of("asOn", day.toString()));
    }

    private static Reply one(Call call, Kind kind) {
        String id = kind == Kind.INTERFACE ? call.text("device") + "/" + call.text("index") : call.text("id");
        LocalDate day = call.asOn();
        var book = call.registry().book();
        var scope = call.actor().scope();
        Optional<Entry> found = call.get("knownBy")
                .map(known -> book.find(scope, kind, id, day, Instant.parse(known)))
                .orElseGet(() -> book.find(scope, kind, id, day));
        if (found.isEmpty()) {
            return call.unknown(
                    kind.word(),
                    id,
                    entries(call, kind, day).stream().map(Entry::id).toList());
        }
        Timeline timeline = book.timeline(scope, kind, id);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("fields", BookJson.fields(kind, found.get().values()));
        body.put("asOn", day.toString());
        body.put("version", (long) timeline.head());
        body.put(
                "history",
                timeline.stretches().stream().map(BookOperations::stretch).toList());
        return new Reply.Shown(body);
    }

    private static Map<String, Object> stretch(Timeline.Stretch stretch) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("from", stretch.days().from().toString());
        row.put("until", stretch.days().until().map(LocalDate::toString).orElse(null));
        row.put("version", (long) stretch.version().number());
        row.put("change", stretch.version().change());
        return row;
    }
}
