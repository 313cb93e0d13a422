// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

/**
 * The sums that must agree at all times, in unscaled octets: decoded = booked + held + rejected + refused.
 *
 * @param held in memory: open bins and rests below ten flows
 * @param rejected decoded but not bookable, by a stated rule (no metered link, seen at the other side, time out of
 * range)
 * @param refused left out by policy or bound
 */
public record Conservation(long decoded, long booked, long held, long rejected, long refused) {
    public boolean holds() {
        return decoded == booked + held + rejected + refused;
    }
}
