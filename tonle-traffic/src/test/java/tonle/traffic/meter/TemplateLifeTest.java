// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.DeviceAddress;
import tonle.traffic.exporter.ExporterHealth;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.Topology;
import tonle.wire.Fault;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.IpfixEncoder;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.TemplateSpec;

class TemplateLifeTest {
    @TempDir
    Path folder;

    private static long booked(Bench bench) {
        bench.pass(10);
        return bench.octetsByBin("IX-ALPHA").values().stream().mapToLong(o -> o).sum();
    }

    @Test
    void dataBeforeItsTemplateWaitsOffTheHeapAndIsBookedLate() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        for (int i = 0; i < 5; i++) {
            bench.receive(bench.flows(encoder, false, 10, 100, 0));
        }
        assertThat(bench.health().waitingSets()).isEqualTo(5);
        assertThat(bench.meter.isWaitingRoomEmpty()).isFalse();
        assertThat(booked(bench)).isZero();

        bench.receive(bench.flows(encoder, true, 10, 100, 0));
        assertThat(booked(bench)).isEqualTo(6_000);
        assertThat(bench.health().waitingSets()).isZero();
        assertThat(bench.meter.isWaitingRoomEmpty()).isTrue();
        bench.conservation();
    }

    @Test
    void whatWaitsTooLongOrTooMuchIsLetGoCountedAndZeroed() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        for (int i = 0; i < 4_000; i++) {
            bench.receive(bench.flows(encoder, false, 10, 100, 0));
        }
        // 490 octets a set: the session's million octets hold 2,139.
        assertThat(bench.health().waitingSets()).isBetween(2_000L, 2_200L);
        assertThat(bench.health().waitingDropped()).isGreaterThan(1_800);
        bench.leap(2_000);
        assertThat(bench.health().waitingSets()).isZero();
        assertThat(bench.health().waitingDropped()).isEqualTo(4_000);
        assertThat(bench.meter.isWaitingRoomEmpty()).isTrue();
        assertThat(bench.alarms()).contains("exporter.waiting-dropped");
    }

    @Test
    void aRouterThatChangesItsPortKeepsItsTemplatesAndIsFlagged() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        bench.receive(bench.flows(encoder, true, 10, 100, 0), Bench.ROUTER, 1_111);
        bench.receive(bench.flows(encoder, false, 10, 100, 0), Bench.ROUTER, 2_222);
        assertThat(booked(bench)).isEqualTo(2_000);
        assertThat(bench.alarms()).contains("exporter.template-other-port");
    }

    @Test
    void setsThatWaitOnOnePortAreReadAfterATemplateOfAnother() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        bench.receive(bench.flows(encoder, false, 10, 100, 0), Bench.ROUTER, 2_222);
        bench.receive(bench.flows(encoder, true, 0, 100, 0), Bench.ROUTER, 1_111);
        assertThat(booked(bench)).isEqualTo(1_000);
    }

    @Test
    void theOwnTemplateOfAPortComesBeforeThatOfAnother() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        bench.receive(bench.flows(encoder, true, 10, 100, 0), Bench.ROUTER, 1_111);
        // Another line card: the same domain and id, but octets and packets the other way round.
        TemplateSpec other = TemplateSpec.data(256)
                .field(Slot.SOURCE_IPV4_ADDRESS, 4)
                .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
                .field(Slot.INGRESS_INTERFACE, 4)
                .field(Slot.EGRESS_INTERFACE, 4)
                .field(Slot.PACKET_DELTA_COUNT, 8)
                .field(Slot.OCTET_DELTA_COUNT, 8);
        encoder.begin(bench.now(), 10_000).template(other);
        for (int i = 0; i < 10; i++) {
            encoder.record(other)
                    .address(Bench.NET_ABROAD)
                    .address(Bench.NET_ALPHA)
                    .number(Bench.PORT_ABROAD)
                    .number(Bench.PORT_ALPHA)
                    .number(3)
                    .number(7_000);
        }
        bench.receive(encoder.end(), Bench.ROUTER, 2_222);
        bench.receive(bench.flows(encoder, false, 10, 100, 0), Bench.ROUTER, 1_111);
        assertThat(booked(bench)).isEqualTo(72_000);
    }

    @Test
    void aRestartDropsTheTemplatesOfItsSession() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        encoder.begin(bench.now(), 900_000_000).template(Bench.FLOW);
        bench.receive(encoder.end());
        bench.leap(120);
        encoder.sequence(0);
        encoder.begin(bench.now(), 30_000);
        Bench.flow(encoder, Bench.NET_ABROAD, Bench.NET_ALPHA, 1, 2, 100, bench.now(), bench.now());
        bench.receive(encoder.end());

        assertThat(bench.health().restarts()).isEqualTo(1);
        assertThat(bench.health().waitingSets()).isEqualTo(1);
        assertThat(bench.health().lost()).isZero();
    }

    @Test
    void aSetThatWaitedAndTellsOfARestartLeavesTheOthersWithoutTheirTemplate() {
        Bench bench = new Bench();
        TemplateSpec spec = TemplateSpec.options(300, 1)
                .field(Slot.OBSERVATION_DOMAIN_ID, 4)
                .field(Slot.SYSTEM_INIT_TIME_MILLISECONDS, 8);
        IpfixEncoder encoder = new IpfixEncoder(MemorySegment.ofArray(new byte[1_400]), 7);
        for (long initMillis : new long[] {1_000_000, 9_000_000, 9_000_000}) {
            encoder.begin(bench.now()).record(spec).number(7).number(initMillis);
            bench.receive(encoder.end());
        }
        assertThat(bench.health().waitingSets()).isEqualTo(3);

        bench.receive(encoder.begin(bench.now()).template(spec).end());
        assertThat(bench.health().waitingSets()).isZero();
        assertThat(bench.health().waitingDropped()).isEqualTo(1);
        assertThat(bench.meter.isWaitingRoomEmpty()).isTrue();
        bench.conservation();
    }

    /** As a Huawei device of the reference data does: two minutes back within a quarter, its sequence going on. */
    @Test
    void cardsThatCountUptimeEachForItselfAreNoRestart() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        encoder.begin(bench.now(), 3_872_245_664L).template(Bench.FLOW);
        bench.receive(encoder.end());
        bench.leap(16);
        encoder.begin(bench.now(), 3_872_132_129L);
        Bench.flow(encoder, Bench.NET_ABROAD, Bench.NET_ALPHA, 1, 2, 100, bench.now(), bench.now());
        bench.receive(encoder.end());

        assertThat(bench.health().restarts()).isZero();
        assertThat(bench.health().records()).isEqualTo(1);
    }

    @Test
    void anUptimeThatWrapsAfterFiftyDaysIsNoRestart() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        encoder.begin(bench.now(), 0xFFFF_F000L).template(Bench.FLOW);
        bench.receive(encoder.end());
        encoder.begin(bench.now(), 5_000);
        bench.receive(encoder.end());
        assertThat(bench.health().restarts()).isZero();
        assertThat(bench.health().templates()).hasSize(1);
    }

    @Test
    void anExporterThatFlipsItsDefinitionsIsReadRightAndFlagged() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        TemplateSpec flipped = TemplateSpec.data(256)
                .field(Slot.OCTET_DELTA_COUNT, 4)
                .field(Slot.EGRESS_INTERFACE, 2)
                .field(Slot.INGRESS_INTERFACE, 2);
        for (int i = 0; i < 1_000; i++) {
            if (i % 2 == 0) {
                bench.receive(bench.flows(encoder, true, 1, 100, 0));
            } else {
                encoder.begin(bench.now(), 1_000_000).template(flipped);
                encoder.record(flipped).number(50).number(Bench.PORT_ALPHA).number(Bench.PORT_ABROAD);
                bench.receive(encoder.end());
            }
        }
        assertThat(booked(bench)).isEqualTo(500 * 150);
        assertThat(bench.health().templates()).hasSize(1);
        assertThat(bench.alarms()).contains("exporter.flip-flop");
    }

    @Test
    void templatesPastTheBoundAreRefusedAndCounted() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        for (int id = 300; id < 2_000; id++) {
            encoder.begin(bench.now(), 10_000).template(TemplateSpec.data(id).field(Slot.OCTET_DELTA_COUNT, 4));
            bench.receive(encoder.end());
        }
        assertThat(bench.health().templates()).hasSize(1_024);
        assertThat(bench.health().refusedTemplates()).isEqualTo(1_700 - 1_024);
    }

    @Test
    void templatesWithElementsOfPeopleRaiseAnAlarmOrAreRefusedByPolicy() {
        Bench bench = new Bench();
        TemplateSpec spec = Bench.FLOW.field(0, 371, 16);
        Netflow9Encoder encoder = bench.netflow9();
        MemorySegment name = Arena.ofAuto().allocateFrom("sok.dara");
        for (boolean refuses : new boolean[] {false, true}) {
            bench.meter.use(Bench.topology(ExporterKind.INGRESS, 1, false, refuses), new Bench.Origins());
            encoder.begin(bench.now(), 10_000).template(spec);
            for (int i = 0; i < 10; i++) {
                encoder.record(spec)
                        .address(Bench.NET_ABROAD)
                        .address(Bench.NET_ALPHA)
                        .number(Bench.PORT_ABROAD)
                        .number(Bench.PORT_ALPHA)
                        .number(6)
                        .number(100)
                        .number(1)
                        .number(bench.now())
                        .number(bench.now())
                        .octets(name);
            }
            bench.receive(encoder.end());
        }
        // Only what came before the policy.
        assertThat(booked(bench)).isEqualTo(1_000);
        assertThat(bench.health().refusedTemplates()).isEqualTo(1);
        assertThat(bench.health().alarms())
                .filteredOn(a -> a.key().equals("exporter.personal-elements"))
                .singleElement()
                .satisfies(a -> assertThat(a.arguments()).containsExactly("1", "371"));
        assertThat(bench.meter.isWaitingRoomEmpty()).isTrue();
    }

    @Test
    void aRestartOfOursLosesNoRecordAndSaysWhatIsOnlyRemembered() throws IOException {
        MeterSettings settings = MeterSettings.DEFAULT.rememberingIn(folder);
        Bench first = new Bench(settings);
        first.receive(first.flows(first.netflow9(), true, 10, 100, 0));
        first.meter.stop();
        Path file = folder.resolve("exporter-memory-0.txt");
        assertThat(Files.readString(file))
                .startsWith("tonle-exporter-memory 1\nsource 192.0.2.1 ")
                .contains("template netflow9 2055 7 256 data 0 8:4 12:4 10:4 14:4 4:1 1:8 2:8 152:8 153:8");

        Bench second = new Bench(settings);
        second.receive(second.flows(second.netflow9(), false, 10, 100, 0));
        assertThat(booked(second)).isEqualTo(1_000);
        assertThat(second.health().templates()).singleElement().satisfies(t -> {
            assertThat(t.remembered()).isTrue();
            assertThat(t.records()).isEqualTo(10);
        });
        second.receive(second.flows(second.netflow9(), true, 0, 100, 0));
        assertThat(second.health().templates())
                .singleElement()
                .extracting(ExporterHealth.TemplateLine::remembered)
                .isEqualTo(false);
    }

    @Test
    void aDamagedMemoryCostsOnlyItsBadLines() throws IOException {
        Files.writeString(folder.resolve("exporter-memory-3.txt"), """
                tonle-exporter-memory 1
                nonsense
                source 192.0.2.1 1767225000
                template netflow9 2055 7 256 data 0 8:4 12:4 10:4 14:4 4:1 1:8 2:8 152:8 153:8
                template netflow9 2055 7 257 data 0 8:x
                template netflow9 2055 7 258 data 0 8:0
                template nothing 2055 7 259 data 0 8:4
                template netflow9
                rate netflow9 7 -1 100 1 1767225000000
                rate netflow9 7 zwei
                source 999.0.2.1 1767225000
                source 192.0.2.2 1000
                """);
        Files.write(folder.resolve("exporter-memory-4.txt"), new byte[] {1, 2, 3});
        Bench bench = new Bench(MeterSettings.DEFAULT.rememberingIn(folder));
        bench.receive(bench.flows(bench.netflow9(), false, 10, 100, 0));
        assertThat(booked(bench)).isEqualTo(100_000);
    }

    @Test
    void templatesOfAConnectionEndWithItAndItsDamageClosesIt() {
        Bench bench = new Bench();
        IpfixEncoder encoder = new IpfixEncoder(bench.room, 9);
        StreamId one = new StreamId(1, Bench.ROUTER, 40_000, "R1");
        encoder.begin(bench.now()).template(Bench.FLOW);
        for (int i = 0; i < 10; i++) {
            encoder.record(Bench.FLOW)
                    .address(Bench.NET_ABROAD)
                    .address(Bench.NET_ALPHA)
                    .number(Bench.PORT_ABROAD)
                    .number(Bench.PORT_ALPHA)
                    .number(6)
                    .number(100)
                    .number(1)
                    .number(bench.now())
                    .number(bench.now());
        }
        assertThat(bench.meter.stream(encoder.end(), one, bench.now())).isTrue();
        assertThat(booked(bench)).isEqualTo(1_000);
        assertThat(bench.health().templates()).hasSize(1);

        encoder.begin(bench.now()).withdraw(256, false);
        assertThat(bench.meter.stream(encoder.end(), one, bench.now())).isTrue();
        assertThat(bench.health().templates()).isEmpty();

        MemorySegment damaged = Arena.ofAuto().allocate(16);
        damaged.set(java.lang.foreign.ValueLayout.JAVA_SHORT, 0, (short) 0x0A00);
        assertThat(bench.meter.stream(damaged, one, bench.now())).isFalse();
        bench.meter.streamEnded(one);
        assertThat(bench.health().faults()).containsKey(Fault.MESSAGE_LENGTH_MISMATCH);
    }

    @Test
    void aCertificateSpeaksForItsConnectionAndForNothingElseFromItsAddress() {
        Bench bench = new Bench();
        StreamId stream = new StreamId(1, Bench.STRANGER, 40_000, "R1");
        IpfixEncoder encoder = new IpfixEncoder(bench.room, 9);
        encoder.begin(bench.now()).template(Bench.FLOW);
        for (int i = 0; i < 10; i++) {
            encoder.record(Bench.FLOW)
                    .address(Bench.NET_ABROAD)
                    .address(Bench.NET_ALPHA)
                    .number(Bench.PORT_ABROAD)
                    .number(Bench.PORT_ALPHA)
                    .number(6)
                    .number(100)
                    .number(1)
                    .number(bench.now())
                    .number(bench.now());
        }
        assertThat(bench.meter.stream(encoder.end(), stream, bench.now())).isTrue();
        // The same address without the certificate: by UDP, and by a connection in the clear.
        bench.receive(bench.flows(bench.netflow9(), true, 10, 700, 0), Bench.STRANGER, 2_055);
        assertThat(booked(bench)).isEqualTo(1_000);
        assertThat(bench.conservation().refused()).isEqualTo(7_000);
        assertThat(bench.meter.snapshot().exporters())
                .extracting(h -> h.id() + "@" + h.address())
                .containsExactlyInAnyOrder("R1@192.0.2.99", "@192.0.2.99");
        bench.meter.streamEnded(stream);
        assertThat(bench.health().templates()).isEmpty();
    }

    @Test
    void aStrangerKeepsLittleHoweverMuchItSends() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        MemorySegment damaged = Arena.ofAuto().allocate(30);
        for (int i = 0; i < 400; i++) {
            encoder.begin(bench.now(), 1_000_000)
                    .template(TemplateSpec.data(256 + i).field(Slot.OCTET_DELTA_COUNT, 8));
            MemorySegment datagram = encoder.end();
            bench.receive(datagram, Bench.STRANGER, 2_000 + i / 100);
            bench.receive(datagram, Bench.ROUTER, 2_000);
            damaged.set(java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) (i % 2 == 0 ? 0x0500 : 0x0A00));
            bench.receive(damaged, Bench.STRANGER, 2_000);
            bench.receive(damaged, Bench.ROUTER, 2_000);
            bench.pass(1);
        }
        ExporterHealth stranger = bench.meter.snapshot().exporters().stream()
                .filter(h -> h.id().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(stranger.templates()).hasSizeBetween(100, 384);
        assertThat(stranger.refusedTemplates()).isPositive();
        assertThat(bench.health().templates()).hasSize(400);
        assertThat(bench.meter.snapshot().badDatagrams())
                .filteredOn(b -> b.address().equals("192.0.2.99"))
                .hasSize(2);
        assertThat(bench.meter.snapshot().badDatagrams())
                .filteredOn(b -> b.address().equals("192.0.2.1"))
                .hasSizeGreaterThan(2);
    }

    @Test
    void anAddressThatWasTakenFromAnExporterIsAStrangersAgain() {
        Bench bench = new Bench();
        bench.receive(bench.flows(bench.netflow9(), true, 10, 100, 0));
        Topology topology = Bench.topology(ExporterKind.INGRESS, 1, false, false);
        Exporter moved = new Exporter(
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
                new Topology(2, "test", topology.sites(), topology.members(), topology.links(), List.of(moved)),
                new Bench.Origins());
        bench.receive(bench.flows(bench.netflow9(), true, 10, 100, 0));
        assertThat(booked(bench)).isEqualTo(1_000);
        assertThat(bench.conservation().refused()).isEqualTo(1_000);
        bench.receive(bench.flows(bench.netflow9(), true, 10, 100, 0), Bench.STRANGER, 2_055);
        assertThat(booked(bench)).isEqualTo(2_000);
    }

    @Test
    void aFloodOfUnknownSourcesStaysWithinItsBoundAndIsCounted() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        MemorySegment datagram = bench.flows(encoder, true, 3, 100, 0);
        for (int i = 0; i < 20_000; i++) {
            bench.receive(datagram, DeviceAddress.ofIpv4(0x0B00_0000 + i), i & 0xFFFF);
        }
        bench.receive(bench.flows(encoder, true, 10, 100, 0));
        bench.pass(2);

        assertThat(bench.meter.snapshot().exporters()).hasSize(1_025);
        assertThat(bench.meter.snapshot().refusedSourceDatagrams()).isEqualTo(20_000 - 1_024);
        assertThat(booked(bench)).isEqualTo(1_000);
        bench.conservation();

        // Once the flood is over, unknown devices are heard again.
        bench.leap(700);
        bench.receive(datagram, Bench.STRANGER, 1);
        bench.pass(2);
        assertThat(bench.meter.snapshot().exporters())
                .extracting(ExporterHealth::address)
                .contains("192.0.2.99");
    }

    @Test
    void aFloodOfStrangersPushesNoWaitingDataOfAnExporterOut() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        bench.receive(bench.flows(encoder, false, 10, 100, 0));
        long before = bench.health().waitingSets();
        assertThat(before).isPositive();
        // 28 MiB and 20,000 sets of data that nobody can read: more than all rooms of the worker hold.
        for (int i = 0; i < 20_000; i++) {
            bench.receive(
                    bench.flows(encoder, false, 40, 100, 0), DeviceAddress.ofIpv4(0x0B00_0000 + i % 1_000), 2_055);
        }
        assertThat(bench.health().waitingSets()).isEqualTo(before);
        assertThat(bench.health().waitingDropped()).isZero();

        bench.receive(bench.flows(encoder, true, 0, 100, 0));
        assertThat(booked(bench)).isEqualTo(1_000);
    }

    @Test
    void whatAStrangerSentWaitsForItsTemplateAlsoOnceItIsTakenIn() {
        Bench bench = new Bench();
        Netflow9Encoder encoder = bench.netflow9();
        bench.receive(bench.flows(encoder, false, 10, 100, 0), Bench.STRANGER, 2_055);
        Topology topology = Bench.topology(ExporterKind.INGRESS, 1, false, false);
        Exporter taken = new Exporter(
                "R1",
                "PNH",
                List.of(Bench.ROUTER, Bench.STRANGER),
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
                new Topology(2, "test", topology.sites(), topology.members(), topology.links(), List.of(taken)),
                new Bench.Origins());
        bench.receive(bench.flows(encoder, false, 10, 100, 0), Bench.STRANGER, 2_055);
        bench.receive(bench.flows(encoder, true, 0, 100, 0), Bench.STRANGER, 2_055);
        assertThat(booked(bench)).isEqualTo(2_000);
        assertThat(bench.meter.isWaitingRoomEmpty()).isTrue();
    }

    @Test
    void sessionsOfOneAddressAreBounded() {
        Bench bench = new Bench();
        for (int port = 1; port < 5_000; port++) {
            bench.receive(bench.flows(bench.netflow9(), true, 0, 100, 0), Bench.ROUTER, port);
        }
        assertThat(bench.health().templates()).hasSize(256);
        assertThat(bench.alarms()).contains("exporter.refused-sessions");
    }

    @Test
    void damageIsCountedByFaultWithOneSampleAMinute() {
        Bench bench = new Bench();
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            MemorySegment whole = bench.flows(bench.netflow9(), true, 5, 100, 0);
            MemorySegment longer = bench.room.asSlice(0, whole.byteSize() + 4);
            longer.set(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, whole.byteSize(), -1);
            bench.receive(longer);
            sizes.add(longer.byteSize());
            bench.pass(1);
        }
        assertThat(bench.health().faults()).containsEntry(Fault.SET_LENGTH_INVALID, 100L);
        MeterGroup group = new MeterGroup(List.of(bench.meter), DropCounts.NONE);
        assertThat(group.badDatagrams("192.0.2.1")).hasSize(2).allSatisfy(bad -> {
            assertThat(bad.fault()).isEqualTo(Fault.SET_LENGTH_INVALID);
            assertThat((long) bad.sizeOctets()).isEqualTo(sizes.getFirst());
            assertThat(bad.dissection()).isNotBlank();
        });
        assertThat(group.conservation().holds()).isTrue();
        assertThat(group.exporters()).hasSize(1);
    }
}
