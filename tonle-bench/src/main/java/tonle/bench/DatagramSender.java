// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import tonle.base.power.Clock;

/**
 * Sends NetFlow v9 datagrams at a stated rate to a port of this machine and nowhere else: up to {@link #BATCH_COUNT} in
 * one call of sendmmsg(2), in turn from one loopback address for each exporter. The datagrams are sent round and round;
 * sequence number and times in their headers go on as a real exporter's would (RFC 3954 section 5.1).
 *
 * <pre>
 *   struct mmsghdr, 64 octets:  name 0  namelen 8  iov 16  iovlen 24  control 32  controllen 40  flags 48 | len 56
 *   struct iovec, 16 octets:    base 0  len 8
 * </pre>
 */
final class DatagramSender implements AutoCloseable {
    private static final int BATCH_COUNT = 64;
    /** Below so many that are due it waits: single datagrams would cost the receiver a wake-up each. */
    private static final int GRAIN_COUNT = 16;

    private static final long WAIT_NANOS = 50_000;
    /** What it could not send for so long is forgiven: a burst at full speed would be another test. */
    private static final double FORGIVEN_SECONDS = 0.005;

    private static final int EXPORTER_SHIFT = 48;
    private static final int HEADER_OCTETS = 64;
    private static final int IOVEC_OCTETS = 16;
    private static final int DOMAIN_COUNT = 3;
    private static final int UPTIME_AT = 4;
    private static final int SECONDS_AT = 8;
    private static final int SEQUENCE_AT = 12;
    private static final int DOMAIN_AT = 16;
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 0x80002;
    private static final int ECONNREFUSED = 111;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfInt INT_WIRE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    /** What one call of {@link #send} did. */
    record Sent(long count, double seconds, Datagrams.Load load) {
        double rate() {
            return count / seconds;
        }
    }

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
    private final Datagrams datagrams;
    private final Clock clock;
    private final long startMillis;
    private final int[] sockets = new int[FlowModel.EXPORTER_COUNT];
    private final MemorySegment[] headers = new MemorySegment[FlowModel.EXPORTER_COUNT];
    private final int[] next = new int[FlowModel.EXPORTER_COUNT];
    private final int[] sequences = new int[FlowModel.EXPORTER_COUNT * DOMAIN_COUNT];
    private int turn;
    /** Exporter, first datagram and count of each batch of the last {@link #send}. */
    private final List<Long> sentLoads = new ArrayList<>();

    DatagramSender(Datagrams datagrams, int port, Clock clock) throws IOException {
        this.datagrams = datagrams;
        this.clock = clock;
        startMillis = clock.unixMillis();
        for (int exporter = 0; exporter < sockets.length; exporter++) {
            headers[exporter] = headers(datagrams.of(exporter));
            sockets[exporter] = check(Calls.socket(errno), "open a socket");
            check(Calls.bind(errno, sockets[exporter], address(1, exporter + 1, 0)), "bind a socket");
            check(Calls.connect(errno, sockets[exporter], address(0, 1, port)), "connect a socket");
        }
    }

    private MemorySegment headers(List<MemorySegment> payloads) {
        MemorySegment block = arena.allocate((long) payloads.size() * HEADER_OCTETS, 64);
        MemorySegment iovecs = arena.allocate((long) payloads.size() * IOVEC_OCTETS, 64);
        for (int i = 0; i < payloads.size(); i++) {
            MemorySegment iovec = iovecs.asSlice((long) i * IOVEC_OCTETS, IOVEC_OCTETS);
            iovec.set(ValueLayout.ADDRESS, 0, payloads.get(i));
            iovec.set(ValueLayout.JAVA_LONG, 8, payloads.get(i).byteSize());
            block.set(ValueLayout.ADDRESS, (long) i * HEADER_OCTETS + 16, iovec);
            block.set(ValueLayout.JAVA_LONG, (long) i * HEADER_OCTETS + 24, 1);
        }
        return block;
    }

    /** sockaddr_in of 127.0.{@code third}.{@code fourth}: the sender can name no other machine. */
    private MemorySegment address(int third, int fourth, int port) {
        MemorySegment address = arena.allocate(16, 4);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
        address.set(PORT, 2, (short) port);
        address.set(INT_WIRE, 4, 127 << 24 | third << 8 | fourth);
        return address;
    }

    /** @param rate datagrams a second; 0 for as fast as it goes */
    Sent send(long rate, double seconds) throws IOException {
        sentLoads.clear();
        long begin = clock.monotonicNanos();
        double paceBegin = begin;
        long paced = 0;
        long count = 0;
        while (true) {
            long nanos = clock.monotonicNanos();
            if (nanos - begin >= seconds * 1e9) {
                return new Sent(count, (nanos - begin) / 1e9, load());
            }
            long due = BATCH_COUNT;
            if (rate > 0) {
                due = (long) ((nanos - paceBegin) * rate / 1e9) - paced;
                if (due < GRAIN_COUNT) {
                    LockSupport.parkNanos(WAIT_NANOS);
                    continue;
                }
                if (due > Math.max(BATCH_COUNT, FORGIVEN_SECONDS * rate)) {
                    paceBegin = nanos - BATCH_COUNT * 1e9 / rate;
                    paced = 0;
                    due = BATCH_COUNT;
                }
            }
            int sent = batch((int) Math.min(due, BATCH_COUNT));
            count += sent;
            paced += sent;
        }
    }

    /** Added up afterwards: the sender has no time to spare while it sends. */
    private Datagrams.Load load() {
        Datagrams.Load sum = Datagrams.Load.NONE;
        for (long batch : sentLoads) {
            int first = (int) (batch >>> 16 & 0xFFFF_FFFFL);
            for (int i = 0; i < (batch & 0xFFFF); i++) {
                sum = sum.plus(datagrams.load((int) (batch >>> EXPORTER_SHIFT), first + i));
            }
        }
        return sum;
    }

    private int batch(int countMax) throws IOException {
        int exporter = turn++ % sockets.length;
        List<MemorySegment> payloads = datagrams.of(exporter);
        int first = next[exporter];
        int count = Math.min(countMax, payloads.size() - first);
        int uptime = (int) (CaptureMaker.UPTIME_START_MILLIS + clock.unixMillis() - startMillis);
        int unixSeconds = (int) (clock.unixMillis() / 1_000);
        for (int i = 0; i < count; i++) {
            MemorySegment payload = payloads.get(first + i);
            int domain = payload.get(INT_WIRE, DOMAIN_AT) % DOMAIN_COUNT;
            payload.set(INT_WIRE, UPTIME_AT, uptime);
            payload.set(INT_WIRE, SECONDS_AT, unixSeconds);
            payload.set(INT_WIRE, SEQUENCE_AT, sequences[exporter * DOMAIN_COUNT + domain]++);
        }
        MemorySegment messages = headers[exporter].asSlice((long) first * HEADER_OCTETS);
        int sent = 0;
        while (sent < count) {
            int result = Calls.sendmmsg(
                    errno, sockets[exporter], messages.asSlice((long) sent * HEADER_OCTETS), count - sent);
            if (result < 0 && (int) Calls.ERRNO.get(errno, 0L) == ECONNREFUSED) {
                throw new IOException("the receiver has closed its port");
            }
            sent += check(result, "send");
        }
        sentLoads.add((long) exporter << EXPORTER_SHIFT | (long) first << 16 | count);
        next[exporter] = (first + count) % payloads.size();
        return count;
    }

    private int check(int result, String act) throws IOException {
        if (result < 0) {
            throw new IOException("the system refused to " + act + " (error " + Calls.ERRNO.get(errno, 0L) + ")");
        }
        return result;
    }

    @Override
    public void close() {
        for (int socket : sockets) {
            Calls.close(errno, socket);
        }
        arena.close();
    }

    /** The C functions, linked once. */
    private static final class Calls {
        static final VarHandle ERRNO = Linker.Option.captureStateLayout()
                .varHandle(java.lang.foreign.MemoryLayout.PathElement.groupElement("errno"));
        private static final MethodHandle SOCKET = link("socket", FunctionDescriptor.of(INT, INT, INT, INT));
        private static final MethodHandle BIND =
                link("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
        private static final MethodHandle CONNECT =
                link("connect", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
        private static final MethodHandle SENDMMSG =
                link("sendmmsg", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT, INT));
        private static final MethodHandle CLOSE = link("close", FunctionDescriptor.of(INT, INT));

        private Calls() {}

        private static MethodHandle link(String name, FunctionDescriptor shape) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().find(name).orElseThrow(), shape, Linker.Option.captureCallState("errno"));
        }

        static int socket(MemorySegment errno) {
            try {
                return (int) SOCKET.invokeExact(errno, AF_INET, SOCK_DGRAM_CLOEXEC, 0);
            } catch (Throwable e) {
                throw defect(e);
            }
        }

        static int bind(MemorySegment errno, int socket, MemorySegment address) {
            try {
                return (int) BIND.invokeExact(errno, socket, address, 16);
            } catch (Throwable e) {
                throw defect(e);
            }
        }

        static int connect(MemorySegment errno, int socket, MemorySegment address) {
            try {
                return (int) CONNECT.invokeExact(errno, socket, address, 16);
            } catch (Throwable e) {
                throw defect(e);
            }
        }

        static int sendmmsg(MemorySegment errno, int socket, MemorySegment messages, int count) {
            try {
                return (int) SENDMMSG.invokeExact(errno, socket, messages, count, 0);
            } catch (Throwable e) {
                throw defect(e);
            }
        }

        static void close(MemorySegment errno, int socket) {
            try {
                int ignored = (int) CLOSE.invokeExact(errno, socket);
            } catch (Throwable e) {
                throw defect(e);
            }
        }

        private static IllegalStateException defect(Throwable e) {
            return new IllegalStateException("a native call has another shape than declared", e);
        }
    }
}
