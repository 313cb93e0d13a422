// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;

/**
 * What Tonle takes from PeeringDB-shaped objects: organisations, networks, exchanges with their LANs and prefixes,
 * facilities, and who is where. Free notes, street addresses, telephone numbers, mailboxes and points of contact are
 * not taken. Speeds are in megabits a second, as PeeringDB has them.
 */
public record PeeringDbDocument(
        List<Organisation> organisations,
        List<Net> networks,
        List<Exchange> exchanges,
        List<Lan> lans,
        List<LanPrefix> lanPrefixes,
        List<Facility> facilities,
        List<Presence> presences,
        List<NetFacility> netFacilities,
        List<ExchangeFacility> exchangeFacilities) {

    /** {@code org}. */
    public record Organisation(int id, String name, Optional<String> website, Optional<String> country) {}

    /** {@code net}. The AS-SET as the network writes it, such as {@code RIPE::AS-EXAMPLE}. */
    public record Net(
            int id,
            OptionalInt organisationId,
            String name,
            long asn,
            Optional<String> website,
            Optional<String> asSet,
            OptionalInt prefixes4Max,
            OptionalInt prefixes6Max) {}

    /** {@code ix}. */
    public record Exchange(
            int id, OptionalInt organisationId, String name, Optional<String> city, Optional<String> country) {}

    /** {@code ixlan}. */
    public record Lan(int id, int exchangeId, Optional<String> name, OptionalInt mtuOctets) {}

    /** {@code ixpfx}. */
    public record LanPrefix(int id, int lanId, Prefix prefix) {}

    /** {@code fac}. Degrees as WGS 84. */
    public record Facility(
            int id,
            OptionalInt organisationId,
            String name,
            Optional<String> city,
            Optional<String> country,
            Optional<Double> latitude,
            Optional<Double> longitude) {}

    /** {@code netixlan}: a network's router on a LAN. */
    public record Presence(
            int id,
            OptionalInt networkId,
            int lanId,
            long asn,
            int speedMegabits,
            Optional<DeviceAddress> ipv4,
            Optional<DeviceAddress> ipv6,
            boolean isRouteServerPeer,
            boolean isOperational) {}

    /** {@code netfac}. */
    public record NetFacility(int id, int networkId, int facilityId) {}

    /** {@code ixfac}. */
    public record ExchangeFacility(int id, int exchangeId, int facilityId) {}

    /** A document with nothing in it. */
    public static PeeringDbDocument empty() {
        return new PeeringDbDocument(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
