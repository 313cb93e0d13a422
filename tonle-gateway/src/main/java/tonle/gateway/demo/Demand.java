// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.util.List;
import tonle.traffic.ProtocolClass;

/**
 * One stream of the traffic model: from one network to another, in one direction, by one protocol.
 *
 * @param index its place in the model's list
 * @param protocol 6 or 17
 * @param packetOctets the IP length of its packets
 * @param peakBitsPerSecond at the busiest hour
 * @param kind when it flows
 */
record Demand(
        int index,
        Networks source,
        Networks target,
        int ipVersion,
        int protocol,
        int packetOctets,
        double peakBitsPerSecond,
        DemoMember.Use use,
        Kind kind,
        List<Hop> hops,
        List<Booking> bookings) {
    /** When a demand flows. */
    enum Kind {
        /** Always. */
        STEADY,
        /** Always but while the sea cable is cut. */
        BY_THE_CABLE,
        /** Only while it is cut: what finds its way round. */
        ROUND_THE_CUT,
        /** Only during the attack. */
        ATTACK
    }

    /** Sixteen networks to draw from. */
    interface Networks {
        long network(int ipVersion, int index);
    }

    Demand {
        hops = List.copyOf(hops);
        bookings = List.copyOf(bookings);
    }

    ProtocolClass protocolClass() {
        return ProtocolClass.of(protocol);
    }

    boolean passes(String exporter) {
        return hops.stream().anyMatch(hop -> hop.exporter().equals(exporter));
    }
}
