// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

/**
 * The sums that must agree at all times, in unscaled octets: decoded = booked + under way + held + set aside + rejected
 * + refused.
 *
 * @param booked in the traffic store, durable: a kill of the process does not take them away
 * @param underWay handed over to be written, and neither written nor set aside yet
 * @param held in memory of the workers: open bins, rests below ten flows, rows that nobody has taken yet
 * @param setAside in batches that the store would not take, given up so that the others are written
 * @param rejected decoded but not bookable, by a stated rule (no metered link, seen at the other side, time out of
 * range)
 * @param refused left out by policy or bound
 */
public record Conservation(
        long decoded, long booked, long underWay, long held, long setAside, long rejected, long refused) {
    public static final Conservation ZERO = new Conservation(0, 0, 0, 0, 0, 0, 0);

    public boolean holds() {
        return decoded == booked + underWay + held + setAside + rejected + refused;
    }

    public Conservation plus(Conservation other) {
        return new Conservation(
                decoded + other.decoded,
                booked + other.booked,
                underWay + other.underWay,
                held + other.held,
                setAside + other.setAside,
                rejected + other.rejected,
                refused + other.refused);
    }
}
