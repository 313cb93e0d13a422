// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;
import tonle.registry.exchange.PeeringDbDocument.Exchange;
import tonle.registry.exchange.PeeringDbDocument.ExchangeFacility;
import tonle.registry.exchange.PeeringDbDocument.Facility;
import tonle.registry.exchange.PeeringDbDocument.Lan;
import tonle.registry.exchange.PeeringDbDocument.LanPrefix;
import tonle.registry.exchange.PeeringDbDocument.Net;
import tonle.registry.exchange.PeeringDbDocument.NetFacility;
import tonle.registry.exchange.PeeringDbDocument.Organisation;
import tonle.registry.exchange.PeeringDbDocument.Presence;
import tools.jackson.databind.JsonNode;

/**
 * Reads PeeringDB objects in the three shapes that are about: the API's answer ({@code {"meta":…,"data":[…]}}, the kind
 * of object told by the caller), a dump with one such member for each kind ({@code {"net":{"data":[…]},…}}), and the
 * list of database fixtures ({@code [{"model":"….network","pk":1,"fields":{…}},…]}). Objects whose status is not
 * {@code ok} are passed over. Points of contact ({@code poc}) name people and are left out whole.
 */
public final class PeeringDbReader {
    private static final int OBJECTS_MAX = 200_000;
    private static final int NAME_CHARS_MAX = 255;
    private static final long ASN_MAX = 0xFFFF_FFFFL;
    private static final int SPEED_MEGABITS_MAX = 100_000_000;
    private static final Set<String> PERSON_FIELDS = Set.of(
            "tech_email",
            "tech_phone",
            "policy_email",
            "policy_phone",
            "sales_email",
            "sales_phone",
            "notes",
            "address1");

    /** The kinds of objects, by PeeringDB's own short names. */
    public enum Kind {
        ORG("organization"),
        NET("network"),
        IX("internetexchange"),
        IXLAN("ixlan"),
        IXPFX("ixlanprefix"),
        FAC("facility"),
        NETIXLAN("networkixlan"),
        NETFAC("networkfacility"),
        IXFAC("internetexchangefacility");

        private final String model;

        Kind(String model) {
            this.model = model;
        }

        /** As in the address of the API: {@code netixlan}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Findings findings = new Findings();
    private final List<Organisation> organisations = new ArrayList<>();
    private final List<Net> networks = new ArrayList<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Lan> lans = new ArrayList<>();
    private final List<LanPrefix> lanPrefixes = new ArrayList<>();
    private final List<Facility> facilities = new ArrayList<>();
    private final List<Presence> presences = new ArrayList<>();
    private final List<NetFacility> netFacilities = new ArrayList<>();
    private final List<ExchangeFacility> exchangeFacilities = new ArrayList<>();
    private boolean hasPersonFields;

    private PeeringDbReader() {}

    /**
     * Reads one file.
     *
     * @param kind what the objects of {@code data} are, where the file is one answer of the API; the other shapes say
     *     so themselves
     */
    public static Reading<PeeringDbDocument> read(InputStream in, Optional<Kind> kind) throws IOException {
        return new PeeringDbReader().file(in, kind);
    }

    private Reading<PeeringDbDocument> file(InputStream in, Optional<Kind> kind) throws IOException {
        Optional<JsonNode> tree = JsonFile.read(in, findings);
        if (tree.isEmpty()) {
            return findings.refused();
        }
        JsonNode root = tree.get();
        if (root.isArray()) {
            fixtures(root);
        } else if (root.isObject() && root.has("data")) {
            if (kind.isEmpty()) {
                findings.refuse(Reason.MISSING, "", "say of which kind the objects are: org, net, ix, ixlan, …");
            } else {
                objects(root, kind.get(), "");
            }
        } else if (root.isObject()) {
            dump(root);
        } else {
            findings.refuse(Reason.WRONG_TYPE, "", "an object or a list is wanted here");
        }
        if (hasPersonFields) {
            findings.leaveOut(
                    Reason.NAMES_PEOPLE, "", "mailboxes, telephone numbers, street addresses and notes are not taken");
        }
        checkIds();
        return findings.outcome(new PeeringDbDocument(
                organisations,
                networks,
                exchanges,
                lans,
                lanPrefixes,
                facilities,
                presences,
                netFacilities,
                exchangeFacilities));
    }

    private void fixtures(JsonNode list) {
        if (list.size() > OBJECTS_MAX) {
            findings.refuse(Reason.TOO_MANY, "", list.size() + " objects; at most " + OBJECTS_MAX + " are taken");
            return;
        }
        int index = 0;
        for (JsonNode entry : list) {
            JsonCursor at = new JsonCursor(entry, "/" + index++, findings);
            if (!at.isObject()) {
                continue;
            }
            at.demand("model", "pk", "fields");
            Optional<String> model = at.text("model", 100);
            OptionalInt id = at.integer("pk", 1, Integer.MAX_VALUE);
            Optional<JsonCursor> fields = at.object("fields");
            if (model.isPresent() && id.isPresent() && fields.isPresent()) {
                String name = model.get().substring(model.get().lastIndexOf('.') + 1);
                Optional<Kind> kind = kindOf(name, known -> known.model);
                kind.ifPresentOrElse(found -> take(found, id.getAsInt(), fields.get()), () -> passOver(name, at));
            }
        }
    }

    private void dump(JsonNode root) {
        root.properties().forEach(member -> {
            Optional<Kind> kind = kindOf(member.getKey(), Kind::text);
            JsonCursor at = new JsonCursor(member.getValue(), "/" + member.getKey(), findings);
            if (kind.isPresent() && at.isObject()) {
                objects(member.getValue(), kind.get(), "/" + member.getKey());
            } else if (kind.isEmpty()) {
                passOver(member.getKey(), at);
            }
        });
    }

    private static Optional<Kind> kindOf(String name, Function<Kind, String> label) {
        for (Kind kind : Kind.values()) {
            if (label.apply(kind).equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private void passOver(String name, JsonCursor at) {
        if (name.equals("poc") || name.endsWith("contact")) {
            findings.leaveOut(Reason.NAMES_PEOPLE, at.where(), "points of contact name people and are not read");
        } else {
            findings.leaveOut(Reason.NOT_IN_LIST, at.where(), Findings.quote(name) + " is no kind that is taken");
        }
    }

    private void objects(JsonNode holder, Kind kind, String where) {
        new JsonCursor(holder, where, findings).objects("data", OBJECTS_MAX, at -> {
            at.demand("id");
            at.integer("id", 1, Integer.MAX_VALUE).ifPresent(id -> take(kind, id, at));
            return null;
        });
    }

    private void take(Kind kind, int id, JsonCursor at) {
        Optional<String> status = at.text("status", 20);
        if (status.isPresent() && !status.get().equals("ok")) {
            return;
        }
        hasPersonFields |= PERSON_FIELDS.stream().anyMatch(at::has);
        switch (kind) {
            case ORG ->
                name(at).ifPresent(name -> organisations.add(
                        new Organisation(id, name, linkIfAny(at, "website"), at.text("country", 60))));
            case NET -> net(id, at);
            case IX ->
                name(at).ifPresent(name -> exchanges.add(new Exchange(
                        id, reference(at, "org_id"), name, at.text("city", NAME_CHARS_MAX), at.text("country", 60))));
            case IXLAN ->
                demanded(at, "ix_id")
                        .ifPresent(exchangeId -> lans.add(new Lan(
                                id, exchangeId, at.text("name", NAME_CHARS_MAX), at.integer("mtu", 0, 65_535))));
            case IXPFX -> lanPrefix(id, at);
            case FAC ->
                name(at).ifPresent(name -> facilities.add(new Facility(
                        id,
                        reference(at, "org_id"),
                        name,
                        at.text("city", NAME_CHARS_MAX),
                        at.text("country", 60),
                        at.decimal("latitude", -90, 90),
                        at.decimal("longitude", -180, 180))));
            case NETIXLAN -> presence(id, at);
            case NETFAC -> netFacility(id, at);
            case IXFAC ->
                demanded(at, "ix_id")
                        .ifPresent(exchangeId -> demanded(at, "fac_id")
                                .ifPresent(facilityId ->
                                        exchangeFacilities.add(new ExchangeFacility(id, exchangeId, facilityId))));
        }
    }

    private void net(int id, JsonCursor at) {
        at.demand("asn");
        Optional<Long> asn = at.number("asn", 1, ASN_MAX);
        Optional<String> name = name(at);
        if (asn.isPresent() && name.isPresent()) {
            networks.add(new Net(
                    id,
                    reference(at, "org_id"),
                    name.get(),
                    asn.get(),
                    linkIfAny(at, "website"),
                    at.text("irr_as_set", NAME_CHARS_MAX),
                    at.integer("info_prefixes4", 0, Integer.MAX_VALUE),
                    at.integer("info_prefixes6", 0, Integer.MAX_VALUE)));
        }
    }

    private void lanPrefix(int id, JsonCursor at) {
        at.demand("prefix");
        Optional<Integer> lanId = demanded(at, "ixlan_id");
        Optional<String> text = at.text("prefix", 60);
        Optional<Prefix> prefix = text.flatMap(Prefix::parse);
        if (text.isPresent() && prefix.isEmpty()) {
            findings.refuse(Reason.NOT_A_PREFIX, at.at("prefix"), Findings.quote(text.get()) + " is no prefix");
        }
        if (lanId.isPresent() && prefix.isPresent()) {
            lanPrefixes.add(new LanPrefix(id, lanId.get(), prefix.get()));
        }
    }

    private void presence(int id, JsonCursor at) {
        at.demand("asn", "speed");
        Optional<Integer> lanId = demanded(at, "ixlan_id");
        Optional<Long> asn = at.number("asn", 1, ASN_MAX);
        OptionalInt speed = at.integer("speed", 0, SPEED_MEGABITS_MAX);
        Optional<DeviceAddress> ipv4 = at.address("ipaddr4", 4);
        Optional<DeviceAddress> ipv6 = at.address("ipaddr6", 6);
        if (lanId.isPresent() && asn.isPresent() && speed.isPresent()) {
            presences.add(new Presence(
                    id,
                    reference(at, "net_id"),
                    lanId.get(),
                    asn.get(),
                    speed.getAsInt(),
                    ipv4,
                    ipv6,
                    at.truth("is_rs_peer").orElse(false),
                    at.truth("operational").orElse(true)));
        }
    }

    private void netFacility(int id, JsonCursor at) {
        Optional<Integer> networkId = demanded(at, "net_id");
        Optional<Integer> facilityId = demanded(at, "fac_id");
        if (networkId.isPresent() && facilityId.isPresent()) {
            netFacilities.add(new NetFacility(id, networkId.get(), facilityId.get()));
        }
    }

    private static Optional<String> name(JsonCursor at) {
        at.demand("name");
        return at.text("name", NAME_CHARS_MAX);
    }

    /** PeeringDB writes an empty text where there is no website. */
    private static Optional<String> linkIfAny(JsonCursor at, String name) {
        return at.text(name, 500).isEmpty() ? Optional.empty() : at.link(name);
    }

    private static OptionalInt reference(JsonCursor at, String name) {
        return at.integer(name, 1, Integer.MAX_VALUE);
    }

    private static Optional<Integer> demanded(JsonCursor at, String name) {
        at.demand(name);
        OptionalInt id = at.integer(name, 1, Integer.MAX_VALUE);
        return id.isPresent() ? Optional.of(id.getAsInt()) : Optional.empty();
    }

    private void checkIds() {
        unique(networks, Net::id, "net");
        unique(exchanges, Exchange::id, "ix");
        unique(lans, Lan::id, "ixlan");
        unique(facilities, Facility::id, "fac");
        Set<Long> asns = new HashSet<>();
        networks.forEach(net -> {
            if (!asns.add(net.asn())) {
                findings.refuse(Reason.DUPLICATE_ASN, "", "AS" + net.asn() + " stands with two networks");
            }
        });
    }

    private <T> void unique(List<T> objects, Function<T, Integer> id, String kind) {
        Set<Integer> ids = new HashSet<>();
        objects.forEach(object -> {
            if (!ids.add(id.apply(object))) {
                findings.refuse(Reason.DUPLICATE_ID, "", kind + " " + id.apply(object) + " stands twice");
            }
        });
    }
}
