// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tonle.traffic.Direction;
import tonle.traffic.ProtocolClass;
import tonle.traffic.store.InterfaceRow;
import tonle.traffic.store.RowKind;
import tonle.traffic.store.VolumeRow;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Member;

/**
 * The rows of one bin as the devices would have made the gateway write them: the model's volumes, the flow counts and
 * sampling variances that go with the devices' rates, small groups merged.
 */
final class BackfillBin {
    /** Architecture promise 1: no row of fewer flows leaves memory; made-up traffic keeps to it too. */
    static final int FLOWS_MIN = 10;

    private static final int FRAME_OVERHEAD_OCTETS = 18;

    private final TrafficModel model;
    private final Map<String, Long> rates = Map.of(
            "pnh-edge-1", 2_048L, "shv-edge-1", 1_000L, "bvt-edge-1", 1L, "pnh-ix-1", 65_536L, "ppt-edge-1", 8_192L);
    private final Map<String, LinkPort> meteredPorts = new HashMap<>();
    private final Map<String, Long> speeds = new HashMap<>();

    private record Key(
            String link, Direction direction, String member, long remoteAsn, int ipVersion, ProtocolClass protocol) {}

    private static final class Sum {
        long octets;
        long packets;
        long flows;
        double variance;
    }

    private static final class PortSum {
        long octets;
        long packets;
        long counted;
    }

    /** What a bin holds. */
    record Rows(List<VolumeRow> volumes, List<InterfaceRow> interfaces) {}

    BackfillBin(TrafficModel model) {
        this.model = model;
        for (Link link : DemoCountry.topology().links()) {
            speeds.put(link.id(), link.capacityBitsPerSecond());
            link.ports().stream().filter(LinkPort::metered).forEach(port -> meteredPorts.put(link.id(), port));
        }
    }

    /**
     * @param toSecond how much of the bin had passed: 300 for all of it
     * @param isDetailed with remote AS and protocol; otherwise both are summed up as {@code other}
     */
    Rows rows(long binSeconds, int toSecond, boolean isDetailed) {
        Map<Key, Sum> sums = new LinkedHashMap<>();
        Map<Key, PortSum> ports = new LinkedHashMap<>();
        for (Demand demand : model.demands()) {
            long octets = TrafficModel.part(model.octets(demand, binSeconds), 0, toSecond);
            if (octets > 0) {
                for (Booking booking : demand.bookings()) {
                    add(demand, booking, octets, binSeconds, toSecond, isDetailed, sums, ports);
                }
            }
        }
        return new Rows(volumes(binSeconds, sums), interfaces(binSeconds, toSecond, ports));
    }

    private void add(
            Demand demand,
            Booking booking,
            long octets,
            long binSeconds,
            int toSecond,
            boolean isDetailed,
            Map<Key, Sum> sums,
            Map<Key, PortSum> ports) {
        long rate = rates.get(booking.exporter());
        boolean isSflow = isSflow(booking.exporter());
        boolean quarters = model.countsAQuarter(booking.exporter(), binSeconds);
        long measured = quarters ? octets / 4 : octets;
        long samples = measured / (rate * demand.packetOctets());
        long flows = isSflow ? samples : toSecond / FlowDevice.SLICE_SECONDS;
        if (isSflow) {
            measured = samples * rate * demand.packetOctets();
        }
        Key port = new Key(booking.link(), booking.direction(), "", 0, 0, ProtocolClass.OTHER);
        PortSum portSum = ports.computeIfAbsent(port, _ -> new PortSum());
        portSum.octets += measured;
        portSum.packets += measured / demand.packetOctets();
        portSum.counted += octets + octets / demand.packetOctets() * FRAME_OVERHEAD_OCTETS;
        if (flows == 0 || measured == 0) {
            return;
        }
        Key key = new Key(
                booking.link(),
                booking.direction(),
                booking.member(),
                isDetailed ? booking.remoteAsn() : VolumeRow.OTHER_ASN,
                demand.ipVersion(),
                isDetailed ? demand.protocolClass() : ProtocolClass.OTHER);
        Sum sum = sums.computeIfAbsent(key, _ -> new Sum());
        sum.octets += measured;
        sum.packets += measured / demand.packetOctets();
        sum.flows += flows;
        // Packets of one size, taken with 1 in N: (N - 1) times the size times the octets.
        sum.variance += (double) (rate - 1) * demand.packetOctets() * measured;
    }

    private static List<VolumeRow> volumes(long binSeconds, Map<Key, Sum> sums) {
        List<VolumeRow> rows = new ArrayList<>(sums.size());
        Map<Key, Sum> others = new LinkedHashMap<>();
        sums.forEach((key, sum) -> {
            if (sum.flows >= FLOWS_MIN) {
                rows.add(row(binSeconds, key, sum));
            } else {
                Key other = new Key(key.link, key.direction, Member.OTHER, VolumeRow.OTHER_ASN, 0, ProtocolClass.OTHER);
                Sum into = others.computeIfAbsent(other, _ -> new Sum());
                into.octets += sum.octets;
                into.packets += sum.packets;
                into.flows += sum.flows;
                into.variance += sum.variance;
            }
        });
        // A rest that is still small is left out: a past that never was has no next bin to wait for.
        others.forEach((key, sum) -> {
            if (sum.flows >= FLOWS_MIN) {
                rows.add(row(binSeconds, key, sum));
            }
        });
        return rows;
    }

    private static VolumeRow row(long binSeconds, Key key, Sum sum) {
        return new VolumeRow(
                binSeconds,
                key.link,
                key.direction,
                key.member,
                key.remoteAsn,
                key.ipVersion,
                key.protocol,
                sum.octets,
                sum.packets,
                sum.flows,
                sum.variance,
                0,
                RowKind.BACKFILL);
    }

    private List<InterfaceRow> interfaces(long binSeconds, int toSecond, Map<Key, PortSum> ports) {
        List<InterfaceRow> rows = new ArrayList<>(ports.size());
        ports.forEach((key, sum) -> {
            LinkPort port = meteredPorts.get(key.link);
            boolean hasCounters = isSflow(port.exporter());
            rows.add(new InterfaceRow(
                    binSeconds,
                    port.exporter(),
                    port.interfaceIndex(),
                    key.link,
                    key.direction,
                    sum.octets,
                    sum.packets,
                    hasCounters ? sum.counted : -1,
                    hasCounters ? toSecond : 0,
                    speeds.get(key.link)));
        });
        return rows;
    }

    private static boolean isSflow(String exporter) {
        return exporter.equals("pnh-ix-1") || exporter.equals("ppt-edge-1");
    }
}
