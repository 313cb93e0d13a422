// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import java.util.Optional;
import tonle.base.DeviceAddress;

/**
 * The few calls of Linux that the JDK has no word for: many datagrams in one call (recvmmsg(2)), a receive buffer
 * beyond the system's limit for those that may (SO_RCVBUFFORCE), and what the system dropped on one socket
 * (SO_MEMINFO). One object is one UDP socket; numbers are those of Linux on 64-bit machines, the same on x86-64 and
 * AArch64.
 */
final class LinuxSocket implements AutoCloseable {
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EADDRINUSE = 98;
    static final int MSG_WAITFORONE = 0x10000;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_DGRAM_CLOEXEC = 0x80002;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SO_MEMINFO = 55;
    private static final int SOL_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    /** Place of SK_MEMINFO_DROPS in what SO_MEMINFO gives. */
    private static final int MEMINFO_DROPS = 8;

    private static final int MEMINFO_COUNT = 9;
    private static final int SOCKADDR_OCTETS = 28;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT.withOrder(java.nio.ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno;
    private final MemorySegment option;
    private final int descriptor;
    private boolean isClosed;

    /** A bound socket. {@code reads} wait at most {@code waitMillis} each. */
    LinuxSocket(DeviceAddress address, int port, int waitMillis) throws IOException {
        errno = arena.allocate(Calls.ERRNO_LAYOUT);
        option = arena.allocate(64, 8);
        boolean isV4 = address.ipVersion() == 4;
        descriptor = Calls.socket(errno, isV4 ? AF_INET : AF_INET6, SOCK_DGRAM_CLOEXEC, 0);
        try {
            check(descriptor, "open a UDP socket");
            if (!isV4) {
                option.set(INT, 0, 0);
                check(Calls.setsockopt(errno, descriptor, SOL_IPV6, IPV6_V6ONLY, option, 4), "set IPV6_V6ONLY");
            }
            option.set(ValueLayout.JAVA_LONG, 0, waitMillis / 1_000);
            option.set(ValueLayout.JAVA_LONG, 8, waitMillis % 1_000 * 1_000L);
            check(Calls.setsockopt(errno, descriptor, SOL_SOCKET, SO_RCVTIMEO, option, 16), "set SO_RCVTIMEO");
            int size = writeAddress(address, port);
            int result = Calls.bind(errno, descriptor, option, size);
            if (result < 0 && errno() == EADDRINUSE) {
                throw new java.net.BindException("Address already in use");
            }
            check(result, "bind");
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Whether this machine has the calls and Tonle may make them. */
    static boolean isSupported() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "");
        return os.equals("linux") && (machine.equals("amd64") || machine.equals("aarch64")) && Calls.areLinked();
    }

    int descriptor() {
        return descriptor;
    }

    /** Asks for a receive buffer, by force where that is allowed; answers how many octets of payload it gave. */
    long enlarge(int octets) {
        option.set(INT, 0, octets);
        if (Calls.setsockopt(errno, descriptor, SOL_SOCKET, SO_RCVBUFFORCE, option, 4) < 0) {
            option.set(INT, 0, octets);
            Calls.setsockopt(errno, descriptor, SOL_SOCKET, SO_RCVBUF, option, 4);
        }
        option.set(INT, 0, 0);
        option.set(INT, 8, 4);
        int result = Calls.getsockopt(errno, descriptor, SOL_SOCKET, SO_RCVBUF, option, option.asSlice(8, 4));
        // socket(7): the kernel doubles what was asked for its own bookkeeping and answers the doubled number.
        return result < 0 ? 0 : option.get(INT, 0) / 2;
    }

    /** The port that it is bound to. */
    int boundPort() throws IOException {
        option.set(INT, 32, SOCKADDR_OCTETS);
        check(Calls.getsockname(errno, descriptor, option, option.asSlice(32, 4)), "read the socket's name");
        return Short.toUnsignedInt(option.get(PORT, 2));
    }

    /** Receives into the messages at {@code headers}; how many came, or minus the error's number. */
    int receive(MemorySegment headers, int count) {
        int received = Calls.recvmmsg(errno, descriptor, headers, count, MSG_WAITFORONE);
        return received >= 0 ? received : -errno();
    }

    /** What the system dropped on this socket since it was opened, modulo 2^32; -1 where it does not say. */
    synchronized long dropped() {
        if (isClosed) {
            return -1;
        }
        try (Arena own = Arena.ofConfined()) {
            MemorySegment info = own.allocate(4L * MEMINFO_COUNT, 8);
            MemorySegment size = own.allocate(4, 4);
            size.set(INT, 0, 4 * MEMINFO_COUNT);
            MemorySegment ownErrno = own.allocate(Calls.ERRNO_LAYOUT);
            int result = Calls.getsockopt(ownErrno, descriptor, SOL_SOCKET, SO_MEMINFO, info, size);
            return result < 0 || size.get(INT, 0) < 4 * MEMINFO_COUNT
                    ? -1
                    : Integer.toUnsignedLong(info.get(INT, 4L * MEMINFO_DROPS));
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (descriptor >= 0) {
            Calls.close(errno, descriptor);
        }
        arena.close();
    }

    /** sockaddr_in: family, port, address. sockaddr_in6: family, port, flow, address, scope (ip(7), ipv6(7)). */
    private int writeAddress(DeviceAddress address, int port) {
        option.fill((byte) 0);
        byte[] octets = address.octets();
        boolean isV4 = octets.length == 4;
        option.set(ValueLayout.JAVA_SHORT, 0, (short) (isV4 ? AF_INET : AF_INET6));
        option.set(PORT, 2, (short) port);
        MemorySegment.copy(octets, 0, option, ValueLayout.JAVA_BYTE, isV4 ? 4 : 8, octets.length);
        return isV4 ? 16 : SOCKADDR_OCTETS;
    }

    private int errno() {
        return (int) Calls.ERRNO.get(errno, 0L);
    }

    private void check(int result, String act) throws IOException {
        if (result < 0) {
            throw new IOException("the system refused to " + act + " (error " + errno() + ")");
        }
    }

    /** The C functions, linked once. */
    private static final class Calls {
        static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
        static final VarHandle ERRNO = ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        private static final MethodHandle SOCKET = link("socket", INT, INT, INT);
        private static final MethodHandle BIND = link("bind", INT, ValueLayout.ADDRESS, INT);
        private static final MethodHandle SETSOCKOPT = link("setsockopt", INT, INT, INT, ValueLayout.ADDRESS, INT);
        private static final MethodHandle GETSOCKOPT =
                link("getsockopt", INT, INT, INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        private static final MethodHandle GETSOCKNAME =
                link("getsockname", INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        private static final MethodHandle RECVMMSG =
                link("recvmmsg", INT, ValueLayout.ADDRESS, INT, INT, ValueLayout.ADDRESS);
        private static final MethodHandle CLOSE = link("close", INT);

        private Calls() {}

        static boolean areLinked() {
            return SOCKET != null && RECVMMSG != null && SETSOCKOPT != null && GETSOCKNAME != null;
        }

        private static MethodHandle link(String name, MemoryLayout... parameters) {
            try {
                Linker linker = Linker.nativeLinker();
                Optional<MemorySegment> function = linker.defaultLookup().find(name);
                if (function.isEmpty()) {
                    function = SymbolLookup.loaderLookup().find(name);
                }
                return function.map(at -> linker.downcallHandle(
                                at, FunctionDescriptor.of(INT, parameters), Linker.Option.captureCallState("errno")))
                        .orElse(null);
            } catch (UnsupportedOperationException | IllegalCallerException _) {
                return null; // Native access is not allowed here: the portable receiver serves.
            }
        }

        static int socket(MemorySegment errno, int family, int type, int protocol) {
            try {
                return (int) SOCKET.invokeExact(errno, family, type, protocol);
            } catch (Throwable e) {
                throw defect(e);
            }
        }

        static int bind(MemorySegment errno, int descriptor, MemorySegment address, int size) {
            try {
                return (int) BIND.invokeExact(errno, descriptor, address, size);
            } catch (Throwable e) {
                throw defect(e);
            }
        }

        static int setsockopt(
                MemorySegment errno, int descriptor, int level, int name, MemorySegment value, int sizeOctets) {
            try {
                return (int) SETSOCKOPT.invokeExact(errno, descriptor, level, name, value, sizeOctets);
            } catch (Throwable e) {
                throw defect(e);
            }
        }

        static int getsockopt(
                MemorySegment errno, int descriptor, int level, int name, MemorySegment value, MemorySegment size) {
            try {
                return (int) GETSOCKOPT.invokeExact(errno, descriptor, level, name, value, size);
            } catch (Throwable e) {
                throw defect(e);
            }
        }

        static int getsockname(MemorySegment errno, int descriptor, MemorySegment address, MemorySegment size) {
            try {
                return (int) GETSOCKNAME.invokeExact(errno, descriptor, address, size);
            } catch (Throwable e) {
                throw defect(e);
            }
        }

        static int recvmmsg(MemorySegment errno, int descriptor, MemorySegment headers, int count, int flags) {
            try {
                return (int) RECVMMSG.invokeExact(errno, descriptor, headers, count, flags, MemorySegment.NULL);
            } catch (Throwable e) {
                throw defect(e);
            }
        }

        static int close(MemorySegment errno, int descriptor) {
            try {
                return (int) CLOSE.invokeExact(errno, descriptor);
            } catch (Throwable e) {
                throw defect(e);
            }
        }

        private static IllegalStateException defect(Throwable e) {
            return new IllegalStateException("a native call has another shape than declared", e);
        }
    }
}
