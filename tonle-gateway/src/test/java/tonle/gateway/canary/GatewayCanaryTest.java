// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.DeviceAddress;
import tonle.base.power.SystemClock;
import tonle.gateway.certificate.Certificates;
import tonle.gateway.control.ControlClient;

/**
 * Promises 1 and 2 of a whole running gateway. Marks go in by every door: NetFlow v5 and v9, IPFIX over UDP, TCP and
 * TLS, sFlow; with and before templates, damaged, from strangers. Then, queues drained and waiting rooms expired, its
 * memory, heap dump, files, tables, pages and exports are searched from outside. The seed is {@code
 * -Dtonle.canary.seed=…}.
 */
class GatewayCanaryTest {
    private static final long SEED = Long.getLong("tonle.canary.seed", 20_261_123);
    /** Longer than anything waits for its template, and than any bin stays open. */
    private static final int LEAP_SECONDS = 3_600;

    private static final String AGENT = "2001:db8:ca:0:3a7f:51c9:6e1d:94b3";
    private static final String LINK = "canary-link";

    @TempDir
    Path folder;

    private final Marks byUdp = new Marks(SEED, "udp");
    private final Marks byTcp = new Marks(SEED, "tcp");
    private final Marks byTls = new Marks(SEED, "tls");
    private final DeviceAddress agent = DeviceAddress.parse(AGENT).orElseThrow();
    private final SystemClock clock = new SystemClock();
    private long sentMessages;

    @Test
    void noMarkOutlivesItsDatagramAnywhere() throws Exception {
        assumeTrue(ProcessMemory.isReadable(), "no /proc here: the memory of a process cannot be searched");
        Path data = folder.resolve("data");
        Certificates certificates = new Certificates(data.resolve("certificates"));
        String fingerprint = certificates.newExporter("far").fingerprint();
        Files.writeString(data.resolve("tonle.yaml"), configuration(fingerprint));
        byte[] planted = HexFormat.of().parseHex("5ac3e19b7d02f84611aa93cc");
        PatternSearch search = new PatternSearch(allPatterns(planted));
        PatternSearch.Found pages = new PatternSearch.Found();
        PatternSearch.Found heap = new PatternSearch.Found();
        PatternSearch.Found offHeap = new PatternSearch.Found();
        PatternSearch.Found dump = new PatternSearch.Found();
        PatternSearch.Found files = new PatternSearch.Found();
        try (CanaryProcess gateway = new CanaryProcess(data, folder)) {
            feed(gateway);
            gateway.order("leap " + LEAP_SECONDS);
            gateway.await("rooms have expired", facts -> facts.get("waiting").equals("0"));
            gateway.order("leap " + LEAP_SECONDS);
            gateway.await(
                    "no session is left", facts -> facts.get("connections").equals("0"));
            Map<String, String> facts = gateway.facts();
            assertThat(Long.parseLong(facts.get("decoded"))).isPositive();

            int seen = new Crawl(gateway.port("pages")).search(search, pages);
            assertThat(seen).as("pages and documents").isGreaterThan(50);
            ControlClient control = new ControlClient(data);
            long now = clock.unixMillis() / 1_000;
            String order = "{\"directory\": \"%s\", \"from\": %d, \"to\": %d}"
                    .formatted(folder.resolve("export"), now - 7_200, now + 4 * LEAP_SECONDS);
            assertThat(control.post("/store/export", order).body()).contains("exported");
            for (String target : List.of("/status.json", "/exporters.txt", "/traffic.txt", "/links.csv")) {
                search.search(
                        "control socket " + target, utf8(control.get(target).body()), pages);
            }

            gateway.order("plant " + HexFormat.of().formatHex(planted));
            ProcessMemory.search(gateway.pid(), search, heap, offHeap);
            gateway.order("dump " + folder.resolve("heap.hprof"));
            search(search, folder.resolve("heap.hprof"), dump);
            searchFolder(search, data, files);
            gateway.order("stop");
        }
        searchFolder(search, data, files);
        searchFolder(search, folder.resolve("export"), files);
        PatternSearch.Found tables = new PatternSearch.Found();
        int rows = StoredText.search(data.resolve("traffic"), folder.resolve("export"), search, tables);
        PatternSearch.Found said = new PatternSearch.Found();
        search(search, folder.resolve("stdout"), said);
        search(search, folder.resolve("stderr"), said);

        assertThat(rows).as("rows of store and exports").isPositive();
        for (PatternSearch.Found found : List.of(heap, offHeap, dump)) {
            assertThat(found.of("planted"))
                    .as("the search finds what is there: %s", found)
                    .isPositive();
        }
        for (PatternSearch.Found found : List.of(heap, dump, pages, files)) {
            assertThat(found.of("device"))
                    .as("a device's address is shown: %s", found)
                    .isPositive();
        }
        assertThat(tables.of("link")).as("the tables are read: %s", tables).isPositive();
        Map<String, PatternSearch.Found> places = Map.of(
                "memory off the heap",
                offHeap,
                "heap dump",
                dump,
                "pages",
                pages,
                "files",
                files,
                "tables",
                tables,
                "said",
                said);
        SoftAssertions.assertSoftly(softly -> {
            for (Marks marks : List.of(byUdp, byTcp, byTls)) {
                places.forEach((where, found) -> assertSilent(softly, marks, where, found));
            }
            // The JDK decrypts TLS into arrays of its own, which nobody else can zero: no object holds them, so that
            // they
            // are in no dump, but their octets lie in the heap until the collector reuses the room.
            for (Marks marks : List.of(byUdp, byTcp)) {
                assertSilent(softly, marks, "heap with all that is free", heap);
            }
        });
    }

    private void assertSilent(SoftAssertions softly, Marks marks, String where, PatternSearch.Found found) {
        String about = String.format("seed %d, %s, in by %s: %s", SEED, where, marks.door(), found);
        Set<String> kinds = marks.patterns().stream().map(Pattern::kind).collect(Collectors.toSet());
        Map<String, Integer> leaked = new TreeMap<>(found.counts);
        leaked.keySet().retainAll(kinds);
        softly.assertThat(leaked).as(about).isEmpty();
        int control = found.of(marks.controlAlone());
        softly.assertThat(found.of(marks.sentAlone()))
                .as("four octets of hosts sent, against as many never sent; %s", about)
                .isLessThanOrEqualTo(control + 8 + (int) (4 * Math.sqrt(control)));
    }

    private List<Pattern> allPatterns(byte[] planted) {
        List<Pattern> all = new ArrayList<>();
        for (Marks marks : List.of(byUdp, byTcp, byTls)) {
            all.addAll(marks.patterns());
            all.addAll(marks.weakPatterns());
        }
        all.add(new Pattern("planted", planted));
        all.addAll(List.of(Pattern.ofOctets(
                "device", ByteBuffer.allocate(8).putLong(agent.low()).array())));
        all.addAll(List.of(Pattern.ofText("device", AGENT)));
        all.addAll(List.of(Pattern.ofText("link", LINK)));
        return all;
    }

    private static String configuration(String fingerprint) {
        return """
                gateway: {name: Canary}
                operators:
                  - {id: alpha, name: Alpha, asns: [64500], prefixes: ["2001:db8::/32"]}
                sites: [{id: PNH, name: Phnom Penh}]
                exporters:
                  - {id: e1, site: PNH, addresses: [127.0.0.1, "%s"], records: both, default-rate: 1}
                  - {id: strict, site: PNH, addresses: [127.0.0.3], refuses-personal: true}
                  - {id: far, site: PNH, addresses: [192.0.2.50], certificate: %s}
                links:
                  - id: %s
                    kind: international
                    site: PNH
                    capacity: 10G
                    ports: [{exporter: e1, interface: 1}, {exporter: far, interface: 1}]
                listen:
                  udp: ["127.0.0.1:0"]
                  tcp: ["127.0.0.1:0"]
                  tls: ["127.0.0.1:0"]
                  queue-kib: 4096
                portal: {port: 0}
                """.formatted(AGENT, fingerprint, LINK);
    }

    private void feed(CanaryProcess gateway) throws Exception {
        MarkedExport export = new MarkedExport(byUdp, clock.unixMillis());
        MarkedSamples samples = new MarkedSamples(byUdp, agent);
        try (DatagramSocket known = from("127.0.0.1");
                DatagramSocket stranger = from("127.0.0.2");
                DatagramSocket strict = from("127.0.0.3")) {
            for (DatagramSocket socket : List.of(known, stranger, strict)) {
                for (int i = 0; i < 10; i++) {
                    send(gateway, socket, List.of(export.netflow5(i * 24), samples.datagram()));
                }
                send(gateway, socket, export.netflow9(1, true, 10));
                send(gateway, socket, export.ipfix(1, true, 10));
                // Domain 2 gets its templates late, domain 3 never.
                List<byte[]> early = export.netflow9(2, false, 5);
                send(gateway, socket, early);
                send(gateway, socket, List.of(export.netflow9Templates(2)));
                send(gateway, socket, export.netflow9(3, false, 5));
                send(gateway, socket, export.ipfix(3, false, 5));
                send(gateway, socket, MarkedExport.damaged(export.netflow5(240), 2, 2));
                send(gateway, socket, MarkedExport.damaged(early.getLast(), 22, 2));
                send(
                        gateway,
                        socket,
                        MarkedExport.damaged(export.ipfix(4, false, 1).getFirst(), 18, 2));
                send(gateway, socket, MarkedExport.damaged(samples.datagram(), 44, 4));
            }
        }
        List<String> some = List.of("decoded", "waiting", "faults", "personal", "refused", "samples");
        gateway.await(
                "each kind of input was met",
                facts -> some.stream().allMatch(name -> Long.parseLong(facts.get(name)) > 0));
        stream(byTcp, new Socket(InetAddress.ofLiteral("127.0.0.1"), gateway.port("tcp")));
        stream(byTls, ExporterTls.connect(folder.resolve("data/certificates"), "far", gateway.port("tls")));
        gateway.await("both streams are read", all -> Long.parseLong(all.get("received")) == sentMessages + 20);
    }

    private void stream(Marks marks, Socket socket) throws IOException {
        MarkedExport export = new MarkedExport(marks, clock.unixMillis());
        try (socket) {
            for (byte[] message : export.ipfix(9, true, 10)) {
                // In two pieces: what is no whole message yet waits in the session.
                socket.getOutputStream().write(message, 0, message.length / 3);
                socket.getOutputStream().flush();
                socket.getOutputStream().write(message, message.length / 3, message.length - message.length / 3);
                socket.getOutputStream().flush();
            }
        }
    }

    private static DatagramSocket from(String address) throws IOException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    }

    private void send(CanaryProcess gateway, DatagramSocket socket, List<byte[]> datagrams) throws IOException {
        InetAddress to = InetAddress.ofLiteral("127.0.0.1");
        for (byte[] datagram : datagrams) {
            socket.send(new DatagramPacket(datagram, datagram.length, to, gateway.port("udp")));
            sentMessages++;
        }
        // No more at once than any system's receive buffer holds.
        gateway.await(
                "all datagrams are taken in",
                facts -> facts.get("received").equals(Long.toString(sentMessages))
                        && facts.get("queued").equals("0"));
    }

    private static void searchFolder(PatternSearch search, Path folder, PatternSearch.Found found) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                search(search, file, found);
                search.search("name of a file", utf8(file.toString()), found);
            }
        }
    }

    private static void search(PatternSearch search, Path file, PatternSearch.Found found) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            search.search(file.toString(), in, found);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theSearchFindsAcrossTheEdgesOfWhatItReadsAtOnce() throws IOException {
        List<Pattern> wanted = List.of(Pattern.ofOctets("mark", (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5));
        for (int at : List.of(0, (1 << 20) - 3, 1 << 20, (1 << 20) + 1, 2_500_000 - 5)) {
            byte[] octets = new byte[2_500_000];
            System.arraycopy(wanted.getFirst().octets(), 0, octets, at, 5);
            PatternSearch.Found found = new PatternSearch.Found();
            new PatternSearch(wanted).search("here", new ByteArrayInputStream(octets), found);
            assertThat(found.counts).as("at %d", at).isEqualTo(Map.of("mark", 1));
            assertThat(found.octets).isEqualTo(octets.length);
            assertThat(found.firstPlaces).containsEntry("mark", "here at " + Integer.toHexString(at));
        }
    }
}
