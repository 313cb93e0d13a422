// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

/**
 * One data record: a window on a datagram, read through its template's plan. NetFlow v5, v9 and IPFIX records have this
 * one shape. Nothing is allocated; addresses are handed out as {@link tonle.base.Network} only. Not thread-safe: one
 * window a worker, wrapped anew for each record.
 */
public final class FlowRecord {
    /** What has no value in this record. */
    public static final long ABSENT = -1;

    FlowRecord() {}

    public Template template() {
        throw new UnsupportedOperationException();
    }

    public MessageHeader header() {
        throw new UnsupportedOperationException();
    }

    /** An unsigned number of 0 to 8 octets (RFC 7011 section 6.2), or {@link #ABSENT}; for address slots: refused. */
    public long value(Slot slot) {
        throw new UnsupportedOperationException();
    }

    /** The source's /24 or /48, or {@link tonle.base.Network#NONE}: elements 8, 27, else 44, 170. */
    public long sourceNetwork() {
        throw new UnsupportedOperationException();
    }

    /** The destination's /24 or /48, or {@link tonle.base.Network#NONE}: elements 12, 28, else 45, 169. */
    public long destinationNetwork() {
        throw new UnsupportedOperationException();
    }

    /** 4, 6 or 0: element 60, else from which address elements the record has. */
    public int ipVersion() {
        throw new UnsupportedOperationException();
    }

    /**
     * When the flow began, in milliseconds since 1970, or {@link #ABSENT}: elements 152, 154, 156, 158, 150, else 22 with
     * 160 or with the header's uptime in modular arithmetic (flows.md 4.1: a start after the uptime is a wrap).
     */
    public long startMillis() {
        throw new UnsupportedOperationException();
    }

    /** When the flow ended, in milliseconds since 1970, or {@link #ABSENT}; the elements beside those of the start. */
    public long endMillis() {
        throw new UnsupportedOperationException();
    }

    /**
     * The headers of element 315, dataLinkFrameSection, through the transport header (RFC 7133), or {@code null} where
     * the record has none. The same object for each record.
     */
    public SampledPacket frame() {
        throw new UnsupportedOperationException();
    }
}
