// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.testkit.Peers;

/** Probes of others export the packets of a capture to a running gateway; its sums are held against the packets. */
class ProbesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"5", "9", "10"})
    void softflowdExportsWhatTheCaptureHolds(String version) throws Exception {
        String program = Peers.need("softflowd").toString();
        ProbeCapture capture = capture(11);
        long octets = capture.octets();
        try (LiveGateway live = new LiveGateway(folder.resolve("data"))) {
            run(program, "-r", capture.file().toString(), "-n", "127.0.0.1:" + live.udpPort(), "-v", version, "-d");
            live.await("sums equal those of " + octets + " octets", () -> live.decodedOctets() == octets);
            var exporter = live.exporter("e1").orElseThrow();
            assertThat(exporter.records()).isEqualTo(ProbeCapture.FLOWS);
            assertThat(exporter.faults()).isEmpty();
            assertThat(exporter.lost()).isZero();
            assertThat(live.gateway.meter().conservation().holds()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "9", "10"})
    void pmacctdExportsWhatTheCaptureHolds(String version) throws Exception {
        String program = Peers.need("pmacctd").toString();
        ProbeCapture capture = capture(12);
        long octets = capture.octets();
        try (LiveGateway live = new LiveGateway(folder.resolve("data"))) {
            Path settings = capture.pmacctSettings(folder.resolve("pmacctd.conf"), version, live.udpPort());
            // It ends with the capture, and its plugin then sends what it still holds.
            run(program, "-f", settings.toString());
            live.await("sums equal those of " + octets + " octets", () -> live.decodedOctets() == octets);
            assertThat(live.exporter("e1").orElseThrow().faults()).isEmpty();
            assertThat(live.gateway.meter().conservation().holds()).isTrue();
        }
    }

    @Test
    void theCaptureIsWhatTheTestSaysItIs() throws IOException {
        ProbeCapture capture = capture(11);
        assertThat(Files.size(capture.file())).isGreaterThan(ProbeCapture.PACKETS * 60L);
        assertThat(capture.octets()).isGreaterThan(ProbeCapture.PACKETS * 40L);
    }

    private ProbeCapture capture(long seed) throws IOException {
        return ProbeCapture.write(folder.resolve("capture.pcap"), seed);
    }

    private void run(String... command) throws Exception {
        Process process = start(command);
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("%s ends", command[0])
                .isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("probe.log")))
                // pmacctd ends with 1 where its plugin, done with the file, is gone before its core: the sums tell.
                .isIn(0, command[0].endsWith("pmacctd") ? 1 : 0);
    }

    private Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("probe.log").toFile())
                .start();
    }
}
