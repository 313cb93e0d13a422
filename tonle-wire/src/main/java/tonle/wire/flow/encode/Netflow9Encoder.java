// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow.encode;

import java.lang.foreign.MemorySegment;

/**
 * Writes NetFlow version 9 datagrams (RFC 3954 section 5) of one source id. Each datagram: {@link #begin}, any number
 * of templates and records, {@link #end}. The sequence number counts datagrams, and is kept here.
 */
public final class Netflow9Encoder {
    private static final int VERSION = 9;
    private static final int HEADER_OCTETS = 20;

    private final OctetWriter out;
    private final SetWriter sets;
    private final long sourceId;
    private long sequence;
    private int recordCount;

    /** @param into room for one datagram; its size is the largest that a datagram gets */
    public Netflow9Encoder(MemorySegment into, long sourceId) {
        this.out = new OctetWriter(into);
        this.sets = new SetWriter(out, false);
        this.sourceId = sourceId;
    }

    public Netflow9Encoder begin(long exportMillis, long uptimeMillis) {
        out.rewind();
        out.mustHold(HEADER_OCTETS);
        recordCount = 0;
        out.u16(VERSION);
        out.u16(0);
        out.u32(uptimeMillis);
        out.u32(exportMillis / 1000);
        out.u32(sequence);
        out.u32(sourceId);
        return this;
    }

    public Netflow9Encoder template(TemplateSpec spec) {
        recordCount++;
        sets.template(spec);
        return this;
    }

    /**
     * Whether the datagram has room for one more record of {@code sizeOctets} ({@link
     * TemplateSpec#recordSizeOctetsMin}).
     */
    public boolean fits(TemplateSpec spec, int sizeOctets) {
        return sets.fits(spec.id(), sizeOctets);
    }

    /** One more data record: fill all its fields before anything else. */
    public RecordWriter record(TemplateSpec spec) {
        recordCount++;
        return sets.record(spec);
    }

    /** How many templates and data records the datagram has so far. */
    public int recordCount() {
        return recordCount;
    }

    /** The datagram, whole: a window on the encoder's segment until the next {@link #begin}. */
    public MemorySegment end() {
        sets.close();
        out.u16At(2, recordCount);
        sequence = sequence + 1 & 0xFFFF_FFFFL;
        return out.written();
    }

    /** Datagrams sent so far, modulo 2^32: the sequence number of the next one. */
    public long sequence() {
        return sequence;
    }

    /** Sets the sequence number of the next datagram: an exporter that restarts, or one whose datagrams were lost. */
    public void sequence(long next) {
        sequence = next & 0xFFFF_FFFFL;
    }
}
