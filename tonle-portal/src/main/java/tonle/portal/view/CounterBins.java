// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tonle.traffic.Bins;
import tonle.traffic.Direction;
import tonle.traffic.store.InterfaceRow;

/** Interface rows folded to one for each bin, port and direction: a bin may come in several rows that add up. */
final class CounterBins {
    /** The key of a fold. */
    record Key(long binSeconds, String exporter, long interfaceIndex, Direction direction) {}

    /** What one bin adds up to; {@code counterOctets} counts only where a counter was read at all. */
    record Sum(Key key, long flowOctets, long counterOctets, int counterSeconds) {
        boolean whole() {
            return counterSeconds >= Bins.SECONDS;
        }

        Sum plus(Sum other) {
            return new Sum(
                    key,
                    flowOctets + other.flowOctets,
                    counterOctets + other.counterOctets,
                    counterSeconds + other.counterSeconds);
        }
    }

    private CounterBins() {}

    static Collection<Sum> of(List<InterfaceRow> rows) {
        Map<Key, Sum> sums = new LinkedHashMap<>();
        for (InterfaceRow row : rows) {
            Key key = new Key(row.binSeconds(), row.exporter(), row.interfaceIndex(), row.direction());
            boolean read = row.counterOctets() >= 0;
            Sum sum = new Sum(key, row.flowOctets(), read ? row.counterOctets() : 0, read ? row.counterSeconds() : 0);
            sums.merge(key, sum, Sum::plus);
        }
        return sums.values();
    }
}
