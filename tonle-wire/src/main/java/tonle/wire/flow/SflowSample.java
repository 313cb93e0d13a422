// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

/** One sFlow flow sample (formats 1 and 3) or discarded-packet sample (format 5): a window, read during the event. */
public final class SflowSample {
    SflowSample() {}

    public MessageHeader header() {
        throw new UnsupportedOperationException();
    }

    public boolean isExpanded() {
        throw new UnsupportedOperationException();
    }

    /** The sample's own sequence number for its source id. */
    public long sequence() {
        throw new UnsupportedOperationException();
    }

    public int sourceType() {
        throw new UnsupportedOperationException();
    }

    public long sourceIndex() {
        throw new UnsupportedOperationException();
    }

    /** One in so many packets; 0 as some agents send for unknown. */
    public long samplingRate() {
        throw new UnsupportedOperationException();
    }

    /** Packets that could have been sampled so far, modulo 2^32. */
    public long samplePool() {
        throw new UnsupportedOperationException();
    }

    /** Samples that the agent dropped so far for lack of resources, modulo 2^32. */
    public long drops() {
        throw new UnsupportedOperationException();
    }

    public InterfaceFormat inputFormat() {
        throw new UnsupportedOperationException();
    }

    public long inputValue() {
        throw new UnsupportedOperationException();
    }

    public InterfaceFormat outputFormat() {
        throw new UnsupportedOperationException();
    }

    public long outputValue() {
        throw new UnsupportedOperationException();
    }

    /** Octets of the frame: raw header's frame length, else of the sampled Ethernet, else of the IPv4 or IPv6 record; 0. */
    public long frameOctets() {
        throw new UnsupportedOperationException();
    }

    /** Octets that the agent says it cut from the frame's end, usually the FCS; 0 where unknown. */
    public int strippedOctets() {
        throw new UnsupportedOperationException();
    }

    /** What the sampled headers (or the sampled IPv4/IPv6 record) say; never {@code null}. */
    public SampledPacket packet() {
        throw new UnsupportedOperationException();
    }

    /** From the gateway record (1003): the source's AS, or 0. */
    public long sourceAsn() {
        throw new UnsupportedOperationException();
    }

    /** From the gateway record: the last AS of the path towards the destination, or 0. */
    public long destinationAsn() {
        throw new UnsupportedOperationException();
    }

    /** Format 5: why the packet was discarded (the sFlow drop reason codes); -1 elsewhere. */
    public int discardReason() {
        throw new UnsupportedOperationException();
    }
}
