// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.Json;
import tonle.registry.book.Days;
import tonle.registry.book.Kind;

/** The tables of changes. Stateless; all SQL runs in the unit that is handed in. */
final class ChangeStore {
    private static final int ROWS_AT_A_TIME = 1_000;
    private static final int OBJECTS_SHOWN = 3;

    /** The next number of a year, as an id. */
    String nextId(JdbcClient unit, long nowMillis) {
        int year = at(nowMillis).getYear();
        int number = unit.sql("SELECT registry.next_change_number(:year)")
                .param("year", year)
                .query(Integer.class)
                .single();
        return String.format("CHG-%d-%04d", year, number);
    }

    void insert(JdbcClient unit, String id, Optional<String> operator, Draft draft, Stage.Proposed proposed) {
        unit.sql("""
                        INSERT INTO registry.change (id, operator_id, valid_from, valid_until, reason, needs_two)
                        VALUES (:id, :operator, :from, :until, :reason, :needsTwo)
                        """)
                .param("id", id)
                .param("operator", operator.orElse(null))
                .param("from", Date.valueOf(draft.days().from()))
                .param("until", draft.days().until().map(Date::valueOf).orElse(null))
                .param("reason", draft.reason())
                .param("needsTwo", proposed.needsTwo())
                .update();
        step(unit, id, 1, proposed.word(), proposed.proposer(), proposed.atMillis(), draft.reason());
        List<Item> items = draft.items();
        for (int first = 0; first < items.size(); first += ROWS_AT_A_TIME) {
            insertItems(unit, id, items, first, Math.min(items.size(), first + ROWS_AT_A_TIME));
        }
    }

    private static void insertItems(JdbcClient unit, String id, List<Item> items, int first, int end) {
        StringBuilder itemRows = new StringBuilder();
        StringBuilder fieldRows = new StringBuilder();
        Json itemJson = new Json(itemRows, false).beginArray();
        Json fieldJson = new Json(fieldRows, false).beginArray();
        for (int ordinal = first; ordinal < end; ordinal++) {
            Item item = items.get(ordinal);
            itemJson.beginObject()
                    .member("o", ordinal)
                    .member("k", item.kind().word())
                    .member("i", item.id())
                    .member("a", item.act().word())
                    .member("b", item.baseVersion())
                    .endObject();
            for (Map.Entry<String, String> field : item.fields().entrySet()) {
                // What is not said of a new object needs no row: its default stands there anyway.
                if (item.act() != Act.ADD || !field.getValue().isEmpty()) {
                    fieldJson
                            .beginObject()
                            .member("o", ordinal)
                            .member("f", field.getKey())
                            .member("v", field.getValue())
                            .endObject();
                }
            }
        }
        itemJson.endArray();
        fieldJson.endArray();
        unit.sql("""
                        INSERT INTO registry.change_item (change_id, ordinal, kind, object_id, act, base_version)
                        SELECT :id, r.o, r.k, r.i, r.a, r.b
                        FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(o integer, k text, i text, a text, b integer)
                        """).param("id", id).param("rows", itemRows.toString()).update();
        unit.sql("""
                        INSERT INTO registry.change_field (change_id, ordinal, field, value)
                        SELECT :id, r.o, r.f, r.v
                        FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(o integer, f text, v text)
                        """).param("id", id).param("rows", fieldRows.toString()).update();
    }

    Changes.Standing standing(JdbcClient unit) {
        return unit.sql("""
                        SELECT count(*) AS confirmed,
                               coalesce(bool_or(s.actor <> 'tonle' OR p.actor <> 'tonle'), false) AS by_people
                        FROM registry.change_step s
                        JOIN registry.change_step p ON p.change_id = s.change_id AND p.step = 1
                        WHERE s.step = 2 AND s.stage = 'confirmed'
                        """)
                .query((row, _) -> new Changes.Standing(row.getLong("confirmed"), row.getBoolean("by_people")))
                .single();
    }

    /** The decision on a change: the second step, of which the key allows one. */
    void decide(JdbcClient unit, String id, Stage stage) {
        switch (stage) {
            case Stage.Proposed _ -> throw new IllegalStateException("a proposal is no decision");
            case Stage.Confirmed(Stage.Proposed before, String actor, long at, String note) ->
                step(unit, id, 2, stage.word(), actor, at, note);
            case Stage.Refused(Stage.Proposed before, String actor, long at, String grounds) ->
                step(unit, id, 2, stage.word(), actor, at, grounds);
            case Stage.Withdrawn(Stage.Proposed before, String actor, long at, String grounds) ->
                step(unit, id, 2, stage.word(), actor, at, grounds);
        }
    }

    private static void step(
            JdbcClient unit, String id, int step, String stage, String actor, long atMillis, String reason) {
        unit.sql("""
                        INSERT INTO registry.change_step (change_id, step, stage, actor, at, reason)
                        VALUES (:id, :step, :stage, :actor, :at, :reason)
                        """)
                .param("id", id)
                .param("step", step)
                .param("stage", stage)
                .param("actor", actor)
                .param("at", at(atMillis))
                .param("reason", reason)
                .update();
    }

    void insertDifferences(JdbcClient unit, String id, List<Difference> differences) {
        for (int first = 0; first < differences.size(); first += ROWS_AT_A_TIME) {
            StringBuilder rows = new StringBuilder();
            Json json = new Json(rows, false).beginArray();
            for (int line = first; line < Math.min(differences.size(), first + ROWS_AT_A_TIME); line++) {
                Difference each = differences.get(line);
                json.beginObject()
                        .member("l", line)
                        .member("k", each.kind().word())
                        .member("i", each.id())
                        .member("f", each.field())
                        .member("b", each.before())
                        .member("a", each.after())
                        .member("s", each.days().from().toString())
                        .member("u", each.days().until().map(Object::toString).orElse(null))
                        .endObject();
            }
            json.endArray();
            unit.sql("""
                            INSERT INTO registry.change_difference (change_id, line, kind, object_id, field,
                                value_before, value_after, valid_from, valid_until)
                            SELECT :id, r.l, r.k, r.i, r.f, r.b, r.a, r.s, r.u
                            FROM jsonb_to_recordset(CAST(:rows AS jsonb))
                                AS r(l integer, k text, i text, f text, b text, a text, s date, u date)
                            """).param("id", id).param("rows", rows.toString()).update();
        }
    }

    /** A change with what was written of differences; of one that waits there are none yet. */
    Optional<Change> find(JdbcClient unit, String id) {
        Optional<Head> head = unit.sql(HEADS + " WHERE c.id = :id")
                .param("id", id)
                .query((row, _) -> head(row))
                .optional();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, Map<String, String>> fields = new TreeMap<>();
        unit.sql("SELECT ordinal, field, value FROM registry.change_field WHERE change_id = :id")
                .param("id", id)
                .query(row -> {
                    fields.computeIfAbsent(row.getInt("ordinal"), _ -> new LinkedHashMap<>())
                            .put(row.getString("field"), row.getString("value"));
                });
        List<Item> items = unit.sql("""
                        SELECT ordinal, kind, object_id, act, base_version FROM registry.change_item
                        WHERE change_id = :id ORDER BY ordinal""")
                .param("id", id)
                .query((row, _) -> new Item(
                        Kind.of(row.getString("kind")).orElseThrow(),
                        row.getString("object_id"),
                        Act.of(row.getString("act")).orElseThrow(),
                        row.getInt("base_version"),
                        fields.getOrDefault(row.getInt("ordinal"), Map.of())))
                .list();
        List<Difference> differences = unit.sql("""
                        SELECT kind, object_id, field, value_before, value_after, valid_from, valid_until
                        FROM registry.change_difference WHERE change_id = :id ORDER BY line""")
                .param("id", id)
                .query((row, _) -> new Difference(
                        Kind.of(row.getString("kind")).orElseThrow(),
                        row.getString("object_id"),
                        row.getString("field"),
                        row.getString("value_before"),
                        row.getString("value_after"),
                        days(row)))
                .list();
        Head found = head.get();
        return Optional.of(new Change(
                id, found.operator(), new Draft(found.days(), found.reason(), items), found.stage(), differences));
    }

    /** The newest first. */
    List<ChangeLine> list(JdbcClient unit, boolean waitingOnly, String beforeId, int rowsMax) {
        List<Head> heads = unit.sql(HEADS + """
                         WHERE (:before = '' OR c.id < :before) AND (NOT :waiting OR d.stage IS NULL)
                        ORDER BY c.id DESC LIMIT :rows""")
                .param("before", beforeId)
                .param("waiting", waitingOnly)
                .param("rows", rowsMax)
                .query((row, _) -> head(row))
                .list();
        List<ChangeLine> lines = new ArrayList<>();
        for (Head head : heads) {
            List<String> objects = unit.sql("""
                            SELECT kind || ' ' || object_id FROM registry.change_item
                            WHERE change_id = :id ORDER BY ordinal LIMIT :rows""")
                    .param("id", head.id())
                    .param("rows", OBJECTS_SHOWN)
                    .query(String.class)
                    .list();
            int count = unit.sql("SELECT count(*) FROM registry.change_item WHERE change_id = :id")
                    .param("id", head.id())
                    .query(Integer.class)
                    .single();
            lines.add(new ChangeLine(
                    head.id(),
                    head.operator(),
                    head.days(),
                    head.reason(),
                    head.stage(),
                    String.join(", ", objects),
                    count));
        }
        return lines;
    }

    private static final String HEADS = """
            SELECT c.id, c.operator_id, c.valid_from, c.valid_until, c.reason, c.needs_two,
                p.actor AS proposer, p.at AS proposed_at,
                d.stage, d.actor AS decider, d.at AS decided_at, d.reason AS grounds
            FROM registry.change c
            JOIN registry.change_step p ON p.change_id = c.id AND p.step = 1
            LEFT JOIN registry.change_step d ON d.change_id = c.id AND d.step = 2""";

    private record Head(String id, Optional<String> operator, Days days, String reason, Stage stage) {}

    private static Head head(ResultSet row) throws SQLException {
        Stage.Proposed proposed =
                new Stage.Proposed(row.getString("proposer"), millis(row, "proposed_at"), row.getBoolean("needs_two"));
        String word = row.getString("stage");
        Stage stage = proposed;
        if (word != null) {
            String actor = row.getString("decider");
            long at = millis(row, "decided_at");
            String grounds = row.getString("grounds");
            stage = switch (word) {
                case "confirmed" -> new Stage.Confirmed(proposed, actor, at, grounds);
                case "refused" -> new Stage.Refused(proposed, actor, at, grounds);
                case "withdrawn" -> new Stage.Withdrawn(proposed, actor, at, grounds);
                default -> throw new IllegalStateException("the database knows a stage " + word);
            };
        }
        return new Head(
                row.getString("id"),
                Optional.ofNullable(row.getString("operator_id")),
                days(row),
                row.getString("reason"),
                stage);
    }

    private static Days days(ResultSet row) throws SQLException {
        return new Days(
                row.getDate("valid_from").toLocalDate(),
                Optional.ofNullable(row.getDate("valid_until")).map(Date::toLocalDate));
    }

    private static long millis(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toEpochMilli();
    }

    private static OffsetDateTime at(long millis) {
        return OffsetDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
