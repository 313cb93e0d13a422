// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import tonle.notary.check.LogSource;
import tonle.registry.audit.ActsInLog;

/** The public log as pages see it: a port, as whoever wires the gateway writes it. */
public interface PublishedLog {
    /** The files that everybody may read. */
    LogSource files();

    /** What the log holds of acts, to check the audit by. */
    ActsInLog acts();

    /** How its writer and its witnesses are now. */
    LogHealth health();
}
