// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

/** How a row came to be. */
public enum RowKind {
    /** Measured, while its bin was open. */
    MEASURED("measured"),
    /** Measured, came after its bin was sealed: added beside it, the sealed sum stays readable. */
    CORRECTION("correction"),
    /** Filled in at once, for a demonstration: never real traffic. */
    BACKFILL("backfill");

    private final String key;

    RowKind(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
