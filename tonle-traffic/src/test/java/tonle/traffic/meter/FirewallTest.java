// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tonle.traffic.exporter.Conservation;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.TemplateSpec;

/** NSEL: events of connections in the place of flows (flows.md 4.4). */
class FirewallTest {
    private static final int CREATED = 1;
    private static final int DELETED = 2;
    private static final int DENIED = 3;
    private static final int UPDATE = 5;
    private static final TemplateSpec EVENT = TemplateSpec.data(263)
            .field(Slot.SOURCE_IPV4_ADDRESS, 4)
            .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
            .field(Slot.INGRESS_INTERFACE, 2)
            .field(Slot.EGRESS_INTERFACE, 2)
            .field(Slot.FIREWALL_EVENT, 1)
            .field(Slot.INITIATOR_OCTETS, 4)
            .field(Slot.RESPONDER_OCTETS, 4)
            .field(Slot.FLOW_START_MILLISECONDS, 8);

    private static final TemplateSpec TIMED = TemplateSpec.data(264)
            .field(Slot.SOURCE_IPV4_ADDRESS, 4)
            .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
            .field(Slot.INGRESS_INTERFACE, 2)
            .field(Slot.EGRESS_INTERFACE, 2)
            .field(Slot.FIREWALL_EVENT, 1)
            .field(Slot.OBSERVATION_TIME_MILLISECONDS, 8)
            .field(Slot.FLOW_START_MILLISECONDS, 8)
            .field(Slot.INITIATOR_OCTETS, 4)
            .field(Slot.RESPONDER_OCTETS, 4);

    private final Bench bench = new Bench();
    private final Netflow9Encoder encoder = bench.netflow9();

    private void event(int event, long initiator, long responder, long ageMillis) {
        encoder.begin(bench.now(), 1_000_000).template(EVENT);
        encoder.record(EVENT)
                .address(Bench.NET_ALPHA)
                .address(Bench.NET_ABROAD)
                .number(Bench.PORT_ALPHA)
                .number(Bench.PORT_ABROAD)
                .number(event)
                .number(initiator)
                .number(responder)
                .number(bench.now() - ageMillis);
        bench.receive(encoder.end());
    }

    @Test
    void withoutUpdatesTheTeardownBringsTheWholeConnectionInBothDirections() {
        for (int i = 0; i < 10; i++) {
            event(CREATED, 0, 0, 0);
            event(DELETED, 100, 5_000, 250_000);
        }
        bench.leap(3_600);
        assertThat(bench.octetsByBin("IX-ALPHA").values().stream()
                        .mapToLong(o -> o)
                        .sum())
                .isEqualTo(10 * 5_100);
        assertThat(bench.conservation().booked()).isEqualTo(10 * 5_100);
    }

    @Test
    void besideUpdatesATeardownCountsOnlyForConnectionsTooShortToHaveHadOne() {
        for (int i = 0; i < 10; i++) {
            event(UPDATE, 100, 5_000, 400_000);
            event(DELETED, 300, 15_000, 900_000);
            event(DELETED, 7, 70, 20_000);
        }
        bench.leap(3_600);
        assertThat(bench.conservation().booked()).isEqualTo(10 * (5_100 + 77));
        assertThat(bench.conservation().rejected()).isEqualTo(10 * 15_300);
        assertThat(bench.meter.snapshot().rejected()).containsOnly(Map.entry(Rejection.TOTAL_BESIDE_UPDATES, 10L));
    }

    @Test
    void whatWasDeniedIsNotDelivered() {
        event(DENIED, 60, 0, 0);
        assertThat(bench.conservation().rejected()).isEqualTo(60);
        assertThat(bench.meter.snapshot().rejected()).containsOnly(Map.entry(Rejection.NOT_DELIVERED, 1L));
    }

    private void timed(int event, long startMillis, long initiator, long responder) {
        encoder.begin(bench.now(), 1_000_000 + bench.now() - Bench.START_MILLIS).template(TIMED);
        encoder.record(TIMED)
                .address(Bench.NET_ALPHA)
                .address(Bench.NET_ABROAD)
                .number(Bench.PORT_ALPHA)
                .number(Bench.PORT_ABROAD)
                .number(event)
                .number(bench.now() - 5_000)
                .number(startMillis)
                .number(initiator)
                .number(responder);
        bench.receive(encoder.end());
    }

    /**
     * As Cisco's guide has it: an update each minute, one with the teardown for the rest, the teardown with the
     * total. The exporter's active timeout, five minutes here, is not the interval of its updates: that is learnt.
     */
    @Test
    void aConnectionsUpdatesAddUpToItsTotalAndItsTeardownAddsNothing() {
        for (int connection = 0; connection < 10; connection++) {
            long start = bench.now() - 5_000;
            timed(CREATED, start, 0, 0);
            for (int minute = 1; minute <= 3; minute++) {
                bench.pass(61);
                timed(UPDATE, start, 100, 5_000);
            }
            bench.pass(20);
            timed(UPDATE, start, 20, 600);
            timed(DELETED, start, 320, 15_600);
            timed(DELETED, bench.now() - 40_000, 7, 70);
        }
        // Groups of fewer than ten flows are held yet.
        Conservation sums = bench.conservation();
        assertThat(sums.booked() + sums.held()).isEqualTo(10 * (320 + 15_600 + 77));
        assertThat(bench.meter.snapshot().rejected()).containsOnly(Map.entry(Rejection.TOTAL_BESIDE_UPDATES, 10L));
    }

    @Test
    void anUpdatesOctetsAreThoseOfItsLastInterval() {
        long start = bench.now();
        for (int i = 0; i < 10; i++) {
            timed(UPDATE, start - 60_000, 0, 0);
        }
        // Twenty minutes after the connection began, a minute's worth, and all of it in one bin.
        bench.leap(1_300);
        for (int i = 0; i < 10; i++) {
            timed(UPDATE, start, 100, 0);
        }
        bench.leap(3_600);
        assertThat(bench.octetsByBin("IX-ALPHA"))
                .containsEntry(Bench.START_MILLIS / 1_000 + 1_200, 1_000L)
                .doesNotContainValue(500L);
        assertThat(bench.octetsByBin("IX-ALPHA").values().stream()
                        .mapToLong(o -> o)
                        .sum())
                .isEqualTo(1_000);
    }
}
