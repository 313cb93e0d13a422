// SPDX-License-Identifier: Apache-2.0
package tonle.portal.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** Writes a table for a terminal: aligned columns, units in the header, one scale for a column. */
public final class PlainText {
    private PlainText() {}

    /** @param time how a moment (seconds since 1970) is written */
    public static String of(Table table, LongFunction<String> time) {
        List<Scale> scales = table.scales();
        List<List<String>> lines = new ArrayList<>();
        List<String> header = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            String unit = scales.get(c).unit();
            header.add(table.columns().get(c).label().toUpperCase(Locale.ROOT) + (unit.isEmpty() ? "" : " " + unit));
        }
        lines.add(header);
        for (Table.Row row : table.rows()) {
            lines.add(shown(table, row, scales, time));
        }
        for (Table.Row row : table.totals()) {
            lines.add(shown(table, row, scales, time));
        }
        return table.rows().isEmpty() ? table.empty() + "\n" : aligned(table, lines);
    }

    private static List<String> shown(Table table, Table.Row row, List<Scale> scales, LongFunction<String> time) {
        List<String> texts = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            texts.add(shown(table.columns().get(c).kind(), row.cells().get(c), scales.get(c), time));
        }
        return texts;
    }

    /** A cell as a person reads it, without its unit. */
    public static String shown(Kind kind, Cell cell, Scale scale, LongFunction<String> time) {
        if (!cell.text().isEmpty()) {
            return cell.text();
        }
        return switch (cell.value()) {
            case null -> "–";
            case Long seconds when kind == Kind.TIME -> time.apply(seconds);
            case Number number -> scale.figure(number.doubleValue());
            case List<?> points -> blocks(points);
            case Boolean yes -> yes ? "✓" : "–";
            case Object other -> other.toString();
        };
    }

    /** A run as eighth blocks, from zero to its largest point. */
    private static String blocks(List<?> points) {
        double largest = points.stream()
                .mapToDouble(p -> p instanceof Number n ? n.doubleValue() : 0)
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Object point : points) {
            double part = largest == 0 || !(point instanceof Number n) ? 0 : n.doubleValue() / largest;
            text.append("▁▂▃▄▅▆▇█".charAt((int) Math.min(7, part * 8)));
        }
        return text.toString();
    }

    private static String aligned(Table table, List<List<String>> lines) {
        int[] widths = new int[table.columns().size()];
        for (List<String> line : lines) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], width(line.get(c)));
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                String pad = " ".repeat(widths[c] - width(line.get(c)));
                boolean right = table.columns().get(c).kind().numeric();
                row.append(c == 0 ? "" : "  ")
                        .append(right ? pad : "")
                        .append(line.get(c))
                        .append(right ? "" : pad);
            }
            out.append(row.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    /** Places on a terminal: marks that stack on a letter and zero-width spaces take none. */
    static int width(String text) {
        return (int) text.codePoints()
                .filter(cp -> switch (Character.getType(cp)) {
                    case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> false;
                    default -> true;
                })
                .count();
    }
}
