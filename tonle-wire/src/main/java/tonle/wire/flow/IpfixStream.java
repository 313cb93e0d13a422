// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import static tonle.wire.Octets.u16;

import java.lang.foreign.MemorySegment;
import tonle.wire.Fault;
import tonle.wire.Framed;

/**
 * Where a message ends in a stream of IPFIX messages: a TCP or TLS connection (RFC 7011 section 10.4) or a file (RFC
 * 5655). Nothing but the length in each header parts one message from the next, so a stream that breaks once is lost.
 */
public final class IpfixStream {
    private static final int VERSION = 10;
    private static final int VERSION_AND_LENGTH_OCTETS = 4;

    private IpfixStream() {}

    /** Looks at {@code octets} from {@code offset} on; no more than {@code sizeOctets} of them have come. */
    public static Framed frame(MemorySegment octets, long offset, long sizeOctets) {
        if (sizeOctets < VERSION_AND_LENGTH_OCTETS) {
            return new Framed.NeedMore(VERSION_AND_LENGTH_OCTETS);
        }
        if (u16(octets, offset) != VERSION) {
            return new Framed.Broken(Fault.UNKNOWN_VERSION);
        }
        int lengthOctets = u16(octets, offset + 2);
        if (lengthOctets < FlowDecoder.IPFIX_HEADER_OCTETS) {
            return new Framed.Broken(Fault.MESSAGE_LENGTH_MISMATCH);
        }
        return sizeOctets < lengthOctets ? new Framed.NeedMore(lengthOctets) : new Framed.Whole(lengthOctets);
    }
}
