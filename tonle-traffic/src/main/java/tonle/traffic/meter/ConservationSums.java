// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.util.EnumMap;
import java.util.Map;
import tonle.traffic.exporter.Conservation;

/** The running sums of {@link Conservation} that are not read off the cells: decoded, rejected by rule, refused. */
final class ConservationSums {
    /** More octets than this in one record are damage: a terabit a second for the better part of an hour. */
    static final long RECORD_OCTETS_MAX = 1L << 48;

    private static final Rejection[] REJECTIONS = Rejection.values();

    private final long[] rejected = new long[REJECTIONS.length];
    private final long[] rejectedRecords = new long[REJECTIONS.length];
    private long decoded;
    private long refused;
    private long refusedRecords;

    void decode(long octets) {
        decoded += octets;
    }

    void reject(Rejection rejection, long octets) {
        rejected[rejection.ordinal()] += octets;
        rejectedRecords[rejection.ordinal()]++;
    }

    /** Left out by policy: nobody has taken the exporter in. */
    void refuse(long octets) {
        refused += octets;
        refusedRecords++;
    }

    Map<Rejection, Long> rejectedRecords() {
        Map<Rejection, Long> map = new EnumMap<>(Rejection.class);
        for (Rejection rejection : REJECTIONS) {
            if (rejectedRecords[rejection.ordinal()] > 0) {
                map.put(rejection, rejectedRecords[rejection.ordinal()]);
            }
        }
        return map;
    }

    /** @param held in cells, in rows not yet handed over, in rests below ten; {@code shed}: rows that were given up */
    Conservation with(Outbox.Delivered delivered, long held, long shed) {
        long rejectedSum = 0;
        for (long octets : rejected) {
            rejectedSum += octets;
        }
        return new Conservation(
                decoded,
                delivered.written(),
                delivered.underWay(),
                held,
                delivered.setAside(),
                rejectedSum,
                refused + shed);
    }
}
