// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tree;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import tonle.base.Must;
import tonle.tlog.Lines;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;

/** A SHA-256 hash: 32 octets. */
public final class Hash {
    public static final int OCTETS = 32;

    private final byte[] octets;

    private Hash(byte[] octets) {
        this.octets = octets;
    }

    /** Takes the array as its own. */
    static Hash owning(byte[] octets) {
        Must.hold(octets.length == OCTETS, "a hash has 32 octets");
        return new Hash(octets);
    }

    public static Outcome<Hash> of(byte[] octets) {
        return octets.length == OCTETS
                ? Outcome.good(new Hash(octets.clone()))
                : Outcome.refused(LogFault.HASH_LENGTH, octets.length);
    }

    /** The hash that begins at {@code offset}; the caller has seen that 32 octets are there. */
    public static Hash at(byte[] octets, int offset) {
        return owning(Arrays.copyOfRange(octets, offset, offset + OCTETS));
    }

    /** A line of a checkpoint or proof: base64 in its canonical form. */
    public static Outcome<Hash> ofBase64(String text) {
        return Lines.base64(text).then(Hash::of);
    }

    /** What {@link #hex} writes; the caller has seen that it is 64 hexadecimal digits. */
    public static Hash ofHex(String digits) {
        return owning(HexFormat.of().parseHex(digits));
    }

    public byte[] octets() {
        return octets.clone();
    }

    public void copyTo(byte[] target, int offset) {
        System.arraycopy(octets, 0, target, offset, OCTETS);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(octets);
    }

    public String hex() {
        return HexFormat.of().formatHex(octets);
    }

    /** Without a copy, for hashing within this package. */
    byte[] raw() {
        return octets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return hex();
    }
}
