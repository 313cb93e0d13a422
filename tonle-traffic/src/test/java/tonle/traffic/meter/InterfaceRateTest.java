// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.traffic.exporter.ExporterHealth.SamplingLine;
import tonle.traffic.topology.ExporterKind;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.IpfixEncoder;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.TemplateSpec;

/** Rates that options give one interface: theirs alone, between the selector's and the domain's (flows.md 4.5). */
class InterfaceRateTest {
    private static final long OCTETS = 1_000;
    /** NetFlow v9, RFC 3954 section 6.1: scope type 2 is an interface. */
    private static final TemplateSpec OF_INTERFACE =
            TemplateSpec.options(270, 1).field(0, 2, 4).field(Slot.SAMPLING_INTERVAL, 4);

    private static final TemplateSpec OF_INGRESS = TemplateSpec.options(271, 1)
            .field(Slot.INGRESS_INTERFACE, 4)
            .field(Slot.SAMPLING_PACKET_INTERVAL, 4)
            .field(Slot.SAMPLING_PACKET_SPACE, 4);
    private static final TemplateSpec OF_EGRESS = TemplateSpec.options(272, 1)
            .field(Slot.EGRESS_INTERFACE, 4)
            .field(Slot.SAMPLING_PACKET_INTERVAL, 4)
            .field(Slot.SAMPLING_PACKET_SPACE, 4);
    private static final TemplateSpec OF_DOMAIN =
            TemplateSpec.options(273, 1).field(0, 1, 4).field(Slot.SAMPLING_INTERVAL, 4);
    private static final TemplateSpec DIRECTED_FLOW = TemplateSpec.data(274)
            .field(Slot.SOURCE_IPV4_ADDRESS, 4)
            .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
            .field(Slot.INGRESS_INTERFACE, 4)
            .field(Slot.EGRESS_INTERFACE, 4)
            .field(Slot.FLOW_DIRECTION, 1)
            .field(Slot.OCTET_DELTA_COUNT, 4);

    private Bench bench = new Bench();
    private Netflow9Encoder encoder = bench.netflow9();
    private IpfixEncoder ipfix = new IpfixEncoder(bench.room, 7);

    InterfaceRateTest() {
        known();
    }

    private void known() {
        bench.meter.use(Bench.topology(ExporterKind.INGRESS, 0, false, false), new Bench.Origins());
    }

    private void options(TemplateSpec spec, long scope, long rate) {
        encoder.begin(bench.now(), 10_000).template(spec);
        encoder.record(spec).number(scope).number(rate);
        bench.receive(encoder.end(), Bench.ROUTER, 2_056);
    }

    private void directed(TemplateSpec spec, long index, long interval, long space) {
        ipfix.begin(bench.now()).template(spec);
        ipfix.record(spec).number(index).number(interval).number(space);
        bench.receive(ipfix.end(), Bench.ROUTER, 4_740);
    }

    /** Ten flows; {@code direction} 0 ingress, 1 egress. */
    private void directedFlows(int in, int out, int direction) {
        ipfix.begin(bench.now()).template(DIRECTED_FLOW);
        for (int i = 0; i < 10; i++) {
            ipfix.record(DIRECTED_FLOW)
                    .address(Bench.NET_ABROAD)
                    .address(Bench.NET_ALPHA)
                    .number(in)
                    .number(out)
                    .number(direction)
                    .number(OCTETS);
        }
        bench.receive(ipfix.end(), Bench.ROUTER, 4_739);
    }

    private void flows(int in, int out, long endMillis) {
        encoder.begin(bench.now(), 10_000 + bench.now() - Bench.START_MILLIS).template(Bench.FLOW);
        for (int i = 0; i < 10; i++) {
            Bench.flow(encoder, Bench.NET_ABROAD, Bench.NET_ALPHA, in, out, OCTETS, endMillis, endMillis);
        }
        bench.receive(encoder.end());
    }

    /** What the ten flows have been multiplied by on the link of {@code port}. */
    private double factor(String link) {
        bench.leap(1_000);
        long octets =
                bench.octetsByBin(link).values().stream().mapToLong(o -> o).sum();
        bench.batches.clear();
        return octets / 10.0 / OCTETS;
    }

    @Test
    void theRateOfAnInterfaceHoldsForItsRecordsOnly() {
        options(OF_INTERFACE, Bench.PORT_ABROAD, 100);
        options(OF_INTERFACE, Bench.PORT_BETA, 200);
        flows(Bench.PORT_ABROAD, Bench.PORT_UNKNOWN, bench.now());
        flows(Bench.PORT_ALPHA, Bench.PORT_UNKNOWN, bench.now());
        flows(Bench.PORT_UNKNOWN, Bench.PORT_BETA, bench.now());
        bench.leap(1_000);
        assertThat(bench.octets().values()).containsExactlyInAnyOrder(1_000_000L, 10_000L, 2_000_000L);
        assertThat(bench.volumes().stream().mapToLong(r -> r.unscaledOctets()).sum())
                .isEqualTo(10_000);
        assertThat(bench.alarms()).doesNotContain("exporter.rate-ambiguous");
    }

    @Test
    void theOneRateOfTheDomainServesTheOtherInterfaces() {
        options(OF_INTERFACE, Bench.PORT_ABROAD, 100);
        options(OF_DOMAIN, 0, 50);
        flows(Bench.PORT_ABROAD, Bench.PORT_UNKNOWN, bench.now());
        assertThat(factor("ABROAD-1")).isEqualTo(100);
        flows(Bench.PORT_BETA, Bench.PORT_UNKNOWN, bench.now());
        assertThat(factor("IX-BETA")).isEqualTo(50);
    }

    @Test
    void aRecordIsScaledByTheRateOfThePlaceWhereItWasMade() {
        directed(OF_INGRESS, Bench.PORT_ABROAD, 1, 99);
        directed(OF_EGRESS, Bench.PORT_ALPHA, 2, 399);
        directedFlows(Bench.PORT_ABROAD, Bench.PORT_ALPHA, 0);
        assertThat(factor("IX-ALPHA")).isEqualTo(100);
        directedFlows(Bench.PORT_ABROAD, Bench.PORT_ALPHA, 1);
        assertThat(factor("IX-ALPHA")).isEqualTo(200.5);
        bench.meter.use(Bench.topology(ExporterKind.EGRESS, 0, false, false), new Bench.Origins());
        directedFlows(Bench.PORT_ABROAD, Bench.PORT_ALPHA, 0);
        assertThat(factor("IX-ALPHA")).isEqualTo(200.5);
    }

    @Test
    void aRecordWhoseOwnPlaceHasNoRateTakesThatOfTheOther() {
        directed(OF_EGRESS, Bench.PORT_ALPHA, 1, 63);
        directedFlows(Bench.PORT_ABROAD, Bench.PORT_ALPHA, 0);
        assertThat(factor("IX-ALPHA")).isEqualTo(64);
        // What leaves by the interface has this rate, not what comes in there.
        directedFlows(Bench.PORT_ALPHA, Bench.PORT_UNKNOWN, 0);
        assertThat(factor("IX-ALPHA")).isEqualTo(1);
    }

    @Test
    void ratesHoldFromTheirTimeOn() {
        long before = bench.now();
        options(OF_INTERFACE, Bench.PORT_ABROAD, 100);
        bench.pass(60);
        options(OF_INTERFACE, Bench.PORT_ABROAD, 1_000);
        flows(Bench.PORT_ABROAD, Bench.PORT_UNKNOWN, bench.now());
        flows(Bench.PORT_ABROAD, Bench.PORT_UNKNOWN, before + 30_000);
        assertThat(factor("ABROAD-1")).isEqualTo(1_100);
    }

    @Test
    void theyAreShownAndRememberedOverARestart(@TempDir Path folder) {
        MeterSettings settings = MeterSettings.DEFAULT.rememberingIn(folder);
        bench = new Bench(settings);
        encoder = bench.netflow9();
        known();
        options(OF_INTERFACE, Bench.PORT_ABROAD, 100);
        assertThat(bench.health().sampling())
                .extracting(SamplingLine::selector, SamplingLine::rate, SamplingLine::source)
                .containsExactly(tuple("egress 1", 100.0, "interface"), tuple("ingress 1", 100.0, "interface"));
        bench.meter.stop();

        bench = new Bench(settings);
        encoder = bench.netflow9();
        known();
        flows(Bench.PORT_ABROAD, Bench.PORT_UNKNOWN, bench.now());
        assertThat(factor("ABROAD-1")).isEqualTo(100);
        // It writes to the folder until it is stopped.
        bench.meter.stop();
    }

    @Test
    void theirNumberIsBounded() {
        for (int i = 1; i <= 5_000; i++) {
            options(OF_INTERFACE, 100 + i, 10);
        }
        assertThat(bench.health().sampling()).hasSize(1_024);
        options(OF_INTERFACE, Bench.PORT_ABROAD, 100);
        flows(Bench.PORT_ABROAD, Bench.PORT_UNKNOWN, bench.now());
        assertThat(factor("ABROAD-1")).isEqualTo(1);
    }
}
