// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;
import tonle.base.Speed;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.RateOverride;
import tonle.traffic.topology.Site;
import tonle.traffic.topology.Topology;

/** Writes a topology as the YAML that {@link ConfigurationFile} reads back to an equal one. */
public final class ConfigurationText {
    private final StringBuilder out = new StringBuilder();

    private ConfigurationText() {}

    public static String of(Topology topology) {
        ConfigurationText text = new ConfigurationText();
        text.line(0, "gateway:");
        text.line(1, "name: " + quoted(topology.gatewayName()));
        text.list("operators", topology.members(), text::member);
        text.list("sites", topology.sites(), text::site);
        text.list("exporters", topology.exporters(), text::exporter);
        text.list("links", topology.links(), text::link);
        boolean nested = text.hasNested(topology);
        if (nested) {
            text.line(0, "policies:");
            text.line(1, "nested-prefixes: true");
        }
        return text.out.toString();
    }

    /** An exporter that was just taken in, as a file of its own: what was said of it, and no default. */
    public static String takenIn(Exporter exporter) {
        ConfigurationText text = new ConfigurationText();
        text.line(0, "# Taken in from a page or the command line. Edit it, move it to the main file, or remove it.");
        text.line(0, "exporters:");
        text.line(1, "- id: " + quoted(exporter.id()));
        if (!exporter.site().isEmpty()) {
            text.line(2, "site: " + quoted(exporter.site()));
        }
        text.addresses("addresses", exporter.addresses());
        text.line(2, "records: " + exporter.kind().key());
        return text.out.toString();
    }

    private <T> void list(String name, Collection<T> items, java.util.function.Consumer<T> writer) {
        if (!items.isEmpty()) {
            line(0, name + ":");
            items.forEach(writer);
        }
    }

    private void member(Member member) {
        line(1, "- id: " + quoted(member.id()));
        line(2, "name: " + quoted(member.nameEnglish()));
        line(2, "name-khmer: " + quoted(member.nameKhmer()));
        line(2, "asns: " + member.asns());
        line(2, "prefixes:" + (member.prefixes().isEmpty() ? " []" : ""));
        for (Prefix prefix : member.prefixes()) {
            line(3, "- " + quoted(prefix.text()));
        }
    }

    private void site(Site site) {
        line(1, "- id: " + quoted(site.id()));
        line(2, "name: " + quoted(site.nameEnglish()));
        line(2, "name-khmer: " + quoted(site.nameKhmer()));
        line(2, "map-x: " + site.mapX());
        line(2, "map-y: " + site.mapY());
    }

    private void exporter(Exporter exporter) {
        line(1, "- id: " + quoted(exporter.id()));
        line(2, "site: " + quoted(exporter.site()));
        addresses("addresses", exporter.addresses());
        if (!exporter.agents().isEmpty()) {
            addresses("agents", exporter.agents());
        }
        line(2, "records: " + exporter.kind().key());
        line(2, "default-rate: " + exporter.defaultRate());
        line(2, "scales-itself: " + exporter.scalesItself());
        line(2, "counts-layer-2: " + exporter.countsLayer2());
        line(2, "active-timeout-seconds: " + exporter.activeTimeoutSeconds());
        line(2, "refuses-personal: " + exporter.refusesPersonal());
        if (!exporter.certificateFingerprint().isEmpty()) {
            line(2, "certificate: " + quoted(exporter.certificateFingerprint()));
        }
        if (!exporter.overrides().isEmpty()) {
            line(2, "overrides:");
            exporter.overrides().forEach(this::override);
        }
    }

    private void addresses(String key, List<DeviceAddress> all) {
        String addresses = all.stream()
                .map(DeviceAddress::text)
                .map(ConfigurationText::quoted)
                .collect(Collectors.joining(", "));
        line(2, key + ": [" + addresses + "]");
    }

    private void override(RateOverride override) {
        line(3, "- interface: " + override.interfaceIndex());
        line(4, "rate: " + override.rate());
        line(4, "from: " + quoted(Instant.ofEpochSecond(override.fromSeconds()).toString()));
        if (override.toSeconds() != Long.MAX_VALUE) {
            line(4, "to: " + quoted(Instant.ofEpochSecond(override.toSeconds()).toString()));
        }
        line(4, "reason: " + quoted(override.reason()));
    }

    private void link(Link link) {
        line(1, "- id: " + quoted(link.id()));
        line(2, "kind: " + link.kind().key());
        line(2, "site: " + quoted(link.site()));
        if (!link.farSite().isEmpty()) {
            line(2, "far-site: " + quoted(link.farSite()));
        }
        if (!link.member().isEmpty()) {
            line(2, "operator: " + quoted(link.member()));
        }
        line(2, "counterpart: " + quoted(link.counterpart()));
        line(2, "capacity: " + Speed.text(link.capacityBitsPerSecond()));
        line(2, "ports:" + (link.ports().isEmpty() ? " []" : ""));
        for (LinkPort port : link.ports()) {
            line(3, "- exporter: " + quoted(port.exporter()));
            line(4, "interface: " + port.interfaceIndex());
            line(4, "metered: " + port.metered());
        }
    }

    private boolean hasNested(Topology topology) {
        Problems overlaps = new Problems();
        PrefixHolding.tellOverlaps(
                topology.members().stream()
                        .flatMap(member -> member.prefixes().stream()
                                .map(prefix -> new PrefixHolding(prefix, member.id(), new Spot("", 0, 0))))
                        .toList(),
                false,
                overlaps);
        return !overlaps.isEmpty();
    }

    private void line(int depth, String text) {
        out.repeat("  ", depth).append(text).append('\n');
    }

    /** Double quotes always: then no name is taken for a number, a truth or a comment (YAML 1.2 section 7.3.1). */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').append(letter);
            } else if (Character.isISOControl(letter)
                    || letter == '\u2028'
                    || letter == '\u2029'
                    || letter == '\uFEFF') {
                quoted.append(String.format("\\u%04X", (int) letter));
            } else {
                quoted.append(letter);
            }
        }
        return quoted.append('"').toString();
    }
}
