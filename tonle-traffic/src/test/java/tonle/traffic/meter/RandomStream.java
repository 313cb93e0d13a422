// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tonle.base.power.Seed;
import tonle.traffic.topology.ExporterKind;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.TemplateSpec;

/**
 * Datagrams of every mood under a seed: known and unknown devices, metered and other ports, times right, wrong and far
 * off, rates known and not, damage, a store that refuses, topologies that change. After each step the sums must agree.
 */
final class RandomStream {
    private static final int[] PORTS = {
        0, Bench.PORT_ABROAD, Bench.PORT_ALPHA, Bench.PORT_BETA, Bench.PORT_FAR_END, Bench.PORT_UNKNOWN
    };
    private static final long[] NETWORKS = {Bench.NET_ALPHA, Bench.NET_ABROAD, tonle.base.Network.ofIpv4(0x010203)};
    private static final TemplateSpec SAMPLED = TemplateSpec.data(257)
            .field(Slot.SOURCE_IPV4_ADDRESS, 4)
            .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
            .field(Slot.INGRESS_INTERFACE, 4)
            .field(Slot.EGRESS_INTERFACE, 4)
            .field(Slot.SAMPLING_INTERVAL, 4)
            .field(Slot.OCTET_DELTA_COUNT, 4)
            .field(Slot.FORWARDING_STATUS, 1);

    final Bench bench = new Bench();
    long octetsSent;

    private final Seed seed;
    private final Netflow9Encoder encoder = bench.netflow9();

    RandomStream(Seed seed) {
        this.seed = seed;
    }

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            boolean stranger = seed.below(10) == 0;
            bench.sinkTakes = seed.below(5) != 0;
            if (seed.below(40) == 0) {
                bench.meter.use(
                        Bench.topology(
                                ExporterKind.values()[seed.below(3)],
                                seed.below(3),
                                seed.below(4) == 0,
                                false,
                                List.of()),
                        new Bench.Origins());
            }
            send(stranger);
            bench.clock.advanceMillis(1_000L + seed.below(120_000));
            bench.meter.tick(bench.now());
            var c = bench.meter.snapshot().conservation();
            assertThat(c.holds()).as("step %d: %s", step, c).isTrue();
        }
        bench.sinkTakes = true;
        bench.leap(7_200);
        bench.meter.stop();
        var c = bench.meter.snapshot().conservation();
        assertThat(c.holds()).as("stopped: %s", c).isTrue();
        long rows = bench.volumes().stream().mapToLong(r -> r.unscaledOctets()).sum();
        assertThat(rows).isNotNegative();
    }

    private void send(boolean stranger) {
        encoder.begin(bench.now(), 1_000_000 + bench.now() - Bench.START_MILLIS);
        encoder.template(Bench.FLOW).template(SAMPLED);
        int count = seed.below(25);
        for (int i = 0; i < count; i++) {
            if (seed.below(3) == 0) {
                sampled();
            } else {
                plain();
            }
        }
        var datagram = encoder.end();
        boolean damaged = seed.below(15) == 0;
        if (damaged) {
            // A set that claims more than there is, behind what is valid.
            long end = datagram.byteSize();
            var longer = bench.room.asSlice(0, end + 4);
            longer.set(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, end, 0x7F7F_7F7F);
            datagram = longer;
        }
        bench.receive(datagram, stranger ? Bench.STRANGER : Bench.ROUTER, 2_000 + seed.below(2));
    }

    private int port() {
        return PORTS[seed.below(PORTS.length)];
    }

    private void plain() {
        long octets = seed.nextLong() >>> 40 + seed.below(23);
        long end = bench.now() - seed.below(4) * (long) seed.below(50_000_000);
        long start = end - seed.below(2_000_000);
        octetsSent += octets;
        Bench.flow(encoder, NETWORKS[seed.below(3)], NETWORKS[seed.below(3)], port(), port(), octets, start, end);
    }

    private void sampled() {
        long octets = seed.below(100_000);
        octetsSent += octets;
        encoder.record(SAMPLED)
                .address(NETWORKS[seed.below(3)])
                .address(NETWORKS[seed.below(3)])
                .number(port())
                .number(port())
                .number(seed.below(3) * 512L)
                .number(octets)
                .number(seed.below(4) << 6);
    }
}
