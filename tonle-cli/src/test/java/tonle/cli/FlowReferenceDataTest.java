// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tonle.testkit.ReferenceData;
import tonle.traffic.account.Account;
import tonle.traffic.account.AccountKey;
import tonle.traffic.account.AccountQuestion;
import tonle.traffic.account.AccountTable;
import tonle.traffic.account.CaptureAccounting;
import tonle.traffic.account.Grouping;
import tonle.traffic.account.Placement;
import tonle.traffic.account.TemplateReach;

/** Real exports of many makers, with answers that were computed independently: every figure is equal. */
class FlowReferenceDataTest {
    /** What the laboratory's packet trace holds: each of its exporters saw these packets. */
    private static final long TRACE_OCTETS = 3_573_852;

    private static final long TRACE_PACKETS = 4_096;

    @TestFactory
    Stream<DynamicTest> everyFigureOfEveryCaseIsEqual() throws IOException {
        Path folder = ReferenceData.folder("flows");
        Conformance conformance = Conformance.of(folder, folder.resolve("expected.json"));
        assertThat(conformance.cases()).hasSizeGreaterThanOrEqualTo(135);
        return conformance.cases().stream()
                .map(name -> DynamicTest.dynamicTest(
                        name, () -> assertThat(conformance.differences(name)).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> whatExportersSayOfATraceIsWhatTheTraceHolds() {
        Path lab = ReferenceData.folder("flows").resolve("lab");
        return Stream.of(
                        "softflowd-v9.pcap",
                        "softflowd-ipfix.pcap",
                        "softflowd-ipfix-biflow.pcap",
                        "softflowd-ipfix-tcp.ipfix")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Account account = account(TemplateReach.SO_FAR, lab.resolve(name));
                    assertThat(account.totals().flows().totalOctets()).isEqualTo(TRACE_OCTETS);
                    assertThat(account.totals().flows().totalPackets()).isEqualTo(TRACE_PACKETS);
                    // softflowd numbers its messages in its own way: that is a habit, not loss.
                    assertThat(account.totals().lostCount()).isZero();
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyTableAddsUpToTheTotals() {
        Path folder = ReferenceData.folder("flows");
        return Stream.of(
                        "lab/softflowd-ipfix.pcap",
                        "lab/ovs-ipfix.pcap",
                        "lab/ovs-sflow-header64-rate1.pcap",
                        "ipfix/tr-ipfix-multi-sources.pcap",
                        "netflow9/grayplug-nprobe-netflow9.pcap")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Account account = account(TemplateReach.SO_FAR, folder.resolve(name));
                    long octets = account.totals().flows().octets()
                            + account.totals().samples().octets();
                    long both = octets + account.totals().flows().reverseOctets();
                    for (AccountTable table : account.tables()) {
                        long[] sums = new long[2];
                        table.forEach(row -> {
                            sums[0] += row.records();
                            sums[1] += row.octets();
                        });
                        boolean hasBin = table.grouping().keys().contains(AccountKey.BIN);
                        assertThat(sums[1]).as(table.grouping().name()).isEqualTo(hasBin ? both : octets);
                        if (!hasBin) {
                            assertThat(sums[0])
                                    .as(table.grouping().name())
                                    .isEqualTo(account.totals().flowRecords());
                        }
                    }
                }));
    }

    @Test
    void dataBeforeItsTemplateIsReadInASecondReadingWhereThatIsAsked() throws IOException {
        Path file = ReferenceData.folder("flows").resolve("netflow9/akvorado-data-templates.pcap");
        Account soFar = account(TemplateReach.SO_FAR, file);
        assertThat(soFar.readings()).isEqualTo(1);
        assertThat(soFar.totals().flowRecords()).isEqualTo(10);
        assertThat(soFar.totals().setsWithoutTemplate().beforeTemplate()).isEqualTo(1);
        Account whole = account(TemplateReach.WHOLE_CAPTURE, file);
        assertThat(whole.readings()).isEqualTo(2);
        assertThat(whole.totals().flowRecords()).isEqualTo(21);
        assertThat(whole.totals().setsWithoutTemplate().sets()).isZero();
    }

    /** The case's own verdict: 9 records with 1,197 octets where templates are looked up across ports. */
    @Test
    void aRouterThatChangesItsPortIsReadWhereThatIsAsked() throws IOException {
        Path file = ReferenceData.folder("flows").resolve("ipfix/pmacct-112-traffic-00.pcap");
        Account soFar = account(TemplateReach.SO_FAR, file);
        assertThat(soFar.totals().setsWithoutTemplate().elsewhere()).isPositive();
        Account anyPort = account(TemplateReach.ANY_PORT, file);
        assertThat(anyPort.totals().flowRecords()).isEqualTo(9);
        assertThat(anyPort.totals().flows().octets()).isEqualTo(1_197);
    }

    private static Account account(TemplateReach reach, Path file) throws IOException {
        List<Grouping> groupings = List.of(
                Grouping.of(AccountKey.PROTOCOL),
                Grouping.of(AccountKey.EXPORTER, AccountKey.INGRESS),
                Grouping.of(AccountKey.INGRESS, AccountKey.EGRESS, AccountKey.IP_VERSION),
                Grouping.of(AccountKey.SOURCE_AS),
                Grouping.of(AccountKey.BIN),
                Grouping.of(AccountKey.BIN, AccountKey.PROTOCOL));
        return new CaptureAccounting(new AccountQuestion(groupings, 10, reach, Placement.NONE))
                .read(List.of(file), (_, _, _) -> {});
    }
}
