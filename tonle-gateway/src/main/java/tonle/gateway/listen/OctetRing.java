// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tonle.base.Must;

/**
 * A bounded queue of datagrams off the heap, from any number of receivers to one worker. Each entry is as long as its
 * datagram, so that the bound is in octets; what does not fit is refused, never waited for. Octets are zeroed as soon
 * as the worker has read them: nothing that was received outlives its decoding.
 * <pre>
 *   entry   0        4        6      7      8          16         24         32         40
 *           size     port     ipVer  kind   high       low        arrival    session    octets, then zeros to 8
 *           i32      u16      u8     u8     i64        i64        i64        i64
 *   size    -1 where the rest of the ring is left out and the next entry stands at its start
 * </pre>
 * Positions only grow; their rest by the capacity is the place. Producers take turns by a lock, the worker takes none.
 */
public final class OctetRing implements AutoCloseable {
    /** What an entry is. */
    public enum Kind {
        DATAGRAM,
        MESSAGE,
        SESSION_CLOSED
    }

    /** Takes entries out, on the worker's thread. {@code octets} is good during the call only. */
    public interface Taker {
        void take(
                Kind kind,
                MemorySegment octets,
                int ipVersion,
                long addressHigh,
                long addressLow,
                int port,
                long arrivalMillis,
                long session);
    }

    static final int HEADER_OCTETS = 40;
    /** A datagram has at most so many octets (RFC 768: a length of 16 bits). */
    static final int DATAGRAM_OCTETS_MAX = 65_535;
    /**
     * Entries are whole, so that the rest of the ring may be left out: with room for two of the longest, an empty ring
     * takes one wherever its next place is.
     */
    static final long CAPACITY_OCTETS_MIN = 2 * entryOctets(DATAGRAM_OCTETS_MAX);

    private static final int SKIP = -1;
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfByte I8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG;
    private static final Kind[] KINDS = Kind.values();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment ring;
    private final long capacityOctets;
    private final Object producers = new Object();
    private volatile long headOctets;
    private volatile long tailOctets;
    private volatile long putCount;
    private volatile long takenCount;

    /** @param capacityOctets at least {@link #CAPACITY_OCTETS_MIN}; a multiple of 8 */
    public OctetRing(long capacityOctets) {
        Must.hold(
                capacityOctets >= CAPACITY_OCTETS_MIN && capacityOctets % 8 == 0,
                "an empty ring has room for the longest datagram");
        this.capacityOctets = capacityOctets;
        this.ring = arena.allocate(capacityOctets, 64);
    }

    /** Puts {@code sizeOctets} of {@code from} in; {@code false} where there is no room. */
    public boolean put(
            Kind kind,
            MemorySegment from,
            long offset,
            int sizeOctets,
            int ipVersion,
            long addressHigh,
            long addressLow,
            int port,
            long arrivalMillis,
            long session) {
        long entryOctets = entryOctets(sizeOctets);
        synchronized (producers) {
            long tail = tailOctets;
            long place = tail % capacityOctets;
            long left = capacityOctets - place;
            long skipOctets = left < entryOctets ? left : 0;
            if (tail + skipOctets + entryOctets - headOctets > capacityOctets) {
                return false;
            }
            if (skipOctets > 0) {
                ring.set(I32, place, SKIP);
                place = 0;
            }
            ring.set(I32, place, sizeOctets);
            ring.set(I16, place + 4, (short) port);
            ring.set(I8, place + 6, (byte) ipVersion);
            ring.set(I8, place + 7, (byte) kind.ordinal());
            ring.set(I64, place + 8, addressHigh);
            ring.set(I64, place + 16, addressLow);
            ring.set(I64, place + 24, arrivalMillis);
            ring.set(I64, place + 32, session);
            MemorySegment.copy(from, offset, ring, place + HEADER_OCTETS, sizeOctets);
            putCount = putCount + 1;
            tailOctets = tail + skipOctets + entryOctets;
            return true;
        }
    }

    /** Hands at most {@code countMax} entries to {@code taker}, in order; answers how many. For one thread only. */
    public int take(Taker taker, int countMax) {
        int count = 0;
        long head = headOctets;
        while (count < countMax && head != tailOctets) {
            long place = head % capacityOctets;
            int sizeOctets = ring.get(I32, place);
            if (sizeOctets == SKIP) {
                ring.set(I32, place, 0);
                head += capacityOctets - place;
                headOctets = head;
                continue;
            }
            long entryOctets = entryOctets(sizeOctets);
            try {
                taker.take(
                        KINDS[ring.get(I8, place + 7)],
                        ring.asSlice(place + HEADER_OCTETS, sizeOctets),
                        ring.get(I8, place + 6),
                        ring.get(I64, place + 8),
                        ring.get(I64, place + 16),
                        Short.toUnsignedInt(ring.get(I16, place + 4)),
                        ring.get(I64, place + 24),
                        ring.get(I64, place + 32));
            } finally {
                ring.asSlice(place, entryOctets).fill((byte) 0);
                head += entryOctets;
                takenCount = takenCount + 1;
                headOctets = head;
            }
            count++;
        }
        return count;
    }

    public boolean isEmpty() {
        return headOctets == tailOctets;
    }

    /** Entries that wait now. */
    public int length() {
        return (int) Math.max(0, putCount - takenCount);
    }

    /** How many datagrams of {@code sizeOctets} the ring has room for. */
    public int capacity(int sizeOctets) {
        return (int) (capacityOctets / entryOctets(sizeOctets));
    }

    /** Whether every octet is zero: what a test of the promise asks once the ring has drained. */
    boolean isBlank() {
        for (long at = 0; at < capacityOctets; at += 8) {
            if (ring.get(I64, at) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Only after receivers and worker have ended. */
    @Override
    public void close() {
        ring.fill((byte) 0);
        arena.close();
    }

    private static long entryOctets(int sizeOctets) {
        return (HEADER_OCTETS + (long) sizeOctets + 7) & ~7L;
    }
}
