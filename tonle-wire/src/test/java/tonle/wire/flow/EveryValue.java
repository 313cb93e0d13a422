// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import tonle.wire.Fault;

/**
 * Reads all that a record can be asked for, as fast as it goes, and sums it up; keeps templates as a collector would.
 */
class EveryValue implements FlowSink, TemplateLookup {
    private static final Slot[] SLOTS = Slot.values();

    private final Template[] templates = new Template[65_536];
    long sum;
    long recordCount;
    long faultCount;

    void forgetTemplates() {
        Arrays.fill(templates, null);
    }

    @Override
    public Template template(FlowProtocol protocol, long domain, int templateId) {
        return templates[templateId];
    }

    @Override
    public void message(MessageHeader header) {
        sum += header.sequence();
    }

    @Override
    public void template(Template template) {
        templates[template.id()] = template;
    }

    @Override
    public void withdrawal(long domain, int templateId) {
        templates[templateId] = null;
    }

    @Override
    public void dataSet(Template template) {}

    @Override
    public void flow(FlowRecord record) {
        recordCount++;
        for (Slot slot : SLOTS) {
            int place = record.template().place(slot);
            if (place != Place.ABSENT && Place.kind(place) <= Place.NUMBER_OCTETS_MAX) {
                sum += record.value(slot);
            }
        }
        sum += record.sourceNetwork() ^ record.destinationNetwork();
        sum += record.ipVersion() + record.startMillis() + record.endMillis();
        sum += (long) record.samplingProbability();
        SampledPacket frame = record.frame();
        sum += frame == null ? 0 : frame.ipTotalOctets();
    }

    @Override
    public void options(FlowRecord record) {
        flow(record);
    }

    @Override
    public void awaitingTemplate(long domain, int templateId, MemorySegment set) {
        sum += set.byteSize();
    }

    @Override
    public void sample(SflowSample sample) {}

    @Override
    public void counters(SflowCounters counters) {}

    @Override
    public void discarded(SflowSample sample) {}

    @Override
    public void malformed(Fault fault, long offsetOctets) {
        faultCount++;
    }

    @Override
    public void endOfMessage() {}
}
