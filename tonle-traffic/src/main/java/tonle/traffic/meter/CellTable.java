// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

/**
 * The sums of one bin by key, nothing allocated by {@link #add} but when it grows. Holds numbers only; no network is in
 * it. Cells, a cache line each, lie one behind the other in the order of their first use, so that busy ones, which come
 * early, are neighbours. An index of four octets a place finds them, by open addressing: its places say enough of the
 * key that one without a cell costs no look at any.
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
    /** Places of the index for each cell, at least: a key that is not there is known at the first place, mostly. */
    private static final int PLACES_EACH_CELL = 4;
    /** A large array's numbers begin sixteen octets after a cache line does. */
    private static final int PAD = 6;
    /** Cells that are asked for together. */
    static final int GATHERED_MAX = 64;

    private final int cellsMax;
    private long[] cells = new long[(CELLS_MIN << STRIDE_SHIFT) + PAD];
    /** 0, or a cell's number from 1 in the low bits that count places, and what is left of the key's hash above. */
    private int[] index = new int[CELLS_MIN * PLACES_EACH_CELL];

    private int size;
    private long rawHeld;
    private long flowsHeld;
    private long merged;

    private final long[] gathered = new long[GATHERED_MAX << STRIDE_SHIFT];
    private final int[] hashes = new int[GATHERED_MAX];
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
        readAhead = askForCells(count);
        for (int i = 0; i < count; i++) {
            put(gathered[i << STRIDE_SHIFT], hashes[i], i << STRIDE_SHIFT);
        }
    }

    private long askForCells(int count) {
        int mask = index.length - 1;
        int places = 0;
        for (int i = 0; i < count; i++) {
            int hash = hash(gathered[i << STRIDE_SHIFT]);
            hashes[i] = hash;
            places += index[hash & mask];
        }
        long sum = places;
        for (int i = 0; i < count; i++) {
            int place = index[hashes[i] & mask];
            // Any cell will do where the place is empty: the first one is at hand.
            sum += cells[offset(Math.max(1, place & mask))];
        }
        return sum;
    }

    private void put(long key, int hash, int from) {
        int offset = find(key, hash);
        if (offset < 0) {
            if (size >= cellsMax && !CellNames.isOther(key)) {
                // No room for another key: it joins the link's merged rest, which a table always has room for.
                merged += gathered[from + FLOWS];
                long other = CellNames.otherKey(key);
                put(other, hash(other), from);
                return;
            }
            offset = append(key, hash);
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

    private static int hash(long key) {
        long mixed = (key ^ key >>> 32) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32 ^ mixed >>> 48);
    }

    /** Where the cell with this number, from 1, begins. */
    private static int offset(int number) {
        return (number - 1 << STRIDE_SHIFT) + PAD;
    }

    /** The key's cell, or -1. */
    private int find(long key, int hash) {
        int mask = index.length - 1;
        for (int i = hash & mask; ; i = i + 1 & mask) {
            int place = index[i];
            if (place == 0) {
                return -1;
            }
            if (((place ^ hash) & ~mask) == 0) {
                int offset = offset(place & mask);
                if (cells[offset] == key) {
                    return offset;
                }
            }
        }
    }

    private int append(long key, int hash) {
        size++;
        if (size * PLACES_EACH_CELL > index.length) {
            grow();
        }
        int offset = offset(size);
        cells[offset] = key;
        enter(hash, size);
        return offset;
    }

    private void enter(int hash, int number) {
        int mask = index.length - 1;
        int i = hash & mask;
        while (index[i] != 0) {
            i = i + 1 & mask;
        }
        index[i] = hash & ~mask | number;
    }

    private void grow() {
        index = new int[index.length * 2];
        cells = java.util.Arrays.copyOf(cells, (index.length / PLACES_EACH_CELL << STRIDE_SHIFT) + PAD);
        for (int number = 1; number < size; number++) {
            enter(hash(cells[offset(number)]), number);
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
        for (int number = 1; number <= size; number++) {
            if (cells[offset(number) + FLOWS] >= flowsMin) {
                visitor.cell(this, offset(number));
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
        java.util.Arrays.fill(cells, 0, offset(size + 1), 0);
        java.util.Arrays.fill(index, 0);
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
