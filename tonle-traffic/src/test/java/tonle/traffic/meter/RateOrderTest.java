// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.RateOverride;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.Netflow5Encoder;
import tonle.wire.flow.encode.Netflow5Flow;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.RecordWriter;
import tonle.wire.flow.encode.TemplateSpec;

/** The order in which a sampling rate is looked for (flows.md 4.5), step by step. */
class RateOrderTest {
    private static final long OCTETS = 1_000;
    private static final TemplateSpec SAMPLER_FLOW = TemplateSpec.data(260)
            .field(Slot.SOURCE_IPV4_ADDRESS, 4)
            .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
            .field(Slot.INGRESS_INTERFACE, 4)
            .field(Slot.EGRESS_INTERFACE, 4)
            .field(Slot.SAMPLER_ID, 1)
            .field(Slot.OCTET_DELTA_COUNT, 4)
            .field(Slot.PACKET_DELTA_COUNT, 4);
    private static final TemplateSpec SAMPLER_OPTIONS = TemplateSpec.options(261, 1)
            .field(0, 1, 4)
            .field(Slot.SAMPLER_ID, 1)
            .field(Slot.SAMPLER_RANDOM_INTERVAL, 4);

    private final Bench bench = new Bench();
    private final Netflow9Encoder encoder = bench.netflow9();

    RateOrderTest() {
        bench.meter.use(Bench.topology(ExporterKind.INGRESS, 0, false, false), new Bench.Origins());
    }

    private void sampler(int id, long rate, int port) {
        encoder.begin(bench.now(), 10_000).template(SAMPLER_OPTIONS);
        encoder.record(SAMPLER_OPTIONS).number(0).number(id).number(rate);
        bench.receive(encoder.end(), Bench.ROUTER, port);
    }

    private RecordWriter keys(TemplateSpec spec) {
        return encoder.record(spec)
                .address(Bench.NET_ABROAD)
                .address(Bench.NET_ALPHA)
                .number(Bench.PORT_ABROAD)
                .number(Bench.PORT_ALPHA);
    }

    private void samplerFlows(int id) {
        encoder.begin(bench.now(), 10_000).template(SAMPLER_FLOW);
        for (int i = 0; i < 10; i++) {
            keys(SAMPLER_FLOW).number(id).number(OCTETS).number(2);
        }
        bench.receive(encoder.end());
    }

    private void plainFlows() {
        bench.receive(bench.flows(encoder, true, 10, OCTETS, 0));
    }

    /** What the ten flows of {@link #OCTETS} have been multiplied by. */
    private double factor() {
        bench.pass(10);
        long octets = bench.octetsByBin("IX-ALPHA").values().stream()
                .mapToLong(o -> o)
                .sum();
        bench.batches.clear();
        return octets / 10.0 / OCTETS;
    }

    private long unscaled() {
        return bench.volumes().stream().mapToLong(r -> r.unscaledOctets()).sum();
    }

    @Test
    void withoutAnyRateTheRecordIsBookedUnscaledAndSaid() {
        plainFlows();
        bench.pass(10);
        assertThat(unscaled()).isEqualTo(2 * 10 * OCTETS);
        assertThat(factor()).isEqualTo(1);
        assertThat(bench.alarms()).contains("exporter.unscaled");
    }

    @Test
    void theDefaultServesWhereNothingElseDoes() {
        bench.meter.use(Bench.topology(ExporterKind.INGRESS, 64, false, false), new Bench.Origins());
        plainFlows();
        assertThat(factor()).isEqualTo(64);
    }

    @Test
    void theOneRateOfTheDomainComesBeforeTheDefault() {
        bench.meter.use(Bench.topology(ExporterKind.INGRESS, 64, false, false), new Bench.Origins());
        sampler(1, 100, 2055);
        plainFlows();
        assertThat(factor()).isEqualTo(100);
    }

    @Test
    void severalRatesWithoutSelectorAreAmbiguousAndSaid() {
        sampler(1, 100, 2055);
        sampler(2, 200, 2055);
        plainFlows();
        bench.pass(10);
        assertThat(unscaled()).isPositive();
        assertThat(bench.alarms()).contains("exporter.rate-ambiguous");
    }

    @Test
    void theSamplerOfTheRecordDecidesWhereThereAreSeveral() {
        sampler(1, 100, 2055);
        sampler(2, 200, 2055);
        samplerFlows(2);
        assertThat(factor()).isEqualTo(200);
        samplerFlows(1);
        assertThat(factor()).isEqualTo(100);
    }

    @Test
    void aSamplerIsFoundThoughItsOptionsCameFromAnotherPort() {
        sampler(1, 300, 49_999);
        samplerFlows(1);
        assertThat(factor()).isEqualTo(300);
    }

    @Test
    void samplerZeroThatNobodyDefinesMeansUnsampled() {
        sampler(1, 100, 2055);
        samplerFlows(0);
        bench.pass(10);
        assertThat(unscaled()).isZero();
        assertThat(factor()).isEqualTo(1);
    }

    @Test
    void theRateInTheRecordComesBeforeTheSamplers() {
        sampler(1, 100, 2055);
        TemplateSpec spec = SAMPLER_FLOW.field(Slot.SAMPLING_INTERVAL, 4);
        encoder.begin(bench.now(), 10_000).template(spec);
        for (int i = 0; i < 10; i++) {
            keys(spec).number(1).number(OCTETS).number(2).number(2_048);
        }
        bench.receive(encoder.end());
        assertThat(factor()).isEqualTo(2_048);
    }

    @Test
    void intervalAndSpaceAreAFraction() {
        TemplateSpec spec = TemplateSpec.data(262)
                .field(Slot.SOURCE_IPV4_ADDRESS, 4)
                .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
                .field(Slot.INGRESS_INTERFACE, 4)
                .field(Slot.EGRESS_INTERFACE, 4)
                .field(Slot.OCTET_DELTA_COUNT, 4)
                .field(Slot.SAMPLING_PACKET_INTERVAL, 4)
                .field(Slot.SAMPLING_PACKET_SPACE, 4);
        encoder.begin(bench.now(), 10_000).template(spec);
        for (int i = 0; i < 10; i++) {
            keys(spec).number(OCTETS).number(4).number(3);
        }
        bench.receive(encoder.end());
        assertThat(factor()).isEqualTo(1.75);
    }

    @Test
    void theOverrideOfAnOperatorComesFirstForItsInterfaceAndTime() {
        long from = Bench.START_MILLIS / 1_000;
        RateOverride elsewhere = new RateOverride(77, 5, 0, Long.MAX_VALUE, "another port");
        RateOverride before = new RateOverride(-1, 6, 0, from, "until then");
        RateOverride here = new RateOverride(Bench.PORT_ABROAD, 10, from, Long.MAX_VALUE, "vendor says so");
        bench.meter.use(
                Bench.topology(ExporterKind.INGRESS, 64, false, false, List.of(elsewhere, before, here)),
                new Bench.Origins());
        sampler(1, 100, 2055);
        samplerFlows(1);
        assertThat(factor()).isEqualTo(10);
        assertThat(bench.health().sampling())
                .as("what a person said is shown beside what the device says")
                .extracting(line -> line.domain(), line -> line.selector(), line -> line.rate(), line -> line.source())
                .contains(
                        tuple(-1L, "interface 77", 5.0, "override"),
                        tuple(-1L, "interface " + Bench.PORT_ABROAD, 10.0, "override"),
                        tuple(-1L, "", 64.0, "default"))
                .doesNotContain(tuple(-1L, "", 6.0, "override"));
    }

    @Test
    void aDeviceThatTakesEveryPacketByConfigurationHasAKnownRate() {
        bench.meter.use(Bench.topology(ExporterKind.INGRESS, 1, false, false), new Bench.Origins());
        samplerFlows(1);
        assertThat(bench.health().unscaledRecords()).isZero();
        assertThat(bench.health().sampling())
                .extracting(line -> line.rate(), line -> line.source())
                .containsExactly(tuple(1.0, "default"));
        assertThat(bench.alarms()).doesNotContain("exporter.unscaled");
    }

    @Test
    void anExporterThatScalesItselfIsNeverScaledAgain() {
        bench.meter.use(Bench.topology(ExporterKind.INGRESS, 64, true, false), new Bench.Origins());
        sampler(1, 100, 2055);
        samplerFlows(1);
        assertThat(factor()).isEqualTo(1);
    }

    @Test
    void aRateThatChangedHoldsFromItsOwnTimeOn() {
        sampler(1, 100, 2055);
        bench.clock.advanceMillis(60_000);
        sampler(1, 400, 2055);
        TemplateSpec spec = SAMPLER_FLOW.field(Slot.FLOW_END_MILLISECONDS, 8);
        encoder.begin(bench.now(), 70_000).template(spec);
        for (int i = 0; i < 10; i++) {
            keys(spec).number(1).number(OCTETS).number(2).number(bench.now() - 30_000);
        }
        bench.receive(encoder.end());
        assertThat(factor()).isEqualTo(100);
        samplerFlows(1);
        assertThat(factor()).isEqualTo(400);
    }

    @Test
    void theHeaderOfVersion5SaysItsOwn() {
        Netflow5Encoder five = new Netflow5Encoder(bench.room, 1, 2).sampling(1, 50);
        five.begin(bench.now(), 100_000);
        for (int i = 0; i < 10; i++) {
            five.flow(new Netflow5Flow()
                    .networks(Bench.NET_ABROAD, Bench.NET_ALPHA)
                    .interfaces(Bench.PORT_ABROAD, Bench.PORT_ALPHA)
                    .volume(2, OCTETS)
                    .uptimes(99_000, 100_000)
                    .transport(6, 1, 2));
        }
        bench.receive(five.end());
        assertThat(factor()).isEqualTo(50);
    }
}
