// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.Json;
import tonle.base.Speed;

/**
 * The tables of the book: read whole, by object or by day, and appended to. The SQL follows the fields of {@link Kind}.
 * Stateless; all of it runs in the unit that is handed in, and row-level security decides what comes back.
 */
public final class BookStore {
    /** Versions that one statement writes. */
    private static final int ROWS_AT_A_TIME = 500;

    /** Every object of the kinds that are asked for, read once in this unit. */
    public Histories histories(JdbcClient unit) {
        Map<Kind, Map<String, Timeline>> read = new EnumMap<>(Kind.class);
        return kind -> read.computeIfAbsent(kind, each -> timelines(unit, each));
    }

    private Map<String, Timeline> timelines(JdbcClient unit, Kind kind) {
        Map<String, List<Version>> versions = new TreeMap<>();
        unit.sql(select(kind) + " ORDER BY b.id, b.version").query(row -> {
            versions.computeIfAbsent(row.getString("id"), _ -> new ArrayList<>())
                    .add(version(kind, row));
        });
        Map<String, Timeline> timelines = new TreeMap<>();
        versions.forEach((id, list) -> timelines.put(id, new Timeline(kind, id, list)));
        return timelines;
    }

    /** The history of one object; without versions where it was never there. */
    public Timeline timeline(JdbcClient unit, Kind kind, String id) {
        List<Version> versions = unit.sql(select(kind) + " WHERE b.id = :id ORDER BY b.version")
                .param("id", id)
                .query((row, _) -> version(kind, row))
                .list();
        return new Timeline(kind, id, versions);
    }

    /** Everything of a kind on a day as it was known by a moment, in the order of ids. */
    public List<Entry> asOn(JdbcClient unit, Kind kind, LocalDate day, Instant known) {
        return unit.sql(asOnSql(kind, ""))
                .param("day", Date.valueOf(day))
                .param("known", OffsetDateTime.ofInstant(known, ZoneOffset.UTC))
                .query((row, _) -> new Entry(kind, row.getString("id"), values(kind, row)))
                .list();
    }

    /** One object on a day as it was known by a moment. */
    public Optional<Entry> find(JdbcClient unit, Kind kind, String id, LocalDate day, Instant known) {
        return unit.sql(asOnSql(kind, "AND b.id = :id"))
                .param("id", id)
                .param("day", Date.valueOf(day))
                .param("known", OffsetDateTime.ofInstant(known, ZoneOffset.UTC))
                .query((row, _) -> new Entry(kind, row.getString("id"), values(kind, row)))
                .optional();
    }

    /** Whether nothing was ever entered. */
    public boolean isEmpty(JdbcClient unit) {
        for (Kind kind : Kind.values()) {
            boolean isThere = unit.sql("SELECT EXISTS (SELECT FROM registry." + kind.word() + ")")
                    .query(Boolean.class)
                    .single();
            if (isThere) {
                return false;
            }
        }
        return true;
    }

    /** Writes versions; the database refuses a number that is there already. */
    public void append(JdbcClient unit, Kind kind, Map<String, List<Version>> written) {
        List<Map.Entry<String, Version>> rows = new ArrayList<>();
        written.forEach((id, versions) -> versions.forEach(version -> rows.add(Map.entry(id, version))));
        for (int first = 0; first < rows.size(); first += ROWS_AT_A_TIME) {
            List<Map.Entry<String, Version>> some = rows.subList(first, Math.min(rows.size(), first + ROWS_AT_A_TIME));
            unit.sql(insert(kind, false)).param("rows", json(kind, some, false)).update();
            if (kind.hasPrivateFields()) {
                unit.sql(insert(kind, true))
                        .param("rows", json(kind, some, true))
                        .update();
            }
        }
    }

    private static String select(Kind kind) {
        StringBuilder sql = new StringBuilder(
                "SELECT b.id, b.version, b.valid_from, b.valid_until, b.is_ended, b.recorded_at, b.change_id");
        for (Field field : kind.fields()) {
            sql.append(", ").append(readExpression(field));
        }
        sql.append(" FROM registry.").append(kind.word()).append(" b");
        if (kind.hasPrivateFields()) {
            sql.append(" LEFT JOIN registry.").append(kind.word()).append("_private p");
            sql.append(" ON p.id = b.id AND p.version = b.version");
        }
        return sql.toString();
    }

    private static String readExpression(Field field) {
        String column = (field.isPrivate() ? "p." : "b.") + field.column();
        return (field.form().isList() ? "array_to_string(" + column + "::text[], E'\\n')" : column + "::text")
                + " AS f_" + field.column();
    }

    private static String asOnSql(Kind kind, String condition) {
        return "SELECT * FROM (" + select(kind).replaceFirst("SELECT", "SELECT DISTINCT ON (b.id)")
                + " WHERE b.valid_from <= :day AND (b.valid_until IS NULL OR :day < b.valid_until)"
                + " AND b.recorded_at <= :known " + condition
                + " ORDER BY b.id, b.version DESC) ruling WHERE NOT is_ended ORDER BY id";
    }

    private static Version version(Kind kind, ResultSet row) throws SQLException {
        Date until = row.getDate("valid_until");
        boolean isEnded = row.getBoolean("is_ended");
        return new Version(
                row.getInt("version"),
                new Days(
                        row.getDate("valid_from").toLocalDate(),
                        Optional.ofNullable(until).map(Date::toLocalDate)),
                isEnded,
                isEnded ? Map.of() : values(kind, row),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant().toEpochMilli(),
                row.getString("change_id"));
    }

    private static Map<String, String> values(Kind kind, ResultSet row) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Field field : kind.fields()) {
            String text = row.getString("f_" + field.column());
            String value = text == null ? "" : text;
            boolean isSpeed = field.form() == Form.SPEED && !value.isEmpty();
            values.put(field.name(), isSpeed ? Speed.text(Long.parseLong(value)) : canonical(field, value));
        }
        return values;
    }

    /** PostgreSQL writes some values in another of their forms. */
    private static String canonical(Field field, String value) {
        return field.form() == Form.PREFIXES
                ? switch (field.check(value)) {
                    case Checked.Good(String canonical) -> canonical;
                    case Checked.Bad _ -> value;
                }
                : value;
    }

    private static String insert(Kind kind, boolean isPrivate) {
        StringBuilder columns = new StringBuilder(
                isPrivate
                        ? "id, version, operator_id"
                        : "id, version, valid_from, valid_until, is_ended, recorded_at, change_id");
        StringBuilder values = new StringBuilder(
                isPrivate
                        ? "r.id, r.version, nullif(r.operator_id, '')"
                        : "r.id, r.version, r.valid_from, r.valid_until, r.is_ended, r.recorded_at, r.change_id");
        StringBuilder shape = new StringBuilder(
                isPrivate
                        ? "id text, version integer, operator_id text"
                        : "id text, version integer, valid_from date, valid_until date, is_ended boolean,"
                                + " recorded_at timestamptz, change_id text");
        for (Field field : kind.fields()) {
            if (field.isPrivate() == isPrivate) {
                columns.append(", ").append(field.column());
                shape.append(", ").append(field.column()).append(" text");
                values.append(", ").append(writeExpression(field));
            }
        }
        return "INSERT INTO registry." + kind.word() + (isPrivate ? "_private" : "") + " (" + columns + ") SELECT "
                + values + " FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(" + shape + ")";
    }

    private static String writeExpression(Field field) {
        String column = "r." + field.column();
        String type = field.form().sqlType();
        if (field.form().isList()) {
            return "coalesce(string_to_array(nullif(" + column + ", ''), E'\\n')::" + type + ", '{}')";
        }
        return type.equals("text") ? column : "nullif(" + column + ", '')::" + type;
    }

    private static String json(Kind kind, List<Map.Entry<String, Version>> rows, boolean isPrivate) {
        StringBuilder text = new StringBuilder();
        Json json = new Json(text, false).beginArray();
        for (Map.Entry<String, Version> row : rows) {
            Version version = row.getValue();
            Entry entry = new Entry(kind, row.getKey(), version.values());
            json.beginObject().member("id", row.getKey()).member("version", version.number());
            if (isPrivate) {
                json.member(
                        "operator_id", version.isEnded() ? "" : entry.owner().orElse(""));
            } else {
                json.member("valid_from", version.days().from().toString());
                json.member(
                        "valid_until",
                        version.days().until().map(Object::toString).orElse(null));
                json.member("is_ended", version.isEnded());
                json.member(
                        "recorded_at",
                        Instant.ofEpochMilli(version.recordedMillis()).toString());
                json.member("change_id", version.change());
            }
            for (Field field : kind.fields()) {
                if (field.isPrivate() == isPrivate) {
                    String value = version.isEnded() ? "" : entry.text(field.name());
                    boolean isSpeed = field.form() == Form.SPEED && !value.isEmpty();
                    json.member(field.column(), isSpeed ? Long.toString(Speed.parse(value)) : value);
                }
            }
            json.endObject();
        }
        json.endArray();
        return text.toString();
    }
}
