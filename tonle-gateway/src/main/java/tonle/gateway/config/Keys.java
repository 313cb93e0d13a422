// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import static tonle.gateway.config.Key.Kind.CHOICE;
import static tonle.gateway.config.Key.Kind.FILES;
import static tonle.gateway.config.Key.Kind.FLAG;
import static tonle.gateway.config.Key.Kind.ID;
import static tonle.gateway.config.Key.Kind.NUMBER;
import static tonle.gateway.config.Key.Kind.SECTION;
import static tonle.gateway.config.Key.Kind.SECTIONS;
import static tonle.gateway.config.Key.Kind.SOCKETS;
import static tonle.gateway.config.Key.Kind.SPEED;
import static tonle.gateway.config.Key.Kind.TEXT;
import static tonle.gateway.config.Key.Kind.TEXTS;
import static tonle.gateway.config.Key.Kind.TIME;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tonle.base.Must;

/** Every key of the configuration file with its default and its limits: the only place that knows them. */
public final class Keys {
    /** A file larger than this is refused unread. 20,000 links of 200 octets each make 4 MiB. */
    public static final int FILE_OCTETS_MAX = 8 << 20;
    /** Files of taken-in exporters beside the main file. */
    public static final int INCLUDED_FILES_MAX = 10_000;

    /** In the order of the documentation. */
    public static final List<Key> ALL = List.of(
            new Key("gateway", SECTION, "", 0, 1, "What this installation is called."),
            new Key("gateway.name", TEXT, "Tonle gateway", 1, 80, "Its name on every page."),
            new Key("operators", SECTIONS, "", 0, 10_000, "Licensed companies that connect here: the members."),
            new Key("operators[].id", ID, null, 1, 31, "A short code that stays; addresses and tables use it."),
            new Key("operators[].name", TEXT, null, 1, 120, "Its name in English."),
            new Key("operators[].name-khmer", TEXT, "", 0, 120, "Its name in Khmer; the English one stands in."),
            new Key("operators[].asns", TEXTS, "", 0, 1_000, "Its autonomous system numbers."),
            new Key(
                    "operators[].prefixes",
                    TEXTS,
                    "",
                    0,
                    50_000,
                    "Its address space: prefixes no longer than /24 (IPv4) or /48 (IPv6), for nothing finer is read."),
            new Key("sites", SECTIONS, "", 0, 1_000, "Places where links end."),
            new Key("sites[].id", ID, null, 1, 31, "A short code such as PNH."),
            new Key("sites[].name", TEXT, null, 1, 120, "Its name in English."),
            new Key("sites[].name-khmer", TEXT, "", 0, 120, "Its name in Khmer; the English one stands in."),
            new Key("sites[].map-x", NUMBER, "500", 0, 1_000, "On the schematic map, from the left."),
            new Key("sites[].map-y", NUMBER, "500", 0, 1_000, "On the schematic map, from the top."),
            new Key("exporters", SECTIONS, "", 0, 10_000, "Devices that send flow data and were taken in by a person."),
            new Key("exporters[].id", ID, null, 1, 31, "A short code such as pnh-edge-1."),
            new Key("exporters[].site", ID, "", 0, 31, "Where it stands; empty: not said."),
            new Key(
                    "exporters[].addresses",
                    TEXTS,
                    null,
                    1,
                    16,
                    "The device addresses that it sends from: by these it is known."),
            new Key(
                    "exporters[].agents",
                    TEXTS,
                    "",
                    0,
                    1_000,
                    "sFlow agent addresses of other exporters whose datagrams it passes on; none else may it speak for."),
            new Key(
                    "exporters[].records",
                    CHOICE,
                    "ingress",
                    0,
                    0,
                    "`ingress`, `egress` or `both`: at which side of the device a record is made."),
            new Key(
                    "exporters[].default-rate",
                    NUMBER,
                    "0",
                    0,
                    16_777_216,
                    "One packet in so many is sampled, used where the exporter says nothing; 0: not known."),
            new Key(
                    "exporters[].overrides",
                    SECTIONS,
                    "",
                    0,
                    100,
                    "Your word on a sampling rate, over the exporter's."),
            new Key(
                    "exporters[].overrides[].interface",
                    NUMBER,
                    "-1",
                    -1,
                    4_294_967_295L,
                    "The interface's ifIndex; -1 for all."),
            new Key("exporters[].overrides[].rate", NUMBER, null, 1, 16_777_216, "One packet in so many."),
            new Key("exporters[].overrides[].from", TIME, "1970-01-01T00:00:00Z", 0, 0, "Valid from."),
            new Key("exporters[].overrides[].to", TIME, "", 0, 0, "Valid until (excluded); empty: without end."),
            new Key("exporters[].overrides[].reason", TEXT, null, 1, 300, "Why; shown beside the rate."),
            new Key(
                    "exporters[].scales-itself",
                    FLAG,
                    "false",
                    0,
                    0,
                    "It multiplies by its rate before it sends (Open vSwitch): never scaled again."),
            new Key(
                    "exporters[].counts-layer-2",
                    FLAG,
                    "false",
                    0,
                    0,
                    "Its octets include the Ethernet header: said beside every volume."),
            new Key(
                    "exporters[].active-timeout-seconds",
                    NUMBER,
                    "120",
                    1,
                    3_600,
                    "The longest that a flow may have lasted when its record comes."),
            new Key(
                    "exporters[].refuses-personal",
                    FLAG,
                    "",
                    0,
                    0,
                    "Templates with elements that name people are refused whole; as `policies.refuse-personal` if absent."),
            new Key(
                    "exporters[].certificate",
                    TEXT,
                    "",
                    0,
                    95,
                    "SHA-256 fingerprint of its certificate for IPFIX over TLS, in hexadecimal digits."),
            new Key("links", SECTIONS, "", 0, 20_000, "Circuits that are metered."),
            new Key("links[].id", ID, null, 1, 31, "As people say it: PNH-SHV-1."),
            new Key(
                    "links[].kind",
                    CHOICE,
                    null,
                    0,
                    0,
                    "`exchange-port`, `private-interconnect`, `international` or `backbone`."),
            new Key("links[].site", ID, null, 1, 31, "Where the gateway holds it."),
            new Key("links[].far-site", ID, "", 0, 31, "The other site of a backbone link, and only of one."),
            new Key("links[].operator", ID, "", 0, 31, "The member behind it; empty: the networks decide."),
            new Key("links[].counterpart", TEXT, "", 0, 120, "Who is at the far end, in words."),
            new Key(
                    "links[].capacity",
                    SPEED,
                    null,
                    1_000,
                    1_000_000_000_000_000L,
                    "Bits a second: 100G, 2.5G, 400M (K, M, G, T are powers of a thousand)."),
            new Key("links[].ports", SECTIONS, "", 0, 64, "The interfaces that carry it."),
            new Key("links[].ports[].exporter", ID, null, 1, 31, "The exporter that the interface belongs to."),
            new Key("links[].ports[].interface", NUMBER, null, 1, 4_294_967_295L, "Its ifIndex (RFC 2863)."),
            new Key(
                    "links[].ports[].metered",
                    FLAG,
                    "true",
                    0,
                    0,
                    "Volumes are booked here; `false` for the other end of the same link, which is seen and not counted."),
            new Key("tables", SECTION, "", 0, 1, "Tables that name the rest of the world; paths start at this file."),
            new Key("tables.origins", FILES, "", 0, 16, "Which AS originates a prefix (docs/DATA.md has the format)."),
            new Key(
                    "tables.rir-statistics",
                    FILES,
                    "",
                    0,
                    16,
                    "Delegated statistics of the registries: AS to country."),
            new Key("listen", SECTION, "", 0, 1, "Where flow data comes in; loopback unless you say otherwise."),
            new Key(
                    "listen.udp",
                    SOCKETS,
                    "127.0.0.1:2055, 127.0.0.1:4739, 127.0.0.1:6343",
                    0,
                    16,
                    "NetFlow v5, v9, IPFIX and sFlow, any of them on any port."),
            new Key("listen.tcp", SOCKETS, "127.0.0.1:4739", 0, 4, "IPFIX over TCP."),
            new Key(
                    "listen.tls",
                    SOCKETS,
                    "127.0.0.1:4740",
                    0,
                    4,
                    "IPFIX over TLS with certificates on both sides; opens once a certificate was made."),
            new Key("listen.workers", NUMBER, "0", 0, 64, "Threads that decode; 0: one for each two processors."),
            new Key(
                    "listen.receive-buffer-kib",
                    NUMBER,
                    "65536",
                    64,
                    1_048_576,
                    "Asked of the system for each UDP port; what it gave is said at start."),
            new Key(
                    "listen.queue-kib",
                    NUMBER,
                    "32768",
                    256,
                    1_048_576,
                    "Between receiving and decoding, for each worker; what finds it full is counted as dropped."),
            new Key("listen.sessions", NUMBER, "256", 1, 4_096, "TCP and TLS sessions at a time."),
            new Key(
                    "listen.idle-seconds",
                    NUMBER,
                    "1800",
                    10,
                    86_400,
                    "A silent TCP or TLS session is closed after this."),
            new Key("portal", SECTION, "", 0, 1, "The pages."),
            new Key("portal.port", NUMBER, "8470", 0, 65_535, "TCP port of the pages on the loopback addresses."),
            new Key("portal.zone", TEXT, "Asia/Phnom_Penh", 1, 60, "Time zone that pages show first (IANA name)."),
            new Key(
                    "portal.data-licence",
                    TEXT,
                    "not published: internal to the gateway",
                    1,
                    200,
                    "The licence that exports carry: an SPDX expression or words."),
            new Key("portal.enrol-by-page", FLAG, "true", 0, 0, "The page *Exporters* offers to take exporters in."),
            new Key("database", SECTION, "", 0, 1, "The database of registry, people and audit."),
            new Key(
                    "database.url",
                    TEXT,
                    "",
                    0,
                    1_000,
                    "A server of your own: `jdbc:postgresql://host:port/database`; empty: Tonle runs one under the data"
                            + " directory."),
            new Key(
                    "database.password-file",
                    TEXT,
                    "",
                    0,
                    4_096,
                    "With a URL: lines `role=password` of tonle_owner, tonle_server and tonle_web; only its owner may read it."),
            new Key(
                    "database.connections",
                    NUMBER,
                    "8",
                    1,
                    100,
                    "At most so many of the pages, and as many of the gateway's own work."),
            new Key(
                    "retention",
                    SECTION,
                    "",
                    0,
                    1,
                    "How long each step of detail is kept; each at least the one before."),
            new Key("retention.bin-days", NUMBER, "92", 1, 3_660, "Five-minute bins."),
            new Key("retention.hour-days", NUMBER, "400", 1, 7_320, "Hours."),
            new Key("retention.day-days", NUMBER, "1830", 1, 36_600, "Days."),
            new Key("policies", SECTION, "", 0, 1, "What this gateway decides for itself."),
            new Key(
                    "policies.refuse-personal",
                    FLAG,
                    "false",
                    0,
                    0,
                    "Templates with elements that name people are refused whole, instead of read without those."),
            new Key(
                    "policies.nested-prefixes",
                    FLAG,
                    "false",
                    0,
                    0,
                    "An operator's prefix may lie inside another operator's; the longest decides."),
            new Key(
                    "policies.reload",
                    CHOICE,
                    "ordered",
                    0,
                    0,
                    "`ordered`: by `tonle reload` or a page; `watch`: also when these files change, looked at every two seconds."));

    private static final Map<String, Key> BY_PATH =
            ALL.stream().collect(Collectors.toMap(Key::path, key -> key, (first, _) -> first, LinkedHashMap::new));

    private Keys() {}

    /** The key at {@code path}; asking for one that is not listed is a defect. */
    static Key at(String path) {
        Key key = BY_PATH.get(path);
        Must.hold(key != null, "the configuration key " + path + " is listed");
        return key;
    }

    /** The names that may stand in the section {@code parent}. */
    static List<String> namesIn(String parent) {
        return ALL.stream()
                .filter(key -> key.parent().equals(parent))
                .map(Key::name)
                .toList();
    }
}
