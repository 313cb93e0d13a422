// SPDX-License-Identifier: Apache-2.0
package tonle.portal.table;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tonle.base.Json;

/** Lays a {@link Documented} table out as JSON, in the one writer of the house. */
public final class JsonText {
    private JsonText() {}

    /** {@code {"meta": …, "rows": […], "totals": […]}}; a row a line, so that two answers can be compared by eye. */
    public static String of(Documented document) {
        StringBuilder out = new StringBuilder(1024);
        out.append("{\"meta\": ").append(Json.of(document.meta()));
        out.append(",\n \"rows\": [");
        rows(out, document.table(), document.table().rows());
        out.append(']');
        if (!document.table().totals().isEmpty()) {
            out.append(",\n \"totals\": [");
            rows(out, document.table(), document.table().totals());
            out.append(']');
        }
        return out.append("}\n").toString();
    }

    /** The rows as documents give them: values by the keys of columns, in their order. */
    public static List<Map<String, Object>> rows(Table table) {
        return table.rows().stream().map(row -> row(table, row)).toList();
    }

    /** The totals in the same way. */
    public static List<Map<String, Object>> totals(Table table) {
        return table.totals().stream().map(row -> row(table, row)).toList();
    }

    private static Map<String, Object> row(Table table, Table.Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int c = 0; c < table.columns().size(); c++) {
            Column column = table.columns().get(c);
            values.put(column.key(), exported(column, row.cells().get(c)));
        }
        return values;
    }

    private static void rows(StringBuilder out, Table table, List<Table.Row> rows) {
        for (int r = 0; r < rows.size(); r++) {
            out.append(r == 0 ? "\n  " : ",\n  ");
            Json row = Json.spaced(out).beginObject();
            for (int c = 0; c < table.columns().size(); c++) {
                Column column = table.columns().get(c);
                row.name(column.key()).any(exported(column, rows.get(r).cells().get(c)));
            }
            row.endObject();
        }
    }

    /** A cell's value as documents give it: moments as ISO 8601 in UTC, all else as it is. */
    static Object exported(Column column, Cell cell) {
        return column.kind() == Kind.TIME && cell.value() instanceof Long seconds
                ? Instant.ofEpochSecond(seconds).toString()
                : cell.value();
    }
}
