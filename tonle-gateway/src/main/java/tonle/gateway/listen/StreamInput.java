// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a stream's octets come from: the connection itself, or what TLS makes of it. */
@FunctionalInterface
interface StreamInput {
    /** Waits for octets and puts them at the buffer's position; -1 at the end of the stream. */
    int read(ByteBuffer into) throws IOException;
}
