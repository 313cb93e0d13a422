// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import tonle.base.DeviceAddress;
import tonle.traffic.Direction;

/** Where a record's traffic belongs by the gateway's topology: the port through which an account asks. */
public interface Placement {
    /** No topology at all. */
    Placement NONE = (_, _, _, _, _, _, _) -> {};

    /**
     * Tells {@code sides} each link and direction at which the record is counted; none where it crosses no known link.
     *
     * @param ingress ifIndex, or -1
     * @param egress ifIndex, or -1
     * @param flowDirection element 61, or -1
     * @param sourceNetwork a {@link tonle.base.Network}
     */
    void place(
            DeviceAddress exporter,
            long ingress,
            long egress,
            int flowDirection,
            long sourceNetwork,
            long destinationNetwork,
            Sides sides);

    /** Told where a record is counted. */
    interface Sides {
        void side(String link, Direction direction, String member, long remoteAsn);
    }
}
