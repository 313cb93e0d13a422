// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.base.power.Seed;
import tonle.testkit.Peers;

/** Probes of others export the packets of a capture to a running gateway; its sums are held against the packets. */
class ProbesTest {
    private static final int FLOWS = 40;
    private static final int PACKETS = 2_000;

    @TempDir
    Path folder;

    /** Octets as IPv4 total lengths say them, of the packets in the capture. */
    private long octets;

    @ParameterizedTest
    @ValueSource(strings = {"5", "9", "10"})
    void softflowdExportsWhatTheCaptureHolds(String version) throws Exception {
        String program = Peers.need("softflowd").toString();
        Path capture = capture(11);
        try (LiveGateway live = new LiveGateway(folder.resolve("data"))) {
            run(program, "-r", capture.toString(), "-n", "127.0.0.1:" + live.udpPort(), "-v", version, "-d");
            live.await("sums equal those of " + octets + " octets", () -> live.decodedOctets() == octets);
            var exporter = live.exporter("e1").orElseThrow();
            assertThat(exporter.records()).isEqualTo(FLOWS);
            assertThat(exporter.faults()).isEmpty();
            assertThat(exporter.lost()).isZero();
            assertThat(live.gateway.meter().conservation().holds()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "9", "10"})
    void pmacctdExportsWhatTheCaptureHolds(String version) throws Exception {
        String program = Peers.need("pmacctd").toString();
        Path capture = capture(12);
        try (LiveGateway live = new LiveGateway(folder.resolve("data"))) {
            Path settings = folder.resolve("pmacctd.conf");
            Files.writeString(settings, """
                    pcap_savefile: %s
                    pcap_savefile_delay: 1
                    plugins: nfprobe
                    aggregate: src_host, dst_host, src_port, dst_port, proto
                    nfprobe_version: %s
                    nfprobe_receiver: 127.0.0.1:%d
                    nfprobe_timeouts: maxlife=3600:expint=3600
                    """.formatted(capture, version, live.udpPort()));
            // It ends with the capture, and its plugin then sends what it still holds.
            run(program, "-f", settings.toString());
            live.await("sums equal those of " + octets + " octets", () -> live.decodedOctets() == octets);
            assertThat(live.exporter("e1").orElseThrow().faults()).isEmpty();
            assertThat(live.gateway.meter().conservation().holds()).isTrue();
        }
    }

    @Test
    void theCaptureIsWhatTheTestSaysItIs() throws IOException {
        assertThat(Files.size(capture(11))).isGreaterThan(PACKETS * 60L);
        assertThat(octets).isGreaterThan(PACKETS * 40L);
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

    /**
     * A pcap of UDP packets in one direction each, within the last minute, with networks for documentation (RFC 5737).
     */
    private Path capture(long seedNumber) throws IOException {
        Seed seed = new Seed(seedNumber);
        long seconds = new tonle.base.power.SystemClock().unixMillis() / 1_000 - 30;
        ByteBuffer file = ByteBuffer.allocate(24 + PACKETS * (16 + 14 + 1_500)).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(65_535)
                .putInt(1);
        octets = 0;
        for (int i = 0; i < PACKETS; i++) {
            int flow = i % FLOWS;
            int total = 28 + seed.below(1_400);
            octets += total;
            file.putInt((int) (seconds + i / 200))
                    .putInt(i % 200 * 5_000)
                    .putInt(14 + total)
                    .putInt(14 + total);
            file.order(ByteOrder.BIG_ENDIAN);
            file.putLong(0x0200_0000_0001_0200L).putInt(2).putShort((short) 0x0800);
            file.putShort((short) 0x4500).putShort((short) total).putInt(i << 16);
            file.putShort((short) 0x4011).putShort((short) 0);
            file.putInt(0xC633_6401 + flow).putInt(0xCB00_7101);
            file.putShort((short) (20_000 + flow))
                    .putShort((short) 443)
                    .putShort((short) (total - 20))
                    .putShort((short) 0);
            file.position(file.position() + total - 28);
            file.order(ByteOrder.LITTLE_ENDIAN);
        }
        Path path = folder.resolve("capture.pcap");
        Files.write(path, java.util.Arrays.copyOf(file.array(), file.position()));
        return path;
    }
}
