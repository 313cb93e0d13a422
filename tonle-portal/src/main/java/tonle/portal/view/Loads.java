// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tonle.portal.table.Cell;
import tonle.portal.table.Tone;
import tonle.traffic.Bins;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Filter;
import tonle.traffic.store.LinkRate;
import tonle.traffic.store.Measure;
import tonle.traffic.store.TrafficAnswer;
import tonle.traffic.store.TrafficQuery;
import tonle.traffic.topology.Link;

/**
 * What a link carries now beside what it could.
 *
 * @param inLoad share of the capacity, NaN without fresh data
 * @param binSeconds the bin the figures come from, 0 for none at all
 */
record Loads(
        Link link, double inBitsPerSecond, double outBitsPerSecond, double inLoad, double outLoad, long binSeconds) {
    static final double HIGH = 0.90;
    static final double RAISED = 0.75;
    /** Two bins and the time to write them: older figures are not "now". */
    static final long FRESH_SECONDS = 3L * Bins.SECONDS;

    static List<Loads> now(Visit visit) {
        Map<String, LinkRate> rates = new HashMap<>();
        visit.asked(() -> visit.store().rates(visit.wholeUntilSeconds())).forEach(r -> rates.put(r.link(), r));
        List<Loads> all = new ArrayList<>();
        for (Link link : visit.topology().links()) {
            LinkRate rate = rates.get(link.id());
            boolean fresh = rate != null && visit.nowSeconds() - rate.binSeconds() <= FRESH_SECONDS;
            double in = fresh ? rate.inBitsPerSecond() : Double.NaN;
            double out = fresh ? rate.outBitsPerSecond() : Double.NaN;
            double capacity = link.capacityBitsPerSecond();
            all.add(new Loads(link, in, out, in / capacity, out / capacity, rate == null ? 0 : rate.binSeconds()));
        }
        return all;
    }

    double worst() {
        return Double.isNaN(inLoad) ? outLoad : Double.isNaN(outLoad) ? inLoad : Math.max(inLoad, outLoad);
    }

    boolean known() {
        return !Double.isNaN(worst());
    }

    static Tone tone(double load) {
        return load >= HIGH ? Tone.BAD : load >= RAISED ? Tone.CAUTION : Tone.PLAIN;
    }

    /** The state in words, for the last column. */
    Cell state(Visit visit) {
        if (!known()) {
            String words =
                    binSeconds == 0 ? visit.say("state.nodata") : visit.say("state.silent", visit.time(binSeconds));
            return new Cell("no-data", words, "", Tone.CAUTION);
        }
        double worst = worst();
        String key = worst >= HIGH ? "high" : worst >= RAISED ? "raised" : "normal";
        return new Cell(key, visit.say("state." + key), "", tone(worst));
    }

    /** Half-hour means of the last day of some links in a direction, for the small lines in tables. */
    static Map<String, List<Long>> day(Visit visit, String direction, Set<String> links) {
        long to = visit.wholeUntilSeconds();
        TrafficAnswer answer = visit.asked(() -> visit.store()
                .answer(new TrafficQuery(
                        List.of(Dimension.LINK),
                        List.of(new Filter(Dimension.DIRECTION, false, List.of(direction))),
                        Measure.BITS_PER_SECOND,
                        to - 86_400,
                        to,
                        1_800,
                        1_000,
                        "octets")));
        Map<String, List<Long>> runs = new HashMap<>();
        for (TrafficAnswer.Row row : answer.rows()) {
            if (!links.contains(row.keys().getFirst())) {
                continue;
            }
            List<Long> run = new ArrayList<>();
            for (double value : row.series()) {
                run.add(Double.isNaN(value) ? 0 : Math.round(value));
            }
            runs.put(row.keys().getFirst(), run);
        }
        return runs;
    }
}
