// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.log;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import tonle.base.Sha256;
import tonle.tlog.tree.Hash;

/**
 * The digest of a program: SHA-256 over one line for each file of its class path, sorted.
 *
 * <pre>
 *   SHA-256 of the file in hexadecimal digits, two blanks, its name, LF
 * </pre>
 *
 * It is what {@code sha256sum lib/*.jar} in a release's folder prints when its lines are sorted and the folder's name
 * is left out, so that everybody can compare a release with what the log says was at work.
 */
final class ProgramDigest {
    private static final int CHUNK_OCTETS = 1 << 16;

    private ProgramDigest() {}

    /** Of what this very process was started from. */
    static Hash ofThisProgram() throws IOException {
        List<Path> parts = Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(part -> !part.isEmpty())
                .map(Path::of)
                .toList();
        return of(parts.stream()
                .flatMap(part -> Stream.concat(Stream.of(part), named(part).stream()))
                .toList());
    }

    /** The archives that an archive names in its manifest (JAR File Specification, Class-Path). */
    static List<Path> named(Path part) {
        if (!Files.isRegularFile(part)) {
            return List.of();
        }
        try (JarFile archive = new JarFile(part.toFile())) {
            Manifest manifest = archive.getManifest();
            String names =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return names == null
                    ? List.of()
                    : Stream.of(names.strip().split(" +"))
                            .map(name -> part.resolveSibling(URI.create(name).getPath()))
                            .toList();
        } catch (IOException _) {
            return List.of(); // No archive: its own line says all of it.
        }
    }

    /** @param parts archives, or folders of classes, which give a line for each file in them */
    static Hash of(List<Path> parts) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path part : parts) {
            if (Files.isRegularFile(part)) {
                lines.add(digest(part) + "  " + part.getFileName() + "\n");
            } else if (Files.isDirectory(part)) {
                try (Stream<Path> files = Files.walk(part)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        String inside = part.relativize(file).toString().replace('\\', '/');
                        lines.add(digest(file) + "  " + inside + "\n");
                    }
                }
            }
        }
        lines.sort(null);
        MessageDigest all = Sha256.begun();
        lines.forEach(line -> all.update(line.getBytes(StandardCharsets.UTF_8)));
        return Hash.at(all.digest(), 0);
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest = Sha256.begun();
        byte[] chunk = new byte[CHUNK_OCTETS];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
