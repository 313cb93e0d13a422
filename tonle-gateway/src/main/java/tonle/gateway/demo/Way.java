// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.util.ArrayList;
import java.util.List;
import tonle.gateway.demo.DemoRemote.Cable;
import tonle.traffic.Direction;

/** The devices that a demand passes, in order, and the links where it is booked. */
record Way(List<Hop> hops, List<Booking> bookings) {
    /** From a circuit abroad to a member's port. */
    static Way in(DemoMember member, long remoteAsn, Cable cable) {
        List<Hop> hops = new ArrayList<>();
        List<Booking> bookings = new ArrayList<>();
        String edge = cable.place.edge;
        bookings.add(new Booking(edge, cable.id(), Direction.IN, member.id(), remoteAsn));
        if (member.place == cable.place) {
            hops.add(new Hop(edge, cable.interfaceIndex, member.portInterface()));
        } else {
            hops.add(new Hop(edge, cable.interfaceIndex, DemoCountry.BACKBONE_INTERFACE));
            throughPhnomPenh(member, remoteAsn, cable.place, hops, bookings);
        }
        bookings.add(new Booking(member.portExporter(), member.port(), Direction.OUT, member.id(), remoteAsn));
        return new Way(List.copyOf(hops), List.copyOf(bookings));
    }

    private static void throughPhnomPenh(
            DemoMember member, long remoteAsn, Place from, List<Hop> hops, List<Booking> bookings) {
        String router = Place.PNH.edge;
        int ingress = from.backboneInterfaceInPhnomPenh();
        bookings.add(new Booking(router, from.backbone(), Direction.IN, member.id(), remoteAsn));
        if (member.place == Place.PNH) {
            hops.add(new Hop(router, ingress, DemoCountry.ROUTER_TO_SWITCH));
            hops.add(new Hop(member.portExporter(), DemoCountry.SWITCH_TO_ROUTER, member.portInterface()));
        } else {
            hops.add(new Hop(router, ingress, member.place.backboneInterfaceInPhnomPenh()));
            bookings.add(new Booking(router, member.place.backbone(), Direction.OUT, member.id(), remoteAsn));
            hops.add(new Hop(member.place.edge, DemoCountry.BACKBONE_INTERFACE, member.portInterface()));
        }
    }

    /** The same devices and links the other way. */
    Way reversed() {
        List<Hop> back = new ArrayList<>();
        for (Hop hop : hops.reversed()) {
            back.add(new Hop(hop.exporter(), hop.egressInterface(), hop.ingressInterface()));
        }
        List<Booking> booked = new ArrayList<>();
        for (Booking b : bookings.reversed()) {
            Direction other = b.direction() == Direction.IN ? Direction.OUT : Direction.IN;
            booked.add(new Booking(b.exporter(), b.link(), other, b.member(), b.remoteAsn()));
        }
        return new Way(back, booked);
    }
}
