// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.util.List;

/**
 * What is asked of captures.
 *
 * @param groupings one table each
 * @param binSeconds the width of bins, where a grouping has them
 * @param templatesFromAnyPort whether IPFIX data may be read by a template that came from another port of the same address
 *     and domain; RFC 7011 section 8 keeps sessions apart
 * @param placement who is connected where, or {@link Placement#NONE}
 */
public record AccountQuestion(
        List<Grouping> groupings, int binSeconds, boolean templatesFromAnyPort, Placement placement) {
    public AccountQuestion {
        groupings = List.copyOf(groupings);
        if (placement == Placement.NONE && groupings.stream().anyMatch(Grouping::needsTopology)) {
            throw new IllegalArgumentException("link, direction, member and remote-as need a topology");
        }
    }
}
