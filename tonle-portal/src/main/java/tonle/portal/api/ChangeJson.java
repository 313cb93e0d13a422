// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tonle.base.EnumWord;
import tonle.registry.book.Days;
import tonle.registry.book.Kind;
import tonle.registry.book.Problem;
import tonle.registry.change.Act;
import tonle.registry.change.Change;
import tonle.registry.change.ChangeLine;
import tonle.registry.change.Conflict;
import tonle.registry.change.Difference;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;
import tonle.registry.change.Stage;
import tools.jackson.databind.JsonNode;

/** Changes as JSON, and drafts from it. */
final class ChangeJson {
    private static final Set<String> DRAFT_MEMBERS = Set.of("reason", "from", "until", "items");
    private static final Set<String> ITEM_MEMBERS = Set.of("act", "kind", "id", "baseVersion", "fields");
    private static final int VERSION_MAX = 1_000_000_000;

    private ChangeJson() {}

    /** What reading a body led to. */
    sealed interface Read<T> {
        record Good<T>(T value) implements Read<T> {}

        /** @param place as a JSON pointer (RFC 6901) */
        record Bad<T>(String place) implements Read<T> {}
    }

    static Read<Draft> draft(JsonNode body) {
        Optional<String> foreign = foreign(body, DRAFT_MEMBERS);
        if (foreign.isPresent()) {
            return new Read.Bad<>("/" + foreign.get());
        }
        Optional<LocalDate> from = day(body.get("from"));
        boolean isOpen = isAbsent(body.get("until"));
        Optional<LocalDate> until = isOpen ? Optional.empty() : day(body.get("until"));
        if (from.isEmpty()) {
            return new Read.Bad<>("/from");
        }
        if (!isOpen && until.filter(day -> day.isAfter(from.get())).isEmpty()) {
            return new Read.Bad<>("/until");
        }
        JsonNode reason = body.get("reason");
        if (reason == null || !reason.isString()) {
            return new Read.Bad<>("/reason");
        }
        JsonNode items = body.get("items");
        if (items == null || !items.isArray()) {
            return new Read.Bad<>("/items");
        }
        List<Item> read = new ArrayList<>();
        for (JsonNode item : items.values()) {
            switch (item(item, "/items/" + read.size())) {
                case Read.Good<Item>(Item good) -> read.add(good);
                case Read.Bad<Item>(String place) -> {
                    return new Read.Bad<>(place);
                }
            }
        }
        return new Read.Good<>(new Draft(new Days(from.get(), until), reason.stringValue(), read));
    }

    private static Read<Item> item(JsonNode node, String place) {
        if (!node.isObject()) {
            return new Read.Bad<>(place);
        }
        Optional<String> foreign = foreign(node, ITEM_MEMBERS);
        if (foreign.isPresent()) {
            return new Read.Bad<>(place + "/" + foreign.get());
        }
        Optional<Act> act = text(node.get("act")).flatMap(Act::of);
        Optional<Kind> kind = text(node.get("kind")).flatMap(Kind::of);
        Optional<String> id = text(node.get("id"));
        if (act.isEmpty() || kind.isEmpty() || id.isEmpty()) {
            return new Read.Bad<>(place + (act.isEmpty() ? "/act" : kind.isEmpty() ? "/kind" : "/id"));
        }
        JsonNode version = node.get("baseVersion");
        boolean isVersion = isAbsent(version)
                || (version.isIntegralNumber()
                        && version.canConvertToInt()
                        && version.intValue() >= 0
                        && version.intValue() <= VERSION_MAX);
        if (!isVersion) {
            return new Read.Bad<>(place + "/baseVersion");
        }
        JsonNode fields = node.get("fields");
        Map<String, String> values = new LinkedHashMap<>();
        if (!isAbsent(fields)) {
            if (!fields.isObject()) {
                return new Read.Bad<>(place + "/fields");
            }
            for (Map.Entry<String, JsonNode> field : fields.properties()) {
                Optional<String> value = BookJson.written(field.getValue());
                if (value.isEmpty()) {
                    return new Read.Bad<>(place + "/fields/" + field.getKey());
                }
                // A name that no field has goes through as it is: the registry says so, with the nearest that it has.
                String name = BookJson.field(kind.get(), field.getKey())
                        .map(known -> known.name())
                        .orElse(field.getKey());
                values.put(name, value.get());
            }
        }
        int base = isAbsent(version) ? 0 : version.intValue();
        return new Read.Good<>(new Item(kind.get(), id.get(), act.get(), base, values));
    }

    /** The reason in a decision's body; empty text where none is given. */
    static Read<String> decision(JsonNode body) {
        Optional<String> foreign = foreign(body, Set.of("reason"));
        if (foreign.isPresent()) {
            return new Read.Bad<>("/" + foreign.get());
        }
        JsonNode reason = body.get("reason");
        if (isAbsent(reason)) {
            return new Read.Good<>("");
        }
        boolean isReason = reason.isString()
                && reason.stringValue().codePointCount(0, reason.stringValue().length()) <= Draft.REASON_LETTERS_MAX;
        return isReason ? new Read.Good<>(reason.stringValue().strip()) : new Read.Bad<>("/reason");
    }

    private static Optional<String> foreign(JsonNode node, Set<String> known) {
        return node.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name -> name.length() > 60 ? name.substring(0, 60) : name);
    }

    private static boolean isAbsent(JsonNode node) {
        return node == null || node.isNull();
    }

    private static Optional<String> text(JsonNode node) {
        return node != null && node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    private static Optional<LocalDate> day(JsonNode node) {
        try {
            return text(node).filter(day -> day.length() == 10).map(LocalDate::parse);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    // ---- out

    static Map<String, Object> line(ChangeLine line) {
        Map<String, Object> body = head(line.id(), line.operator(), line.days(), line.reason(), line.stage());
        body.put("objects", line.objects());
        body.put("itemCount", (long) line.itemCount());
        return body;
    }

    private static Map<String, Object> head(
            String id, Optional<String> operator, Days days, String reason, Stage stage) {
        return Bodies.of(
                "id",
                id,
                "stage",
                stage.word(),
                "operator",
                operator.orElse(null),
                "from",
                days.from().toString(),
                "until",
                days.until().map(LocalDate::toString).orElse(null),
                "reason",
                reason,
                "proposer",
                stage.proposed().proposer(),
                "proposedAt",
                moment(stage.proposed().atMillis()),
                "needsTwo",
                stage.proposed().needsTwo());
    }

    static Map<String, Object> change(Change change) {
        Map<String, Object> body = head(
                change.id(),
                change.operator(),
                change.draft().days(),
                change.draft().reason(),
                change.stage());
        switch (change.stage()) {
            case Stage.Proposed proposed -> decided(body, null, null, null);
            case Stage.Confirmed(Stage.Proposed before, String who, long at, String words) ->
                decided(body, who, moment(at), words);
            case Stage.Refused(Stage.Proposed before, String who, long at, String words) ->
                decided(body, who, moment(at), words);
            case Stage.Withdrawn(Stage.Proposed before, String who, long at, String words) ->
                decided(body, who, moment(at), words);
        }
        body.put("items", change.draft().items().stream().map(ChangeJson::item).toList());
        body.put(
                "differences",
                change.differences().stream().map(ChangeJson::difference).toList());
        return body;
    }

    private static void decided(Map<String, Object> body, String who, String at, String words) {
        body.put("decider", who);
        body.put("decidedAt", at);
        body.put("grounds", words);
    }

    private static Map<String, Object> item(Item item) {
        return Bodies.of(
                "act",
                item.act().word(),
                "kind",
                item.kind().word(),
                "id",
                item.id(),
                "baseVersion",
                (long) item.baseVersion(),
                "fields",
                BookJson.fields(item.kind(), item.fields()));
    }

    private static Map<String, Object> difference(Difference difference) {
        return Bodies.of(
                "kind",
                difference.kind().word(),
                "id",
                difference.id(),
                "field",
                fieldName(difference.kind(), difference.field()),
                "before",
                difference.before(),
                "after",
                difference.after(),
                "from",
                difference.days().from().toString(),
                "until",
                difference.days().until().map(LocalDate::toString).orElse(null));
    }

    static Map<String, Object> conflict(Conflict conflict) {
        return Bodies.of(
                "kind",
                conflict.kind().word(),
                "id",
                conflict.id(),
                "field",
                fieldName(conflict.kind(), conflict.field()),
                "seen",
                conflict.seen(),
                "current",
                conflict.current(),
                "proposed",
                conflict.proposed());
    }

    static Map<String, Object> problem(Problem problem, Locale language) {
        Optional<Kind> kind = Kind.of(problem.object().split(" ", 2)[0]);
        return Bodies.of(
                "object",
                problem.object(),
                "field",
                kind.map(known -> fieldName(known, problem.field())).orElse(problem.field()),
                "reason",
                EnumWord.of(problem.reason()),
                "detail",
                problem.text(language));
    }

    private static String fieldName(Kind kind, String field) {
        return kind.field(field).map(BookJson::name).orElse(field);
    }

    private static String moment(long unixMillis) {
        return Instant.ofEpochMilli(unixMillis).toString();
    }
}
