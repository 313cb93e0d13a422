// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import tonle.traffic.Bins;
import tonle.traffic.Direction;
import tonle.traffic.EvenSpread;
import tonle.traffic.ProtocolClass;
import tonle.traffic.meter.Attribution.Port;
import tonle.traffic.meter.Attribution.Ports;
import tonle.traffic.reconcile.InterfaceBook;
import tonle.traffic.topology.Link;

/**
 * Books one direction of one record: on the ingress link as in, on the egress link as out, each where it is metered,
 * and
 * on both interfaces, metered or not. Spread evenly over the bins it covers, exactly. The fields are the record; set
 * them all, then {@link #book}. One object a worker.
 */
final class Booking {
    /** Which sides a record speaks for (see {@link tonle.traffic.topology.ExporterKind}). */
    enum Side {
        BOTH,
        INGRESS,
        EGRESS
    }

    private final BinBook bins;
    private final InterfaceBook interfaces;
    private final EvenSpread octetSpread = new EvenSpread(Bins.SECONDS);
    private final EvenSpread packetSpread = new EvenSpread(Bins.SECONDS);
    private final EvenSpread rawSpread = new EvenSpread(Bins.SECONDS);
    private final EvenSpread frameSpread = new EvenSpread(Bins.SECONDS);

    Attribution attribution;
    private Ports ports;
    private Side side = Side.BOTH;
    long ingress;
    long egress;
    long sourceNetwork;
    long destinationNetwork;
    long sourceAsn;
    long destinationAsn;
    int ipVersion;
    private ProtocolClass protocol = ProtocolClass.OTHER;
    long startMillis;
    long endMillis;
    /** As decoded, before any rate. */
    long rawOctets;

    long octets;
    long packets;
    double variance;
    boolean unscaled;
    /** What the interfaces carried: the same octets, or those of the frames where they are known. */
    long interfaceOctets;

    Booking(BinBook bins, InterfaceBook interfaces) {
        this.bins = bins;
        this.interfaces = interfaces;
    }

    /**
     * Most records repeat it, and to write a reference costs the collector's book-keeping: written where it is another.
     */
    void at(Ports newPorts, Side newSide) {
        if (ports != newPorts) {
            ports = newPorts;
        }
        if (side != newSide) {
            side = newSide;
        }
    }

    void protocol(ProtocolClass newProtocol) {
        if (protocol != newProtocol) {
            protocol = newProtocol;
        }
    }

    /** Turns the record round: its other direction follows. */
    void reverse() {
        long i = ingress;
        ingress = egress;
        egress = i;
        long n = sourceNetwork;
        sourceNetwork = destinationNetwork;
        destinationNetwork = n;
        long a = sourceAsn;
        sourceAsn = destinationAsn;
        destinationAsn = a;
        side = switch (side) {
            case BOTH -> Side.BOTH;
            // Seen at the same port: what came in there in one direction goes out there in the other.
            case INGRESS -> Side.EGRESS;
            case EGRESS -> Side.INGRESS;
        };
    }

    /** @return false where neither link is metered here: nothing but the interfaces is booked */
    boolean book() {
        octetSpread.over(startMillis, endMillis);
        Port in = side == Side.EGRESS ? null : ports.port(ingress);
        Port out = side == Side.INGRESS ? null : ports.port(egress);
        if (side != Side.EGRESS) {
            bookInterface(ingress, in, Direction.IN);
        }
        if (side != Side.INGRESS) {
            bookInterface(egress, out, Direction.OUT);
        }
        boolean inMetered = in != null && in.metered;
        boolean outMetered = out != null && out.metered;
        if (inMetered) {
            bookLink(in, Direction.IN, rawOctets);
        }
        if (outMetered) {
            // The record's octets count once in the sums that must agree, on however many links they are booked.
            bookLink(out, Direction.OUT, inMetered ? 0 : rawOctets);
        }
        return inMetered || outMetered;
    }

    private void bookLink(Port port, Direction direction, long raw) {
        long key = CellNames.key(
                port.link,
                direction,
                attribution.member(port, direction, sourceNetwork, destinationNetwork),
                attribution.remoteAsn(port, direction, sourceNetwork, destinationNetwork, sourceAsn, destinationAsn),
                ipVersion,
                protocol);
        int count = octetSpread.binCount();
        if (count == 1) {
            bins.add(octetSpread.binStartSeconds(0), key, octets, packets, 1, variance, unscaled ? octets : 0, raw);
            return;
        }
        packetSpread.over(startMillis, endMillis);
        rawSpread.over(startMillis, endMillis);
        long[] octetShares = octetSpread.split(octets);
        long[] packetShares = packetSpread.split(packets);
        long[] rawShares = rawSpread.split(raw);
        for (int i = 0; i < count; i++) {
            double share = octets == 0 ? 0 : (double) octetShares[i] / octets;
            bins.add(
                    octetSpread.binStartSeconds(i),
                    key,
                    octetShares[i],
                    packetShares[i],
                    1,
                    variance * share,
                    unscaled ? octetShares[i] : 0,
                    rawShares[i]);
        }
    }

    private void bookInterface(long interfaceIndex, Port port, Direction direction) {
        if (interfaceIndex <= 0) {
            // 0: the exporter says that there is none (dropped, or its own).
            return;
        }
        String link = port == null ? Link.NONE : port.linkId;
        boolean metered = port != null && port.metered;
        int count = octetSpread.binCount();
        if (count == 1) {
            interfaces.flow(
                    ports.exporterNumber,
                    interfaceIndex,
                    direction,
                    link,
                    metered,
                    octetSpread.binStartSeconds(0),
                    interfaceOctets,
                    packets,
                    variance);
            return;
        }
        frameSpread.over(startMillis, endMillis);
        packetSpread.over(startMillis, endMillis);
        long[] octetShares = frameSpread.split(interfaceOctets);
        long[] packetShares = packetSpread.split(packets);
        for (int i = 0; i < count; i++) {
            double share = interfaceOctets == 0 ? 0 : (double) octetShares[i] / interfaceOctets;
            interfaces.flow(
                    ports.exporterNumber,
                    interfaceIndex,
                    direction,
                    link,
                    metered,
                    octetSpread.binStartSeconds(i),
                    octetShares[i],
                    packetShares[i],
                    variance * share);
        }
    }
}
