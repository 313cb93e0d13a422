// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tonle.base.power.Seed;
import tonle.traffic.Direction;
import tonle.traffic.store.RowKind;
import tonle.traffic.store.VolumeRow;
import tonle.traffic.topology.ExporterKind;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.IpfixEncoder;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.TemplateSpec;

class MeterTest {
    @Test
    void aFlowFromAbroadIsBookedOnBothLinksWithMemberAndRemoteAs() {
        Bench bench = new Bench();
        bench.receive(bench.flows(bench.netflow9(), true, 12, 1_500, 0));
        bench.pass(10);

        assertThat(bench.octets())
                .containsOnly(
                        Map.entry("ABROAD-1 in alpha 15169", 18_000L), Map.entry("IX-ALPHA out alpha 15169", 18_000L));
        VolumeRow row = bench.volumes().getFirst();
        assertThat(row.flows()).isEqualTo(12);
        assertThat(row.ipVersion()).isEqualTo(4);
        assertThat(row.protocol().key()).isEqualTo("tcp");
        assertThat(row.unscaledOctets()).isZero();
        assertThat(row.kind()).isEqualTo(RowKind.MEASURED);
        assertThat(bench.conservation().booked()).isEqualTo(18_000);
    }

    @Test
    void aFlowOutOfThePortOfAMemberIsBookedInAndAbroadOut() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        encoder.begin(bench.now(), 1_000).template(Bench.FLOW);
        for (int i = 0; i < 10; i++) {
            Bench.flow(
                    encoder,
                    Bench.NET_ALPHA,
                    Bench.NET_ABROAD,
                    Bench.PORT_ALPHA,
                    Bench.PORT_ABROAD,
                    100,
                    bench.now(),
                    bench.now());
        }
        bench.receive(encoder.end());
        bench.pass(10);

        assertThat(bench.octets())
                .containsOnly(
                        Map.entry("IX-ALPHA in alpha 15169", 1_000L), Map.entry("ABROAD-1 out alpha 15169", 1_000L));
    }

    @Test
    void fewerThanTenFlowsNeverLeaveAloneNorWithTheirKey() {
        Bench bench = new Bench();
        bench.receive(bench.flows(bench.netflow9(), true, 9, 1_500, 0));
        bench.pass(30);
        assertThat(bench.volumes()).isEmpty();

        bench.leap(3_600);
        assertThat(bench.volumes()).isEmpty();
        assertThat(bench.conservation().held()).isEqualTo(9 * 1_500);

        // The next bin brings one more flow: together they are ten, and the rest leaves as other.
        bench.receive(bench.flows(bench.netflow9(), false, 1, 700, 0));
        bench.leap(3_600);
        assertThat(bench.octets())
                .containsOnly(Map.entry("ABROAD-1 in other -1", 14_200L), Map.entry("IX-ALPHA out other -1", 14_200L));
        assertThat(bench.conservation().held()).isZero();
    }

    @Test
    void everyRowThatLeavesHoldsTenFlows() {
        Seed seed = new Seed(7);
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        for (int i = 0; i < 400; i++) {
            bench.receive(
                    bench.flows(encoder, i % 20 == 0, 1 + seed.below(14), seed.below(9_000), seed.below(600_000)));
            bench.pass(1 + seed.below(20));
        }
        bench.meter.stop();

        assertThat(bench.volumes())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.flows()).isGreaterThanOrEqualTo(10));
    }

    @Test
    void aFlowIsSpreadOverItsBinsToTheOctet() {
        Bench bench = new Bench();
        bench.clock.setUnixMillis(Bench.START_MILLIS + 450_000);
        // From 0:02:30 to 0:07:30: half in each of two bins.
        bench.receive(bench.flows(bench.netflow9(), true, 10, 1_001, 300_000));
        bench.leap(3_600);

        assertThat(bench.octetsByBin("IX-ALPHA").values()).containsExactlyInAnyOrder(5_010L, 5_000L);
        assertThat(bench.conservation().booked()).isEqualTo(10_010);
    }

    @Test
    void whatComesAfterTheSealIsACorrection() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        bench.receive(bench.flows(encoder, true, 10, 1_000, 0));
        bench.leap(3_600);
        long late = Bench.START_MILLIS + 1_000;
        encoder.begin(bench.now(), 5_000_000);
        for (int i = 0; i < 10; i++) {
            Bench.flow(encoder, Bench.NET_ABROAD, Bench.NET_ALPHA, Bench.PORT_ABROAD, Bench.PORT_ALPHA, 77, late, late);
        }
        bench.receive(encoder.end());
        bench.pass(10);

        assertThat(bench.volumes())
                .filteredOn(r -> r.kind() == RowKind.CORRECTION)
                .hasSize(2)
                .allSatisfy(r -> assertThat(r.octets()).isEqualTo(770))
                .allSatisfy(r -> assertThat(r.binSeconds()).isEqualTo(Bench.START_MILLIS / 1_000));
        bench.conservation();
    }

    @Test
    void aFlowThatEndedTooLongAgoIsRejectedAndCounted() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        bench.clock.setUnixMillis(Bench.START_MILLIS + 200_000_000);
        encoder.begin(bench.now(), 5_000).template(Bench.FLOW);
        long old = bench.now() - 90_000_000;
        Bench.flow(encoder, Bench.NET_ABROAD, Bench.NET_ALPHA, Bench.PORT_ABROAD, Bench.PORT_ALPHA, 77, old, old);
        bench.receive(encoder.end());

        assertThat(bench.conservation().rejected()).isEqualTo(77);
        assertThat(bench.meter.snapshot().rejected()).containsOnlyKeys(Rejection.TIME_OUT_OF_RANGE);
    }

    @Test
    void aClockThatIsYearsOffIsCorrectedAndSaid() {
        for (long offMillis : new long[] {-6L * 365 * 86_400_000, 3L * 365 * 86_400_000}) {
            Bench bench = new Bench();
            Netflow9Encoder encoder = bench.netflow9();
            for (int i = 0; i < 20; i++) {
                long exporterNow = bench.now() + offMillis;
                encoder.begin(exporterNow, 1_000_000 + i * 1_000);
                encoder.template(Bench.FLOW);
                Bench.flow(
                        encoder,
                        Bench.NET_ABROAD,
                        Bench.NET_ALPHA,
                        Bench.PORT_ABROAD,
                        Bench.PORT_ALPHA,
                        1_000,
                        exporterNow - 2_000,
                        exporterNow);
                bench.receive(encoder.end());
                bench.pass(1);
            }
            assertThat(bench.alarms()).contains("exporter.clock-skew");
            bench.leap(3_600);
            assertThat(bench.octetsByBin("IX-ALPHA").values().stream()
                            .mapToLong(o -> o)
                            .sum())
                    .isEqualTo(20_000);
            assertThat(bench.volumes())
                    .allSatisfy(r -> assertThat(r.binSeconds())
                            .isBetween(Bench.START_MILLIS / 1_000 - 300, Bench.START_MILLIS / 1_000 + 300));
        }
    }

    @Test
    void unknownExportersAreDecodedShownAndRefused() {
        Bench bench = new Bench();
        bench.receive(bench.flows(bench.netflow9(), true, 20, 1_500, 0), Bench.STRANGER, 999);
        bench.pass(20);

        assertThat(bench.volumes()).isEmpty();
        assertThat(bench.conservation().refused()).isEqualTo(30_000);
        assertThat(bench.meter.snapshot().exporters())
                .filteredOn(h -> h.address().equals("192.0.2.99"))
                .singleElement()
                .satisfies(h -> assertThat(h.id()).isEmpty())
                .satisfies(h -> assertThat(h.records()).isEqualTo(20))
                .satisfies(h -> assertThat(h.templates()).hasSize(1));

        // Taken in: what comes from now on is booked, after the template it has sent already.
        var known = Bench.topology(ExporterKind.INGRESS, 1, false, false);
        var stranger = new tonle.traffic.topology.Exporter(
                "R1",
                "PNH",
                List.of(Bench.STRANGER),
                List.of(),
                ExporterKind.INGRESS,
                1,
                List.of(),
                false,
                false,
                300,
                false,
                "");
        bench.meter.use(
                new tonle.traffic.topology.Topology(
                        2, "test", known.sites(), known.members(), known.links(), List.of(stranger)),
                new Bench.Origins());
        bench.receive(bench.flows(bench.netflow9(), false, 10, 100, 0), Bench.STRANGER, 999);
        bench.pass(10);
        assertThat(bench.octets()).containsEntry("IX-ALPHA out alpha 15169", 1_000L);
    }

    @Test
    void trafficWithoutAMeteredLinkIsRejectedButTheInterfacesShowIt() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        encoder.begin(bench.now(), 1_000).template(Bench.FLOW);
        Bench.flow(
                encoder,
                Bench.NET_ABROAD,
                Bench.NET_ALPHA,
                Bench.PORT_FAR_END,
                Bench.PORT_UNKNOWN,
                5_000,
                bench.now(),
                bench.now());
        bench.receive(encoder.end());
        bench.leap(600);

        assertThat(bench.conservation().rejected()).isEqualTo(5_000);
        assertThat(bench.meter.snapshot().rejected()).containsOnly(Map.entry(Rejection.NO_METERED_LINK, 1L));
        assertThat(bench.interfaces())
                .extracting(r -> r.interfaceIndex() + r.link() + r.direction().key() + r.flowOctets())
                .containsExactlyInAnyOrder("4BACK-1in5000", "9noneout5000");
    }

    @Test
    void aPortNumberBeyondThirtyTwoBitsIsNoPortAndTouchesNoOthersRow() {
        Bench bench = new Bench();
        TemplateSpec wide = TemplateSpec.data(300)
                .field(Slot.SOURCE_IPV4_ADDRESS, 4)
                .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
                .field(Slot.INGRESS_INTERFACE, 8)
                .field(Slot.EGRESS_INTERFACE, 8)
                .field(Slot.OCTET_DELTA_COUNT, 8);
        Netflow9Encoder encoder = bench.netflow9();
        encoder.begin(bench.now(), 1_000_000).template(wide);
        for (int i = 0; i < 10; i++) {
            encoder.record(wide)
                    .address(Bench.NET_ABROAD)
                    .address(Bench.NET_ALPHA)
                    .number(5L << 32 | Bench.PORT_ABROAD)
                    .number(Bench.PORT_ALPHA)
                    .number(100);
        }
        bench.receive(encoder.end());
        bench.leap(700);
        assertThat(bench.interfaces())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.interfaceIndex()).isEqualTo(Bench.PORT_ALPHA));
        assertThat(bench.octets().keySet()).allMatch(key -> key.startsWith("IX-ALPHA out"));
        bench.conservation();
    }

    @Test
    void bothDirectionsOfABiflowAreBookedEachOnItsOwnLinks() {
        Bench bench = new Bench();
        IpfixEncoder encoder = new IpfixEncoder(bench.room, 1);
        TemplateSpec biflow = TemplateSpec.data(300)
                .field(Slot.SOURCE_IPV4_ADDRESS, 4)
                .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
                .field(Slot.INGRESS_INTERFACE, 4)
                .field(Slot.EGRESS_INTERFACE, 4)
                .field(Slot.OCTET_DELTA_COUNT, 4)
                .field(Slot.PACKET_DELTA_COUNT, 4)
                .field(Slot.REVERSE_OCTET_DELTA_COUNT, 4)
                .field(Slot.REVERSE_PACKET_DELTA_COUNT, 4);
        encoder.begin(bench.now()).template(biflow);
        for (int i = 0; i < 10; i++) {
            encoder.record(biflow)
                    .address(Bench.NET_ALPHA)
                    .address(Bench.NET_ABROAD)
                    .number(Bench.PORT_ALPHA)
                    .number(Bench.PORT_ABROAD)
                    .number(100)
                    .number(1)
                    .number(9_000)
                    .number(6);
        }
        bench.receive(encoder.end());
        bench.pass(10);

        assertThat(bench.octets())
                .containsOnly(
                        Map.entry("IX-ALPHA in alpha 15169", 1_000L),
                        Map.entry("ABROAD-1 out alpha 15169", 1_000L),
                        Map.entry("ABROAD-1 in alpha 15169", 90_000L),
                        Map.entry("IX-ALPHA out alpha 15169", 90_000L));
        assertThat(bench.conservation().decoded()).isEqualTo(91_000);
    }

    @Test
    void anExporterOfBothKindsBooksEachRecordOnItsOwnSideOnly() {
        Bench bench = new Bench();
        bench.meter.use(Bench.topology(ExporterKind.BOTH, 1, false, false), new Bench.Origins());
        TemplateSpec spec = Bench.FLOW.field(Slot.FLOW_DIRECTION, 1);
        Netflow9Encoder encoder = bench.netflow9();
        encoder.begin(bench.now(), 1_000).template(spec);
        for (int i = 0; i < 30; i++) {
            encoder.record(spec)
                    .address(Bench.NET_ABROAD)
                    .address(Bench.NET_ALPHA)
                    .number(Bench.PORT_ABROAD)
                    .number(Bench.PORT_ALPHA)
                    .number(17)
                    .number(i < 10 ? 50 : 60)
                    .number(1)
                    .number(bench.now())
                    .number(bench.now())
                    .number(i < 10 ? 0 : i < 20 ? 1 : 7);
        }
        bench.receive(encoder.end());
        bench.pass(10);

        assertThat(bench.octets())
                .containsOnly(Map.entry("ABROAD-1 in alpha 15169", 500L), Map.entry("IX-ALPHA out alpha 15169", 600L));
        assertThat(bench.conservation().rejected()).isEqualTo(600);
        assertThat(bench.alarms()).contains("exporter.direction-unknown");
    }

    @Test
    void droppedPacketsAreNotDeliveredTraffic() {
        Bench bench = new Bench();
        TemplateSpec spec = Bench.FLOW.field(Slot.FORWARDING_STATUS, 1);
        Netflow9Encoder encoder = bench.netflow9();
        encoder.begin(bench.now(), 1_000).template(spec);
        for (int status : new int[] {0b0100_0000, 0b1000_0001}) {
            encoder.record(spec)
                    .address(Bench.NET_ABROAD)
                    .address(Bench.NET_ALPHA)
                    .number(Bench.PORT_ABROAD)
                    .number(Bench.PORT_ALPHA)
                    .number(17)
                    .number(50)
                    .number(1)
                    .number(bench.now())
                    .number(bench.now())
                    .number(status);
        }
        bench.receive(encoder.end());

        assertThat(bench.conservation().rejected()).isEqualTo(50);
        assertThat(bench.meter.snapshot().rejected()).containsOnly(Map.entry(Rejection.NOT_DELIVERED, 1L));
    }

    @Test
    void conservationHoldsAtEveryTickWhateverComes() {
        for (long run = 1; run <= 6; run++) {
            RandomStream stream = new RandomStream(new Seed(run));
            stream.run(250);
            assertThat(stream.bench.meter.snapshot().conservation().decoded())
                    .as("seed %d", run)
                    .isEqualTo(stream.octetsSent);
        }
    }

    @Test
    void aFullStoreShedsTheOldestAndCountsIt() {
        MeterSettings small = new MeterSettings(
                java.util.Optional.empty(), "meter", 1, 1, 60, 86_400, 1_000, 50, 10, 16, 16, 65_536, 65_536, 60);
        Bench bench = new Bench(small);
        bench.sinkTakes = false;
        Netflow9Encoder encoder = bench.netflow9();
        for (int i = 0; i < 100; i++) {
            bench.receive(bench.flows(encoder, i == 0, 10, 100, 0));
            bench.pass(1);
        }
        var full = bench.conservation();
        assertThat(full.booked()).isZero();
        assertThat(full.refused()).isPositive();
        assertThat(bench.meter.snapshot().shedRows()).isPositive();

        bench.sinkTakes = true;
        bench.leap(3_600);
        var after = bench.conservation();
        assertThat(after.booked() + after.refused()).isEqualTo(100_000);
        assertThat(bench.batches).extracting(b -> b.sequence()).isSorted();
    }

    @Test
    void whatIsHandedOverIsUnderWayUntilItIsDurableOrSetAside() {
        List<Delivery> told = new java.util.ArrayList<>();
        Bench bench = new Bench(MeterSettings.DEFAULT, new BatchSink() {
            @Override
            public boolean offer(tonle.traffic.store.VolumeBatch batch) {
                throw new AssertionError("a queue is offered batches with their delivery");
            }

            @Override
            public boolean offer(tonle.traffic.store.VolumeBatch batch, Delivery delivery) {
                return batch.volumes().isEmpty() || told.add(delivery);
            }
        });
        Netflow9Encoder encoder = bench.netflow9();
        for (int i = 0; i < 2; i++) {
            bench.receive(bench.flows(encoder, i == 0, 10, 100, 0));
            bench.leap(3_600);
        }
        assertThat(told).hasSize(2);
        var sent = bench.conservation();
        assertThat(sent.booked()).isZero();
        assertThat(sent.underWay()).isEqualTo(2_000);

        told.getFirst().written();
        told.getLast().setAside();
        var ended = bench.conservation();
        assertThat(ended.booked()).isEqualTo(1_000);
        assertThat(ended.setAside()).isEqualTo(1_000);
        assertThat(ended.underWay()).isZero();
    }

    @Test
    void aBinWithoutRoomMergesIntoOtherAndLosesNothing() {
        MeterSettings small = new MeterSettings(
                java.util.Optional.empty(), "meter", 1, 1, 60, 86_400, 16, 5_000, 10, 16, 16, 65_536, 65_536, 60);
        Bench bench = new Bench(small);
        Netflow9Encoder encoder = bench.netflow9();
        TemplateSpec spec = Bench.FLOW.field(Slot.BGP_SOURCE_AS_NUMBER, 4);
        for (int i = 0; i < 50; i++) {
            encoder.begin(bench.now(), 1_000 + i).template(spec);
            for (int k = 0; k < 12; k++) {
                encoder.record(spec)
                        .address(tonle.base.Network.ofIpv4(0xC00000))
                        .address(Bench.NET_ALPHA)
                        .number(Bench.PORT_ABROAD)
                        .number(Bench.PORT_ALPHA)
                        .number(17)
                        .number(50)
                        .number(1)
                        .number(bench.now())
                        .number(bench.now())
                        .number(1_000 + i);
            }
            bench.receive(encoder.end());
        }
        bench.leap(3_600);

        assertThat(bench.octetsByBin("ABROAD-1").values()).containsExactly(30_000L);
        assertThat(bench.octets()).containsKey("ABROAD-1 in other -1");
        assertThat(bench.meter.snapshot().mergedByBound()).isPositive();
        bench.conservation();
    }

    @Test
    void stoppingWritesWhatMayLeaveAndCountsWhatIsHeldBack() {
        Bench bench = new Bench();
        bench.receive(bench.flows(bench.netflow9(), true, 25, 100, 0));
        bench.clock.advanceMillis(1_000);
        bench.receive(bench.flows(bench.netflow9(), false, 4, 100, 0));
        bench.meter.stop();

        assertThat(bench.volumes())
                .filteredOn(r -> r.direction() == Direction.IN)
                .hasSize(1);
        var c = bench.meter.snapshot().conservation();
        assertThat(c.holds()).isTrue();
        assertThat(c.booked()).isEqualTo(2_900);
        assertThat(bench.meter.snapshot().heldFlows()).isZero();
    }
}
