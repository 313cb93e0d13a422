// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow.encode;

import java.util.List;
import tonle.base.Must;

/** Sets of NetFlow version 9 and IPFIX, which differ in ids, enterprise numbers and how options templates count. */
final class SetWriter {
    /** RFC 7011 section 3.4.1 and RFC 3954 section 5.3. */
    static final int DATA_SET_ID_MIN = 256;

    private static final int SET_HEADER_OCTETS = 4;

    private final OctetWriter out;
    private final boolean isIpfix;
    private final RecordWriter record;
    private long setStart;
    private int setId = -1;

    SetWriter(OctetWriter out, boolean isIpfix) {
        this.out = out;
        this.isIpfix = isIpfix;
        this.record = new RecordWriter(out);
    }

    /** Octets that adding {@code sizeOctets} to a set of that id takes, its header and padding included. */
    boolean fits(int id, long sizeOctets) {
        long header = id == setId ? 0 : SET_HEADER_OCTETS + 3;
        return out.room() >= header + sizeOctets + 3;
    }

    /** The set of that id: the one that is open, or a new one. */
    void open(int id) {
        record.finish();
        if (id == setId) {
            return;
        }
        close();
        setId = id;
        setStart = out.position();
        out.u16(id);
        out.u16(0);
    }

    /** Pads the open set to four octets and states its length. */
    void close() {
        record.finish();
        if (setId >= 0) {
            out.padTo(4);
            out.u16At(setStart + 2, (int) (out.position() - setStart));
            setId = -1;
        }
    }

    RecordWriter record(TemplateSpec spec) {
        Must.hold(spec.id() >= DATA_SET_ID_MIN, "data sets have ids from 256");
        Must.hold(fits(spec.id(), spec.recordSizeOctetsMin()), "the datagram has room for the record");
        open(spec.id());
        return record.begin(spec);
    }

    void template(TemplateSpec spec) {
        int id = templateSetId(spec.isOptions());
        Must.hold(fits(id, templateSize(spec)), "the datagram has room for the template");
        open(id);
        List<TemplateSpec.Field> fields = spec.fields();
        out.u16(spec.id());
        if (isIpfix || !spec.isOptions()) {
            out.u16(fields.size());
            if (spec.isOptions()) {
                out.u16(spec.scopeFieldCount());
            }
        } else {
            // RFC 3954 section 6.1 counts octets of field specifiers, not fields.
            out.u16(spec.scopeFieldCount() * 4);
            out.u16((fields.size() - spec.scopeFieldCount()) * 4);
        }
        for (TemplateSpec.Field field : fields) {
            boolean isEnterprise = isIpfix && field.enterprise() != 0;
            out.u16(isEnterprise ? field.element() | 0x8000 : field.element());
            out.u16(field.lengthOctets());
            if (isEnterprise) {
                out.u32(field.enterprise());
            }
        }
        if (!isIpfix) {
            // RFC 3954 section 5.2: padding behind the last template of a set; a set for each keeps it simple.
            close();
        }
    }

    /** RFC 7011 section 8.1: a template with no fields. */
    void withdrawal(int templateId, boolean isOptions) {
        open(templateSetId(isOptions));
        out.u16(templateId);
        out.u16(0);
    }

    static int templateSize(TemplateSpec spec) {
        return 6 + 8 * spec.fields().size();
    }

    int templateSetId(boolean isOptions) {
        if (isIpfix) {
            return isOptions ? 3 : 2;
        }
        return isOptions ? 1 : 0;
    }
}
