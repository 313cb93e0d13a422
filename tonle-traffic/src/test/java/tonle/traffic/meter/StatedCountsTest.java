// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tonle.base.DeviceAddress;
import tonle.base.power.Seed;
import tonle.testkit.ReferenceData;
import tonle.traffic.exporter.ExporterHealth.Stated;
import tonle.wire.Fault;
import tonle.wire.capture.Capture;
import tonle.wire.capture.DatagramSink;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.IpfixEncoder;
import tonle.wire.flow.encode.TemplateSpec;

/** What exporters confess in options data: RFC 7011 sections 4.1 and 4.3, RFC 3954 section 8. */
class StatedCountsTest {
    private final Bench bench = new Bench();
    private int sequence = 41;

    private static MemorySegment hex(String text, Object... numbers) {
        String digits = text.lines().filter(l -> !l.startsWith("#")).reduce("", String::concat);
        return MemorySegment.ofArray(
                HexFormat.of().parseHex(digits.formatted(numbers).replace(" ", "")));
    }

    private int seconds() {
        return (int) (bench.now() / 1_000);
    }

    /** One message of domain 7 with the template and the counts of exporting process 1, written by hand. */
    private void ipfix(long messages, long flowRecords, long flows, long packets, long octets) {
        bench.receive(
                hex("""
                # version 10, 106 octets, seconds, sequence, domain 7
                000a006a %08x %08x 00000007
                # options template 257: scope domain (149), process (144); 41, 42, 166, 167, 168, 8 octets each
                00030026 010100070002 00950004 00900004 00290008 002a0008 00a60008 00a70008 00a80008
                # data set 257: domain 7, process 1
                01010034 00000007 00000001
                %016x %016x %016x %016x %016x
                """, seconds(), sequence++, messages, flowRecords, flows, packets, octets), Bench.ROUTER, 4_739);
    }

    /** One NetFlow v9 datagram of source id 7: counters of four octets, as nProbe has them, and 166 beside. */
    private void netflow9(int flowRecords, int datagrams, int notSentFlows) {
        bench.receive(hex(
                """
                # version 9, 2 records, uptime, seconds, sequence, source id 7
                00090002 %08x %08x %08x 00000007
                # options template 259: scope system of 4 octets, options of 12: 42, 41, 166; padded
                0001001c 0103 0004 000c 00010004 002a0004 00290004 00a60004 0000
                # data 259: system 0
                01030014 00000000 %08x %08x %08x
                """,
                1_000_000 + seconds() % 100_000 * 1_000, seconds(), sequence++, flowRecords, datagrams, notSentFlows));
    }

    private Stated stated() {
        return bench.health().stated();
    }

    @Test
    void whoStatesNothingHasNoCounts() {
        bench.receive(bench.flows(bench.netflow9(), true, 10, 1_000, 0));
        assertThat(stated()).isEqualTo(Stated.NOTHING);
    }

    @Test
    void whatWasNotSentIsCountedFromTheFirstReportAndAnAlarmWhileItGrows() {
        ipfix(1_000, 30_000, 12, 340, 250_000);
        assertThat(stated()).isEqualTo(new Stated(0, 0, 0, 0, 0, 0, 0));
        assertThat(bench.alarms()).doesNotContain("exporter.not-sent");

        bench.pass(60);
        ipfix(1_001, 30_000, 15, 400, 300_000);
        assertThat(stated()).isEqualTo(new Stated(1, 0, 0, 0, 3, 60, 50_000));
        assertThat(bench.health().alarms())
                .filteredOn(alarm -> alarm.key().equals("exporter.not-sent"))
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.arguments()).containsExactly("3", "60"));

        bench.leap(1_800);
        ipfix(1_002, 30_000, 15, 400, 300_000);
        assertThat(bench.alarms()).contains("exporter.not-sent");
        bench.leap(1_800);
        ipfix(1_003, 30_000, 15, 400, 300_000);
        assertThat(bench.alarms()).doesNotContain("exporter.not-sent");
        assertThat(stated().notSentFlows()).isEqualTo(3);
    }

    @Test
    void countersThatBeginAnewAddWhatTheyHaveReachedSince() {
        ipfix(1_000, 30_000, 12, 340, 250_000);
        bench.pass(120);
        ipfix(2, 40, 5, 50, 500);
        bench.pass(120);
        ipfix(3, 40, 6, 60, 600);
        assertThat(stated()).isEqualTo(new Stated(1, 0, 0, 0, 6, 60, 600));
    }

    @Test
    void aReportThatWasOvertakenIsNoRestart() {
        int early = seconds();
        ipfix(1_000, 30_000, 12, 340, 250_000);
        bench.pass(10);
        ipfix(1_001, 30_000, 15, 400, 300_000);
        bench.clock.setUnixMillis(early * 1_000L + 5_000);
        ipfix(1_001, 30_000, 14, 399, 299_999);
        bench.clock.setUnixMillis(early * 1_000L + 20_000);
        ipfix(1_003, 30_000, 16, 410, 310_000);
        assertThat(stated().notSentFlows()).isEqualTo(4);
        assertThat(stated().notSentOctets()).isEqualTo(60_000);
    }

    @Test
    void countersOfFourOctetsWrap() {
        netflow9(0xFFFF_FFF0, 0xFFFF_FFFE, 0xFFFF_FFFF);
        bench.pass(120);
        netflow9(0xFFFF_FFF0, 0xFFFF_FFFF, 0xFFFF_FFFF);
        bench.pass(120);
        netflow9(0xFFFF_FFF0, 0, 4);
        assertThat(stated()).isEqualTo(new Stated(2, 0, 0, 0, 5, -1, -1));
    }

    @Test
    void aRestartOfTheExporterIsSeenByItsUptimeToo() {
        netflow9(30_000, 1_000, 4);
        bench.pass(120);
        // The uptime is that of a device that began a second ago; the counter is higher than before all the same.
        bench.receive(hex(
                "00090002 %08x %08x %08x 00000007 0001001c 0103 0004 000c 00010004 002a0004 00290004 00a60004 0000"
                        + "01030014 00000000 %08x %08x %08x",
                1_000, seconds(), 0, 1, 1, 9));
        assertThat(stated().notSentFlows()).isEqualTo(9);
        assertThat(stated().flowRecordsMissing()).isZero();
    }

    @Test
    void whatItSentAndDidNotComeIsFoundWithoutAnyHelpOfSequenceNumbers() {
        TemplateSpec flow = TemplateSpec.data(300)
                .field(Slot.SOURCE_IPV4_ADDRESS, 4)
                .field(Slot.INGRESS_INTERFACE, 4)
                .field(Slot.OCTET_DELTA_COUNT, 8);
        IpfixEncoder encoder = new IpfixEncoder(bench.room, 7);
        Seed seed = new Seed(4);
        long messages = 0;
        long records = 0;
        long lostMessages = 0;
        long lostRecords = 0;
        ipfix(0, 0, 0, 0, 0);
        messages++;
        for (int i = 0; i < 200; i++) {
            int count = 1 + seed.below(9);
            encoder.begin(bench.now()).template(flow);
            for (int k = 0; k < count; k++) {
                encoder.record(flow).address(Bench.NET_ABROAD).number(1).number(100);
            }
            MemorySegment message = encoder.end();
            messages++;
            records += count;
            if (seed.below(10) == 0) {
                lostMessages++;
                lostRecords += count;
            } else {
                bench.receive(message, Bench.ROUTER, 4_739);
            }
            if (i % 20 == 19) {
                bench.pass(60);
                ipfix(messages++, records, 0, 0, 0);
            }
        }
        assertThat(lostMessages).isPositive();
        assertThat(stated()).isEqualTo(new Stated(messages - 1, lostMessages, records, lostRecords, 0, 0, 0));
    }

    @Test
    void aCountOfAllDomainsIsComparedWithAllThatTheTransportSessionBrought() {
        Object[] report = {seconds(), 1, 100, 0};
        String text = """
                # version 10, 58 octets, domain 0: options template 258, scope process (143), 41 and 42 of 8 octets
                000a0042 %08x %08x 00000000
                0003001a 010200030001 008f0004 00290008 002a0008 0000 0000
                # data set 258: process 1
                01020018 00000001 %016x %016x
                """;
        bench.receive(hex(text, report), Bench.ROUTER, 4_739);
        for (int domain = 1; domain <= 3; domain++) {
            IpfixEncoder encoder = new IpfixEncoder(bench.room, domain);
            encoder.begin(bench.now()).template(Bench.FLOW);
            encoder.record(Bench.FLOW)
                    .address(Bench.NET_ABROAD)
                    .address(Bench.NET_ALPHA)
                    .number(1)
                    .number(2)
                    .number(6)
                    .number(100)
                    .number(1)
                    .number(bench.now())
                    .number(bench.now());
            bench.receive(encoder.end(), Bench.ROUTER, 4_739);
        }
        bench.pass(60);
        // 101 to 104: the report itself, three of other domains, and one that never came, of two records.
        bench.receive(hex(text, seconds(), 2, 105, 5), Bench.ROUTER, 4_739);
        assertThat(stated()).isEqualTo(new Stated(5, 1, 5, 2, -1, -1, -1));
    }

    /** A router whose cards send data, templates and options each from a port of its own, all counted by it. */
    @Test
    void aRealRoutersCountsAgreeWithWhatCameFromItsOtherPorts() throws IOException {
        Capture.read(
                ReferenceData.folder("flows").resolve("ipfix/tr-ipfix-multi-sources.pcap"),
                new DatagramSink() {
                    @Override
                    public void datagram(
                            MemorySegment payload, DeviceAddress source, int port, int destination, long micros) {
                        bench.clock.setUnixMillis(micros / 1_000);
                        bench.receive(payload, source, port);
                    }

                    @Override
                    public void malformed(Fault fault, long offsetOctets) {}
                },
                _ -> {});
        bench.pass(2);
        Stated stated = bench.meter.snapshot().exporters().stream()
                .filter(e -> e.address().equals("203.0.113.19"))
                .findFirst()
                .orElseThrow()
                .stated();
        assertThat(stated).isEqualTo(new Stated(53, 0, 62, 0, -1, -1, -1));
    }
}
