// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.io.IOException;

/**
 * The store takes other batches and not this one: its content breaks a rule of the tables, which is a defect of Tonle's
 * and no outage. Trying again helps only where the reading of the failure was wrong.
 */
public final class BatchRefused extends IOException {
    public BatchRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
