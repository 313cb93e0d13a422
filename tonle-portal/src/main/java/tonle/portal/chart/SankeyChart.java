// SPDX-License-Identifier: Apache-2.0
package tonle.portal.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tonle.portal.table.Kind;
import tonle.portal.table.Scale;

/**
 * Paths through columns of names: each path is a band as thick as its volume, from its name in one column to its name
 * in the next.
 *
 * @param headings one a column; at least two
 * @param paths each with a key for each column
 * @param alternative the chart in one sentence, for those who do not see it
 */
public record SankeyChart(Kind kind, List<String> headings, List<Path> paths, String alternative) {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 400;
    private static final int TOP = 34;
    private static final int NODE_WIDTH = 12;
    private static final int GAP = 10;
    private static final int LABEL_LETTERS_MAX = 22;
    private static final double THIN = 11;

    /** One combination of groups. */
    public record Path(List<Stop> stops, double value) {
        public Path {
            stops = List.copyOf(stops);
        }
    }

    /**
     * A path's group in one column.
     *
     * @param href where the group opens, or empty
     * @param last whether it stands below all others, as what has no name of its own does
     */
    public record Stop(String key, String name, String href, boolean last) {}

    private static final class Node {
        final Stop stop;
        double value;
        double y;
        double leftUsed;
        double rightUsed;

        Node(Stop stop) {
            this.stop = stop;
        }
    }

    /** The drawing. */
    public String svg() {
        List<Map<String, Node>> columns = columns();
        double total = paths.stream().mapToDouble(Path::value).sum();
        int most = columns.stream().mapToInt(Map::size).max().orElse(1);
        double perUnit = total <= 0 ? 0 : (HEIGHT - (double) GAP * (most - 1)) / total;
        Svg svg = new Svg();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + WIDTH + " " + (TOP + HEIGHT + 16),
                "class",
                "chart sankey",
                "role",
                "group",
                "aria-label",
                alternative);
        svg.text("desc", alternative);
        for (Map<String, Node> column : columns) {
            double y = TOP;
            for (Node node : column.values()) {
                node.y = y;
                y += node.value * perUnit + GAP;
            }
        }
        bands(svg, columns, perUnit);
        Scale scale = Scale.of(
                kind,
                columns.getFirst().values().stream()
                        .mapToDouble(n -> n.value)
                        .max()
                        .orElse(0));
        for (int c = 0; c < columns.size(); c++) {
            String unit = c == 0 && !scale.unit().isEmpty() ? " " + scale.unit() : "";
            boolean end = c == columns.size() - 1;
            svg.text(
                    "text",
                    headings.get(c) + unit,
                    "x",
                    Svg.number(end ? x(c) + NODE_WIDTH : x(c)),
                    "y",
                    16,
                    "class",
                    end ? "side end" : "side");
            for (Node node : columns.get(c).values()) {
                node(svg, node, c, perUnit, scale);
            }
        }
        return svg.close().toString();
    }

    private double x(int column) {
        return (double) (WIDTH - NODE_WIDTH) * column / (headings.size() - 1);
    }

    /** Names of each column with their sums, the largest first. */
    private List<Map<String, Node>> columns() {
        List<Map<String, Node>> columns = new ArrayList<>();
        for (int c = 0; c < headings.size(); c++) {
            Map<String, Node> found = new LinkedHashMap<>();
            for (Path path : paths) {
                Stop stop = path.stops().get(c);
                found.computeIfAbsent(stop.key(), _ -> new Node(stop)).value += path.value();
            }
            List<Node> sorted = new ArrayList<>(found.values());
            sorted.sort(Comparator.comparing((Node n) -> n.stop.last()).thenComparing(n -> -n.value));
            Map<String, Node> column = new LinkedHashMap<>();
            sorted.forEach(n -> column.put(n.stop.key(), n));
            columns.add(column);
        }
        return columns;
    }

    private void bands(Svg svg, List<Map<String, Node>> columns, double perUnit) {
        Map<String, String> colours = Palette.of(columns.getFirst().values().stream()
                .filter(n -> !n.stop.last())
                .map(n -> n.stop.key())
                .toList());
        for (int c = 0; c + 1 < columns.size(); c++) {
            Map<String, Node> here = columns.get(c);
            Map<String, Node> next = columns.get(c + 1);
            List<String> order = new ArrayList<>(here.keySet());
            List<String> orderNext = new ArrayList<>(next.keySet());
            int at = c;
            List<Path> sorted = new ArrayList<>(paths);
            sorted.sort(Comparator.comparingInt(
                            (Path p) -> order.indexOf(p.stops().get(at).key()))
                    .thenComparingInt(
                            p -> orderNext.indexOf(p.stops().get(at + 1).key())));
            for (Path path : sorted) {
                Node from = here.get(path.stops().get(c).key());
                Node to = next.get(path.stops().get(c + 1).key());
                double thick = path.value() * perUnit;
                String css = colours.getOrDefault(path.stops().getFirst().key(), Palette.OTHER);
                svg.empty(
                        "path",
                        "class",
                        "band " + css,
                        "d",
                        band(x(c) + NODE_WIDTH, from.y + from.rightUsed, x(c + 1), to.y + to.leftUsed, thick));
                from.rightUsed += thick;
                to.leftUsed += thick;
            }
        }
    }

    private static String band(double x1, double y1, double x2, double y2, double thick) {
        double middle = (x1 + x2) / 2;
        return "M" + Svg.number(x1) + " " + Svg.number(y1) + "C" + Svg.number(middle) + " " + Svg.number(y1) + " "
                + Svg.number(middle) + " " + Svg.number(y2) + " " + Svg.number(x2) + " " + Svg.number(y2) + "v"
                + Svg.number(thick) + "C" + Svg.number(middle) + " " + Svg.number(y2 + thick) + " "
                + Svg.number(middle) + " " + Svg.number(y1 + thick) + " " + Svg.number(x1) + " "
                + Svg.number(y1 + thick) + "z";
    }

    private void node(Svg svg, Node node, int column, double perUnit, Scale scale) {
        double high = Math.max(1, node.value * perUnit);
        svg.empty(
                "rect",
                "x",
                Svg.number(x(column)),
                "y",
                Svg.number(node.y),
                "width",
                NODE_WIDTH,
                "height",
                Svg.number(high),
                "class",
                "node");
        if (high < THIN - GAP + 1) {
            // Too thin for words beside its neighbours: the table names it.
            return;
        }
        boolean end = column == headings.size() - 1;
        String name = node.stop.name();
        int room = headings.size() > 3 ? LABEL_LETTERS_MAX - 6 : LABEL_LETTERS_MAX;
        String cut = name.length() > room ? name.substring(0, name.offsetByCodePoints(0, room - 1)) + "…" : name;
        if (!node.stop.href().isEmpty()) {
            svg.open("a", "href", node.stop.href(), "aria-label", name + ": " + scale.withUnit(node.value));
        }
        svg.text(
                "text",
                cut + " " + scale.figure(node.value),
                "x",
                Svg.number(end ? x(column) - 6 : x(column) + NODE_WIDTH + 6),
                "y",
                Svg.number(node.y + Math.min(high / 2, HEIGHT) + 4),
                "class",
                end ? "name end" : "name");
        if (!node.stop.href().isEmpty()) {
            svg.close();
        }
    }
}
