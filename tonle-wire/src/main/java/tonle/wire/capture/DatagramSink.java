// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import java.lang.foreign.MemorySegment;
import tonle.base.DeviceAddress;
import tonle.wire.Fault;

/** Where a capture reader puts the datagrams of a file, in file order. */
public interface DatagramSink {
    /**
     * One UDP datagram's payload (or one message of an IPFIX file), a window on the file: read it now.
     *
     * @param source who sent it: an exporter, a device
     * @param captureMicros when it was captured, in microseconds since 1970; 0 where the file does not say
     */
    void datagram(MemorySegment payload, DeviceAddress source, int sourcePort, int destinationPort, long captureMicros);

    /** From {@code offsetOctets} of the file something could not be read. */
    void malformed(Fault fault, long offsetOctets);
}
