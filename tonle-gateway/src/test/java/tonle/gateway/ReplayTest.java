// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.testkit.Peers;

/**
 * What a probe exports goes into files of nfcapd, and nfreplay sends the files to a running gateway as NetFlow: through
 * two programs of others and one re-encoding, the octets are still those of the packets.
 */
class ReplayTest {
    private static final int ATTEMPTS = 300;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"softflowd, 5, 5", "softflowd, 9, 9", "softflowd, 10, 9", "pmacctd, 9, 9"})
    void whatNfcapdKeptIsReplayedToTheOctet(String probe, String exported, String replayed) throws Exception {
        String nfcapd = Peers.need("nfcapd").toString();
        String nfreplay = Peers.need("nfreplay").toString();
        ProbeCapture capture = ProbeCapture.write(folder.resolve("capture.pcap"), 13);
        Path files = Files.createDirectory(folder.resolve("flows"));
        keep(nfcapd, files, capture, Peers.need(probe).toString(), exported);
        try (LiveGateway live = new LiveGateway(folder.resolve("data"))) {
            for (Path file : kept(files)) {
                run(nfreplay, "-H", "127.0.0.1", "-p", "" + live.udpPort(), "-v", replayed, "-r", file.toString());
            }
            live.await(
                    "sums equal those of " + capture.octets() + " octets",
                    () -> live.decodedOctets() == capture.octets());
            var exporter = live.exporter("e1").orElseThrow();
            assertThat(exporter.records()).isEqualTo(ProbeCapture.FLOWS);
            assertThat(exporter.faults()).isEmpty();
            assertThat(live.gateway.meter().conservation().holds()).isTrue();
        }
    }

    /** Lets the probe export to nfcapd, which writes its file when it is told to end. */
    private void keep(String nfcapd, Path files, ProbeCapture capture, String probe, String version) throws Exception {
        int port = freePort();
        Process collector = start("nfcapd", nfcapd, "-b", "127.0.0.1", "-p", "" + port, "-w", files.toString());
        try {
            await(() -> waitingOctets(port).isPresent());
            if (probe.endsWith("pmacctd")) {
                run(
                        probe,
                        "-f",
                        capture.pmacctSettings(folder.resolve("pmacctd.conf"), version, port)
                                .toString());
            } else {
                String to = "127.0.0.1:" + port;
                run(probe, "-r", capture.file().toString(), "-n", to, "-v", version, "-d");
            }
            await(() -> waitingOctets(port).equals(Optional.of(0L)));
        } finally {
            collector.destroy();
        }
        assertThat(collector.waitFor(30, TimeUnit.SECONDS)).as("nfcapd ends").isTrue();
    }

    private static List<Path> kept(Path files) throws IOException {
        try (Stream<Path> found = Files.walk(files)) {
            List<Path> all = found.filter(Files::isRegularFile).sorted().toList();
            assertThat(all).isNotEmpty();
            return all;
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Octets that wait in the receive buffer of the socket at {@code port}; empty while nobody listens there. */
    private static Optional<Long> waitingOctets(int port) {
        try (Stream<String> sockets = Files.lines(Path.of("/proc/net/udp"))) {
            return sockets.map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 4 && words[1].endsWith(":%04X".formatted(port)))
                    .map(words -> Long.parseLong(words[4].substring(words[4].indexOf(':') + 1), 16))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < ATTEMPTS && !condition.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private void run(String... command) throws Exception {
        String name = Path.of(command[0]).getFileName().toString();
        Process process = start(name, command);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("%s ends", name).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve(name + ".log")))
                // pmacctd ends with 1 where its plugin, done with the file, is gone before its core: the sums tell.
                .isIn(0, name.equals("pmacctd") ? 1 : 0);
    }

    private Process start(String name, String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }
}
