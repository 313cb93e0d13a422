// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow.encode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tonle.base.Must;
import tonle.base.Network;

/** Writes numbers into a segment one behind the other, the first octet highest. */
final class OctetWriter {
    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment into;
    private long position;

    OctetWriter(MemorySegment into) {
        this.into = into;
    }

    void rewind() {
        position = 0;
    }

    long position() {
        return position;
    }

    long room() {
        return into.byteSize() - position;
    }

    MemorySegment written() {
        return into.asSlice(0, position);
    }

    void u8(int value) {
        into.set(U8, position, (byte) value);
        position += 1;
    }

    void u16(int value) {
        into.set(U16, position, (short) value);
        position += 2;
    }

    void u32(long value) {
        into.set(U32, position, (int) value);
        position += 4;
    }

    void u64(long value) {
        into.set(U64, position, value);
        position += 8;
    }

    /** A number in any length of 0 to 8 octets (RFC 7011 section 6.2); longer fields get zeros in front. */
    void number(long value, int sizeOctets) {
        for (int i = 8; i < sizeOctets; i++) {
            u8(0);
        }
        for (int shift = Math.min(sizeOctets, 8) * 8 - 8; shift >= 0; shift -= 8) {
            u8((int) (value >>> shift));
        }
    }

    /** The whole address of a host in {@code network}: 4 or 16 octets, whatever the network's IP version says. */
    void address(long network, long host) {
        if (Network.ipVersion(network) == 6) {
            u32(Network.topBits(network) >>> 16);
            u32(Network.topBits(network) << 16);
            u64(host);
        } else {
            u32(Network.topBits(network) << 8 | host & 0xFF);
        }
    }

    void octets(MemorySegment source) {
        MemorySegment.copy(source, 0, into, position, source.byteSize());
        position += source.byteSize();
    }

    void zeros(long countOctets) {
        into.asSlice(position, countOctets).fill((byte) 0);
        position += countOctets;
    }

    void padTo(int multipleOctets) {
        while (position % multipleOctets != 0) {
            u8(0);
        }
    }

    void u16At(long offset, int value) {
        into.set(U16, offset, (short) value);
    }

    void u32At(long offset, long value) {
        into.set(U32, offset, (int) value);
    }

    void mustHold(long sizeOctets) {
        Must.hold(room() >= sizeOctets, "the datagram has room for what is added to it");
    }
}
