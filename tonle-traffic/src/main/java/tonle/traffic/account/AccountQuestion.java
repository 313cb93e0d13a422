// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.util.List;

/**
 * What is asked of captures.
 *
 * @param groupings one table each
 * @param binSeconds the width of bins, where a grouping has them
 * @param reach where the templates of data may come from
 * @param placement who is connected where, or {@link Placement#NONE}
 */
public record AccountQuestion(List<Grouping> groupings, int binSeconds, TemplateReach reach, Placement placement) {
    public AccountQuestion {
        groupings = List.copyOf(groupings);
        if (placement == Placement.NONE && groupings.stream().anyMatch(Grouping::needsTopology)) {
            throw new IllegalArgumentException("link, direction, member and remote-as need a topology");
        }
    }
}
