// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

import java.util.Arrays;
import tonle.base.Must;
import tonle.base.Network;
import tonle.base.Prefix;

/**
 * Longest-prefix match from a {@link Network} to a number: immutable, built once, read by any thread without a lock.
 *
 * <p>A network is a /24 or a /48, so nothing finer can be told apart: prefixes longer than that are left out and
 * counted
 * ({@link #tooFineCount}).
 */
public final class PrefixTable {
    /*
     * Implementation. IPv4: a front of 65,536 entries on the first 16 bits; an entry is a value, or names a page of 256
     * values for the 8 bits behind (DIR-24-8 of Gupta, Lin and McKeown 1998, cut to what a /24 can ask). A table of a
     * few prefixes has 256 KiB, the full table of 2026 some 45 MiB; a look-up reads memory twice at most.
     *
     * IPv6: the 2^48 networks are cut into intervals with one value each, their starts sorted. A front table on the
     * bits behind the first three (global unicast is 2000::/3, RFC 4291 section 2.4) leaves a few starts to search.
     */
    /** No prefix covers the network. */
    public static final int NONE = -1;

    /** A table holds at most so many prefixes: four times what the world announces in 2026. */
    public static final int PREFIX_COUNT_MAX = 6_000_000;

    private static final int PAGE_SIZE = 256;
    private static final int UNICAST_BITS = 45;
    private static final int FRONT_BITS_MIN = 8;
    private static final int FRONT_BITS_MAX = 21;

    private final int prefixCount;
    private final int tooFineCount;
    /** At 2 × index a value, at 2 × index + 1 the number of a page, or -1. */
    private final int[] front4;

    private final int[] pages4;
    private final long[] starts6;
    private final int[] values6;
    private final int[] front6;
    private final int frontShift6;

    private PrefixTable(Builder builder) {
        prefixCount = builder.count;
        tooFineCount = builder.tooFineCount;
        front4 = new int[1 << 17];
        pages4 = new IPv4Painter(front4).paint(builder);
        IntervalCutter cutter = new IntervalCutter(builder);
        starts6 = cutter.starts();
        values6 = cutter.values();
        int frontBits = Math.clamp(
                33L - Integer.numberOfLeadingZeros(Math.max(1, starts6.length)), FRONT_BITS_MIN, FRONT_BITS_MAX);
        frontShift6 = UNICAST_BITS - frontBits;
        front6 = new int[(1 << frontBits) + 1];
        for (int i = 0; i < front6.length; i++) {
            front6[i] = lastAtOrBefore((1L << UNICAST_BITS) + ((long) i << frontShift6), 0, starts6.length - 1);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A table without prefixes. */
    public static PrefixTable empty() {
        return new Builder().build();
    }

    /** The value of the longest prefix that covers {@code network}, or {@link #NONE}. */
    public int value(long network) {
        return switch (Network.ipVersion(network)) {
            case 4 -> value4((int) Network.topBits(network));
            case 6 -> value6(Network.topBits(network));
            default -> NONE;
        };
    }

    private int value4(int top24) {
        int entry = top24 >>> 8 << 1;
        int page = front4[entry + 1];
        return page < 0 ? front4[entry] : pages4[page * PAGE_SIZE + (top24 & 0xFF)];
    }

    private int value6(long top48) {
        int low = 0;
        int high = starts6.length - 1;
        if (top48 >>> UNICAST_BITS == 1) {
            int slot = (int) ((top48 & (1L << UNICAST_BITS) - 1) >>> frontShift6);
            low = front6[slot];
            high = front6[slot + 1];
        }
        return values6[lastAtOrBefore(top48, low, high)];
    }

    /** The last start that is not above {@code top48}; starts6[0] is 0, so there always is one from 0 on. */
    private int lastAtOrBefore(long top48, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts6[middle] <= top48) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Prefixes that were taken in. */
    public int prefixCount() {
        return prefixCount;
    }

    /** Prefixes longer than /24 or /48, which cannot be told apart here and were left out. */
    public int tooFineCount() {
        return tooFineCount;
    }

    /** Octets of memory that the table takes, without its object headers. */
    public long sizeOctets() {
        return 4L * (front4.length + pages4.length + values6.length + front6.length) + 8L * starts6.length;
    }

    /** Gathers prefixes in any order; of two equal prefixes the later one counts. */
    public static final class Builder {
        private long[] firsts = new long[1_024];
        private int[] values = new int[1_024];
        private byte[] lengths = new byte[1_024];
        private boolean[] sixes = new boolean[1_024];
        private int count;
        private int tooFineCount;

        /**
         * @param value what {@link PrefixTable#value} answers; not {@link PrefixTable#NONE}
         * @return false where the prefix was left out, as too fine or past the bound
         */
        public boolean add(Prefix prefix, int value) {
            boolean six = prefix.ipVersion() == 6;
            if (prefix.lengthBits() > (six ? 48 : 24)) {
                tooFineCount++;
                return false;
            }
            return add(six, six ? prefix.high() >>> 16 : prefix.high() >>> 40, prefix.lengthBits(), value);
        }

        /**
         * All whole /24 (or /48) networks from {@code first} to {@code last}, both included, as the fewest prefixes.
         *
         * @return false where some did not fit the bound
         */
        public boolean addRange(int ipVersion, long first, long last, int value) {
            boolean six = ipVersion == 6;
            int bits = six ? 48 : 24;
            long at = first;
            while (at <= last) {
                int free = at == 0 ? bits : Math.min(bits, Long.numberOfTrailingZeros(at));
                while (free > 0 && at + (1L << free) - 1 > last) {
                    free--;
                }
                if (!add(six, at, bits - free, value)) {
                    return false;
                }
                at += 1L << free;
            }
            return true;
        }

        /** Notes a range or prefix that holds no whole /24 or /48. */
        void tooFine() {
            tooFineCount++;
        }

        private boolean add(boolean six, long first, int lengthBits, int value) {
            Must.hold(value != NONE, "a prefix has a value");
            if (count == PREFIX_COUNT_MAX) {
                return false;
            }
            if (count == firsts.length) {
                firsts = Arrays.copyOf(firsts, count * 2);
                values = Arrays.copyOf(values, count * 2);
                lengths = Arrays.copyOf(lengths, count * 2);
                sixes = Arrays.copyOf(sixes, count * 2);
            }
            firsts[count] = first;
            values[count] = value;
            lengths[count] = (byte) lengthBits;
            sixes[count++] = six;
            return true;
        }

        public PrefixTable build() {
            return new PrefixTable(this);
        }
    }

    /** Paints prefixes into the front and its pages, short ones first, so that longer ones paint over them. */
    private static final class IPv4Painter {
        private final int[] front;
        private int[] pages = new int[16 * PAGE_SIZE];
        private int pageCount;

        IPv4Painter(int[] front) {
            this.front = front;
            Arrays.fill(front, NONE);
        }

        int[] paint(Builder builder) {
            for (int length = 0; length <= 24; length++) {
                for (int i = 0; i < builder.count; i++) {
                    if (!builder.sixes[i] && builder.lengths[i] == length) {
                        paintOne((int) builder.firsts[i], length, builder.values[i]);
                    }
                }
            }
            return Arrays.copyOf(pages, pageCount * PAGE_SIZE);
        }

        private void paintOne(int first, int length, int value) {
            if (length <= 16) {
                int from = first >>> 8;
                for (int i = from; i < from + (1 << (16 - length)); i++) {
                    front[2 * i] = value;
                }
                return;
            }
            int entry = first >>> 8 << 1;
            if (front[entry + 1] < 0) {
                if ((pageCount + 1) * PAGE_SIZE > pages.length) {
                    pages = Arrays.copyOf(pages, pages.length * 2);
                }
                Arrays.fill(pages, pageCount * PAGE_SIZE, (pageCount + 1) * PAGE_SIZE, front[entry]);
                front[entry + 1] = pageCount++;
            }
            int from = front[entry + 1] * PAGE_SIZE + (first & 0xFF);
            Arrays.fill(pages, from, from + (1 << (24 - length)), value);
        }
    }

    /** Cuts the IPv6 networks into intervals of one value: prefixes nest, so a stack of open ones is enough. */
    private static final class IntervalCutter {
        private static final long END = 1L << 48;

        private long[] starts;
        private int[] values;
        private int count;
        private final long[] openEnds = new long[50];
        private final int[] openValues = new int[50];
        private int openCount;

        IntervalCutter(Builder builder) {
            int[] sorted = sorted(builder);
            starts = new long[2 * sorted.length + 1];
            values = new int[2 * sorted.length + 1];
            openEnds[0] = END;
            openValues[0] = NONE;
            openCount = 1;
            from(0, NONE);
            for (int s = 0; s < sorted.length; s++) {
                int i = sorted[s];
                long first = builder.firsts[i];
                closeUpTo(first);
                openEnds[openCount] = first + (1L << (48 - builder.lengths[i]));
                openValues[openCount++] = builder.values[i];
                from(first, builder.values[i]);
            }
            closeUpTo(END);
            merge();
        }

        /** Indices of the IPv6 prefixes by (first network, length); of equal prefixes the last that came. */
        private static int[] sorted(Builder builder) {
            int n = 0;
            for (int i = 0; i < builder.count; i++) {
                n += builder.sixes[i] ? 1 : 0;
            }
            Integer[] order = new Integer[n];
            int at = 0;
            for (int i = 0; i < builder.count; i++) {
                if (builder.sixes[i]) {
                    order[at++] = i;
                }
            }
            Arrays.sort(order, (a, b) -> {
                int byFirst = Long.compare(builder.firsts[a], builder.firsts[b]);
                int byLength = byFirst != 0 ? byFirst : Integer.compare(builder.lengths[a], builder.lengths[b]);
                return byLength != 0 ? byLength : Integer.compare(a, b);
            });
            int[] sorted = new int[n];
            int kept = 0;
            for (int i = 0; i < n; i++) {
                boolean repeated = i + 1 < n
                        && builder.firsts[order[i]] == builder.firsts[order[i + 1]]
                        && builder.lengths[order[i]] == builder.lengths[order[i + 1]];
                if (!repeated) {
                    sorted[kept++] = order[i];
                }
            }
            return Arrays.copyOf(sorted, kept);
        }

        private void closeUpTo(long position) {
            while (openCount > 1 && openEnds[openCount - 1] <= position) {
                long end = openEnds[--openCount];
                // A shorter prefix may end at the same place: the next round closes it and sets the value anew.
                if (end < END) {
                    from(end, openValues[openCount - 1]);
                }
            }
        }

        private void from(long start, int value) {
            if (count > 0 && starts[count - 1] == start) {
                values[count - 1] = value;
                return;
            }
            starts[count] = start;
            values[count++] = value;
        }

        private void merge() {
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (kept == 0 || values[i] != values[kept - 1]) {
                    starts[kept] = starts[i];
                    values[kept++] = values[i];
                }
            }
            starts = Arrays.copyOf(starts, kept);
            values = Arrays.copyOf(values, kept);
        }

        long[] starts() {
            return starts;
        }

        int[] values() {
            return values;
        }
    }
}
