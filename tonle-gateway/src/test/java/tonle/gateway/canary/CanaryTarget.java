// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tonle.base.power.Clock;
import tonle.base.power.SystemClock;
import tonle.gateway.Gateway;
import tonle.gateway.GatewayOptions;
import tonle.gateway.RunningGateway;
import tonle.traffic.exporter.ExporterHealth;

/**
 * A whole gateway in a process of its own, which never learns what the marks are: orders come by standard input, a line
 * each, and each is answered by a line that begins with {@code reply}.
 */
public final class CanaryTarget {
    /** Kept alive: what the search must find. */
    private static final List<Object> PLANTED = new ArrayList<>();

    private CanaryTarget() {}

    /** The machine's clock, moved forward at will. */
    private static final class LeapingClock implements Clock {
        private final SystemClock clock = new SystemClock();
        private volatile long aheadMillis;

        @Override
        public long unixMillis() {
            return clock.unixMillis() + aheadMillis;
        }

        @Override
        public long monotonicNanos() {
            return clock.monotonicNanos();
        }
    }

    public static void main(String[] args) throws IOException {
        LeapingClock clock = new LeapingClock();
        GatewayOptions options =
                new GatewayOptions(Path.of(args[0]), Optional.empty(), false, "test", clock, System.out::println);
        try (RunningGateway gateway = Gateway.start(options);
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            reply("ports udp=" + gateway.udpPorts().getFirst() + " tcp="
                    + gateway.streamPorts().getFirst() + " tls="
                    + gateway.streamPorts().getLast() + " pages=" + gateway.portalPort());
            for (String line = orders.readLine(); line != null && !line.equals("stop"); line = orders.readLine()) {
                String[] words = line.split(" ", 2);
                switch (words[0]) {
                    case "leap" -> clock.aheadMillis = clock.aheadMillis + Long.parseLong(words[1]) * 1_000;
                    case "plant" -> plant(HexFormat.of().parseHex(words[1]));
                    case "dump" ->
                        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                                .dumpHeap(words[1], true);
                    case "upload" -> reply(upload(gateway, clock, words[1].split(" ", 2)));
                    default -> reply(facts(gateway));
                }
                if (!List.of("facts", "upload").contains(words[0])) {
                    reply("done");
                }
            }
        }
        reply("stopped");
    }

    private static String upload(RunningGateway gateway, Clock clock, String[] kindAndFile) throws IOException {
        return new Uploads(gateway.database().orElseThrow(), clock).take(kindAndFile[0], Path.of(kindAndFile[1]));
    }

    private static void plant(byte[] octets) {
        PLANTED.add(octets);
        PLANTED.add(Arena.global().allocate(octets.length).copyFrom(MemorySegment.ofArray(octets)));
    }

    private static String facts(RunningGateway gateway) {
        List<ExporterHealth> exporters = gateway.meter().exporters();
        var sums = gateway.meter().conservation();
        var listeners = gateway.status().listeners();
        return "facts decoded=" + sums.decoded() + " booked=" + sums.booked()
                + " received="
                + listeners.stream().mapToLong(each -> each.received()).sum()
                + " queued="
                + listeners.stream().mapToLong(each -> each.queueLength()).sum()
                + " connections="
                + listeners.stream().mapToLong(each -> each.connections()).sum()
                + " waiting="
                + exporters.stream().mapToLong(ExporterHealth::waitingSets).sum()
                + " expired="
                + exporters.stream().mapToLong(ExporterHealth::waitingDropped).sum()
                + " refused="
                + exporters.stream().mapToLong(ExporterHealth::refusedTemplates).sum()
                + " samples="
                + exporters.stream().mapToLong(ExporterHealth::samples).sum()
                + " faults="
                + exporters.stream()
                        .flatMap(each -> each.faults().values().stream())
                        .mapToLong(Long::longValue)
                        .sum()
                + " personal="
                + exporters.stream()
                        .flatMap(each -> each.templates().stream())
                        .mapToLong(each -> each.personalFieldCount())
                        .sum()
                + " exporters="
                + exporters.stream().map(ExporterHealth::address).collect(Collectors.joining(","));
    }

    private static void reply(String words) {
        System.out.println("reply " + words);
    }
}
