// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of objects in the book, with their fields. */
public enum Kind {
    /** An internet exchange: our own, or one that federates with us. */
    EXCHANGE(
            "exchange",
            Field.of("name", Form.LATIN_NAME).required(),
            Field.of("name-khmer", Form.KHMER_NAME),
            Field.choice("standing", "own", "federated").or("own"),
            Field.of("country", Form.COUNTRY),
            Field.of("ixf-id", Form.NUMBER).within(0, 1_000_000),
            Field.of("export-address", Form.WEB_ADDRESS)),
    /** A licensed company. */
    OPERATOR(
            "operator",
            Field.of("name", Form.LATIN_NAME).required(),
            Field.of("name-khmer", Form.KHMER_NAME),
            Field.of("tin", Form.TIN).hidden(),
            Field.of("asns", Form.ASNS),
            Field.of("prefixes", Form.PREFIXES).within(0, 50_000),
            Field.of("as-sets", Form.AS_SETS).within(0, 50),
            Field.of("web-address", Form.WEB_ADDRESS),
            Field.of("peeringdb-id", Form.NUMBER).within(0, 10_000_000),
            Field.of("contact-noc", Form.MAILBOX).hidden(),
            Field.of("contact-peering", Form.MAILBOX).hidden(),
            Field.of("contact-abuse", Form.MAILBOX).hidden(),
            Field.of("contact-security", Form.MAILBOX).hidden(),
            Field.of("contact-billing", Form.MAILBOX).hidden(),
            Field.of("contact-legal", Form.MAILBOX).hidden()),
    /** A place where links end. */
    SITE(
            "site",
            Field.of("name", Form.LATIN_NAME).required(),
            Field.of("name-khmer", Form.KHMER_NAME),
            Field.reference("exchange", "exchange"),
            Field.of("map-x", Form.NUMBER).within(0, 1_000).or("500"),
            Field.of("map-y", Form.NUMBER).within(0, 1_000).or("500"),
            Field.of("country", Form.COUNTRY),
            Field.of("latitude", Form.DEGREES).within(0, 90),
            Field.of("longitude", Form.DEGREES).within(0, 180)),
    /** A building or hall at a site. */
    FACILITY(
            "facility",
            Field.reference("site", "site").required(),
            Field.of("name", Form.LATIN_NAME).required(),
            Field.of("name-khmer", Form.KHMER_NAME),
            Field.of("street", Form.TEXT).within(0, 200),
            Field.of("owner", Form.TEXT),
            Field.of("latitude", Form.DEGREES).within(0, 90),
            Field.of("longitude", Form.DEGREES).within(0, 180),
            Field.of("peeringdb-id", Form.NUMBER).within(0, 10_000_000)),
    /** A router or switch of the gateway; one that sends flow data is an exporter. */
    DEVICE(
            "device",
            Field.reference("site", "site"),
            Field.reference("facility", "facility"),
            Field.of("name", Form.TEXT),
            Field.choice("role", "router", "switch", "route-server", "other").or("router"),
            Field.of("addresses", Form.ADDRESSES).within(0, 16).hidden(),
            Field.of("agents", Form.ADDRESSES).within(0, 1_000).hidden(),
            Field.of("exports-flows", Form.FLAG),
            Field.choice("records", "ingress", "egress", "both").or("ingress"),
            Field.of("default-rate", Form.NUMBER).within(0, 16_777_216).or("0"),
            Field.of("overrides", Form.OVERRIDES).within(0, 100).hidden(),
            Field.of("scales-itself", Form.FLAG),
            Field.of("counts-layer-2", Form.FLAG),
            Field.of("active-timeout-seconds", Form.NUMBER).within(1, 3_600).or("120"),
            Field.of("refuses-personal", Form.FLAG),
            Field.of("certificate", Form.FINGERPRINT).hidden()),
    /** An interface of a device; its id is {@code DEVICE/IFINDEX} (RFC 2863). */
    INTERFACE(
            "interface",
            Field.of("name", Form.TEXT),
            Field.of("speed", Form.SPEED).within(0, 1_000_000_000_000_000L)),
    /** A circuit between two sides. */
    LINK(
            "link",
            Field.choice("kind", "exchange-port", "private-interconnect", "international", "backbone")
                    .required(),
            Field.reference("site", "site").required(),
            Field.reference("facility", "facility"),
            Field.reference("far-site", "site"),
            Field.reference("operator", "operator"),
            Field.of("counterpart", Form.TEXT),
            Field.of("counterpart-country", Form.COUNTRY),
            Field.of("counterpart-asn", Form.ASN),
            Field.of("capacity", Form.SPEED).within(1, 1_000_000_000_000_000L).required(),
            Field.of("ports", Form.PORTS).within(0, 64).naming("interface"),
            Field.of("in-service-from", Form.DAY),
            Field.of("in-service-until", Form.DAY),
            Field.of("committed-rate", Form.SPEED)
                    .within(0, 1_000_000_000_000_000L)
                    .hidden(),
            Field.of("hand-over", Form.TEXT).within(0, 200).hidden(),
            Field.of("contract", Form.TEXT).hidden()),
    /** A licence that an operator holds or held; its rules come from a regime pack. */
    LICENCE(
            "licence",
            Field.reference("operator", "operator").required(),
            Field.reference("regime", "").required(),
            Field.reference("type", "").required(),
            Field.of("granted", Form.DAY).required(),
            Field.of("term-until", Form.DAY),
            Field.choice("standing", "in-force", "suspended", "revoked", "surrendered", "expired", "migrated")
                    .or("in-force"),
            Field.of("decision", Form.TEXT).within(0, 200),
            Field.of("grounds", Form.TEXT).within(0, 300),
            Field.reference("succeeds", "licence"),
            Field.of("sites", Form.REFERENCES).naming("site"),
            Field.of("guarantee", Form.TEXT).hidden(),
            Field.of("ownership-file", Form.TEXT).hidden());

    private static final int ID_LETTERS_MAX = 31;

    private final String word;
    private final Map<String, Field> fields = new LinkedHashMap<>();

    Kind(String word, Field... fields) {
        this.word = word;
        for (Field field : fields) {
            this.fields.put(field.name(), field);
        }
    }

    /** As in addresses, tables and messages: {@code link}. */
    public String word() {
        return word;
    }

    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** In the order of forms and tables. */
    public List<Field> fields() {
        return List.copyOf(fields.values());
    }

    public Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Whether some of it is kept from other operators. */
    public boolean hasPrivateFields() {
        return fields.values().stream().anyMatch(Field::isPrivate);
    }

    /** What is wrong with an id of this kind, or empty. */
    public Optional<Problem> checkId(String id) {
        boolean isGood;
        if (this == INTERFACE) {
            int slash = id.lastIndexOf('/');
            isGood = slash > 0
                    && Form.isId(id.substring(0, slash))
                    && id.substring(slash + 1).matches("[1-9][0-9]{0,9}")
                    && Long.parseLong(id.substring(slash + 1)) <= 0xFFFF_FFFFL;
        } else {
            isGood = id.length() <= ID_LETTERS_MAX && Form.isId(id);
        }
        if (!isGood) {
            return Optional.of(Problem.at(word, "", Reason.ID_INVALID, id));
        }
        // Tables use these words for networks without a member and for merged small groups.
        boolean isReserved = id.equalsIgnoreCase("none") || id.equalsIgnoreCase("other");
        return isReserved ? Optional.of(Problem.at(word, "", Reason.ID_RESERVED, id)) : Optional.empty();
    }
}
