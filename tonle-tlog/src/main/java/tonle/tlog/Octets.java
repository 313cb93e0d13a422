// SPDX-License-Identifier: Apache-2.0
package tonle.tlog;

import java.util.Arrays;
import java.util.Base64;

/** A string of octets that never changes: keys, signatures, entries, raw checkpoints. */
public final class Octets {
    public static final Octets NONE = new Octets(new byte[0]);

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    public static Octets of(byte... octets) {
        return new Octets(octets.clone());
    }

    public static Octets of(byte[] octets, int from, int to) {
        return new Octets(Arrays.copyOfRange(octets, from, to));
    }

    public int length() {
        return octets.length;
    }

    public byte at(int index) {
        return octets[index];
    }

    public Octets slice(int from, int to) {
        return of(octets, from, to);
    }

    public byte[] toArray() {
        return octets.clone();
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return length() + " octets";
    }
}
