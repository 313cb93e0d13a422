// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.util.HashMap;
import java.util.Map;
import tonle.base.DeviceAddress;

/**
 * Datagrams that found a queue full, by the exporter that sent them. The table is bounded: beyond {@link
 * #ADDRESSES_MAX} addresses the rest is counted together. Thread-safe; asked only when something is dropped.
 */
public final class Drops {
    static final int ADDRESSES_MAX = 4_096;

    private record Source(int ipVersion, long high, long low) {}

    private final Map<Source, Long> byAddress = new HashMap<>();
    private long total;

    synchronized void count(int ipVersion, long high, long low) {
        total++;
        Source source = new Source(ipVersion, high, low);
        if (byAddress.size() < ADDRESSES_MAX || byAddress.containsKey(source)) {
            byAddress.merge(source, 1L, Long::sum);
        }
    }

    public synchronized long total() {
        return total;
    }

    public synchronized long of(DeviceAddress address) {
        return byAddress.getOrDefault(new Source(address.ipVersion(), address.high(), address.low()), 0L);
    }
}
