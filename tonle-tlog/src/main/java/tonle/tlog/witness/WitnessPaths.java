// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import tonle.base.Sha256;

/** Where a witness is asked: paths below its submission prefix and its monitoring prefix. */
public final class WitnessPaths {
    /** POST, below the submission prefix. */
    public static final String ADD_CHECKPOINT = "add-checkpoint";

    private WitnessPaths() {}

    /** GET, below the monitoring prefix: the checkpoint of a log that the witness cosigned last. */
    public static String checkpoint(String origin) {
        return Sha256.hex(origin.getBytes(UTF_8)) + "/checkpoint";
    }
}
