// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.DeviceAddress;
import tonle.wire.Fault;
import tonle.wire.capture.Capture;
import tonle.wire.capture.DatagramSink;
import tonle.wire.flow.FlowDecoder;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.FlowSink;
import tonle.wire.flow.MessageHeader;
import tonle.wire.flow.SflowCounters;
import tonle.wire.flow.SflowSample;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;

/** What is measured is what the model says: a benchmark over a broken capture would measure the breakage. */
class CaptureMakerTest {
    private static final int RECORD_COUNT = 20_000;

    @TempDir
    Path folder;

    private final FlowModel model = new FlowModel(7);
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("made.pcap");
    }

    @Test
    void theSameSeedMakesTheSameFile() throws IOException {
        new CaptureMaker(model, RECORD_COUNT).netflow9(file);
        Path again = folder.resolve("again.pcap");
        new CaptureMaker(new FlowModel(7), RECORD_COUNT).netflow9(again);
        assertThat(Files.mismatch(file, again)).isEqualTo(-1);
    }

    @Test
    void netflow9HoldsWhatTheModelCounted() throws IOException {
        new CaptureMaker(model, RECORD_COUNT).netflow9(file);
        check();
    }

    @Test
    void ipfixHoldsWhatTheModelCounted() throws IOException {
        new CaptureMaker(model, RECORD_COUNT).ipfix(file);
        check();
    }

    @Test
    void sflowHoldsWhatTheModelCounted() throws IOException {
        new CaptureMaker(model, RECORD_COUNT).sflow(file);
        check();
    }

    private void check() throws IOException {
        Sums sums = new Sums();
        Capture.read(file, sums, _ -> {});
        assertThat(sums.faultCount).isZero();
        assertThat(sums.recordCount).isEqualTo(RECORD_COUNT).isEqualTo(model.recordSum());
        assertThat(sums.octetsByKey).hasSize(model.keyCount());
        sums.octetsByKey.forEach((key, octets) ->
                assertThat(model.octets(key >>> 32, key & 0xFFFF_FFFFL)).isEqualTo(octets));
    }

    /** Adds up what the decoder reads, by (input interface, source AS). */
    private static final class Sums implements DatagramSink, FlowSink {
        private final Map<Long, Long> octetsByKey = new HashMap<>();
        private final Map<Long, Template> templates = new HashMap<>();
        private final FlowDecoder decoder = new FlowDecoder((_, domain, id) -> templates.get(domain << 16 | id), this);
        private long recordCount;
        private long faultCount;

        @Override
        public void datagram(
                MemorySegment payload, DeviceAddress source, int sourcePort, int destinationPort, long captureMicros) {
            decoder.decode(payload);
        }

        @Override
        public void template(Template template) {
            templates.put(template.domain() << 16 | template.id(), template);
        }

        @Override
        public void flow(FlowRecord record) {
            add(
                    record.value(Slot.INGRESS_INTERFACE),
                    record.value(Slot.BGP_SOURCE_AS_NUMBER),
                    record.value(Slot.OCTET_DELTA_COUNT));
        }

        @Override
        public void sample(SflowSample sample) {
            add(sample.inputValue(), sample.sourceAsn(), sample.frameOctets());
        }

        private void add(long ingress, long asn, long octets) {
            recordCount++;
            octetsByKey.merge(ingress << 32 | asn, octets, Long::sum);
        }

        @Override
        public void malformed(Fault fault, long offsetOctets) {
            faultCount++;
        }

        @Override
        public void awaitingTemplate(long domain, int templateId, MemorySegment set) {
            faultCount++;
        }

        @Override
        public void message(MessageHeader header) {}

        @Override
        public void withdrawal(long domain, int templateId) {}

        @Override
        public void dataSet(Template template) {}

        @Override
        public void options(FlowRecord record) {}

        @Override
        public void counters(SflowCounters counters) {}

        @Override
        public void discarded(SflowSample sample) {}

        @Override
        public void endOfMessage() {}
    }
}
