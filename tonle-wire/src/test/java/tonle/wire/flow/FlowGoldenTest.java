// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tonle.wire.Fault;
import tonle.wire.GoldenVectors;

/** Datagrams written by hand from the RFCs, one oddity each, and what is to be read of them. */
class FlowGoldenTest {
    static final List<String> PROTOCOLS = List.of("netflow5", "netflow9", "ipfix");

    /** {@code -Dgolden.accept=ipfix} writes what the decoder reads as what is expected: review it, then commit it. */
    private static final String ACCEPT = System.getProperty("golden.accept", "");

    @TestFactory
    Stream<DynamicTest> eachVectorReadsAsExpected() {
        return PROTOCOLS.stream()
                .flatMap(protocol -> GoldenVectors.of(protocol).stream()
                        .map(hex -> dynamicTest(protocol + "/" + GoldenVectors.name(hex), () -> check(protocol, hex))));
    }

    private static void check(String protocol, Path hex) throws IOException {
        List<String> lines = FlowEvents.of(MemorySegment.ofArray(GoldenVectors.octets(hex)));
        if (protocol.equals(ACCEPT)) {
            Files.write(hex.resolveSibling(GoldenVectors.name(hex) + ".expect"), lines);
        }
        assertThat(lines).isEqualTo(GoldenVectors.expected(hex));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SAMPLE_.*", "AGENT_.*", "CAPTURE_.*", "FRAGMENT_.*"},
            mode = EnumSource.Mode.MATCH_NONE)
    void everyFaultOfAFlowMessageHasAVector(Fault fault) {
        assertThat(PROTOCOLS.stream()
                        .flatMap(protocol -> GoldenVectors.of(protocol).stream())
                        .flatMap(hex -> GoldenVectors.expected(hex).stream()))
                .anyMatch(line -> line.startsWith("malformed " + fault + " "));
    }

    @Test
    void aSetThatWaitedIsReadWithTheHeaderOfItsOwnMessage() {
        FlowEvents events = new FlowEvents();
        FlowDecoder decoder = new FlowDecoder(events, events);
        Template template =
                Template.of(FlowProtocol.NETFLOW9, 9, 256, false, 0, new int[] {1, 22}, new int[2], new int[] {4, 4});
        MemorySegment set = MemorySegment.ofArray(new byte[] {0, 0, 1, 0, 0, 0, 0, 100});
        decoder.decodeWaiting(set, template, 1_000_000, 600, 3);
        assertThat(events.lines())
                .containsExactly(
                        "data 256",
                        "flow ip 0 octetDeltaCount 256 flowStartSysUpTime 100 start 1970-01-01T00:16:39.500Z");
    }
}
