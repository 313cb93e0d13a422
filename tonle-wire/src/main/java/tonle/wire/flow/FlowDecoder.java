// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import static tonle.wire.Octets.u16;
import static tonle.wire.Octets.u32;
import static tonle.wire.Octets.u8;

import java.lang.foreign.MemorySegment;
import tonle.base.Must;
import tonle.wire.Fault;

/**
 * Reads flow export datagrams of all four protocols. Checks every length once, at the door; allocates nothing per
 * record; never throws for what it was sent. Not thread-safe: one decoder a worker.
 * <pre>
 *   octet      0        2       4            8            12        16         20           22
 *   v5         5        count   uptime       seconds      nanos     sequence   engine       sampling
 *   v9         9        count   uptime       seconds      sequence  source id  sets
 *   IPFIX      10       length  seconds      sequence     domain    sets
 *   set        id       length  records, perhaps padding
 * </pre>
 */
public final class FlowDecoder {
    /** More records than this in one message are not read: records of fewer than four octets are nobody's traffic. */
    public static final int RECORD_COUNT_MAX = 16_384;

    /** The octets of an IPFIX message header (RFC 7011 section 3.1). */
    static final int IPFIX_HEADER_OCTETS = 16;

    private static final int SFLOW5_VERSION = 5;
    private static final int NETFLOW5_HEADER_OCTETS = 24;
    private static final int NETFLOW5_RECORD_OCTETS = 48;
    private static final int NETFLOW5_RECORD_COUNT_MAX = 30;
    private static final int NETFLOW9_HEADER_OCTETS = 20;
    private static final int SET_HEADER_OCTETS = 4;
    /** Data sets have ids from here (RFC 7011 section 3.3.2, RFC 3954 section 5.3). */
    private static final int DATA_SET_ID_MIN = 256;

    private final TemplateLookup templates;
    private final FlowSink sink;
    private final SflowDecoder sflow = new SflowDecoder();
    private final TemplateSetReader templateSets;
    private final MessageHeader header = new MessageHeader();
    private final FlowRecord record = new FlowRecord();
    /** For sets that waited: they are read while a message is open, inside {@link FlowSink#template}. */
    private final MessageHeader waitingHeader = new MessageHeader();

    private final FlowRecord waitingRecord = new FlowRecord();

    private int recordCountLeft;

    public FlowDecoder(TemplateLookup templates, FlowSink sink) {
        this.templates = templates;
        this.sink = sink;
        this.templateSets = new TemplateSetReader(sink);
    }

    /** One whole datagram: its first octets decide the protocol. A datagram may hold several IPFIX messages. */
    public void decode(MemorySegment datagram) {
        long sizeOctets = datagram.byteSize();
        if (sizeOctets < 4) {
            sink.malformed(Fault.HEADER_TRUNCATED, sizeOctets);
            return;
        }
        switch (u16(datagram, 0)) {
            case 5 -> netflow5(datagram, sizeOctets);
            case 9 -> netflow9(datagram, sizeOctets);
            case 10 -> ipfix(datagram, sizeOctets);
            default -> {
                // sFlow begins with its version in 32 bits; one port may carry all four.
                if (u32(datagram, 0) == SFLOW5_VERSION) {
                    sflow.decode(datagram, sink);
                } else {
                    sink.malformed(Fault.UNKNOWN_VERSION, 0);
                }
            }
        }
    }

    /**
     * A set that waited: {@code set} is what {@link FlowSink#awaitingTemplate} gave, copied. The header values are
     * those of the message that it came in. May be called inside an event of this decoder.
     */
    public void decodeWaiting(
            MemorySegment set, Template template, long exportMillis, long uptimeMillis, long sequence) {
        waitingHeader.protocol = template.protocol();
        waitingHeader.sizeOctets = (int) set.byteSize();
        waitingHeader.exportMillis = exportMillis;
        waitingHeader.uptimeMillis = uptimeMillis;
        waitingHeader.sequence = sequence;
        waitingHeader.domain = template.domain();
        waitingHeader.recordCount = -1;
        waitingHeader.samplingMode = -1;
        waitingHeader.samplingInterval = -1;
        int left = recordCountLeft;
        recordCountLeft = RECORD_COUNT_MAX;
        records(set, 0, 0, set.byteSize(), template, waitingRecord, waitingHeader);
        recordCountLeft = left;
    }

    /** RFC 3954 section 4 shows the idea; the layout is Cisco's own. Rejected whole where count and length disagree. */
    private void netflow5(MemorySegment datagram, long sizeOctets) {
        if (sizeOctets < NETFLOW5_HEADER_OCTETS) {
            sink.malformed(Fault.HEADER_TRUNCATED, sizeOctets);
            return;
        }
        int count = u16(datagram, 2);
        int sampling = u16(datagram, 22);
        header.protocol = FlowProtocol.NETFLOW5;
        header.sizeOctets = (int) sizeOctets;
        header.recordCount = count;
        header.uptimeMillis = u32(datagram, 4);
        header.exportMillis = u32(datagram, 8) * 1000 + u32(datagram, 12) / 1_000_000;
        header.sequence = u32(datagram, 16);
        header.domain = u16(datagram, 20);
        header.samplingMode = sampling >>> 14;
        header.samplingInterval = sampling & 0x3FFF;
        sink.message(header);
        if (count > NETFLOW5_RECORD_COUNT_MAX
                || sizeOctets != NETFLOW5_HEADER_OCTETS + (long) count * NETFLOW5_RECORD_OCTETS) {
            sink.malformed(Fault.COUNT_CONTRADICTS_LENGTH, 2);
        } else {
            recordCountLeft = RECORD_COUNT_MAX;
            records(datagram, 0, NETFLOW5_HEADER_OCTETS, sizeOctets, Template.NETFLOW5, record, header);
        }
        sink.endOfMessage();
    }

    private void netflow9(MemorySegment datagram, long sizeOctets) {
        if (sizeOctets < NETFLOW9_HEADER_OCTETS) {
            sink.malformed(Fault.HEADER_TRUNCATED, sizeOctets);
            return;
        }
        header.protocol = FlowProtocol.NETFLOW9;
        header.sizeOctets = (int) sizeOctets;
        header.recordCount = u16(datagram, 2);
        header.uptimeMillis = u32(datagram, 4);
        header.exportMillis = u32(datagram, 8) * 1000;
        header.sequence = u32(datagram, 12);
        header.domain = u32(datagram, 16);
        header.samplingMode = -1;
        header.samplingInterval = -1;
        sink.message(header);
        // The header's count is often wrong (flows.md 4.2): the octets rule.
        sets(datagram, 0, NETFLOW9_HEADER_OCTETS, sizeOctets);
        sink.endOfMessage();
    }

    /** One message after the other, each by its own length, until the datagram ends. */
    private void ipfix(MemorySegment datagram, long sizeOctets) {
        if (sizeOctets < IPFIX_HEADER_OCTETS) {
            sink.malformed(Fault.HEADER_TRUNCATED, sizeOctets);
            return;
        }
        long start = 0;
        boolean more = true;
        while (more) {
            int lengthOctets = u16(datagram, start + 2);
            header.protocol = FlowProtocol.IPFIX;
            header.sizeOctets = lengthOctets;
            header.recordCount = -1;
            header.uptimeMillis = -1;
            header.exportMillis = u32(datagram, start + 4) * 1000;
            header.sequence = u32(datagram, start + 8);
            header.domain = u32(datagram, start + 12);
            header.samplingMode = -1;
            header.samplingInterval = -1;
            sink.message(header);
            long end = start + lengthOctets;
            long restOctets = sizeOctets - end;
            if (lengthOctets < IPFIX_HEADER_OCTETS || restOctets < 0) {
                // RFC 7011 section 9.1: a malformed message is dropped.
                sink.malformed(Fault.MESSAGE_LENGTH_MISMATCH, 2);
                more = false;
            } else {
                sets(datagram, start, start + IPFIX_HEADER_OCTETS, end);
                more = restOctets >= IPFIX_HEADER_OCTETS && u16(datagram, end) == 10;
                if (!more && restOctets > 0) {
                    sink.malformed(Fault.MESSAGE_LENGTH_MISMATCH, lengthOctets);
                }
            }
            sink.endOfMessage();
            start = end;
        }
    }

    /** Sets from {@code at} to {@code end} of the message that began at {@code messageStart}. */
    private void sets(MemorySegment datagram, long messageStart, long at, long end) {
        recordCountLeft = RECORD_COUNT_MAX;
        boolean isIpfix = header.protocol == FlowProtocol.IPFIX;
        int templateSetId = isIpfix ? 2 : 0;
        int optionsSetId = isIpfix ? 3 : 1;
        while (end - at >= SET_HEADER_OCTETS) {
            int id = u16(datagram, at);
            int lengthOctets = u16(datagram, at + 2);
            if (lengthOctets < SET_HEADER_OCTETS || lengthOctets > end - at) {
                break;
            }
            long body = at + SET_HEADER_OCTETS;
            at += lengthOctets;
            if (id >= DATA_SET_ID_MIN) {
                dataSet(datagram, messageStart, id, body, at);
            } else if (id == templateSetId) {
                templateSets.read(datagram, messageStart, body, at, header, false);
            } else if (id == optionsSetId) {
                templateSets.read(datagram, messageStart, body, at, header, true);
            }
            // All other ids are reserved: skipped by length.
        }
        // In v9, what is left may be padding of the datagram; IPFIX has none outside of sets.
        if (at < end && (isIpfix || !isZero(datagram, at, end))) {
            sink.malformed(Fault.SET_LENGTH_INVALID, at - messageStart);
        }
    }

    private void dataSet(MemorySegment datagram, long messageStart, int id, long at, long end) {
        Template template = templates.template(header.protocol, header.domain, id);
        if (template == null) {
            sink.awaitingTemplate(header.domain, id, datagram.asSlice(at, end - at));
        } else {
            records(datagram, messageStart, at, end, template, record, header);
        }
    }

    private void records(
            MemorySegment octets,
            long messageStart,
            long at,
            long end,
            Template template,
            FlowRecord window,
            MessageHeader header) {
        int sizeOctetsMin = template.recordSizeOctetsMin();
        Must.hold(sizeOctetsMin > 0, "a record has at least one octet");
        sink.dataSet(template);
        window.begin(octets, template, header);
        boolean isOptions = template.isOptions();
        boolean isVariable = template.hasVariableLength();
        long first = at;
        // What is shorter than any record is padding (RFC 7011 section 3.3.1), unless not one record came before it.
        while (end - at >= sizeOctetsMin) {
            if (recordCountLeft-- == 0) {
                recordCountLeft = 0;
                sink.malformed(Fault.RECORDS_TOO_MANY, at - messageStart);
                return;
            }
            long recordStart = at;
            if (isVariable) {
                long sizeOctets = window.measureAt(at, end);
                if (sizeOctets < 0) {
                    sink.malformed(Fault.RECORD_TRUNCATED, at - messageStart);
                    return;
                }
                at += sizeOctets;
            } else {
                window.moveTo(recordStart);
                at += sizeOctetsMin;
            }
            if (isOptions) {
                sink.options(window);
            } else {
                sink.flow(window);
            }
        }
        if (at == first && at < end) {
            sink.malformed(Fault.RECORD_TRUNCATED, at - messageStart);
        }
    }

    private static boolean isZero(MemorySegment octets, long at, long end) {
        for (long offset = at; offset < end; offset++) {
            if (u8(octets, offset) != 0) {
                return false;
            }
        }
        return true;
    }
}
