// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.util.List;
import java.util.function.Consumer;
import tonle.base.Json;
import tonle.registry.exchange.PeeringDbDocument.Presence;

/**
 * Writes objects in the shape of PeeringDB's API, one member for each kind ({@code {"net":{"data":[…]},…}}), so that
 * tools that read PeeringDB read a gateway too. {@link PeeringDbReader} reads it back equal.
 */
public final class PeeringDbWriter {
    private final Json json;

    private PeeringDbWriter(Json json) {
        this.json = json;
    }

    /** The document, indented, with a line feed at the end. */
    public static String text(PeeringDbDocument document) {
        StringBuilder out = new StringBuilder();
        new PeeringDbWriter(new Json(out, true)).document(document);
        return out.append('\n').toString();
    }

    private void document(PeeringDbDocument document) {
        json.beginObject();
        kind("org", document.organisations(), org -> {
            json.member("id", org.id()).member("name", org.name());
            org.website().ifPresent(website -> json.member("website", website));
            org.country().ifPresent(country -> json.member("country", country));
        });
        kind("fac", document.facilities(), fac -> {
            json.member("id", fac.id());
            fac.organisationId().ifPresent(id -> json.member("org_id", id));
            json.member("name", fac.name());
            fac.city().ifPresent(city -> json.member("city", city));
            fac.country().ifPresent(country -> json.member("country", country));
            fac.latitude().ifPresent(degrees -> json.member("latitude", degrees.doubleValue()));
            fac.longitude().ifPresent(degrees -> json.member("longitude", degrees.doubleValue()));
        });
        kind("ix", document.exchanges(), ix -> {
            json.member("id", ix.id());
            ix.organisationId().ifPresent(id -> json.member("org_id", id));
            json.member("name", ix.name());
            ix.city().ifPresent(city -> json.member("city", city));
            ix.country().ifPresent(country -> json.member("country", country));
        });
        kind("ixlan", document.lans(), lan -> {
            json.member("id", lan.id()).member("ix_id", lan.exchangeId());
            lan.name().ifPresent(name -> json.member("name", name));
            lan.mtuOctets().ifPresent(mtu -> json.member("mtu", mtu));
        });
        kind(
                "ixpfx",
                document.lanPrefixes(),
                prefix -> json.member("id", prefix.id())
                        .member("ixlan_id", prefix.lanId())
                        .member("protocol", "IPv" + prefix.prefix().ipVersion())
                        .member("prefix", prefix.prefix().text()));
        kind("net", document.networks(), net -> {
            json.member("id", net.id());
            net.organisationId().ifPresent(id -> json.member("org_id", id));
            json.member("name", net.name()).member("asn", net.asn());
            net.website().ifPresent(website -> json.member("website", website));
            net.asSet().ifPresent(asSet -> json.member("irr_as_set", asSet));
            net.prefixes4Max().ifPresent(count -> json.member("info_prefixes4", count));
            net.prefixes6Max().ifPresent(count -> json.member("info_prefixes6", count));
        });
        kind("netixlan", document.presences(), this::presence);
        kind(
                "netfac",
                document.netFacilities(),
                place -> json.member("id", place.id())
                        .member("net_id", place.networkId())
                        .member("fac_id", place.facilityId()));
        kind(
                "ixfac",
                document.exchangeFacilities(),
                place -> json.member("id", place.id())
                        .member("ix_id", place.exchangeId())
                        .member("fac_id", place.facilityId()));
        json.endObject();
    }

    private void presence(Presence presence) {
        json.member("id", presence.id());
        presence.networkId().ifPresent(id -> json.member("net_id", id));
        json.member("ixlan_id", presence.lanId())
                .member("asn", presence.asn())
                .member("speed", presence.speedMegabits());
        presence.ipv4().ifPresent(address -> json.member("ipaddr4", address.text()));
        presence.ipv6().ifPresent(address -> json.member("ipaddr6", address.text()));
        json.member("is_rs_peer", presence.isRouteServerPeer()).member("operational", presence.isOperational());
    }

    private <T> void kind(String name, List<T> objects, Consumer<T> members) {
        if (objects.isEmpty()) {
            return;
        }
        json.name(name).beginObject().name("data").beginArray();
        for (T object : objects) {
            json.beginObject();
            members.accept(object);
            json.member("status", "ok").endObject();
        }
        json.endArray().endObject();
    }
}
