// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tonle.wire.Fault;

/** Damaged input of one source: counted by fault, and one dissected sample a minute kept for each fault. */
final class FaultLog {
    static final int SAMPLES_MAX = 32;
    private static final int DISSECTION_CHARS_MAX = 16_384;
    private static final long MINUTE_MILLIS = 60_000;
    private static final Fault[] FAULTS = Fault.values();

    private final long[] counts = new long[FAULTS.length];
    private final long[] sampledMinute = new long[FAULTS.length];
    private final Deque<BadDatagram> samples = new ArrayDeque<>();
    private long total;

    FaultLog() {
        Arrays.fill(sampledMinute, -1);
    }

    /** @return whether a sample of this fault is wanted: none was kept in this minute */
    boolean count(Fault fault, long nowMillis) {
        counts[fault.ordinal()]++;
        total++;
        long minute = nowMillis / MINUTE_MILLIS;
        if (sampledMinute[fault.ordinal()] == minute) {
            return false;
        }
        sampledMinute[fault.ordinal()] = minute;
        return true;
    }

    /** The oldest beyond {@code countMax} make room. */
    void keep(BadDatagram sample, int countMax) {
        while (samples.size() >= countMax) {
            samples.removeLast();
        }
        String text = sample.dissection();
        samples.addFirst(
                text.length() <= DISSECTION_CHARS_MAX
                        ? sample
                        : new BadDatagram(
                                sample.address(),
                                sample.atMillis(),
                                sample.fault(),
                                sample.offsetOctets(),
                                sample.sizeOctets(),
                                text.substring(0, DISSECTION_CHARS_MAX)));
    }

    long total() {
        return total;
    }

    Map<Fault, Long> counts() {
        Map<Fault, Long> map = new EnumMap<>(Fault.class);
        for (Fault fault : FAULTS) {
            if (counts[fault.ordinal()] > 0) {
                map.put(fault, counts[fault.ordinal()]);
            }
        }
        return map;
    }

    List<BadDatagram> samples() {
        return new ArrayList<>(samples);
    }
}
