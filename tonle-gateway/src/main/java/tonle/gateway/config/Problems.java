// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, up to a bound; the rest is counted. */
final class Problems {
    static final int KEPT_MAX = 100;

    private final List<Problem> kept = new ArrayList<>();
    private int count;

    void add(Spot spot, String message) {
        count++;
        if (kept.size() < KEPT_MAX) {
            kept.add(new Problem(spot, message));
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    List<Problem> all() {
        List<Problem> all = new ArrayList<>(kept);
        if (count > KEPT_MAX) {
            all.add(new Problem(
                    kept.getLast().spot(), "and " + (count - KEPT_MAX) + " more; mend these first, then look again"));
        }
        return all;
    }
}
