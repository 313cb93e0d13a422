// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import tonle.base.DeviceAddress;
import tonle.base.NearestName;
import tonle.base.Prefix;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.RateOverride;
import tonle.traffic.topology.Site;
import tonle.traffic.topology.Topology;

/** Reads operators, sites, exporters and links, and holds them against each other. */
final class TopologyReader {
    private static final List<String> EXPORTER_KINDS =
            Arrays.stream(ExporterKind.values()).map(ExporterKind::key).toList();
    private static final List<String> LINK_KINDS =
            Arrays.stream(LinkKind.values()).map(LinkKind::key).toList();
    private static final List<String> RESERVED = List.of(Member.NONE, Member.OTHER);

    private final Problems problems;
    private final GatewayConfig.Policies policies;
    private final Ids operators = new Ids("operator");
    private final Ids sites = new Ids("site");
    private final Ids exporters = new Ids("exporter");
    private final Ids links = new Ids("link");
    private final Map<DeviceAddress, String> exporterByAddress = new HashMap<>();
    private final Map<Section.Item, String> agentItems = new LinkedHashMap<>();
    private final Map<LinkPort, String> linkByInterface = new HashMap<>();
    private final Map<Long, String> operatorByAsn = new HashMap<>();
    private final List<PrefixHolding> holdings = new ArrayList<>();

    TopologyReader(Problems problems, GatewayConfig.Policies policies) {
        this.problems = problems;
        this.policies = policies;
    }

    /** @param roots the main file first, then files that hold exporters only */
    Topology read(List<Section> roots, long version) {
        Section main = roots.getFirst();
        String name = main.section("gateway").text("name");
        List<Member> memberList =
                main.sections("operators").stream().map(this::member).toList();
        PrefixHolding.tellOverlaps(holdings, policies.nestedPrefixes(), problems);
        List<Site> siteList = main.sections("sites").stream().map(this::site).toList();
        List<Exporter> exporterList = roots.stream()
                .flatMap(root -> root.sections("exporters").stream())
                .map(this::exporter)
                .toList();
        agentItems.forEach(this::agentMustBeKnown);
        List<Link> linkList = main.sections("links").stream().map(this::link).toList();
        return new Topology(version, name, siteList, memberList, linkList, exporterList);
    }

    private Member member(Section section) {
        String id = operators.define(section);
        String name = section.text("name");
        String khmer = section.text("name-khmer");
        List<Long> asns = new ArrayList<>();
        for (Section.Item item : section.texts("asns")) {
            long asn = asnOf(item.text());
            String holder = asn > 0 ? operatorByAsn.putIfAbsent(asn, id) : null;
            if (asn <= 0) {
                problems.add(item.spot(), shown(item) + " is not an AS number from 1 to 4294967294");
            } else if (holder != null) {
                problems.add(item.spot(), "AS" + asn + " stands under operator " + holder + " already; keep one");
            } else {
                asns.add(asn);
            }
        }
        List<Prefix> prefixes = new ArrayList<>();
        for (Section.Item item : section.texts("prefixes")) {
            Prefix.parse(item.text())
                    .ifPresentOrElse(
                            prefix -> hold(prefix, id, item, prefixes),
                            () -> problems.add(
                                    item.spot(),
                                    shown(item)
                                            + " is not a prefix such as 203.0.113.0/24, or has bits past its length"));
        }
        return new Member(id, name, khmer.isEmpty() ? name : khmer, asns, prefixes);
    }

    private void hold(Prefix prefix, String operator, Section.Item item, List<Prefix> prefixes) {
        int finest = prefix.ipVersion() == 4 ? 24 : 48;
        if (prefix.lengthBits() > finest) {
            problems.add(
                    item.spot(),
                    prefix.text() + " is longer than /" + finest
                            + ": Tonle reads no finer network than that, by promise; " + "give the /" + finest
                            + " to the operator that holds most of it");
            return;
        }
        holdings.add(new PrefixHolding(prefix, operator, item.spot()));
        prefixes.add(prefix);
    }

    private Site site(Section section) {
        String id = sites.define(section);
        String name = section.text("name");
        String khmer = section.text("name-khmer");
        return new Site(
                id, name, khmer.isEmpty() ? name : khmer, (int) section.number("map-x"), (int) section.number("map-y"));
    }

    private Exporter exporter(Section section) {
        String id = exporters.define(section);
        String site = sites.use(section, "site");
        List<DeviceAddress> addresses = new ArrayList<>();
        for (Section.Item item : section.texts("addresses")) {
            DeviceAddress address = DeviceAddress.parse(item.text()).orElse(null);
            String holder = address == null ? null : exporterByAddress.putIfAbsent(address, id);
            if (address == null) {
                problems.add(item.spot(), shown(item) + " is not an address in digits such as 192.0.2.1");
            } else if (holder != null) {
                problems.add(item.spot(), address + " is an address of exporter " + holder + " already; keep one");
            } else {
                addresses.add(address);
            }
        }
        List<DeviceAddress> agents = new ArrayList<>();
        for (Section.Item item : section.texts("agents")) {
            DeviceAddress.parse(item.text())
                    .ifPresentOrElse(
                            address -> {
                                agents.add(address);
                                agentItems.put(item, id);
                            },
                            () -> problems.add(
                                    item.spot(), shown(item) + " is not an address in digits such as 192.0.2.1"));
        }
        ExporterKind kind = ExporterKind.values()[EXPORTER_KINDS.indexOf(section.choice("records", EXPORTER_KINDS))];
        boolean refuses =
                section.has("refuses-personal") ? section.flag("refuses-personal") : policies.refusePersonal();
        return new Exporter(
                id,
                site,
                addresses,
                agents,
                kind,
                section.number("default-rate"),
                section.sections("overrides").stream().map(this::override).toList(),
                section.flag("scales-itself"),
                section.flag("counts-layer-2"),
                (int) section.number("active-timeout-seconds"),
                refuses,
                fingerprint(section));
    }

    /** Once every exporter is read: an agent is an address of another one. */
    private void agentMustBeKnown(Section.Item item, String relay) {
        DeviceAddress address = DeviceAddress.parse(item.text()).orElseThrow();
        String exporter = exporterByAddress.get(address);
        if (exporter == null || exporter.equals(relay)) {
            problems.add(
                    item.spot(),
                    address + " is no address of another exporter; list the device with this address under 'exporters',"
                            + " or leave it out here");
        }
    }

    private RateOverride override(Section section) {
        long from = section.time("from").orElse(0);
        long to = section.time("to").orElse(Long.MAX_VALUE);
        if (to <= from) {
            problems.add(section.spot("to"), "the override ends before it begins; put 'to' after 'from'");
        }
        return new RateOverride(section.number("interface"), section.number("rate"), from, to, section.text("reason"));
    }

    private String fingerprint(Section section) {
        String written = section.text("certificate");
        String digits = written.replace(":", "").toLowerCase(Locale.ROOT);
        if (!written.isEmpty() && !digits.matches("[0-9a-f]{64}")) {
            problems.add(
                    section.spot("certificate"),
                    "'" + Section.cut(written) + "' is not a SHA-256 fingerprint of 64 hexadecimal digits; "
                            + "'tonle certificate list' shows them");
        }
        return digits;
    }

    private Link link(Section section) {
        String id = links.define(section);
        LinkKind kind = LinkKind.values()[LINK_KINDS.indexOf(section.choice("kind", LINK_KINDS))];
        String site = sites.use(section, "site");
        String farSite = sites.use(section, "far-site");
        boolean isBackbone = kind == LinkKind.BACKBONE;
        if (isBackbone == farSite.isEmpty()) {
            problems.add(
                    section.spot("far-site"),
                    isBackbone
                            ? "backbone link " + id + " lacks far-site, the site at its other end"
                            : "link " + id + " is of kind " + kind.key() + ": only a backbone link has a far-site");
        } else if (isBackbone && farSite.equals(site)) {
            problems.add(section.spot("far-site"), "link " + id + " has the site " + site + " at both ends");
        }
        String member = operators.use(section, "operator");
        String counterpart = section.text("counterpart");
        long capacity = section.speed("capacity");
        List<LinkPort> ports = new ArrayList<>();
        for (Section port : section.sections("ports")) {
            ports.add(port(port, id));
        }
        return new Link(id, kind, site, farSite, member, counterpart, capacity, ports);
    }

    private LinkPort port(Section section, String link) {
        LinkPort port =
                new LinkPort(exporters.use(section, "exporter"), section.number("interface"), section.flag("metered"));
        String holder = linkByInterface.putIfAbsent(new LinkPort(port.exporter(), port.interfaceIndex(), true), link);
        if (holder != null && !port.exporter().isEmpty()) {
            String where = "interface " + port.interfaceIndex() + " of exporter " + port.exporter();
            problems.add(section.spot(), where + " carries link " + holder + " already; an interface carries one link");
        }
        return port;
    }

    private static long asnOf(String text) {
        String digits = text.startsWith("AS") ? text.substring(2) : text;
        long asn = digits.matches("[0-9]{1,10}") ? Long.parseLong(digits) : 0;
        return asn < 0xFFFF_FFFFL ? asn : 0; // RFC 7300: the last number is reserved.
    }

    private static String shown(Section.Item item) {
        return "'" + Section.cut(item.text()) + "'";
    }

    /** The ids of one kind: each once, whatever its case, and none that the tables use for themselves. */
    private final class Ids {
        private final String kind;
        private final Map<String, String> byLowerCase = new HashMap<>();

        Ids(String kind) {
            this.kind = kind;
        }

        String define(Section section) {
            String id = section.id("id");
            String earlier = id.isEmpty() ? null : byLowerCase.putIfAbsent(id.toLowerCase(Locale.ROOT), id);
            if (earlier != null) {
                String case_ = earlier.equals(id) ? "" : " (ids that differ by case only would be mistaken)";
                problems.add(section.spot("id"), "there is a " + kind + " " + earlier + " already" + case_);
            } else if (RESERVED.contains(id.toLowerCase(Locale.ROOT))) {
                problems.add(section.spot("id"), "'" + id + "' means something in every table; choose another id");
            }
            return id;
        }

        /** The id that {@code name} refers to; empty where none is given. */
        String use(Section section, String name) {
            String id = section.id(name);
            if (!id.isEmpty() && !byLowerCase.containsValue(id)) {
                problems.add(
                        section.spot(name),
                        "there is no " + kind + " " + id
                                + NearestName.asQuestion(id, new TreeSet<>(byLowerCase.values())));
            }
            return id;
        }
    }
}
