// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

/**
 * The sums of one bin by key: open addressing over one {@code long[]}, a cell a cache line, nothing allocated by
 * {@link #add} but when it grows. Holds numbers only; no network is in it.
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

    private final int cellsMax;
    private long[] cells = new long[CELLS_MIN << STRIDE_SHIFT];
    private int capacity = CELLS_MIN;
    private int size;
    private long rawHeld;
    private long flowsHeld;
    private long merged;

    CellTable(int cellsMax) {
        this.cellsMax = cellsMax;
    }

    /** Takes what the cell at an offset of {@link #at} holds. */
    interface Visitor {
        void cell(CellTable table, int offset);
    }

    void add(long key, long octets, long packets, long flows, double variance, long unscaled, long raw) {
        int offset = find(key);
        if (cells[offset] == 0) {
            if (size >= cellsMax && !CellNames.isOther(key)) {
                // No room for another key: it joins the link's merged rest, which a table always has room for.
                merged += flows;
                add(CellNames.otherKey(key), octets, packets, flows, variance, unscaled, raw);
                return;
            }
            if (size * 2 >= capacity) {
                grow();
                offset = find(key);
            }
            cells[offset] = key;
            size++;
        }
        cells[offset + OCTETS] += octets;
        cells[offset + PACKETS] += packets;
        cells[offset + FLOWS] += flows;
        if (variance != 0) {
            cells[offset + VARIANCE] =
                    Double.doubleToRawLongBits(Double.longBitsToDouble(cells[offset + VARIANCE]) + variance);
        }
        cells[offset + UNSCALED] += unscaled;
        cells[offset + RAW] += raw;
        rawHeld += raw;
        flowsHeld += flows;
    }

    private int find(long key) {
        int mask = capacity - 1;
        long mixed = (key ^ key >>> 32) * 0x9E3779B97F4A7C15L;
        int i = (int) (mixed >>> 36) & mask;
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
        size = 0;
        rawHeld = 0;
        flowsHeld = 0;
        merged = 0;
    }

    int size() {
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
        return merged;
    }
}
