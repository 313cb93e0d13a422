// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * One sFlow counter sample, read at once; with generic interface counters (record 0:1, meanings of RFC 2863) where the
 * agent sent them. All ones stand for a counter that the agent does not have: -1 here.
 * <pre>
 *   octet  0        4       8      16         20      24       32     36     40     44        48      52
 *          ifIndex  ifType  speed  direction  status  octets   ucast  mcast  bcast  discards  errors  unknown   in
 *   octet  56       64      68     72         76        80      84
 *          octets   ucast   mcast  bcast      discards  errors  promiscuous                                     out
 * </pre>
 */
public final class SflowCounters {
    static final int INTERFACE_RECORD_OCTETS = 88;

    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    MessageHeader header;
    boolean isExpanded;
    long sequence;
    int sourceType;
    long sourceIndex;
    private MemorySegment datagram;
    private long record;
    private boolean hasInterfaceCounters;

    SflowCounters() {}

    void clear() {
        hasInterfaceCounters = false;
    }

    /** @param offset of the record's body, which has {@link #INTERFACE_RECORD_OCTETS} or more */
    void interfaceRecord(MemorySegment segment, long offset) {
        datagram = segment;
        record = offset;
        hasInterfaceCounters = true;
    }

    public MessageHeader header() {
        return header;
    }

    public boolean isExpanded() {
        return isExpanded;
    }

    /** The sample's own sequence number for its source id. */
    public long sequence() {
        return sequence;
    }

    public int sourceType() {
        return sourceType;
    }

    public long sourceIndex() {
        return sourceIndex;
    }

    /** Without them all figures below are -1. */
    public boolean hasInterfaceCounters() {
        return hasInterfaceCounters;
    }

    public long interfaceIndex() {
        return hasInterfaceCounters ? Integer.toUnsignedLong(datagram.get(U32, record)) : -1;
    }

    public long speedBitsPerSecond() {
        return u64(8);
    }

    /** Bit 0: administratively up; bit 1: operationally up. */
    public int status() {
        return (int) u32(20);
    }

    public long inOctets() {
        return u64(24);
    }

    /** Unicast, multicast and broadcast packets that came in; each a 32-bit counter. */
    public long inPackets() {
        return packets(32);
    }

    public long inErrors() {
        return u32(48);
    }

    public long inDiscards() {
        return u32(44);
    }

    public long outOctets() {
        return u64(56);
    }

    public long outPackets() {
        return packets(64);
    }

    public long outErrors() {
        return u32(80);
    }

    public long outDiscards() {
        return u32(76);
    }

    private long packets(int offset) {
        long unicast = u32(offset);
        long multicast = u32(offset + 4);
        long broadcast = u32(offset + 8);
        // Some agents know unicast packets alone.
        return unicast < 0 ? -1 : unicast + Math.max(multicast, 0) + Math.max(broadcast, 0);
    }

    private long u32(int offset) {
        int value = hasInterfaceCounters ? datagram.get(U32, record + offset) : -1;
        return value == -1 ? -1 : Integer.toUnsignedLong(value);
    }

    private long u64(int offset) {
        return hasInterfaceCounters ? datagram.get(U64, record + offset) : -1;
    }
}
