// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

import java.util.Map;

/**
 * One bring-up as it is kept.
 *
 * @param round counts the times that this link was brought up, from 1
 * @param operatorId whose link it is; empty for one of the gateway's own
 * @param excuses checks that an engineer excused, with the reason
 * @param version counts changes from 1; who changes an older one than stands is refused
 */
public record BringUpRecord(
        String linkId, int round, String operatorId, Stage stage, Map<Check, String> excuses, int version) {
    public BringUpRecord {
        excuses = Map.copyOf(excuses);
    }

    BringUpRecord at(Stage next) {
        return new BringUpRecord(linkId, round, operatorId, next, excuses, version + 1);
    }
}
