// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import tonle.base.Json;
import tonle.base.Sha256;

/** Entity tags (RFC 9110 section 8.8.3): the SHA-256 of an answer's octets, the first half of it. */
final class EntityTags {
    private static final int OCTETS = 16;

    private EntityTags() {}

    static String of(Map<String, Object> body) {
        return of(octets(body));
    }

    static byte[] octets(Map<String, Object> body) {
        return (Json.of(body) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static String of(byte[] octets) {
        return '"' + HexFormat.of().formatHex(Sha256.of(octets), 0, OCTETS) + '"';
    }

    /** Whether a header names this tag; {@code *} names any. Weak ones never match (RFC 9110 section 13.1.1). */
    static boolean matches(String header, String tag) {
        for (String part : header.split(",")) {
            if (part.strip().equals("*") || part.strip().equals(tag)) {
                return true;
            }
        }
        return false;
    }

    /** The weak comparison of {@code If-None-Match} (RFC 9110 section 13.1.2). */
    static boolean matchesWeakly(String header, String tag) {
        for (String part : header.split(",")) {
            String given = part.strip();
            if (given.equals("*") || given.replaceFirst("^W/", "").equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
