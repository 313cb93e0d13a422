// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import tonle.tlog.LogFault;
import tonle.tlog.Outcome;

/**
 * The kinds of signature that Tonle makes and verifies, with the octet that C2SP signed-note gives each and the octets
 * of their keys and signatures.
 */
public enum SignatureType {
    /** Ed25519 (RFC 8032) over the text of the note. */
    ED25519(0x01, 32, 64),
    /** Ed25519 over a time and the text: cosignature/v1 of C2SP tlog-cosignature 1.0. */
    ED25519_COSIGNATURE(0x04, 32, 8 + 64),
    /** ML-DSA-44 (FIPS 204) over the structure of C2SP tlog-cosignature 1.1.0-rc.1, with a time before it. */
    ML_DSA_44_COSIGNATURE(0x06, 1312, 8 + 2420);

    private final int octet;
    private final int keyOctets;
    private final int signatureOctets;

    SignatureType(int octet, int keyOctets, int signatureOctets) {
        this.octet = octet;
        this.keyOctets = keyOctets;
        this.signatureOctets = signatureOctets;
    }

    static Outcome<SignatureType> of(byte octet) {
        for (SignatureType type : values()) {
            if (type.octet == octet) {
                return Outcome.good(type);
            }
        }
        return Outcome.refused(LogFault.KEY_TYPE_UNSUPPORTED, 0);
    }

    public int octet() {
        return octet;
    }

    public int keyOctets() {
        return keyOctets;
    }

    public int signatureOctets() {
        return signatureOctets;
    }

    /** Whether a time stands before the signature. */
    public boolean isTimed() {
        return this != ED25519;
    }
}
