// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;
import tonle.registry.book.RoleMailbox;
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
import tools.jackson.databind.JsonNode;

/**
 * Reads IX-F member exports as the Euro-IX schemas 0.6, 0.7 and 1.0 describe them. What a schema demands is demanded;
 * members that no schema knows are passed over, for many programs add their own.
 */
public final class IxfReader {
    static final int EXCHANGES_MAX = 200;
    static final int MEMBERS_MAX = 20_000;
    private static final int CONNECTIONS_MAX = 500;
    private static final int LIST_MAX = 1_000;
    private static final int NAME_CHARS_MAX = 200;
    private static final long ASN_MAX = 0xFFFF_FFFFL;
    private static final int SPEED_MEGABITS_MAX = 100_000_000;
    private static final Set<String> TYPES_0_6 = Set.of("peering", "ixp", "routeserver", "probono", "other");
    private static final Set<String> TYPES = Set.of("peering", "ixp", "other");
    private static final Set<String> SERVICES = Set.of("ixrouteserver", "ixroutecollector");
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

    private final IxfVersion version;
    private final Findings findings;

    private IxfReader(IxfVersion version, Findings findings) {
        this.version = version;
        this.findings = findings;
    }

    /** Reads one file of at most {@link JsonFile#FILE_OCTETS_MAX} octets; the stream stays open. */
    public static Reading<IxfDocument> read(InputStream in) throws IOException {
        Findings findings = new Findings();
        Optional<JsonNode> tree = JsonFile.read(in, findings);
        if (tree.isEmpty()) {
            return findings.refused();
        }
        JsonCursor root = new JsonCursor(tree.get(), "", findings);
        if (!root.isObject()) {
            return findings.refused();
        }
        root.demand("version", "timestamp", "ixp_list", "member_list");
        Optional<String> stated = root.text("version", 20);
        Optional<IxfVersion> version = stated.flatMap(IxfVersion::of);
        if (version.isEmpty()) {
            if (stated.isPresent()) {
                findings.refuse(
                        Reason.UNKNOWN_VERSION,
                        "/version",
                        Findings.quote(stated.get()) + " is not read; export version 0.6, 0.7 or 1.0");
            }
            return findings.refused();
        }
        return new IxfReader(version.get(), findings).document(root);
    }

    private Reading<IxfDocument> document(JsonCursor root) {
        Optional<OffsetDateTime> timestamp = root.time("timestamp");
        List<Exchange> exchanges = root.objects("ixp_list", EXCHANGES_MAX, this::exchange);
        List<Member> members = root.objects("member_list", MEMBERS_MAX, this::member);
        if (findings.isRefused() || timestamp.isEmpty()) {
            return findings.refused();
        }
        IxfDocument document =
                new IxfDocument(version, timestamp.get(), root.text("generator", NAME_CHARS_MAX), exchanges, members);
        crossCheck(document);
        return findings.outcome(document);
    }

    private Exchange exchange(JsonCursor at) {
        at.demand("ixp_id", "shortname");
        if (version.isAtLeast(IxfVersion.V0_7)) {
            at.demand("ixf_id");
        }
        OptionalInt id = at.integer("ixp_id", 0, Integer.MAX_VALUE);
        Optional<String> shortName = at.text("shortname", NAME_CHARS_MAX);
        List<RoleContact> contacts = new ArrayList<>();
        for (String role : List.of("support", "emergency", "billing")) {
            leaveOutPhone(at, role + "_phone");
            Optional<String> email = at.text(role + "_email", NAME_CHARS_MAX);
            Optional<String> hours = at.text(role + "_contact_hours", 60);
            if (email.isPresent() || hours.isPresent()) {
                contacts.add(new RoleContact(role, email, hours));
            }
        }
        Exchange exchange = new Exchange(
                id.orElse(-1),
                shortName.orElse(""),
                at.text("name", NAME_CHARS_MAX),
                at.link("url"),
                at.link("stats_api"),
                at.text("country", 60),
                at.integer("ixf_id", 0, Integer.MAX_VALUE),
                at.integer("peeringdb_id", 0, Integer.MAX_VALUE),
                contacts,
                at.texts("peering_policy_list", 60, LIST_MAX),
                at.objects("switch", LIST_MAX, this::networkSwitch),
                at.objects("vlan", LIST_MAX, this::lan));
        return id.isPresent() && shortName.isPresent() ? exchange : null;
    }

    private Switch networkSwitch(JsonCursor at) {
        return new Switch(
                at.integer("id", 0, Integer.MAX_VALUE),
                at.text("name", NAME_CHARS_MAX),
                at.text("colo", NAME_CHARS_MAX),
                at.integer("pdb_facility_id", 0, Integer.MAX_VALUE),
                at.text("city", NAME_CHARS_MAX),
                at.text("country", 60),
                at.text("manufacturer", NAME_CHARS_MAX),
                at.text("model", NAME_CHARS_MAX),
                at.text("software", NAME_CHARS_MAX));
    }

    private Lan lan(JsonCursor at) {
        return new Lan(
                at.integer("id", 0, Integer.MAX_VALUE),
                at.text("name", NAME_CHARS_MAX),
                at.object("ipv4").map(cursor -> lanNetwork(cursor, 4)),
                at.object("ipv6").map(cursor -> lanNetwork(cursor, 6)));
    }

    private LanNetwork lanNetwork(JsonCursor at, int ipVersion) {
        Optional<DeviceAddress> network = at.address("prefix", ipVersion);
        OptionalInt lengthBits = at.integer("mask_length", 0, ipVersion == 4 ? 32 : 128);
        Optional<Prefix> prefix = Optional.empty();
        if (network.isPresent() && lengthBits.isPresent()) {
            String text = network.get().text() + '/' + lengthBits.getAsInt();
            prefix = Prefix.parse(text);
            if (prefix.isEmpty()) {
                findings.refuse(
                        Reason.NOT_A_PREFIX, at.at("prefix"), Findings.quote(text) + " has bits set behind its length");
            }
        }
        return new LanNetwork(prefix, at.links("looking_glass_urls", LIST_MAX));
    }

    private Member member(JsonCursor at) {
        at.demand("asnum", "connection_list");
        Optional<Long> asn = at.number("asnum", 1, ASN_MAX);
        leaveOutPhone(at, "contact_phone");
        List<String> emails = new ArrayList<>();
        for (String email : at.texts("contact_email", NAME_CHARS_MAX, LIST_MAX)) {
            if (RoleMailbox.isRole(email)) {
                emails.add(email);
            } else {
                findings.leaveOut(
                        Reason.NAMES_PEOPLE,
                        at.at("contact_email"),
                        "a mailbox that may be a person's is left out; name a role, such as noc@ or peering@");
            }
        }
        Member member = new Member(
                asn.orElse(0L),
                at.oneOf("member_type", version == IxfVersion.V0_6 ? TYPES_0_6 : TYPES),
                at.text("name", NAME_CHARS_MAX),
                at.link("url"),
                at.text("peering_policy", 60),
                at.link("peering_policy_url"),
                at.time("member_since"),
                emails,
                at.text("contact_hours", 60),
                at.objects("connection_list", CONNECTIONS_MAX, this::connection));
        return asn.isPresent() ? member : null;
    }

    private Connection connection(JsonCursor at) {
        at.demand("ixp_id");
        OptionalInt exchangeId = at.integer("ixp_id", 0, Integer.MAX_VALUE);
        Connection connection = new Connection(
                exchangeId.orElse(-1),
                at.text("state", 60),
                at.time("connected_since"),
                at.objects("if_list", LIST_MAX, this::port),
                at.objects("vlan_list", LIST_MAX, this::lanUse));
        return exchangeId.isPresent() ? connection : null;
    }

    private Port port(JsonCursor at) {
        return new Port(
                at.integer("switch_id", 0, Integer.MAX_VALUE),
                at.integer("if_speed", 0, SPEED_MEGABITS_MAX),
                at.text("if_type", 60));
    }

    private LanUse lanUse(JsonCursor at) {
        return new LanUse(
                at.integer("vlan_id", 0, Integer.MAX_VALUE),
                at.object("ipv4").map(cursor -> router(cursor, 4)),
                at.object("ipv6").map(cursor -> router(cursor, 6)));
    }

    private Router router(JsonCursor at, int ipVersion) {
        List<String> macs = new ArrayList<>();
        for (String mac : at.texts("mac_addresses", 60, LIST_MAX)) {
            String lower = mac.toLowerCase(Locale.ROOT);
            if (MAC.matcher(lower).matches()) {
                macs.add(lower);
            } else {
                findings.refuse(
                        Reason.NOT_A_MAC,
                        at.at("mac_addresses"),
                        Findings.quote(mac) + " is not six octets such as 02:00:5e:10:00:01");
            }
        }
        return new Router(
                at.address("address", ipVersion),
                at.text("as_macro", NAME_CHARS_MAX),
                at.integer("max_prefix", 0, Integer.MAX_VALUE),
                at.truth("routeserver"),
                macs,
                services(at));
    }

    private List<Service> services(JsonCursor at) {
        if (version == IxfVersion.V0_7) {
            return at.texts("service_type", 60, LIST_MAX).stream()
                    .map(type ->
                            new Service(type, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                    .toList();
        }
        if (version == IxfVersion.V0_6) {
            return List.of();
        }
        return at.objects("services", LIST_MAX, service -> {
            Optional<String> type = service.oneOf("type", SERVICES);
            return type.map(text -> new Service(
                            text,
                            service.text("os", NAME_CHARS_MAX),
                            service.text("os_version", NAME_CHARS_MAX),
                            service.text("daemon", NAME_CHARS_MAX),
                            service.text("daemon_version", NAME_CHARS_MAX)))
                    .orElse(null);
        });
    }

    private void leaveOutPhone(JsonCursor at, String name) {
        if (at.has(name)) {
            findings.leaveOut(Reason.NAMES_PEOPLE, at.at(name), "telephone numbers are not taken over");
        }
    }

    /** What no schema can say: numbers that stand twice, references that lead nowhere, addresses outside their LAN. */
    private void crossCheck(IxfDocument document) {
        Map<Integer, Map<Integer, Lan>> lansOfExchange = new HashMap<>();
        int index = 0;
        for (Exchange exchange : document.exchanges()) {
            String where = "/ixp_list/" + index++;
            Map<Integer, Lan> lans = new HashMap<>();
            exchange.lans()
                    .forEach(lan -> lan.id().ifPresent(id -> {
                        if (lans.put(id, lan) != null) {
                            findings.refuse(Reason.DUPLICATE_ID, where + "/vlan", "VLAN " + id + " stands twice");
                        }
                    }));
            if (lansOfExchange.put(exchange.id(), lans) != null) {
                findings.refuse(Reason.DUPLICATE_ID, where + "/ixp_id", "exchange " + exchange.id() + " stands twice");
            }
        }
        Set<Long> asns = new HashSet<>();
        Map<DeviceAddress, Long> holders = new HashMap<>();
        index = 0;
        for (Member member : document.members()) {
            String where = "/member_list/" + index++;
            if (!asns.add(member.asn())) {
                findings.refuse(
                        Reason.DUPLICATE_ASN,
                        where + "/asnum",
                        "AS" + member.asn() + " stands twice; put its connections under one member");
            }
            int connectionIndex = 0;
            for (Connection connection : member.connections()) {
                String place = where + "/connection_list/" + connectionIndex++;
                Map<Integer, Lan> lans = lansOfExchange.get(connection.exchangeId());
                if (lans == null) {
                    // Exports of one exchange often name another by its IX-F number: the members are right all the
                    // same.
                    findings.note(
                            Reason.UNKNOWN_REFERENCE,
                            place + "/ixp_id",
                            "exchange " + connection.exchangeId() + " is not in ixp_list");
                }
                connection.lans().forEach(use -> checkUse(use, place, member.asn(), lans, holders));
            }
        }
    }

    private void checkUse(
            LanUse use, String place, long asn, Map<Integer, Lan> lans, Map<DeviceAddress, Long> holders) {
        Lan lan = use.lanId().isPresent() && lans != null ? lans.get(use.lanId().getAsInt()) : null;
        if (lan == null && lans != null && use.lanId().isPresent()) {
            findings.note(
                    Reason.UNKNOWN_REFERENCE,
                    place + "/vlan_list",
                    "VLAN " + use.lanId().getAsInt() + " is not one of this exchange");
        }
        checkRouter(use.ipv4(), lan == null ? Optional.empty() : lan.ipv4(), place + "/vlan_list/ipv4", asn, holders);
        checkRouter(use.ipv6(), lan == null ? Optional.empty() : lan.ipv6(), place + "/vlan_list/ipv6", asn, holders);
    }

    private void checkRouter(
            Optional<Router> router,
            Optional<LanNetwork> network,
            String place,
            long asn,
            Map<DeviceAddress, Long> holders) {
        Optional<DeviceAddress> address = router.flatMap(Router::address);
        if (address.isEmpty()) {
            return;
        }
        Long holder = holders.putIfAbsent(address.get(), asn);
        if (holder != null && holder != asn) {
            findings.refuse(
                    Reason.DUPLICATE_ADDRESS,
                    place + "/address",
                    address.get().text() + " stands with AS" + holder + " and with AS" + asn);
        }
        Optional<Prefix> prefix = network.flatMap(LanNetwork::prefix);
        if (prefix.isPresent() && !holds(prefix.get(), address.get())) {
            findings.note(
                    Reason.OUTSIDE_NETWORK,
                    place + "/address",
                    address.get().text() + " is not in " + prefix.get().text());
        }
    }

    private static boolean holds(Prefix prefix, DeviceAddress address) {
        int bits = address.ipVersion() == 4 ? 32 : 128;
        return prefix.ipVersion() == address.ipVersion()
                && Prefix.parse(address.text() + '/' + bits)
                        .filter(prefix::covers)
                        .isPresent();
    }
}
