// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.base.DeviceAddress;
import tonle.base.Network;
import tonle.base.power.Seed;
import tonle.wire.flow.encode.InterfaceCounters;
import tonle.wire.flow.encode.PacketSpec;
import tonle.wire.flow.encode.SflowEncoder;

/** What the encoder writes the decoder reads, for datagrams drawn from a seed. */
class SflowRoundTripTest {
    private static final int DATAGRAMS = 3_000;

    @Test
    void whatIsEncodedDecodesToTheSame() {
        for (long number = 0; number < DATAGRAMS; number++) {
            Seed seed = new Seed(number);
            try (Arena arena = Arena.ofConfined()) {
                List<String> expected = new ArrayList<>();
                MemorySegment datagram = datagram(seed, arena.allocate(1400), expected);
                assertThat(SflowEvents.of(datagram)).as("seed " + number).isEqualTo(expected);
            }
        }
    }

    static MemorySegment datagram(Seed seed, MemorySegment into, List<String> expected) {
        DeviceAddress agent = seed.below(2) == 0
                ? DeviceAddress.ofIpv4((int) seed.nextLong())
                : DeviceAddress.ofIpv6(seed.nextLong() | 1L << 61, seed.nextLong());
        long subAgent = seed.below(100);
        long uptime = seed.nextLong() >>> 32;
        SflowEncoder encoder = new SflowEncoder(into, agent, subAgent);
        encoder.sequence(seed.nextLong());
        long sequence = encoder.sequence();
        encoder.begin(uptime);
        List<String> samples = new ArrayList<>();
        int wanted = seed.below(8);
        while (encoder.sampleCount() < wanted && encoder.fits(400)) {
            samples.add(seed.below(4) == 0 ? counters(seed, encoder) : sample(seed, encoder));
        }
        expected.add("message agent " + agent.text() + " sub " + subAgent + " sequence " + sequence + " uptime "
                + uptime + " samples " + samples.size());
        expected.addAll(samples);
        expected.add("end");
        return encoder.end();
    }

    private static String counters(Seed seed, SflowEncoder encoder) {
        boolean isExpanded = seed.below(2) == 0;
        long sequence = seed.nextLong() >>> 32;
        long index = isExpanded ? seed.nextLong() >>> 32 : seed.below(1 << 24);
        InterfaceCounters c = new InterfaceCounters(
                index,
                100_000_000_000L,
                seed.below(4),
                seed.nextLong() >>> 1,
                seed.nextLong() >>> 33,
                seed.below(1000),
                seed.below(1000),
                seed.nextLong() >>> 1,
                seed.nextLong() >>> 33,
                seed.below(1000),
                seed.below(1000));
        if (isExpanded) {
            encoder.counterSampleExpanded(sequence, index).interfaceCounters(c);
        } else {
            encoder.counterSample(sequence, index).interfaceCounters(c);
        }
        return (isExpanded ? "counters-expanded " : "counters ") + sequence + " source 0:" + index + " interface "
                + index
                + " speed 100000000000 status " + c.status() + " in " + c.inOctets() + "/" + c.inPackets() + "/"
                + c.inErrors() + "/" + c.inDiscards() + " out " + c.outOctets() + "/" + c.outPackets() + "/"
                + c.outErrors() + "/" + c.outDiscards();
    }

    private static String sample(Seed seed, SflowEncoder encoder) {
        boolean isExpanded = seed.below(2) == 0;
        SflowEncoder.Sampling sampling = new SflowEncoder.Sampling(
                seed.nextLong() >>> 32,
                seed.below(1 << 24),
                1 + seed.below(10_000),
                seed.nextLong() >>> 32,
                seed.below(100));
        int input = seed.below(1 << 20);
        int output = seed.below(1 << 20);
        if (isExpanded) {
            encoder.flowSampleExpanded(sampling, input, output);
        } else {
            encoder.flowSample(sampling, input, output);
        }
        String text = (isExpanded ? "sample-expanded " : "sample ") + sampling.sequence() + " source 0:"
                + sampling.sourceIndex() + " rate " + sampling.samplingRate() + " pool " + sampling.samplePool()
                + " drops " + sampling.drops() + " in " + input + " out " + output;
        return text + packet(seed, encoder);
    }

    private static String packet(Seed seed, SflowEncoder encoder) {
        boolean isIpv6 = seed.below(3) == 0;
        long source = network(seed, isIpv6);
        long destination = network(seed, isIpv6);
        int protocol = new int[] {1, 6, 17, 47, 50, 89}[seed.below(6)];
        PacketSpec packet = new PacketSpec()
                .networks(source, destination)
                .hosts(seed.nextLong(), seed.nextLong())
                .transport(protocol, seed.below(65_536), seed.below(65_536))
                .ipTotalOctets(60 + seed.below(1440))
                .sampledOctetsMin(seed.below(2) * 128);
        int vlans = seed.below(3);
        int vlanId = 1 + seed.below(4000);
        if (vlans == 1) {
            packet.vlan(vlanId);
        } else if (vlans == 2) {
            packet.vlans(vlanId, 1 + seed.below(4000));
        }
        int labels = seed.below(4);
        if (seed.below(2) == 0) {
            packet.mplsLabels(labels);
        } else if (labels > 0) {
            packet.pseudowire(labels);
        }
        encoder.rawHeader(packet);
        StringBuilder text = new StringBuilder(" frame " + (packet.frameOctets() + 4) + " stripped 4");
        text.append(vlans > 0 ? " vlan " + vlanId + " tags " + vlans : "");
        text.append(labels > 0 ? " labels " + labels : "");
        text.append(" ip")
                .append(isIpv6 ? 6 : 4)
                .append(" ")
                .append(Network.text(source))
                .append(" > ");
        text.append(Network.text(destination)).append(" protocol ").append(protocol);
        text.append(protocol == 47 ? " gre" : "").append(" total ").append(packet.frameOctets() - packet.ipOffset());
        return text.append(extended(seed, encoder)).toString();
    }

    private static String extended(Seed seed, SflowEncoder encoder) {
        String text = "";
        if (seed.below(3) == 0) {
            encoder.record(0x0000_1001, MemorySegment.ofArray(new byte[seed.below(40)]));
        }
        if (seed.below(2) == 0) {
            long own = 1 + seed.below(1 << 30);
            long from = 1 + seed.below(1 << 30);
            long to = 1 + seed.below(1 << 30);
            encoder.gateway(own, from, own + 1, to);
            text += " asn " + from + " > " + to;
        }
        if (seed.below(2) == 0) {
            encoder.switchVlans(7, 8);
            text += " switched 7 > 8";
        }
        if (seed.below(2) == 0) {
            encoder.routerPrefixes(22, 48);
            text += " routed /22 > /48";
        }
        return text;
    }

    private static long network(Seed seed, boolean isIpv6) {
        return isIpv6 ? Network.ofIpv6(seed.nextLong() >>> 16) : Network.ofIpv4((int) seed.nextLong());
    }
}
