// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow.encode;

import java.lang.foreign.MemorySegment;
import tonle.base.DeviceAddress;
import tonle.base.Must;

/**
 * Writes sFlow version 5 datagrams of one agent and sub-agent. Each datagram: {@link #begin}, any number of samples,
 * each with its records behind it, {@link #end}. The datagram's sequence number is kept here; samples state their
 * own.
 */
public final class SflowEncoder {
    private static final int SAMPLE_HEADER_OCTETS = 8;
    private static final int ETHERNET_CHECK_SEQUENCE_OCTETS = 4;
    private static final int PAD_OCTETS_MAX = 3;

    private final OctetWriter out;
    private final DeviceAddress agent;
    private final long subAgent;
    private long sequence;
    private long sampleCountOffset;
    private int sampleCount;
    private long sampleLengthOffset = -1;
    private long recordCountOffset;
    private int recordCount;

    /** @param into room for one datagram; its size is the largest that a datagram gets */
    public SflowEncoder(MemorySegment into, DeviceAddress agent, long subAgent) {
        this.out = new OctetWriter(into);
        this.agent = agent;
        this.subAgent = subAgent;
    }

    public SflowEncoder begin(long uptimeMillis) {
        out.rewind();
        out.mustHold(40);
        sampleCount = 0;
        sampleLengthOffset = -1;
        out.u32(5);
        if (agent.ipVersion() == 4) {
            out.u32(1);
            out.u32(agent.high() >>> 32);
        } else {
            out.u32(2);
            out.u64(agent.high());
            out.u64(agent.low());
        }
        out.u32(subAgent);
        out.u32(sequence);
        out.u32(uptimeMillis);
        sampleCountOffset = out.position();
        out.u32(0);
        return this;
    }

    /** Whether {@code sizeOctets} more fit: a flow sample with one raw header takes 76 and the header. */
    public boolean fits(int sizeOctets) {
        return out.room() >= sizeOctets + PAD_OCTETS_MAX;
    }

    /**
     * What every flow sample says beside its records.
     *
     * @param samplePool packets seen so far, modulo 2^32
     * @param drops samples dropped so far, modulo 2^32
     */
    public record Sampling(long sequence, long sourceIndex, long samplingRate, long samplePool, long drops) {}

    /** Begins a flow sample (format 1) between two interfaces. */
    public SflowEncoder flowSample(Sampling sampling, int inputInterface, int outputInterface) {
        beginSample(1);
        out.u32(sampling.sequence);
        out.u32(sampling.sourceIndex & 0xFF_FFFF);
        rates(sampling);
        out.u32(inputInterface);
        out.u32(outputInterface);
        beginRecords();
        return this;
    }

    /** Begins an expanded flow sample (format 3): interface numbers have 32 bits. */
    public SflowEncoder flowSampleExpanded(Sampling sampling, long inputInterface, long outputInterface) {
        beginSample(3);
        out.u32(sampling.sequence);
        out.u32(0);
        out.u32(sampling.sourceIndex);
        rates(sampling);
        out.u32(0);
        out.u32(inputInterface);
        out.u32(0);
        out.u32(outputInterface);
        beginRecords();
        return this;
    }

    private void rates(Sampling sampling) {
        out.u32(sampling.samplingRate);
        out.u32(sampling.samplePool);
        out.u32(sampling.drops);
    }

    /** Begins the report of a discarded packet (format 5). */
    public SflowEncoder discardedPacket(
            long sampleSequence, long sourceIndex, long inputInterface, long outputInterface, int reason) {
        beginSample(5);
        out.u32(sampleSequence);
        out.u32(0);
        out.u32(sourceIndex);
        out.u32(0);
        out.u32(inputInterface);
        out.u32(outputInterface);
        out.u32(reason);
        beginRecords();
        return this;
    }

    /** Begins a counter sample (format 2). */
    public SflowEncoder counterSample(long sampleSequence, long sourceIndex) {
        beginSample(2);
        out.u32(sampleSequence);
        out.u32(sourceIndex & 0xFF_FFFF);
        beginRecords();
        return this;
    }

    /** Begins an expanded counter sample (format 4). */
    public SflowEncoder counterSampleExpanded(long sampleSequence, long sourceIndex) {
        beginSample(4);
        out.u32(sampleSequence);
        out.u32(0);
        out.u32(sourceIndex);
        beginRecords();
        return this;
    }

    /** The packet's headers as a raw header record; the frame's length counts its check sequence, said as stripped. */
    public SflowEncoder rawHeader(PacketSpec packet) {
        long start = beginRecord(1);
        out.u32(1);
        out.u32(packet.frameOctets() + ETHERNET_CHECK_SEQUENCE_OCTETS);
        out.u32(ETHERNET_CHECK_SEQUENCE_OCTETS);
        out.u32(packet.sampledOctets());
        packet.writeHeaders(out);
        endRecord(start);
        return this;
    }

    /** VLANs that the packet came in on and left on (record 1001). */
    public SflowEncoder switchVlans(int sourceVlanId, int destinationVlanId) {
        long start = beginRecord(1001);
        out.u32(sourceVlanId);
        out.u32(0);
        out.u32(destinationVlanId);
        out.u32(0);
        endRecord(start);
        return this;
    }

    /** Lengths of the routes' prefixes (record 1002); no next hop is said. */
    public SflowEncoder routerPrefixes(int sourceLengthBits, int destinationLengthBits) {
        long start = beginRecord(1002);
        out.u32(1);
        out.u32(0);
        out.u32(sourceLengthBits);
        out.u32(destinationLengthBits);
        endRecord(start);
        return this;
    }

    /** The source's AS and the path to the destination, one sequence (record 1003); no next hop is said. */
    public SflowEncoder gateway(long ownAsn, long sourceAsn, long... destinationPath) {
        long start = beginRecord(1003);
        out.u32(1);
        out.u32(0);
        out.u32(ownAsn);
        out.u32(sourceAsn);
        out.u32(sourceAsn);
        out.u32(destinationPath.length == 0 ? 0 : 1);
        if (destinationPath.length > 0) {
            out.u32(2);
            out.u32(destinationPath.length);
            for (long asn : destinationPath) {
                out.u32(asn);
            }
        }
        out.u32(0);
        out.u32(100);
        endRecord(start);
        return this;
    }

    /** A record of any type, for what an agent may send and a collector steps over. */
    public SflowEncoder record(int tag, MemorySegment body) {
        long start = beginRecord(tag);
        out.octets(body);
        endRecord(start);
        return this;
    }

    public SflowEncoder interfaceCounters(InterfaceCounters counters) {
        long start = beginRecord(1);
        out.u32(counters.interfaceIndex());
        out.u32(6);
        out.u64(counters.speedBitsPerSecond());
        out.u32(1);
        out.u32(counters.status());
        out.u64(counters.inOctets());
        out.u32(counters.inPackets());
        out.u64(0);
        out.u32(counters.inDiscards());
        out.u32(counters.inErrors());
        out.u32(0);
        out.u64(counters.outOctets());
        out.u32(counters.outPackets());
        out.u64(0);
        out.u32(counters.outDiscards());
        out.u32(counters.outErrors());
        out.u32(0);
        endRecord(start);
        return this;
    }

    /** How many samples the datagram has so far. */
    public int sampleCount() {
        return sampleCount;
    }

    /** The datagram, whole: a window on the encoder's segment until the next {@link #begin}. */
    public MemorySegment end() {
        endSample();
        out.u32At(sampleCountOffset, sampleCount);
        sequence = sequence + 1 & 0xFFFF_FFFFL;
        return out.written();
    }

    /** Datagrams sent so far, modulo 2^32: the sequence number of the next one. */
    public long sequence() {
        return sequence;
    }

    /** Sets the sequence number of the next datagram: an agent that restarts, or one whose datagrams were lost. */
    public void sequence(long next) {
        sequence = next & 0xFFFF_FFFFL;
    }

    private void beginSample(int format) {
        endSample();
        out.mustHold(SAMPLE_HEADER_OCTETS + 48);
        sampleCount++;
        out.u32(format);
        sampleLengthOffset = out.position();
        out.u32(0);
    }

    private void beginRecords() {
        recordCountOffset = out.position();
        recordCount = 0;
        out.u32(0);
    }

    private void endSample() {
        if (sampleLengthOffset >= 0) {
            out.u32At(recordCountOffset, recordCount);
            out.u32At(sampleLengthOffset, out.position() - sampleLengthOffset - 4);
            sampleLengthOffset = -1;
        }
    }

    private long beginRecord(int tag) {
        Must.hold(sampleLengthOffset >= 0, "a record belongs to a sample");
        recordCount++;
        out.u32(tag);
        out.u32(0);
        return out.position();
    }

    /** XDR pads octets to a multiple of four; the record's length counts the padding, as agents do. */
    private void endRecord(long start) {
        out.padTo(4);
        out.u32At(start - 4, out.position() - start);
    }
}
