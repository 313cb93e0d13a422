// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.lang.foreign.MemorySegment;
import tonle.base.DeviceAddress;
import tonle.traffic.meter.StreamId;

/**
 * What one worker does with what came in. All calls come on that worker's thread; windows are good during the call
 * only.
 */
public interface Metering {
    void datagram(MemorySegment payload, DeviceAddress source, int sourcePort, long arrivalMillis);

    /**
     * One message of an IPFIX stream.
     *
     * @return {@code false} where the message was malformed: the connection is then closed (RFC 7011 section 9.1)
     */
    boolean message(StreamId stream, MemorySegment message, long arrivalMillis);

    /** The session has ended, and with it every template that it defined (RFC 7011 section 8). */
    void ended(StreamId stream);

    /** Comes a few times a second, also when nothing else comes. */
    void tick(long nowMillis);

    /** The last call: write out what may leave memory, count what is held. */
    void stop();
}
