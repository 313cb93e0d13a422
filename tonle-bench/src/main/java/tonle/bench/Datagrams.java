// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.base.DeviceAddress;
import tonle.wire.Fault;
import tonle.wire.capture.Capture;
import tonle.wire.capture.DatagramSink;
import tonle.wire.flow.FlowDecoder;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.MessageHeader;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;

/** The datagrams of a capture in memory, off the heap, one list for each exporter in the order of the capture. */
final class Datagrams {
    /** Cache line: one datagram's header shares none with another's end. */
    private static final int ALIGNMENT_OCTETS = 64;

    private final List<List<MemorySegment>> byExporter = new ArrayList<>();
    private final List<List<Load>> loads = new ArrayList<>();

    /** What the records of datagrams say, added up. */
    record Load(long records, long packets, long octets) {
        static final Load NONE = new Load(0, 0, 0);

        Load plus(Load other) {
            return new Load(records + other.records, packets + other.packets, octets + other.octets);
        }
    }

    private Datagrams() {
        for (int exporter = 0; exporter < FlowModel.EXPORTER_COUNT; exporter++) {
            byExporter.add(new ArrayList<>());
            loads.add(new ArrayList<>());
        }
    }

    /** @param arena owns the copies */
    static Datagrams read(Path capture, Arena arena) throws IOException {
        Datagrams datagrams = new Datagrams();
        List<LoadSum> sums = new ArrayList<>();
        for (int exporter = 0; exporter < FlowModel.EXPORTER_COUNT; exporter++) {
            sums.add(new LoadSum());
        }
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
                        datagrams.loads.get(exporter).add(sums.get(exporter).of(payload));
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

    /** What datagram {@code index} of an exporter carries. */
    Load load(int exporter, int index) {
        return loads.get(exporter).get(index);
    }

    int count() {
        return byExporter.stream().mapToInt(List::size).sum();
    }

    /** Reads one exporter's datagrams for what they say. */
    private static final class LoadSum extends QuietSink {
        private final Map<Long, Template> templates = new HashMap<>();
        private final FlowDecoder decoder = new FlowDecoder((_, domain, id) -> templates.get(domain << 16 | id), this);
        private Load load = Load.NONE;
        private long domain;

        Load of(MemorySegment payload) {
            load = Load.NONE;
            decoder.decode(payload);
            return load;
        }

        @Override
        public void message(MessageHeader header) {
            domain = header.domain();
        }

        @Override
        public void template(Template template) {
            templates.put(domain << 16 | template.id(), template);
        }

        @Override
        public void flow(FlowRecord record) {
            load = load.plus(new Load(1, record.value(Slot.PACKET_DELTA_COUNT), record.value(Slot.OCTET_DELTA_COUNT)));
        }
    }
}
