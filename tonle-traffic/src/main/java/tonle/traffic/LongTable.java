// SPDX-License-Identifier: Apache-2.0
package tonle.traffic;

import java.util.Arrays;
import java.util.function.Consumer;

/** A small table from {@code long} to a value: open addressing, no boxing, nothing allocated by a look-up. */
public final class LongTable<V> {
    private long[] keys = new long[8];
    private Object[] values = new Object[8];
    private int size;

    /** The value, or {@code null}. */
    @SuppressWarnings("unchecked")
    public V get(long key) {
        int mask = keys.length - 1;
        for (int i = place(key, mask); values[i] != null; i = i + 1 & mask) {
            if (keys[i] == key) {
                return (V) values[i];
            }
        }
        return null;
    }

    public void put(long key, V value) {
        if (size * 3 >= keys.length * 2) {
            grow();
        }
        int mask = keys.length - 1;
        int i = place(key, mask);
        while (values[i] != null && keys[i] != key) {
            i = i + 1 & mask;
        }
        size += values[i] == null ? 1 : 0;
        keys[i] = key;
        values[i] = value;
    }

    public void remove(long key) {
        int mask = keys.length - 1;
        int i = place(key, mask);
        while (values[i] != null && keys[i] != key) {
            i = i + 1 & mask;
        }
        if (values[i] == null) {
            return;
        }
        size--;
        // What was pushed past the gap moves back, so that no search stops too early.
        int gap = i;
        for (int j = i + 1 & mask; values[j] != null; j = j + 1 & mask) {
            if ((j - place(keys[j], mask) & mask) >= (j - gap & mask)) {
                keys[gap] = keys[j];
                values[gap] = values[j];
                gap = j;
            }
        }
        values[gap] = null;
    }

    public void clear() {
        Arrays.fill(values, null);
        size = 0;
    }

    public int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    public void forEach(Consumer<V> consumer) {
        for (Object value : values) {
            if (value != null) {
                consumer.accept((V) value);
            }
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new Object[oldKeys.length * 2];
        int mask = keys.length - 1;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int j = place(oldKeys[i], mask);
                while (values[j] != null) {
                    j = j + 1 & mask;
                }
                keys[j] = oldKeys[i];
                values[j] = oldValues[i];
            }
        }
    }

    private static int place(long key, int mask) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40 ^ mixed >>> 20) & mask;
    }
}
