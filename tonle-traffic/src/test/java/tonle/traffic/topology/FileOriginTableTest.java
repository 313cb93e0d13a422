// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.DeviceAddress;
import tonle.base.Network;
import tonle.testkit.ReferenceData;
import tonle.traffic.topology.FileOriginTable.BadLine;
import tonle.traffic.topology.FileOriginTable.Reason;

class FileOriginTableTest {
    @TempDir
    Path folder;

    private FileOriginTable table(String text) throws IOException {
        return FileOriginTable.read(List.of(Files.writeString(folder.resolve("origins.txt"), text)));
    }

    @Test
    void readsEveryFormOfALine() throws IOException {
        FileOriginTable table = table("""
                # a comment
                ; another
                10.0.0.0/8 64500
                10.1.0.0/16\tAS64501
                10.2.0.0/16,64502
                10.3.0.0\t16\t64503_64999
                10.4.0.0 16 {64504,64998}
                10.5.0.0,10.5.255.255,64505,"A Company, Inc. \"\"North\"\"\"
                2001:db8::/32 64506
                2|apnic|20210715|69826|19830613|20210714|+1000
                apnic|*|asn|*|10860|summary
                apnic|KH|asn|64500|2|20020801|allocated
                apnic||asn|64502|1||available
                apnic|KH|ipv4|203.80.0.0|1024|20020801|allocated
                """);

        assertThat(table.badLines()).isEmpty();
        assertThat(table.originAsn(Network.ofIpv4(0x0A0901))).isEqualTo(64500);
        assertThat(table.originAsn(Network.ofIpv4(0x0A0101))).isEqualTo(64501);
        assertThat(table.originAsn(Network.ofIpv4(0x0A0201))).isEqualTo(64502);
        assertThat(table.originAsn(Network.ofIpv4(0x0A0301))).isEqualTo(64503);
        assertThat(table.originAsn(Network.ofIpv4(0x0A0401))).isEqualTo(64504);
        assertThat(table.originAsn(Network.ofIpv4(0x0A0501))).isEqualTo(64505);
        assertThat(table.originAsn(Network.ofIpv6(0x2001_0db8_0001L))).isEqualTo(64506);
        assertThat(table.originAsn(Network.ofIpv4(0x0B0000))).isZero();
        assertThat(table.name(64505)).isEqualTo("A Company, Inc. \"North\"");
        assertThat(table.country(64501)).isEqualTo("KH");
        assertThat(table.country(64502)).isEqualTo("ZZ");
        assertThat(table.prefixCount()).isEqualTo(7);
    }

    @Test
    void badLinesAreCountedNamedWithoutTheirTextAndPassedOver() throws IOException {
        FileOriginTable table = table("10.0.0.0/8 64500\n"
                + "not a line\n"
                + "10.0.0.1/8 1\n"
                + "10.1.0.0/16 none\n"
                + "10.9.0.0,10.8.0.0,1,x\n"
                + "apnic|Khmer|asn|1|1|x|allocated\n"
                + "x".repeat(5_000) + "\n"
                + "nothing\n".repeat(100)
                + "10.2.0.0/16 64502");

        assertThat(table.badLineCount()).isEqualTo(106);
        assertThat(table.badLines())
                .hasSize(20)
                .startsWith(
                        new BadLine("origins.txt", 2, Reason.NO_PREFIX),
                        new BadLine("origins.txt", 3, Reason.NO_PREFIX),
                        new BadLine("origins.txt", 4, Reason.NO_ORIGIN),
                        new BadLine("origins.txt", 5, Reason.RANGE_REVERSED),
                        new BadLine("origins.txt", 6, Reason.NO_COUNTRY),
                        new BadLine("origins.txt", 7, Reason.LINE_TOO_LONG));
        assertThat(table.originAsn(Network.ofIpv4(0x0A0201))).isEqualTo(64502);
    }

    @Test
    void aGzipFileCutShortKeepsWhatCameBefore() throws IOException {
        Path file = folder.resolve("origins.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 20_000; i++) {
                out.write(("10." + (i >> 8 & 0xFF) + "." + (i & 0xFF) + ".0/24 " + (i * 7_919 % 65_000 + 1) + "\n")
                        .getBytes(StandardCharsets.US_ASCII));
            }
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));

        FileOriginTable table = FileOriginTable.read(List.of(file));

        assertThat(table.prefixCount()).isBetween(1_000, 19_999);
        assertThat(table.badLines()).last().extracting(BadLine::reason).isEqualTo(Reason.FILE_DAMAGED);
    }

    @Test
    void wholeNetworksOnlyAreTakenFromARange() throws IOException {
        FileOriginTable table = table("10.0.0.128,10.0.2.127,64500,x\n10.1.0.0,10.1.0.127,64501,y\n");

        assertThat(table.originAsn(Network.ofIpv4(0x0A0000))).isZero();
        assertThat(table.originAsn(Network.ofIpv4(0x0A0001))).isEqualTo(64500);
        assertThat(table.originAsn(Network.ofIpv4(0x0A0002))).isZero();
        assertThat(table.tooFineCount()).isEqualTo(1);
    }

    /** The answers in the data beside the project were computed by other programs. */
    @Test
    void agreesWithTheReferenceAnswersForTheTableOf2026() throws IOException {
        Path routing = ReferenceData.folder("routing");
        FileOriginTable table = FileOriginTable.read(List.of(
                routing.resolve("prefix-origin/asn-ipv4.csv.gz"), routing.resolve("prefix-origin/asn-ipv6.csv.gz")));
        String expected = Files.readString(routing.resolve("expected.json"));

        assertThat(table.badLineCount()).isZero();
        int asked = 0;
        int tooFine = 0;
        for (String name : List.of("prefix-origin/asn-ipv4.csv.gz", "prefix-origin/asn-ipv6.csv.gz")) {
            int from = expected.indexOf("\"queries\"", expected.indexOf('"' + name + '"'));
            String answers = expected.substring(
                    from,
                    expected.indexOf("]]", from) < 0
                            ? expected.indexOf('}', from)
                            : Math.min(expected.indexOf('}', from), expected.length()));
            Matcher query = Pattern.compile("\"([0-9a-f.:]+)\",\\s*([0-9]+)").matcher(answers);
            while (query.find()) {
                DeviceAddress a = DeviceAddress.parse(query.group(1)).orElseThrow();
                long network =
                        a.ipVersion() == 4 ? Network.ofIpv4((int) (a.high() >>> 40)) : Network.ofIpv6(a.high() >>> 16);
                long asn = table.originAsn(network);
                if (asn == 0 && !query.group(2).equals("0")) {
                    // The file has ranges finer than a /24 or /48: unknown here, never another's.
                    tooFine++;
                } else {
                    assertThat(asn).as(query.group(1)).isEqualTo(Long.parseLong(query.group(2)));
                }
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(100);
        assertThat(tooFine * 100).isLessThan(asked * 3);
        assertThat(table.tooFineCount()).isPositive();
    }

    @Test
    void countsTheCountryOfEveryAsOfTheRirStatistics() throws IOException {
        Path routing = ReferenceData.folder("routing");
        FileOriginTable table =
                FileOriginTable.read(List.of(routing.resolve("rir-stats/delegated-apnic.20210715.txt.gz")));

        assertThat(table.badLineCount()).isZero();
        long khmer = 0;
        for (long asn = 1; asn < 500_000; asn++) {
            khmer += table.country(asn).equals("KH") ? 1 : 0;
        }
        assertThat(khmer).isEqualTo(131);
        assertThat(table.country(7_712)).isEqualTo("KH");
    }
}
