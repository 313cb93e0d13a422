// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import tonle.base.DeviceAddress;
import tonle.traffic.meter.StreamId;

/** Counts what comes, so that a test can compare it with what was sent. */
final class RecordedMetering implements Metering {
    final AtomicLong datagrams = new AtomicLong();
    final AtomicLong octets = new AtomicLong();
    final AtomicLong sum = new AtomicLong();
    final AtomicLong messages = new AtomicLong();
    final Set<DeviceAddress> sources = ConcurrentHashMap.newKeySet();
    final List<String> events = new CopyOnWriteArrayList<>();
    /** A datagram that begins with this octet shows a defect. */
    volatile int refused = 256;

    volatile boolean stopped;

    @Override
    public void datagram(MemorySegment payload, DeviceAddress source, int sourcePort, long arrivalMillis) {
        if (payload.byteSize() > 0 && Byte.toUnsignedInt(payload.get(ValueLayout.JAVA_BYTE, 0)) == refused) {
            throw new IllegalStateException("cannot read what 10.0.0.99 sent");
        }
        datagrams.incrementAndGet();
        octets.addAndGet(payload.byteSize());
        for (long i = 0; i < payload.byteSize(); i++) {
            sum.addAndGet(Byte.toUnsignedInt(payload.get(ValueLayout.JAVA_BYTE, i)));
        }
        sources.add(source);
    }

    /** A message is taken for malformed where its last octet is 0xFF. */
    @Override
    public boolean message(StreamId stream, MemorySegment message, long arrivalMillis) {
        messages.incrementAndGet();
        events.add("message " + message.byteSize() + " of '" + stream.exporter() + "'");
        return message.get(ValueLayout.JAVA_BYTE, message.byteSize() - 1) != (byte) 0xFF;
    }

    @Override
    public void ended(StreamId stream) {
        events.add("ended");
    }

    @Override
    public void tick(long nowMillis) {}

    @Override
    public void stop() {
        stopped = true;
    }
}
