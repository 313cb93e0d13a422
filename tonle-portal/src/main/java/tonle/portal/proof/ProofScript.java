// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import java.util.Base64;
import tonle.base.Sha256;
import tonle.portal.asset.PackedFile;

/** The script that checks proofs in the browser, octet for octet as it is served, and its digest for the log. */
public final class ProofScript {
    public static final String NAME = "check-proof.js";

    private static final byte[] OCTETS = PackedFile.octets(NAME);
    private static final String SHA256 = Sha256.hex(OCTETS);

    private ProofScript() {}

    public static byte[] octets() {
        return OCTETS.clone();
    }

    /** SHA-256 in small hexadecimal digits: what a reader compares, and what the log holds of each version. */
    public static String sha256() {
        return SHA256;
    }

    /** A text as a content security policy names it (CSP Level 3, section 2.3.1). */
    static String policyHash(byte[] octets) {
        return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(octets)) + "'";
    }
}
