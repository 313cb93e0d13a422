// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import tonle.wire.Fault;

/**
 * Puts fragments of UDP datagrams together (RFC 791 section 3.2, RFC 8200 section 4.5). Bounded three ways: datagrams
 * pending, octets held, and age by the time of capture. The oldest goes first; whatever goes unfinished is counted as
 * {@link Fault#FRAGMENT_INCOMPLETE} where its first fragment lay.
 */
final class FragmentTable implements AutoCloseable {
    static final int PENDING_COUNT_MAX = 256;
    static final int HELD_OCTETS_MAX = 4 * 1024 * 1024;
    /** RFC 8200 section 4.5 gives 60 seconds, RFC 1122 section 3.3.2 from 60 to 120. */
    static final long AGE_MICROS_MAX = 60_000_000;

    private static final int DATAGRAM_OCTETS_MAX = 65_535;
    private static final int BLOCK_OCTETS = 8;
    private static final int OCTETS_FIRST = 4096;

    /** What the fragments of one datagram have in common; all of them here carry UDP. */
    record Key(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int identification) {}

    /**
     * Octets of a datagram that is not whole yet: off-heap, so that no collector copies them, and zeroed on release.
     */
    private static final class Pending {
        final long firstMicros;
        final long firstFileOffset;
        final BitSet blocks = new BitSet();
        private Arena arena = Arena.ofConfined();
        MemorySegment octets = arena.allocate(OCTETS_FIRST);
        int totalOctets = -1;

        Pending(long firstMicros, long firstFileOffset) {
            this.firstMicros = firstMicros;
            this.firstFileOffset = firstFileOffset;
        }

        boolean isWhole() {
            return totalOctets >= 0 && blocks.nextClearBit(0) >= (totalOctets + BLOCK_OCTETS - 1) / BLOCK_OCTETS;
        }

        void grow(long sizeOctets) {
            Arena larger = Arena.ofConfined();
            MemorySegment room = larger.allocate(sizeOctets);
            room.copyFrom(octets);
            release();
            arena = larger;
            octets = room;
        }

        void release() {
            octets.fill((byte) 0);
            arena.close();
        }
    }

    private final DatagramSink sink;
    private final Map<Key, Pending> pending = new LinkedHashMap<>();
    private long heldOctets;
    private Pending handedOut;

    FragmentTable(DatagramSink sink) {
        this.sink = sink;
    }

    /**
     * The whole datagram from its UDP header on once {@code octets} completes it, else {@code null}. It is good until
     * the next call.
     */
    MemorySegment add(
            Key key, int offsetOctets, boolean hasMore, MemorySegment octets, long captureMicros, long fileOffset) {
        releaseHandedOut();
        dropOlderThan(captureMicros - AGE_MICROS_MAX);
        long end = offsetOctets + octets.byteSize();
        if (end > DATAGRAM_OCTETS_MAX) {
            sink.malformed(Fault.CAPTURE_PACKET_INVALID, fileOffset);
            return null;
        }
        Pending datagram = pending.get(key);
        if (datagram == null) {
            datagram = new Pending(captureMicros, fileOffset);
            heldOctets += OCTETS_FIRST;
            pending.put(key, datagram);
        }
        grow(datagram, end);
        MemorySegment.copy(octets, 0, datagram.octets, offsetOctets, octets.byteSize());
        datagram.blocks.set(offsetOctets / BLOCK_OCTETS, ((int) end + BLOCK_OCTETS - 1) / BLOCK_OCTETS);
        if (!hasMore) {
            datagram.totalOctets = (int) end;
        }
        if (datagram.isWhole()) {
            pending.remove(key);
            heldOctets -= datagram.octets.byteSize();
            handedOut = datagram;
            return datagram.octets.asSlice(0, datagram.totalOctets);
        }
        dropBeyondBounds();
        return null;
    }

    int pendingCount() {
        return pending.size();
    }

    private void grow(Pending datagram, long sizeOctets) {
        long before = datagram.octets.byteSize();
        if (sizeOctets > before) {
            datagram.grow(Math.min(DATAGRAM_OCTETS_MAX, Math.max(sizeOctets, 2 * before)));
            heldOctets += datagram.octets.byteSize() - before;
        }
    }

    private void releaseHandedOut() {
        if (handedOut != null) {
            handedOut.release();
            handedOut = null;
        }
    }

    private void dropOlderThan(long micros) {
        Iterator<Pending> oldestFirst = pending.values().iterator();
        while (oldestFirst.hasNext()) {
            Pending datagram = oldestFirst.next();
            if (datagram.firstMicros >= micros) {
                return;
            }
            oldestFirst.remove();
            drop(datagram);
        }
    }

    private void dropBeyondBounds() {
        Iterator<Pending> oldestFirst = pending.values().iterator();
        while (pending.size() > PENDING_COUNT_MAX || heldOctets > HELD_OCTETS_MAX) {
            Pending datagram = oldestFirst.next();
            oldestFirst.remove();
            drop(datagram);
        }
    }

    private void drop(Pending datagram) {
        heldOctets -= datagram.octets.byteSize();
        datagram.release();
        sink.malformed(Fault.FRAGMENT_INCOMPLETE, datagram.firstFileOffset);
    }

    /** The file ends: what is still pending never becomes whole. */
    @Override
    public void close() {
        releaseHandedOut();
        pending.values().forEach(this::drop);
        pending.clear();
    }
}
