// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

import java.util.List;

/**
 * A circuit between two sides.
 *
 * @param id as people say it: {@code PNH-SHV-1}
 * @param site the site's id where the gateway holds it
 * @param farSite the other site's id for a backbone link, else empty
 * @param member the member behind it, or empty: then the member follows from the networks
 * @param counterpart who is at the far end, in words
 * @param capacityBitsPerSecond above 0
 */
public record Link(
        String id,
        LinkKind kind,
        String site,
        String farSite,
        String member,
        String counterpart,
        long capacityBitsPerSecond,
        List<LinkPort> ports) {
    /** Stands for interfaces that carry no known link. */
    public static final String NONE = "none";

    public Link {
        ports = List.copyOf(ports);
    }
}
