// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tonle.base.Network;
import tonle.wire.Fault;

/**
 * Writes each event of a datagram as one line that a person can read in review; networks, never addresses. Keeps the
 * templates of one session, as a collector would, and counts equal lines instead of repeating them.
 */
final class FlowEvents implements FlowSink, TemplateLookup {
    private final List<String> lines = new ArrayList<>();
    private final Map<Integer, Template> templates = new HashMap<>();
    private int repeatCount = 1;

    static List<String> of(MemorySegment datagram) {
        FlowEvents events = new FlowEvents();
        new FlowDecoder(events, events).decode(datagram);
        return events.lines();
    }

    List<String> lines() {
        line("");
        lines.removeLast();
        return lines;
    }

    @Override
    public Template template(FlowProtocol protocol, long domain, int templateId) {
        return templates.get(templateId);
    }

    @Override
    public void message(MessageHeader header) {
        String ofVersion = switch (header.protocol()) {
            case NETFLOW5 ->
                " engine " + header.domain() + " uptime " + header.uptimeMillis() + " count "
                        + header.recordCount() + " sampling " + header.samplingMode() + ":"
                        + header.samplingInterval();
            case NETFLOW9 ->
                " source " + header.domain() + " uptime " + header.uptimeMillis() + " count " + header.recordCount();
            case IPFIX -> " domain " + header.domain();
            case SFLOW5 -> "";
        };
        line("message " + header.protocol().key() + " octets " + header.sizeOctets() + " export "
                + Instant.ofEpochMilli(header.exportMillis()) + " sequence " + header.sequence() + ofVersion);
    }

    @Override
    public void template(Template template) {
        templates.put(template.id(), template);
        StringBuilder text = new StringBuilder(template.isOptions() ? "options-template " : "template ");
        text.append(template.id());
        if (template.isOptions()) {
            text.append(" scope ").append(template.scopeFieldCount());
        }
        text.append(" fields");
        int shown = Math.min(template.fieldCount(), 40);
        for (int index = 0; index < shown; index++) {
            int enterprise = template.fieldEnterprise(index);
            int length = template.fieldLength(index);
            text.append(' ')
                    .append(enterprise == 0 ? "" : enterprise + "/")
                    .append(template.fieldElement(index))
                    .append(':')
                    .append(length == Template.VARIABLE ? "var" : length)
                    .append(template.isPersonal(index) ? "!" : "");
        }
        text.append(" octets ").append(template.recordSizeOctetsMin());
        line(text + (template.hasVariableLength() ? " or more" : ""));
    }

    @Override
    public void withdrawal(long domain, int templateId) {
        if (templateId < 256) {
            templates.values().removeIf(template -> template.isOptions() == (templateId == 3));
        } else {
            templates.remove(templateId);
        }
        line("withdrawal " + templateId);
    }

    @Override
    public void dataSet(Template template) {
        line("data " + template.id());
    }

    @Override
    public void flow(FlowRecord record) {
        line("flow" + record(record));
    }

    @Override
    public void options(FlowRecord record) {
        line("options" + record(record));
    }

    @Override
    public void awaitingTemplate(long domain, int templateId, MemorySegment set) {
        line("awaiting " + templateId + " octets " + set.byteSize());
    }

    @Override
    public void sample(SflowSample sample) {
        line("sample");
    }

    @Override
    public void counters(SflowCounters counters) {
        line("counters");
    }

    @Override
    public void discarded(SflowSample sample) {
        line("discarded");
    }

    @Override
    public void malformed(Fault fault, long offsetOctets) {
        line("malformed " + fault + " at " + offsetOctets);
    }

    @Override
    public void endOfMessage() {
        line("end");
    }

    private static String record(FlowRecord record) {
        StringBuilder text = new StringBuilder();
        if (record.sourceNetwork() != Network.NONE || record.destinationNetwork() != Network.NONE) {
            text.append(' ').append(Network.text(record.sourceNetwork()));
            text.append(" > ").append(Network.text(record.destinationNetwork()));
        }
        text.append(" ip ").append(record.ipVersion());
        for (Slot slot : Slot.values()) {
            if (record.template().has(slot) && !isNoNumber(slot)) {
                text.append(' ').append(name(slot)).append(' ').append(record.value(slot));
            }
        }
        if (record.startMillis() != FlowRecord.ABSENT) {
            text.append(" start ").append(Instant.ofEpochMilli(record.startMillis()));
        }
        if (record.endMillis() != FlowRecord.ABSENT) {
            text.append(" end ").append(Instant.ofEpochMilli(record.endMillis()));
        }
        if (!Double.isNaN(record.samplingProbability())) {
            text.append(" probability ").append(record.samplingProbability());
        }
        SampledPacket frame = record.frame();
        if (frame != null) {
            text.append(" frame ip ")
                    .append(frame.ipVersion())
                    .append(" octets ")
                    .append(frame.ipTotalOctets());
            text.append(" protocol ").append(frame.protocol()).append(" vlan ").append(frame.vlanId());
            text.append(' ').append(Network.text(frame.sourceNetwork()));
            text.append(" > ").append(Network.text(frame.destinationNetwork()));
        }
        return text.toString();
    }

    /** What {@link FlowRecord#value} refuses, and a float, whose bits mean nothing to a reader. */
    private static boolean isNoNumber(Slot slot) {
        String name = slot.name();
        return name.endsWith("_ADDRESS")
                || name.endsWith("_PREFIX")
                || slot == Slot.DATA_LINK_FRAME_SECTION
                || slot == Slot.SAMPLING_PROBABILITY;
    }

    /** OCTET_DELTA_COUNT as octetDeltaCount. */
    private static String name(Slot slot) {
        StringBuilder name = new StringBuilder();
        for (String word : slot.name().toLowerCase(Locale.ROOT).split("_")) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    private void line(String line) {
        if (!lines.isEmpty() && lines.getLast().equals(line)) {
            repeatCount++;
            return;
        }
        if (repeatCount > 1) {
            lines.add(lines.removeLast() + "  x " + repeatCount);
            repeatCount = 1;
        }
        lines.add(line);
    }
}
