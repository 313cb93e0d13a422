// SPDX-License-Identifier: Apache-2.0
package tonle.portal.chart;

import java.util.Arrays;
import tonle.portal.table.Kind;
import tonle.portal.table.Scale;

/**
 * Samples from high to low: how long a link was how full, and where the 95th percentile lies.
 *
 * @param samples in any order; NaN for gaps
 * @param discarded how many of the highest are left out
 * @param percentile the level that remains
 */
public record DurationChart(
        double[] samples, int discarded, double percentile, String alternative, String freeWord, String levelWord) {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 240;
    private static final int LEFT = 52;
    private static final int BOTTOM = 28;
    private static final int TOP = 22;
    private static final int POINTS = 200;

    public String svg() {
        double[] sorted =
                Arrays.stream(samples).filter(v -> !Double.isNaN(v)).sorted().toArray();
        int count = sorted.length;
        double largest = count == 0 ? 1 : Math.max(1, sorted[count - 1]);
        Ticks ticks = Ticks.upTo(largest);
        double perUnit = (HEIGHT - TOP - BOTTOM) / ticks.top();
        int axisY = HEIGHT - BOTTOM;
        Svg svg = new Svg();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "class",
                "chart half",
                "role",
                "img",
                "aria-label",
                alternative);
        svg.text("title", alternative);
        Scale scale = Scale.of(Kind.BITS_PER_SECOND, ticks.top());
        svg.text("text", scale.unit(), "x", LEFT - 6, "y", TOP - 9, "class", "tick end");
        for (double value : ticks.values()) {
            String y = Svg.number(axisY - value * perUnit);
            svg.empty("line", "x1", LEFT, "x2", WIDTH, "y1", y, "y2", y, "class", "grid");
            svg.text(
                    "text",
                    scale.bare(value),
                    "x",
                    LEFT - 6,
                    "y",
                    Svg.number(axisY - value * perUnit + 4),
                    "class",
                    "tick end");
        }
        if (count > 0) {
            svg.empty("path", "class", "area s1", "d", area(sorted, axisY, perUnit));
            double freeX = LEFT + (double) discarded / count * (WIDTH - LEFT);
            svg.empty(
                    "rect",
                    "x",
                    LEFT,
                    "y",
                    TOP,
                    "width",
                    Svg.number(freeX - LEFT),
                    "height",
                    axisY - TOP,
                    "class",
                    "free");
            String y = Svg.number(axisY - percentile * perUnit);
            svg.empty("line", "x1", LEFT, "x2", WIDTH, "y1", y, "y2", y, "class", "level p95");
            svg.text(
                    "text",
                    levelWord,
                    "x",
                    WIDTH - 4,
                    "y",
                    Svg.number(axisY - percentile * perUnit - 6),
                    "class",
                    "label end t-p95");
            svg.text("text", freeWord, "x", Svg.number(freeX + 5), "y", TOP - 9, "class", "label");
        }
        svg.text("text", "0 %", "x", LEFT, "y", HEIGHT - 9, "class", "tick");
        svg.text("text", "100 %", "x", WIDTH - 2, "y", HEIGHT - 9, "class", "tick end");
        svg.empty("line", "x1", LEFT, "x2", WIDTH, "y1", axisY, "y2", axisY, "class", "axis");
        return svg.close().toString();
    }

    private static String area(double[] sorted, int axisY, double perUnit) {
        TimeChart.Trace trace = new TimeChart.Trace();
        trace.move(LEFT, axisY);
        for (int i = 0; i <= POINTS; i++) {
            int rank = (int) Math.round((1 - (double) i / POINTS) * (sorted.length - 1));
            trace.line(LEFT + (double) i / POINTS * (WIDTH - LEFT), axisY - sorted[rank] * perUnit);
        }
        trace.line(WIDTH, axisY);
        trace.shut();
        return trace.toString();
    }
}
