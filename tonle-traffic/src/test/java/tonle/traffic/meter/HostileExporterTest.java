// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.base.power.Seed;
import tonle.traffic.exporter.ExporterHealth;
import tonle.wire.Fault;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.IpfixEncoder;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.TemplateSpec;

/** Exporters that are broken or forged, taken in or not: read to the end, counted, and what is kept has its bound. */
class HostileExporterTest {
    private static final int FIELD_OCTETS = 4;
    private static final long FIELDS_MAX = 262_144;

    private final Bench bench = new Bench();

    private static MemorySegment hex(String text) {
        String digits = text.lines().filter(l -> !l.startsWith("#")).reduce("", String::concat);
        return MemorySegment.ofArray(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /** The datagram that stops another collector: data after a template whose records have no octets. */
    @Test
    void aTemplateOfLengthZeroIsReadToItsEndHoweverOftenItComes() {
        MemorySegment netflow9 = hex("""
                # version 9, 2 records; template 256 of one field of no octets; 12 octets of data after it
                00090002 000f4240 69558480 00000001 00000007
                0000000c 01000001 00010000
                01000010 000000000000000000000000
                """);
        MemorySegment withdrawnAndUsed = hex("""
                # version 10, 40 octets; template 256 withdrawn (field count 0); data after it
                000a0028 69558480 00000001 00000007
                00020008 01000000
                01000010 000000000000000000000000
                """);
        for (int i = 0; i < 6_000; i++) {
            bench.receive(i % 2 == 0 ? netflow9 : withdrawnAndUsed, i % 3 == 0 ? Bench.STRANGER : Bench.ROUTER, 2_055);
        }
        ExporterHealth health = bench.health();
        assertThat(health.faults()).containsEntry(Fault.TEMPLATE_EMPTY, 2_000L);
        assertThat(health.records()).isZero();
        assertThat(health.templates()).isEmpty();
        // Nobody can know that their template will never be whole: they wait, within the room's bound, and go.
        assertThat(health.waitingSets()).isLessThanOrEqualTo(16_384);
        assertThat(bench.conservation().decoded()).isZero();
        bench.leap(3_600);
        assertThat(bench.meter.isWaitingRoomEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"65535, TEMPLATE_TRUNCATED", "16000, TEMPLATE_TOO_LARGE"})
    void aTemplateOfMoreFieldsThanAnyDeviceHasIsRefusedAndTheNextDatagramIsRead(int claimed, Fault fault) {
        int fields = 16_000;
        MemorySegment datagram = Arena.ofAuto().allocate(20 + 8 + (long) fields * FIELD_OCTETS);
        MemorySegment head = hex("00090001 000f4240 69558480 00000001 00000007 0000%04x 0100%04x"
                .formatted(8 + fields * FIELD_OCTETS, claimed));
        MemorySegment.copy(head, 0, datagram, 0, head.byteSize());
        for (long at = head.byteSize(); at < datagram.byteSize(); at += FIELD_OCTETS) {
            MemorySegment.copy(hex("00010004"), 0, datagram, at, FIELD_OCTETS);
        }
        for (int i = 0; i < 200; i++) {
            bench.receive(datagram);
        }
        bench.receive(bench.flows(bench.netflow9(), true, 10, 1_000, 0));
        assertThat(bench.health().faults()).containsExactly(Map.entry(fault, 200L));
        assertThat(bench.health().templates()).hasSize(1);
        assertThat(bench.conservation().decoded()).isEqualTo(10_000);
    }

    /** Templates as large as they may be, as many as there are ids, from many ports: an address can be forged. */
    @Test
    void theTemplatesOfOneDeviceTakeABoundedRoom() {
        MemorySegment room = Arena.ofAuto().allocate(65_535);
        for (int id = 256; id < 556; id++) {
            TemplateSpec spec = TemplateSpec.data(id);
            for (int field = 0; field < 1_000; field++) {
                spec = spec.field(0, 400 + (field + id) % 100, 1);
            }
            Netflow9Encoder encoder = new Netflow9Encoder(room, 1);
            MemorySegment datagram =
                    encoder.begin(bench.now(), 1_000_000).template(spec).end();
            for (int port = 0; port < 4; port++) {
                bench.receive(datagram, Bench.ROUTER, 3_000 + port);
            }
        }
        ExporterHealth health = bench.health();
        assertThat(health.templates().stream()
                        .mapToLong(t -> 32 + t.fieldCount())
                        .sum())
                .isBetween(FIELDS_MAX - 1_032, FIELDS_MAX);
        assertThat(health.refusedTemplates())
                .isEqualTo(1_200 - health.templates().size());
        assertThat(health.alarms()).anyMatch(a -> a.key().equals("exporter.refused-templates"));
        // What is known may be said again.
        Netflow9Encoder encoder = new Netflow9Encoder(room, 1);
        TemplateSpec again = TemplateSpec.data(256).field(Slot.OCTET_DELTA_COUNT, 4);
        encoder.begin(bench.now(), 1_000_000).template(again);
        encoder.record(again).number(77);
        bench.receive(encoder.end(), Bench.ROUTER, 3_000);
        assertThat(bench.conservation().decoded()).isEqualTo(77);
    }

    @Test
    void definitionsThatFlipInEachDatagramTakeNoMoreRoomThanOne() {
        TemplateSpec[] specs = new TemplateSpec[2];
        for (int i = 0; i < 2; i++) {
            specs[i] = TemplateSpec.data(300)
                    .field(Slot.SOURCE_IPV4_ADDRESS, 4)
                    .field(Slot.INGRESS_INTERFACE, i == 0 ? 2 : 4)
                    .field(Slot.OCTET_DELTA_COUNT, i == 0 ? 4 : 8);
            for (int field = 0; field < 200; field++) {
                specs[i] = specs[i].field(0, 400 + field % 100, 1 + i);
            }
        }
        long octets = 0;
        IpfixEncoder encoder = new IpfixEncoder(bench.room, 3);
        for (int i = 0; i < 5_000; i++) {
            encoder.begin(bench.now()).template(specs[i % 2]);
            var record = encoder.record(specs[i % 2])
                    .address(Bench.NET_ABROAD)
                    .number(Bench.PORT_ABROAD)
                    .number(i);
            for (int field = 0; field < 200; field++) {
                record.number(1);
            }
            bench.receive(encoder.end(), Bench.ROUTER, 4_739);
            octets += i;
        }
        assertThat(bench.health().templates()).hasSize(1);
        assertThat(bench.health().refusedTemplates()).isZero();
        assertThat(bench.health().waitingSets()).isZero();
        assertThat(bench.conservation().decoded()).isEqualTo(octets);
        assertThat(bench.alarms()).contains("exporter.flip-flop");
    }

    @Test
    void aClockThatJumpsByYearsAtEachMessageIsBookedOrRejectedAndNeverFillsBins() {
        Seed seed = new Seed(9);
        long octets = 0;
        for (int i = 0; i < 5_000; i++) {
            long years = seed.below(41) - 20;
            long exporterMillis = Math.clamp(bench.now() + years * 365 * 86_400_000L, 1_000_000, 0xFFFF_FFFFL * 1_000);
            Netflow9Encoder encoder = bench.netflow9();
            encoder.begin(exporterMillis, 1_000_000).template(Bench.FLOW);
            Bench.flow(
                    encoder,
                    Bench.NET_ABROAD,
                    Bench.NET_ALPHA,
                    Bench.PORT_ABROAD,
                    Bench.PORT_ALPHA,
                    1_000,
                    exporterMillis - 60_000,
                    exporterMillis);
            bench.receive(encoder.end());
            octets += 1_000;
            bench.pass(i % 10 == 0 ? 1 : 0);
        }
        assertThat(bench.conservation().decoded()).isEqualTo(octets);
        assertThat(bench.meter.snapshot().rejected()).containsOnlyKeys(Rejection.TIME_OUT_OF_RANGE);
        // Open bins of half an hour and two minutes, corrections of 32 more: no bin for each year.
        long bins = bench.volumes().stream()
                .mapToLong(r -> r.binSeconds())
                .distinct()
                .count();
        assertThat(bins).isLessThan(24 * 12 + 2);
        assertThat(bench.volumes())
                .allSatisfy(r -> assertThat(Math.abs(r.binSeconds() * 1_000 - bench.now()))
                        .isLessThan(86_400_000 + 600_000));
    }
}
