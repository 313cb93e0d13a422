// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;
import tonle.base.Speed;
import tonle.registry.book.Form;
import tonle.registry.book.Kind;
import tonle.registry.book.Problem;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.RateOverride;
import tonle.traffic.topology.Site;
import tonle.traffic.topology.Topology;

/**
 * A topology in the words of the book: for each object the fields that a configuration file can say, canonical. What
 * the file has no key for, such as contacts and contracts, is not among them and stays as it is.
 */
final class TopologyEntries {
    /** Every kind of object that a configuration file holds; licences, facilities and exchanges it does not. */
    static final List<Kind> KINDS = List.of(Kind.OPERATOR, Kind.SITE, Kind.DEVICE, Kind.INTERFACE, Kind.LINK);

    private static final String OPEN_END = "open";
    private static final String ALL_INTERFACES = "all";

    private final Map<Kind, Map<String, Map<String, String>>> entries = new EnumMap<>(Kind.class);
    private final Consumer<Problem> problems;

    private TopologyEntries(Consumer<Problem> problems) {
        this.problems = problems;
        KINDS.forEach(kind -> entries.put(kind, new TreeMap<>()));
    }

    /** @param problems takes what the book would not take; the field is missing then */
    static Map<Kind, Map<String, Map<String, String>>> of(Topology topology, Consumer<Problem> problems) {
        TopologyEntries all = new TopologyEntries(problems);
        topology.members().forEach(all::operator);
        topology.sites().forEach(all::site);
        topology.exporters().forEach(all::device);
        topology.links().forEach(all::link);
        return all.entries;
    }

    private void operator(Member member) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", member.nameEnglish());
        fields.put("name-khmer", otherName(member.nameEnglish(), member.nameKhmer()));
        fields.put(
                "asns", Form.listOf(member.asns().stream().map(String::valueOf).toList()));
        fields.put(
                "prefixes",
                Form.listOf(member.prefixes().stream().map(Prefix::text).toList()));
        put(Kind.OPERATOR, member.id(), fields);
    }

    private void site(Site site) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", site.nameEnglish());
        fields.put("name-khmer", otherName(site.nameEnglish(), site.nameKhmer()));
        fields.put("map-x", String.valueOf(site.mapX()));
        fields.put("map-y", String.valueOf(site.mapY()));
        put(Kind.SITE, site.id(), fields);
    }

    /** Where no Khmer name was given, a topology repeats the other: the book says nothing then. */
    private static String otherName(String name, String khmer) {
        return khmer.equals(name) ? "" : khmer;
    }

    private void device(Exporter exporter) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("site", exporter.site());
        fields.put("addresses", addresses(exporter.addresses()));
        fields.put("agents", addresses(exporter.agents()));
        fields.put("exports-flows", "true");
        fields.put("records", exporter.kind().key());
        fields.put("default-rate", String.valueOf(exporter.defaultRate()));
        fields.put(
                "overrides",
                Form.listOf(exporter.overrides().stream()
                        .map(TopologyEntries::override)
                        .toList()));
        fields.put("scales-itself", String.valueOf(exporter.scalesItself()));
        fields.put("counts-layer-2", String.valueOf(exporter.countsLayer2()));
        fields.put("active-timeout-seconds", String.valueOf(exporter.activeTimeoutSeconds()));
        fields.put("refuses-personal", String.valueOf(exporter.refusesPersonal()));
        fields.put("certificate", exporter.certificateFingerprint());
        put(Kind.DEVICE, exporter.id(), fields);
    }

    private static String addresses(List<DeviceAddress> addresses) {
        return Form.listOf(addresses.stream().map(DeviceAddress::text).toList());
    }

    static String override(RateOverride override) {
        String reason = override.reason().replaceAll("\\R", " ").strip();
        return (override.interfaceIndex() < 0 ? ALL_INTERFACES : override.interfaceIndex())
                + " " + override.rate()
                + " " + Instant.ofEpochSecond(override.fromSeconds())
                + " "
                + (override.toSeconds() == Long.MAX_VALUE ? OPEN_END : Instant.ofEpochSecond(override.toSeconds()))
                + " " + (reason.isEmpty() ? "no reason given" : reason);
    }

    static RateOverride override(String written) {
        String[] words = written.split(" ", 5);
        return new RateOverride(
                words[0].equals(ALL_INTERFACES) ? -1 : Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Instant.parse(words[2]).getEpochSecond(),
                words[3].equals(OPEN_END)
                        ? Long.MAX_VALUE
                        : Instant.parse(words[3]).getEpochSecond(),
                words[4]);
    }

    private void link(Link link) {
        List<String> ports = new ArrayList<>();
        for (LinkPort port : link.ports()) {
            String id = port.exporter() + "/" + port.interfaceIndex();
            ports.add(port.metered() ? id : id + Form.SEEN);
            put(Kind.INTERFACE, id, Map.of());
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("kind", link.kind().key());
        fields.put("site", link.site());
        fields.put("far-site", link.farSite());
        fields.put("operator", link.member());
        fields.put("counterpart", link.counterpart());
        fields.put("capacity", Speed.text(link.capacityBitsPerSecond()));
        fields.put("ports", Form.listOf(ports));
        put(Kind.LINK, link.id(), fields);
    }

    private void put(Kind kind, String id, Map<String, String> written) {
        Map<String, String> canonical = new LinkedHashMap<>();
        written.forEach((name, text) -> kind.field(name)
                .orElseThrow()
                .canonical(kind.word() + " " + id, text, problems)
                .ifPresent(value -> canonical.put(name, value)));
        entries.get(kind).put(id, canonical);
    }
}
