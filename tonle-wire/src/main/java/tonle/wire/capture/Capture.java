// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongConsumer;
import tonle.wire.Fault;

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
        try (OctetStream in = new OctetStream(file, progress)) {
            readKind(in, nameOf(file), sink);
            if (in.isDamaged()) {
                sink.malformed(Fault.CAPTURE_TRUNCATED, in.fileOffset());
            }
        }
    }

    private static void readKind(OctetStream in, String name, DatagramSink sink) throws IOException {
        int magic = in.has(4) ? in.intAt(0) : 0;
        if (PcapReader.isPcap(magic)) {
            try (PacketReader packets = new PacketReader(sink)) {
                new PcapReader(in, packets, sink).read();
            }
        } else if (magic == PcapngReader.SECTION_HEADER_BLOCK) {
            try (PacketReader packets = new PacketReader(sink)) {
                new PcapngReader(in, packets, sink).read();
            }
        } else {
            new RawReader(in, name, sink).read();
        }
    }

    /** In lower case and without {@code .gz}: the ending says what is inside. */
    private static String nameOf(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }
}
