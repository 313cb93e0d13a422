// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow.encode;

import java.lang.foreign.MemorySegment;

/**
 * Writes IPFIX messages (RFC 7011 section 3) of one observation domain. Each message: {@link #begin}, any number of
 * templates and records, {@link #end}. The sequence number counts data records sent before, and is kept here.
 */
public final class IpfixEncoder {
    private static final int VERSION = 10;
    private static final int HEADER_OCTETS = 16;

    private final OctetWriter out;
    private final SetWriter sets;
    private final long domain;
    private long sequence;
    private int recordCount;

    /** @param into room for one message; its size is the largest that a message gets */
    public IpfixEncoder(MemorySegment into, long domain) {
        this.out = new OctetWriter(into);
        this.sets = new SetWriter(out, true);
        this.domain = domain;
    }

    public IpfixEncoder begin(long exportMillis) {
        out.rewind();
        out.mustHold(HEADER_OCTETS);
        recordCount = 0;
        out.u16(VERSION);
        out.u16(0);
        out.u32(exportMillis / 1000);
        out.u32(sequence);
        out.u32(domain);
        return this;
    }

    public IpfixEncoder template(TemplateSpec spec) {
        sets.template(spec);
        return this;
    }

    /** Takes a template back (section 8.1); id 2 takes all templates back, 3 all options templates. */
    public IpfixEncoder withdraw(int templateId, boolean isOptions) {
        sets.withdrawal(templateId, isOptions);
        return this;
    }

    /**
     * Whether the message has room for one more record of {@code sizeOctets} (fixed ones: {@link
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

    /** How many data records the message has so far. */
    public int recordCount() {
        return recordCount;
    }

    /** The message, whole: a window on the encoder's segment until the next {@link #begin}. */
    public MemorySegment end() {
        sets.close();
        out.u16At(2, (int) out.position());
        sequence = sequence + recordCount & 0xFFFF_FFFFL;
        return out.written();
    }

    /** Data records sent so far, modulo 2^32: the sequence number of the next message. */
    public long sequence() {
        return sequence;
    }

    /** Sets the sequence number of the next message: an exporter that restarts, or one whose datagrams were lost. */
    public void sequence(long next) {
        sequence = next & 0xFFFF_FFFFL;
    }
}
