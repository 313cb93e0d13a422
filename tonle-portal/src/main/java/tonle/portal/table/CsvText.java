// SPDX-License-Identifier: Apache-2.0
package tonle.portal.table;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes CSV (RFC 4180) behind a header block of lines that begin with {@code #}. */
public final class CsvText {
    private static final String EOL = "\r\n";

    private CsvText() {}

    public static String of(Documented document) {
        StringBuilder out = new StringBuilder(1024);
        for (Map.Entry<String, Object> entry : document.meta().entrySet()) {
            String value = String.valueOf(entry.getValue()).replaceAll("\\R", " ");
            out.append("# ").append(entry.getKey()).append(": ").append(value).append(EOL);
        }
        List<Column> columns = document.table().columns();
        out.append(columns.stream().map(c -> field(c.key())).collect(Collectors.joining(",")))
                .append(EOL);
        for (Table.Row row : document.table().rows()) {
            for (int c = 0; c < columns.size(); c++) {
                out.append(c == 0 ? "" : ",")
                        .append(field(plain(columns.get(c), row.cells().get(c))));
            }
            out.append(EOL);
        }
        return out.toString();
    }

    private static String plain(Column column, Cell cell) {
        return switch (JsonText.exported(column, cell)) {
            case null -> "";
            case BigDecimal number -> number.toPlainString();
            case List<?> points -> points.stream().map(String::valueOf).collect(Collectors.joining(" "));
            case Object other -> other.toString();
        };
    }

    /**
     * A field in quotes where it needs them. Words that a spreadsheet would take for a formula get a leading
     * apostrophe, since names in them come from elsewhere.
     */
    private static String field(String text) {
        String safe = !text.isEmpty()
                        && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                        && !text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")
                ? "'" + text
                : text;
        boolean quote = safe.matches("(?s).*[\",\r\n].*") || safe.startsWith("#");
        return quote ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
