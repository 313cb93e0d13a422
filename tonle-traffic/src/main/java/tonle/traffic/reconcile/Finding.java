// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.reconcile;

import tonle.traffic.Direction;

/**
 * A lasting difference between flow volume and interface counter at one port.
 *
 * @param ratio flow octets over counter octets
 * @param sinceBinSeconds the first bin of the run
 * @param bins for how many bins it has held
 */
public record Finding(
        String exporter,
        long interfaceIndex,
        String link,
        Direction direction,
        double ratio,
        Cause cause,
        double factor,
        long sinceBinSeconds,
        int bins) {
    /** The likely cause of a difference. */
    public enum Cause {
        /** Both directions or both sides are counted: a factor of two. */
        COUNTED_TWICE,
        /** A sampling rate is wrong: a whole factor, or its inverse. */
        SAMPLING_RATE,
        /** Layer-2 octets on one side: a few percent above. */
        LAYER2_OCTETS,
        /** Records are lost: flows a few percent below. */
        LOSS,
        /** Flows see nothing, the counter moves. */
        NO_FLOWS,
        /** None of these. */
        UNEXPLAINED
    }
}
