// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import java.util.List;
import tonle.notary.log.PublicLog;
import tonle.notary.witness.WitnessState;

/**
 * How the log of a running gateway is.
 *
 * @param writer its stage, its head, and what is in the way of the next entry
 * @param witnesses each as the log sees it; empty for a log that nobody witnesses
 * @param witnessedSize the most entries that a quorum cosigned in this run
 * @param waitingEvents events of the audit that wait to be entered
 */
public record LogHealth(PublicLog.State writer, List<WitnessState> witnesses, long witnessedSize, long waitingEvents) {
    public LogHealth {
        witnesses = List.copyOf(witnesses);
    }

    /** Whether each entry that is public has been seen by a quorum. */
    public boolean isWitnessed() {
        return !witnesses.isEmpty() && witnessedSize >= writer.head().size();
    }
}
