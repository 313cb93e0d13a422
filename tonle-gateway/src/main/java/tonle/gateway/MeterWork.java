// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.lang.foreign.MemorySegment;
import tonle.base.DeviceAddress;
import tonle.gateway.listen.Metering;
import tonle.traffic.meter.Meter;
import tonle.traffic.meter.StreamId;

/** A worker's work is a {@link Meter}. */
record MeterWork(Meter meter) implements Metering {
    @Override
    public void datagram(MemorySegment payload, DeviceAddress source, int sourcePort, long arrivalMillis) {
        meter.datagram(payload, source, sourcePort, arrivalMillis);
    }

    @Override
    public boolean message(StreamId stream, MemorySegment message, long arrivalMillis) {
        return meter.stream(message, stream, arrivalMillis);
    }

    @Override
    public void ended(StreamId stream) {
        meter.streamEnded(stream);
    }

    @Override
    public void tick(long nowMillis) {
        meter.tick(nowMillis);
    }

    @Override
    public void stop() {
        meter.stop();
    }
}
