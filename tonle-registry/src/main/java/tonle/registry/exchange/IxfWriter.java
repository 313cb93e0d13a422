// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tonle.base.Json;
import tonle.registry.exchange.IxfDocument.Connection;
import tonle.registry.exchange.IxfDocument.Exchange;
import tonle.registry.exchange.IxfDocument.Lan;
import tonle.registry.exchange.IxfDocument.LanNetwork;
import tonle.registry.exchange.IxfDocument.LanUse;
import tonle.registry.exchange.IxfDocument.Member;
import tonle.registry.exchange.IxfDocument.Port;
import tonle.registry.exchange.IxfDocument.RoleContact;
import tonle.registry.exchange.IxfDocument.Router;
import tonle.registry.exchange.IxfDocument.Service;
import tonle.registry.exchange.IxfDocument.Switch;

/**
 * Writes IX-F member exports, valid under the schema of the version asked for. What an older version has no member for
 * is not written; what a newer one demands and the document lacks ({@code ixf_id}) is written as 0, the schema's way to
 * say that the IX-F database does not know the exchange yet.
 */
public final class IxfWriter {
    private final Json json;
    private final IxfVersion version;

    private IxfWriter(Json json, IxfVersion version) {
        this.json = json;
        this.version = version;
    }

    /** The document in {@code version}, indented, with a line feed at the end. */
    public static String text(IxfDocument document, IxfVersion version) {
        StringBuilder out = new StringBuilder();
        new IxfWriter(new Json(out, true), version).document(document);
        return out.append('\n').toString();
    }

    private void document(IxfDocument document) {
        json.beginObject().member("version", version.text());
        text("generator", document.generator());
        json.member("timestamp", instant(document.timestamp()));
        json.name("ixp_list").beginArray();
        document.exchanges().forEach(this::exchange);
        json.endArray().name("member_list").beginArray();
        document.members().forEach(this::member);
        json.endArray().endObject();
    }

    private void exchange(Exchange exchange) {
        json.beginObject().member("ixp_id", exchange.id());
        if (exchange.ixfId().isPresent() || version.isAtLeast(IxfVersion.V0_7)) {
            json.member("ixf_id", exchange.ixfId().orElse(0));
        }
        // Version 0.6 has no such member, and programs write it there all the same; the schema lets it pass.
        number("peeringdb_id", exchange.peeringDbId());
        json.member("shortname", exchange.shortName());
        text("name", exchange.name());
        text("country", exchange.country());
        text("url", exchange.url());
        text("stats_api", exchange.statsApi());
        for (RoleContact contact : exchange.contacts()) {
            text(contact.role() + "_email", contact.email());
            text(contact.role() + "_contact_hours", contact.hours());
        }
        texts("peering_policy_list", exchange.peeringPolicies());
        json.name("switch").beginArray();
        exchange.switches().forEach(this::networkSwitch);
        json.endArray().name("vlan").beginArray();
        exchange.lans().forEach(this::lan);
        json.endArray().endObject();
    }

    private void networkSwitch(Switch networkSwitch) {
        json.beginObject();
        number("id", networkSwitch.id());
        text("name", networkSwitch.name());
        text("colo", networkSwitch.colo());
        number("pdb_facility_id", networkSwitch.peeringDbFacilityId());
        text("city", networkSwitch.city());
        text("country", networkSwitch.country());
        if (version.isAtLeast(IxfVersion.V0_7)) {
            text("manufacturer", networkSwitch.manufacturer());
            text("model", networkSwitch.model());
        }
        if (version.isAtLeast(IxfVersion.V1_0)) {
            text("software", networkSwitch.software());
        }
        json.endObject();
    }

    private void lan(Lan lan) {
        json.beginObject();
        number("id", lan.id());
        text("name", lan.name());
        lan.ipv4().ifPresent(network -> lanNetwork("ipv4", network));
        lan.ipv6().ifPresent(network -> lanNetwork("ipv6", network));
        json.endObject();
    }

    private void lanNetwork(String name, LanNetwork network) {
        json.name(name).beginObject();
        network.prefix().ifPresent(prefix -> {
            String text = prefix.text();
            json.member("prefix", text.substring(0, text.indexOf('/'))).member("mask_length", prefix.lengthBits());
        });
        if (version.isAtLeast(IxfVersion.V0_7)) {
            texts("looking_glass_urls", network.lookingGlasses());
        }
        json.endObject();
    }

    private void member(Member member) {
        json.beginObject().member("asnum", member.asn());
        // Version 0.7 took two types away; what they named is "other" there.
        text(
                "member_type",
                member.type()
                        .map(type -> version.isAtLeast(IxfVersion.V0_7)
                                        && (type.equals("routeserver") || type.equals("probono"))
                                ? "other"
                                : type));
        text("name", member.name());
        text("url", member.url());
        texts("contact_email", member.emails());
        text("contact_hours", member.hours());
        text("peering_policy", member.peeringPolicy());
        text("peering_policy_url", member.peeringPolicyUrl());
        text("member_since", member.since().map(IxfWriter::instant));
        json.name("connection_list").beginArray();
        member.connections().forEach(this::connection);
        json.endArray().endObject();
    }

    private void connection(Connection connection) {
        json.beginObject().member("ixp_id", connection.exchangeId());
        text("state", connection.state());
        text("connected_since", connection.since().map(IxfWriter::instant));
        json.name("if_list").beginArray();
        for (Port port : connection.ports()) {
            json.beginObject();
            number("switch_id", port.switchId());
            number("if_speed", port.speedMegabits());
            text("if_type", port.type());
            json.endObject();
        }
        json.endArray().name("vlan_list").beginArray();
        for (LanUse use : connection.lans()) {
            json.beginObject();
            number("vlan_id", use.lanId());
            use.ipv4().ifPresent(router -> router("ipv4", router));
            use.ipv6().ifPresent(router -> router("ipv6", router));
            json.endObject();
        }
        json.endArray().endObject();
    }

    private void router(String name, Router router) {
        json.name(name).beginObject();
        router.address().ifPresent(address -> json.member("address", address.text()));
        text("as_macro", router.asMacro());
        number("max_prefix", router.maxPrefix());
        router.isRouteServerPeer().ifPresent(peers -> json.member("routeserver", peers));
        texts("mac_addresses", router.macAddresses());
        if (version == IxfVersion.V0_7) {
            texts("service_type", router.services().stream().map(Service::type).toList());
        }
        if (version.isAtLeast(IxfVersion.V1_0) && !router.services().isEmpty()) {
            json.name("services").beginArray();
            for (Service service : router.services()) {
                json.beginObject().member("type", service.type());
                text("os", service.os());
                text("os_version", service.osVersion());
                text("daemon", service.daemon());
                text("daemon_version", service.daemonVersion());
                json.endObject();
            }
            json.endArray();
        }
        json.endObject();
    }

    private void text(String name, Optional<String> value) {
        value.ifPresent(text -> json.member(name, text));
    }

    private void number(String name, OptionalInt value) {
        value.ifPresent(number -> json.member(name, number));
    }

    private void texts(String name, List<String> values) {
        if (!values.isEmpty()) {
            json.name(name).beginArray();
            values.forEach(json::value);
            json.endArray();
        }
    }

    private static String instant(OffsetDateTime time) {
        return DateTimeFormatter.ISO_INSTANT.format(time);
    }
}
