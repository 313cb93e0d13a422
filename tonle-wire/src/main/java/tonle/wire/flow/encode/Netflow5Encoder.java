// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow.encode;

import java.lang.foreign.MemorySegment;
import tonle.base.Must;

/**
 * Writes NetFlow version 5 datagrams: a header of 24 octets and up to 30 records of 48. The sequence number counts
 * flows sent before, and is kept here.
 */
public final class Netflow5Encoder {
    /** More records a datagram never has. */
    public static final int RECORD_COUNT_MAX = 30;

    private static final int VERSION = 5;
    private static final int HEADER_OCTETS = 24;
    private static final int RECORD_OCTETS = 48;

    private final OctetWriter out;
    private final int engineType;
    private final int engineId;
    private int samplingMode;
    private int samplingInterval;
    private long sequence;
    private int recordCount;

    /** @param into room for one datagram: 1,464 octets hold the largest */
    public Netflow5Encoder(MemorySegment into, int engineType, int engineId) {
        this.out = new OctetWriter(into);
        this.engineType = engineType;
        this.engineId = engineId;
    }

    /** What the headers say of sampling from now on: 2 bits of mode, 14 of interval; 0 and 0 at first. */
    public Netflow5Encoder sampling(int mode, int interval) {
        samplingMode = mode;
        samplingInterval = interval;
        return this;
    }

    public Netflow5Encoder begin(long exportMillis, long uptimeMillis) {
        out.rewind();
        out.mustHold(HEADER_OCTETS);
        recordCount = 0;
        out.u16(VERSION);
        out.u16(0);
        out.u32(uptimeMillis);
        out.u32(exportMillis / 1000);
        out.u32(exportMillis % 1000 * 1_000_000);
        out.u32(sequence);
        out.u8(engineType);
        out.u8(engineId);
        out.u16(samplingMode << 14 | samplingInterval & 0x3FFF);
        return this;
    }

    /** Whether the datagram has room for one more record. */
    public boolean fits() {
        return recordCount < RECORD_COUNT_MAX && out.room() >= RECORD_OCTETS;
    }

    public Netflow5Encoder flow(Netflow5Flow flow) {
        Must.hold(fits(), "the datagram has room for the record");
        recordCount++;
        out.address(flow.sourceNetwork, flow.sourceHost);
        out.address(flow.destinationNetwork, flow.destinationHost);
        out.u32(0);
        out.u16(flow.ingressInterface);
        out.u16(flow.egressInterface);
        out.u32(flow.packets);
        out.u32(flow.octets);
        out.u32(flow.startUptimeMillis);
        out.u32(flow.endUptimeMillis);
        out.u16(flow.sourcePort);
        out.u16(flow.destinationPort);
        out.u16(0);
        out.u8(flow.protocol);
        out.u8(0);
        out.u16(flow.sourceAsn);
        out.u16(flow.destinationAsn);
        out.u8(flow.sourcePrefixLengthBits);
        out.u8(flow.destinationPrefixLengthBits);
        out.u16(0);
        return this;
    }

    /** How many records the datagram has so far. */
    public int recordCount() {
        return recordCount;
    }

    /** The datagram, whole: a window on the encoder's segment until the next {@link #begin}. */
    public MemorySegment end() {
        out.u16At(2, recordCount);
        sequence = sequence + recordCount & 0xFFFF_FFFFL;
        return out.written();
    }

    /** Flows sent so far, modulo 2^32: the sequence number of the next datagram. */
    public long sequence() {
        return sequence;
    }

    /** Sets the sequence number of the next datagram: an exporter that restarts, or one whose datagrams were lost. */
    public void sequence(long next) {
        sequence = next & 0xFFFF_FFFFL;
    }
}
