// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import tonle.traffic.Bins;
import tonle.traffic.Direction;
import tonle.traffic.LongTable;
import tonle.traffic.store.InterfaceRow;
import tonle.traffic.topology.Link;

/**
 * Interfaces of the exporters that one worker meters: what flows add up to and what counters moved by, bin by bin, side
 * by side. Device facts, exempt from the merge of small groups. Rows leave when a bin is over and again when it is
 * sealed; readers add them up.
 */
public final class InterfaceBook {
    /** Interfaces and directions in all; beyond, volumes are booked all the same, only without an interface row. */
    public static final int SIDES_MAX = 65_536;
    /** Counter samples come every 20 to 30 s: so long after a bin's end its last interval is known. */
    private static final int COUNTERS_LATE_SECONDS = 75;

    private static final int BINS = 32;
    private static final int STRIDE = 8;
    private static final int OCTETS = 1;
    private static final int PACKETS = 2;
    private static final int UNSENT_OCTETS = 3;
    private static final int UNSENT_PACKETS = 4;
    private static final int VARIANCE = 5;

    /** One interface in one direction. */
    static final class Side {
        final int exporter;
        final long interfaceIndex;
        final Direction direction;
        String link = Link.NONE;
        boolean metered;
        final CounterTrack counter = new CounterTrack();
        long speedBitsPerSecond;
        /** One cache line a bin: its start or -1, and what flows of it add up to. */
        private final long[] bins = new long[BINS * STRIDE];

        private long countersSentUntil = Long.MIN_VALUE;

        Side(int exporter, long interfaceIndex, Direction direction) {
            this.exporter = exporter;
            this.interfaceIndex = interfaceIndex;
            this.direction = direction;
            for (int slot = 0; slot < bins.length; slot += STRIDE) {
                bins[slot] = -1;
            }
        }

        /** Hardly ever news, and to write a reference costs the collector's book-keeping. */
        private void carries(String newLink, boolean isMetered) {
            if (link != newLink) {
                link = newLink;
            }
            metered = isMetered;
        }

        private int slot(long bin) {
            return (int) Math.floorMod(bin / Bins.SECONDS, (long) BINS) * STRIDE;
        }

        long flowOctets(long bin) {
            return bins[slot(bin)] == bin ? bins[slot(bin) + OCTETS] : 0;
        }

        long flowPackets(long bin) {
            return bins[slot(bin)] == bin ? bins[slot(bin) + PACKETS] : 0;
        }

        double variance(long bin) {
            return bins[slot(bin)] == bin ? Double.longBitsToDouble(bins[slot(bin) + VARIANCE]) : 0;
        }
    }

    private final LongTable<Side> sides = new LongTable<>();
    private final List<Side> all = new ArrayList<>();
    private final IntFunction<String> exporterIds;
    private long doneUntilSeconds = Long.MIN_VALUE;

    /** @param exporterIds the id of an exporter by its number */
    public InterfaceBook(IntFunction<String> exporterIds) {
        this.exporterIds = exporterIds;
    }

    private Side side(int exporter, long interfaceIndex, Direction direction) {
        long key = (long) exporter << 33 | interfaceIndex << 1 | direction.ordinal();
        Side side = sides.get(key);
        if (side == null && all.size() < SIDES_MAX) {
            side = new Side(exporter, interfaceIndex, direction);
            sides.put(key, side);
            all.add(side);
        }
        return side;
    }

    /** Flow volume of an interface. {@code link} may be {@link Link#NONE}. */
    public void flow(
            int exporter,
            long interfaceIndex,
            Direction direction,
            String link,
            boolean metered,
            long bin,
            long octets,
            long packets,
            double variance) {
        Side side = side(exporter, interfaceIndex, direction);
        if (side == null) {
            return;
        }
        side.carries(link, metered);
        long[] bins = side.bins;
        int slot = side.slot(bin);
        if (bins[slot] != bin) {
            if (bins[slot] > bin) {
                // Far older than anything open: the correction rows have it.
                return;
            }
            java.util.Arrays.fill(bins, slot, slot + STRIDE, 0);
            bins[slot] = bin;
        }
        bins[slot + OCTETS] += octets;
        bins[slot + PACKETS] += packets;
        bins[slot + UNSENT_OCTETS] += octets;
        bins[slot + UNSENT_PACKETS] += packets;
        bins[slot + VARIANCE] = Double.doubleToRawLongBits(Double.longBitsToDouble(bins[slot + VARIANCE]) + variance);
    }

    /** A counter sample of an interface. */
    public void counters(
            int exporter,
            long interfaceIndex,
            String link,
            boolean metered,
            long atMillis,
            long inOctets,
            long outOctets,
            long speedBitsPerSecond) {
        sample(side(exporter, interfaceIndex, Direction.IN), link, metered, atMillis, inOctets, speedBitsPerSecond);
        sample(side(exporter, interfaceIndex, Direction.OUT), link, metered, atMillis, outOctets, speedBitsPerSecond);
    }

    private static void sample(Side side, String link, boolean metered, long atMillis, long octets, long speed) {
        if (side != null) {
            side.carries(link, metered);
            side.speedBitsPerSecond = speed;
            if (side.counter.lastMillis() < 0) {
                side.countersSentUntil = Bins.startSeconds(atMillis / 1_000);
            }
            side.counter.sample(atMillis, octets, speed);
        }
    }

    /**
     * Rows of the bins that are over: counters once, flows as far as they have come.
     *
     * @param all also what is still open: the worker stops
     */
    public List<InterfaceRow> takeRows(long nowSeconds, long sealedBeforeSeconds, boolean atOnce) {
        long overUntil = Bins.startSeconds(nowSeconds - COUNTERS_LATE_SECONDS);
        if (!atOnce && overUntil <= doneUntilSeconds && sealedBeforeSeconds <= doneUntilSeconds) {
            return List.of();
        }
        doneUntilSeconds = Math.max(overUntil, sealedBeforeSeconds);
        List<InterfaceRow> rows = new ArrayList<>();
        for (Side side : all) {
            takeRows(side, atOnce ? Long.MAX_VALUE : overUntil, rows);
        }
        return rows;
    }

    private void takeRows(Side side, long until, List<InterfaceRow> rows) {
        long[] bins = side.bins;
        for (int slot = 0; slot < bins.length; slot += STRIDE) {
            long bin = bins[slot];
            if (bin >= 0 && bin < until && bins[slot + UNSENT_PACKETS] + bins[slot + UNSENT_OCTETS] > 0) {
                rows.add(row(side, bin, bins[slot + UNSENT_OCTETS], bins[slot + UNSENT_PACKETS], -1, 0));
                bins[slot + UNSENT_OCTETS] = bins[slot + UNSENT_PACKETS] = 0;
            }
        }
        if (side.counter.lastMillis() < 0) {
            return;
        }
        long counterUntil = Math.min(until, Bins.startSeconds(side.counter.lastMillis() / 1_000));
        long from = Math.max(side.countersSentUntil, counterUntil - (BINS - 2L) * Bins.SECONDS / 2);
        for (long bin = from; bin < counterUntil; bin += Bins.SECONDS) {
            long octets = side.counter.octets(bin);
            if (octets >= 0) {
                rows.add(row(side, bin, 0, 0, octets, Math.min(Bins.SECONDS, side.counter.coveredSeconds(bin))));
            }
        }
        side.countersSentUntil = Math.max(side.countersSentUntil, counterUntil);
    }

    private InterfaceRow row(Side side, long bin, long octets, long packets, long counterOctets, int counterSeconds) {
        return new InterfaceRow(
                bin,
                exporterIds.apply(side.exporter),
                side.interfaceIndex,
                side.link,
                side.direction,
                octets,
                packets,
                counterOctets,
                counterSeconds,
                side.speedBitsPerSecond);
    }

    String exporterId(Side side) {
        return exporterIds.apply(side.exporter);
    }

    List<Side> sides() {
        return all;
    }
}
