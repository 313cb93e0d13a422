// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The alarms of one device: each stands while its cause does, with the time when it began. */
final class AlarmBoard {
    private final Map<String, Long> since = new TreeMap<>();
    private final List<ExporterHealth.Alarm> raised = new ArrayList<>();
    private long nowMillis;

    void begin(long now) {
        nowMillis = now;
        raised.clear();
    }

    /** @param arguments device facts only */
    void raise(boolean stands, String key, Object... arguments) {
        if (!stands) {
            since.remove(key);
            return;
        }
        List<String> words = new ArrayList<>();
        for (Object argument : arguments) {
            words.add(String.valueOf(argument));
        }
        raised.add(new ExporterHealth.Alarm(key, List.copyOf(words), since.computeIfAbsent(key, _ -> nowMillis)));
    }

    List<ExporterHealth.Alarm> raised() {
        return List.copyOf(raised);
    }
}
