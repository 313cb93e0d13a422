// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.Topology;

/** What follows from a link, by one topology: its site, kind, capacity and the ports that meter it. Immutable. */
final class Places {
    /** A link's place; numbers stand for {@link #siteText} and {@link #kindText}. */
    record Place(String link, int site, int kind, long capacityBitsPerSecond) {}

    private record Port(String link, String exporter, long interfaceIndex) {}

    /** Site and kind of a link that the topology does not know. */
    static final int NONE = 0;

    private final Map<String, Place> places = new HashMap<>();
    private final List<String> sites = new ArrayList<>(List.of(Link.NONE));
    private final Set<Port> metered = new HashSet<>();
    private final Map<String, Integer> meteredPorts = new HashMap<>();
    private final OriginTable origins;

    Places(Topology topology, OriginTable origins) {
        this.origins = origins;
        Set<String> siteIds = new TreeSet<>();
        topology.links().forEach(link -> siteIds.add(link.site()));
        siteIds.remove(Link.NONE);
        sites.addAll(siteIds);
        for (Link link : topology.links()) {
            int site = Math.max(NONE, sites.indexOf(link.site()));
            places.put(link.id(), new Place(link.id(), site, link.kind().ordinal() + 1, link.capacityBitsPerSecond()));
            for (LinkPort port : link.ports()) {
                if (port.metered() && metered.add(new Port(link.id(), port.exporter(), port.interfaceIndex()))) {
                    meteredPorts.merge(link.id(), 1, Integer::sum);
                }
            }
        }
    }

    /** Before any topology is handed in: no link has a place. */
    static Places unknown() {
        return new Places(new Topology(0, "", List.of(), List.of(), List.of(), List.of()), new NoOrigins());
    }

    OriginTable origins() {
        return origins;
    }

    Iterable<Place> all() {
        return places.values();
    }

    String siteText(int site) {
        return sites.get(site);
    }

    String kindText(int kind) {
        return kind == NONE ? Link.NONE : LinkKind.values()[kind - 1].key();
    }

    boolean metered(String link, String exporter, long interfaceIndex) {
        return metered.contains(new Port(link, exporter, interfaceIndex));
    }

    int meteredPorts(String link) {
        return meteredPorts.getOrDefault(link, 0);
    }

    private static final class NoOrigins implements OriginTable {
        @Override
        public long originAsn(long network) {
            return 0;
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
            return 0;
        }
    }
}
