// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import tonle.base.Prefix;

/** A prefix that the file gives to an operator, and where it says so. */
record PrefixHolding(Prefix prefix, String operator, Spot spot) {
    /** By address, the shorter first: then whatever covers a prefix stands before it. */
    private static final Comparator<PrefixHolding> BY_ADDRESS = Comparator.comparing(
            PrefixHolding::prefix,
            Comparator.comparingInt(Prefix::ipVersion)
                    .thenComparing(Prefix::high, Long::compareUnsigned)
                    .thenComparing(Prefix::low, Long::compareUnsigned)
                    .thenComparingInt(Prefix::lengthBits));

    /** Tells of prefixes given twice and, unless {@code nested} allows it, of one operator's inside another's. */
    static void tellOverlaps(List<PrefixHolding> holdings, boolean nested, Problems problems) {
        Deque<PrefixHolding> covering = new ArrayDeque<>();
        for (PrefixHolding holding : holdings.stream().sorted(BY_ADDRESS).toList()) {
            while (!covering.isEmpty() && !covering.peek().prefix().covers(holding.prefix())) {
                covering.pop();
            }
            PrefixHolding outer = covering.peek();
            covering.push(holding);
            if (outer == null) {
                continue;
            }
            boolean same = outer.prefix().equals(holding.prefix());
            String place = " (" + outer.spot().text() + ")";
            if (same) {
                problems.add(
                        holding.spot(),
                        holding.prefix() + " stands under operator " + outer.operator() + place + " already; keep one");
            } else if (!nested && !outer.operator().equals(holding.operator())) {
                problems.add(
                        holding.spot(),
                        holding.prefix() + " of " + holding.operator() + " lies inside " + outer.prefix() + " of "
                                + outer.operator() + place
                                + "; if it was handed on, set policies.nested-prefixes: true, and the longest decides");
            }
        }
    }
}
