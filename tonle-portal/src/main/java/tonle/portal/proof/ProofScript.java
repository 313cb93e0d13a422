// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import tonle.portal.asset.PackedFile;

/** The script that checks proofs in the browser, octet for octet as it is served, and its digest for the log. */
public final class ProofScript {
    public static final String NAME = "check-proof.js";

    private static final byte[] OCTETS = PackedFile.octets(NAME);
    private static final String SHA256 = HexFormat.of().formatHex(digest(OCTETS));

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
        return "'sha256-" + Base64.getEncoder().encodeToString(digest(octets)) + "'";
    }

    private static byte[] digest(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
