// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tonle.base.power.Clock;
import tonle.base.power.SystemClock;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.RunningPortal;
import tonle.traffic.exporter.ExporterHealth;
import tonle.traffic.store.TrafficStore;

/** A gateway on ports of the system's choice, with its real store and without pages, for tests that send to it. */
final class LiveGateway implements AutoCloseable {
    static final String CONFIGURATION = """
            gateway: {name: Test}
            sites: [{id: PNH, name: Phnom Penh}]
            exporters:
              - {id: e1, site: PNH, addresses: [127.0.0.1], active-timeout-seconds: 60}
            links:
              - {id: L1, kind: international, site: PNH, capacity: 10G, ports: [{exporter: e1, interface: 1}]}
            listen:
              udp: ["127.0.0.1:0"]
              tcp: ["127.0.0.1:0"]
              tls: ["127.0.0.1:0"]
              queue-kib: 16384
            """;
    private static final long DEADLINE_NANOS = 30_000_000_000L;

    final Path data;
    final List<String> said = new CopyOnWriteArrayList<>();
    final SystemClock clock = new SystemClock();
    final RunningGateway gateway;

    LiveGateway(Path data) throws IOException {
        this(data, CONFIGURATION);
    }

    LiveGateway(Path data, String configuration) throws IOException {
        this.data = data;
        Files.createDirectories(data);
        Files.writeString(data.resolve("tonle.yaml"), configuration);
        gateway = Gateway.start(options(), WITHOUT_PAGES);
    }

    GatewayOptions options() {
        return new GatewayOptions(data, Optional.empty(), false, "test", clock, said::add);
    }

    /** The store is real; nobody serves pages. */
    static final Parts WITHOUT_PAGES = new Parts() {
        @Override
        public TrafficStore store(Path directory, Clock clock) throws IOException {
            return Parts.REAL.store(directory, clock);
        }

        @Override
        public RunningPortal portal(PortalSettings settings, PortalServices services) {
            return new RunningPortal() {
                @Override
                public int port() {
                    return 1;
                }

                @Override
                public void close() {}
            };
        }
    };

    int udpPort() {
        return gateway.udpPorts().getFirst();
    }

    Optional<ExporterHealth> exporter(String id) {
        return gateway.meter().exporters().stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
    }

    long decodedOctets() {
        return gateway.meter().conservation().decoded();
    }

    void await(String what, BooleanSupplier condition) {
        await(
                clock,
                condition,
                () -> "%s; sums %s; exporters %s"
                        .formatted(
                                what,
                                gateway.meter().conservation(),
                                gateway.meter().exporters()));
    }

    /** Waits until it holds, and fails with what was waited for where it does not in time. */
    static void await(Clock clock, BooleanSupplier condition, Supplier<String> what) {
        long end = clock.monotonicNanos() + DEADLINE_NANOS;
        while (!condition.getAsBoolean() && clock.monotonicNanos() < end) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    @Override
    public void close() throws IOException {
        gateway.close();
    }
}
