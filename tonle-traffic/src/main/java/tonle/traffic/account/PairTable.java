// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

/**
 * Sums by two keys, for tables that outgrow the processor's caches: an interface and an AS have 32 bits each, so
 * both go into one number and an entry into half a cache line. Additions wait for a batch whose entries are
 * fetched side by side before they are summed: a batch waits for memory once, not once a record. Pairs of larger
 * numbers go elsewhere.
 * <pre>
 *   entry   packed key | records | octets | packets       free: no records
 * </pre>
 */
final class PairTable {
    private static final int STRIDE = 4;
    private static final int BATCH_COUNT_MAX = 64;
    private static final int CAPACITY_FIRST = 1 << 10;
    private static final int CAPACITY_MAX = 1 << 27;

    private final GroupTable wide = new GroupTable(2);
    private final long[] batch = new long[BATCH_COUNT_MAX * STRIDE];
    private final int[] slots = new int[BATCH_COUNT_MAX];
    private int batchCount;
    /** Written so that the compiler cannot leave the fetch out. */
    private long fetched;

    private long[] cells = new long[CAPACITY_FIRST * STRIDE];
    private int mask = CAPACITY_FIRST - 1;
    private int size;

    /** @param records at least one */
    void add(long key0, long key1, long records, long octets, long packets) {
        // Absent is -1: one more makes every usual key an unsigned number of 32 bits.
        long high = key0 + 1;
        long low = key1 + 1;
        if ((high | low) >>> 32 != 0) {
            wide.add(key0, key1, records, octets, packets);
            return;
        }
        int at = batchCount * STRIDE;
        batch[at] = high << 32 | low;
        batch[at + 1] = records;
        batch[at + 2] = octets;
        batch[at + 3] = packets;
        if (++batchCount == BATCH_COUNT_MAX) {
            settle();
        }
    }

    /** All groups, as a table of two keys. */
    GroupTable groups() {
        settle();
        GroupTable groups = new GroupTable(2);
        groups.addAll(wide);
        for (int at = 0; at < cells.length; at += STRIDE) {
            if (cells[at + 1] != 0) {
                long high = (cells[at] >>> 32) - 1;
                long low = (cells[at] & 0xFFFF_FFFFL) - 1;
                groups.add(high, low, cells[at + 1], cells[at + 2], cells[at + 3]);
            }
        }
        return groups;
    }

    private void settle() {
        int count = batchCount;
        batchCount = 0;
        while (size + count > (mask + 1) / 8 * 7) {
            grow();
        }
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int slot = slotOf(batch[i * STRIDE]);
            slots[i] = slot;
            sum += cells[slot * STRIDE];
        }
        fetched = sum;
        for (int i = 0; i < count; i++) {
            int from = i * STRIDE;
            int at = entryOf(batch[from], slots[i]);
            cells[at + 1] += batch[from + 1];
            cells[at + 2] += batch[from + 2];
            cells[at + 3] += batch[from + 3];
        }
    }

    /** The table always has room: {@link #settle} sees to it. */
    private int entryOf(long key, int first) {
        for (int slot = first; ; slot = slot + 1 & mask) {
            int at = slot * STRIDE;
            if (cells[at + 1] == 0) {
                size++;
                cells[at] = key;
                return at;
            }
            if (cells[at] == key) {
                return at;
            }
        }
    }

    private int slotOf(long key) {
        long product = key * 0x9E3779B97F4A7C15L;
        return (int) (product ^ product >>> 32) & mask;
    }

    private void grow() {
        int capacity = (mask + 1) * 2;
        if (capacity > CAPACITY_MAX) {
            throw new TooManyGroups(size);
        }
        long[] old = cells;
        cells = new long[capacity * STRIDE];
        mask = capacity - 1;
        size = 0;
        for (int from = 0; from < old.length; from += STRIDE) {
            if (old[from + 1] != 0) {
                int at = entryOf(old[from], slotOf(old[from]));
                System.arraycopy(old, from + 1, cells, at + 1, STRIDE - 1);
            }
        }
    }
}
