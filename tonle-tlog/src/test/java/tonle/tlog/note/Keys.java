// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import static tonle.tlog.tree.MemoryTree.good;

import java.util.Arrays;

/** Keys made from a number, so that a failing test fails again. */
public final class Keys {
    private Keys() {}

    public static SigningKey key(String name, SignatureType type, int number) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) number);
        return good(SigningKey.ofSeed(name, type, seed));
    }
}
