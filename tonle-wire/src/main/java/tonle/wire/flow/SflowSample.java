// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

/**
 * One sFlow flow sample (formats 1 and 3) or discarded-packet sample (format 5), read during the event. The same
 * object for each sample.
 */
public final class SflowSample {
    /** sFlow version 5 section 5.2: an ifIndex of all ones in 30 bits is the device itself. */
    private static final long INTERNAL = 0x3FFF_FFFFL;

    MessageHeader header;
    final SampledPacket packet = new SampledPacket();
    boolean isExpanded;
    long sequence;
    int sourceType;
    long sourceIndex;
    long samplingRate;
    long samplePool;
    long drops;
    InterfaceFormat inputFormat;
    long inputValue;
    InterfaceFormat outputFormat;
    long outputValue;
    int discardReason;
    long rawFrameOctets;
    int strippedOctets;
    long ethernetOctets;
    long ipOctets;
    long sourceAsn;
    long destinationAsn;
    int sourceVlanId;
    int destinationVlanId;
    int sourcePrefixLengthBits;
    int destinationPrefixLengthBits;

    SflowSample() {
        clear();
    }

    void clear() {
        packet.clear();
        inputFormat = InterfaceFormat.INDEX;
        outputFormat = InterfaceFormat.INDEX;
        discardReason = -1;
        rawFrameOctets = 0;
        strippedOctets = 0;
        ethernetOctets = 0;
        ipOctets = 0;
        sourceAsn = 0;
        destinationAsn = 0;
        sourceVlanId = -1;
        destinationVlanId = -1;
        sourcePrefixLengthBits = -1;
        destinationPrefixLengthBits = -1;
    }

    /** An interface as a flow sample writes it: the top two bits are the format. */
    void compactInterfaces(int input, int output) {
        expandedInterfaces(input >>> 30, input & INTERNAL, output >>> 30, output & INTERNAL);
    }

    void expandedInterfaces(int inFormat, long inValue, int outFormat, long outValue) {
        inputFormat = format(inFormat, inValue);
        inputValue = inValue;
        outputFormat = format(outFormat, outValue);
        outputValue = outValue;
    }

    private static InterfaceFormat format(int format, long value) {
        return switch (format) {
            case 1 -> InterfaceFormat.DISCARD;
            case 2 -> InterfaceFormat.MULTIPLE;
            // 3 is not assigned: its value can be nothing but a number that names an interface.
            default -> value == INTERNAL ? InterfaceFormat.INTERNAL : InterfaceFormat.INDEX;
        };
    }

    public MessageHeader header() {
        return header;
    }

    public boolean isExpanded() {
        return isExpanded;
    }

    /** The sample's own sequence number for its source id. */
    public long sequence() {
        return sequence;
    }

    public int sourceType() {
        return sourceType;
    }

    public long sourceIndex() {
        return sourceIndex;
    }

    /** One in so many packets; 0 as some agents send for unknown, and for a discarded packet. */
    public long samplingRate() {
        return samplingRate;
    }

    /** Packets that could have been sampled so far, modulo 2^32. */
    public long samplePool() {
        return samplePool;
    }

    /** Samples that the agent dropped so far for lack of resources, modulo 2^32. */
    public long drops() {
        return drops;
    }

    public InterfaceFormat inputFormat() {
        return inputFormat;
    }

    public long inputValue() {
        return inputValue;
    }

    public InterfaceFormat outputFormat() {
        return outputFormat;
    }

    public long outputValue() {
        return outputValue;
    }

    /**
     * Octets of the frame: raw header's frame length, else of the sampled Ethernet, else of the IPv4 or IPv6 record;
     * 0.
     */
    public long frameOctets() {
        if (rawFrameOctets != 0) {
            return rawFrameOctets;
        }
        return ethernetOctets != 0 ? ethernetOctets : ipOctets;
    }

    /** Octets that the agent says it cut from the frame's end, usually the FCS; 0 where unknown. */
    public int strippedOctets() {
        return strippedOctets;
    }

    /** What the sampled headers (or the sampled IPv4/IPv6 record) say; never {@code null}. */
    public SampledPacket packet() {
        return packet;
    }

    /** From the gateway record (1003): the source's AS, or 0. */
    public long sourceAsn() {
        return sourceAsn;
    }

    /** From the gateway record: the last AS of the path towards the destination, or 0. */
    public long destinationAsn() {
        return destinationAsn;
    }

    /** From the switch record (1001): the VLAN that the packet came in on, or -1. */
    public int sourceVlanId() {
        return sourceVlanId;
    }

    /** From the switch record: the VLAN that it left on, or -1. */
    public int destinationVlanId() {
        return destinationVlanId;
    }

    /** From the router record (1002): the length of the route's prefix that covers the source, or -1. */
    public int sourcePrefixLengthBits() {
        return sourcePrefixLengthBits;
    }

    /** From the router record: the length of the route's prefix that covers the destination, or -1. */
    public int destinationPrefixLengthBits() {
        return destinationPrefixLengthBits;
    }

    /** Format 5: why the packet was discarded (the sFlow drop reason codes); -1 elsewhere. */
    public int discardReason() {
        return discardReason;
    }
}
