// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow.encode;

import java.lang.foreign.MemorySegment;
import tonle.base.Must;
import tonle.base.Network;
import tonle.wire.flow.Template;

/**
 * Fills one data record, field by field in the order of its template. The same object for each record of an encoder; a
 * record must have all its fields before the next begins.
 */
public final class RecordWriter {
    private final OctetWriter out;
    private TemplateSpec spec;
    private int index;

    RecordWriter(OctetWriter out) {
        this.out = out;
    }

    RecordWriter begin(TemplateSpec template) {
        finish();
        spec = template;
        index = 0;
        return this;
    }

    void finish() {
        Must.hold(spec == null || index == spec.fields().size(), "a record has all fields of its template");
        spec = null;
    }

    /** The next field: a number, in as many octets as the template gives it. */
    public RecordWriter number(long value) {
        int length = nextLength();
        if (length == Template.VARIABLE) {
            out.u8(8);
            length = 8;
        }
        out.number(value, length);
        return this;
    }

    /** The next field, an address: host 1 of the network. */
    public RecordWriter address(long network) {
        return address(network, 1);
    }

    /** The next field, an address of 4 or 16 octets as the network's IP version has it. */
    public RecordWriter address(long network, long host) {
        int length = nextLength();
        Must.hold(length == (Network.ipVersion(network) == 6 ? 16 : 4), "the field is as long as the address");
        out.address(network, host);
        return this;
    }

    /** The next field: any octets; shorter than the field means zeros behind, and variable length states its own. */
    public RecordWriter octets(MemorySegment value) {
        int length = nextLength();
        long size = value.byteSize();
        if (length == Template.VARIABLE) {
            Must.hold(size <= 65_535, "a variable-length field has at most 65,535 octets");
            if (size < 255) {
                out.u8((int) size);
            } else {
                out.u8(255);
                out.u16((int) size);
            }
            out.octets(value);
        } else {
            Must.hold(size <= length, "the octets fit their field");
            out.octets(value);
            out.zeros(length - size);
        }
        return this;
    }

    /** The next field, a section of a frame (elements 313 and 315, RFC 7133): the packet's headers. */
    public RecordWriter frame(PacketSpec packet) {
        int length = nextLength();
        int size = packet.sampledOctets();
        if (length == Template.VARIABLE) {
            Must.hold(size < 255, "the sampled octets of a packet fit one octet of length");
            out.u8(size);
            packet.writeHeaders(out);
        } else {
            Must.hold(size <= length, "the sampled octets fit their field");
            packet.writeHeaders(out);
            out.zeros(length - size);
        }
        return this;
    }

    private int nextLength() {
        Must.hold(spec != null && index < spec.fields().size(), "the template has another field");
        return spec.fields().get(index++).lengthOctets();
    }
}
