// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Seed;
import tonle.base.power.SystemClock;
import tonle.gateway.config.ConfigurationFile;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Filter;
import tonle.traffic.store.Measure;
import tonle.traffic.store.TrafficQuery;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.topology.FileOriginTable;

/**
 * The whole process is killed while flow data comes in. Of what it had decoded, what it called written is in the store,
 * once; what is missing is at most what it called under way or held. More kills: {@code -Dtonle.gatewayKills=50}.
 */
class GatewayKillTest {
    private static final int KILLS = Integer.getInteger("tonle.gatewayKills", 2);
    private static final long SEED = Long.getLong("tonle.seed", 7);
    private static final int MILLIS_MAX = 2_500;

    @TempDir
    Path folder;

    private final SystemClock clock = new SystemClock();

    /** One life of the gateway, and what it said last. */
    private final class Life implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;
        private final int port;
        private volatile long decoded;
        private volatile long booked;
        private volatile long underWayAndHeld;
        private volatile String report = "";

        Life() throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:+UseSerialGC",
                            "-Xmx160m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KillableGateway.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            output = process.inputReader();
            String line = output.readLine();
            while (line != null && !line.startsWith("port ")) {
                line = output.readLine();
            }
            assertThat(line).as("the gateway starts").isNotNull();
            port = Integer.parseInt(line.split(" ")[1]);
        }

        /** Reads what it says until it ends. */
        private void listen() {
            try {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    String[] words = line.split(" ");
                    if (words[0].equals("sums") && words.length == 5) {
                        decoded = Long.parseLong(words[1]);
                        booked = Long.parseLong(words[2]);
                        underWayAndHeld = Long.parseLong(words[3]) + Long.parseLong(words[4]);
                    } else if (line.startsWith("said decoded")) {
                        report = line;
                    }
                }
            } catch (IOException _) {
                return; // It is dead.
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Test
    void nothingIsDoubledByAKillAndWhatIsMissingWasUnderWayOrHeld() throws Exception {
        Files.writeString(folder.resolve("tonle.yaml"), LiveGateway.CONFIGURATION);
        Seed seed = new Seed(SEED);
        long stored = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String as = "seed " + SEED + " kill " + kill;
            FlowSender sender = new FlowSender(100 + kill);
            try (Life life = new Life()) {
                Thread listener = Thread.ofPlatform().start(life::listen);
                long killNanos = Long.MAX_VALUE;
                long endNanos = clock.monotonicNanos() + 60_000_000_000L;
                try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), life.port)) {
                    // The load goes on from before the first row is written until some moment after it.
                    while (clock.monotonicNanos() < Math.min(killNanos, endNanos)) {
                        socket.getOutputStream().write(sender.ipfix(clock.unixMillis()));
                        if (life.booked > 0 && killNanos == Long.MAX_VALUE) {
                            killNanos = clock.monotonicNanos() + seed.below(MILLIS_MAX) * 1_000_000L;
                        }
                        Thread.sleep(1);
                    }
                    life.process.toHandle().destroyForcibly();
                }
                listener.join();
                life.process.waitFor();
                long now = stored();
                assertThat(life.booked).as(as).isPositive();
                assertThat(now - stored)
                        .as("%s: what it called written is there, and nothing twice", as)
                        .isBetween(life.booked, sender.octets);
                assertThat(life.decoded - (now - stored))
                        .as("%s: what is missing of what it had decoded", as)
                        .isLessThanOrEqualTo(life.underWayAndHeld);
                stored = now;
            }
        }
        goesOnAndStopsInOrder(stored);
    }

    /** After all kills: everything that is sent to the next life is there when it was stopped in order. */
    private void goesOnAndStopsInOrder(long stored) throws Exception {
        FlowSender sender = new FlowSender(99);
        try (Life life = new Life()) {
            Thread listener = Thread.ofPlatform().start(life::listen);
            try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), life.port)) {
                for (int i = 0; i < 50; i++) {
                    socket.getOutputStream().write(sender.ipfix(clock.unixMillis()));
                }
                long endNanos = clock.monotonicNanos() + 60_000_000_000L;
                while (life.decoded < sender.octets && clock.monotonicNanos() < endNanos) {
                    Thread.sleep(5);
                }
            }
            life.process.outputWriter().append("stop\n").flush();
            assertThat(life.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            listener.join();
            assertThat(life.report).contains(String.format("written %,d + not written 0", sender.octets));
        }
        assertThat(stored() - stored).isEqualTo(sender.octets);
    }

    private long stored() throws IOException {
        try (TrafficStore store = Parts.REAL.store(folder.resolve("traffic"), clock)) {
            store.use(ConfigurationFile.read(folder.resolve("tonle.yaml"), 1).topology(), FileOriginTable.empty());
            long now = clock.unixMillis() / 1_000;
            return store.answer(new TrafficQuery(
                            List.of(Dimension.LINK),
                            List.of(
                                    new Filter(Dimension.LINK, false, List.of("L1")),
                                    new Filter(Dimension.DIRECTION, false, List.of("in"))),
                            Measure.OCTETS,
                            (now - 3_600) / 300 * 300,
                            (now + 600) / 300 * 300,
                            300,
                            10,
                            "octets"))
                    .total()
                    .octets();
        }
    }
}
