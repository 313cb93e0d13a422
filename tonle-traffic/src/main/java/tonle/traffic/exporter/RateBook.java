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
    /** Interfaces with rates of their own, in each direction. */
    static final int INTERFACES_MAX = 4_096;

    private static final int HISTORY_MAX = 8;

    /** One selector's or interface's rates, oldest first. */
    static final class History {
        /** The selector, or the interface's index. */
        final long selector;

        private final RateSource own;
        private final long[] since = new long[HISTORY_MAX];
        private final Rate[] bySelector = new Rate[HISTORY_MAX];
        private final Rate[] byDomain = new Rate[HISTORY_MAX];
        private int count;
        boolean remembered;

        History(long selector, RateSource own) {
            this.selector = selector;
            this.own = own;
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
            bySelector[count] = rate.from(own);
            byDomain[count++] = rate.from(RateSource.DOMAIN);
        }
    }

    private static final Rate ZERO_IS_UNSAMPLED = new Rate(1, 1, RateSource.SELECTOR);

    private final LongTable<History> histories = new LongTable<>();
    private final LongTable<History> ingressRates = new LongTable<>();
    private final LongTable<History> egressRates = new LongTable<>();
    private History single;
    private boolean ambiguous;
    private long changes;

    /** @return whether this changed what was known; an unknown rate and a selector past the bound change nothing */
    boolean learn(long selector, Rate rate, long sinceMillis) {
        boolean changed = learn(histories, SELECTORS_MAX, selector, RateSource.SELECTOR, rate, sinceMillis);
        if (changed) {
            judge();
        }
        return changed;
    }

    /** The rate of what enters or leaves by one interface; it says nothing about the others. */
    boolean learnInterface(boolean egress, long index, Rate rate, long sinceMillis) {
        return learn(ofDirection(egress), INTERFACES_MAX, index, RateSource.INTERFACE, rate, sinceMillis);
    }

    private LongTable<History> ofDirection(boolean egress) {
        return egress ? egressRates : ingressRates;
    }

    private boolean learn(LongTable<History> known, int max, long key, RateSource own, Rate rate, long sinceMillis) {
        if (!rate.isKnown()) {
            return false;
        }
        History history = known.get(key);
        if (history == null) {
            if (known.size() == max) {
                return false;
            }
            history = new History(key, own);
            known.put(key, history);
        }
        history.remembered = false;
        if (history.count > 0 && history.newest().sameFraction(rate)) {
            return false;
        }
        history.add(rate, sinceMillis);
        changes++;
        return true;
    }

    void recall(long selector, Rate rate, long sinceMillis) {
        if (histories.get(selector) == null && learn(selector, rate, sinceMillis)) {
            histories.get(selector).remembered = true;
        }
    }

    void recallInterface(boolean egress, long index, Rate rate, long sinceMillis) {
        if (ofDirection(egress).get(index) == null && learnInterface(egress, index, rate, sinceMillis)) {
            ofDirection(egress).get(index).remembered = true;
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

    /** The rate of the interface at a time, or {@link Rate#NONE}. */
    Rate ofInterface(boolean egress, long index, long atMillis) {
        History history = ofDirection(egress).get(index);
        return history == null ? Rate.NONE : history.bySelector[history.indexAt(atMillis)];
    }

    boolean hasInterfaces() {
        return interfaceCount() > 0;
    }

    int interfaceCount() {
        return ingressRates.size() + egressRates.size();
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

    void forEachInterface(boolean egress, Consumer<History> consumer) {
        ofDirection(egress).forEach(consumer);
    }

    void forEach(Consumer<History> consumer) {
        histories.forEach(consumer);
    }
}
