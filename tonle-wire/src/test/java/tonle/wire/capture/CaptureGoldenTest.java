// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tonle.wire.Fault;
import tonle.wire.GoldenVectors;

/** Captures written by hand, one oddity each; plain and inside gzip. */
class CaptureGoldenTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> eachVectorReadsAsExpected() {
        return GoldenVectors.of("capture").stream()
                .map(hex -> dynamicTest(GoldenVectors.name(hex), () -> {
                    Path file = folder.resolve(GoldenVectors.name(hex));
                    Files.write(file, GoldenVectors.octets(hex));
                    assertThat(CaptureEvents.of(file)).isEqualTo(GoldenVectors.expected(hex));
                }));
    }

    @TestFactory
    Stream<DynamicTest> gzipChangesNothing() {
        return GoldenVectors.of("capture").stream()
                .map(hex -> dynamicTest(GoldenVectors.name(hex), () -> {
                    Path file = folder.resolve(GoldenVectors.name(hex) + ".gz");
                    Files.write(file, gzip(GoldenVectors.octets(hex)));
                    assertThat(CaptureEvents.of(file)).isEqualTo(GoldenVectors.expected(hex));
                }));
    }

    @Test
    void aGzipThatBreaksOffKeepsWhatCameBefore() throws IOException {
        Path hex = Path.of("src/golden/capture/pcap-little-endian-microseconds.hex");
        byte[] whole = gzip(GoldenVectors.octets(hex));
        Path file = folder.resolve("cut.pcap.gz");
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 9));
        List<String> lines = CaptureEvents.of(file);
        assertThat(lines).containsAll(GoldenVectors.expected(hex));
        assertThat(lines.getLast()).startsWith("malformed CAPTURE_TRUNCATED");
    }

    @Test
    void anEmptyFileIsNoCapture() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.pcap"));
        assertThat(CaptureEvents.of(file)).containsExactly("malformed CAPTURE_FORMAT_UNKNOWN at 0");
    }

    @Test
    void everyFaultOfACaptureHasAVector() {
        List<String> lines = GoldenVectors.of("capture").stream()
                .flatMap(hex -> GoldenVectors.expected(hex).stream())
                .toList();
        for (Fault fault : Fault.values()) {
            if (fault.name().startsWith("CAPTURE_") || fault == Fault.FRAGMENT_INCOMPLETE) {
                assertThat(lines).as(fault.name()).anyMatch(line -> line.startsWith("malformed " + fault + " "));
            }
        }
    }

    private byte[] gzip(byte[] octets) throws IOException {
        Path file = folder.resolve("packing.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(octets);
        }
        return Files.readAllBytes(file);
    }
}
