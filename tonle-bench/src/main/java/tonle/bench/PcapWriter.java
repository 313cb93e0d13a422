// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes datagrams into a capture file (pcap, microseconds, Ethernet, IPv4, UDP), as a recorder would. */
final class PcapWriter implements AutoCloseable {
    private static final int BUFFER_OCTETS = 1 << 20;
    private static final int PACKET_OCTETS_MAX = 2_048;
    private static final int HEADERS_OCTETS = 14 + 20 + 8;

    private final FileChannel file;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_OCTETS).order(ByteOrder.BIG_ENDIAN);
    private long datagramCount;

    PcapWriter(Path path) throws IOException {
        file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        out.putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(65_535)
                .putInt(1);
    }

    void write(MemorySegment payload, int exporter, int port, long millis) throws IOException {
        if (out.remaining() < PACKET_OCTETS_MAX) {
            flush();
        }
        int size = (int) payload.byteSize();
        out.putInt((int) (millis / 1000)).putInt((int) (millis % 1000 * 1000));
        out.putInt(HEADERS_OCTETS + size).putInt(HEADERS_OCTETS + size);
        out.putLong(0x0200_0000_0001_0200L).putInt(exporter + 2).putShort((short) 0x0800);
        ipv4(exporter, size);
        out.putShort((short) (40_000 + exporter)).putShort((short) port);
        out.putShort((short) (8 + size)).putShort((short) 0);
        MemorySegment.copy(payload, 0, MemorySegment.ofBuffer(out), 0, size);
        out.position(out.position() + size);
        datagramCount++;
    }

    private void ipv4(int exporter, int payloadOctets) {
        int total = 28 + payloadOctets;
        int source = 0xC0000200 | 1 + exporter; // 192.0.2.1 and up (RFC 5737)
        int target = 0xC00002FE;
        int sum = 0x4500 + total + 0x4011 + (source >>> 16) + (source & 0xFFFF) + (target >>> 16) + (target & 0xFFFF);
        sum = (sum & 0xFFFF) + (sum >>> 16);
        sum = (sum & 0xFFFF) + (sum >>> 16);
        out.putShort((short) 0x4500).putShort((short) total).putInt(0).putShort((short) 0x4011);
        out.putShort((short) ~sum).putInt(source).putInt(target);
    }

    long datagramCount() {
        return datagramCount;
    }

    private void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            file.write(out);
        }
        out.clear();
    }

    @Override
    public void close() throws IOException {
        flush();
        file.close();
    }

    static MemorySegment room() {
        return MemorySegment.ofArray(new long[PACKET_OCTETS_MAX / (int) ValueLayout.JAVA_LONG.byteSize()]);
    }
}
