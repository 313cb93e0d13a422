// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.LinkedHashMap;
import java.util.Map;
import tonle.base.power.Clock;

/**
 * Counts the requests of each person and program within a minute, in memory. All tokens of one person count together;
 * whoever was idle longest makes room.
 */
final class RateLimit {
    /** Ten a second: a weather map that asks for each of 500 links once a minute has room. */
    static final int REQUESTS_A_MINUTE_MAX = 600;

    /** More people and programs than a gateway has accounts and clients. */
    static final int CALLERS_MAX = 5_000;

    private static final long WINDOW_MILLIS = 60_000;

    private record Window(long startMillis, int count) {}

    private final Clock clock;
    private final Map<String, Window> windows = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > CALLERS_MAX;
        }
    };

    RateLimit(Clock clock) {
        this.clock = clock;
    }

    /** Seconds to wait before the next request is taken; 0 where this one is. */
    synchronized int waitSeconds(String caller) {
        long now = clock.unixMillis();
        Window window = windows.get(caller);
        if (window == null || now - window.startMillis >= WINDOW_MILLIS || now < window.startMillis) {
            windows.put(caller, new Window(now, 1));
            return 0;
        }
        if (window.count >= REQUESTS_A_MINUTE_MAX) {
            return (int) ((window.startMillis + WINDOW_MILLIS - now + 999) / 1_000);
        }
        windows.put(caller, new Window(window.startMillis, window.count + 1));
        return 0;
    }
}
