// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.lang.foreign.MemorySegment;

/**
 * Reads flow export datagrams of all four protocols. Checks every length once, at the door; allocates nothing per
 * record; never throws for what it was sent. Not thread-safe: one decoder a worker.
 */
public final class FlowDecoder {
    public FlowDecoder(TemplateLookup templates, FlowSink sink) {}

    /** One whole datagram: its first octets decide the protocol. A datagram may hold several IPFIX messages. */
    public void decode(MemorySegment datagram) {
        throw new UnsupportedOperationException();
    }

    /**
     * A set that waited: {@code set} is what {@link FlowSink#awaitingTemplate} gave, copied. The header values are those
     * of the message that it came in.
     */
    public void decodeWaiting(
            MemorySegment set, Template template, long exportMillis, long uptimeMillis, long sequence) {
        throw new UnsupportedOperationException();
    }
}
