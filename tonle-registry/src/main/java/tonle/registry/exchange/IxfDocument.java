// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;

/**
 * A member export in the shape of the IX-F schemas 0.6, 0.7 and 1.0: exchanges with their switches and peering LANs,
 * and members with their connections. Speeds are in megabits a second, as the format has them. Telephone numbers have
 * no place in these records.
 *
 * @param generator the program that wrote the file, where it says so
 */
public record IxfDocument(
        IxfVersion version,
        OffsetDateTime timestamp,
        Optional<String> generator,
        List<Exchange> exchanges,
        List<Member> members) {

    /**
     * One exchange ({@code ixp_list}). {@code id} is the exchange's own number, {@code ixfId} that of the IX-F
     * database.
     */
    public record Exchange(
            int id,
            String shortName,
            Optional<String> name,
            Optional<String> url,
            Optional<String> statsApi,
            Optional<String> country,
            OptionalInt ixfId,
            OptionalInt peeringDbId,
            List<RoleContact> contacts,
            List<String> peeringPolicies,
            List<Switch> switches,
            List<Lan> lans) {}

    /** A mailbox of a role. {@code role} is support, emergency or billing; {@code hours} such as 24/7. */
    public record RoleContact(String role, Optional<String> email, Optional<String> hours) {}

    /** One switch of an exchange. */
    public record Switch(
            OptionalInt id,
            Optional<String> name,
            Optional<String> colo,
            OptionalInt peeringDbFacilityId,
            Optional<String> city,
            Optional<String> country,
            Optional<String> manufacturer,
            Optional<String> model,
            Optional<String> software) {}

    /** One peering LAN ({@code vlan}). */
    public record Lan(OptionalInt id, Optional<String> name, Optional<LanNetwork> ipv4, Optional<LanNetwork> ipv6) {}

    /** The network of a LAN in one IP version. */
    public record LanNetwork(Optional<Prefix> prefix, List<String> lookingGlasses) {}

    /** One member, by its AS number. {@code emails} are role mailboxes only. */
    public record Member(
            long asn,
            Optional<String> type,
            Optional<String> name,
            Optional<String> url,
            Optional<String> peeringPolicy,
            Optional<String> peeringPolicyUrl,
            Optional<OffsetDateTime> since,
            List<String> emails,
            Optional<String> hours,
            List<Connection> connections) {}

    /** One connection of a member to an exchange. */
    public record Connection(
            int exchangeId,
            Optional<String> state,
            Optional<OffsetDateTime> since,
            List<Port> ports,
            List<LanUse> lans) {}

    /** A port or bundle; the speed in Mbit/s. */
    public record Port(OptionalInt switchId, OptionalInt speedMegabits, Optional<String> type) {}

    /** What a connection has on one LAN. */
    public record LanUse(OptionalInt lanId, Optional<Router> ipv4, Optional<Router> ipv6) {}

    /** A member's router on a LAN: a device, not a person. MAC addresses in lower case with colons. */
    public record Router(
            Optional<DeviceAddress> address,
            Optional<String> asMacro,
            OptionalInt maxPrefix,
            Optional<Boolean> isRouteServerPeer,
            List<String> macAddresses,
            List<Service> services) {}

    /** A route server or collector of the exchange; versions 0.7 ({@code service_type}, the type alone) and 1.0. */
    public record Service(
            String type,
            Optional<String> os,
            Optional<String> osVersion,
            Optional<String> daemon,
            Optional<String> daemonVersion) {}
}
