// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.traffic.exporter.Source;
import tonle.traffic.store.ExporterRow;

/** What each exporter sent and lost in a bin of arrival: the differences of its running counts at the bin's edges. */
final class ExporterBook {
    private static final int FIGURES = 10;

    /** Running counts of a device at the last edge. */
    private final Map<Source, long[]> before = new HashMap<>();

    /** The rows of the bin that is over; devices that nobody took in have none. */
    List<ExporterRow> takeRows(long binSeconds, Collection<Source> sources) {
        List<ExporterRow> rows = new ArrayList<>();
        before.keySet().retainAll(sources);
        for (Source source : sources) {
            long[] now = figures(source);
            long[] then = before.put(source, now);
            long[] d = now.clone();
            long sum = 0;
            for (int i = 0; i < FIGURES; i++) {
                // A late datagram may take back a loss that an earlier row has told.
                d[i] = Math.max(0, now[i] - (then == null ? 0 : then[i]));
                sum += d[i];
            }
            if (sum > 0 && !source.id().isEmpty()) {
                rows.add(new ExporterRow(
                        binSeconds, source.id(), d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8], d[9]));
            }
        }
        return rows;
    }

    private static long[] figures(Source s) {
        return new long[] {
            s.datagrams(),
            s.records(),
            s.samples(),
            s.lost(),
            s.malformed(),
            s.waitingDropped(),
            s.refusedRecords(),
            s.unscaledRecords(),
            s.decodedOctets(),
            s.bookedOctets()
        };
    }
}
