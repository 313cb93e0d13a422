// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.wire.GoldenVectors;

/** The hot path gives the garbage collector nothing to do. */
class FlowAllocationTest {
    private static final int DATAGRAM_COUNT = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "netflow5/two-flows",
                "netflow9/template-and-data",
                "netflow9/set-beyond-datagram",
                "ipfix/template-and-data",
                "ipfix/variable-length-254-255",
                "ipfix/frame-section",
                "ipfix/times-microseconds"
            })
    void recordsAreReadWithoutAllocation(String vector) {
        byte[] octets = GoldenVectors.octets(Path.of("src/golden", vector + ".hex"));
        EveryValue values = new EveryValue();
        FlowDecoder decoder = new FlowDecoder(values, values);
        decoder.decode(MemorySegment.ofArray(octets));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment datagram = arena.allocate(octets.length);
            MemorySegment.copy(octets, 0, datagram, ValueLayout.JAVA_BYTE, 0, octets.length);
            skipTemplateSet(datagram);
            decodeOften(decoder, datagram);
            long recordsBefore = values.recordCount;
            long before = threads.getCurrentThreadAllocatedBytes();
            decodeOften(decoder, datagram);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(values.recordCount - recordsBefore).isGreaterThanOrEqualTo(DATAGRAM_COUNT);
            // The measurement itself may allocate; not one octet for each of 20,000 datagrams does.
            assertThat(allocated).isLessThan(DATAGRAM_COUNT / 2);
        }
    }

    /** The template is known by now: its set gets an id that is skipped, so that only records are left to read. */
    private static void skipTemplateSet(MemorySegment datagram) {
        int version = datagram.get(ValueLayout.JAVA_BYTE, 1);
        if (version != 5) {
            datagram.set(ValueLayout.JAVA_BYTE, version == 9 ? 21 : 17, (byte) 200);
        }
    }

    private static void decodeOften(FlowDecoder decoder, MemorySegment datagram) {
        for (int i = 0; i < DATAGRAM_COUNT; i++) {
            decoder.decode(datagram);
        }
    }
}
