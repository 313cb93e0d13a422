// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.base.Sha256;
import tonle.portal.asset.PackedFile;

/** Style sheet, script, icon and fonts: a closed list, read once from the program itself. */
final class Assets {
    private static final List<String> NAMES = List.of(
            "tonle.css",
            "tonle.js",
            "passkey.js",
            "check-proof.js",
            "tonle.svg",
            "vendor/noto-sans-khmer-khmer-wght-normal.woff2",
            "vendor/inter-latin-wght-normal.woff2");
    private static final int VERSION_DIGITS = 12;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final String version;

    Assets() {
        MessageDigest digest = Sha256.begun();
        for (String name : NAMES) {
            byte[] octets = PackedFile.octets(name);
            digest.update(octets);
            files.put(name, octets);
        }
        version = HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    }

    String version() {
        return version;
    }

    Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "font/woff2";
        };
    }
}
