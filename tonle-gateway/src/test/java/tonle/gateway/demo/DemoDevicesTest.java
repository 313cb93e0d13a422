// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tonle.gateway.demo.DemoCountry.Device;
import tonle.traffic.Bins;
import tonle.wire.Fault;
import tonle.wire.flow.FlowProtocol;

/** One bin of the demo, every datagram through the real decoder, held against the model. */
final class DemoDevicesTest {
    /** 24 November 2026, 20:30 in Phnom Penh: the start of a bin. */
    private static final long BIN = 1_795_527_000L;

    private static final Arena ARENA = Arena.ofConfined();
    private static final TrafficModel MODEL = new TrafficModel(1, BIN);
    private static final Map<String, DecodedSums> DECODED = new HashMap<>();

    @BeforeAll
    static void theDevicesRunForOneBin() {
        assertThat(BIN % Bins.SECONDS).isZero();
        var devices = DemoExporters.devices(MODEL, BIN, ARENA);
        // Records of the last slice are sent until a slice later; the switch reports what passed until the tick.
        for (long second = BIN; second <= BIN + Bins.SECONDS + 2 * FlowDevice.SLICE_SECONDS; second++) {
            for (DemoDevice device : devices) {
                boolean isSwitch = device instanceof SflowDevice;
                if (!isSwitch || second <= BIN + Bins.SECONDS) {
                    DecodedSums sums = DECODED.computeIfAbsent(device.address().text(), _ -> new DecodedSums(BIN));
                    device.tick(second * 1000 + 7, sums::datagram);
                }
            }
        }
    }

    @AfterAll
    static void close() {
        ARENA.close();
    }

    @Test
    void anUnsampledRouterExportsTheModelToTheOctet() {
        DecodedSums sums = DECODED.get(Device.BVT_EDGE_1.address.text());
        assertThat(sums.protocol).isEqualTo(FlowProtocol.NETFLOW9);
        assertThat(sums.scaledOctets).isEqualTo(expected("bvt-edge-1"));
        assertThat(sums.faults).isEmpty();
    }

    @Test
    void aSampledRouterExportsTheModelWithinOneSampleForEachStream() {
        for (Device device : List.of(Device.PNH_EDGE_1, Device.SHV_EDGE_1)) {
            DecodedSums sums = DECODED.get(device.address.text());
            Map<String, Long> expected = expected(device.id);
            assertThat(sums.scaledOctets.keySet()).isEqualTo(expected.keySet());
            expected.forEach((way, octets) -> assertThat(octets - sums.scaledOctets.get(way))
                    .as(device.id + " " + way + ": octets that are owed to the next record")
                    .isBetween(0L, 2_048L * MODEL.demands().size()));
        }
    }

    @Test
    void aSwitchSamplesTheModelWithinTheSamplesThatAreOwed() {
        DecodedSums sums = DECODED.get(Device.PNH_IX_1.address.text());
        assertThat(sums.protocol).isEqualTo(FlowProtocol.SFLOW5);
        expected("pnh-ix-1")
                .forEach((way, octets) -> assertThat((double) sums.scaledOctets.get(way))
                        .as(way)
                        .isCloseTo(octets, Percentage.withPercentage(10)));
        assertThat(sums.scaledOctets.values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isCloseTo(
                        expected("pnh-ix-1").values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        Percentage.withPercentage(1));
    }

    @Test
    void countersCountEveryFrame() {
        long[] uplink = DECODED.get(Device.PNH_IX_1.address.text()).counters.get((long) DemoCountry.SWITCH_TO_ROUTER);
        long expected = expected("pnh-ix-1").entrySet().stream()
                .filter(e -> e.getKey().startsWith(DemoCountry.SWITCH_TO_ROUTER + ">"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        // The last report came up to twenty seconds before the bin's end, and frames are a little longer than packets.
        assertThat((double) uplink[0]).isBetween(expected * 0.93, expected * 1.03);
    }

    @Test
    void theSwitchWithAWrongRateShowsAQuarter() {
        DecodedSums sums = DECODED.get(Device.PPT_EDGE_1.address.text());
        double measured =
                sums.scaledOctets.values().stream().mapToLong(Long::longValue).sum();
        double truth = expected("ppt-edge-1").values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(measured / truth).isCloseTo(0.25, within(0.01));
    }

    @Test
    void oddDevicesShowWhatTheyAreFor() {
        assertThat(DECODED.get(Device.BVT_NAT_1.address.text()).personalFields).isPositive();
        assertThat(DECODED.get(Device.SHV_EDGE_1.address.text()).faults).containsKey(Fault.SET_LENGTH_INVALID);
        DecodedSums stranger = DECODED.get(DemoCountry.STRANGER.text());
        assertThat(stranger.protocol).isEqualTo(FlowProtocol.NETFLOW5);
        assertThat(stranger.records).isPositive();
    }

    /** Octets of the model's bin by ingress and egress interface at one device. */
    private static Map<String, Long> expected(String exporter) {
        Map<String, Long> expected = new HashMap<>();
        for (Demand demand : MODEL.demands()) {
            for (Hop hop : demand.hops()) {
                long octets = MODEL.octets(demand, BIN);
                if (hop.exporter().equals(exporter) && octets > 0) {
                    expected.merge(hop.ingressInterface() + ">" + hop.egressInterface(), octets, Long::sum);
                }
            }
        }
        return expected;
    }
}
