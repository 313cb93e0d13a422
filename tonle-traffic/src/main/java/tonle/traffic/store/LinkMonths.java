// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tonle.base.Percentile;
import tonle.traffic.Bins;
import tonle.traffic.Direction;

/**
 * Samples and 95th percentiles of links, and what they carry now. For each link and direction one source gives all
 * samples of a period, never two mixed: interface counters of the metered ports where they cover at least 95 % of the
 * period's elapsed bins, flow records otherwise, which is an estimate and said so. Elapsed are the bins up to the newest
 * that the store holds. A bin in which nothing came of the link is a gap, no sample; one in which only the other direction
 * was seen is a sample of zero.
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

    List<LinkMonth> months(long fromSeconds, long toSeconds) throws SQLException {
        long from = Bins.startSeconds(fromSeconds);
        int keptMax = Percentile.discardedCount(binCount(from, toSeconds)) + 1;
        String source = LinkBins.source(connection, from, toSeconds, "true");
        long elapsed = elapsed(from, toSeconds);
        String sql = "WITH cover AS (SELECT link_id, " + suffices("in", elapsed) + " AS in_counters, "
                + suffices("out", elapsed) + " AS out_counters FROM " + source + " s GROUP BY link_id), "
                + "samples AS (SELECT s.link_id, start_seconds, in_counters, out_counters, " + sample("in")
                + " AS in_bps, " + sample("out") + " AS out_bps FROM " + source + " s JOIN cover USING (link_id)), "
                + "kept AS (SELECT link_id, any_value(in_counters) AS in_counters, "
                + "any_value(out_counters) AS out_counters, count(in_bps) AS in_count, count(out_bps) AS out_count, "
                + kept("in", keptMax) + " AS in_kept, " + kept("out", keptMax)
                + " AS out_kept FROM samples GROUP BY link_id) "
                + "SELECT link_id, " + pick("in") + ", " + pick("out") + " FROM kept";
        List<LinkMonth> months = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String link = names.text(rows.getInt(1));
                months.add(withoutSamples(link, Direction.IN, rows, 2));
                months.add(withoutSamples(link, Direction.OUT, rows, 6));
            }
        }
        months.sort(Comparator.comparing(LinkMonth::link).thenComparing(LinkMonth::direction));
        return months;
    }

    private static LinkMonth withoutSamples(String link, Direction direction, ResultSet rows, int column)
            throws SQLException {
        int samples = rows.getInt(column + 1);
        double percentile = rows.getDouble(column + 2);
        return new LinkMonth(
                link,
                direction,
                new long[0],
                new double[0],
                rows.getBoolean(column),
                samples,
                Percentile.discardedCount(samples),
                samples == 0 ? Double.NaN : percentile,
                samples == 0 ? 0 : -rows.getLong(column + 3));
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

    /** Source, count, and the sample that remains: lists count from 1. */
    private static String pick(String side) {
        String element = "S_kept[(S_count * 5 // 100) + 1]";
        return ("S_counters, S_count, " + element + ".bps, " + element + ".bin").replace("S_", side + "_");
    }

    private static String suffices(String side, long elapsedBins) {
        return "count(*) FILTER (WHERE " + LinkBins.covered(side) + ") * 100 >= " + Math.max(1, elapsedBins * 95);
    }

    private static boolean suffices(int coveredBins, long elapsedBins) {
        return coveredBins > 0 && coveredBins * 100L >= elapsedBins * 95;
    }

    private static String sample(String side) {
        return "CASE WHEN " + side + "_counters THEN CASE WHEN " + LinkBins.covered(side) + " THEN "
                + LinkBins.counterRate(side) + " END ELSE " + LinkBins.flowRate(side) + " END";
    }

    private static String kept(String side, int keptMax) {
        return "max({'bps': S_bps, 'bin': -start_seconds}, N) FILTER (WHERE S_bps IS NOT NULL)"
                .replace("S_", side + "_")
                .replace("N)", keptMax + ")");
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
