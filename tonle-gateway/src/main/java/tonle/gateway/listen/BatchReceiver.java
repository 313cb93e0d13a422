// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tonle.gateway.config.ListenSocket;

/**
 * Receives up to 256 datagrams a call by recvmmsg(2). Slots lie off the heap and each has room for the longest
 * datagram; pages that no datagram ever reached cost nothing. Slots are zeroed as soon as they were copied to a ring.
 * <pre>
 *   struct mmsghdr, 64 octets:  name 0  namelen 8  iov 16  iovlen 24  control 32  controllen 40  flags 48 | len 56
 *   struct iovec, 16 octets:    base 0  len 8
 *   sockaddr_in:   family 0  port 2  address 4        sockaddr_in6:  family 0  port 2  flow 4  address 8
 * </pre>
 */
final class BatchReceiver implements Receiver {
    private static final int SLOT_COUNT = BATCH_COUNT;
    private static final int DATAGRAM_OCTETS_MAX = 65_535;
    /** Not a power of two: slots would else share the same few lines of the processor's caches. */
    private static final long SLOT_STRIDE = 65_536 + 23 * 64;

    private static final int HEADER_OCTETS = 64;
    private static final int IOVEC_OCTETS = 16;
    private static final int NAME_OCTETS = 32;
    private static final short AF_INET = 2;
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfInt I32_WIRE = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong I64_WIRE = ValueLayout.JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort I16_WIRE = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private final LinuxSocket socket;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment slots = arena.allocate(SLOT_COUNT * SLOT_STRIDE, 64);
    private final MemorySegment names = arena.allocate((long) SLOT_COUNT * NAME_OCTETS, 64);
    private final MemorySegment iovecs = arena.allocate((long) SLOT_COUNT * IOVEC_OCTETS, 64);
    private final MemorySegment headers = arena.allocate((long) SLOT_COUNT * HEADER_OCTETS, 64);
    private final Workers workers;
    private final Counts counts;
    private final int port;
    private final long bufferOctets;

    BatchReceiver(ListenSocket at, int bufferOctets, Workers workers, Counts counts) throws IOException {
        this.workers = workers;
        this.counts = counts;
        this.socket = new LinuxSocket(at.address(), at.port(), WAIT_MILLIS);
        this.bufferOctets = socket.enlarge(bufferOctets);
        this.port = socket.boundPort();
        for (int i = 0; i < SLOT_COUNT; i++) {
            iovecs.set(ValueLayout.ADDRESS, (long) i * IOVEC_OCTETS, slots.asSlice(i * SLOT_STRIDE));
            iovecs.set(ValueLayout.JAVA_LONG, (long) i * IOVEC_OCTETS + 8, DATAGRAM_OCTETS_MAX);
            long header = (long) i * HEADER_OCTETS;
            headers.set(ValueLayout.ADDRESS, header, names.asSlice((long) i * NAME_OCTETS));
            headers.set(I32, header + 8, NAME_OCTETS);
            headers.set(ValueLayout.ADDRESS, header + 16, iovecs.asSlice((long) i * IOVEC_OCTETS));
            headers.set(ValueLayout.JAVA_LONG, header + 24, 1);
        }
    }

    @Override
    public int receive(long arrivalMillis) throws IOException {
        int count = socket.receive(headers, SLOT_COUNT);
        if (count < 0) {
            if (count == -LinuxSocket.EAGAIN || count == -LinuxSocket.EINTR) {
                return 0;
            }
            throw new IOException("the system refused to receive (error " + -count + ")");
        }
        int dropped = 0;
        for (int i = 0; i < count; i++) {
            dropped += hand(i, arrivalMillis) ? 0 : 1;
        }
        counts.received = counts.received + count;
        if (dropped > 0) {
            counts.queueDropped = counts.queueDropped + dropped;
        }
        workers.nudge();
        return count;
    }

    private boolean hand(int i, long arrivalMillis) {
        long header = (long) i * HEADER_OCTETS;
        long name = (long) i * NAME_OCTETS;
        long slot = i * SLOT_STRIDE;
        int sizeOctets = headers.get(I32, header + 56);
        headers.set(I32, header + 8, NAME_OCTETS);
        int port = Short.toUnsignedInt(names.get(I16_WIRE, name + 2));
        boolean taken;
        if (names.get(ValueLayout.JAVA_SHORT, name) == AF_INET) {
            long high = (long) names.get(I32_WIRE, name + 4) << 32;
            taken = workers.datagram(slots, slot, sizeOctets, 4, high, 0, port, arrivalMillis);
        } else {
            long high = names.get(I64_WIRE, name + 8);
            long low = names.get(I64_WIRE, name + 16);
            // RFC 4291 section 2.5.5.2: IPv4 comes to an IPv6 socket as a mapped address.
            boolean isMapped = high == 0 && low >>> 32 == 0xFFFF;
            taken = isMapped
                    ? workers.datagram(slots, slot, sizeOctets, 4, low << 32, 0, port, arrivalMillis)
                    : workers.datagram(slots, slot, sizeOctets, 6, high, low, port, arrivalMillis);
        }
        slots.asSlice(slot, sizeOctets).fill((byte) 0);
        return taken;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long bufferOctets() {
        return bufferOctets;
    }

    @Override
    public long kernelDropped() {
        return socket.dropped();
    }

    @Override
    public void close() {
        socket.close();
        arena.close();
    }
}
