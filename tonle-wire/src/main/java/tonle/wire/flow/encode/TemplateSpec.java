// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow.encode;

import java.util.ArrayList;
import java.util.List;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;

/**
 * What a template or options template says: an id and fields in order. Immutable; each {@code field} gives a new one:
 * {@code TemplateSpec.data(256).field(Slot.OCTET_DELTA_COUNT, 8).field(Slot.INGRESS_INTERFACE, 4)}.
 */
public final class TemplateSpec {
    private final int id;
    private final int scopeFieldCount;
    private final List<Field> fields;

    /**
     * One field specifier.
     *
     * @param enterprise 0 for IANA elements and for NetFlow version 9
     * @param lengthOctets or {@link Template#VARIABLE}
     */
    public record Field(int enterprise, int element, int lengthOctets) {}

    private TemplateSpec(int id, int scopeFieldCount, List<Field> fields) {
        this.id = id;
        this.scopeFieldCount = scopeFieldCount;
        this.fields = fields;
    }

    /** A template of flow records. */
    public static TemplateSpec data(int id) {
        return new TemplateSpec(id, 0, List.of());
    }

    /** An options template: its first {@code scopeFieldCount} fields say what the others are about. */
    public static TemplateSpec options(int id, int scopeFieldCount) {
        return new TemplateSpec(id, scopeFieldCount, List.of());
    }

    public TemplateSpec field(Slot slot, int lengthOctets) {
        return field(slot.enterprise(), slot.element(), lengthOctets);
    }

    public TemplateSpec field(int enterprise, int element, int lengthOctets) {
        List<Field> longer = new ArrayList<>(fields);
        longer.add(new Field(enterprise, element, lengthOctets));
        return new TemplateSpec(id, scopeFieldCount, List.copyOf(longer));
    }

    /** A field whose records state their own length (RFC 7011 section 7). */
    public TemplateSpec variable(int enterprise, int element) {
        return field(enterprise, element, Template.VARIABLE);
    }

    public int id() {
        return id;
    }

    public int scopeFieldCount() {
        return scopeFieldCount;
    }

    public boolean isOptions() {
        return scopeFieldCount > 0;
    }

    public List<Field> fields() {
        return fields;
    }

    /** Octets of a record; a variable-length field counts as its one octet of length. */
    public int recordSizeOctetsMin() {
        int size = 0;
        for (Field field : fields) {
            size += field.lengthOctets == Template.VARIABLE ? 1 : field.lengthOctets;
        }
        return size;
    }
}
