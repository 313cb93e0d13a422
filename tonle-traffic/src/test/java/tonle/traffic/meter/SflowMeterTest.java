// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tonle.base.DeviceAddress;
import tonle.base.Network;
import tonle.base.power.Seed;
import tonle.traffic.Direction;
import tonle.traffic.store.InterfaceRow;
import tonle.traffic.store.VolumeRow;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.Topology;
import tonle.wire.flow.encode.InterfaceCounters;
import tonle.wire.flow.encode.PacketSpec;
import tonle.wire.flow.encode.SflowEncoder;
import tonle.wire.flow.encode.SflowEncoder.Sampling;

class SflowMeterTest {
    private static final int RATE = 100;
    private static final DeviceAddress RELAY =
            DeviceAddress.parse("198.51.100.7").orElseThrow();

    private final Bench bench = new Bench();
    private final SflowEncoder encoder = new SflowEncoder(bench.room, Bench.ROUTER, 0);
    private final PacketSpec packet =
            new PacketSpec().networks(Bench.NET_ABROAD, Bench.NET_ALPHA).transport(6, 443, 50_000);
    private long samples;
    private long pool;
    private long drops;

    private void sample(int ipOctets, int out) {
        encoder.flowSample(new Sampling(++samples, Bench.PORT_ABROAD, RATE, pool, drops), Bench.PORT_ABROAD, out)
                .rawHeader(packet.ipTotalOctets(ipOctets));
    }

    private long sum(java.util.function.ToLongFunction<VolumeRow> figure) {
        return bench.volumes().stream()
                .filter(r -> r.link().equals("IX-ALPHA"))
                .mapToLong(figure)
                .sum();
    }

    @Test
    void samplesAreScaledByTheirRateInOctetsOfLayerThree() {
        encoder.begin(1_000);
        for (int i = 0; i < 12; i++) {
            pool += RATE;
            sample(1_000, Bench.PORT_ALPHA);
        }
        bench.receive(encoder.end());
        bench.pass(10);

        assertThat(bench.octets())
                .containsOnly(
                        Map.entry("ABROAD-1 in alpha 15169", 1_200_000L),
                        Map.entry("IX-ALPHA out alpha 15169", 1_200_000L));
        assertThat(sum(VolumeRow::packets)).isEqualTo(1_200);
        assertThat(bench.volumes().getFirst().octetsVariance()).isEqualTo(12 * 100.0 * 99 * 1_000 * 1_000);
        assertThat(bench.conservation().booked()).isEqualTo(12_000);
    }

    @Test
    void whatWasLostOnTheWayIsHealedByTheSamplePool() {
        Seed seed = new Seed(5);
        int lost = 0;
        for (int datagram = 0; datagram < 2_000; datagram++) {
            encoder.begin(1_000 + datagram);
            for (int i = 0; i < 5; i++) {
                // Skips are random with the mean of the rate, as agents do it.
                pool += 1 + seed.below(2 * RATE - 1);
                sample(500, Bench.PORT_ALPHA);
            }
            var octets = encoder.end();
            boolean edge = datagram < 5 || datagram > 1_900;
            if (!edge && seed.below(10) == 0) {
                lost++;
            } else {
                bench.receive(octets);
            }
        }
        bench.leap(3_600);

        assertThat(bench.health().lost()).isEqualTo(lost);
        assertThat(lost).isGreaterThan(100);
        // Without healing a tenth would be missing.
        assertThat((double) sum(VolumeRow::packets) / pool).isBetween(0.985, 1.015);
        bench.conservation();
    }

    @Test
    void samplesThatTheAgentDroppedItselfAreHealedToo() {
        for (int datagram = 0; datagram < 500; datagram++) {
            encoder.begin(1_000 + datagram);
            for (int i = 0; i < 5; i++) {
                pool += RATE;
                if (i == 2) {
                    pool += RATE;
                    drops++;
                }
                sample(500, Bench.PORT_ALPHA);
            }
            bench.receive(encoder.end());
        }
        bench.leap(3_600);
        assertThat((double) sum(VolumeRow::packets) / pool).isBetween(0.99, 1.01);
    }

    @Test
    void aRestartedAgentOwesNothing() {
        encoder.begin(1_000);
        for (int i = 0; i < 10; i++) {
            pool += RATE;
            sample(500, Bench.PORT_ALPHA);
        }
        bench.receive(encoder.end());
        samples = 3_000_000;
        pool = 5;
        encoder.sequence(0);
        encoder.begin(10);
        for (int i = 0; i < 10; i++) {
            pool += RATE;
            sample(500, Bench.PORT_ALPHA);
        }
        bench.receive(encoder.end());
        bench.pass(10);
        assertThat(sum(VolumeRow::packets)).isEqualTo(2_000);
    }

    @Test
    void discardedPacketsAreNotDeliveredTraffic() {
        encoder.begin(1_000);
        // sFlow version 5 section 5.2: the top two bits 01 mean discarded, the rest the reason.
        sample(700, 0x4000_0001);
        encoder.discardedPacket(1, Bench.PORT_ABROAD, Bench.PORT_ABROAD, 0, 256).rawHeader(packet.ipTotalOctets(300));
        bench.receive(encoder.end());

        assertThat(bench.conservation().rejected()).isEqualTo(1_000);
        assertThat(bench.meter.snapshot().rejected()).containsOnly(Map.entry(Rejection.NOT_DELIVERED, 2L));
    }

    @Test
    void aPacketWhoseHeaderStatesNoLengthHasThatOfItsFrame() {
        PacketSpec four = new PacketSpec()
                .networks(Bench.NET_ABROAD, Bench.NET_ALPHA)
                .vlan(7)
                .ipTotalOctets(9_000)
                .lengthUnstated();
        PacketSpec six = new PacketSpec()
                .networks(Network.ofIpv6(0x2001_0db8_0001L), Network.ofIpv6(0x2001_0db8_0002L))
                .ipTotalOctets(12_000)
                .lengthUnstated();
        PacketSpec empty = new PacketSpec()
                .networks(Network.ofIpv6(0x2001_0db8_0001L), Network.ofIpv6(0x2001_0db8_0002L))
                .transport(59, 0, 0)
                .ipTotalOctets(40);
        encoder.begin(1_000);
        for (PacketSpec each : new PacketSpec[] {four, six, empty}) {
            encoder.flowSample(
                            new Sampling(++samples, Bench.PORT_ABROAD, 1, ++pool, drops),
                            Bench.PORT_ABROAD,
                            Bench.PORT_ALPHA)
                    .rawHeader(each);
        }
        bench.receive(encoder.end());
        assertThat(bench.conservation().decoded()).isEqualTo(9_000 + 12_000 + 40);
    }

    private void tenSamplesFrom(DeviceAddress sender) {
        encoder.begin(1_000);
        for (int i = 0; i < 10; i++) {
            pool += RATE;
            sample(500, Bench.PORT_ALPHA);
        }
        bench.receive(encoder.end(), sender, 6_343);
        bench.pass(10);
    }

    @Test
    void aStrangerThatStatesAKnownAgentIsAStrangerCountedAndNeverBooked() {
        tenSamplesFrom(RELAY);
        assertThat(sum(VolumeRow::octets)).isZero();
        assertThat(bench.conservation().refused()).isEqualTo(5_000);
        assertThat(bench.meter.snapshot().exporters()).singleElement().satisfies(health -> {
            assertThat(health.id()).isEmpty();
            assertThat(health.address()).isEqualTo(RELAY.text());
            assertThat(health.samples()).isEqualTo(10);
        });
    }

    @Test
    void anExporterSpeaksForTheAgentsThatItsConfigurationNames() {
        relayNaming(List.of(Bench.ROUTER));
        tenSamplesFrom(RELAY);
        assertThat(sum(VolumeRow::octets)).isEqualTo(500_000);
        assertThat(bench.health().samples()).isEqualTo(10);
    }

    @Test
    void anExporterThatNamesNoAgentsSpeaksForItselfAlone() {
        relayNaming(List.of(DeviceAddress.parse("192.0.2.77").orElseThrow()));
        tenSamplesFrom(RELAY);
        assertThat(sum(VolumeRow::octets)).isZero();
        assertThat(bench.meter.snapshot().exporters())
                .extracting(tonle.traffic.exporter.ExporterHealth::id)
                .containsExactly("relay");
    }

    private void relayNaming(List<DeviceAddress> agents) {
        Topology topology = Bench.topology(ExporterKind.INGRESS, 1, false, false);
        List<Exporter> exporters = new ArrayList<>(topology.exporters());
        exporters.add(new Exporter(
                "relay",
                "PNH",
                List.of(RELAY),
                agents,
                ExporterKind.INGRESS,
                0,
                List.of(),
                false,
                false,
                60,
                false,
                ""));
        bench.meter.use(
                new Topology(2, "test", topology.sites(), topology.members(), topology.links(), exporters),
                new Bench.Origins());
    }

    @Test
    void countersBecomeOctetsOfABinBesideTheFlows() {
        long total = 1_000_000_000L;
        for (int second = 0; second < 700; second += 20) {
            encoder.begin(1_000);
            encoder.counterSample(second, Bench.PORT_ABROAD)
                    .interfaceCounters(new InterfaceCounters(
                            Bench.PORT_ABROAD, 10_000_000_000L, 3, total, 5, 0, 0, 2 * total, 5, 0, 0));
            bench.receive(encoder.end());
            total += 20_000_000;
            bench.pass(20);
        }
        assertThat(bench.interfaces())
                .filteredOn(r -> r.counterOctets() >= 0 && r.binSeconds() == Bench.START_MILLIS / 1_000)
                .satisfiesExactlyInAnyOrder(
                        in -> counted(in, Direction.IN, 300_000_000L),
                        out -> counted(out, Direction.OUT, 600_000_000L));
    }

    private static void counted(InterfaceRow row, Direction direction, long octets) {
        assertThat(row.direction()).isEqualTo(direction);
        assertThat(row.counterOctets()).isEqualTo(octets);
        assertThat(row.counterSeconds()).isEqualTo(300);
        assertThat(row.link()).isEqualTo("ABROAD-1");
        assertThat(row.speedBitsPerSecond()).isEqualTo(10_000_000_000L);
    }

    /**
     * The stated error must cover the truth in 95 of 100 runs at least; packets of mixed sizes, one in a hundred taken.
     */
    @Test
    void theStatedErrorCoversTheTruth() {
        int covered = 0;
        int runs = 2_000;
        for (int run = 0; run < runs; run++) {
            Seed seed = new Seed(31L * run).fork("packets");
            double truth = 0;
            double estimate = 0;
            double variance = 0;
            for (int flow = 0; flow < 40; flow++) {
                long octets = 0;
                long packets = 0;
                for (int i = 0; i < 2_000; i++) {
                    int size = seed.below(3) == 0 ? 64 + seed.below(80) : 900 + seed.below(600);
                    truth += size;
                    if (seed.below(RATE) == 0) {
                        octets += size;
                        packets++;
                    }
                }
                estimate += RATE * (double) octets;
                variance += SamplingError.ofRecord(RATE, packets, octets);
            }
            covered += Math.abs(estimate - truth) <= 1.96 * Math.sqrt(variance) ? 1 : 0;
        }
        assertThat(covered).as("of %d", runs).isGreaterThanOrEqualTo(runs * 95 / 100);
    }
}
