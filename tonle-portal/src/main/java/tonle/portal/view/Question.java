// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tonle.portal.table.Kind;
import tonle.portal.view.WhereLanguage.Parsed;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Filter;
import tonle.traffic.store.Measure;
import tonle.traffic.store.TrafficQuery;

/**
 * A question to the explorer, read from an address.
 *
 * @param direction {@code in}, {@code out} or {@code both}
 * @param view {@code stack}, {@code lines}, {@code grid}, {@code heat}, {@code sankey} or {@code table}
 * @param compared whether the same time before stands beside
 */
record Question(
        List<Dimension> by,
        List<Filter> where,
        Measure measure,
        String direction,
        String view,
        Span span,
        int top,
        String orderBy,
        Counting counting,
        boolean compared) {
    static final int BY_MAX = 4;
    static final int TOP_MAX = 100;
    static final List<String> ORDERS = List.of("p95", "mean", "max", "last", "octets");
    static final List<String> VIEWS = List.of("stack", "lines", "grid", "heat", "sankey", "table");
    static final int ROWS_MAX = 1_000;
    private static final int DAY_SECONDS = 86_400;
    static final List<String> DIRECTIONS = List.of("both", "in", "out");
    static final String FROM_DEFAULT = "now-24h";
    /** The chart is some 750 pixels wide; five pixels a point are as many as the eye tells apart. */
    private static final int POINTS_MAX = 150;

    private static final int[] STEPS = {300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400, 604_800};

    /** The dimensions that can be chosen: direction has its own control. */
    static List<Dimension> choices() {
        return Arrays.stream(Dimension.values())
                .filter(d -> d != Dimension.DIRECTION)
                .toList();
    }

    static Question read(Visit visit) {
        List<Dimension> by = new ArrayList<>();
        for (String word : visit.ask().get("by").orElse("member").split(",")) {
            if (!word.isBlank() && !word.equals("none")) {
                by.add(dimension(visit, word.strip()));
            }
        }
        by = by.stream()
                .filter(d -> d != Dimension.DIRECTION)
                .distinct()
                .limit(BY_MAX)
                .toList();
        List<Filter> where = new ArrayList<>();
        if (WhereLanguage.parse(visit.ask().get("where").orElse("")) instanceof Parsed.Read read) {
            where.addAll(read.filters());
        }
        String direction = visit.oneOf("direction", visit.ask().get("direction").orElse("both"), DIRECTIONS);
        for (Filter filter : where) {
            if (filter.dimension() == Dimension.DIRECTION && filter.values().size() == 1) {
                boolean in = filter.values().getFirst().equals("in") != filter.negated();
                direction = in ? "in" : "out";
            }
        }
        where.removeIf(f -> f.dimension() == Dimension.DIRECTION);
        String measureKey = visit.oneOf(
                "measure",
                visit.ask().get("measure").orElse(Measure.BITS_PER_SECOND.key()),
                Arrays.stream(Measure.values()).map(Measure::key).toList());
        Measure measure = Arrays.stream(Measure.values())
                .filter(m -> m.key().equals(measureKey))
                .findFirst()
                .orElseThrow();
        return new Question(
                by,
                where,
                measure,
                direction,
                visit.oneOf("view", visit.ask().get("view").orElse("stack"), VIEWS),
                visit.span(FROM_DEFAULT),
                visit.number("top", 7, 1, TOP_MAX),
                visit.oneOf("order", visit.ask().get("order").orElse("p95"), ORDERS),
                counting(visit, by, where),
                visit.ask()
                        .get("compare")
                        .map(c -> visit.oneOf("compare", c, List.of("previous")))
                        .isPresent());
    }

    private static Counting counting(Visit visit, List<Dimension> by, List<Filter> where) {
        String asked = visit.ask().get("count").orElse("");
        if (!asked.isEmpty()) {
            visit.oneOf("count", asked, Counting.KEYS);
        }
        return Counting.of(asked, by, where, visit.topology());
    }

    static Dimension dimension(Visit visit, String word) {
        Optional<Dimension> found = WhereLanguage.dimension(word);
        if (found.isEmpty()) {
            String nearest = WhereLanguage.nearestField(word);
            String all = choices().stream().map(Dimension::key).collect(Collectors.joining(", "));
            throw new TroubleException(new Trouble(
                    400,
                    "unknown-dimension",
                    visit.say("trouble.dimension", word),
                    visit.say("trouble.value.known", all),
                    "by",
                    nearest,
                    visit.again("by", nearest)));
        }
        return found.get();
    }

    List<String> directions() {
        return direction.equals("both") ? List.of("in", "out") : List.of(direction);
    }

    /** How far back the time to compare with lies: whole days, or weeks, so that hours of the day meet. */
    long backSeconds() {
        long unit = span.seconds() <= DAY_SECONDS ? DAY_SECONDS : 7L * DAY_SECONDS;
        return (span.seconds() + unit - 1) / unit * unit;
    }

    /** All groups together, hour by hour. */
    TrafficQuery hours(String oneDirection) {
        long hour = tonle.traffic.Bins.HOUR_SECONDS;
        TrafficQuery query = query(oneDirection, 1, 0);
        return new TrafficQuery(
                List.of(),
                query.where(),
                measure,
                span.fromSeconds() / hour * hour,
                Math.max(span.toSeconds(), span.fromSeconds() / hour * hour + hour),
                (int) hour,
                1,
                orderBy);
    }

    TrafficQuery query(String oneDirection, int rows, long backSeconds) {
        List<Filter> filters = new ArrayList<>(where);
        counting.filter().ifPresent(filters::add);
        filters.add(new Filter(Dimension.DIRECTION, false, List.of(oneDirection)));
        int step = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0; i--) {
            step = span.seconds() / STEPS[i] <= POINTS_MAX ? STEPS[i] : step;
        }
        return new TrafficQuery(
                by,
                filters,
                measure,
                span.fromSeconds() - backSeconds,
                span.toSeconds() - backSeconds,
                step,
                by.isEmpty() ? 1 : rows,
                orderBy);
    }

    Kind kind() {
        return switch (measure) {
            case BITS_PER_SECOND -> Kind.BITS_PER_SECOND;
            case PACKETS_PER_SECOND -> Kind.PACKETS_PER_SECOND;
            case OCTETS -> Kind.OCTETS;
            case PERCENT_OF_LINK -> Kind.SHARE;
        };
    }

    /** From the store's unit to the one shown: shares of a link come in percent. */
    double shown(double value) {
        return measure == Measure.PERCENT_OF_LINK ? value / 100 : value;
    }

    double[] shown(double[] series) {
        return Arrays.stream(series).map(this::shown).toArray();
    }

    /** The end of field names that hold the measure: {@code meanBitsPerSecond}. */
    String unitName() {
        return switch (measure) {
            case BITS_PER_SECOND -> "BitsPerSecond";
            case PACKETS_PER_SECOND -> "PacketsPerSecond";
            case OCTETS -> "Octets";
            case PERCENT_OF_LINK -> "ShareOfLink";
        };
    }

    String byText() {
        return by.isEmpty() ? "none" : by.stream().map(Dimension::key).collect(Collectors.joining(","));
    }

    /** The whole question in words. */
    String words(Visit visit) {
        String groups = by.isEmpty()
                ? ""
                : visit.say(
                        "traffic.by",
                        by.stream()
                                .map(d -> visit.say("dimension." + d.key()))
                                .collect(Collectors.joining(visit.say("traffic.then"))));
        String filter = where.isEmpty() ? "" : visit.say("traffic.where", WhereLanguage.text(where));
        String range = span.fromText().equals(FROM_DEFAULT) && span.toText().equals("now")
                ? visit.say("traffic.lastday")
                : visit.say(
                        "traffic.range", visit.timeInWords(span.fromSeconds()), visit.timeInWords(span.toSeconds()));
        return visit.say(
                "traffic.sentence",
                visit.say("measure." + measure.key()),
                visit.say("direction." + direction),
                groups,
                filter,
                range,
                visit.say("count." + counting.key()));
    }

    /** The address of this question with other values for some parameters. */
    static String with(Visit visit, Map<String, String> changes) {
        return visit.ask().with(Ask.Format.HTML, changes);
    }
}
