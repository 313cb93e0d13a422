// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

/**
 * An operator's word on a sampling rate, over what the exporter says (flows.md 4.5, first in order).
 *
 * @param interfaceIndex the interface, or -1 for all
 * @param rate one in so many packets, at least 1
 * @param fromSeconds valid from, since 1970
 * @param toSeconds valid until (excluded); {@link Long#MAX_VALUE} for no end
 * @param reason why, in words; shown and logged
 */
public record RateOverride(long interfaceIndex, long rate, long fromSeconds, long toSeconds, String reason) {}
