// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tonle.base.Percentile;
import tonle.traffic.Bins;
import tonle.traffic.Direction;

/**
 * Samples and 95th percentiles of links, and what they carry now. For each link and direction one source gives all
 * samples of a period, never two mixed: interface counters of the metered ports where they cover at least 95 % of the
 * period's elapsed bins, flow records otherwise, which is an estimate and said so. Elapsed are the bins up to the
 * newest that the store holds. A bin in which nothing came of the link is a gap, no sample; one in which only the other
 * direction was seen is a sample of zero.
 */
final class LinkMonths {
    private static final long PERIOD_SECONDS_MAX = 366L * Bins.DAY_SECONDS;
    /** How far back {@code rates} looks for a link's last word. */
    private static final long RATE_SECONDS_MAX = 3_600;

    private final Connection connection;
    private final Names names;
    private final long newestBinSeconds;

    LinkMonths(Connection connection, Names names, long newestBinSeconds) {
        this.connection = connection;
        this.names = names;
        this.newestBinSeconds = newestBinSeconds;
    }

    LinkMonth month(String link, Direction direction, long fromSeconds, long toSeconds) throws SQLException {
        long from = Bins.startSeconds(fromSeconds);
        int bins = binCount(from, toSeconds);
        double[] counters = gaps(bins);
        double[] flows = gaps(bins);
        int covered = 0;
        String side = direction.key();
        String source = LinkBins.source(connection, from, toSeconds, "link_id = " + names.id(link));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT start_seconds, " + LinkBins.covered(side) + ", "
                        + LinkBins.counterRate(side) + ", " + LinkBins.flowRate(side) + " FROM " + source + " s")) {
            while (rows.next()) {
                int index = (int) ((rows.getLong(1) - from) / Bins.SECONDS);
                if (rows.getBoolean(2)) {
                    counters[index] = rows.getDouble(3);
                    covered++;
                }
                flows[index] = rows.getDouble(4);
            }
        }
        boolean fromCounters = suffices(covered, elapsed(from, toSeconds));
        long[] binSeconds = IntStream.range(0, bins)
                .mapToLong(i -> from + (long) i * Bins.SECONDS)
                .toArray();
        return linkMonth(link, direction, binSeconds, fromCounters ? counters : flows, fromCounters);
    }

    private static LinkMonth linkMonth(
            String link, Direction direction, long[] binSeconds, double[] samples, boolean fromCounters) {
        Percentile percentile = Percentile.of(samples);
        return new LinkMonth(
                link,
                direction,
                binSeconds,
                samples,
                fromCounters,
                percentile.sampleCount(),
                percentile.discardedCount(),
                percentile.value(),
                percentileBin(binSeconds, samples, percentile));
    }

    /** Among equal samples the earlier are discarded first; so the bin is as certain as the value. */
    private static long percentileBin(long[] binSeconds, double[] samples, Percentile percentile) {
        int higher = 0;
        for (double sample : samples) {
            higher += sample > percentile.value() ? 1 : 0;
        }
        int equalsToSkip = percentile.discardedCount() - higher;
        for (int i = 0; i < samples.length; i++) {
            if (samples[i] == percentile.value() && equalsToSkip-- == 0) {
                return binSeconds[i];
            }
        }
        return 0;
    }

    /**
     * Three passes: which links their counters cover, the highest samples of each, and the bins of those that remain.
     */
    List<LinkMonth> months(long fromSeconds, long toSeconds) throws SQLException {
        long from = Bins.startSeconds(fromSeconds);
        int keptMax = Percentile.discardedCount(binCount(from, toSeconds)) + 1;
        String source = LinkBins.source(connection, from, toSeconds, "true");
        long elapsed = elapsed(from, toSeconds);
        Set<Integer> inFromFlows = new HashSet<>();
        Set<Integer> outFromFlows = new HashSet<>();
        cover(source, elapsed, inFromFlows, outFromFlows);
        String samples = "(SELECT link_id, start_seconds, " + sample("in", inFromFlows) + " AS in_bps, "
                + sample("out", outFromFlows) + " AS out_bps FROM " + source + " b)";
        List<LinkMonth> months = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE remaining AS SELECT link_id, " + pick("in") + ", "
                    + pick("out") + " FROM (SELECT link_id, " + kept("in", keptMax) + ", " + kept("out", keptMax)
                    + " FROM " + samples + " s GROUP BY link_id)");
            Map<Integer, PercentileBins> bins = percentileBins(statement, samples);
            try (ResultSet rows = statement.executeQuery(
                    "SELECT link_id, in_count, in_value, out_count, out_value" + " FROM remaining")) {
                while (rows.next()) {
                    int id = rows.getInt(1);
                    PercentileBins at = bins.getOrDefault(id, new PercentileBins());
                    months.add(withoutSamples(id, Direction.IN, !inFromFlows.contains(id), rows, 2, at.in));
                    months.add(withoutSamples(id, Direction.OUT, !outFromFlows.contains(id), rows, 4, at.out));
                }
            }
        }
        months.sort(Comparator.comparing(LinkMonth::link).thenComparing(LinkMonth::direction));
        return months;
    }

    /** Where each direction's percentile lies; the earlier of equal samples are discarded first. */
    private static final class PercentileBins {
        private long in;
        private long out;
    }

    private void cover(String source, long elapsed, Set<Integer> inFromFlows, Set<Integer> outFromFlows)
            throws SQLException {
        String sql = "SELECT link_id, count(*) FILTER (WHERE " + LinkBins.covered("in") + "), count(*) FILTER (WHERE "
                + LinkBins.covered("out") + ") FROM " + source + " s GROUP BY link_id";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                if (!suffices(rows.getInt(2), elapsed)) {
                    inFromFlows.add(rows.getInt(1));
                }
                if (!suffices(rows.getInt(3), elapsed)) {
                    outFromFlows.add(rows.getInt(1));
                }
            }
        }
    }

    private static Map<Integer, PercentileBins> percentileBins(Statement statement, String samples)
            throws SQLException {
        Map<Integer, PercentileBins> found = new HashMap<>();
        String rank = "row_number() OVER (PARTITION BY link_id, S_bps = S_value ORDER BY start_seconds)";
        String sql = "SELECT link_id, max(start_seconds) FILTER (WHERE in_is AND in_at = in_skip + 1),"
                + " max(start_seconds) FILTER (WHERE out_is AND out_at = out_skip + 1) FROM (SELECT *, "
                + "in_bps IS NOT DISTINCT FROM in_value AS in_is, out_bps IS NOT DISTINCT FROM out_value AS out_is, "
                + rank.replace("S_", "in_") + " AS in_at, " + rank.replace("S_", "out_") + " AS out_at FROM " + samples
                + " s JOIN remaining r USING (link_id) WHERE in_bps = in_value OR out_bps = out_value) GROUP BY link_id";
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                PercentileBins bins = new PercentileBins();
                bins.in = rows.getLong(2);
                bins.out = rows.getLong(3);
                found.put(rows.getInt(1), bins);
            }
        }
        return found;
    }

    private LinkMonth withoutSamples(
            int link, Direction direction, boolean fromCounters, ResultSet rows, int column, long percentileBin)
            throws SQLException {
        int samples = rows.getInt(column);
        return new LinkMonth(
                names.text(link),
                direction,
                new long[0],
                new double[0],
                fromCounters,
                samples,
                Percentile.discardedCount(samples),
                samples == 0 ? Double.NaN : rows.getDouble(column + 1),
                percentileBin);
    }

    List<LinkRate> rates(long nowSeconds) throws SQLException {
        long closed = Bins.startSeconds(nowSeconds) - Bins.SECONDS;
        String source = LinkBins.source(connection, closed - RATE_SECONDS_MAX + Bins.SECONDS, closed + 1, "true");
        String sql = "SELECT link_id, start_seconds, " + LinkBins.covered("in") + " AND " + LinkBins.covered("out")
                + ", " + LinkBins.counterRate("in") + ", " + LinkBins.counterRate("out") + ", "
                + LinkBins.flowRate("in")
                + ", " + LinkBins.flowRate("out") + " FROM " + source
                + " s QUALIFY row_number() OVER (PARTITION BY link_id ORDER BY start_seconds DESC) = 1";
        List<LinkRate> rates = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                boolean counters = rows.getBoolean(3);
                rates.add(new LinkRate(
                        names.text(rows.getInt(1)),
                        rows.getLong(2),
                        rows.getDouble(counters ? 4 : 6),
                        rows.getDouble(counters ? 5 : 7),
                        counters));
            }
        }
        rates.sort(Comparator.comparing(LinkRate::link));
        return rates;
    }

    private static boolean suffices(int coveredBins, long elapsedBins) {
        return coveredBins > 0 && coveredBins * 100L >= elapsedBins * 95;
    }

    private static String sample(String side, Set<Integer> fromFlows) {
        String counters = "CASE WHEN " + LinkBins.covered(side) + " THEN " + LinkBins.counterRate(side) + " END";
        if (fromFlows.isEmpty()) {
            return counters;
        }
        String ids = fromFlows.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "CASE WHEN link_id IN (" + ids + ") THEN " + LinkBins.flowRate(side) + " ELSE " + counters + " END";
    }

    private static String kept(String side, int keptMax) {
        return "count(S_bps) AS S_count, max(S_bps, N) AS S_kept"
                .replace("S_", side + "_")
                .replace("N)", keptMax + ")");
    }

    /** The sample that remains (lists count from 1), and how many equal to it are discarded before it. */
    private static String pick(String side) {
        String value = "S_kept[S_count * 5 // 100 + 1]";
        return ("S_count, V AS S_value, S_count * 5 // 100 - len(list_filter(S_kept, lambda x: x > V)) AS S_skip")
                .replace("V", value)
                .replace("S_", side + "_");
    }

    private int binCount(long from, long toSeconds) {
        if (toSeconds <= from || toSeconds - from > PERIOD_SECONDS_MAX) {
            throw new IllegalArgumentException("a period of samples is above 0 and at most 366 days");
        }
        return (int) ((toSeconds - from + Bins.SECONDS - 1) / Bins.SECONDS);
    }

    private long elapsed(long from, long toSeconds) {
        long to = Math.min(toSeconds, newestBinSeconds + Bins.SECONDS);
        return Math.max(0, (to - from + Bins.SECONDS - 1) / Bins.SECONDS);
    }

    private static double[] gaps(int bins) {
        double[] samples = new double[bins];
        Arrays.fill(samples, Double.NaN);
        return samples;
    }
}
