// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tonle.wire.Fault;
import tonle.wire.GoldenVectors;

/** sFlow datagrams written by hand, one oddity each. */
class SflowGoldenTest {
    @TestFactory
    Stream<DynamicTest> eachVectorDecodesAsExpected() {
        return GoldenVectors.of("sflow5").stream()
                .map(hex -> dynamicTest(
                        GoldenVectors.name(hex),
                        () -> assertThat(SflowEvents.of(MemorySegment.ofArray(GoldenVectors.octets(hex))))
                                .isEqualTo(GoldenVectors.expected(hex))));
    }

    @Test
    void everyFaultOfSflowHasAVector() {
        List<String> lines = GoldenVectors.of("sflow5").stream()
                .flatMap(hex -> GoldenVectors.expected(hex).stream())
                .toList();
        for (Fault fault : List.of(
                Fault.HEADER_TRUNCATED,
                Fault.UNKNOWN_VERSION,
                Fault.AGENT_ADDRESS_INVALID,
                Fault.SAMPLE_TRUNCATED,
                Fault.SAMPLE_RECORD_TRUNCATED)) {
            assertThat(lines).as(fault.name()).anyMatch(line -> line.startsWith("malformed " + fault + " "));
        }
    }
}
