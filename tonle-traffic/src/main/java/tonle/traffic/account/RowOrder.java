// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

/** Sorts rows that lie in arrays of numbers, without an object for each. */
final class RowOrder {
    private RowOrder() {}

    /**
     * Row numbers by {@code sums[row × stride + offset]}, largest first; equals by their keys, smallest first, so that
     * the order is the same in every run.
     */
    static int[] descending(long[] sums, int stride, int offset, long[] keys, int keyCount) {
        int[] order = new int[sums.length / stride];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        int[] spare = new int[order.length];
        sort(order, spare, 0, order.length, (a, b) -> {
            int bySum = Long.compareUnsigned(sums[b * stride + offset], sums[a * stride + offset]);
            for (int i = 0; bySum == 0 && i < keyCount; i++) {
                bySum = Long.compare(keys[a * keyCount + i], keys[b * keyCount + i]);
            }
            return bySum;
        });
        return order;
    }

    private interface RowComparison {
        int compare(int a, int b);
    }

    /** Merge sort: n log n whatever the input. */
    private static void sort(int[] order, int[] spare, int from, int to, RowComparison comparison) {
        if (to - from < 2) {
            return;
        }
        int middle = from + to >>> 1;
        sort(order, spare, from, middle, comparison);
        sort(order, spare, middle, to, comparison);
        System.arraycopy(order, from, spare, from, middle - from);
        int left = from;
        int right = middle;
        for (int at = from; left < middle; at++) {
            boolean takesRight = right < to && comparison.compare(order[right], spare[left]) < 0;
            order[at] = takesRight ? order[right++] : spare[left++];
        }
    }
}
