// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import tonle.traffic.Bins;
import tonle.wire.Fault;
import tonle.wire.flow.FlowDecoder;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.FlowSink;
import tonle.wire.flow.MessageHeader;
import tonle.wire.flow.SflowCounters;
import tonle.wire.flow.SflowSample;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;

/** What one exporter's datagrams add up to, by ingress and egress interface, scaled as they say. */
final class DecodedSums implements FlowSink {
    final Map<String, Long> scaledOctets = new HashMap<>();
    final Map<Long, long[]> counters = new HashMap<>();
    final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    FlowProtocol protocol;
    int personalFields;
    long records;
    private final long binStartMillis;
    private final long binEndMillis;
    private long rate = 1;
    private final Map<Integer, Template> templates = new HashMap<>();
    private final FlowDecoder decoder = new FlowDecoder((_, _, id) -> templates.get(id), this);

    /**
     * Counts records that lie wholly in the bin, as all of the demo's do in theirs; sFlow has no times: all samples.
     */
    DecodedSums(long binSeconds) {
        binStartMillis = binSeconds * 1000;
        binEndMillis = (binSeconds + Bins.SECONDS) * 1000;
    }

    void datagram(MemorySegment datagram) {
        decoder.decode(datagram);
    }

    @Override
    public void message(MessageHeader header) {
        protocol = header.protocol();
    }

    @Override
    public void template(Template template) {
        templates.put(template.id(), template);
        personalFields += template.personalFieldCount();
    }

    @Override
    public void withdrawal(long domain, int templateId) {}

    @Override
    public void dataSet(Template template) {}

    @Override
    public void flow(FlowRecord record) {
        records++;
        if (record.startMillis() >= binStartMillis && record.endMillis() < binEndMillis) {
            add(
                    record.value(Slot.INGRESS_INTERFACE),
                    record.value(Slot.EGRESS_INTERFACE),
                    record.value(Slot.OCTET_DELTA_COUNT) * rate);
        }
    }

    @Override
    public void options(FlowRecord record) {
        rate = record.value(Slot.SAMPLING_INTERVAL) != FlowRecord.ABSENT
                ? record.value(Slot.SAMPLING_INTERVAL)
                : record.value(Slot.SAMPLING_PACKET_INTERVAL) + record.value(Slot.SAMPLING_PACKET_SPACE);
    }

    @Override
    public void awaitingTemplate(long domain, int templateId, MemorySegment set) {}

    @Override
    public void sample(SflowSample sample) {
        records++;
        add(sample.inputValue(), sample.outputValue(), sample.packet().ipTotalOctets() * sample.samplingRate());
    }

    @Override
    public void counters(SflowCounters counters) {
        this.counters.put(counters.interfaceIndex(), new long[] {counters.inOctets(), counters.outOctets()});
    }

    @Override
    public void discarded(SflowSample sample) {}

    @Override
    public void malformed(Fault fault, long offsetOctets) {
        faults.merge(fault, 1, Integer::sum);
    }

    @Override
    public void endOfMessage() {}

    private void add(long ingress, long egress, long octets) {
        scaledOctets.merge(ingress + ">" + egress, octets, Long::sum);
    }
}
