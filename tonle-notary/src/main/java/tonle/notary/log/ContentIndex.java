// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import java.nio.ByteBuffer;
import tonle.base.Must;
import tonle.tlog.tree.Hash;

/**
 * Finds entries by their content: 32 bits of the leaf's hash and the entry's number in a word, so 16 to 32 octets an
 * entry. What it finds is a guess that the caller confirms. Not thread-safe.
 */
final class ContentIndex {
    /** Says whether an entry has the hash that is looked for. */
    interface Confirmation<E extends Exception> {
        boolean isAt(long index) throws E;
    }

    static final long ENTRIES_MAX = 1L << 26;

    private static final int CAPACITY_FIRST = 1 << 10;
    private static final long EMPTY = 0;

    /** Tag in the high half, number + 1 in the low half; length a power of two, at most half full. */
    private long[] words = new long[CAPACITY_FIRST];

    private int count;

    /** The number of the entry with this hash, or -1. */
    <E extends Exception> long find(Hash leaf, Confirmation<E> confirmation) throws E {
        long tag = tag(leaf);
        for (int slot = slot(tag); words[slot] != EMPTY; slot = slot + 1 & words.length - 1) {
            if (words[slot] >>> Integer.SIZE == tag) {
                long index = (words[slot] & 0xFFFF_FFFFL) - 1;
                if (confirmation.isAt(index)) {
                    return index;
                }
            }
        }
        return -1;
    }

    void add(Hash leaf, long index) {
        Must.hold(index < ENTRIES_MAX, "a log has no more entries than its index");
        if (2 * (count + 1) > words.length) {
            grow();
        }
        long tag = tag(leaf);
        place(slot(tag), tag << Integer.SIZE | index + 1);
        count++;
    }

    private void place(int first, long word) {
        int slot = first;
        while (words[slot] != EMPTY) {
            slot = slot + 1 & words.length - 1;
        }
        words[slot] = word;
    }

    private void grow() {
        long[] old = words;
        words = new long[2 * old.length];
        for (long word : old) {
            if (word != EMPTY) {
                place(slot(word >>> Integer.SIZE), word);
            }
        }
    }

    private int slot(long tag) {
        return (int) (tag & words.length - 1);
    }

    private static long tag(Hash leaf) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(leaf.octets()).getInt());
    }
}
