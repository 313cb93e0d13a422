// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

/**
 * A template or options template (RFC 7011 section 3.4, RFC 3954 section 5.2), compiled once into a flat plan: for each
 * {@link Slot} where its octets lie in a record and how many they are. Immutable; shared between threads.
 */
public final class Template {
    /** The fixed record of NetFlow version 5, as if a template had defined it. */
    public static final Template NETFLOW5 = null;
    /** A template has at most so many fields: what fits one datagram of 65,535 octets is 16,378. */
    public static final int FIELD_COUNT_MAX = 16_384;
    /** Stands for a variable length in {@link #fieldLength} (RFC 7011 section 7). */
    public static final int VARIABLE = 65_535;

    private Template() {}

    public FlowProtocol protocol() {
        throw new UnsupportedOperationException();
    }

    public long domain() {
        throw new UnsupportedOperationException();
    }

    public int id() {
        throw new UnsupportedOperationException();
    }

    public boolean isOptions() {
        throw new UnsupportedOperationException();
    }

    public int scopeFieldCount() {
        throw new UnsupportedOperationException();
    }

    public int fieldCount() {
        throw new UnsupportedOperationException();
    }

    /** The element of field {@code index}, without the enterprise bit. */
    public int fieldElement(int index) {
        throw new UnsupportedOperationException();
    }

    /** 0 for IANA elements and for all NetFlow v9 fields. */
    public int fieldEnterprise(int index) {
        throw new UnsupportedOperationException();
    }

    /** Octets, or {@link #VARIABLE}. */
    public int fieldLength(int index) {
        throw new UnsupportedOperationException();
    }

    /** Octets of a record; with variable-length fields the least that a record has. */
    public int recordSizeOctetsMin() {
        throw new UnsupportedOperationException();
    }

    public boolean hasVariableLength() {
        throw new UnsupportedOperationException();
    }

    /** Whether records after this template carry the element; then {@link FlowRecord#value} reads it. */
    public boolean has(Slot slot) {
        throw new UnsupportedOperationException();
    }

    /** Elements that name or could name a person (architecture promise 2): they are skipped, unread. */
    public int personalFieldCount() {
        throw new UnsupportedOperationException();
    }

    /** Whether field {@code index} is one of those. */
    public boolean isPersonal(int index) {
        throw new UnsupportedOperationException();
    }

    /** Equal field by field: a resent template is not a change. */
    public boolean sameDefinition(Template other) {
        throw new UnsupportedOperationException();
    }
}
