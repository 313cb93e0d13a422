// SPDX-License-Identifier: Apache-2.0
package tonle.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Vectors written by hand: {@code src/golden/PROTOCOL/ODDITY.hex}, hexadecimal with comment lines, beside
 * {@code ODDITY.expect}, one event a line.
 */
public final class GoldenVectors {
    private GoldenVectors() {}

    /** The {@code .hex} files of a protocol, in order of name. */
    public static List<Path> of(String protocol) {
        try (Stream<Path> files = Files.list(Path.of("src/golden", protocol))) {
            return files.filter(f -> f.toString().endsWith(".hex")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] octets(Path hex) {
        StringBuilder digits = new StringBuilder();
        for (String line : lines(hex)) {
            digits.append(line.startsWith("#") ? "" : line.replace(" ", ""));
        }
        return HexFormat.of().parseHex(digits);
    }

    public static List<String> expected(Path hex) {
        return lines(hex.resolveSibling(hex.getFileName().toString().replaceAll("\\.hex$", ".expect")));
    }

    /** The file's name without its ending: the oddity. */
    public static String name(Path hex) {
        return hex.getFileName().toString().replaceAll("\\.hex$", "");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
