// SPDX-License-Identifier: Apache-2.0
package tonle.wire.dissect;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.base.DeviceAddress;
import tonle.base.Network;
import tonle.base.power.Seed;
import tonle.wire.Fault;
import tonle.wire.GoldenVectors;
import tonle.wire.Mutations;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;
import tonle.wire.flow.TemplateLookup;
import tonle.wire.flow.encode.InterfaceCounters;
import tonle.wire.flow.encode.IpfixEncoder;
import tonle.wire.flow.encode.Netflow5Encoder;
import tonle.wire.flow.encode.Netflow5Flow;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.PacketSpec;
import tonle.wire.flow.encode.RecordWriter;
import tonle.wire.flow.encode.SflowEncoder;
import tonle.wire.flow.encode.TemplateSpec;

/** A tree says what is there and never who: marked hosts are planted in every place that can hold one. */
class DissectorTest {
    private static final TemplateLookup NONE = (protocol, domain, id) -> null;

    private static final long NETWORK4 = Network.ofIpv4(198 << 16 | 51 << 8 | 100);
    private static final long NETWORK6 = Network.ofIpv6(0x2001_0DB8_0042L);
    private static final long HOST6 = 0xDEAD_BEEF_CAFE_F00DL;
    private static final int HOST4 = 0xD5;
    private static final int PORT = 0xD5D5;
    /** The hosts and the port, in every way that a careless tree could write them. */
    private static final List<String> PLANTED = List.of(
            "198.51.100.213",
            "dead:beef",
            "cafe:f00d",
            "3325256917", // 198.51.100.213 as a number.
            "c63364d5",
            "16045690984503111693", // The low 64 bits of the IPv6 host.
            "54741",
            "d5d5",
            "secret-user");

    static List<byte[]> datagrams() {
        return List.of(netflow5(), netflow9(), ipfix(), sflow());
    }

    private static byte[] netflow5() {
        Netflow5Encoder encoder = new Netflow5Encoder(MemorySegment.ofArray(new byte[1464]), 0, 1);
        Netflow5Flow flow = new Netflow5Flow()
                .networks(NETWORK4, NETWORK4)
                .hosts(HOST4, HOST4)
                .interfaces(7, 8)
                .volume(10, 1500)
                .transport(6, PORT, PORT);
        return encoder.begin(1_700_000_000_000L, 1).flow(flow).flow(flow).end().toArray(ValueLayout.JAVA_BYTE);
    }

    private static TemplateSpec spec(int id) {
        return TemplateSpec.data(id)
                .field(Slot.SOURCE_IPV4_ADDRESS, 4)
                .field(Slot.DESTINATION_IPV6_ADDRESS, 16)
                .field(0, 15, 4)
                .field(0, 7, 2)
                .field(0, 56, 6)
                .field(0, 225, 4)
                .field(0, 371, 11)
                .field(0, 9_999, 8)
                .field(Slot.OCTET_DELTA_COUNT, 8)
                .field(Slot.FLOW_START_MILLISECONDS, 8);
    }

    private static void record(RecordWriter record) {
        record.address(NETWORK4, HOST4)
                .address(NETWORK6, HOST6)
                .address(NETWORK4, HOST4)
                .number(PORT)
                .number(HOST6)
                .address(NETWORK4, HOST4)
                .octets(MemorySegment.ofArray("secret-user".getBytes()))
                .number(HOST6)
                .number(1500)
                .number(1_700_000_000_000L);
    }

    private static byte[] netflow9() {
        Netflow9Encoder encoder = new Netflow9Encoder(MemorySegment.ofArray(new byte[1400]), 9);
        encoder.begin(1_700_000_000_000L, 1).template(spec(300));
        record(encoder.record(spec(300)));
        record(encoder.record(spec(300)));
        return encoder.end().toArray(ValueLayout.JAVA_BYTE);
    }

    private static PacketSpec packet(long network, long host) {
        return new PacketSpec()
                .networks(network, network)
                .hosts(host, host)
                .transport(17, PORT, PORT)
                .ipTotalOctets(200)
                .vlans(100, 101)
                .sampledOctetsMin(128);
    }

    private static byte[] ipfix() {
        IpfixEncoder encoder = new IpfixEncoder(MemorySegment.ofArray(new byte[1400]), 9);
        TemplateSpec frames =
                TemplateSpec.data(301).variable(0, 315).field(9_999, 1, 8).variable(0, 460);
        encoder.begin(1_700_000_000_000L).template(spec(300)).template(frames);
        record(encoder.record(spec(300)));
        encoder.record(frames)
                .frame(packet(NETWORK6, HOST6))
                .number(HOST6)
                .octets(MemorySegment.ofArray("secret-user".getBytes()));
        return encoder.end().toArray(ValueLayout.JAVA_BYTE);
    }

    private static byte[] sflow() {
        SflowEncoder encoder = new SflowEncoder(MemorySegment.ofArray(new byte[1400]), DeviceAddress.ofIpv4(9), 3);
        SflowEncoder.Sampling sampling = new SflowEncoder.Sampling(1, 2, 1000, 4, 5);
        encoder.begin(7)
                .flowSample(sampling, 6, 7)
                .rawHeader(packet(NETWORK4, HOST4))
                .gateway(64_500, 64_501, 64_502)
                .flowSampleExpanded(sampling, 6, 7)
                .rawHeader(packet(NETWORK6, HOST6).pseudowire(2))
                .record(1012, MemorySegment.ofArray("secret-user-".getBytes()))
                .counterSample(1, 7)
                .interfaceCounters(new InterfaceCounters(7, 1, 3, 100, 2, 0, 0, 200, 3, 0, 0));
        return encoder.end().toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void noTreeShowsAHostAPortOrAPerson() {
        for (byte[] datagram : datagrams()) {
            String text =
                    Dissector.dissect(MemorySegment.ofArray(datagram), NONE).text();
            assertThat(text).contains("198.51.100.0/24").doesNotContain(PLANTED.toArray(String[]::new));
        }
    }

    @Test
    void whatIsKeptHoldsNothingOfDataSets() {
        for (byte[] datagram : datagrams()) {
            String text = Dissector.dissectForKeeping(MemorySegment.ofArray(datagram), NONE)
                    .text();
            assertThat(text)
                    .contains("equence")
                    .contains("hidden")
                    .doesNotContain("198.51.100")
                    .doesNotContain("1500")
                    .doesNotContain(PLANTED.toArray(String[]::new));
        }
    }

    @Test
    void aTreeOfIpfixReadsLikeThis() {
        IpfixEncoder encoder = new IpfixEncoder(MemorySegment.ofArray(new byte[1400]), 9);
        TemplateSpec spec = TemplateSpec.data(256)
                .field(Slot.SOURCE_IPV4_ADDRESS, 4)
                .field(Slot.REVERSE_OCTET_DELTA_COUNT, 4)
                .variable(0, 82);
        encoder.sequence(41);
        encoder.begin(1_700_000_000_000L).template(spec);
        encoder.record(spec).address(NETWORK4, HOST4).number(1500).octets(MemorySegment.ofArray(new byte[3]));
        assertThat(Dissector.dissect(encoder.end(), NONE).text()).isEqualTo("""
                             0     56  IPFIX
                             0     56    message
                             0     16      header
                             0      2        version: 10
                             2      2        length: 56
                             4      4        exportTime: 2023-11-14T22:13:20Z
                             8      4        sequenceNumber: 41
                            12      4        observationDomainId: 9
                            16     24      template set
                            16      2        setId: 2
                            18      2        length: 24
                            20     20        template
                            20      2          templateId: 256
                            22      2          fieldCount: 3
                            24      4          sourceIPv4Address: 4 octets
                            28      8          reverseOctetDeltaCount: 4 octets
                            36      4          interfaceName: variable length
                            40     16      data set
                            40      2        setId: 256
                            42      2        length: 16
                            44     12        record
                            44      4          sourceIPv4Address: 198.51.100.0/24
                            48      4          reverseOctetDeltaCount: 1500
                            53      3          interfaceName: hidden, 3 octets
                        """);
    }

    @Test
    void aTemplateOfAnEarlierDatagramIsAskedFor() {
        Netflow9Encoder encoder = new Netflow9Encoder(MemorySegment.ofArray(new byte[1400]), 9);
        TemplateSpec spec = TemplateSpec.data(256).field(Slot.OCTET_DELTA_COUNT, 4);
        encoder.begin(0, 0);
        encoder.record(spec).number(1500);
        MemorySegment datagram = encoder.end();
        Template known = Template.of(FlowProtocol.NETFLOW9, 9, 256, false, 0, new int[] {1}, new int[1], new int[] {4});
        assertThat(Dissector.dissect(datagram, NONE).text()).contains("no template known: hidden, 4 octets");
        assertThat(Dissector.dissect(datagram, (protocol, domain, id) -> id == 256 ? known : null)
                        .text())
                .contains("octetDeltaCount: 1500");
    }

    @Test
    void faultsAreThoseOfTheDecoderWithTheirSection() {
        Path hex = Path.of("src/golden/sflow5/record-truncated.hex");
        String text = Dissector.dissect(MemorySegment.ofArray(GoldenVectors.octets(hex)), NONE)
                .text();
        assertThat(text)
                .contains("   136     12      rest: hidden, 12 octets   ! SAMPLE_RECORD_TRUNCATED, sFlow version 5");
        assertThat(Dissector.dissect(templateWithoutFields(), NONE).text())
                .contains("template   ! TEMPLATE_EMPTY, RFC 3954 section 5.2");
        byte[] short5 = {0, 5, 0, 40, 1};
        assertThat(Dissector.dissect(MemorySegment.ofArray(short5), NONE).text())
                .contains("HEADER_TRUNCATED");
        byte[] unknown = {'G', 'E', 'T', ' ', '/'};
        assertThat(Dissector.dissect(MemorySegment.ofArray(unknown), NONE).text())
                .contains("UNKNOWN_VERSION, RFC 7011");
    }

    /** A template without fields: pmacct 1.7.7 loops for ever over a data set of it. */
    private static MemorySegment templateWithoutFields() {
        return new Netflow9Encoder(MemorySegment.ofArray(new byte[100]), 9)
                .begin(0, 0)
                .template(TemplateSpec.data(259))
                .end();
    }

    @Test
    void everyFaultOfADatagramIsMarked() {
        List<Path> vectors = new ArrayList<>();
        List.of("sflow5", "netflow5", "netflow9", "ipfix").forEach(protocol -> {
            if (Files.isDirectory(Path.of("src/golden", protocol))) {
                vectors.addAll(GoldenVectors.of(protocol));
            }
        });
        for (Path hex : vectors) {
            Field tree = Dissector.dissect(MemorySegment.ofArray(GoldenVectors.octets(hex)), NONE);
            List<String> faults = GoldenVectors.expected(hex).stream()
                    .filter(line -> line.startsWith("malformed "))
                    .map(line -> line.split(" ")[1])
                    .sorted()
                    .toList();
            assertThat(marks(tree, new ArrayList<>()).stream().sorted().toList())
                    .as(GoldenVectors.name(hex))
                    .isEqualTo(faults);
        }
    }

    private static List<String> marks(Field field, List<String> found) {
        field.mark().ifPresent(mark -> found.add(mark.fault().name()));
        field.children().forEach(child -> marks(child, found));
        return found;
    }

    @Test
    void everyFaultHasAReference() {
        for (Fault fault : Fault.values()) {
            for (FlowProtocol protocol : FlowProtocol.values()) {
                assertThat(Mark.of(fault, protocol).reference()).isNotBlank();
            }
        }
    }

    @Test
    void noMutationThrowsLeavesItsBoundsOrShowsAHost() {
        List<byte[]> good = new ArrayList<>(datagrams());
        GoldenVectors.of("sflow5").forEach(hex -> good.add(GoldenVectors.octets(hex)));
        byte[] octets = new byte[2000];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = arena.allocate(octets.length);
            for (int number = 0; number < Mutations.count() / 50; number++) {
                Seed seed = new Seed(number);
                byte[] base = good.get(seed.below(good.size()));
                System.arraycopy(base, 0, octets, 0, base.length);
                int size = Mutations.damage(octets, base.length, seed);
                MemorySegment datagram = room.asSlice(0, size);
                MemorySegment.copy(octets, 0, datagram, ValueLayout.JAVA_BYTE, 0, size);
                try {
                    Field tree = Dissector.dissect(datagram, NONE);
                    check(tree, size);
                    // A damaged template may call other octets an address: even then at most 48 bits of them show.
                    assertThat(tree.text()).doesNotContain("198.51.100.213", "dead:beef:cafe:f00d", "secret-user");
                    Field kept = Dissector.dissectForKeeping(datagram, NONE);
                    assertThat(kept.text()).doesNotContain("198.51.100", "cafe:f00d", "secret-user");
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError("seed " + number, e);
                }
            }
        }
    }

    private static void check(Field field, int sizeOctets) {
        assertThat(field.offsetOctets()).isBetween(0, sizeOctets);
        assertThat(field.offsetOctets() + field.sizeOctets()).isBetween(0, sizeOctets);
        field.children().forEach(child -> check(child, sizeOctets));
    }

    @Test
    void aTreeHasABound() {
        IpfixEncoder encoder = new IpfixEncoder(MemorySegment.ofArray(new byte[65_000]), 9);
        TemplateSpec spec = TemplateSpec.data(256).field(Slot.PROTOCOL_IDENTIFIER, 1);
        encoder.begin(0).template(spec);
        while (encoder.fits(spec, 1)) {
            encoder.record(spec).number(6);
        }
        Field tree = Dissector.dissect(encoder.end(), NONE);
        assertThat(count(tree)).isLessThanOrEqualTo(Tree.FIELD_COUNT_MAX + 10);
        assertThat(tree.text()).contains("more than 8192 fields: the rest is not shown");
    }

    private static int count(Field field) {
        return 1 + field.children().stream().mapToInt(DissectorTest::count).sum();
    }
}
