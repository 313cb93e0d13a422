// SPDX-License-Identifier: Apache-2.0
package tonle.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Unsigned numbers in network byte order at any offset of a segment. Bounds are the segment's own: a decoder checks
 * lengths first, and a decoder that forgot is stopped here rather than reading beyond.
 */
public final class Octets {
    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Octets() {}

    public static int u8(MemorySegment segment, long offset) {
        return Byte.toUnsignedInt(segment.get(U8, offset));
    }

    public static int u16(MemorySegment segment, long offset) {
        return Short.toUnsignedInt(segment.get(U16, offset));
    }

    public static int u24(MemorySegment segment, long offset) {
        return u16(segment, offset) << 8 | u8(segment, offset + 2);
    }

    public static long u32(MemorySegment segment, long offset) {
        return Integer.toUnsignedLong(segment.get(U32, offset));
    }

    public static long u48(MemorySegment segment, long offset) {
        return (long) u16(segment, offset) << 32 | u32(segment, offset + 2);
    }

    /** All 64 bits: what has the top bit set comes out negative. */
    public static long u64(MemorySegment segment, long offset) {
        return segment.get(U64, offset);
    }

    /** A number of {@code sizeOctets}, 0 to 8 (RFC 7011 section 6.2, reduced-size encoding). */
    public static long number(MemorySegment segment, long offset, int sizeOctets) {
        return switch (sizeOctets) {
            case 1 -> u8(segment, offset);
            case 2 -> u16(segment, offset);
            case 3 -> u24(segment, offset);
            case 4 -> u32(segment, offset);
            case 5 -> u32(segment, offset) << 8 | u8(segment, offset + 4);
            case 6 -> u48(segment, offset);
            case 7 -> u48(segment, offset) << 8 | u8(segment, offset + 6);
            case 8 -> u64(segment, offset);
            default -> 0;
        };
    }
}
