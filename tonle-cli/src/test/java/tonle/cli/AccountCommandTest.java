// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccountCommandTest {
    private static final Path GOLDEN = Path.of(System.getProperty("tonle.root", ".."), "tonle-cli", "src", "golden");

    @TempDir
    private Path folder;

    private Path file;
    private final Commands piped = Commands.piped();

    @BeforeEach
    void writeCapture() throws IOException {
        file = folder.resolve("two.dat");
        Files.write(file, netflow5(2, 100));
    }

    /** A datagram by Cisco's layout: record i goes from interface 10 to 20 + i with 1,000 × (i + 1) octets. */
    private static byte[] netflow5(int count, int samplingInterval) {
        ByteBuffer out = ByteBuffer.allocate(24 + 48 * count);
        out.putShort((short) 5).putShort((short) count);
        out.putInt(3_600_000).putInt(1_790_000_000).putInt(0).putInt(77);
        out.put((byte) 0).put((byte) 3).putShort((short) (1 << 14 | samplingInterval));
        for (int i = 0; i < count; i++) {
            out.put(new byte[] {(byte) 192, 0, 2, 9, (byte) 198, 51, 100, 9, 0, 0, 0, 0});
            out.putShort((short) 10).putShort((short) (20 + i));
            out.putInt(2 + i).putInt(1_000 * (i + 1));
            out.putInt(3_600_000 - 20_000).putInt(3_600_000);
            out.putShort((short) 443).putShort((short) 50_000);
            out.put((byte) 0).put((byte) 0).put((byte) (i == 0 ? 6 : 17)).put((byte) 0);
            out.putShort((short) 64_500).putShort((short) 64_501);
            out.put((byte) 24).put((byte) 24).putShort((short) 0);
        }
        return out.array();
    }

    @Test
    void theJsonDocumentHasTheContractsNames() {
        assertThat(piped.run("account", "--json", file.toString())).isZero();
        JsonNode document = JsonMapper.shared().readTree(piped.out());
        JsonNode totals = document.path("totals");
        assertThat(document.propertyNames())
                .containsExactlyInAnyOrder("files", "readings", "totals", "sflow", "by", "damaged");
        assertThat(totals.propertyNames())
                .contains(
                        "datagrams",
                        "records",
                        "templates",
                        "octets",
                        "packets",
                        "reverseOctets",
                        "reversePackets",
                        "totalOctets",
                        "totalPackets",
                        "scaledOctets",
                        "scaledPackets",
                        "recordsWithoutRate",
                        "ipTotalLength",
                        "ipTotalLengthScaled",
                        "frameOctets",
                        "malformed",
                        "lost",
                        "refused");
        assertThat(totals.path("records").propertyNames()).containsExactly("flow", "options", "samples", "counters");
        assertThat(totals.path("octets").asLong()).isEqualTo(3_000);
        assertThat(totals.path("scaledOctets").asLong()).isEqualTo(300_000);
        assertThat(totals.path("packets").asLong()).isEqualTo(5);
        assertThat(document.at("/by/egress/21/octets").asLong()).isEqualTo(2_000);
        assertThat(document.at("/by/exporter").propertyNames()).containsExactly("192.0.2.1/3");
    }

    @Test
    void noHostAddressIsInAnyOutput() {
        for (String shape : List.of("--json", "--csv", "--ndjson", "--header")) {
            piped.run("account", shape, file.toString());
            assertThat(piped.out() + piped.err()).doesNotContain("192.0.2.9", "198.51.100.9");
        }
    }

    @Test
    void fieldsArePicked() {
        assertThat(piped.run("account", "--json=octets,lost", file.toString())).isZero();
        assertThat(piped.out().replaceAll("\\s", "")).isEqualTo("{\"totals\":{\"octets\":3000,\"lost\":0}}");
        assertThat(piped.run("account", "--json=octet", file.toString())).isEqualTo(2);
        assertThat(piped.err())
                .contains("unknown field 'octet' in --json", "nearest: octets", "all: datagrams records");
    }

    @Test
    void aPipeGetsTabsAndCommasAreQuotedByRule() {
        assertThat(piped.run("account", "--by", "protocol", "--header", file.toString()))
                .isZero();
        assertThat(piped.out()).isEqualTo("protocol\trecords\toctets\tpackets\n17\t1\t2000\t3\n6\t1\t1000\t2\n");
        assertThat(piped.run("account", "--by", "ingress+egress", "--csv", file.toString()))
                .isZero();
        assertThat(piped.out())
                .isEqualTo("ingress,egress,records,octets,packets\r\n10,21,1,2000,3\r\n10,20,1,1000,2\r\n");
        assertThat(piped.run("account", "--by", "protocol,ingress", "--csv", "--limit", "1", file.toString()))
                .isZero();
        assertThat(piped.out())
                .isEqualTo("table,key,records,octets,packets\r\nprotocol,17,1,2000,3\r\ningress,10,2,3000,5\r\n");
        assertThat(piped.run("account", "--by", "protocol", "--ndjson", file.toString()))
                .isZero();
        assertThat(piped.out().lines().findFirst())
                .contains("{\"table\":\"protocol\",\"protocol\":\"17\",\"records\":1,\"octets\":2000,\"packets\":3}");
    }

    @Test
    void groupsBelowTenRecordsThatCouldPointToSomebodyAreMerged() throws IOException {
        assertThat(piped.run("account", "--by", "ingress+source-as", "--csv", file.toString()))
                .isZero();
        assertThat(piped.out()).isEqualTo("ingress,source-as,records,octets,packets\r\n10,other,2,3000,5\r\n");
        Files.write(file, netflow5(10, 100));
        assertThat(piped.run("account", "--by", "ingress+source-as", "--csv", file.toString()))
                .isZero();
        assertThat(piped.out()).endsWith("\r\n10,64500,10,55000,65\r\n");
    }

    @Test
    void binsAddUp() {
        assertThat(piped.run("account", "--by", "bin", "--bin-seconds", "7", "--csv", file.toString()))
                .isZero();
        long sum = piped.out()
                .lines()
                .skip(1)
                .mapToLong(line -> Long.parseLong(line.split(",")[2]))
                .sum();
        assertThat(sum).isEqualTo(3_000);
        assertThat(piped.out().lines()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void aPersonGetsASentenceAndAlignedTables() throws IOException {
        Commands terminal = Commands.typed("");
        assertThat(terminal.run("account", "--by", "protocol,egress", file.toString()))
                .isZero();
        assertThat(terminal.out()).isEqualTo(Files.readString(GOLDEN.resolve("account-terminal.txt")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "orign-as | unknown dimension 'orign-as' in --by | all: protocol ingress",
                "protocl | unknown dimension 'protocl' in --by | nearest: protocol",
                "ingress+ingress | 'ingress' stands twice in one table of --by | error",
                "member | link, direction, member and remote-as need to know | --config tonle.yaml",
            })
    void wrongDimensionsAreExplained(String by, String error, String hint) {
        assertThat(piped.run("account", "--by", by, file.toString())).isEqualTo(2);
        assertThat(piped.err()).contains("error: " + error, hint);
    }

    @Test
    void damageIsSaidAndWhatCameBeforeItIsCounted() throws IOException {
        byte[] whole = netflow5(2, 0);
        byte[] both = Arrays.copyOf(whole, whole.length + 30);
        System.arraycopy(whole, 0, both, whole.length, 30);
        Path damaged = folder.resolve("damaged.dat");
        Files.write(damaged, both);
        int exitCode = piped.run("account", "--json", damaged.toString());
        JsonNode totals = JsonMapper.shared().readTree(piped.out()).path("totals");
        assertThat(totals.path("malformed").size()).isPositive();
        assertThat(exitCode).isZero();
    }

    @Test
    void whatIsNoCaptureEndsWithSix() throws IOException {
        Path text = folder.resolve("notes.txt");
        Files.writeString(text, "nothing of the kind, only words that somebody wrote down\n", StandardCharsets.UTF_8);
        assertThat(piped.run("account", text.toString())).isEqualTo(ExitCode.MALFORMED.number());
        assertThat(piped.err()).contains("notes.txt: no pcap, pcapng, IPFIX file or flow datagram, at octet 0");
    }

    @Test
    void aMissingFileEndsWithFive() {
        assertThat(piped.run("account", folder.resolve("absent.pcap").toString()))
                .isEqualTo(ExitCode.NOT_REACHABLE.number());
        assertThat(piped.err()).startsWith("error: there is no file ");
    }

    @Test
    void shapesExcludeEachOther() {
        assertThat(piped.run("account", "--json", "--csv", file.toString())).isEqualTo(2);
        assertThat(piped.err()).contains("exclude each other");
    }

    @Test
    void aConfigurationNamesLinksAndMembers() throws IOException {
        Files.write(file, netflow5(12, 100));
        Path config = folder.resolve("tonle.yaml");
        Files.writeString(config, """
                sites:
                  - {id: PNH, name: Phnom Penh}
                operators:
                  - {id: alpha, name: Alpha, prefixes: [198.51.100.0/24]}
                exporters:
                  - {id: core-1, site: PNH, addresses: [192.0.2.1]}
                links:
                  - id: PNH-SHV-1
                    kind: international
                    site: PNH
                    capacity: 10G
                    counterpart: Carrier
                    ports: [{exporter: core-1, interface: 10}]
                """);
        int exitCode = piped.run(
                "account", "--config", config.toString(), "--by", "link+direction+member", "--csv", file.toString());
        assertThat(piped.err()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(piped.out())
                .isEqualTo("link,direction,member,records,octets,packets\r\nPNH-SHV-1,in,alpha,12,78000,90\r\n");
    }
}
