// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.io.IOException;

/** A port that Tonle shall listen on is taken; the message names its holder. */
public final class BusyPort extends IOException {
    public BusyPort(String message, Throwable cause) {
        super(message, cause);
    }
}
