// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import tonle.traffic.Bins;
import tonle.traffic.store.RowKind;

/**
 * The open bins of a worker. A bin stays open for the longest active timeout and a lateness beyond its end; then it is
 * sealed, and what still comes for it goes into a correction beside it, never into the sealed sum (flows.md 4.7).
 */
final class BinBook {
    /** Corrections stay open for a bin's length, so that late flows gather to ten. */
    private static final int CORRECTION_OPEN_SECONDS = Bins.SECONDS;
    /** Corrections open at once; beyond, the one that is open longest is closed at once. */
    private static final int CORRECTIONS_MAX = 32;

    private static final int POOL_MAX = 4;

    private static final class OpenBin {
        final long startSeconds;
        final RowKind kind;
        final long openedSeconds;
        final CellTable cells;

        OpenBin(long startSeconds, RowKind kind, long openedSeconds, CellTable cells) {
            this.startSeconds = startSeconds;
            this.kind = kind;
            this.openedSeconds = openedSeconds;
            this.cells = cells;
        }
    }

    private final int cellsMax;
    private final RowGate gate;
    private final List<OpenBin> open = new ArrayList<>();
    private final Deque<CellTable> pool = new ArrayDeque<>();
    private OpenBin last;
    private long nowSeconds;
    private long sealedBeforeSeconds = Long.MIN_VALUE;
    private int holdSeconds;
    private long mergedByBound;

    BinBook(int cellsMax, RowGate gate) {
        this.cellsMax = cellsMax;
        this.gate = gate;
    }

    /** How long a bin stays open beyond its end. */
    void hold(int seconds) {
        holdSeconds = seconds;
    }

    /** The time that rules; bins are sealed by {@link #seal} only. */
    void now(long seconds) {
        nowSeconds = seconds;
    }

    void add(
            long binSeconds,
            long key,
            long octets,
            long packets,
            long flows,
            double variance,
            long unscaled,
            long raw) {
        OpenBin bin = last;
        if (bin == null || bin.startSeconds != binSeconds) {
            bin = bin(binSeconds);
            last = bin;
        }
        bin.cells.add(key, octets, packets, flows, variance, unscaled, raw);
    }

    private OpenBin bin(long binSeconds) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).startSeconds == binSeconds) {
                return open.get(i);
            }
        }
        RowKind kind = binSeconds < sealedBeforeSeconds ? RowKind.CORRECTION : RowKind.MEASURED;
        if (kind == RowKind.CORRECTION) {
            makeRoomForCorrection();
        }
        CellTable cells = pool.isEmpty() ? new CellTable(cellsMax) : pool.pop();
        OpenBin bin = new OpenBin(binSeconds, kind, nowSeconds, cells);
        open.add(bin);
        return bin;
    }

    private void makeRoomForCorrection() {
        OpenBin oldest = null;
        int corrections = 0;
        for (OpenBin bin : open) {
            if (bin.kind == RowKind.CORRECTION) {
                corrections++;
                oldest = oldest == null || bin.openedSeconds < oldest.openedSeconds ? bin : oldest;
            }
        }
        if (corrections >= CORRECTIONS_MAX) {
            open.remove(oldest);
            close(oldest);
        }
    }

    /** Lets out what may leave open bins. */
    void flush() {
        for (OpenBin bin : open) {
            gate.flush(bin.startSeconds, bin.kind, bin.cells);
        }
    }

    /** Seals the bins whose time is over, oldest first, and closes corrections that were open long enough. */
    void seal() {
        // A clock that steps back opens nothing again.
        sealedBeforeSeconds = Math.max(sealedBeforeSeconds, Bins.startSeconds(nowSeconds - holdSeconds));
        closeWhere(false);
    }

    /** Ends everything: the worker stops. */
    void closeAll() {
        closeWhere(true);
    }

    private void closeWhere(boolean all) {
        open.sort(java.util.Comparator.comparingLong(b -> b.startSeconds));
        for (Iterator<OpenBin> bins = open.iterator(); bins.hasNext(); ) {
            OpenBin bin = bins.next();
            boolean over = bin.kind == RowKind.MEASURED
                    ? bin.startSeconds < sealedBeforeSeconds
                    : nowSeconds - bin.openedSeconds >= CORRECTION_OPEN_SECONDS;
            if (over || all) {
                bins.remove();
                close(bin);
            }
        }
    }

    private void close(OpenBin bin) {
        last = null;
        gate.close(bin.startSeconds, bin.kind, bin.cells);
        mergedByBound += bin.cells.merged();
        if (pool.size() < POOL_MAX) {
            bin.cells.reset();
            pool.push(bin.cells);
        }
    }

    /** Bins that start before this are sealed. */
    long sealedBeforeSeconds() {
        return sealedBeforeSeconds;
    }

    int openCount() {
        return open.size();
    }

    long cellCount() {
        long cells = 0;
        for (OpenBin bin : open) {
            cells += bin.cells.size();
        }
        return cells;
    }

    long rawHeld() {
        long raw = 0;
        for (OpenBin bin : open) {
            raw += bin.cells.rawHeld();
        }
        return raw;
    }

    long flowsHeld() {
        long flows = 0;
        for (OpenBin bin : open) {
            flows += bin.cells.flowsHeld();
        }
        return flows;
    }

    long mergedByBound() {
        long merged = mergedByBound;
        for (OpenBin bin : open) {
            merged += bin.cells.merged();
        }
        return merged;
    }
}
