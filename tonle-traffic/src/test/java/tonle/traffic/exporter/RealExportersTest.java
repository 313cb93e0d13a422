// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.Network;
import tonle.base.power.Seed;
import tonle.testkit.Peers;
import tonle.wire.Fault;
import tonle.wire.flow.FlowDecoder;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.FlowSink;
import tonle.wire.flow.MessageHeader;
import tonle.wire.flow.SflowCounters;
import tonle.wire.flow.SflowSample;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;
import tonle.wire.flow.TemplateLookup;
import tonle.wire.flow.encode.PacketSpec;

/**
 * Real exporters are fed with packets whose octets are known, export over UDP on the loopback, and what is decoded adds
 * up to the packets, to the octet. softflowd and pmacct, as Debian has them.
 */
class RealExportersTest {
    private static final int PACKETS = 400;
    private static final int FLOWS = 40;

    @TempDir
    Path folder;

    private Path packets;
    private long octets4;
    private long octets6;
    private int packets6;
    /** Octets of the first so many packets: pmacct leaves the last ones unsent when its capture ends. */
    private final long[] octetsOfFirst = new long[PACKETS + 1];

    /** Sums of what came; remembers templates. */
    private static final class Sums implements FlowSink, TemplateLookup {
        final Map<Integer, Template> templates = new HashMap<>();
        final List<String> faults = new ArrayList<>();
        long octets;
        long packets;
        long networksOutside;
        int datagrams;
        FlowProtocol protocol;

        @Override
        public Template template(FlowProtocol from, long domain, int templateId) {
            return templates.get(templateId);
        }

        @Override
        public void message(MessageHeader header) {
            datagrams++;
            protocol = header.protocol();
        }

        @Override
        public void template(Template template) {
            templates.put(template.id(), template);
        }

        @Override
        public void flow(FlowRecord record) {
            octets += Math.max(0, record.value(Slot.OCTET_DELTA_COUNT));
            octets += Math.max(0, record.value(Slot.REVERSE_OCTET_DELTA_COUNT));
            packets += Math.max(0, record.value(Slot.PACKET_DELTA_COUNT));
            packets += Math.max(0, record.value(Slot.REVERSE_PACKET_DELTA_COUNT));
            place(record.sourceNetwork());
        }

        @Override
        public void sample(SflowSample sample) {
            octets += sample.packet().ipTotalOctets() * sample.samplingRate();
            packets += sample.samplingRate();
            place(sample.packet().sourceNetwork());
        }

        private void place(long network) {
            String text = Network.text(network);
            networksOutside += text.startsWith("198.51.100.") || text.startsWith("2001:db8:") ? 0 : 1;
        }

        @Override
        public void malformed(Fault fault, long offsetOctets) {
            faults.add(fault + " at " + offsetOctets);
        }

        @Override
        public void awaitingTemplate(long domain, int templateId, MemorySegment set) {
            faults.add("no template " + templateId);
        }

        @Override
        public void withdrawal(long domain, int templateId) {}

        @Override
        public void dataSet(Template template) {}

        @Override
        public void options(FlowRecord record) {}

        @Override
        public void counters(SflowCounters counters) {}

        @Override
        public void discarded(SflowSample sample) {}

        @Override
        public void endOfMessage() {}
    }

    /** A capture of UDP packets in both directions, a sixth of them IPv6, their sizes drawn from a seed. */
    @BeforeEach
    void writePackets() throws IOException {
        Seed seed = new Seed(20);
        MemorySegment frame = MemorySegment.ofArray(new byte[1600]);
        ByteBuffer file = ByteBuffer.allocate(24 + PACKETS * 1632).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putLong(0);
        file.putInt(65_535).putInt(1);
        for (int number = 0; number < PACKETS; number++) {
            int flow = seed.below(FLOWS);
            boolean isIpv6 = flow % 6 == 0;
            long network = isIpv6 ? Network.ofIpv6(0x2001_0DB8_0000L) : Network.ofIpv4(198 << 16 | 51 << 8 | 100);
            boolean isBack = seed.below(3) == 0;
            int size = 60 + seed.below(1400);
            PacketSpec packet = new PacketSpec()
                    .networks(network, network)
                    .hosts(isBack ? 200 : 1 + flow, isBack ? 1 + flow : 200)
                    .transport(17, isBack ? 53 : 5000 + flow, isBack ? 5000 + flow : 53)
                    .ipTotalOctets(size)
                    .sampledOctetsMin(1600);
            ByteBuffer octets = packet.write(frame).asByteBuffer();
            file.putInt(1_700_000_000 + number / 100).putInt(number % 100 * 10_000);
            file.putInt(octets.remaining()).putInt(octets.remaining()).put(octets);
            octets4 += isIpv6 ? 0 : size;
            octets6 += isIpv6 ? size : 0;
            packets6 += isIpv6 ? 1 : 0;
            octetsOfFirst[number + 1] = octetsOfFirst[number] + size;
        }
        packets = folder.resolve("packets.pcap");
        try (var out = Files.newByteChannel(packets, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.write(file.flip());
        }
    }

    @Test
    void softflowdNetflow5AddsUpToTheIpv4Packets() throws Exception {
        Sums sums = softflowd("5");
        assertThat(sums.protocol).isEqualTo(FlowProtocol.NETFLOW5);
        assertThat(sums.octets).isEqualTo(octets4);
        assertThat(sums.packets).isEqualTo(PACKETS - packets6);
    }

    @Test
    void softflowdNetflow9AddsUpToThePackets() throws Exception {
        Sums sums = softflowd("9");
        assertThat(sums.protocol).isEqualTo(FlowProtocol.NETFLOW9);
        assertThat(sums.octets).isEqualTo(octets4 + octets6);
        assertThat(sums.packets).isEqualTo(PACKETS);
    }

    @Test
    void softflowdIpfixAddsUpToThePackets() throws Exception {
        Sums sums = softflowd("10");
        assertThat(sums.protocol).isEqualTo(FlowProtocol.IPFIX);
        assertThat(sums.octets).isEqualTo(octets4 + octets6);
        assertThat(sums.packets).isEqualTo(PACKETS);
    }

    @Test
    void softflowdBiflowAddsUpInBothDirections() throws Exception {
        Sums sums = softflowd("10", "-b");
        assertThat(sums.octets).isEqualTo(octets4 + octets6);
        assertThat(sums.packets).isEqualTo(PACKETS);
        assertThat(sums.templates.values()).anyMatch(template -> template.has(Slot.REVERSE_OCTET_DELTA_COUNT));
    }

    @Test
    void pmacctNetflow9AddsUpToThePackets() throws Exception {
        Sums sums = pmacct("nfprobe", "nfprobe_version: 9");
        assertThat(sums.protocol).isEqualTo(FlowProtocol.NETFLOW9);
        assertThat(sums.packets).isBetween(PACKETS - 1L, (long) PACKETS);
        assertThat(sums.octets).isEqualTo(octetsOfFirst[(int) sums.packets]);
    }

    @Test
    void pmacctIpfixAddsUpToThePackets() throws Exception {
        Sums sums = pmacct("nfprobe", "nfprobe_version: 10");
        assertThat(sums.protocol).isEqualTo(FlowProtocol.IPFIX);
        assertThat(sums.packets).isBetween(PACKETS - 1L, (long) PACKETS);
        assertThat(sums.octets).isEqualTo(octetsOfFirst[(int) sums.packets]);
    }

    @Test
    void pmacctSflowSamplesEachPacketThatItSent() throws Exception {
        Sums sums = pmacct("sfprobe", "sampling_rate: 1");
        assertThat(sums.protocol).isEqualTo(FlowProtocol.SFLOW5);
        // The last datagram, of up to ten samples, is never finished.
        assertThat(sums.packets).isBetween(PACKETS - 10L, (long) PACKETS);
        assertThat(sums.octets).isEqualTo(octetsOfFirst[(int) sums.packets]);
    }

    private Sums softflowd(String version, String... more) throws Exception {
        Path program = Peers.need("softflowd");
        return receive(port -> {
            List<String> command = new ArrayList<>(List.of(program.toString(), "-r", packets.toString(), "-d"));
            command.addAll(List.of("-n", "127.0.0.1:" + port, "-v", version, "-c", "none"));
            command.addAll(List.of("-p", folder.resolve("pid").toString()));
            command.addAll(List.of(more));
            return command;
        });
    }

    private Sums pmacct(String plugin, String setting) throws Exception {
        Path program = Peers.need("pmacctd");
        return receive(port -> {
            Path configuration = folder.resolve("pmacctd.conf");
            Files.writeString(configuration, """
                    daemonize: false
                    pcap_savefile: %s
                    plugins: %s[x]
                    %s_receiver: 127.0.0.1:%d
                    aggregate: src_host, dst_host, src_port, dst_port, proto
                    %s
                    """.formatted(packets, plugin, plugin, port, setting));
            return List.of(program.toString(), "-f", configuration.toString());
        });
    }

    private interface Command {
        List<String> to(int port) throws IOException;
    }

    /** Runs the exporter to its end; what it sent meanwhile waits in the socket's buffer, a few dozen datagrams. */
    private Sums receive(Command command) throws Exception {
        Sums sums = new Sums();
        FlowDecoder decoder = new FlowDecoder(sums, sums);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 * 1024 * 1024);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            Path said = folder.resolve("said");
            Process exporter = new ProcessBuilder(command.to(port))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            try {
                assertThat(exporter.waitFor(30, TimeUnit.SECONDS))
                        .as("the exporter ends")
                        .isTrue();
            } finally {
                exporter.descendants().forEach(ProcessHandle::destroy);
                exporter.destroy();
            }
            ByteBuffer datagram = ByteBuffer.allocateDirect(65_536);
            while (channel.receive(datagram.clear()) != null) {
                decoder.decode(MemorySegment.ofBuffer(datagram.flip()));
            }
            assertThat(sums.datagrams).as(() -> read(said)).isPositive();
        }
        assertThat(sums.faults).isEmpty();
        assertThat(sums.networksOutside).isZero();
        return sums;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
