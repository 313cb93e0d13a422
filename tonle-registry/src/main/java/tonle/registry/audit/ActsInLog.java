// SPDX-License-Identifier: Apache-2.0
package tonle.registry.audit;

import java.io.IOException;
import java.util.List;

/** The log as whoever checks the audit sees it: a port, as the log is a house of its own. */
public interface ActsInLog {
    /** Where there is no log. */
    ActsInLog NONE = (_, _) -> List.of();

    /** An entry of acts, proven to stand in the log. */
    record Entered(long entry, AuditDigest digest) {}

    /**
     * The entries that commit to events of a range, in the order of the log.
     *
     * @param first the number of the first event
     * @param last the number of the last one
     * @throws IOException where the log cannot be read or does not hold what was signed; the message says which
     */
    List<Entered> touching(long first, long last) throws IOException;
}
