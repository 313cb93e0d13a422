// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import tonle.base.Must;

/**
 * A template or options template (RFC 7011 section 3.4, RFC 3954 section 5.2), compiled once into a flat plan: for each
 * {@link Slot} where its octets lie in a record and how many they are. Immutable; shared between threads.
 */
public final class Template {
    /** A template has at most so many fields; the richest seen in the field have about two hundred. */
    public static final int FIELD_COUNT_MAX = 2_048;
    /** Stands for a variable length in {@link #fieldLength} (RFC 7011 section 7; some v9 exporters use it too). */
    public static final int VARIABLE = 65_535;
    /** The fixed record of NetFlow version 5, as if a template had defined it. */
    public static final Template NETFLOW5 = netflow5();

    private static final int SPECIFICATION_HEADER_OCTETS = 6;
    private static final int SPECIFICATION_FIELD_OCTETS = 8;

    private final FlowProtocol protocol;
    private final long domain;
    private final int id;
    private final boolean options;
    private final int scopeFieldCount;
    private final int[] elements;
    private final int[] enterprises;
    private final int[] lengths;
    private final int recordSizeOctetsMin;
    private final boolean variable;
    private final int personalFieldCount;

    /**
     * Ordinal of the slot that each field fills, or -1. Of an element that comes twice the first counts (RFC 7011, 8).
     */
    private final byte[] slotOfField;
    /**
     * {@link Place} of each slot. Where fields have variable lengths each record has its own (see {@link FlowRecord}).
     */
    private final int[] places;

    private final TimeSource start;
    private final TimeSource end;

    private Template(
            FlowProtocol protocol,
            long domain,
            int id,
            boolean options,
            int scopeFieldCount,
            int[] elements,
            int[] enterprises,
            int[] lengths) {
        this.protocol = protocol;
        this.domain = domain;
        this.id = id;
        this.options = options;
        this.scopeFieldCount = scopeFieldCount;
        this.elements = elements;
        this.enterprises = enterprises;
        this.lengths = lengths;
        this.recordSizeOctetsMin = recordSizeOctetsMin(lengths, lengths.length);
        this.slotOfField = new byte[lengths.length];
        this.places = new int[Slot.COUNT];
        Arrays.fill(slotOfField, (byte) -1);
        Arrays.fill(places, Place.ABSENT);
        boolean anyVariable = false;
        int personalCount = 0;
        int offsetOctets = 0;
        boolean[] taken = new boolean[Slot.COUNT];
        for (int index = 0; index < lengths.length; index++) {
            int slot = slotOf(index);
            if (slot >= 0 && !taken[slot]) {
                taken[slot] = true;
                slotOfField[index] = (byte) slot;
                places[slot] = lengths[index] == VARIABLE
                        ? Place.of(0, Place.kindOfVariable(slot))
                        : Place.of(offsetOctets, Place.kind(slot, lengths[index]));
            }
            anyVariable |= lengths[index] == VARIABLE;
            personalCount += isPersonal(index) ? 1 : 0;
            offsetOctets += lengths[index];
        }
        this.variable = anyVariable;
        this.personalFieldCount = personalCount;
        this.start = TimeSource.ofStart(this);
        this.end = TimeSource.ofEnd(this);
    }

    /**
     * A template from its field specifiers, which are copied: {@code elements} without the enterprise bit,
     * {@code enterprises} 0 for IANA elements and for all of NetFlow v9, {@code lengths} in octets or {@link
     * #VARIABLE}. What was received is checked before; what breaks the rules here is a defect of the caller.
     */
    public static Template of(
            FlowProtocol protocol,
            long domain,
            int id,
            boolean options,
            int scopeFieldCount,
            int[] elements,
            int[] enterprises,
            int[] lengths) {
        int count = lengths.length;
        Must.hold(
                elements.length == count && enterprises.length == count, "each field has element, enterprise, length");
        Must.hold(count <= FIELD_COUNT_MAX, "a template has at most FIELD_COUNT_MAX fields");
        Must.hold(scopeFieldCount >= 0 && scopeFieldCount <= count, "scope fields are fields");
        Must.hold(recordSizeOctetsMin(lengths, count) > 0, "a record has at least one octet");
        return new Template(
                protocol, domain, id, options, scopeFieldCount, elements.clone(), enterprises.clone(), lengths.clone());
    }

    /**
     * A template from what {@link #specification} wrote, or empty where these octets are no such thing: they come from
     * a disk, which may hold anything.
     */
    public static Optional<Template> ofSpecification(
            FlowProtocol protocol, long domain, boolean options, byte[] specification) {
        if (specification.length < SPECIFICATION_HEADER_OCTETS) {
            return Optional.empty();
        }
        ByteBuffer octets = ByteBuffer.wrap(specification);
        int id = Short.toUnsignedInt(octets.getShort());
        int count = Short.toUnsignedInt(octets.getShort());
        int scopeFieldCount = Short.toUnsignedInt(octets.getShort());
        if (count > FIELD_COUNT_MAX
                || scopeFieldCount > count
                || octets.remaining() != count * SPECIFICATION_FIELD_OCTETS) {
            return Optional.empty();
        }
        int[] elements = new int[count];
        int[] enterprises = new int[count];
        int[] lengths = new int[count];
        for (int index = 0; index < count; index++) {
            elements[index] = Short.toUnsignedInt(octets.getShort());
            lengths[index] = Short.toUnsignedInt(octets.getShort());
            enterprises[index] = octets.getInt();
        }
        if (recordSizeOctetsMin(lengths, count) == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Template(protocol, domain, id, options, scopeFieldCount, elements, enterprises, lengths));
    }

    /**
     * The definition in octets, for memory on disk.
     * <pre>
     *   octet  0   2            4                   6        8       10
     *          id  field count  scope field count   element  length  enterprise    the last three for each field
     * </pre>
     */
    public byte[] specification() {
        ByteBuffer octets =
                ByteBuffer.allocate(SPECIFICATION_HEADER_OCTETS + lengths.length * SPECIFICATION_FIELD_OCTETS);
        octets.putShort((short) id).putShort((short) lengths.length).putShort((short) scopeFieldCount);
        for (int index = 0; index < lengths.length; index++) {
            octets.putShort((short) elements[index])
                    .putShort((short) lengths[index])
                    .putInt(enterprises[index]);
        }
        return octets.array();
    }

    public FlowProtocol protocol() {
        return protocol;
    }

    public long domain() {
        return domain;
    }

    public int id() {
        return id;
    }

    public boolean isOptions() {
        return options;
    }

    public int scopeFieldCount() {
        return scopeFieldCount;
    }

    public int fieldCount() {
        return lengths.length;
    }

    /** The element of field {@code index}, without the enterprise bit. */
    public int fieldElement(int index) {
        return elements[index];
    }

    /** 0 for IANA elements and for all NetFlow v9 fields. */
    public int fieldEnterprise(int index) {
        return enterprises[index];
    }

    /** Octets, or {@link #VARIABLE}. */
    public int fieldLength(int index) {
        return lengths[index];
    }

    /** Octets of a record; with variable-length fields the least that a record has. */
    public int recordSizeOctetsMin() {
        return recordSizeOctetsMin;
    }

    public boolean hasVariableLength() {
        return variable;
    }

    /** Whether records after this template carry the element; then {@link FlowRecord#value} reads it. */
    public boolean has(Slot slot) {
        return places[slot.ordinal()] != Place.ABSENT;
    }

    /** Elements that name or could name a person (architecture promise 2): they are skipped, unread. */
    public int personalFieldCount() {
        return personalFieldCount;
    }

    /** Whether field {@code index} is one of those. */
    public boolean isPersonal(int index) {
        return !isV9Scope(index) && PersonalElements.contains(protocol, enterprises[index], elements[index]);
    }

    /** Equal field by field: a resent template is not a change. */
    public boolean sameDefinition(Template other) {
        return protocol == other.protocol
                && id == other.id
                && options == other.options
                && scopeFieldCount == other.scopeFieldCount
                && Arrays.equals(elements, other.elements)
                && Arrays.equals(enterprises, other.enterprises)
                && Arrays.equals(lengths, other.lengths);
    }

    TimeSource start() {
        return start;
    }

    TimeSource end() {
        return end;
    }

    int place(Slot slot) {
        return places[slot.ordinal()];
    }

    /** The plan itself, shared and not to be written to: only {@link FlowRecord} reads it. */
    int[] places() {
        return places;
    }

    byte[] slotOfField() {
        return slotOfField;
    }

    /** Octets of the field that fills {@code slot}, or {@link #VARIABLE}; 0 where there is none. */
    public int lengthOctets(Slot slot) {
        for (int index = 0; index < lengths.length; index++) {
            if (slotOfField[index] == slot.ordinal()) {
                return lengths[index];
            }
        }
        return 0;
    }

    int[] lengths() {
        return lengths;
    }

    /** Octets of the shortest record: a variable-length field has at least the octet that tells its length. */
    static int recordSizeOctetsMin(int[] lengths, int count) {
        int octets = 0;
        for (int index = 0; index < count; index++) {
            octets += lengths[index] == VARIABLE ? 1 : lengths[index];
        }
        return octets;
    }

    private int slotOf(int index) {
        if (!isV9Scope(index)) {
            return Slot.ordinalOf(enterprises[index], elements[index]);
        }
        return elements[index] == Slot.NETFLOW9_SCOPE_INTERFACE ? Slot.SCOPE_INTERFACE.ordinal() : -1;
    }

    /** Scope fields of v9 have numbers of their own (RFC 3954 section 6.1): 1 is the system there, not octets. */
    private boolean isV9Scope(int index) {
        return protocol == FlowProtocol.NETFLOW9 && index < scopeFieldCount;
    }

    private static Template netflow5() {
        // In wire order: addresses, next hop, interfaces, counters, times, ports, padding, TCP flags, protocol, TOS,
        // AS numbers, mask lengths, padding.
        int[] elements = {8, 12, 15, 10, 14, 2, 1, 22, 21, 7, 11, 210, 6, 4, 5, 16, 17, 9, 13, 210};
        int[] lengths = {4, 4, 4, 2, 2, 4, 4, 4, 4, 2, 2, 1, 1, 1, 1, 2, 2, 1, 1, 2};
        return of(FlowProtocol.NETFLOW5, 0, 0, false, 0, elements, new int[elements.length], lengths);
    }
}
