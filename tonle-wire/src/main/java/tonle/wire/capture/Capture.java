// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Reads one capture file, whatever its kind: its first octets and its name's ending decide. */
public final class Capture {
    private Capture() {}

    /**
     * Reads {@code file} to its end in bounded memory. gzip is unpacked on the way.
     *
     * @param progress told how many octets of the file have been read, now and then
     * @throws IOException where the file cannot be read; damage inside it is told to the sink instead
     */
    public static void read(Path file, DatagramSink sink, LongConsumer progress) throws IOException {
        throw new UnsupportedOperationException();
    }
}
