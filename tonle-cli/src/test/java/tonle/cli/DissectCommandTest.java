// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DissectCommandTest {
    /** An IPFIX message of 24 octets that ends in a set with a length of 3. */
    private static final String BROKEN = "000a 0018 6ab13b80 00000001 00000007 0100 0003 00000000";

    private final Commands commands = Commands.piped();

    @Test
    void octetsInHexadecimalBecomeATree() {
        assertThat(commands.run("dissect", "--hex", BROKEN)).isZero();
        assertThat(commands.out()).startsWith("     0     24  IPFIX").contains("SET_LENGTH_INVALID");
    }

    @Test
    void theTreeIsADocumentToo() {
        assertThat(commands.run("dissect", "--json", "--hex", BROKEN)).isZero();
        JsonNode tree =
                JsonMapper.shared().readTree(commands.out()).path("datagrams").path(0);
        assertThat(tree.path("name").asString()).isEqualTo("IPFIX");
        assertThat(tree.path("sizeOctets").asInt()).isEqualTo(24);
        assertThat(tree.toString()).contains("setLengthInvalid");
    }

    @Test
    void whatIsNoHexadecimalIsRefused() {
        assertThat(commands.run("dissect", "--hex", "00xyz")).isEqualTo(2);
        assertThat(commands.err()).contains("pairs of hexadecimal digits");
        assertThat(commands.run("dissect")).isEqualTo(2);
    }

    @Test
    void onlyTheDatagramAskedForIsShown(@TempDir Path folder) throws Exception {
        byte[] message = java.util.HexFormat.of().parseHex("000a00146ab13b800000000100000007".concat("00040004"));
        byte[] two = new byte[40];
        System.arraycopy(message, 0, two, 0, 20);
        System.arraycopy(message, 0, two, 20, 20);
        Path file = folder.resolve("two.ipfix");
        Files.write(file, two);
        assertThat(commands.run("dissect", "--only", "2", file.toString())).isZero();
        assertThat(commands.out()).startsWith("datagram 2 from 192.0.2.1\n").doesNotContain("datagram 1 ");
        assertThat(commands.run("dissect", "--only", "3", file.toString())).isEqualTo(1);
        assertThat(commands.run("dissect", "--faults", file.toString())).isEqualTo(1);
    }
}
