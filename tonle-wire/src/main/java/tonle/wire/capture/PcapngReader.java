// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import java.io.IOException;
import tonle.base.Must;
import tonle.wire.Fault;

/**
 * Reads pcapng files (draft-ietf-opsawg-pcapng): blocks, each with its type and length in front and its length again
 * behind. A section header sets the byte order and forgets all interfaces; an interface description gives link type and
 * time resolution; enhanced, simple and the older packet blocks hold packets; all others are skipped by their length.
 * <pre>
 *   octet  0     4       8                          length - 4
 *          type  length  body, padded to 4 octets   length
 * </pre>
 */
final class PcapngReader {
    static final int SECTION_HEADER_BLOCK = 0x0A0D0D0A;

    private static final int INTERFACE_BLOCK = 1;
    private static final int PACKET_BLOCK = 2;
    private static final int SIMPLE_PACKET_BLOCK = 3;
    private static final int ENHANCED_PACKET_BLOCK = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int BLOCK_OCTETS_MIN = 12;
    private static final int OPTION_TIME_RESOLUTION = 9;
    private static final int OPTION_TIME_OFFSET = 14;
    /** Packets of interfaces beyond these are counted as unreadable. */
    private static final int INTERFACE_COUNT_MAX = 1024;

    /** One interface of the section. */
    private record Interface(LinkType link, int snapOctets, int timeResolution, long offsetSeconds) {}

    private final OctetStream in;
    private final PacketReader packets;
    private final DatagramSink sink;
    private final Interface[] interfaces = new Interface[INTERFACE_COUNT_MAX];
    private int interfaceCount;
    private boolean isSwapped;

    PcapngReader(OctetStream in, PacketReader packets, DatagramSink sink) {
        this.in = in;
        this.packets = packets;
        this.sink = sink;
    }

    void read() throws IOException {
        while (in.has(BLOCK_OCTETS_MIN)) {
            int type = in.intAt(0);
            if (type == SECTION_HEADER_BLOCK && !beginsSection()) {
                sink.malformed(Fault.CAPTURE_FORMAT_UNKNOWN, in.fileOffset() + 8);
                return;
            }
            long length = number(4);
            if (length < BLOCK_OCTETS_MIN) {
                // Nothing tells where the next block begins.
                sink.malformed(Fault.CAPTURE_PACKET_INVALID, in.fileOffset() + 4);
                return;
            }
            length = length + 3 & ~3L;
            boolean isWhole = length <= OctetStream.WINDOW_OCTETS_MAX ? in.has((int) length) : false;
            if (isWhole) {
                block(order(type), (int) length);
                in.advance((int) length);
                continue;
            }
            long start = in.fileOffset();
            boolean isTooLong = length > OctetStream.WINDOW_OCTETS_MAX;
            if (!isTooLong || !in.skip(length)) {
                sink.malformed(Fault.CAPTURE_TRUNCATED, start);
                return;
            }
            if (isPacket(order(type))) {
                sink.malformed(Fault.CAPTURE_PACKET_INVALID, start);
            }
        }
        if (in.available() > 0) {
            sink.malformed(Fault.CAPTURE_TRUNCATED, in.fileOffset());
        }
    }

    private static boolean isPacket(int type) {
        return type == ENHANCED_PACKET_BLOCK || type == SIMPLE_PACKET_BLOCK || type == PACKET_BLOCK;
    }

    /** Interfaces are counted anew in each section, and each section has its own byte order. */
    private boolean beginsSection() {
        int magic = in.intAt(8);
        isSwapped = magic != BYTE_ORDER_MAGIC;
        interfaceCount = 0;
        return order(magic) == BYTE_ORDER_MAGIC;
    }

    private void block(int type, int length) {
        switch (type) {
            case INTERFACE_BLOCK -> describeInterface(length);
            case ENHANCED_PACKET_BLOCK -> stampedPacket(length, number(8));
            case PACKET_BLOCK -> stampedPacket(length, halfNumber(8));
            case SIMPLE_PACKET_BLOCK -> simplePacket(length);
            default -> {
                // Name resolution, statistics, custom blocks: nothing that travelled.
            }
        }
    }

    private void describeInterface(int length) {
        if (length < 20 || interfaceCount == INTERFACE_COUNT_MAX) {
            sink.malformed(Fault.CAPTURE_PACKET_INVALID, in.fileOffset());
            return;
        }
        LinkType link = LinkType.of(halfNumber(8));
        if (link == LinkType.UNKNOWN) {
            sink.malformed(Fault.CAPTURE_FORMAT_UNKNOWN, in.fileOffset() + 8);
        }
        int timeResolution = 6;
        long offsetSeconds = 0;
        int end = length - 4;
        for (int at = 16; at + 4 <= end; ) {
            int option = halfNumber(at);
            int size = halfNumber(at + 2);
            if (option == 0 || at + 4 + size > end) {
                break;
            }
            if (option == OPTION_TIME_RESOLUTION && size == 1) {
                timeResolution = in.intAt(at + 4) >>> 24;
            } else if (option == OPTION_TIME_OFFSET && size == 8) {
                offsetSeconds =
                        isSwapped ? number(at + 4) | number(at + 8) << 32 : number(at + 4) << 32 | number(at + 8);
            }
            at += 4 + (size + 3 & ~3);
        }
        interfaces[interfaceCount++] =
                new Interface(link, (int) Math.min(number(12), Integer.MAX_VALUE), timeResolution, offsetSeconds);
    }

    private void stampedPacket(int length, long interfaceIndex) {
        long captured = length >= 32 ? number(20) : Long.MAX_VALUE;
        if (captured > length - 32 || interfaceIndex >= interfaceCount) {
            sink.malformed(Fault.CAPTURE_PACKET_INVALID, in.fileOffset());
            return;
        }
        Interface from = interfaces[(int) interfaceIndex];
        long micros = micros(number(12) << 32 | number(16), from.timeResolution) + from.offsetSeconds * 1_000_000;
        packets.packet(from.link, in.buffer(), in.position() + 28L, (int) captured, micros, in.fileOffset() + 28);
    }

    private void simplePacket(int length) {
        if (length < 16 || interfaceCount == 0) {
            sink.malformed(Fault.CAPTURE_PACKET_INVALID, in.fileOffset());
            return;
        }
        Interface from = interfaces[0];
        long captured = Math.min(number(8), length - 16);
        captured = from.snapOctets > 0 ? Math.min(captured, from.snapOctets) : captured;
        packets.packet(from.link, in.buffer(), in.position() + 12L, (int) captured, 0, in.fileOffset() + 12);
    }

    /** @param resolution if_tsresol: a power of ten below 128, a power of two above */
    static long micros(long ticks, int resolution) {
        int power = resolution & 0x7F;
        if ((resolution & 0x80) == 0) {
            if (power <= 6) {
                return ticks * powerOfTen(6 - power);
            }
            return power > 24 ? 0 : Long.divideUnsigned(ticks, powerOfTen(power - 6));
        }
        if (power == 0) {
            return ticks * 1_000_000;
        }
        if (power > 63) {
            return 0;
        }
        // (ticks * 10^6) >> power, in 128 bits.
        long high = Math.unsignedMultiplyHigh(ticks, 1_000_000);
        return high << (64 - power) | ticks * 1_000_000 >>> power;
    }

    private static long powerOfTen(int power) {
        Must.hold(power >= 0 && power <= 18, "10^" + power + " fits 63 bits");
        long product = 1;
        for (int i = 0; i < power; i++) {
            product *= 10;
        }
        return product;
    }

    private int order(int number) {
        return isSwapped ? Integer.reverseBytes(number) : number;
    }

    private long number(int offset) {
        return Integer.toUnsignedLong(order(in.intAt(offset)));
    }

    private int halfNumber(int offset) {
        int number = in.shortAt(offset);
        return isSwapped ? Short.toUnsignedInt(Short.reverseBytes((short) number)) : number;
    }
}
