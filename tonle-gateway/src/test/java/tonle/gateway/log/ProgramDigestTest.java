// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramDigestTest {
    @TempDir
    Path folder;

    @Test
    void theDigestIsOverSortedLinesOfSha256sum() throws Exception {
        Path b = Files.writeString(folder.resolve("b.jar"), "b");
        Path a = Files.writeString(folder.resolve("a.jar"), "abc");
        // FIPS 180-4: SHA-256 of "abc"; the other by the JDK.
        String lines = Files.readString(Files.writeString(
                folder.resolve("lines"),
                hex("b") + "  b.jar\n" + "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.jar\n"));
        String sorted =
                String.join("", lines.lines().sorted().map(line -> line + "\n").toList());
        assertThat(ProgramDigest.of(List.of(b, a)).hex()).isEqualTo(hex(sorted));
        assertThat(ProgramDigest.of(List.of(a, b))).isEqualTo(ProgramDigest.of(List.of(b, a)));
    }

    @Test
    void aFolderGivesALineForEachFileAndAnyChangeAnotherDigest() throws Exception {
        Path inner = Files.createDirectories(folder.resolve("classes/tonle"));
        Path file = Files.writeString(inner.resolve("A.class"), "one");
        var before = ProgramDigest.of(List.of(folder.resolve("classes")));
        assertThat(before.hex()).isEqualTo(hex(hex("one") + "  tonle/A.class\n"));
        Files.writeString(file, "two");
        assertThat(ProgramDigest.of(List.of(folder.resolve("classes")))).isNotEqualTo(before);
        assertThat(ProgramDigest.of(List.of(folder.resolve("absent")))).isEqualTo(ProgramDigest.of(List.of()));
    }

    @Test
    void whatAnArchiveNamesInItsManifestIsPartOfTheProgram() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "b.jar c%20d.jar");
        Path jar = folder.resolve("a.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        assertThat(ProgramDigest.named(jar)).containsExactly(folder.resolve("b.jar"), folder.resolve("c d.jar"));
        assertThat(ProgramDigest.named(Files.writeString(folder.resolve("b.jar"), "none")))
                .isEmpty();
        assertThat(ProgramDigest.named(folder)).isEmpty();
    }

    private static String hex(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
