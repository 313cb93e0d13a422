// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.util.HashMap;
import java.util.Map;
import tonle.base.Prefix;
import tonle.traffic.Direction;
import tonle.traffic.LongTable;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.PrefixTable;
import tonle.traffic.topology.Topology;

/**
 * A {@link Topology} made ready for look-ups: port of an exporter → link, network → member and remote AS. Made anew
 * with each topology; for one thread.
 *
 * <p>Which side is which: behind a member's own port (exchange port, private interconnect) lies the member, and what is
 * remote is the other end of the traffic. On an international or backbone link the far side is remote, and the member
 * is
 * whoever the inner network belongs to.
 */
final class Attribution {
    /** A port that carries a link. */
    static final class Port {
        final int link;
        final String linkId;
        final boolean metered;
        final boolean memberSide;
        /** The link's own member, or {@link CellNames#MEMBER_NONE}: then the inner network decides. */
        final int member;

        Port(int link, String linkId, boolean metered, boolean memberSide, int member) {
            this.link = link;
            this.linkId = linkId;
            this.metered = metered;
            this.memberSide = memberSide;
            this.member = member;
        }
    }

    /** The ports of one exporter. */
    static final class Ports {
        final int exporterNumber;
        final Exporter exporter;
        private final LongTable<Port> byIndex = new LongTable<>();

        Ports(int exporterNumber, Exporter exporter) {
            this.exporterNumber = exporterNumber;
            this.exporter = exporter;
        }

        /** The port with this ifIndex, or {@code null} where it carries no known link. */
        Port port(long interfaceIndex) {
            return byIndex.get(interfaceIndex);
        }
    }

    /** Networks whose place is kept; a power of two. */
    private static final int KEPT_COUNT = 1 << 15;

    private static final int KEPT_SHIFT = 64 - 15;

    private final Map<String, Ports> byExporter = new HashMap<>();
    private final PrefixTable memberPrefixes;
    private final LongTable<Integer> membersByAsn = new LongTable<>();
    private final OriginTable origins;
    /**
     * At 2 × place a network, behind it what {@link #place} said of it: popular networks are asked for again and again,
     * and both tables take several waits for memory each. Of two networks with one place the later stays. Nothing of
     * traffic is in it, neither how much nor when.
     */
    private final long[] kept = new long[2 * KEPT_COUNT];

    Attribution(Topology topology, OriginTable origins, CellNames names) {
        this.origins = origins;
        PrefixTable.Builder prefixes = PrefixTable.builder();
        for (Member member : topology.members()) {
            int number = names.member(member.id());
            for (Prefix prefix : member.prefixes()) {
                prefixes.add(prefix, number);
            }
            member.asns().forEach(asn -> membersByAsn.put(asn, number));
        }
        memberPrefixes = prefixes.build();
        for (Exporter exporter : topology.exporters()) {
            byExporter.put(exporter.id(), new Ports(names.exporter(exporter.id()), exporter));
        }
        for (Link link : topology.links()) {
            int number = names.link(link.id());
            int member = link.member().isEmpty() ? CellNames.MEMBER_NONE : names.member(link.member());
            boolean memberSide = link.kind() == LinkKind.EXCHANGE_PORT || link.kind() == LinkKind.PRIVATE_INTERCONNECT;
            for (LinkPort port : link.ports()) {
                Ports ports = byExporter.get(port.exporter());
                if (ports != null && number != CellNames.NO_ROOM) {
                    ports.byIndex.put(
                            port.interfaceIndex(), new Port(number, link.id(), port.metered(), memberSide, member));
                }
            }
        }
    }

    /** The ports of an exporter by its id, or {@code null} for one that nobody took in. */
    Ports ports(String exporterId) {
        return byExporter.get(exporterId);
    }

    /** The member that a row of {@code port} belongs to. */
    int member(Port port, Direction direction, long sourceNetwork, long destinationNetwork) {
        if (port.member != CellNames.MEMBER_NONE) {
            return port.member;
        }
        boolean inward = direction == Direction.IN;
        // Behind a member's port traffic comes from the member; from abroad it goes to the member.
        return memberOf(inward == port.memberSide ? sourceNetwork : destinationNetwork);
    }

    private int memberOf(long network) {
        return (int) (place(network) >>> 32);
    }

    /** The network's member in the upper half, the AS that originates it or 0 in the lower. */
    private long place(long network) {
        int at = (int) (network * 0x9E3779B97F4A7C15L >>> KEPT_SHIFT) << 1;
        if (kept[at] == network && network != 0) {
            return kept[at + 1];
        }
        long asn = origins.originAsn(network) & 0xFFFF_FFFFL;
        long place = (long) memberOf(network, asn) << 32 | asn;
        kept[at] = network;
        kept[at + 1] = place;
        return place;
    }

    /** By the longest of the members' prefixes, else by the AS that originates the network. */
    private int memberOf(long network, long asn) {
        int number = memberPrefixes.value(network);
        if (number != PrefixTable.NONE) {
            return number;
        }
        Integer byAsn = asn == 0 ? null : membersByAsn.get(asn);
        return byAsn == null ? CellNames.MEMBER_NONE : byAsn;
    }

    /**
     * The AS at the far side: the table's word, and where it knows nothing of the network the exporter's own (elements
     * 16 and 17, or sFlow's gateway record), which may be of a neighbour only; 0 where neither knows.
     */
    long remoteAsn(
            Port port,
            Direction direction,
            long sourceNetwork,
            long destinationNetwork,
            long sourceAsn,
            long destinationAsn) {
        boolean farIsSource = (direction == Direction.IN) != port.memberSide;
        long asn = place(farIsSource ? sourceNetwork : destinationNetwork) & 0xFFFF_FFFFL;
        long stated = farIsSource ? sourceAsn : destinationAsn;
        return asn != 0 ? asn : Math.max(0, stated);
    }
}
