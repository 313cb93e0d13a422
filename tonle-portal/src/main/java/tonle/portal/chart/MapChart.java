// SPDX-License-Identifier: Apache-2.0
package tonle.portal.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The schematic map: sites within a border, circuits between them, circuits that leave. A circuit is two half-lines,
 * one a direction, each with its own load; the figure is always printed, and no data is a dashed line.
 */
public record MapChart(List<Place> places, List<Circuit> circuits, String borderWord, String alternative) {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 520;
    private static final int INSET_X = 250;
    private static final int INSET_Y = 92;
    private static final int LABEL_X = 190;
    private static final int LABEL_Y = 46;
    private static final int BOX_WIDTH = 118;
    private static final int FAR_LETTERS_MAX = 24;
    private static final double LETTER_WIDTH = 7.4;
    private static final int BOX_HEIGHT = 48;

    /** A site: {@code x}, {@code y} 0 to 1000; {@code note} is a second line, such as its exchange ports. */
    public record Place(String id, int x, int y, String note) {}

    /**
     * A circuit.
     *
     * @param to the far site's id, or empty for one that leaves; then {@code far} is the name at its end
     * @param outLoad share of the capacity sent from {@code from}; NaN for no data
     * @param inLoad the same towards {@code from}
     * @param figures both loads in words: {@code 61 % in · 18 % out}
     * @param width 2 to 8, by class of capacity
     */
    public record Circuit(
            String id,
            String href,
            String from,
            String to,
            String far,
            double outLoad,
            double inLoad,
            String figures,
            int width) {}

    private record Point(double x, double y) {
        Point towards(Point other, double part) {
            return new Point(x + (other.x - x) * part, y + (other.y - y) * part);
        }
    }

    private enum Edge {
        LEFT,
        RIGHT,
        TOP,
        BOTTOM
    }

    private record Leaving(Circuit circuit, Point start) {}

    public String svg() {
        Svg svg = new Svg();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "class",
                "chart map",
                "role",
                "group",
                "aria-label",
                alternative);
        svg.open("defs")
                .open(
                        "pattern",
                        "id",
                        "hatch",
                        "width",
                        6,
                        "height",
                        6,
                        "patternUnits",
                        "userSpaceOnUse",
                        "patternTransform",
                        "rotate(45)")
                .empty("rect", "width", 6, "height", 6, "class", "hatch-ground")
                .empty("rect", "width", 2, "height", 6, "class", "hatch-line")
                .close()
                .close();
        svg.empty(
                "rect",
                "x",
                INSET_X - 54,
                "y",
                INSET_Y - 34,
                "width",
                WIDTH - 2 * INSET_X + 108,
                "height",
                HEIGHT - 2 * INSET_Y + 68,
                "rx",
                26,
                "class",
                "border");
        svg.text("text", borderWord, "x", INSET_X - 40, "y", HEIGHT - INSET_Y + 24, "class", "tick");
        drawInner(svg);
        drawLeaving(svg);
        for (Place place : places) {
            drawPlace(svg, place);
        }
        return svg.close().toString();
    }

    private Point pointOf(String site) {
        Place place =
                places.stream().filter(p -> p.id().equals(site)).findFirst().orElse(new Place(site, 500, 500, ""));
        return new Point(
                INSET_X + place.x() / 1000.0 * (WIDTH - 2 * INSET_X),
                INSET_Y + place.y() / 1000.0 * (HEIGHT - 2 * INSET_Y));
    }

    private boolean known(String site) {
        return places.stream().anyMatch(p -> p.id().equals(site));
    }

    private void drawInner(Svg svg) {
        Map<String, List<Circuit>> pairs = new java.util.TreeMap<>();
        for (Circuit circuit : circuits) {
            if (known(circuit.to())) {
                String pair = circuit.from().compareTo(circuit.to()) < 0
                        ? circuit.from() + " " + circuit.to()
                        : circuit.to() + " " + circuit.from();
                pairs.computeIfAbsent(pair, _ -> new ArrayList<>()).add(circuit);
            }
        }
        for (List<Circuit> parallel : pairs.values()) {
            for (int i = 0; i < parallel.size(); i++) {
                Circuit circuit = parallel.get(i);
                boolean forward = circuit.from().compareTo(circuit.to()) < 0;
                double offset = (i - (parallel.size() - 1) / 2.0) * 30 * (forward ? 1 : -1);
                Point from = pointOf(circuit.from());
                Point to = pointOf(circuit.to());
                double length = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y));
                double shiftX = -(to.y - from.y) / length * offset;
                double shiftY = (to.x - from.x) / length * offset;
                Point a = new Point(from.x + shiftX, from.y + shiftY);
                Point b = new Point(to.x + shiftX, to.y + shiftY);
                drawCircuit(svg, circuit, a, b, labelBetween(a, b, circuit), "middle");
            }
        }
    }

    /** On the middle of the line; under the sites where they stand too close side by side for that. */
    private static Point labelBetween(Point a, Point b, Circuit circuit) {
        Point middle = a.towards(b, 0.5);
        double wide = Math.max(circuit.id().length(), circuit.figures().length()) * LETTER_WIDTH;
        boolean beside = Math.abs(a.y - b.y) < 2 * BOX_HEIGHT && Math.abs(a.x - b.x) - BOX_WIDTH < wide;
        return beside ? new Point(middle.x, Math.max(a.y, b.y) + BOX_HEIGHT / 2.0 + 20) : middle;
    }

    private void drawLeaving(Svg svg) {
        Map<Edge, List<Leaving>> edges = new java.util.EnumMap<>(Edge.class);
        for (Circuit circuit : circuits) {
            if (circuit.to().isEmpty()) {
                Point start = pointOf(circuit.from());
                edges.computeIfAbsent(nearest(start), _ -> new ArrayList<>()).add(new Leaving(circuit, start));
            }
        }
        edges.forEach((edge, all) -> {
            boolean upright = edge == Edge.LEFT || edge == Edge.RIGHT;
            all.sort(Comparator.comparingDouble(
                    (Leaving l) -> upright ? l.start().y() : l.start().x()));
            for (int i = 0; i < all.size(); i++) {
                double part = (i + 0.5) / all.size();
                Point end = switch (edge) {
                    case LEFT -> new Point(LABEL_X, 30 + part * (HEIGHT - 60));
                    case RIGHT -> new Point(WIDTH - LABEL_X, 30 + part * (HEIGHT - 60));
                    case TOP -> new Point(INSET_X + part * (WIDTH - 2 * INSET_X), LABEL_Y);
                    case BOTTOM -> new Point(INSET_X + part * (WIDTH - 2 * INSET_X), HEIGHT - LABEL_Y);
                };
                Point label = switch (edge) {
                    case LEFT -> new Point(end.x - 8, end.y);
                    case RIGHT -> new Point(end.x + 8, end.y);
                    case TOP -> new Point(end.x, end.y - 22);
                    case BOTTOM -> new Point(end.x, end.y + 24);
                };
                String anchor = edge == Edge.LEFT ? "end" : edge == Edge.RIGHT ? "start" : "middle";
                drawCircuit(svg, all.get(i).circuit(), all.get(i).start(), end, label, anchor);
            }
        });
    }

    private static Edge nearest(Point point) {
        double x = (point.x - WIDTH / 2.0) / (WIDTH / 2.0 - INSET_X);
        double y = (point.y - HEIGHT / 2.0) / (HEIGHT / 2.0 - INSET_Y);
        // Labels are wide and low: the sides take more of them than top and bottom.
        if (Math.abs(x) * 1.6 + 0.2 >= Math.abs(y)) {
            return x < 0 ? Edge.LEFT : Edge.RIGHT;
        }
        return y < 0 ? Edge.TOP : Edge.BOTTOM;
    }

    private void drawCircuit(Svg svg, Circuit circuit, Point from, Point to, Point label, String anchor) {
        Point middle = from.towards(to, 0.5);
        svg.open("a", "href", circuit.href(), "class", "circuit");
        svg.text("title", circuit.id() + ": " + circuit.figures());
        half(svg, from, middle, circuit.outLoad(), circuit.width());
        half(svg, to, middle, circuit.inLoad(), circuit.width());
        if (anchor.equals("middle") && circuit.far().isEmpty()) {
            // Over its own line a label needs ground under it.
            double wide = Math.max(circuit.id().length(), circuit.figures().length()) * LETTER_WIDTH;
            svg.empty(
                    "rect",
                    "x",
                    Svg.number(label.x - wide / 2),
                    "y",
                    Svg.number(label.y - 17),
                    "width",
                    Svg.number(wide),
                    "height",
                    36,
                    "class",
                    "ground");
        }
        svg.text(
                "text",
                circuit.id(),
                "x",
                Svg.number(label.x),
                "y",
                Svg.number(label.y - 3),
                "class",
                "name halo " + anchor);
        svg.text(
                "text",
                circuit.figures(),
                "x",
                Svg.number(label.x),
                "y",
                Svg.number(label.y + 13),
                "class",
                "tick halo " + anchor);
        if (!circuit.far().isEmpty()) {
            String far = circuit.far().length() > FAR_LETTERS_MAX
                    ? circuit.far().substring(0, circuit.far().offsetByCodePoints(0, FAR_LETTERS_MAX - 1)) + "…"
                    : circuit.far();
            svg.text(
                    "text",
                    far,
                    "x",
                    Svg.number(label.x),
                    "y",
                    Svg.number(label.y + 29),
                    "class",
                    "tick halo " + anchor);
        }
        svg.close();
    }

    private static void half(Svg svg, Point from, Point to, double load, int width) {
        Object[] ends = {
            "x1", Svg.number(from.x), "y1", Svg.number(from.y), "x2", Svg.number(to.x), "y2", Svg.number(to.y)
        };
        if (Double.isNaN(load)) {
            svg.empty("line", with(ends, "class", "no-data", "stroke-width", width));
            return;
        }
        svg.empty("line", with(ends, "class", "casing", "stroke-width", width + 3));
        int step = step(load);
        svg.empty(
                "line",
                step == 6
                        ? with(ends, "stroke", "url(#hatch)", "stroke-width", width)
                        : with(ends, "class", "load" + step, "stroke-width", width));
    }

    /** 1 to 6 for under 20, 40, 60, 75, 90 percent and above. */
    public static int step(double load) {
        double[] bounds = {0.20, 0.40, 0.60, 0.75, 0.90};
        int step = 1;
        for (double bound : bounds) {
            step += load >= bound ? 1 : 0;
        }
        return step;
    }

    private static Object[] with(Object[] first, Object... more) {
        Object[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private void drawPlace(Svg svg, Place place) {
        Point at = pointOf(place.id());
        svg.empty(
                "rect",
                "x",
                Svg.number(at.x - BOX_WIDTH / 2.0),
                "y",
                Svg.number(at.y - BOX_HEIGHT / 2.0),
                "width",
                BOX_WIDTH,
                "height",
                BOX_HEIGHT,
                "rx",
                6,
                "class",
                "site");
        svg.text("text", place.id(), "x", Svg.number(at.x), "y", Svg.number(at.y - 3), "class", "name middle");
        svg.text("text", place.note(), "x", Svg.number(at.x), "y", Svg.number(at.y + 14), "class", "tick middle");
    }
}
