// SPDX-License-Identifier: Apache-2.0
package tonle.wire;

import tonle.base.power.Seed;

/** Damage drawn from a seed: flipped bits, extreme octets and lengths, cut ends, octets moved. */
public final class Mutations {
    private static final int[] EXTREMES = {0, 1, 2, 3, 4, 5, 7, 8, 16, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0xFFFF};

    private Mutations() {}

    /** How many mutated inputs a test tries: property {@code tonle.mutations}, 10^6 where it is not set. */
    public static int count() {
        return Integer.getInteger("tonle.mutations", 1_000_000);
    }

    /** Damages the first {@code sizeOctets} of {@code octets} in place; returns how many of them are left. */
    public static int damage(byte[] octets, int sizeOctets, Seed seed) {
        int size = sizeOctets;
        int times = 1 + seed.below(3);
        for (int i = 0; i < times && size > 8; i++) {
            int at = seed.below(size);
            switch (seed.below(7)) {
                case 0, 1 -> octets[at] ^= (byte) (1 << seed.below(8));
                case 2 -> octets[at] = (byte) seed.nextLong();
                case 3 -> number(octets, at & ~1, 2, size, EXTREMES[seed.below(EXTREMES.length)]);
                case 4 -> number(octets, at & ~3, 4, size, EXTREMES[seed.below(EXTREMES.length)]);
                case 5 -> number(octets, at & ~3, 4, size, (int) seed.nextLong());
                default -> size = 1 + seed.below(size);
            }
        }
        return size;
    }

    private static void number(byte[] octets, int at, int countOctets, int size, int value) {
        for (int i = 0; i < countOctets && at + i < size; i++) {
            octets[at + i] = (byte) (value >>> 8 * (countOctets - 1 - i));
        }
    }
}
