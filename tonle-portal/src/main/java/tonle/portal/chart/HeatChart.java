// SPDX-License-Identifier: Apache-2.0
package tonle.portal.chart;

import java.util.List;
import tonle.portal.table.Kind;
import tonle.portal.table.Scale;

/**
 * Volumes as shades: a row for each group or day, a column for each step or hour. Six steps from nothing to the largest
 * cell, named in the legend; a gap stays empty.
 *
 * @param title stands beside the legend; may be empty
 * @param rows their values by column, NaN for a gap
 * @param columns names under columns, at the column where each begins
 * @param alternative the chart in one sentence, for those who do not see it
 */
public record HeatChart(
        String title, Kind kind, List<Row> rows, int columnCount, List<Mark> columns, String alternative) {
    static final int STEPS = 6;
    private static final int WIDTH = 960;
    private static final int LEFT = 170;
    private static final int RIGHT = 10;
    private static final int ROW_HEIGHT = 24;
    private static final int LEGEND = 34;
    private static final int LABEL_LETTERS_MAX = 24;
    private static final int SWATCH = 110;

    /** One line of cells. */
    public record Row(String name, double[] values) {}

    /** A name on the axis. */
    public record Mark(int column, String text) {}

    /** The drawing. */
    public String svg() {
        double largest = rows.stream()
                .flatMapToDouble(r -> java.util.Arrays.stream(r.values()))
                .filter(v -> !Double.isNaN(v))
                .max()
                .orElse(0);
        int bottom = LEGEND + rows.size() * ROW_HEIGHT;
        double perColumn = (double) (WIDTH - LEFT - RIGHT) / Math.max(1, columnCount);
        Svg svg = new Svg();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + WIDTH + " " + (bottom + 26),
                "class",
                "chart heat",
                "role",
                "img",
                "aria-label",
                alternative);
        svg.text("desc", alternative);
        legend(svg, largest);
        svg.text("text", title, "x", LEFT - 8, "y", 18, "class", "side end");
        for (int step = 1; step <= STEPS; step++) {
            svg.empty("path", "class", "heat" + step, "d", cells(step, largest, perColumn));
        }
        for (int r = 0; r < rows.size(); r++) {
            String name = rows.get(r).name();
            String text = name.length() > LABEL_LETTERS_MAX
                    ? name.substring(0, name.offsetByCodePoints(0, LABEL_LETTERS_MAX - 1)) + "…"
                    : name;
            svg.text("text", text, "x", LEFT - 8, "y", LEGEND + r * ROW_HEIGHT + 16, "class", "end");
        }
        for (Mark mark : columns) {
            svg.text(
                    "text",
                    mark.text(),
                    "x",
                    Svg.number(LEFT + mark.column() * perColumn),
                    "y",
                    bottom + 17,
                    "class",
                    "tick start");
        }
        return svg.close().toString();
    }

    /** Which shade: 1 to {@link #STEPS}; 0 for a gap. */
    static int step(double value, double largest) {
        if (Double.isNaN(value)) {
            return 0;
        }
        return largest <= 0 ? 1 : Math.clamp((int) Math.ceil(value / largest * STEPS), 1, STEPS);
    }

    private String cells(int step, double largest, double perColumn) {
        StringBuilder data = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            double[] values = rows.get(r).values();
            int y = LEGEND + r * ROW_HEIGHT + 1;
            int at = 0;
            while (at < values.length) {
                int end = at + 1;
                // Neighbours of one shade are one rectangle where columns are too narrow to be told apart.
                int own = step(values[at], largest);
                while (perColumn < 10 && end < values.length && step(values[end], largest) == own) {
                    end++;
                }
                if (own == step) {
                    long x = Math.round(LEFT + at * perColumn);
                    long width = Math.round(LEFT + end * perColumn) - x - (perColumn < 10 ? 0 : 1);
                    data.append('M').append(x).append(' ').append(y).append('h').append(width);
                    data.append('v')
                            .append(ROW_HEIGHT - 2)
                            .append("h-")
                            .append(width)
                            .append('z');
                }
                at = end;
            }
        }
        return data.isEmpty() ? "M0 0" : data.toString();
    }

    private void legend(Svg svg, double largest) {
        Scale scale = Scale.of(kind, largest);
        for (int step = 1; step <= STEPS; step++) {
            int x = LEFT + (step - 1) * SWATCH;
            svg.empty("rect", "x", x, "y", 6, "width", 16, "height", 14, "class", "heat" + step);
            String upTo = "≤ " + scale.bare(largest * step / STEPS) + (step == STEPS ? " " + scale.unit() : "");
            svg.text("text", upTo, "x", x + 22, "y", 18, "class", "tick start");
        }
    }
}
