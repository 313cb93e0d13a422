// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Sampling rates of one exporter's domain, and the sums that wait for them. A rate learnt anywhere in a capture applies
 * to all of it, so records are summed by selector first and multiplied last: one reading is enough. Where a selector's
 * rate changes on the way, what was summed until then is multiplied by the rate that held.
 */
final class RateBook {
    /** Selectors beyond these are not remembered: their records count as without a rate. */
    static final int SELECTOR_COUNT_MAX = 4_096;

    /** Stands for an options record that gives a rate for no selector in particular. */
    static final long NO_SELECTOR = -1;

    private static final class Entry {
        final Sums waiting = new Sums();
        Rate rate;
    }

    private final Map<Long, Entry> bySelector = new HashMap<>();
    private final Set<Rate> ratesSeen = new LinkedHashSet<>();
    private final Sums withoutSelector = new Sums();
    private final Sums scaled = new Sums();
    private long lastSelector;
    private Entry lastEntry;

    /** An options record tells a rate. */
    void learn(long selector, Rate rate) {
        if (ratesSeen.size() < SELECTOR_COUNT_MAX) {
            ratesSeen.add(rate);
        }
        Entry entry = entry(selector);
        if (entry == null) {
            return;
        }
        if (entry.rate != null && !entry.rate.equals(rate)) {
            multiply(entry.waiting, entry.rate);
        }
        entry.rate = rate;
    }

    /** Where records without a selector of this domain are summed. */
    Sums withoutSelector() {
        return withoutSelector;
    }

    /** Where records of {@code selector} are summed. */
    Sums of(long selector) {
        if (lastEntry != null && selector == lastSelector) {
            return lastEntry.waiting;
        }
        Entry entry = entry(selector);
        if (entry == null) {
            return withoutSelector;
        }
        lastSelector = selector;
        lastEntry = entry;
        return entry.waiting;
    }

    /** Ends the reading: {@code into} gets what has a rate, {@code unrated} what has none. */
    void settle(Sums into, Sums unrated) {
        for (Map.Entry<Long, Entry> selector : bySelector.entrySet()) {
            Entry entry = selector.getValue();
            if (entry.rate == null) {
                withoutSelector.addAll(entry.waiting);
                entry.waiting.clear();
            } else {
                multiply(entry.waiting, entry.rate);
            }
        }
        // Several rates and no selector in the record: ambiguous, so none is taken.
        if (ratesSeen.size() == 1) {
            multiply(withoutSelector, ratesSeen.iterator().next());
        }
        into.addAll(scaled);
        unrated.addAll(withoutSelector);
    }

    private void multiply(Sums waiting, Rate rate) {
        scaled.add(waiting.records, rate.scale(waiting.octets), rate.scale(waiting.packets));
        waiting.clear();
    }

    private Entry entry(long selector) {
        Entry entry = bySelector.get(selector);
        if (entry == null && bySelector.size() < SELECTOR_COUNT_MAX) {
            entry = new Entry();
            bySelector.put(selector, entry);
        }
        return entry;
    }
}
