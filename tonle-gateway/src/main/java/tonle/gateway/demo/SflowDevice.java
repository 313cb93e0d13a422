// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tonle.base.DeviceAddress;
import tonle.base.power.Seed;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkPort;
import tonle.wire.flow.encode.InterfaceCounters;
import tonle.wire.flow.encode.PacketSpec;
import tonle.wire.flow.encode.SflowEncoder;

/**
 * A switch that samples packets and reports its interface counters every twenty seconds. Counters count every octet;
 * samples stand for what the model says within one sample, unless the device was told another rate than it takes.
 */
final class SflowDevice implements DemoDevice {
    private static final int COUNTER_SECONDS = 20;
    private static final int PAUSE_SECONDS_MAX = 30;
    private static final int FRAME_OVERHEAD_OCTETS = 18;
    /** A flow sample with its raw header of Ethernet, IPv6 and transport, padded. */
    private static final int SAMPLE_OCTETS_MAX = 76 + 64;

    private static final int COUNTER_SAMPLE_OCTETS = 128;
    private static final int UP = 3;

    private final DeviceAddress address;
    private final String id;
    private final TrafficModel model;
    private final BinLoad load;
    private final SflowEncoder encoder;
    private final long saidRate;
    private final Seed chance;
    private final PacketSpec packet = new PacketSpec();
    private final List<Stream> streams = new ArrayList<>();
    private final Map<Integer, Port> ports = new TreeMap<>();
    private final long bootMillis;
    private long passedSeconds;
    private boolean isOpen;

    private static final class Stream {
        final Demand demand;
        final Port ingress;
        final Port egress;
        long owedOctets;

        Stream(Demand demand, Port ingress, Port egress) {
            this.demand = demand;
            this.ingress = ingress;
            this.egress = egress;
        }
    }

    private static final class Port {
        final int index;
        final long speed;
        long sampleSequence;
        long counterSequence;
        long pool;
        long inOctets;
        long inPackets;
        long outOctets;
        long outPackets;

        Port(int index, long speed) {
            this.index = index;
            this.speed = speed;
        }
    }

    SflowDevice(
            DemoCountry.Device device,
            TrafficModel model,
            BinLoad load,
            MemorySegment into,
            long saidRate,
            Seed chance,
            long startSeconds,
            long bootMillis) {
        this.address = device.address;
        this.id = device.id;
        this.model = model;
        this.load = load;
        this.encoder = new SflowEncoder(into, device.address, 0);
        this.saidRate = saidRate;
        this.chance = chance;
        this.passedSeconds = startSeconds;
        this.bootMillis = bootMillis;
        for (Demand demand : model.demands()) {
            for (Hop hop : demand.hops()) {
                if (hop.exporter().equals(id)) {
                    streams.add(new Stream(demand, port(hop.ingressInterface()), port(hop.egressInterface())));
                }
            }
        }
    }

    @Override
    public DeviceAddress address() {
        return address;
    }

    @Override
    public void tick(long nowMillis, Consumer<MemorySegment> out) {
        long now = nowMillis / 1000;
        if (now - passedSeconds > PAUSE_SECONDS_MAX) {
            passedSeconds = now - 1;
        }
        for (; passedSeconds < now; passedSeconds++) {
            long takenRate = model.countsAQuarter(id, passedSeconds) ? saidRate * 4 : saidRate;
            for (Stream stream : streams) {
                pass(stream, takenRate, nowMillis, out);
            }
            for (Port port : ports.values()) {
                if (port.index % COUNTER_SECONDS == passedSeconds % COUNTER_SECONDS) {
                    reportCounters(port, nowMillis, out);
                }
            }
        }
        close(out);
    }

    private void pass(Stream stream, long takenRate, long nowMillis, Consumer<MemorySegment> out) {
        Demand demand = stream.demand;
        long octets = load.part(demand, passedSeconds, passedSeconds + 1);
        if (octets == 0) {
            return;
        }
        long packets = octets / demand.packetOctets();
        long frames = octets + packets * FRAME_OVERHEAD_OCTETS;
        stream.ingress.inOctets += frames;
        stream.ingress.inPackets += packets;
        stream.egress.outOctets += frames;
        stream.egress.outPackets += packets;
        long sampleOctets = takenRate * demand.packetOctets();
        stream.owedOctets += octets;
        while (stream.owedOctets >= sampleOctets) {
            stream.owedOctets -= sampleOctets;
            sample(stream, nowMillis, out);
        }
    }

    private void sample(Stream stream, long nowMillis, Consumer<MemorySegment> out) {
        Demand demand = stream.demand;
        open(SAMPLE_OCTETS_MAX, nowMillis, out);
        Port port = stream.ingress;
        port.sampleSequence++;
        port.pool += saidRate;
        packet.networks(
                        demand.source().network(demand.ipVersion(), chance.below(16)),
                        demand.target().network(demand.ipVersion(), chance.below(16)))
                .hosts(1 + chance.below(254), 1 + chance.below(254))
                .transport(demand.protocol(), 443, 1024 + chance.below(60_000))
                .ipTotalOctets(demand.packetOctets());
        encoder.flowSample(
                        new SflowEncoder.Sampling(port.sampleSequence, port.index, saidRate, port.pool, 0),
                        port.index,
                        stream.egress.index)
                .rawHeader(packet);
    }

    private void reportCounters(Port port, long nowMillis, Consumer<MemorySegment> out) {
        open(COUNTER_SAMPLE_OCTETS, nowMillis, out);
        encoder.counterSample(++port.counterSequence, port.index)
                .interfaceCounters(new InterfaceCounters(
                        port.index,
                        port.speed,
                        UP,
                        port.inOctets,
                        port.inPackets,
                        0,
                        0,
                        port.outOctets,
                        port.outPackets,
                        0,
                        0));
    }

    private void open(int sizeOctets, long nowMillis, Consumer<MemorySegment> out) {
        if (isOpen && !encoder.fits(sizeOctets)) {
            close(out);
        }
        if (!isOpen) {
            encoder.begin(nowMillis - bootMillis);
            isOpen = true;
        }
    }

    private void close(Consumer<MemorySegment> out) {
        if (isOpen) {
            isOpen = false;
            out.accept(encoder.end());
        }
    }

    private Port port(int index) {
        return ports.computeIfAbsent(index, _ -> new Port(index, speed(index)));
    }

    private long speed(int index) {
        for (Link link : DemoCountry.topology().links()) {
            if (link.ports().contains(new LinkPort(id, index, true))
                    || link.ports().contains(new LinkPort(id, index, false))) {
                return link.capacityBitsPerSecond();
            }
        }
        return 400_000_000_000L;
    }
}
