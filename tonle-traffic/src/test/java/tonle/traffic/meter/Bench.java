// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.base.DeviceAddress;
import tonle.base.Network;
import tonle.base.Prefix;
import tonle.testkit.SettableClock;
import tonle.traffic.exporter.Conservation;
import tonle.traffic.exporter.ExporterHealth;
import tonle.traffic.store.InterfaceRow;
import tonle.traffic.store.VolumeBatch;
import tonle.traffic.store.VolumeRow;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.RateOverride;
import tonle.traffic.topology.Site;
import tonle.traffic.topology.Topology;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.TemplateSpec;

/** A meter on a test bench: one gateway with an international link and two members' ports, a sink, a clock. */
final class Bench {
    /** 2026-01-01T00:00:00Z, the start of a bin. */
    static final long START_MILLIS = 1_767_225_600_000L;

    static final int PORT_ABROAD = 1;
    static final int PORT_ALPHA = 2;
    static final int PORT_BETA = 3;
    static final int PORT_FAR_END = 4;
    static final int PORT_UNKNOWN = 9;
    static final DeviceAddress ROUTER = DeviceAddress.parse("192.0.2.1").orElseThrow();
    static final DeviceAddress STRANGER = DeviceAddress.parse("192.0.2.99").orElseThrow();
    /** Behind member alpha, AS 64500. */
    static final long NET_ALPHA = Network.ofIpv4(0x0A0A01);
    /** Behind member beta, AS 64501. */
    static final long NET_BETA = Network.ofIpv6(0x2001_0db8_0b01L);
    /** Abroad, AS 15169. */
    static final long NET_ABROAD = Network.ofIpv4(0x080808);

    static final TemplateSpec FLOW = TemplateSpec.data(256)
            .field(Slot.SOURCE_IPV4_ADDRESS, 4)
            .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
            .field(Slot.INGRESS_INTERFACE, 4)
            .field(Slot.EGRESS_INTERFACE, 4)
            .field(Slot.PROTOCOL_IDENTIFIER, 1)
            .field(Slot.OCTET_DELTA_COUNT, 8)
            .field(Slot.PACKET_DELTA_COUNT, 8)
            .field(Slot.FLOW_START_MILLISECONDS, 8)
            .field(Slot.FLOW_END_MILLISECONDS, 8);

    final SettableClock clock = new SettableClock(START_MILLIS);
    final List<VolumeBatch> batches = new ArrayList<>();
    final MemorySegment room = Arena.ofAuto().allocate(9_000);
    final Meter meter;
    boolean sinkTakes = true;

    Bench() {
        this(MeterSettings.DEFAULT);
    }

    Bench(MeterSettings settings) {
        this(settings, null);
    }

    /** @param sink or {@code null}: the bench collects the batches itself */
    Bench(MeterSettings settings, BatchSink sink) {
        meter = new Meter(0, settings, clock, sink == null ? this::offer : sink);
        meter.use(topology(ExporterKind.INGRESS, 1, false, false), new Origins());
    }

    private boolean offer(VolumeBatch batch) {
        if (sinkTakes) {
            batches.add(batch);
        }
        return sinkTakes;
    }

    static Topology topology(ExporterKind kind, long defaultRate, boolean scalesItself, boolean refusesPersonal) {
        return topology(kind, defaultRate, scalesItself, refusesPersonal, List.of());
    }

    static Topology topology(
            ExporterKind kind,
            long defaultRate,
            boolean scalesItself,
            boolean refusesPersonal,
            List<RateOverride> overrides) {
        Exporter router = new Exporter(
                "R1",
                "PNH",
                List.of(ROUTER),
                List.of(),
                kind,
                defaultRate,
                overrides,
                scalesItself,
                false,
                300,
                refusesPersonal,
                "");
        return new Topology(
                1,
                "test",
                List.of(new Site("PNH", "Phnom Penh", "ភ្នំពេញ", 500, 500)),
                List.of(member("alpha", 64_500, "10.10.0.0/16"), member("beta", 64_501, "2001:db8:b00::/40")),
                List.of(
                        link("ABROAD-1", LinkKind.INTERNATIONAL, "", PORT_ABROAD, true),
                        link("IX-ALPHA", LinkKind.EXCHANGE_PORT, "alpha", PORT_ALPHA, true),
                        link("IX-BETA", LinkKind.EXCHANGE_PORT, "beta", PORT_BETA, true),
                        link("BACK-1", LinkKind.BACKBONE, "", PORT_FAR_END, false)),
                List.of(router));
    }

    private static Member member(String id, long asn, String prefix) {
        return new Member(id, id, id, List.of(asn), List.of(Prefix.parse(prefix).orElseThrow()));
    }

    private static Link link(String id, LinkKind kind, String member, int port, boolean metered) {
        return new Link(id, kind, "PNH", "", member, "", 10_000_000_000L, List.of(new LinkPort("R1", port, metered)));
    }

    /** Origins of the networks above. */
    static final class Origins implements OriginTable {
        @Override
        public long originAsn(long network) {
            if (Network.ipVersion(network) == 6) {
                return 64_501;
            }
            return switch ((int) (Network.topBits(network) >>> 16)) {
                case 0x0A -> 64_500;
                case 0x08 -> 15_169;
                default -> 0;
            };
        }

        @Override
        public String country(long asn) {
            return "ZZ";
        }

        @Override
        public String name(long asn) {
            return "";
        }

        @Override
        public int prefixCount() {
            return 3;
        }
    }

    long now() {
        return clock.unixMillis();
    }

    void receive(MemorySegment datagram) {
        receive(datagram, ROUTER, 2055);
    }

    void receive(MemorySegment datagram, DeviceAddress from, int port) {
        meter.datagram(datagram, from, port, now());
    }

    /** Moves time on by so many seconds, a tick each. */
    void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advanceMillis(1_000);
            meter.tick(now());
        }
    }

    /** Moves time on at once and ticks. */
    void leap(int seconds) {
        clock.advanceMillis(seconds * 1_000L);
        meter.tick(now());
    }

    List<VolumeRow> volumes() {
        return batches.stream().flatMap(b -> b.volumes().stream()).toList();
    }

    List<InterfaceRow> interfaces() {
        return batches.stream().flatMap(b -> b.interfaces().stream()).toList();
    }

    /** Octets of all rows by {@code link direction member asn}. */
    Map<String, Long> octets() {
        Map<String, Long> sums = new HashMap<>();
        volumes()
                .forEach(r -> sums.merge(
                        r.link() + " " + r.direction().key() + " " + r.member() + " " + r.remoteAsn(),
                        r.octets(),
                        Long::sum));
        return sums;
    }

    Map<Long, Long> octetsByBin(String link) {
        Map<Long, Long> sums = new HashMap<>();
        volumes().stream()
                .filter(r -> r.link().equals(link))
                .forEach(r -> sums.merge(r.binSeconds(), r.octets(), Long::sum));
        return sums;
    }

    ExporterHealth health() {
        meter.tick(clock.unixMillis() + 1_000);
        clock.advanceMillis(1_000);
        return meter.snapshot().exporters().stream()
                .filter(h -> h.id().equals("R1"))
                .findFirst()
                .orElseThrow();
    }

    List<String> alarms() {
        return health().alarms().stream().map(ExporterHealth.Alarm::key).toList();
    }

    Conservation conservation() {
        clock.advanceMillis(1_000);
        meter.tick(now());
        Conservation c = meter.snapshot().conservation();
        assertThat(c.holds()).as("%s", c).isTrue();
        return c;
    }

    Netflow9Encoder netflow9() {
        return new Netflow9Encoder(room, 7);
    }

    /** A datagram with the template and {@code count} equal flows from abroad to alpha that ended now. */
    MemorySegment flows(Netflow9Encoder encoder, boolean withTemplate, int count, long octets, long lastedMillis) {
        encoder.begin(now(), 1_000_000 + now() - START_MILLIS);
        if (withTemplate) {
            encoder.template(FLOW);
        }
        for (int i = 0; i < count; i++) {
            flow(encoder, NET_ABROAD, NET_ALPHA, PORT_ABROAD, PORT_ALPHA, octets, now() - lastedMillis, now());
        }
        return encoder.end();
    }

    static void flow(Netflow9Encoder encoder, long from, long to, int in, int out, long octets, long start, long end) {
        encoder.record(FLOW)
                .address(from, 77)
                .address(to, 99)
                .number(in)
                .number(out)
                .number(6)
                .number(octets)
                .number(Math.max(1, octets / 1_000))
                .number(start)
                .number(end);
    }
}
