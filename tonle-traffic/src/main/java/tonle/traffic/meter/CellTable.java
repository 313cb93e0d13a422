// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

/**
 * The sums of one bin by key: open addressing over one {@code long[]}, a cell a cache line, nothing allocated by
 * {@link #add} but when it grows. Holds numbers only; no network is in it.
 *
 * <p>A busy table is larger than the processor's caches, so that each cell has to be waited for. What is added is
 * therefore gathered: a few dozen cells are asked for one after the other, before the first is needed, and their waits
 * pass side by side. Whoever reads the table sees everything that was added.
 */
final class CellTable {
    static final int OCTETS = 1;
    static final int PACKETS = 2;
    static final int FLOWS = 3;
    static final int VARIANCE = 4;
    static final int UNSCALED = 5;
    /** Unscaled octets, each record's counted once: the sum that conservation follows. */
    static final int RAW = 6;

    private static final int STRIDE = 8;
    private static final int STRIDE_SHIFT = 3;
    private static final int CELLS_MIN = 64;
    /** Cells that are asked for together. */
    static final int GATHERED_MAX = 64;

    private final int cellsMax;
    private long[] cells = new long[CELLS_MIN << STRIDE_SHIFT];
    private int capacity = CELLS_MIN;
    private int size;
    private long rawHeld;
    private long flowsHeld;
    private long merged;

    private final long[] gathered = new long[GATHERED_MAX << STRIDE_SHIFT];
    private int gatheredCount;
    /** Keeps the compiler from leaving the reading ahead out. */
    private long readAhead;

    CellTable(int cellsMax) {
        this.cellsMax = cellsMax;
    }

    /** Takes what the cell at an offset of {@link #at} holds. */
    interface Visitor {
        void cell(CellTable table, int offset);
    }

    void add(long key, long octets, long packets, long flows, double variance, long unscaled, long raw) {
        int at = gatheredCount << STRIDE_SHIFT;
        gathered[at] = key;
        gathered[at + OCTETS] = octets;
        gathered[at + PACKETS] = packets;
        gathered[at + FLOWS] = flows;
        gathered[at + VARIANCE] = Double.doubleToRawLongBits(variance);
        gathered[at + UNSCALED] = unscaled;
        gathered[at + RAW] = raw;
        rawHeld += raw;
        flowsHeld += flows;
        gatheredCount++;
        if (gatheredCount == GATHERED_MAX) {
            settle();
        }
    }

    /** Adds what was gathered to its cells. */
    private void settle() {
        int count = gatheredCount;
        gatheredCount = 0;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += cells[home(gathered[i << STRIDE_SHIFT]) << STRIDE_SHIFT];
        }
        readAhead = sum;
        for (int i = 0; i < count; i++) {
            put(gathered[i << STRIDE_SHIFT], i << STRIDE_SHIFT);
        }
    }

    private void put(long key, int from) {
        int offset = find(key);
        if (cells[offset] == 0) {
            if (size >= cellsMax && !CellNames.isOther(key)) {
                // No room for another key: it joins the link's merged rest, which a table always has room for.
                merged += gathered[from + FLOWS];
                put(CellNames.otherKey(key), from);
                return;
            }
            if (size * 2 >= capacity) {
                grow();
                offset = find(key);
            }
            cells[offset] = key;
            size++;
        }
        cells[offset + OCTETS] += gathered[from + OCTETS];
        cells[offset + PACKETS] += gathered[from + PACKETS];
        cells[offset + FLOWS] += gathered[from + FLOWS];
        double variance = Double.longBitsToDouble(gathered[from + VARIANCE]);
        if (variance != 0) {
            cells[offset + VARIANCE] =
                    Double.doubleToRawLongBits(Double.longBitsToDouble(cells[offset + VARIANCE]) + variance);
        }
        cells[offset + UNSCALED] += gathered[from + UNSCALED];
        cells[offset + RAW] += gathered[from + RAW];
    }

    private int home(long key) {
        long mixed = (key ^ key >>> 32) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 36) & capacity - 1;
    }

    private int find(long key) {
        int mask = capacity - 1;
        int i = home(key);
        while (cells[i << STRIDE_SHIFT] != 0 && cells[i << STRIDE_SHIFT] != key) {
            i = i + 1 & mask;
        }
        return i << STRIDE_SHIFT;
    }

    private void grow() {
        long[] old = cells;
        capacity *= 2;
        cells = new long[capacity << STRIDE_SHIFT];
        for (int from = 0; from < old.length; from += STRIDE) {
            if (old[from] != 0) {
                System.arraycopy(old, from, cells, find(old[from]), STRIDE);
            }
        }
    }

    long key(int offset) {
        return cells[offset];
    }

    long at(int offset, int field) {
        return cells[offset + field];
    }

    double variance(int offset) {
        return Double.longBitsToDouble(cells[offset + VARIANCE]);
    }

    /** Visits each cell that holds {@code flowsMin} flows or more. */
    void visit(long flowsMin, Visitor visitor) {
        settle();
        for (int offset = 0; offset < cells.length; offset += STRIDE) {
            if (cells[offset] != 0 && cells[offset + FLOWS] >= flowsMin) {
                visitor.cell(this, offset);
            }
        }
    }

    /** The cell's sums have left; its key stays. */
    void clear(int offset) {
        rawHeld -= cells[offset + RAW];
        flowsHeld -= cells[offset + FLOWS];
        java.util.Arrays.fill(cells, offset + 1, offset + STRIDE, 0);
    }

    /** Empties the table for another bin; its room stays. */
    void reset() {
        java.util.Arrays.fill(cells, 0);
        gatheredCount = 0;
        size = 0;
        rawHeld = 0;
        flowsHeld = 0;
        merged = 0;
    }

    int size() {
        settle();
        return size;
    }

    long rawHeld() {
        return rawHeld;
    }

    long flowsHeld() {
        return flowsHeld;
    }

    /** Flows that joined {@code other} because the table was full. */
    long merged() {
        settle();
        return merged;
    }
}
