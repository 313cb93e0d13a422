// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import java.io.IOException;
import tonle.wire.Fault;

/**
 * Reads classic pcap files (draft-ietf-opsawg-pcap): a file header of 24 octets, then packets, in the byte order of the
 * machine that wrote them.
 * <pre>
 *   octet  0       4     6     8          16      20
 *          magic   major minor reserved   snaplen link type     file header
 *          seconds fraction    captured   original              packet header, 16 octets, then the captured octets
 * </pre>
 */
final class PcapReader {
    private static final int MAGIC_MICROSECONDS = 0xA1B2C3D4;
    private static final int MAGIC_NANOSECONDS = 0xA1B23C4D;
    private static final int FILE_HEADER_OCTETS = 24;
    private static final int PACKET_HEADER_OCTETS = 16;
    /** libpcap writes and reads no larger packet. */
    static final int PACKET_OCTETS_MAX = 262_144;

    private final OctetStream in;
    private final PacketReader packets;
    private final DatagramSink sink;

    PcapReader(OctetStream in, PacketReader packets, DatagramSink sink) {
        this.in = in;
        this.packets = packets;
        this.sink = sink;
    }

    /** @param magic the first four octets, the first highest */
    static boolean isPcap(int magic) {
        int swapped = Integer.reverseBytes(magic);
        return magic == MAGIC_MICROSECONDS
                || magic == MAGIC_NANOSECONDS
                || swapped == MAGIC_MICROSECONDS
                || swapped == MAGIC_NANOSECONDS;
    }

    void read() throws IOException {
        if (!in.has(FILE_HEADER_OCTETS)) {
            sink.malformed(Fault.CAPTURE_TRUNCATED, in.fileOffset());
            return;
        }
        int magic = in.intAt(0);
        boolean isSwapped = magic != MAGIC_MICROSECONDS && magic != MAGIC_NANOSECONDS;
        int fractionsPerMicro = order(magic, isSwapped) == MAGIC_NANOSECONDS ? 1000 : 1;
        // The upper bits tell whether a frame check sequence follows; our lengths come from the IP header.
        LinkType link = LinkType.of(order(in.intAt(20), isSwapped) & 0xFFFF);
        if (link == LinkType.UNKNOWN) {
            sink.malformed(Fault.CAPTURE_FORMAT_UNKNOWN, 20);
            return;
        }
        in.advance(FILE_HEADER_OCTETS);
        while (in.has(PACKET_HEADER_OCTETS)) {
            long seconds = Integer.toUnsignedLong(order(in.intAt(0), isSwapped));
            long fraction = Integer.toUnsignedLong(order(in.intAt(4), isSwapped));
            int captured = order(in.intAt(8), isSwapped);
            if (captured < 0 || captured > PACKET_OCTETS_MAX) {
                // Nothing tells where the next packet begins.
                sink.malformed(Fault.CAPTURE_PACKET_INVALID, in.fileOffset() + 8);
                return;
            }
            if (!in.has(PACKET_HEADER_OCTETS + captured)) {
                sink.malformed(Fault.CAPTURE_TRUNCATED, in.fileOffset());
                return;
            }
            in.advance(PACKET_HEADER_OCTETS);
            packets.packet(
                    link,
                    in.buffer(),
                    in.position(),
                    captured,
                    seconds * 1_000_000 + fraction / fractionsPerMicro,
                    in.fileOffset());
            in.advance(captured);
        }
        if (in.available() > 0) {
            sink.malformed(Fault.CAPTURE_TRUNCATED, in.fileOffset());
        }
    }

    private static int order(int number, boolean isSwapped) {
        return isSwapped ? Integer.reverseBytes(number) : number;
    }
}
