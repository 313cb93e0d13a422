// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tonle.base.DeviceAddress;
import tonle.gateway.config.ConfigurationText;
import tonle.gateway.demo.DemoRemote.Cable;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.Site;
import tonle.traffic.topology.Topology;

/**
 * Who is connected in the demonstration country: four sites, twelve members, five circuits abroad, a backbone, a
 * private interconnect, and the devices that watch them. Given as what a gateway reads: a configuration file and a
 * table of origins.
 */
public final class DemoCountry {
    /** The file name of the table of origins, beside the configuration. */
    public static final String ORIGINS_FILE = "demo-origins.txt";

    static final String PRIVATE_LINK = "lotus-heron-1";
    static final int PRIVATE_LINK_INTERFACE = 150;
    /** Between the router and the exchange switch at Phnom Penh: inside the house, no link. */
    static final int ROUTER_TO_SWITCH = 900;

    static final int SWITCH_TO_ROUTER = 49;
    /** Towards Phnom Penh, at every other site. */
    static final int BACKBONE_INTERFACE = 300;

    private static final long GIGABIT = 1_000_000_000L;
    private static final int BACKBONE_GIGABITS = 400;

    private DemoCountry() {}

    /** The devices that are taken in already, with the addresses that the demo's exporters send from. */
    enum Device {
        PNH_EDGE_1("pnh-edge-1", Place.PNH, "127.1.1.1", 0),
        PNH_IX_1("pnh-ix-1", Place.PNH, "127.1.1.2", 0),
        SHV_EDGE_1("shv-edge-1", Place.SHV, "127.1.2.1", 0),
        PPT_EDGE_1("ppt-edge-1", Place.PPT, "127.1.3.1", 0),
        BVT_EDGE_1("bvt-edge-1", Place.BVT, "127.1.4.1", 1),
        BVT_NAT_1("bvt-nat-1", Place.BVT, "127.1.4.2", 1);

        final String id;
        final Place place;
        final DeviceAddress address;
        final long defaultRate;

        Device(String id, Place place, String address, long defaultRate) {
            this.id = id;
            this.place = place;
            this.address = DeviceAddress.parse(address).orElseThrow();
            this.defaultRate = defaultRate;
        }
    }

    /** The address of the device that nobody has taken in yet. */
    static final DeviceAddress STRANGER = DeviceAddress.parse("127.1.9.9").orElseThrow();

    /** Everything but the origins. */
    public static Topology topology() {
        List<Site> sites = new ArrayList<>();
        for (Place place : Place.values()) {
            sites.add(new Site(place.name(), place.nameEnglish, place.nameKhmer, place.mapX, place.mapY));
        }
        List<Member> members = new ArrayList<>();
        for (DemoMember m : DemoMember.values()) {
            members.add(new Member(
                    m.id(), m.nameEnglish, m.nameKhmer, List.of(m.asn()), List.of(m.prefix4(), m.prefix6())));
        }
        List<Exporter> exporters = new ArrayList<>();
        for (Device device : Device.values()) {
            exporters.add(new Exporter(
                    device.id,
                    device.place.name(),
                    List.of(device.address),
                    List.of(),
                    ExporterKind.INGRESS,
                    device.defaultRate,
                    List.of(),
                    false,
                    false,
                    60,
                    false,
                    ""));
        }
        return new Topology(1, "Demonstration gateway", sites, members, links(), exporters);
    }

    private static List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (Cable cable : Cable.values()) {
            links.add(new Link(
                    cable.id(),
                    LinkKind.INTERNATIONAL,
                    cable.place.name(),
                    "",
                    "",
                    cable.counterpart,
                    cable.gigabits * GIGABIT,
                    List.of(new LinkPort(cable.place.edge, cable.interfaceIndex, true))));
        }
        for (Place place : Place.values()) {
            if (place != Place.PNH) {
                links.add(new Link(
                        place.backbone(),
                        LinkKind.BACKBONE,
                        Place.PNH.name(),
                        place.name(),
                        "",
                        place.nameEnglish,
                        BACKBONE_GIGABITS * GIGABIT,
                        List.of(
                                new LinkPort(Place.PNH.edge, place.backboneInterfaceInPhnomPenh(), true),
                                new LinkPort(place.edge, BACKBONE_INTERFACE, false))));
            }
        }
        for (DemoMember m : DemoMember.values()) {
            links.add(new Link(
                    m.port(),
                    LinkKind.EXCHANGE_PORT,
                    m.place.name(),
                    "",
                    m.id(),
                    m.nameEnglish,
                    m.portGigabits * GIGABIT,
                    List.of(new LinkPort(m.portExporter(), m.portInterface(), true))));
        }
        links.add(new Link(
                PRIVATE_LINK,
                LinkKind.PRIVATE_INTERCONNECT,
                Place.PNH.name(),
                "",
                DemoMember.LOTUS.id(),
                DemoMember.LOTUS.nameEnglish + " and a cache of " + DemoRemote.HERON.nameEnglish,
                40 * GIGABIT,
                List.of(new LinkPort(Place.PNH.edge, PRIVATE_LINK_INTERFACE, true))));
        return links;
    }

    /**
     * The configuration file of the demo.
     *
     * @param settings further sections in YAML, such as {@code listen} and {@code portal}; may be empty
     */
    public static String configuration(String settings) {
        return "# The demonstration country. Everything in it is invented; change what you like and reload.\n"
                + ConfigurationText.of(topology())
                + "tables:\n  origins: [" + ORIGINS_FILE + "]\n  rir-statistics: [" + ORIGINS_FILE + "]\n"
                + settings;
    }

    /** The table of origins that goes with it: prefixes, names and countries of members and networks abroad. */
    public static String origins() {
        StringBuilder text =
                new StringBuilder("# The demonstration country: prefix or range, origin AS, name; countries.\n");
        for (DemoMember m : DemoMember.values()) {
            origin(text, m.prefix4().text(), m.prefix6().text(), m.asn(), m.nameEnglish, "KH", m::network);
        }
        for (DemoRemote r : DemoRemote.values()) {
            origin(text, r.prefix4().text(), r.prefix6().text(), r.asn(), r.nameEnglish, r.country, r::network);
        }
        return text.toString();
    }

    private static void origin(
            StringBuilder text,
            String prefix4,
            String prefix6,
            long asn,
            String name,
            String country,
            Demand.Networks networks) {
        UnaryOperator<String> first = prefix -> prefix.substring(0, prefix.indexOf('/'));
        String last =
                first.apply(tonle.base.Network.text(networks.network(4, 15))).replaceAll("\\.0$", ".255");
        text.append(first.apply(prefix4)).append(',').append(last).append(',').append(asn);
        text.append(",\"").append(name).append("\"\n");
        text.append(prefix6).append(' ').append(asn).append('\n');
        text.append("demo|").append(country).append("|asn|").append(asn).append("|1|20260101|assigned\n");
    }
}
