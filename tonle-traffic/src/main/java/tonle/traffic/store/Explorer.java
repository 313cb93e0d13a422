// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Answers one {@link TrafficQuery} inside one snapshot, in three questions to the database: which groups are the
 * largest, in which samples anything came at all, and what each of those groups and the rest add up to sample by
 * sample. All statistics follow from the third, in Java, by the same {@link tonle.base.Percentile} as everywhere.
 */
final class Explorer {
    private final Connection connection;
    private final Keys keys;
    private final String countries;
    private final TrafficQuery query;
    private final Progress progress;
    private final SampleGrid grid;
    private final List<Dimension> presenceBy;

    /** @param countries the table of countries, empty where the question needs none */
    Explorer(Connection connection, Keys keys, String countries, TrafficQuery query) throws SQLException {
        this.connection = connection;
        this.keys = keys;
        this.countries = countries;
        this.query = query;
        this.progress = Progress.read(connection);
        this.grid = SampleGrid.of(query, progress);
        this.presenceBy = query.by().stream().filter(Keys::ofPresence).toList();
    }

    static boolean needsCountries(TrafficQuery query) {
        return dimensions(query.by(), query.where()).contains(Dimension.COUNTRY);
    }

    /** Refuses what is out of bounds; the message is for whoever asked. */
    static void check(TrafficQuery query) {
        must(
                query.by().size() <= 4
                        && query.by().stream().distinct().count() == query.by().size(),
                "group by at most four dimensions, each once");
        must(query.fromSeconds() >= 0 && query.toSeconds() > query.fromSeconds(), "the range must end after it begins");
        must(query.toSeconds() - query.fromSeconds() <= 20L * 366 * 86_400, "a range is at most twenty years");
        must(query.stepSeconds() >= 0 && query.stepSeconds() % 300 == 0, "a step is a multiple of 300 seconds");
        must(query.top() >= 1 && query.top() <= 1_000, "top is within 1 and 1,000");
        must(
                List.of("mean", "p95", "max", "last", "octets").contains(query.orderBy()),
                "order by mean, p95, max, last or octets");
        long points = query.stepSeconds() == 0 ? 0 : (query.toSeconds() - query.fromSeconds()) / query.stepSeconds();
        must(points <= 20_000, "a series has at most 20,000 points: choose a wider step");
    }

    private static void must(boolean condition, String words) {
        if (!condition) {
            throw new IllegalArgumentException(words);
        }
    }

    TrafficAnswer answer(long newestBinSeconds) throws SQLException {
        BitSet present = presence();
        List<long[]> ranked = new ArrayList<>();
        int groupCount = rank(present, ranked);
        Map<List<Long>, BitSet> presentByKey = presenceByKey(ranked);
        GroupSums[] sums = cells(ranked);
        List<TrafficAnswer.Row> rows = new ArrayList<>();
        GroupSums total = new GroupSums(grid);
        for (int i = 0; i < ranked.size(); i++) {
            long[] key = ranked.get(i);
            BitSet own = presenceBy.isEmpty() ? present : presentByKey.getOrDefault(presenceKey(key), new BitSet());
            rows.add(sums[i].row(texts(key), own, query.measure(), capacity(key)));
            total.add(sums[i]);
        }
        rows.sort(Comparator.comparingDouble(order()).reversed());
        if (groupCount > ranked.size()) {
            List<String> others = Collections.nCopies(query.by().size(), TrafficAnswer.OTHER_GROUPS);
            GroupSums rest = sums[ranked.size()];
            rows.add(rest.row(others, present, query.measure(), capacity(new long[0])));
            total.add(rest);
        }
        TrafficAnswer.Row all = total.row(List.of(), present, query.measure(), capacity(new long[0]));
        return new TrafficAnswer(
                grid.stepSeconds(), grid.points(), rows, all, groupCount, newestBinSeconds, grid.grain().seconds);
    }

    private ToDoubleFunction<TrafficAnswer.Row> order() {
        ToDoubleFunction<TrafficAnswer.Row> figure = switch (query.orderBy()) {
            case "p95" -> TrafficAnswer.Row::p95;
            case "max" -> TrafficAnswer.Row::max;
            case "last" -> TrafficAnswer.Row::last;
            case "mean" -> TrafficAnswer.Row::mean;
            default -> TrafficAnswer.Row::octets;
        };
        // NaN sorts above every number; a row that is all gap belongs at the end.
        return row -> Double.isNaN(figure.applyAsDouble(row)) ? -1 : figure.applyAsDouble(row);
    }

    private List<String> texts(long[] key) {
        return IntStream.range(0, key.length)
                .mapToObj(i -> keys.text(query.by().get(i), key[i]))
                .toList();
    }

    /** Each direction that a row adds up has the whole capacity for itself. */
    private double capacity(long[] key) {
        if (query.measure() != Measure.PERCENT_OF_LINK) {
            return 0;
        }
        boolean oneDirection = key.length > 0 && query.by().contains(Dimension.DIRECTION)
                || query.where().stream()
                        .anyMatch(filter -> filter.dimension() == Dimension.DIRECTION
                                && filter.values().stream().distinct().count() == 1);
        List<Filter> ofLinks = where(Keys::ofLink);
        return keys.capacityBitsPerSecond(ofLinks, query.by(), key) * (oneDirection ? 1 : 2);
    }

    private List<Filter> where(Predicate<Dimension> which) {
        return query.where().stream().filter(f -> which.test(f.dimension())).toList();
    }

    private static List<Dimension> dimensions(List<Dimension> by, List<Filter> where) {
        List<Dimension> all = new ArrayList<>(by);
        where.forEach(filter -> all.add(filter.dimension()));
        return all;
    }

    /** Volumes of the range that meet the conditions, with the question's keys as k0, k1 … */
    private String keyed(String columns) {
        StringBuilder sql = new StringBuilder("(SELECT ");
        for (int i = 0; i < query.by().size(); i++) {
            sql.append(Keys.expression(query.by().get(i)))
                    .append(" AS k")
                    .append(i)
                    .append(", ");
        }
        return sql.append(columns)
                .append(" FROM ")
                .append(grid.grain().source(progress, grid.from(), grid.to()))
                .append(" v")
                .append(keys.joins(dimensions(query.by(), query.where()), countries))
                .append(" WHERE ")
                .append(keys.where(query.where()))
                .append(')')
                .toString();
    }

    private String keyList() {
        return IntStream.range(0, query.by().size()).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
    }

    /** Fills {@code ranked} with the keys of the largest groups and says how many groups there are. */
    private int rank(BitSet present, List<long[]> ranked) throws SQLException {
        if (query.by().isEmpty()) {
            ranked.add(new long[0]);
            return 1;
        }
        Ranking ranking = new Ranking(connection, query, keyList(), weight());
        String source = keyed("v.start_seconds, v.octets, v.packets");
        long last = grid.from() + (long) Math.max(0, present.length() - 1) * grid.grain().seconds;
        return ranking.rank(source, present.cardinality(), last, ranked);
    }

    /** A share of capacity is ordered by that share: each link's volume counts by its own capacity. */
    private String weight() {
        int link = query.by().indexOf(Dimension.LINK);
        if (query.measure() != Measure.PERCENT_OF_LINK
                || link < 0
                || query.orderBy().equals("octets")) {
            return "1";
        }
        return "CASE k" + link + keys.inverseCapacities() + " ELSE 0 END";
    }

    private BitSet presence() throws SQLException {
        BitSet present = new BitSet();
        List<Filter> filters = where(Keys::ofPresence);
        String sql = "SELECT DISTINCT v.start_seconds FROM " + presenceSource() + " v"
                + keys.joins(dimensions(List.of(), filters), countries) + " WHERE " + keys.where(filters);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                present.set(grid.sampleOf(rows.getLong(1)));
            }
        }
        return present;
    }

    private Map<List<Long>, BitSet> presenceByKey(List<long[]> ranked) throws SQLException {
        Map<List<Long>, BitSet> present = new HashMap<>();
        if (presenceBy.isEmpty() || ranked.isEmpty()) {
            return present;
        }
        ranked.forEach(key -> present.put(presenceKey(key), new BitSet()));
        List<Filter> filters = where(Keys::ofPresence);
        String expressions = presenceBy.stream().map(Keys::expression).collect(Collectors.joining(", "));
        String wanted = present.keySet().stream()
                .map(key -> key.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
        String sql = "SELECT DISTINCT v.start_seconds, " + expressions + " FROM " + presenceSource() + " v"
                + keys.joins(dimensions(presenceBy, filters), countries) + " WHERE " + keys.where(filters) + " AND ("
                + expressions + ") IN (" + wanted + ")";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<Long> key = new ArrayList<>();
                for (int i = 0; i < presenceBy.size(); i++) {
                    key.add(rows.getLong(i + 2));
                }
                present.get(key).set(grid.sampleOf(rows.getLong(1)));
            }
        }
        return present;
    }

    private List<Long> presenceKey(long[] key) {
        return IntStream.range(0, key.length)
                .filter(i -> Keys.ofPresence(query.by().get(i)))
                .mapToObj(i -> key[i])
                .toList();
    }

    /** Links have rows of their own for as long as hours are kept; by the day the volumes themselves tell. */
    private String presenceSource() {
        return switch (grid.grain()) {
            case DAY -> grid.grain().source(progress, grid.from(), grid.to());
            case BIN, HOUR -> {
                String rows = "SELECT start_seconds - start_seconds % " + grid.grain().seconds
                        + " AS start_seconds, link_id FROM T WHERE start_seconds >= " + grid.from()
                        + " AND start_seconds < " + grid.to();
                yield "(" + rows.replace(" T ", " link_bins ") + " UNION ALL " + rows.replace(" T ", " link_bin_parts ")
                        + ")";
            }
        };
    }

    /** The sums of each ranked group, and last those of all others. */
    private GroupSums[] cells(List<long[]> ranked) throws SQLException {
        GroupSums[] sums = new GroupSums[ranked.size() + 1];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = new GroupSums(grid);
        }
        String sql = "SELECT " + (query.by().isEmpty() ? "0" : "coalesce(r, " + ranked.size() + ")")
                + " AS place, start_seconds, sum(octets)::BIGINT, sum(packets)::BIGINT, sum(flows)::BIGINT,"
                + " sum(octets_variance), sum(unscaled_octets)::BIGINT,"
                + " coalesce(sum(octets) FILTER (WHERE kind = " + Codes.of(RowKind.BACKFILL) + "), 0)::BIGINT FROM "
                + keyed("v.start_seconds, v.kind, v.octets, v.packets, v.flows, v.octets_variance, v.unscaled_octets")
                + rankedTable(ranked) + " GROUP BY place, start_seconds";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                GroupSums group = sums[rows.getInt(1)];
                group.add(grid.sampleOf(rows.getLong(2)), rows.getLong(3), rows.getLong(4));
                group.addRest(rows.getLong(5), rows.getDouble(6), rows.getLong(7), rows.getLong(8));
            }
        }
        return sums;
    }

    private String rankedTable(List<long[]> ranked) {
        if (query.by().isEmpty() || ranked.isEmpty()) {
            return query.by().isEmpty() ? " g" : " g LEFT JOIN (SELECT NULL::INTEGER AS r) t ON false";
        }
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < ranked.size(); i++) {
            String key = LongStream.of(ranked.get(i)).mapToObj(Long::toString).collect(Collectors.joining(", "));
            values.append(i == 0 ? "(" : ", (")
                    .append(key)
                    .append(", ")
                    .append(i)
                    .append(')');
        }
        String on = IntStream.range(0, query.by().size())
                .mapToObj(i -> "t.t" + i + " = g.k" + i)
                .collect(Collectors.joining(" AND "));
        String columns =
                IntStream.range(0, query.by().size()).mapToObj(i -> "t" + i).collect(Collectors.joining(", "));
        return " g LEFT JOIN (VALUES " + values + ") t(" + columns + ", r) ON " + on;
    }
}
