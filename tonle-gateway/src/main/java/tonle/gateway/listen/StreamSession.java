// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import tonle.base.DeviceAddress;
import tonle.base.power.Clock;
import tonle.traffic.meter.StreamId;

/**
 * One connection: cuts the stream into messages by the length in their headers (RFC 7011 sections 3.1 and 10.4.2.3) and
 * puts them into the ring of its exporter's worker.
 * <pre>
 *   message   0         2        4 ...
 *             version   length   of the whole message, 16 to 65,535
 *             = 10
 * </pre>
 * A header that says anything else ends the stream: its place cannot be found again (section 9.1). The header goes to
 * the worker, which counts the fault. So does the rest where a stream ends inside a message: the exporter, or the way
 * to it, broke off.
 */
final class StreamSession {
    private static final int IPFIX_VERSION = 10;
    private static final int HEADER_OCTETS = 16;
    private static final int MESSAGE_OCTETS_MAX = 65_535;
    private static final long FULL_NAP_NANOS = 1_000_000;

    private final long number;
    private final SocketChannel channel;
    private final Optional<TlsDoor> tls;
    private final Workers workers;
    private final Clock clock;
    private final Consumer<StreamSession> ended;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2 * (MESSAGE_OCTETS_MAX + 1));
    private volatile long heardMillis;
    private volatile boolean hungUp;
    private volatile TlsDoor.Guest guest;
    /** Octets at the buffer's start that are no whole message yet. */
    private int restOctets;

    StreamSession(
            long number,
            SocketChannel channel,
            Optional<TlsDoor> tls,
            Workers workers,
            Clock clock,
            Consumer<StreamSession> ended) {
        this.number = number;
        this.channel = channel;
        this.tls = tls;
        this.workers = workers;
        this.clock = clock;
        this.ended = ended;
        this.heardMillis = clock.unixMillis();
    }

    boolean isSilentSince(long millis) {
        return heardMillis < millis;
    }

    /** Closes the session where the certificate that let it in is no longer its exporter's. From any thread. */
    void hangUpUnlessWelcome() {
        TlsDoor.Guest here = guest;
        if (here != null && !tls.orElseThrow().isStillWelcome(here)) {
            hangUp();
        }
    }

    /** From any thread: the session's own thread then finds the stream at its end. */
    void hangUp() {
        hungUp = true;
        try {
            channel.close();
        } catch (IOException _) {
            return; // It is closed either way.
        }
    }

    void run(AtomicLong messages, AtomicLong refused, Consumer<String> doorTrouble) {
        try (channel) {
            InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
            DeviceAddress source = DeviceAddress.ofOctets(peer.getAddress().getAddress());
            StreamInput input;
            String exporter = "";
            if (tls.isPresent()) {
                TlsDoor.Guest admitted = tls.get().admit(channel.socket());
                doorTrouble.accept("");
                input = admitted.input();
                exporter = admitted.exporter();
                guest = admitted;
                // The registry may have changed between the look at it and the line above.
                hangUpUnlessWelcome();
            } else {
                input = channel::read;
            }
            StreamId stream = new StreamId(number, source, peer.getPort(), exporter);
            Worker worker = workers.of(source.high(), source.low());
            worker.open(stream, this::hangUp);
            try {
                pass(input, worker, stream, messages);
            } finally {
                if (restOctets > 0 && !hungUp) {
                    put(worker, OctetRing.Kind.MESSAGE, stream, 0, restOctets);
                }
                put(worker, OctetRing.Kind.SESSION_CLOSED, stream, 0, 0);
            }
        } catch (TlsDoor.Unready e) {
            doorTrouble.accept(e.getMessage());
            refused.incrementAndGet();
        } catch (TlsDoor.Refused _) {
            refused.incrementAndGet();
        } catch (IOException | java.nio.channels.UnresolvedAddressException _) {
            return; // The connection broke: the same as its end, and the worker has been told.
        } finally {
            MemorySegment.ofBuffer(buffer.clear()).fill((byte) 0);
            ended.accept(this);
        }
    }

    private void pass(StreamInput input, Worker worker, StreamId stream, AtomicLong messages) throws IOException {
        while (!hungUp && input.read(buffer) >= 0) {
            heardMillis = clock.unixMillis();
            int start = 0;
            int end = buffer.position();
            while (end - start >= HEADER_OCTETS) {
                int version = Short.toUnsignedInt(buffer.getShort(start));
                int sizeOctets = Short.toUnsignedInt(buffer.getShort(start + 2));
                if (version != IPFIX_VERSION || sizeOctets < HEADER_OCTETS) {
                    put(worker, OctetRing.Kind.MESSAGE, stream, start, HEADER_OCTETS);
                    restOctets = 0;
                    return;
                }
                if (end - start < sizeOctets) {
                    break;
                }
                put(worker, OctetRing.Kind.MESSAGE, stream, start, sizeOctets);
                messages.incrementAndGet();
                start += sizeOctets;
            }
            keepRest(start, end);
        }
    }

    /** Moves what is no whole message yet to the front, and zeroes the rest. */
    private void keepRest(int start, int end) {
        MemorySegment octets = MemorySegment.ofBuffer(buffer.clear());
        MemorySegment.copy(octets, start, octets, 0, end - start);
        octets.asSlice(end - start, start).fill((byte) 0);
        buffer.position(end - start);
        restOctets = end - start;
    }

    /** Waits where the ring is full: the sender is then slowed down by TCP itself. */
    private void put(Worker worker, OctetRing.Kind kind, StreamId stream, int start, int sizeOctets) {
        DeviceAddress source = stream.source();
        MemorySegment octets = MemorySegment.ofBuffer(buffer.duplicate().clear());
        while (!worker.ring()
                .put(
                        kind,
                        octets,
                        start,
                        sizeOctets,
                        source.ipVersion(),
                        source.high(),
                        source.low(),
                        stream.sourcePort(),
                        clock.unixMillis(),
                        number)) {
            LockSupport.parkNanos(this, FULL_NAP_NANOS);
        }
        worker.nudge();
    }
}
