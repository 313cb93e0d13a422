// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import tonle.base.Must;

/**
 * Sums by a key of one or more numbers: open addressing over one array of longs, nothing allocated but for growth. Not
 * thread-safe.
 * <pre>
 *   entry   key 0 … key n-1 | records | octets | packets
 * </pre>
 * An entry without records is free: {@link #add} always counts at least one.
 */
final class GroupTable {
    /** Three sums stand behind the key of each entry. */
    private static final int SUM_COUNT = 3;

    private static final int CAPACITY_FIRST = 64;
    /** Past so many groups a table no longer fits an array of 2^31 - 1 longs. */
    private static final int CAPACITY_MAX = 1 << 27;

    private final int keyCount;
    private final int stride;
    private long[] cells;
    private int mask;
    private int size;
    private int sizeMax;

    GroupTable(int keyCount) {
        Must.hold(keyCount > 0, "a group has a key");
        this.keyCount = keyCount;
        this.stride = keyCount + SUM_COUNT;
        allocate(CAPACITY_FIRST);
    }

    int size() {
        return size;
    }

    int keyCount() {
        return keyCount;
    }

    void add(long key, long records, long octets, long packets) {
        int at = entryOf(key);
        cells[at + 1] += records;
        cells[at + 2] += octets;
        cells[at + 3] += packets;
    }

    /** @param key its first {@code keyCount} numbers are the key */
    void add(long[] key, long records, long octets, long packets) {
        int at = entryOf(key) + keyCount;
        cells[at] += records;
        cells[at + 1] += octets;
        cells[at + 2] += packets;
    }

    void add(long key0, long key1, long records, long octets, long packets) {
        int at = entryOf(key0, key1);
        cells[at + 2] += records;
        cells[at + 3] += octets;
        cells[at + 4] += packets;
    }

    /** Adds all of {@code other}, whose keys have as many numbers. */
    void addAll(GroupTable other) {
        Must.hold(keyCount == other.keyCount, "keys of one shape");
        long[] key = new long[keyCount];
        for (int at = 0; at < other.cells.length; at += stride) {
            if (other.cells[at + keyCount] != 0) {
                System.arraycopy(other.cells, at, key, 0, keyCount);
                add(key, other.cells[at + keyCount], other.cells[at + keyCount + 1], other.cells[at + keyCount + 2]);
            }
        }
    }

    /** Told each group once, in no order. */
    interface Visitor {
        void group(long[] key, long records, long octets, long packets);
    }

    void forEach(Visitor visitor) {
        for (int at = 0; at < cells.length; at += stride) {
            if (cells[at + keyCount] != 0) {
                long[] key = new long[keyCount];
                System.arraycopy(cells, at, key, 0, keyCount);
                visitor.group(key, cells[at + keyCount], cells[at + keyCount + 1], cells[at + keyCount + 2]);
            }
        }
    }

    private int entryOf(long key) {
        while (true) {
            int slot = (int) mix(key) & mask;
            for (; ; slot = slot + 1 & mask) {
                int at = slot * stride;
                if (cells[at + 1] == 0) {
                    if (size < sizeMax) {
                        size++;
                        cells[at] = key;
                        return at;
                    }
                    break;
                }
                if (cells[at] == key) {
                    return at;
                }
            }
            grow();
        }
    }

    private int entryOf(long key0, long key1) {
        while (true) {
            int slot = (int) mix(key0 * 31 + mix(key1)) & mask;
            for (; ; slot = slot + 1 & mask) {
                int at = slot * stride;
                if (cells[at + 2] == 0) {
                    if (size < sizeMax) {
                        size++;
                        cells[at] = key0;
                        cells[at + 1] = key1;
                        return at;
                    }
                    break;
                }
                if (cells[at] == key0 && cells[at + 1] == key1) {
                    return at;
                }
            }
            grow();
        }
    }

    private int entryOf(long[] key) {
        if (keyCount == 1) {
            return entryOf(key[0]);
        }
        if (keyCount == 2) {
            return entryOf(key[0], key[1]);
        }
        while (true) {
            int slot = (int) hash(key, 0) & mask;
            for (; ; slot = slot + 1 & mask) {
                int at = slot * stride;
                if (cells[at + keyCount] == 0) {
                    if (size < sizeMax) {
                        size++;
                        System.arraycopy(key, 0, cells, at, keyCount);
                        return at;
                    }
                    break;
                }
                if (isAt(key, at)) {
                    return at;
                }
            }
            grow();
        }
    }

    private boolean isAt(long[] key, int at) {
        for (int i = 0; i < keyCount; i++) {
            if (cells[at + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private long hash(long[] numbers, int offset) {
        long hash = 0;
        for (int i = keyCount - 1; i >= 0; i--) {
            hash = mix(numbers[offset + i] * 31 + hash);
        }
        return hash;
    }

    /** Keys are small numbers side by side: multiply, then fold the good high bits down. */
    private static long mix(long number) {
        long product = number * 0x9E3779B97F4A7C15L;
        return product ^ product >>> 32;
    }

    private void allocate(int capacity) {
        cells = new long[capacity * stride];
        mask = capacity - 1;
        sizeMax = capacity / 4 * 3;
    }

    private void grow() {
        int capacity = (mask + 1) * 2;
        if (capacity > CAPACITY_MAX || (long) capacity * stride > Integer.MAX_VALUE - 8) {
            throw new TooManyGroups(size);
        }
        long[] old = cells;
        size = 0;
        allocate(capacity);
        long[] key = new long[keyCount];
        for (int at = 0; at < old.length; at += stride) {
            if (old[at + keyCount] != 0) {
                System.arraycopy(old, at, key, 0, keyCount);
                System.arraycopy(old, at + keyCount, cells, entryOf(key) + keyCount, SUM_COUNT);
            }
        }
    }
}
