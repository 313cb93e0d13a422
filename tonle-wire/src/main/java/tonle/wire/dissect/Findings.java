// SPDX-License-Identifier: Apache-2.0
package tonle.wire.dissect;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.wire.Fault;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.FlowSink;
import tonle.wire.flow.MessageHeader;
import tonle.wire.flow.SflowCounters;
import tonle.wire.flow.SflowSample;
import tonle.wire.flow.Template;
import tonle.wire.flow.TemplateLookup;

/**
 * What the decoder says of a datagram: its faults, and the template of each data set in wire order. Values pass by.
 */
final class Findings implements FlowSink, TemplateLookup {
    private record Finding(Fault fault, long offset) {}

    private record TemplateKey(FlowProtocol protocol, long domain, int id) {}

    private final TemplateLookup outside;
    private final Map<TemplateKey, Template> defined = new HashMap<>();
    private final List<Finding> faults = new ArrayList<>();
    private final List<Optional<Template>> dataSets = new ArrayList<>();
    private long messageStart;
    private long messageSize;

    Findings(TemplateLookup outside) {
        this.outside = outside;
    }

    /**
     * The template of data set {@code index} of the datagram; empty where none is known, or the set was not reached.
     */
    Optional<Template> templateOf(int index) {
        return index < dataSets.size() ? dataSets.get(index) : Optional.empty();
    }

    void markOn(Tree tree, FlowProtocol protocol) {
        for (Finding finding : faults) {
            tree.mark(Mark.of(finding.fault, protocol), finding.offset);
        }
    }

    @Override
    public Template template(FlowProtocol protocol, long domain, int templateId) {
        Template own = defined.get(new TemplateKey(protocol, domain, templateId));
        return own != null ? own : outside.template(protocol, domain, templateId);
    }

    @Override
    public void message(MessageHeader header) {
        messageStart += messageSize;
        messageSize = header.sizeOctets();
    }

    @Override
    public void template(Template template) {
        defined.put(new TemplateKey(template.protocol(), template.domain(), template.id()), template);
    }

    @Override
    public void withdrawal(long domain, int templateId) {
        defined.remove(new TemplateKey(FlowProtocol.IPFIX, domain, templateId));
    }

    @Override
    public void dataSet(Template template) {
        dataSets.add(Optional.of(template));
    }

    @Override
    public void awaitingTemplate(long domain, int templateId, MemorySegment set) {
        dataSets.add(Optional.empty());
    }

    @Override
    public void malformed(Fault fault, long offsetOctets) {
        faults.add(new Finding(fault, messageStart + offsetOctets));
    }

    @Override
    public void flow(FlowRecord record) {
        // The tree shows values itself, masked.
    }

    @Override
    public void options(FlowRecord record) {
        // As above.
    }

    @Override
    public void sample(SflowSample sample) {
        // As above.
    }

    @Override
    public void counters(SflowCounters counters) {
        // As above.
    }

    @Override
    public void discarded(SflowSample sample) {
        // As above.
    }

    @Override
    public void endOfMessage() {
        // The next message, if there is one, begins where the header said.
    }
}
