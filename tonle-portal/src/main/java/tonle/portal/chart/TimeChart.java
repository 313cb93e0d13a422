// SPDX-License-Identifier: Apache-2.0
package tonle.portal.chart;

import java.time.ZoneId;
import java.util.List;
import tonle.portal.table.Kind;
import tonle.portal.table.Scale;

/**
 * Volumes over time: inbound above the axis, outbound mirrored below, stacked or as lines, with level lines such as
 * capacity and the 95th percentile.
 *
 * @param kind what the figures are
 * @param stacked whether series stand on each other
 * @param pointSeconds start of each point, ascending, all {@code stepSeconds} wide
 * @param earlier the same time before, as dotted lines behind all; empty where nothing is compared
 * @param alternative the chart in one sentence, for those who do not see it
 * @param upWord printed above the axis; {@code downWord} below it
 */
public record TimeChart(
        Kind kind,
        boolean stacked,
        long[] pointSeconds,
        int stepSeconds,
        List<Series> series,
        List<Level> levels,
        List<Series> earlier,
        ZoneId zone,
        String alternative,
        String upWord,
        String downWord) {
    static final int WIDTH = 960;
    private static final int LEFT = 56;
    private static final int RIGHT = 150;
    private static final int TOP = 24;
    private static final int BOTTOM = 30;
    private static final int HEIGHT_ABOVE = 230;
    private static final int HEIGHT_BELOW = 130;
    /** A half without figures still has room for its word. */
    private static final double PART_MIN = 0.12;

    private static final int LABEL_GAP = 15;
    private static final int LABEL_LETTERS_MAX = 22;

    /**
     * One group.
     *
     * @param css its colour class: {@code s1} to {@code s7}, {@code sx} for all others
     * @param up a value for each point, NaN for a gap
     * @param down the same below the axis; empty where nothing is mirrored
     */
    public record Series(String name, String css, double[] up, double[] down) {}

    /** A level over the whole width: {@code value} above the axis, or below it where {@code below}. */
    public record Level(String label, String css, double value, boolean below) {}

    /** Without anything to compare with. */
    public TimeChart(
            Kind kind,
            boolean stacked,
            long[] pointSeconds,
            int stepSeconds,
            List<Series> series,
            List<Level> levels,
            ZoneId zone,
            String alternative,
            String upWord,
            String downWord) {
        this(kind, stacked, pointSeconds, stepSeconds, series, levels, List.of(), zone, alternative, upWord, downWord);
    }

    /** The drawing. */
    public String svg() {
        double largestUp = largest(false);
        double largestDown = largest(true);
        boolean mirrored = series.stream().anyMatch(s -> s.down().length > 0);
        // One scale on both sides, so that heights compare; each half is as tall as its figures need.
        double largest = mirrored ? Math.max(largestUp, largestDown) : largestUp;
        Ticks ticks = Ticks.upTo(Math.max(largest, 1));
        double abovePart = !mirrored || largestUp >= largestDown ? 1 : Math.max(largestUp / ticks.top(), PART_MIN);
        double belowPart = mirrored ? Math.max(largestDown / ticks.top(), PART_MIN) : 0;
        double unitHeight = mirrored
                ? Math.min(HEIGHT_ABOVE, (HEIGHT_ABOVE + HEIGHT_BELOW) / (abovePart + belowPart))
                : HEIGHT_ABOVE;
        int axisY = (int) (TOP + unitHeight * abovePart);
        int height = (int) (axisY + unitHeight * belowPart) + BOTTOM;
        Frame frame = new Frame(axisY, unitHeight / ticks.top(), height);
        Svg svg = new Svg();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + WIDTH + " " + height,
                "class",
                "chart",
                "role",
                "img",
                "aria-label",
                alternative,
                "data-x",
                LEFT + " " + Math.round(frame.perPoint * 1_000) / 1_000.0 + " " + TOP + " " + (height - BOTTOM),
                "data-time",
                (pointSeconds.length == 0 ? 0 : pointSeconds[0]) + " " + stepSeconds + " " + pointSeconds.length,
                "data-zone",
                zone.getId(),
                "data-words",
                Scale.of(kind, ticks.top()).unit() + "|" + upWord + "|" + (mirrored ? downWord : ""));
        svg.text("desc", alternative);
        readings(svg, Scale.of(kind, ticks.top()));
        grid(svg, frame, ticks, ticks.top() * abovePart, mirrored ? largestDown : 0);
        times(svg, frame);
        if (stacked) {
            stack(svg, frame);
        } else {
            lines(svg, frame);
        }
        levels(svg, frame);
        // Over the areas, or they would hide the words.
        if (mirrored) {
            svg.text("text", upWord, "x", LEFT + 4, "y", frame.axisY - 5, "class", "side");
            svg.text("text", downWord, "x", LEFT + 4, "y", frame.axisY + 15, "class", "side");
        }
        labels(svg, frame);
        svg.empty("line", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", axisY, "y2", axisY, "class", "axis");
        return svg.close().toString();
    }

    private final class Frame {
        private final int axisY;
        private final double perUnit;
        private final int height;
        private final double perPoint = (double) (WIDTH - LEFT - RIGHT) / Math.max(1, pointSeconds.length);

        Frame(int axisY, double perUnit, int height) {
            this.axisY = axisY;
            this.perUnit = perUnit;
            this.height = height;
        }

        double y(double value) {
            return axisY - value * perUnit;
        }

        /** The middle of a point's own width. */
        double x(int point) {
            return LEFT + (point + 0.5) * perPoint;
        }

        double xOf(long seconds) {
            return LEFT + (seconds - pointSeconds[0]) / (double) stepSeconds * perPoint;
        }
    }

    private double largest(boolean below) {
        double largest = 0;
        for (Level level : levels) {
            largest = level.below() == below ? Math.max(largest, level.value()) : largest;
        }
        for (int p = 0; p < pointSeconds.length; p++) {
            double sum = 0;
            for (Series one : series) {
                double[] values = below ? one.down() : one.up();
                double value = p < values.length && !Double.isNaN(values[p]) ? values[p] : 0;
                sum = stacked ? sum + value : Math.max(sum, value);
            }
            largest = Math.max(largest, sum);
            for (Series before : earlier) {
                double[] values = below ? before.down() : before.up();
                largest = p < values.length && !Double.isNaN(values[p]) ? Math.max(largest, values[p]) : largest;
            }
        }
        return largest;
    }

    private void levels(Svg svg, Frame frame) {
        for (Series before : earlier) {
            svg.empty("path", "class", "line earlier", "d", line(frame, before.up(), 1));
            if (before.down().length > 0) {
                svg.empty("path", "class", "line earlier", "d", line(frame, before.down(), -1));
            }
        }
        for (Level level : levels) {
            double y = frame.y(level.below() ? -level.value() : level.value());
            svg.empty(
                    "line",
                    "x1",
                    LEFT,
                    "x2",
                    WIDTH - RIGHT,
                    "y1",
                    Svg.number(y),
                    "y2",
                    Svg.number(y),
                    "class",
                    "level " + level.css());
        }
    }

    /** What the script reads out under the crosshair: a figure for each point in the axis's unit, empty for a gap. */
    private void readings(Svg svg, Scale scale) {
        Scale finer = new Scale(scale.factor(), scale.unit(), Math.min(2, scale.decimals() + 1));
        List<Series> all = new java.util.ArrayList<>(series);
        all.addAll(earlier);
        for (Series one : all) {
            svg.empty(
                    "g",
                    "class",
                    "readings",
                    "data-name",
                    one.name(),
                    "data-up",
                    figures(finer, one.up()),
                    "data-down",
                    figures(finer, one.down()));
        }
    }

    private static String figures(Scale scale, double[] values) {
        StringBuilder text = new StringBuilder();
        for (int p = 0; p < values.length; p++) {
            text.append(p == 0 ? "" : " ")
                    .append(
                            Double.isNaN(values[p])
                                    ? "-"
                                    : scale.bare(values[p]).replace(",", ""));
        }
        return text.toString();
    }

    private void grid(Svg svg, Frame frame, Ticks ticks, double top, double bottom) {
        Scale scale = Scale.of(kind, ticks.top());
        svg.text("text", scale.unit(), "x", LEFT - 6, "y", TOP - 9, "class", "tick end");
        for (double value : ticks.values()) {
            if (value <= top) {
                gridLine(svg, frame, value, scale.bare(value));
            }
            if (value > 0 && value <= bottom) {
                gridLine(svg, frame, -value, scale.bare(value));
            }
        }
    }

    private void gridLine(Svg svg, Frame frame, double value, String figure) {
        String y = Svg.number(frame.y(value));
        svg.empty("line", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", y, "y2", y, "class", "grid");
        svg.text("text", figure, "x", LEFT - 6, "y", Svg.number(frame.y(value) + 4), "class", "tick end");
    }

    private void times(Svg svg, Frame frame) {
        if (pointSeconds.length == 0) {
            return;
        }
        long from = pointSeconds[0];
        long to = pointSeconds[pointSeconds.length - 1] + stepSeconds;
        for (Ticks.Moment moment : Ticks.moments(from, to, zone)) {
            double x = frame.xOf(moment.seconds());
            svg.empty(
                    "line",
                    "x1",
                    Svg.number(x),
                    "x2",
                    Svg.number(x),
                    "y1",
                    TOP,
                    "y2",
                    frame.height - BOTTOM,
                    "class",
                    "grid faint");
            svg.text(
                    "text", moment.text(), "x", Svg.number(x), "y", frame.height - BOTTOM + 18, "class", "tick middle");
        }
    }

    private void stack(Svg svg, Frame frame) {
        double[] floorUp = new double[pointSeconds.length];
        double[] floorDown = new double[pointSeconds.length];
        for (Series one : series) {
            svg.empty("path", "class", "area " + one.css(), "d", area(frame, one.up(), floorUp, 1));
            if (one.down().length > 0) {
                svg.empty("path", "class", "area " + one.css(), "d", area(frame, one.down(), floorDown, -1));
            }
        }
    }

    /** The areas over {@code floor}, one for each run without a gap; the floor is raised by the values. */
    private String area(Frame frame, double[] values, double[] floor, int sign) {
        Trace trace = new Trace();
        int at = 0;
        while (at < values.length) {
            if (Double.isNaN(values[at])) {
                at++;
                continue;
            }
            int end = at;
            while (end < values.length && !Double.isNaN(values[end])) {
                end++;
            }
            double half = frame.perPoint / 2;
            trace.move(frame.x(at) - half, frame.y(sign * floor[at]));
            trace.line(frame.x(at) - half, frame.y(sign * (floor[at] + values[at])));
            for (int p = at; p < end; p++) {
                trace.line(frame.x(p), frame.y(sign * (floor[p] + values[p])));
            }
            trace.line(frame.x(end - 1) + half, frame.y(sign * (floor[end - 1] + values[end - 1])));
            trace.line(frame.x(end - 1) + half, frame.y(sign * floor[end - 1]));
            for (int p = end - 1; p >= at; p--) {
                trace.line(frame.x(p), frame.y(sign * floor[p]));
                floor[p] += values[p];
            }
            trace.shut();
            at = end;
        }
        return trace.toString();
    }

    private void lines(Svg svg, Frame frame) {
        for (Series one : series) {
            svg.empty("path", "class", "line " + one.css(), "d", line(frame, one.up(), 1));
            if (one.down().length > 0) {
                svg.empty("path", "class", "line " + one.css(), "d", line(frame, one.down(), -1));
            }
        }
    }

    private String line(Frame frame, double[] values, int sign) {
        Trace trace = new Trace();
        boolean pen = false;
        for (int p = 0; p < values.length; p++) {
            boolean gap = Double.isNaN(values[p]);
            if (!gap && pen) {
                trace.line(frame.x(p), frame.y(sign * values[p]));
            } else if (!gap) {
                trace.move(frame.x(p), frame.y(sign * values[p]));
                // A sample between two gaps is a point, which a line of no length with round ends draws.
                trace.line(frame.x(p), frame.y(sign * values[p]));
            }
            pen = !gap;
        }
        return trace.toString();
    }

    /** Names at the right end of their series, pushed apart where they would overlap. */
    private void labels(Svg svg, Frame frame) {
        double floor = 0;
        double lowest = Double.MAX_VALUE;
        List<Label> all = new java.util.ArrayList<>();
        for (Series one : series) {
            double last = lastOf(one.up());
            double middle = stacked ? floor + last / 2 : last;
            floor += last;
            all.add(new Label(one.name(), one.css(), frame.y(middle)));
        }
        for (Series before : earlier) {
            all.add(new Label(before.name(), "earlier", frame.y(lastOf(before.up()))));
        }
        for (Level level : levels) {
            all.add(new Label(level.label(), level.css(), frame.y(level.below() ? -level.value() : level.value())));
        }
        all.sort(java.util.Comparator.comparingDouble(Label::y).reversed());
        for (Label label : all) {
            double y = Math.min(label.y(), lowest - LABEL_GAP);
            lowest = y;
            String text = label.text().length() > LABEL_LETTERS_MAX
                    ? label.text().substring(0, label.text().offsetByCodePoints(0, LABEL_LETTERS_MAX - 1)) + "…"
                    : label.text();
            svg.text(
                    "text",
                    text,
                    "x",
                    WIDTH - RIGHT + 6,
                    "y",
                    Svg.number(Math.max(y, 10) + 4),
                    "class",
                    "label t-" + label.css());
        }
    }

    private record Label(String text, String css, double y) {}

    private static double lastOf(double[] values) {
        for (int p = values.length - 1; p >= 0; p--) {
            if (!Double.isNaN(values[p])) {
                return values[p];
            }
        }
        return 0;
    }

    /** Path data in whole pixels, each point relative to the last: a fifth of the octets of absolute decimals. */
    static final class Trace {
        private final StringBuilder data = new StringBuilder();
        private long x;
        private long y;
        private long startX;
        private long startY;

        void move(double toX, double toY) {
            x = Math.round(toX);
            y = Math.round(toY);
            startX = x;
            startY = y;
            data.append('M').append(x).append(' ').append(y);
        }

        void line(double toX, double toY) {
            long nextX = Math.round(toX);
            long nextY = Math.round(toY);
            data.append('l').append(nextX - x).append(nextY < y ? "" : " ").append(nextY - y);
            x = nextX;
            y = nextY;
        }

        void shut() {
            data.append('z');
            x = startX;
            y = startY;
        }

        @Override
        public String toString() {
            return data.isEmpty() ? "M0 0" : data.toString();
        }
    }
}
