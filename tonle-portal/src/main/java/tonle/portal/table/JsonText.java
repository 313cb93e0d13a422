// SPDX-License-Identifier: Apache-2.0
package tonle.portal.table;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes JSON (RFC 8259): plain maps, lists, strings, numbers, booleans and null, and {@link Documented} tables. */
public final class JsonText {
    private final StringBuilder out = new StringBuilder(1024);

    private JsonText() {}

    public static String of(Map<String, ?> object) {
        JsonText json = new JsonText();
        json.value(object);
        return json.out.append('\n').toString();
    }

    /** {@code {"meta": …, "rows": […], "totals": […]}}; a row a line, so that two answers can be compared by eye. */
    public static String of(Documented document) {
        JsonText json = new JsonText();
        json.out.append("{\"meta\": ");
        json.value(document.meta());
        json.out.append(",\n \"rows\": [");
        json.rows(document.table(), document.table().rows());
        json.out.append(']');
        if (!document.table().totals().isEmpty()) {
            json.out.append(",\n \"totals\": [");
            json.rows(document.table(), document.table().totals());
            json.out.append(']');
        }
        return json.out.append("}\n").toString();
    }

    private void rows(Table table, List<Table.Row> rows) {
        for (int r = 0; r < rows.size(); r++) {
            out.append(r == 0 ? "\n  {" : ",\n  {");
            for (int c = 0; c < table.columns().size(); c++) {
                Column column = table.columns().get(c);
                out.append(c == 0 ? "" : ", ");
                string(column.key());
                out.append(": ");
                value(exported(column, rows.get(r).cells().get(c)));
            }
            out.append('}');
        }
    }

    /** A cell's value as documents give it: moments as ISO 8601 in UTC, all else as it is. */
    static Object exported(Column column, Cell cell) {
        return column.kind() == Kind.TIME && cell.value() instanceof Long seconds
                ? Instant.ofEpochSecond(seconds).toString()
                : cell.value();
    }

    private void value(Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> string(text);
            case Map<?, ?> map -> object(map);
            case Iterable<?> list -> {
                out.append('[');
                String comma = "";
                for (Object item : list) {
                    out.append(comma);
                    value(item);
                    comma = ", ";
                }
                out.append(']');
            }
            case Number number -> out.append(number);
            case Boolean yes -> out.append(yes);
            default -> throw new IllegalArgumentException("JSON has no form for " + value.getClass());
        }
    }

    private void object(Map<?, ?> map) {
        out.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(comma);
            string(entry.getKey().toString());
            out.append(": ");
            value(entry.getValue());
            comma = ", ";
        }
        out.append('}');
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    // U+2028 and U+2029 end a line in older scripts; "<" is escaped so that no viewer sees a tag.
                    if (c < 0x20 || c == '\u2028' || c == '\u2029' || c == '<') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
