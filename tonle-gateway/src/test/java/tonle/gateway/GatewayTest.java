// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.SystemClock;
import tonle.gateway.config.ConfigurationFile;
import tonle.gateway.config.ConfigurationRefused;
import tonle.gateway.control.ControlClient;
import tonle.gateway.control.ControlReply;
import tonle.traffic.exporter.ExporterHealth;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Filter;
import tonle.traffic.store.Measure;
import tonle.traffic.store.TrafficAnswer;
import tonle.traffic.store.TrafficQuery;
import tonle.traffic.store.TrafficStore;

class GatewayTest {
    @TempDir
    Path folder;

    @Test
    void whatAnExporterSendsIsCountedToTheOctetAndWrittenAtTheStop() throws IOException {
        FlowSender sender = new FlowSender(1);
        SystemClock clock = new SystemClock();
        try (LiveGateway live = new LiveGateway(folder);
                DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < 500; i++) {
                FlowSender.send(socket, sender.netflow9(live.clock.unixMillis()), live.udpPort());
            }
            live.await("all is decoded", () -> live.decodedOctets() == sender.octets);
            ExporterHealth health = live.exporter("e1").orElseThrow();
            assertThat(health.datagrams()).isEqualTo(500);
            assertThat(health.records()).isEqualTo(sender.records);
            assertThat(health.lost()).isZero();
            assertThat(live.gateway.meter().conservation().holds()).isTrue();
            live.gateway.close();
            assertThat(live.said)
                    .anySatisfy(line ->
                            assertThat(line).startsWith(String.format("decoded %,d octets = written", sender.octets)));
            var sums = live.gateway.meter().conservation();
            assertThat(sums.holds()).isTrue();
            assertThat(sums.booked()).isPositive();
            assertThat(sums.underWay()).isZero();
            assertThat(sums.setAside()).isZero();
            assertThat(live.said).last().isEqualTo("stopped");
        }
        try (TrafficStore store = Parts.REAL.store(folder.resolve("traffic"), clock)) {
            store.use(
                    ConfigurationFile.read(folder.resolve("tonle.yaml"), 1).topology(),
                    tonle.traffic.topology.FileOriginTable.empty());
            long now = clock.unixMillis() / 1_000;
            TrafficAnswer answer = store.answer(new TrafficQuery(
                    List.of(Dimension.LINK),
                    List.of(
                            new Filter(Dimension.LINK, false, List.of("L1")),
                            new Filter(Dimension.DIRECTION, false, List.of("in"))),
                    Measure.OCTETS,
                    (now - 3_600) / 300 * 300,
                    (now + 600) / 300 * 300,
                    300,
                    10,
                    "octets"));
            assertThat(answer.total().octets()).isEqualTo(sender.octets);
        }
    }

    @Test
    void aReloadUnderTrafficLosesNothingAndABrokenFileChangesNothing() throws IOException {
        FlowSender sender = new FlowSender(2);
        try (LiveGateway live = new LiveGateway(folder);
                DatagramSocket socket = new DatagramSocket()) {
            Path file = folder.resolve("tonle.yaml");
            for (int i = 0; i < 300; i++) {
                FlowSender.send(socket, sender.netflow9(live.clock.unixMillis()), live.udpPort());
                if (i % 50 == 10) {
                    Files.writeString(file, LiveGateway.CONFIGURATION.replace("name: Test", "name: Test " + i));
                    assertThat(live.gateway.reload()).startsWith("reloaded: 1 sites");
                }
                if (i % 50 == 20) {
                    Files.writeString(file, LiveGateway.CONFIGURATION.replace("exporter: e1", "exporter: e2"));
                    assertThatThrownBy(live.gateway::reload)
                            .isInstanceOf(ConfigurationRefused.class)
                            .hasMessageContaining("there is no exporter e2; did you mean e1?");
                }
            }
            live.await("all is decoded", () -> live.decodedOctets() == sender.octets);
            assertThat(live.gateway.topology().gatewayName()).isEqualTo("Test 260");
            assertThat(live.gateway.status().reloadTrouble()).contains("there is no exporter e2");
            assertThat(live.exporter("e1").orElseThrow().lost()).isZero();
            assertThat(live.gateway.meter().conservation().rejected()).isZero();
        }
    }

    @Test
    void aWatchedFileIsTakenInWhenItChangesAndAWrongOneChangesNothing() throws IOException {
        String watched = LiveGateway.CONFIGURATION + "policies: {reload: watch}\n";
        try (LiveGateway live = new LiveGateway(folder, watched)) {
            Path file = folder.resolve("tonle.yaml");
            Files.writeString(file, watched.replace("name: Test", "name: Other"));
            live.await(
                    "it is taken in",
                    () -> live.gateway.topology().gatewayName().equals("Other"));
            Files.writeString(file, watched.replace("name: Test", "nmae: Test"));
            live.await(
                    "the wrong one is said",
                    () -> live.gateway.status().reloadTrouble().contains("unknown key 'nmae'"));
            assertThat(live.gateway.topology().gatewayName()).isEqualTo("Other");
            Files.writeString(file, watched);
            live.await(
                    "the mended one is taken in",
                    () -> live.gateway.topology().gatewayName().equals("Test"));
            assertThat(live.gateway.status().reloadTrouble()).isEmpty();
        }
    }

    @Test
    void ipfixOverTcpIsMeteredAndAMalformedMessageClosesItsConnection() throws IOException {
        FlowSender sender = new FlowSender(3);
        try (LiveGateway live = new LiveGateway(folder)) {
            int port = live.gateway.streamPorts().getFirst();
            try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                for (int i = 0; i < 100; i++) {
                    socket.getOutputStream().write(sender.ipfix(live.clock.unixMillis()));
                }
                live.await("all is decoded", () -> live.decodedOctets() == sender.octets);
                byte[] damaged = sender.ipfix(live.clock.unixMillis());
                damaged[18] = 0;
                damaged[19] = 3; // A set shorter than its own header.
                socket.getOutputStream().write(damaged);
                socket.setSoTimeout(10_000);
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            live.await(
                    "the fault is counted",
                    () -> live.exporter("e1").stream()
                            .anyMatch(each -> each.faults().values().stream()
                                            .mapToLong(Long::longValue)
                                            .sum()
                                    > 0));
        }
    }

    @Test
    void aStreamThatEndsInsideAMessageIsDamageOfItsExporter() throws IOException {
        try (LiveGateway live = new LiveGateway(folder)) {
            int port = live.gateway.streamPorts().getFirst();
            for (int cut : new int[] {7, 60}) {
                FlowSender sender = new FlowSender(cut);
                long before = live.decodedOctets();
                try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                    socket.getOutputStream().write(sender.ipfix(live.clock.unixMillis()));
                    long octets = sender.octets;
                    live.await("all is decoded", () -> live.decodedOctets() == before + octets);
                    socket.getOutputStream().write(sender.ipfix(live.clock.unixMillis()), 0, cut);
                }
                live.await("the fault of " + cut + " octets is counted", () -> faults(live) >= (cut == 7 ? 1 : 2));
            }
            assertThat(live.exporter("e1").orElseThrow().faults().keySet())
                    .contains(tonle.wire.Fault.HEADER_TRUNCATED, tonle.wire.Fault.MESSAGE_LENGTH_MISMATCH);
        }
    }

    private static long faults(LiveGateway live) {
        return live.exporter("e1").stream()
                .flatMap(each -> each.faults().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void anUnknownExporterIsTakenInByOneOrder() throws IOException {
        String unknown = LiveGateway.CONFIGURATION.replace(
                "- {id: e1, site: PNH, addresses: [127.0.0.1], active-timeout-seconds: 60}",
                "- {id: e1, site: PNH, addresses: [192.0.2.1]}");
        FlowSender sender = new FlowSender(4);
        try (LiveGateway live = new LiveGateway(folder, unknown);
                DatagramSocket socket = new DatagramSocket()) {
            ControlClient client = new ControlClient(folder);
            String order = "{\"address\": \"127.0.0.1\", \"id\": \"new-1\", \"site\": \"PNH\"}";
            assertThat(client.post("/exporters/accept", order).status()).isEqualTo(409);
            FlowSender.send(socket, sender.netflow9(live.clock.unixMillis()), live.udpPort());
            live.await("it appears as unknown", () -> live.exporter("").isPresent());

            ControlReply reply = client.post("/exporters/accept", order);
            assertThat(reply.body()).contains("exporter new-1 is taken in");
            assertThat(client.post("/exporters/accept", order).isGood())
                    .as("again")
                    .isTrue();
            assertThat(folder.resolve("exporters.d/new-1.yaml")).content().contains("127.0.0.1");
            assertThat(live.gateway.topology().exporters()).extracting("id").containsExactly("e1", "new-1");
            live.await("it has its name", () -> live.exporter("new-1").isPresent());

            for (String bad : List.of(
                    "{\"address\": \"127.0.0.1\", \"id\": \"other\"}",
                    "{\"address\": \"192.0.2.77\", \"id\": \"E1\"}",
                    "{\"address\": \"192.0.2.77\", \"id\": \"e7\"}",
                    "{\"address\": \"192.0.2.77\", \"id\": \"e7\", \"site\": \"SHV\"}",
                    "{\"address\": \"127.0.0.1\", \"id\": \"../x\"}")) {
                assertThat(client.post("/exporters/accept", bad).status())
                        .as(bad)
                        .isEqualTo(409);
            }
            assertThat(client.post("/exporters/accept", "{\"id\": 1").status()).isEqualTo(400);
            assertThat(client.post("/exporters/accept", "[1]").status()).isEqualTo(400);
        }
    }

    @Test
    void whatIsHeldIsWrittenThoughTheControlSocketCannotBeRemoved() throws IOException {
        Path data = folder.resolve("data");
        LiveGateway live = new LiveGateway(data);
        // Where the socket was there is now a directory with something in it, which nobody can delete as a file.
        Path socket = data.resolve("control.sock");
        Files.delete(socket);
        Files.createDirectories(socket.resolve("in-the-way"));
        assertThatThrownBy(live::close).isInstanceOf(IOException.class);
        assertThat(live.said).anyMatch(line -> line.startsWith("decoded "));
        Files.delete(socket.resolve("in-the-way"));
        Files.delete(socket);
        new LiveGateway(data).close();
    }

    @Test
    void theOwnerAsksReloadsAndStopsOverTheSocket() throws Exception {
        try (LiveGateway live = new LiveGateway(folder)) {
            ControlClient client = new ControlClient(folder);
            assertThat(client.get("/status.json").body())
                    .contains("\"gateway\": \"Test\"")
                    .contains("\"holds\": true")
                    .contains("\"transport\": \"udp\", \"port\": " + live.udpPort());
            assertThat(client.post("/reload", "").body()).contains("reloaded: 1 sites, 0 operators, 1 links");
            Files.writeString(folder.resolve("tonle.yaml"), "gatewy: {}");
            assertThat(client.post("/reload", "").status()).isEqualTo(422);
            assertThat(client.post("/nothing", "").status()).isEqualTo(404);
            assertThat(client.post("/stop", "").isGood()).isTrue();
            live.gateway.awaitStop();
        }
        assertThatThrownBy(() -> new ControlClient(folder).get("/status.json"))
                .isInstanceOf(ControlClient.NotRunning.class);
    }

    @Test
    void oneDirectoryHasOneGatewayAndABusyPortStartsNone() throws IOException {
        try (LiveGateway live = new LiveGateway(folder)) {
            assertThatThrownBy(() -> Gateway.start(live.options(), LiveGateway.WITHOUT_PAGES))
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
            String busy = LiveGateway.CONFIGURATION.replace(
                    "udp: [\"127.0.0.1:0\"]", "udp: [\"127.0.0.1:0\", \"127.0.0.1:" + live.udpPort() + "\"]");
            Path other = folder.resolve("other");
            assertThatThrownBy(() -> new LiveGateway(other, busy).close())
                    .hasMessageContaining("udp port " + live.udpPort())
                    .hasMessageContaining("is held by process");
            new LiveGateway(other).close();
        }
    }
}
