// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

/** Generic interface counters of one sFlow counter sample (record 0:1, RFC 2233 meanings): a window, read at once. */
public final class SflowCounters {
    SflowCounters() {}

    public MessageHeader header() {
        throw new UnsupportedOperationException();
    }

    public long sequence() {
        throw new UnsupportedOperationException();
    }

    public boolean hasInterfaceCounters() {
        throw new UnsupportedOperationException();
    }

    public long interfaceIndex() {
        throw new UnsupportedOperationException();
    }

    public long speedBitsPerSecond() {
        throw new UnsupportedOperationException();
    }

    /** Bit 0: administratively up; bit 1: operationally up. */
    public int status() {
        throw new UnsupportedOperationException();
    }

    public long inOctets() {
        throw new UnsupportedOperationException();
    }

    /** Unicast, multicast and broadcast packets that came in; each a 32-bit counter. */
    public long inPackets() {
        throw new UnsupportedOperationException();
    }

    public long inErrors() {
        throw new UnsupportedOperationException();
    }

    public long inDiscards() {
        throw new UnsupportedOperationException();
    }

    public long outOctets() {
        throw new UnsupportedOperationException();
    }

    public long outPackets() {
        throw new UnsupportedOperationException();
    }

    public long outErrors() {
        throw new UnsupportedOperationException();
    }

    public long outDiscards() {
        throw new UnsupportedOperationException();
    }
}
