// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.base.DeviceAddress;
import tonle.base.Network;
import tonle.base.power.Seed;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Topology;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.IpfixEncoder;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.PacketSpec;
import tonle.wire.flow.encode.SflowEncoder;
import tonle.wire.flow.encode.TemplateSpec;

/** The whole of a country, and the worst of datagrams: memory and sums stay within what is stated. */
class MeterBoundsTest {
    private static final long HEAP_OCTETS_MAX = 192L << 20;

    @Test
    void aThousandExportersWithTenThousandTemplatesFitTheirMemory() {
        Bench bench = new Bench();
        List<Exporter> exporters = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            DeviceAddress address = DeviceAddress.ofIpv4(0x0A00_0000 + i);
            exporters.add(new Exporter(
                    "R" + i,
                    "PNH",
                    List.of(address),
                    List.of(),
                    ExporterKind.INGRESS,
                    1,
                    List.of(),
                    false,
                    false,
                    300,
                    false,
                    ""));
            links.add(new Link(
                    "L" + i,
                    LinkKind.INTERNATIONAL,
                    "PNH",
                    "",
                    "",
                    "",
                    10_000_000_000L,
                    List.of(new LinkPort("R" + i, 1, true))));
        }
        bench.meter.use(new Topology(5, "country", List.of(), List.of(), links, exporters), new Bench.Origins());
        long before = heapOctets();
        Seed seed = new Seed(1);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 1_000; i++) {
                bench.receive(templatesAndFlows(bench, i, seed), DeviceAddress.ofIpv4(0x0A00_0000 + i), 2055);
            }
            bench.pass(1);
        }
        bench.leap(3_600);

        assertThat(bench.meter.snapshot().exporters()).hasSize(1_000);
        assertThat(bench.meter.snapshot().exporters().stream()
                        .mapToInt(h -> h.templates().size())
                        .sum())
                .isEqualTo(10_000);
        assertThat(bench.conservation().rejected()).isZero();
        bench.batches.clear();
        assertThat(heapOctets() - before).isLessThan(HEAP_OCTETS_MAX);
    }

    private static MemorySegment templatesAndFlows(Bench bench, int exporter, Seed seed) {
        Netflow9Encoder encoder = new Netflow9Encoder(bench.room, exporter);
        encoder.begin(bench.now(), 1_000_000);
        for (int id = 256; id < 266; id++) {
            TemplateSpec spec = TemplateSpec.data(id)
                    .field(Slot.SOURCE_IPV4_ADDRESS, 4)
                    .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
                    .field(Slot.INGRESS_INTERFACE, 4)
                    .field(Slot.OCTET_DELTA_COUNT, id % 2 == 0 ? 4 : 8)
                    .field(Slot.PACKET_DELTA_COUNT, 4)
                    .field(Slot.PROTOCOL_IDENTIFIER, 1);
            encoder.template(spec);
            for (int i = 0; i < 5; i++) {
                encoder.record(spec)
                        .address(Network.ofIpv4(seed.below(1 << 24)))
                        .address(Network.ofIpv4(seed.below(1 << 24)))
                        .number(1)
                        .number(1_000)
                        .number(2)
                        .number(6);
            }
        }
        return encoder.end();
    }

    private static long heapOctets() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Any octets of any datagram may be wrong: nothing is thrown, and what was decoded still adds up. */
    @Test
    void mutatedDatagramsNeverThrowAndTheSumsStillAgree() {
        Bench bench = new Bench();
        Seed seed = new Seed(42);
        for (int i = 0; i < 30_000; i++) {
            MemorySegment datagram = someDatagram(bench, seed);
            int mutations = 1 + seed.below(6);
            for (int k = 0; k < mutations; k++) {
                datagram.set(ValueLayout.JAVA_BYTE, seed.below((int) datagram.byteSize()), (byte) seed.nextLong());
            }
            if (seed.below(10) == 0) {
                datagram = datagram.asSlice(0, 1 + seed.below((int) datagram.byteSize()));
            }
            boolean known = seed.below(4) != 0;
            bench.receive(datagram, known ? Bench.ROUTER : Bench.STRANGER, 2_000 + seed.below(3));
            if (i % 500 == 0) {
                bench.pass(7);
                assertThat(bench.conservation().holds()).as("after %d", i).isTrue();
            }
        }
        bench.leap(7_200);
        bench.meter.stop();
        assertThat(bench.meter.snapshot().conservation().holds()).isTrue();
        assertThat(bench.volumes()).allSatisfy(row -> {
            assertThat(row.octets()).isNotNegative();
            assertThat(row.flows()).isGreaterThanOrEqualTo(10);
        });
    }

    private static MemorySegment someDatagram(Bench bench, Seed seed) {
        switch (seed.below(3)) {
            case 0 -> {
                return bench.flows(bench.netflow9(), true, 1 + seed.below(12), 1_000, seed.below(100_000));
            }
            case 1 -> {
                IpfixEncoder ipfix = new IpfixEncoder(bench.room, 3);
                TemplateSpec spec = TemplateSpec.data(300)
                        .field(Slot.SOURCE_IPV4_ADDRESS, 4)
                        .variable(0, 82)
                        .field(Slot.INGRESS_INTERFACE, 4)
                        .field(Slot.SAMPLING_PROBABILITY, 8)
                        .field(Slot.OCTET_DELTA_COUNT, 8)
                        .field(Slot.REVERSE_OCTET_DELTA_COUNT, 8);
                ipfix.begin(bench.now()).template(spec);
                for (int i = 0; i < 8; i++) {
                    ipfix.record(spec)
                            .address(Bench.NET_ABROAD)
                            .octets(bench.room.asSlice(0, 3))
                            .number(Bench.PORT_ABROAD)
                            .number(Double.doubleToRawLongBits(0.25))
                            .number(seed.below(1 << 20))
                            .number(seed.below(1 << 20));
                }
                return ipfix.end();
            }
            default -> {
                SflowEncoder sflow = new SflowEncoder(bench.room, Bench.ROUTER, 0);
                sflow.begin(1_000);
                for (int i = 0; i < 5; i++) {
                    sflow.flowSample(
                                    new SflowEncoder.Sampling(i, 1, 64, 64L * i, 0),
                                    Bench.PORT_ABROAD,
                                    Bench.PORT_ALPHA)
                            .rawHeader(new PacketSpec()
                                    .networks(Bench.NET_ABROAD, Bench.NET_ALPHA)
                                    .ipTotalOctets(40 + seed.below(1_400)));
                }
                return sflow.end();
            }
        }
    }
}
