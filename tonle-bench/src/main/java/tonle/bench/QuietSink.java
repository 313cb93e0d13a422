// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.lang.foreign.MemorySegment;
import tonle.wire.Fault;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.FlowSink;
import tonle.wire.flow.MessageHeader;
import tonle.wire.flow.SflowCounters;
import tonle.wire.flow.SflowSample;
import tonle.wire.flow.Template;

/** A sink that takes no notice of anything but what its heirs ask for. */
class QuietSink implements FlowSink {
    @Override
    public void message(MessageHeader header) {}

    @Override
    public void template(Template template) {}

    @Override
    public void withdrawal(long domain, int templateId) {}

    @Override
    public void dataSet(Template template) {}

    @Override
    public void flow(FlowRecord record) {}

    @Override
    public void options(FlowRecord record) {}

    @Override
    public void awaitingTemplate(long domain, int templateId, MemorySegment set) {}

    @Override
    public void sample(SflowSample sample) {}

    @Override
    public void counters(SflowCounters counters) {}

    @Override
    public void discarded(SflowSample sample) {}

    @Override
    public void malformed(Fault fault, long offsetOctets) {}

    @Override
    public void endOfMessage() {}
}
