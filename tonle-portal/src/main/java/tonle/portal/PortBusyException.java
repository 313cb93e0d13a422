// SPDX-License-Identifier: Apache-2.0
package tonle.portal;

import java.io.IOException;

/** The port of the pages is taken by another process. */
public final class PortBusyException extends IOException {
    private final int port;

    public PortBusyException(int port, Throwable cause) {
        super("port " + port + " is taken", cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
