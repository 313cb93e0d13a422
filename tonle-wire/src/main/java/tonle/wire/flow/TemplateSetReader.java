// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import static tonle.wire.Octets.u16;
import static tonle.wire.Octets.u32;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import tonle.wire.Fault;

/**
 * Reads sets of templates and options templates.
 * <pre>
 *   octet                0   2             4                6
 *   template             id  field count   fields
 *   options, v9          id  scope octets  options octets   fields     (RFC 3954 section 6.1: octets, not counts)
 *   options, IPFIX       id  field count   scope count      fields     (RFC 7011 section 3.4.2.2)
 *   withdrawal, IPFIX    id  0                                         (RFC 7011 section 8.1)
 *   field                element  length   enterprise, IPFIX only, where the element's top bit is set
 * </pre>
 * One template is damaged: the next may still be read where the damage leaves its length known, else the set ends.
 */
final class TemplateSetReader {
    private static final int TEMPLATE_HEADER_OCTETS = 4;
    private static final int OPTIONS_HEADER_OCTETS = 6;
    private static final int FIELD_OCTETS = 4;
    private static final int TEMPLATE_ID_MIN = 256;
    private static final int ENTERPRISE_BIT = 0x8000;

    private final FlowSink sink;
    private final int[] elements = new int[Template.FIELD_COUNT_MAX];
    private final int[] enterprises = new int[Template.FIELD_COUNT_MAX];
    private final int[] lengths = new int[Template.FIELD_COUNT_MAX];

    private MemorySegment octets;
    private long messageStart;
    private long end;
    private MessageHeader header;

    TemplateSetReader(FlowSink sink) {
        this.sink = sink;
    }

    void read(MemorySegment octets, long messageStart, long at, long end, MessageHeader header, boolean options) {
        this.octets = octets;
        this.messageStart = messageStart;
        this.end = end;
        this.header = header;
        boolean isIpfix = header.protocol == FlowProtocol.IPFIX;
        long next = at;
        // What is too short for a header, or has id and count zero, is padding.
        while (next >= 0 && end - next >= TEMPLATE_HEADER_OCTETS && u32(octets, next) != 0) {
            if (isIpfix && u16(octets, next + 2) == 0) {
                next = withdrawal(next, options);
            } else if (!options) {
                next = definition(next, next + TEMPLATE_HEADER_OCTETS, u16(octets, next + 2), 0, false);
            } else if (end - next < OPTIONS_HEADER_OCTETS) {
                if (isIpfix) {
                    sink.malformed(Fault.TEMPLATE_TRUNCATED, next - messageStart);
                }
                next = -1;
            } else {
                next = isIpfix ? ipfixOptions(next) : netflow9Options(next);
            }
        }
    }

    private long withdrawal(long at, boolean options) {
        int id = u16(octets, at);
        int allId = options ? 3 : 2;
        if (id >= TEMPLATE_ID_MIN || id == allId) {
            sink.withdrawal(header.domain, id);
        } else {
            sink.malformed(Fault.TEMPLATE_ID_RESERVED, at - messageStart);
        }
        return at + TEMPLATE_HEADER_OCTETS;
    }

    private long ipfixOptions(long at) {
        int fieldCount = u16(octets, at + 2);
        int scopeFieldCount = u16(octets, at + 4);
        if (scopeFieldCount == 0 || scopeFieldCount > fieldCount) {
            sink.malformed(Fault.OPTIONS_SCOPE_INVALID, at - messageStart + 4);
        }
        // Without a scope its records can still be read, and be kept apart from traffic, which matters more.
        return definition(at, at + OPTIONS_HEADER_OCTETS, fieldCount, scopeFieldCount, true);
    }

    private long netflow9Options(long at) {
        int scopeOctets = u16(octets, at + 2);
        int optionsOctets = u16(octets, at + 4);
        if (scopeOctets % FIELD_OCTETS != 0 || optionsOctets % FIELD_OCTETS != 0) {
            sink.malformed(Fault.OPTIONS_SCOPE_INVALID, at - messageStart + 2);
            return at + OPTIONS_HEADER_OCTETS + scopeOctets + optionsOctets;
        }
        int fieldCount = (scopeOctets + optionsOctets) / FIELD_OCTETS;
        return definition(at, at + OPTIONS_HEADER_OCTETS, fieldCount, scopeOctets / FIELD_OCTETS, true);
    }

    /** Reads the fields of the template that began at {@code start}: where the next begins, or -1 where none can. */
    private long definition(long start, long at, int fieldCount, int scopeFieldCount, boolean options) {
        if ((long) fieldCount * FIELD_OCTETS > end - at) {
            sink.malformed(Fault.TEMPLATE_TRUNCATED, start - messageStart);
            return -1;
        }
        if (fieldCount > Template.FIELD_COUNT_MAX) {
            sink.malformed(Fault.TEMPLATE_TOO_LARGE, start - messageStart);
            return -1;
        }
        long next = fields(at, fieldCount);
        if (next < 0) {
            sink.malformed(Fault.TEMPLATE_TRUNCATED, start - messageStart);
            return -1;
        }
        int id = u16(octets, start);
        if (id < TEMPLATE_ID_MIN) {
            sink.malformed(Fault.TEMPLATE_ID_RESERVED, start - messageStart);
        } else if (Template.recordSizeOctetsMin(lengths, fieldCount) == 0) {
            // A collector that steps through a set by this size never ends.
            sink.malformed(Fault.TEMPLATE_EMPTY, start - messageStart);
        } else if (scopeFieldCount <= fieldCount) {
            sink.template(Template.of(
                    header.protocol,
                    header.domain,
                    id,
                    options,
                    scopeFieldCount,
                    Arrays.copyOf(elements, fieldCount),
                    Arrays.copyOf(enterprises, fieldCount),
                    Arrays.copyOf(lengths, fieldCount)));
        }
        return next;
    }

    /** Fills the field arrays: the offset behind the last field, or -1 where the set ends before it. */
    private long fields(long from, int fieldCount) {
        boolean isIpfix = header.protocol == FlowProtocol.IPFIX;
        long at = from;
        for (int index = 0; index < fieldCount; index++) {
            if (end - at < FIELD_OCTETS) {
                return -1;
            }
            int element = u16(octets, at);
            lengths[index] = u16(octets, at + 2);
            at += FIELD_OCTETS;
            if (isIpfix && (element & ENTERPRISE_BIT) != 0) {
                if (end - at < FIELD_OCTETS) {
                    return -1;
                }
                elements[index] = element & ~ENTERPRISE_BIT;
                enterprises[index] = (int) u32(octets, at);
                at += FIELD_OCTETS;
            } else {
                elements[index] = element;
                enterprises[index] = 0;
            }
        }
        return at;
    }
}
