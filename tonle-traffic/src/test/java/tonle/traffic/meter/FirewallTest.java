// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
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
}
