// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

/** How much of a past the demo begins with. */
public enum DemoPast {
    /** Nothing: only what the devices send. */
    NONE("none", 0, 0),
    /** Three weeks; the last two days in full detail, the days before by link and member only. */
    WEEKS("weeks", 21, 2),
    /** Thirty-one days in full detail: some minutes of work in the background. */
    MONTH("month", 31, 31);

    private final String key;
    private final int days;
    private final int detailDays;

    DemoPast(String key, int days, int detailDays) {
        this.key = key;
        this.days = days;
        this.detailDays = detailDays;
    }

    /** The word on the command line: {@code --backfill month}. */
    public String key() {
        return key;
    }

    int days() {
        return days;
    }

    int detailDays() {
        return detailDays;
    }
}
