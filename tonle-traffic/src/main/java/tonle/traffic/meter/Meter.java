// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.lang.foreign.MemorySegment;
import tonle.base.DeviceAddress;
import tonle.base.power.Clock;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.Topology;

/**
 * Meters what one worker receives: datagrams in, rows out to a {@link BatchSink}. One thread calls everything but
 * {@link #use} and {@link #snapshot}, which any thread may call.
 */
public final class Meter {
    public Meter(int worker, MeterSettings settings, Clock clock, BatchSink sink) {
        throw new UnsupportedOperationException();
    }

    /** Takes effect before the next datagram or tick of the worker. */
    public void use(Topology topology, OriginTable origins) {
        throw new UnsupportedOperationException();
    }

    /** One UDP datagram: the window is read now and never kept. */
    public void datagram(MemorySegment payload, DeviceAddress source, int sourcePort, long arrivalMillis) {
        throw new UnsupportedOperationException();
    }

    /**
     * One whole IPFIX message of a connection.
     *
     * @return false where it is damaged and the connection is to be closed (RFC 7011 section 9.1)
     */
    public boolean stream(MemorySegment message, StreamId stream, long arrivalMillis) {
        throw new UnsupportedOperationException();
    }

    /** The connection is closed: its templates end with it (RFC 7011 section 8). */
    public void streamEnded(StreamId stream) {
        throw new UnsupportedOperationException();
    }

    /** To be called about once a second: rows leave, bins are sealed, snapshots are renewed. */
    public void tick(long nowMillis) {
        throw new UnsupportedOperationException();
    }

    /** Writes out every row that may leave, remembers templates, and counts what the rule of ten flows holds back. */
    public void stop() {
        throw new UnsupportedOperationException();
    }

    /** What was known at the last tick. */
    public MeterSnapshot snapshot() {
        throw new UnsupportedOperationException();
    }
}
