// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

/** Why a decoded record was not booked: each is a stated rule, counted in records and unscaled octets. */
public enum Rejection {
    /**
     * Neither interface carries a link that is metered at this exporter: unknown, or metered at the link's other end.
     */
    NO_METERED_LINK("no-metered-link"),
    /**
     * Forwarding status, discard record or sFlow output format say that the packets were dropped (RFC 7270 section
     * 4.12).
     */
    NOT_DELIVERED("not-delivered"),
    /** The flow ended too long ago, clocks corrected. */
    TIME_OUT_OF_RANGE("time-out-of-range"),
    /** The exporter makes two records for each packet and this one does not say which it is (flowDirection, 61). */
    DIRECTION_UNKNOWN("direction-unknown"),
    /** A firewall's teardown record repeats what its update records brought (flows.md 4.4). */
    TOTAL_BESIDE_UPDATES("total-beside-updates"),
    /** More octets in one record than any link carries: damage, not traffic. Such octets enter no sum at all. */
    COUNTER_IMPLAUSIBLE("counter-implausible");

    private final String key;

    Rejection(String key) {
        this.key = key;
    }

    /** The word in JSON and tables. */
    public String key() {
        return key;
    }
}
