// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tonle.base.DeviceAddress;

/**
 * Datagrams that found a queue full, by the exporter that sent them. Every exporter that was taken in has its row; of
 * other addresses, which can be forged, {@link #STRANGERS_MAX} have one and the rest is counted together. Thread-safe;
 * asked only when something is dropped.
 */
public final class Drops {
    static final int STRANGERS_MAX = 4_096;

    private record Source(int ipVersion, long high, long low) {
        static Source of(DeviceAddress address) {
            return new Source(address.ipVersion(), address.high(), address.low());
        }
    }

    private final Map<Source, Long> exporters = new HashMap<>();
    private final Map<Source, Long> strangers = new HashMap<>();
    private long total;

    /** The addresses of the exporters that are taken in now; what was counted of an address stays its own. */
    public synchronized void use(Collection<DeviceAddress> known) {
        Set<Source> now = new HashSet<>();
        known.forEach(address -> now.add(Source.of(address)));
        exporters.entrySet().removeIf(row -> {
            boolean gone = !now.contains(row.getKey());
            if (gone && row.getValue() > 0 && strangers.size() < STRANGERS_MAX) {
                strangers.put(row.getKey(), row.getValue());
            }
            return gone;
        });
        for (Source source : now) {
            Long before = strangers.remove(source);
            exporters.merge(source, before == null ? 0 : before, Long::sum);
        }
    }

    synchronized void count(int ipVersion, long high, long low) {
        total++;
        Source source = new Source(ipVersion, high, low);
        if (exporters.computeIfPresent(source, (_, count) -> count + 1) != null) {
            return;
        }
        if (strangers.size() < STRANGERS_MAX || strangers.containsKey(source)) {
            strangers.merge(source, 1L, Long::sum);
        }
    }

    public synchronized long total() {
        return total;
    }

    public synchronized long of(DeviceAddress address) {
        Source source = Source.of(address);
        Long count = exporters.get(source);
        return count != null ? count : strangers.getOrDefault(source, 0L);
    }
}
