// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;
import tonle.traffic.Direction;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.PrefixTable;
import tonle.traffic.topology.Topology;

/**
 * Places records by a topology: a record is counted as in at the link of its ingress interface and as out at the link
 * of its egress interface, at metered ports only. The member is the link's own; on a link without one it follows from
 * the network on the gateway's side. The remote AS is that of the network at the other end.
 */
public final class TopologyPlacement implements Placement {
    /** flowDirection (RFC 7012 element 61): the record was made as the packets left. */
    private static final int EGRESS = 1;

    private record Port(String exporter, long interfaceIndex) {}

    private final Map<DeviceAddress, Exporter> exporters = new HashMap<>();
    private final Map<Port, Link> links = new HashMap<>();
    private final List<Member> members;
    private final PrefixTable memberPrefixes;
    private final OriginTable origins;

    public TopologyPlacement(Topology topology, OriginTable origins) {
        this.origins = origins;
        members = topology.members();
        for (Exporter exporter : topology.exporters()) {
            exporter.addresses().forEach(address -> exporters.put(address, exporter));
        }
        for (Link link : topology.links()) {
            for (LinkPort port : link.ports()) {
                if (port.metered()) {
                    links.put(new Port(port.exporter(), port.interfaceIndex()), link);
                }
            }
        }
        PrefixTable.Builder builder = PrefixTable.builder();
        for (int i = 0; i < members.size(); i++) {
            for (Prefix prefix : members.get(i).prefixes()) {
                builder.add(prefix, i);
            }
        }
        memberPrefixes = builder.build();
    }

    @Override
    public void place(
            DeviceAddress exporter,
            long ingress,
            long egress,
            int flowDirection,
            long sourceNetwork,
            long destinationNetwork,
            Sides sides) {
        Exporter known = exporters.get(exporter);
        if (known == null) {
            return;
        }
        boolean isBoth = known.kind() == ExporterKind.BOTH && flowDirection >= 0;
        Link in = isBoth && flowDirection == EGRESS ? null : links.get(new Port(known.id(), ingress));
        if (in != null) {
            side(in, Direction.IN, destinationNetwork, sourceNetwork, sides);
        }
        Link out = isBoth && flowDirection != EGRESS ? null : links.get(new Port(known.id(), egress));
        if (out != null) {
            side(out, Direction.OUT, sourceNetwork, destinationNetwork, sides);
        }
    }

    /**
     * @param inner the network on the gateway's side of the link
     * @param outer the network beyond the link
     */
    private void side(Link link, Direction direction, long inner, long outer, Sides sides) {
        if (!link.member().isEmpty()) {
            sides.side(link.id(), direction, link.member(), origins.originAsn(inner));
            return;
        }
        int member = memberPrefixes.value(inner);
        String name =
                member == PrefixTable.NONE ? Member.NONE : members.get(member).id();
        sides.side(link.id(), direction, name, origins.originAsn(outer));
    }
}
