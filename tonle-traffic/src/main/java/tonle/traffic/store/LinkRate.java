// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

/**
 * What a link carries now, from the newest complete bin.
 *
 * @param binSeconds that bin, 0 where nothing is known
 */
public record LinkRate(
        String link, long binSeconds, double inBitsPerSecond, double outBitsPerSecond, boolean fromCounters) {}
