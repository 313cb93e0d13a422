// SPDX-License-Identifier: Apache-2.0
package tonle.registry.audit;

import java.io.IOException;
import java.util.List;

/** The log as the audit sees it: a port, so that acts before the log exists wait in the outbox and enter it later. */
public interface Notary {
    /**
     * Enters digests in this order and returns when all of them are durable. A digest whose content id is entered
     * already is passed over: after a crash the newest ones come again.
     *
     * @throws IOException when they cannot be entered now: none is forgotten, all come again
     */
    void submit(List<AuditDigest> digests) throws IOException;
}
