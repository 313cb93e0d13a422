// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tonle.base.DeviceAddress;
import tonle.wire.Fault;
import tonle.wire.capture.Capture;
import tonle.wire.capture.DatagramSink;

/** The datagrams of a capture in memory, off the heap, one list for each exporter in the order of the capture. */
final class Datagrams {
    /** Cache line: one datagram's header shares none with another's end. */
    private static final int ALIGNMENT_OCTETS = 64;

    private final List<List<MemorySegment>> byExporter = new ArrayList<>();

    private Datagrams() {
        for (int exporter = 0; exporter < FlowModel.EXPORTER_COUNT; exporter++) {
            byExporter.add(new ArrayList<>());
        }
    }

    /** @param arena owns the copies */
    static Datagrams read(Path capture, Arena arena) throws IOException {
        Datagrams datagrams = new Datagrams();
        Capture.read(
                capture,
                new DatagramSink() {
                    @Override
                    public void datagram(
                            MemorySegment payload,
                            DeviceAddress source,
                            int sourcePort,
                            int destinationPort,
                            long captureMicros) {
                        MemorySegment copy = arena.allocate(payload.byteSize(), ALIGNMENT_OCTETS);
                        copy.copyFrom(payload);
                        int exporter = (int) (source.high() >>> 32 & 0xFF) - 1;
                        datagrams.byExporter.get(exporter).add(copy);
                    }

                    @Override
                    public void malformed(Fault fault, long offsetOctets) {
                        throw new IllegalStateException("the capture is damaged");
                    }
                },
                _ -> {});
        return datagrams;
    }

    List<MemorySegment> of(int exporter) {
        return byExporter.get(exporter);
    }

    int count() {
        return byExporter.stream().mapToInt(List::size).sum();
    }
}
