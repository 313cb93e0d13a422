// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import tonle.wire.Fault;
import tonle.wire.flow.FlowDecoder;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.FlowSink;
import tonle.wire.flow.MessageHeader;
import tonle.wire.flow.SflowCounters;
import tonle.wire.flow.SflowSample;
import tonle.wire.flow.Template;
import tonle.wire.flow.TemplateLookup;

/** Takes the templates out of a datagram and lets everything else go. */
record TemplateLearner(Consumer<Template> learner) implements FlowSink {
    static void learn(MemorySegment datagram, TemplateLookup templates, Consumer<Template> learner) {
        new FlowDecoder(templates, new TemplateLearner(learner)).decode(datagram);
    }

    @Override
    public void template(Template template) {
        learner.accept(template);
    }

    @Override
    public void message(MessageHeader header) {}

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
