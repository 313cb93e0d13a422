// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Scale;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Measure;
import tonle.traffic.store.TrafficAnswer;

/** The explorer's answers as rows: one for each direction and group. */
final class TrafficRows {
    /** A sampling error below one percent is not worth a figure. */
    static final double ERROR_SHOWN = 0.01;

    private final Visit visit;
    private final Question question;
    private final Map<String, TrafficAnswer> answers;
    private final Map<String, TrafficAnswer> before;

    /** @param before the same question some days earlier, empty where nothing is compared */
    TrafficRows(Visit visit, Question question, Map<String, TrafficAnswer> answers, Map<String, TrafficAnswer> before) {
        this.visit = visit;
        this.question = question;
        this.answers = answers;
        this.before = before;
    }

    static boolean isOther(TrafficAnswer.Row row) {
        return !row.keys().isEmpty() && row.keys().stream().allMatch(TrafficAnswer.OTHER_GROUPS::equals);
    }

    double unscaledShare() {
        return answers.values().stream()
                .mapToDouble(a -> a.total().unscaledShare())
                .max()
                .orElse(0);
    }

    double backfilledShare() {
        return answers.values().stream()
                .mapToDouble(a -> a.total().backfilledShare())
                .max()
                .orElse(0);
    }

    Table table() {
        List<Table.Row> rows = new ArrayList<>();
        List<Table.Row> totals = new ArrayList<>();
        long count = 0;
        for (Map.Entry<String, TrafficAnswer> entry : answers.entrySet()) {
            TrafficAnswer answer = entry.getValue();
            int before = rows.size();
            for (TrafficAnswer.Row row : answer.rows()) {
                if (!row.keys().isEmpty()) {
                    rows.add(row(entry.getKey(), row, answer.total()));
                }
            }
            if (question.by().isEmpty() && answer.total().octets() > 0) {
                rows.add(row(entry.getKey(), answer.total(), answer.total()));
            } else if (rows.size() > before) {
                totals.add(row(entry.getKey(), answer.total(), answer.total()));
            }
            boolean rest = answer.rows().stream().anyMatch(TrafficRows::isOther);
            count += rest ? answer.groupCount() : rows.size() - before;
        }
        return new Table(
                "traffic",
                visit.say("traffic.caption"),
                columns(),
                rows,
                totals,
                Math.max(count, rows.size()),
                visit.say("traffic.none"));
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.of("direction", visit.say("column.direction"), Kind.TEXT));
        for (Dimension dimension : question.by()) {
            columns.add(Column.chief(fieldName(dimension), visit.say("dimension." + dimension.key()), Kind.TEXT));
        }
        for (String statistic : List.of("mean", "p95", "max", "last")) {
            String field = statistic.equals("p95") ? "percentile95" : statistic;
            columns.add(new Column(
                    field + question.unitName(),
                    visit.say("column." + statistic),
                    question.kind(),
                    statistic.equals("mean") || statistic.equals("p95")));
        }
        if (!before.isEmpty()) {
            columns.add(Column.of("previousMean" + question.unitName(), visit.say("column.previous"), question.kind()));
            columns.add(Column.of("change", visit.say("column.change"), Kind.SHARE));
        }
        columns.add(Column.of("octets", visit.say("column.octets"), Kind.OCTETS));
        columns.add(Column.chief("share", visit.say("column.share"), Kind.SHARE));
        columns.add(Column.of("uncertainty", visit.say("column.error"), Kind.SHARE));
        if (unscaledShare() > 0) {
            columns.add(Column.of("unscaledShare", visit.say("column.unscaled"), Kind.SHARE));
        }
        return columns;
    }

    private static String fieldName(Dimension dimension) {
        return switch (dimension) {
            case SITE -> "site";
            case LINK -> "link";
            case LINK_KIND -> "linkKind";
            case DIRECTION -> "direction";
            case MEMBER -> "member";
            case REMOTE_AS -> "remoteAs";
            case COUNTRY -> "country";
            case IP_VERSION -> "ipVersion";
            case PROTOCOL -> "protocol";
            case HOUR -> "hour";
        };
    }

    private Table.Row row(String direction, TrafficAnswer.Row row, TrafficAnswer.Row total) {
        boolean isTotal = row == total;
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.named(direction, visit.say("direction." + direction)));
        for (int i = 0; i < question.by().size(); i++) {
            cells.add(
                    isTotal
                            ? Cell.named("", visit.say("table.total"))
                            : key(question.by().get(i), row.keys().get(i)));
        }
        for (double value : new double[] {row.mean(), row.p95(), row.max(), row.last()}) {
            cells.add(
                    question.measure() == Measure.PERCENT_OF_LINK
                            ? Cell.decimal(question.shown(value))
                            : Cell.whole(value));
        }
        if (!before.isEmpty()) {
            double earlier = question.shown(earlierMean(direction, row, isTotal));
            cells.add(question.measure() == Measure.PERCENT_OF_LINK ? Cell.decimal(earlier) : Cell.whole(earlier));
            double change = question.shown(row.mean()) / earlier - 1;
            Cell cell = Cell.decimal(change);
            boolean more = Double.isFinite(change) && change > 0;
            cells.add(more ? cell.shown("+" + Scale.of(Kind.SHARE, change).figure(change)) : cell);
        }
        cells.add(Cell.count(row.octets()));
        cells.add(total.octets() == 0 ? Cell.EMPTY : Cell.decimal((double) row.octets() / total.octets()));
        Cell error = Cell.decimal(row.uncertainty());
        cells.add(row.uncertainty() < ERROR_SHOWN ? error.shown("<\u00a01") : error);
        if (unscaledShare() > 0) {
            cells.add(Cell.decimal(row.unscaledShare()).toned(row.unscaledShare() > 0 ? Tone.CAUTION : Tone.PLAIN));
        }
        return new Table.Row(cells, Tone.PLAIN);
    }

    /** The mean of the same group then; of all others what the groups shown leave; NaN where nothing came at all. */
    private double earlierMean(String direction, TrafficAnswer.Row row, boolean isTotal) {
        TrafficAnswer then = before.get(direction);
        if (isTotal || Double.isNaN(then.total().mean())) {
            return then.total().mean();
        }
        if (isOther(row)) {
            double shown = answers.get(direction).rows().stream()
                    .filter(r -> !isOther(r))
                    .mapToDouble(r -> meanOf(then, r.keys()))
                    .sum();
            return question.measure() == Measure.PERCENT_OF_LINK
                    ? Double.NaN
                    : then.total().mean() - shown;
        }
        return meanOf(then, row.keys());
    }

    private static double meanOf(TrafficAnswer answer, List<String> keys) {
        return answer.rows().stream()
                .filter(r -> r.keys().equals(keys))
                .mapToDouble(r -> Double.isNaN(r.mean()) ? 0 : r.mean())
                .findFirst()
                .orElse(0);
    }

    private Cell key(Dimension dimension, String key) {
        Cell cell = Cell.named(key, words(visit, dimension, key));
        if (key.equals(TrafficAnswer.OTHER_GROUPS)) {
            return cell;
        }
        return cell.leading(Pivot.ways(visit, question, dimension, key));
    }

    /** A row's name at the end of its line. */
    static String name(Visit visit, Question question, TrafficAnswer.Row row) {
        return IntStream.range(0, row.keys().size())
                .mapToObj(i -> words(visit, question.by().get(i), row.keys().get(i)))
                .collect(Collectors.joining(" · "));
    }

    static String words(Visit visit, Dimension dimension, String key) {
        if (key.equals(TrafficAnswer.OTHER_GROUPS)) {
            return visit.say("group.others");
        }
        return switch (dimension) {
            case SITE -> visit.siteName(key);
            case LINK -> key.equals("none") ? visit.say("link.none") : key;
            case LINK_KIND -> visit.canSay("kind." + key) ? visit.say("kind." + key) : key;
            case DIRECTION -> visit.canSay("direction." + key) ? visit.say("direction." + key) : key;
            case MEMBER -> visit.memberName(key);
            case REMOTE_AS -> remoteAs(visit, key);
            case COUNTRY -> key.equals("other") ? visit.say("group.small") : visit.countryName(key);
            case IP_VERSION -> key.matches("[46]") ? "IPv" + key : visit.say("ipversion.none");
            case PROTOCOL -> visit.canSay("protocol." + key) ? visit.say("protocol." + key) : key;
            case HOUR -> key.matches("[0-9]{1,2}") ? String.format("%02d:00", Integer.parseInt(key)) : key;
        };
    }

    private static String remoteAs(Visit visit, String key) {
        if (!key.matches("[0-9]{1,10}")) {
            return visit.say(key.equals("other") ? "group.small" : "as.unknown");
        }
        long asn = Long.parseLong(key);
        String name = visit.origins().name(asn);
        return name.isEmpty() ? "AS" + asn : "AS" + asn + " " + name;
    }
}
