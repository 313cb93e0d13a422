// SPDX-License-Identifier: Apache-2.0
package tonle.portal.chart;

import java.util.List;

/** A run of figures the height of a line of text, from zero to its largest; its numbers are in the exports. */
public final class Sparkline {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 22;

    private Sparkline() {}

    /** Decorative for those who hear the page: the cells beside it say the figures. */
    public static String svg(List<?> points) {
        double largest = 1;
        for (Object point : points) {
            largest = point instanceof Number n ? Math.max(largest, n.doubleValue()) : largest;
        }
        TimeChart.Trace trace = new TimeChart.Trace();
        for (int i = 0; i < points.size(); i++) {
            double x = points.size() < 2 ? 0 : (double) i / (points.size() - 1) * WIDTH;
            double value = points.get(i) instanceof Number n ? n.doubleValue() : 0;
            double y = HEIGHT - 1 - value / largest * (HEIGHT - 3);
            if (i == 0) {
                trace.move(x, y);
            } else {
                trace.line(x, y);
            }
        }
        return new Svg()
                .open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "viewBox",
                        "0 0 " + WIDTH + " " + HEIGHT,
                        "class",
                        "spark",
                        "aria-hidden",
                        "true",
                        "width",
                        WIDTH,
                        "height",
                        HEIGHT)
                .empty("path", "d", trace, "class", "line s1")
                .close()
                .toString();
    }
}
