// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.util.Arrays;

/**
 * Where a slot's octets lie in a record and how they are read, in one {@code int}.
 * <pre>
 *   bit 31..5   octets from the start of the record
 *   bit 4..0    0 to 8: a number of so many octets; else one of the kinds below
 *   -1          the record has no such element
 * </pre>
 */
final class Place {
    static final int ABSENT = -1;
    static final int IPV4 = 16;
    static final int IPV6 = 17;
    static final int SECTION = 18;
    private static final int NUMBER = 0;

    private static final int KIND_BITS = 5;
    private static final int KIND_MASK = (1 << KIND_BITS) - 1;
    /** A number may have so many octets. */
    static final int NUMBER_OCTETS_MAX = 8;
    /** What of an address may be read at all: a network's octets. Fewer tell no network. */
    private static final int IPV4_NETWORK_OCTETS = 3;

    private static final int IPV4_OCTETS = 4;
    private static final int IPV6_NETWORK_OCTETS = 6;
    private static final int IPV6_OCTETS = 16;

    private static final byte[] KIND_OF_SLOT = kinds();

    private Place() {}

    static int of(int offsetOctets, int kind) {
        return kind < 0 ? ABSENT : offsetOctets << KIND_BITS | kind;
    }

    static int kind(int place) {
        return place & KIND_MASK;
    }

    static int offsetOctets(int place) {
        return place >> KIND_BITS;
    }

    /** How {@code lengthOctets} of a slot are read; -1 where so many octets cannot be what the element means. */
    static int kind(int slot, int lengthOctets) {
        int kind = KIND_OF_SLOT[slot];
        boolean fits = switch (kind) {
            case NUMBER -> lengthOctets <= NUMBER_OCTETS_MAX;
            case IPV4 -> lengthOctets >= IPV4_NETWORK_OCTETS && lengthOctets <= IPV4_OCTETS;
            case IPV6 -> lengthOctets >= IPV6_NETWORK_OCTETS && lengthOctets <= IPV6_OCTETS;
            default -> true;
        };
        return !fits ? -1 : kind == NUMBER ? lengthOctets : kind;
    }

    /** The kind of a slot whose length only its records tell. */
    static int kindOfVariable(int slot) {
        return KIND_OF_SLOT[slot];
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[Slot.COUNT];
        Arrays.fill(kinds, (byte) NUMBER);
        for (Slot slot : new Slot[] {
            Slot.SOURCE_IPV4_ADDRESS,
            Slot.DESTINATION_IPV4_ADDRESS,
            Slot.SOURCE_IPV4_PREFIX,
            Slot.DESTINATION_IPV4_PREFIX
        }) {
            kinds[slot.ordinal()] = IPV4;
        }
        for (Slot slot : new Slot[] {
            Slot.SOURCE_IPV6_ADDRESS,
            Slot.DESTINATION_IPV6_ADDRESS,
            Slot.SOURCE_IPV6_PREFIX,
            Slot.DESTINATION_IPV6_PREFIX
        }) {
            kinds[slot.ordinal()] = IPV6;
        }
        kinds[Slot.DATA_LINK_FRAME_SECTION.ordinal()] = SECTION;
        return kinds;
    }
}
