// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.function.Consumer;
import tonle.traffic.LongTable;

/**
 * The sampling rates that options data of one device and domain told, whatever port they came from, each with the time
 * from which it holds: a record is scaled by the rate of its own time.
 */
final class RateBook {
    /** Stands for a rate without selector: it holds for the domain. */
    static final long NO_SELECTOR = -1;

    static final int SELECTORS_MAX = 256;
    private static final int HISTORY_MAX = 8;

    /** One selector's rates, oldest first. */
    static final class History {
        final long selector;
        private final long[] since = new long[HISTORY_MAX];
        private final Rate[] bySelector = new Rate[HISTORY_MAX];
        private final Rate[] byDomain = new Rate[HISTORY_MAX];
        private int count;
        boolean remembered;

        History(long selector) {
            this.selector = selector;
        }

        Rate newest() {
            return bySelector[count - 1];
        }

        long newestSinceMillis() {
            return since[count - 1];
        }

        /** The rate at {@code atMillis}; before the first one known, the first. */
        private int indexAt(long atMillis) {
            int i = count - 1;
            while (i > 0 && since[i] > atMillis) {
                i--;
            }
            return i;
        }

        private void add(Rate rate, long sinceMillis) {
            if (count > 0 && sinceMillis < since[count - 1]) {
                // Told late about an earlier time: the newest stays, its past is not rewritten.
                return;
            }
            if (count == HISTORY_MAX) {
                System.arraycopy(since, 1, since, 0, HISTORY_MAX - 1);
                System.arraycopy(bySelector, 1, bySelector, 0, HISTORY_MAX - 1);
                System.arraycopy(byDomain, 1, byDomain, 0, HISTORY_MAX - 1);
                count--;
            }
            since[count] = sinceMillis;
            bySelector[count] = rate.from(RateSource.SELECTOR);
            byDomain[count++] = rate.from(RateSource.DOMAIN);
        }
    }

    private static final Rate ZERO_IS_UNSAMPLED = new Rate(1, 1, RateSource.SELECTOR);

    private final LongTable<History> histories = new LongTable<>();
    private History single;
    private boolean ambiguous;
    private long changes;

    /** @return whether this changed what was known; an unknown rate and a selector past the bound change nothing */
    boolean learn(long selector, Rate rate, long sinceMillis) {
        if (!rate.isKnown()) {
            return false;
        }
        History history = histories.get(selector);
        if (history == null) {
            if (histories.size() == SELECTORS_MAX) {
                return false;
            }
            history = new History(selector);
            histories.put(selector, history);
        }
        history.remembered = false;
        if (history.count > 0 && history.newest().sameFraction(rate)) {
            return false;
        }
        history.add(rate, sinceMillis);
        changes++;
        judge();
        return true;
    }

    void recall(long selector, Rate rate, long sinceMillis) {
        if (histories.get(selector) == null && learn(selector, rate, sinceMillis)) {
            histories.get(selector).remembered = true;
        }
    }

    private void judge() {
        History[] first = {null};
        boolean[] differ = {false};
        histories.forEach(h -> {
            first[0] = first[0] == null ? h : first[0];
            differ[0] |= !h.newest().sameFraction(first[0].newest());
        });
        single = differ[0] ? null : first[0];
        ambiguous = differ[0];
    }

    /**
     * The selector's rate at a time; an undefined selector 0 means unsampled, any other unknown one {@link Rate#NONE}.
     */
    Rate ofSelector(long selector, long atMillis) {
        History history = histories.get(selector);
        if (history == null) {
            return selector == 0 ? ZERO_IS_UNSAMPLED : Rate.NONE;
        }
        return history.bySelector[history.indexAt(atMillis)];
    }

    /** The one rate that is known for the domain, or {@link Rate#NONE}: none at all, or several that differ. */
    Rate ofDomain(long atMillis) {
        return single == null ? Rate.NONE : single.byDomain[single.indexAt(atMillis)];
    }

    /** Several rates are known and a record without selector cannot say which is its own. */
    boolean isAmbiguous() {
        return ambiguous;
    }

    int selectorCount() {
        return histories.size();
    }

    long changes() {
        return changes;
    }

    void forEach(Consumer<History> consumer) {
        histories.forEach(consumer);
    }
}
