// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tonle.portal.chart.HeatChart;
import tonle.portal.chart.Palette;
import tonle.portal.chart.SankeyChart;
import tonle.portal.chart.TimeChart;
import tonle.portal.table.Kind;
import tonle.portal.table.Scale;
import tonle.traffic.store.Measure;
import tonle.traffic.store.TrafficAnswer;

/** Draws the explorer's answers in the view that is asked for. */
final class TrafficCharts {
    private static final int SERIES_MAX = 7;
    /** More days than this make the grid's rows weekdays: it stays one screen high. */
    private static final int DAYS_MAX = 14;

    private static final int HOURS = 24;
    private static final int HEAT_MARKS = 8;

    private final Visit visit;
    private final Question question;
    private final Map<String, TrafficAnswer> answers;
    private final Map<String, TrafficAnswer> before;

    TrafficCharts(
            Visit visit, Question question, Map<String, TrafficAnswer> answers, Map<String, TrafficAnswer> before) {
        this.visit = visit;
        this.question = question;
        this.answers = answers;
        this.before = before;
    }

    /** One drawing or two, ready to stand in a page; empty for the view that is the table alone. */
    String svg() {
        return switch (question.view()) {
            case "grid" -> eachDirection(this::grid);
            case "heat" -> eachDirection(this::heat);
            case "sankey" -> question.by().size() < 2 ? "" : eachDirection(this::sankey);
            case "table" -> "";
            default -> time();
        };
    }

    private interface Drawing {
        String of(String direction, TrafficAnswer answer);
    }

    private String eachDirection(Drawing drawing) {
        StringBuilder all = new StringBuilder();
        for (Map.Entry<String, TrafficAnswer> entry : answers.entrySet()) {
            if (entry.getValue().total().octets() > 0) {
                all.append(drawing.of(entry.getKey(), entry.getValue()));
            }
        }
        return all.toString();
    }

    private String alternative(String direction, TrafficAnswer answer) {
        return visit.say(
                "traffic.alternative",
                visit.say("view." + question.view()) + ", " + visit.say("direction." + direction) + ": "
                        + question.words(visit),
                Scale.say(question.kind(), question.shown(answer.total().max())),
                Scale.say(question.kind(), question.shown(answer.total().p95())));
    }

    // ---- over time

    private String time() {
        TrafficAnswer above = answers.containsKey("in") ? answers.get("in") : answers.get("out");
        TrafficAnswer below = answers.size() == 2 ? answers.get("out") : null;
        List<TrafficAnswer.Row> first = above.rows().stream()
                .filter(r -> !TrafficRows.isOther(r))
                .limit(SERIES_MAX)
                .toList();
        if (below != null) {
            // One query more: the same groups below as above, whatever their rank there.
            below = visit.asked(() -> visit.store().answer(question.query("out", Question.ROWS_MAX, 0)));
        }
        List<String> names = first.stream().map(r -> String.join(" ", r.keys())).toList();
        Map<String, String> colours = Palette.of(names);
        List<TimeChart.Series> series = new ArrayList<>();
        double[] restUp = above.total().series().clone();
        double[] restDown =
                below == null ? new double[0] : below.total().series().clone();
        for (TrafficAnswer.Row row : first) {
            double[] down = below == null ? new double[0] : seriesOf(below, row.keys());
            subtract(restUp, row.series());
            subtract(restDown, down);
            String name = row.keys().isEmpty() ? visit.say("traffic.all") : TrafficRows.name(visit, question, row);
            series.add(new TimeChart.Series(
                    name,
                    colours.get(String.join(" ", row.keys())),
                    question.shown(row.series()),
                    question.shown(down)));
        }
        boolean rest = above.total().octets()
                        > first.stream().mapToLong(TrafficAnswer.Row::octets).sum()
                || hasMore(restDown);
        // Shares of different links do not add up, so there is no rest to draw.
        if (first.isEmpty() || rest && question.measure() != Measure.PERCENT_OF_LINK) {
            series.add(new TimeChart.Series(
                    visit.say(first.isEmpty() ? "traffic.all" : "group.others"),
                    first.isEmpty() ? "s1" : Palette.OTHER,
                    question.shown(restUp),
                    question.shown(restDown)));
        }
        return new TimeChart(
                        question.kind(),
                        question.view().equals("stack"),
                        above.pointSeconds(),
                        above.stepSeconds(),
                        series,
                        List.of(),
                        earlier(below != null),
                        visit.zone(),
                        visit.say(
                                "traffic.alternative",
                                question.words(visit),
                                Scale.say(
                                        question.kind(),
                                        question.shown(above.total().max())),
                                Scale.say(
                                        question.kind(),
                                        question.shown(above.total().p95()))),
                        visit.say("direction." + (answers.containsKey("in") ? "in" : "out")),
                        visit.say("direction.out"))
                .svg();
    }

    private List<TimeChart.Series> earlier(boolean mirrored) {
        if (before.isEmpty()) {
            return List.of();
        }
        TrafficAnswer above = before.containsKey("in") ? before.get("in") : before.get("out");
        double[] down = mirrored ? question.shown(before.get("out").total().series()) : new double[0];
        return List.of(new TimeChart.Series(
                visit.say("traffic.earlierline"),
                "earlier",
                question.shown(above.total().series()),
                down));
    }

    private static double[] seriesOf(TrafficAnswer answer, List<String> keys) {
        for (TrafficAnswer.Row row : answer.rows()) {
            if (row.keys().equals(keys)) {
                return row.series();
            }
        }
        double[] none = answer.total().series().clone();
        for (int i = 0; i < none.length; i++) {
            none[i] = Double.isNaN(none[i]) ? Double.NaN : 0;
        }
        return none;
    }

    private static void subtract(double[] from, double[] what) {
        for (int i = 0; i < Math.min(from.length, what.length); i++) {
            from[i] = Math.max(0, from[i] - (Double.isNaN(what[i]) ? 0 : what[i]));
        }
    }

    private static boolean hasMore(double[] rest) {
        return Arrays.stream(rest).anyMatch(v -> v > 1);
    }

    // ---- as shades

    /** A row for each hour's day, a column for each hour of the clock: of all groups together. */
    private String grid(String direction, TrafficAnswer whole) {
        TrafficAnswer hours = visit.asked(() -> visit.store().answer(question.hours(direction)));
        boolean weekdays = question.span().seconds() > DAYS_MAX * 86_400L;
        Map<String, double[][]> sums = new java.util.LinkedHashMap<>();
        double[] series = question.shown(hours.total().series());
        for (int p = 0; p < series.length; p++) {
            ZonedDateTime at = Instant.ofEpochSecond(hours.pointSeconds()[p]).atZone(visit.zone());
            String day = weekdays
                    ? at.getDayOfWeek()
                            .getDisplayName(
                                    java.time.format.TextStyle.FULL_STANDALONE,
                                    visit.language().locale())
                    : visit.day(at);
            double[][] sum = sums.computeIfAbsent(day, _ -> new double[HOURS][2]);
            if (!Double.isNaN(series[p])) {
                sum[at.getHour()][0] += series[p];
                sum[at.getHour()][1]++;
            }
        }
        List<HeatChart.Row> rows = sums.entrySet().stream()
                .map(e -> new HeatChart.Row(
                        e.getKey(),
                        Arrays.stream(e.getValue())
                                .mapToDouble(s -> s[1] == 0 ? Double.NaN : s[0] / s[1])
                                .toArray()))
                .toList();
        List<HeatChart.Mark> marks = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour += 3) {
            marks.add(new HeatChart.Mark(hour, String.format("%02d:00", hour)));
        }
        String words = alternative(direction, whole);
        return new HeatChart(title(direction), question.kind(), rows, HOURS, marks, words).svg();
    }

    /** A row for each group, a column for each point. */
    private String heat(String direction, TrafficAnswer answer) {
        List<HeatChart.Row> rows = answer.rows().stream()
                .map(r -> new HeatChart.Row(
                        r.keys().isEmpty() ? visit.say("traffic.all") : TrafficRows.name(visit, question, r),
                        question.shown(r.series())))
                .toList();
        long[] points = answer.pointSeconds();
        List<HeatChart.Mark> marks = new ArrayList<>();
        int every = Math.max(1, points.length / HEAT_MARKS);
        for (int p = 0; p + every / 2 < points.length; p += every) {
            String moment = visit.time(points[p]);
            marks.add(new HeatChart.Mark(
                    p, question.span().seconds() > 2 * 86_400L ? moment.substring(5, 10) : moment.substring(11)));
        }
        return new HeatChart(
                        title(direction), question.kind(), rows, points.length, marks, alternative(direction, answer))
                .svg();
    }

    private String title(String direction) {
        return answers.size() == 1 ? "" : visit.say("direction." + direction);
    }

    // ---- as paths

    /** The very paths of the table. */
    private String sankey(String direction, TrafficAnswer answer) {
        boolean volumes = question.measure() == Measure.PERCENT_OF_LINK;
        List<SankeyChart.Path> paths = new ArrayList<>();
        for (TrafficAnswer.Row row : answer.rows()) {
            List<SankeyChart.Stop> stops = new ArrayList<>();
            for (int i = 0; i < row.keys().size(); i++) {
                String key = row.keys().get(i);
                boolean other = key.equals(TrafficAnswer.OTHER_GROUPS);
                stops.add(new SankeyChart.Stop(
                        key,
                        TrafficRows.words(visit, question.by().get(i), key),
                        other ? "" : Pivot.only(visit, question, question.by().get(i), key),
                        other));
            }
            // Shares of different links do not add up: volumes do.
            double value = volumes ? row.octets() : row.mean();
            if (value > 0) {
                paths.add(new SankeyChart.Path(stops, value));
            }
        }
        List<String> headings = question.by().stream()
                .map(d -> visit.say("dimension." + d.key()))
                .collect(Collectors.toList());
        String title = title(direction);
        headings.set(0, title.isEmpty() ? headings.getFirst() : headings.getFirst() + ", " + title);
        Kind kind = volumes ? Kind.OCTETS : question.kind();
        return new SankeyChart(kind, headings, paths, alternative(direction, answer)).svg();
    }
}
