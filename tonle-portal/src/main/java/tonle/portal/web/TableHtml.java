// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import gg.jte.Content;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import tonle.portal.chart.Sparkline;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.PlainText;
import tonle.portal.table.Scale;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;

/**
 * Draws a table: units in the header, one scale a column, and beside each shown figure its exact value in a {@code
 * data} or {@code time} element, the same that JSON and CSV give.
 */
final class TableHtml {
    private final Shell shell;
    private final Table table;
    private final Shape shape;
    private final List<Scale> scales;
    private final StringBuilder out = new StringBuilder(4_096);

    /**
     * How rows stand: as rows; as rows that become cards on a phone, or sheets of named figures before they
     * would scroll sideways; as sheets on any screen.
     */
    private enum Shape {
        ROWS("rows"),
        CARDS("rows cards"),
        WIDE("rows cards wide"),
        SHEET("rows sheet");

        private final String css;

        Shape(String css) {
            this.css = css;
        }
    }

    private TableHtml(Shell shell, Table table, Shape shape) {
        this.shell = shell;
        this.table = table;
        this.shape = shape;
        this.scales = table.scales();
    }

    /** @param cards whether rows become cards on a phone */
    static Content of(Shell shell, Table table, boolean cards) {
        return drawn(new TableHtml(shell, table, cards ? Shape.CARDS : Shape.ROWS));
    }

    static Content wide(Shell shell, Table table) {
        return drawn(new TableHtml(shell, table, Shape.WIDE));
    }

    static Content sheet(Shell shell, Table table) {
        return drawn(new TableHtml(shell, table, Shape.SHEET));
    }

    private static Content drawn(TableHtml html) {
        html.draw();
        return output -> output.writeContent(html.out.toString());
    }

    private void draw() {
        if (table.rows().isEmpty()) {
            out.append("<p class=\"empty\" data-table=\"")
                    .append(escaped(table.key()))
                    .append("\">");
            out.append(escaped(table.empty())).append("</p>");
            return;
        }
        out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(escaped(table.caption() + ". " + shell.say("table.scroll")))
                .append("\"><table class=\"")
                .append(shape.css)
                .append("\" role=\"table\" data-table=\"")
                .append(escaped(table.key()))
                .append("\"><caption class=\"hidden\">")
                .append(escaped(table.caption()))
                .append("</caption><thead role=\"rowgroup\"><tr role=\"row\">");
        for (int c = 0; c < table.columns().size(); c++) {
            heading(table.columns().get(c), scales.get(c).unit());
        }
        out.append("</tr></thead><tbody role=\"rowgroup\">");
        table.rows().forEach(this::row);
        out.append("</tbody>");
        if (!table.totals().isEmpty()) {
            out.append("<tfoot role=\"rowgroup\">");
            table.totals().forEach(this::row);
            out.append("</tfoot>");
        }
        out.append("</table></div><p class=\"foot quiet\">");
        out.append(escaped(shell.say(
                "table.of",
                String.format(java.util.Locale.ROOT, "%,d", table.rows().size()),
                String.format(java.util.Locale.ROOT, "%,d", table.count()))));
        if (table.count() > table.rows().size()) {
            out.append(" · <a href=\"")
                    .append(escaped(shell.allRowsHref(table)))
                    .append("\">");
            out.append(escaped(shell.say("table.all"))).append("</a>");
        }
        export("CSV");
        export("JSON");
        out.append("</p>");
    }

    /** A heading sorts by its column: a plain link, so that the order is in the address. */
    private void heading(Column column, String unit) {
        String order = shape == Shape.SHEET ? "" : shell.ariaSort(table, column);
        String href = shape == Shape.SHEET || table.rows().size() < 2 ? "" : shell.sortHref(table, column);
        out.append("<th scope=\"col\" role=\"columnheader\"")
                .append(column.kind().numeric() ? " class=\"n\"" : "");
        out.append(order.isEmpty() ? ">" : " aria-sort=\"" + order + "\">");
        if (href.isEmpty()) {
            out.append(escaped(column.label()));
        } else {
            out.append("<a href=\"").append(escaped(href)).append("\">").append(escaped(column.label()));
            String sign = order.isEmpty() ? "" : order.equals("ascending") ? " ▲" : " ▼";
            out.append(sign).append("</a>");
        }
        out.append(unit.isEmpty() ? "" : " <span class=\"unit\">" + escaped(unit) + "</span>")
                .append("</th>");
    }

    private void export(String format) {
        out.append(" · <a class=\"export\" href=\"")
                .append(escaped(shell.exportHref(table, format)))
                .append("\">")
                .append(format)
                .append("</a>");
    }

    private void row(Table.Row row) {
        out.append(row.tone() == Tone.PLAIN ? "<tr role=\"row\">" : "<tr role=\"row\" class=\"marked\">");
        for (int c = 0; c < row.cells().size(); c++) {
            cell(table.columns().get(c), row.cells().get(c), scales.get(c));
        }
        out.append("</tr>");
    }

    private void cell(Column column, Cell cell, Scale scale) {
        String classes = (column.kind().numeric() ? "n " : column.kind() == Kind.ID ? "id " : "")
                + (cell.tone() == Tone.PLAIN ? "" : cell.tone().css());
        out.append("<td role=\"cell\"");
        if (!classes.isBlank()) {
            out.append(" class=\"").append(classes.strip()).append('"');
        }
        if (shape != Shape.ROWS) {
            String unit = scale.unit().isEmpty() ? "" : " " + scale.unit();
            out.append(" data-label=\"").append(escaped(column.label() + unit)).append('"');
        }
        out.append('>');
        if (!cell.href().isEmpty()) {
            out.append("<a href=\"").append(escaped(cell.href())).append("\">");
        }
        if (cell.menu().isEmpty()) {
            value(column, cell, scale);
            out.append(cell.href().isEmpty() ? "</td>" : "</a></td>");
            return;
        }
        out.append("<details class=\"pivot\"><summary>");
        // The exact value always stands by itself here: the menu is no part of it.
        out.append("<data value=\"").append(escaped(cell.value().toString())).append("\">");
        out.append(escaped(PlainText.shown(column.kind(), cell, scale, shell.visit()::time)))
                .append("</data></summary><ul>");
        for (Cell.Way way : cell.menu()) {
            out.append("<li><a href=\"").append(escaped(way.href())).append("\">");
            out.append(escaped(way.words())).append("</a></li>");
        }
        out.append("</ul></details></td>");
    }

    private void value(Column column, Cell cell, Scale scale) {
        String shown = escaped(PlainText.shown(column.kind(), cell, scale, shell.visit()::time));
        switch (cell.value()) {
            case null -> out.append("<span class=\"quiet\">–</span>");
            case List<?> points -> {
                StringBuilder values = new StringBuilder();
                points.forEach(p -> values.append(values.isEmpty() ? "" : " ").append(p));
                out.append("<data value=\"")
                        .append(values)
                        .append("\">")
                        .append(Sparkline.svg(points))
                        .append("</data>");
            }
            case Long seconds
            when column.kind() == Kind.TIME ->
                out.append("<time datetime=\"")
                        .append(Instant.ofEpochSecond(seconds))
                        .append("\">")
                        .append(shown)
                        .append("</time>");
            case BigDecimal exact -> data(exact.toPlainString(), shown);
            case Object exact -> data(exact.toString(), shown);
        }
    }

    private void data(String exact, String shown) {
        if (escaped(exact).equals(shown)) {
            out.append(shown);
        } else {
            out.append("<data value=\"")
                    .append(escaped(exact))
                    .append("\">")
                    .append(shown)
                    .append("</data>");
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
