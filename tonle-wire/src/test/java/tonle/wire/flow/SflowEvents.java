// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import tonle.base.Network;
import tonle.wire.Fault;

/** Writes each event of an sFlow datagram as one line that a person can read in review; networks, never addresses. */
final class SflowEvents implements FlowSink {
    final List<String> lines = new ArrayList<>();

    static List<String> of(MemorySegment datagram) {
        SflowEvents events = new SflowEvents();
        new SflowDecoder().decode(datagram, events);
        return events.lines;
    }

    @Override
    public void message(MessageHeader header) {
        lines.add("message agent " + header.agentAddress().text() + " sub " + header.domain() + " sequence "
                + header.sequence() + " uptime " + header.uptimeMillis() + " samples " + header.recordCount());
    }

    @Override
    public void sample(SflowSample s) {
        lines.add((s.isExpanded() ? "sample-expanded " : "sample ") + s.sequence() + " source " + s.sourceType() + ":"
                + s.sourceIndex() + " rate " + s.samplingRate() + " pool " + s.samplePool() + " drops " + s.drops()
                + interfaces(s) + packet(s));
    }

    @Override
    public void discarded(SflowSample s) {
        lines.add("discarded " + s.sequence() + " source " + s.sourceType() + ":" + s.sourceIndex() + " reason "
                + s.discardReason() + " drops " + s.drops() + interfaces(s) + packet(s));
    }

    @Override
    public void counters(SflowCounters c) {
        String head = (c.isExpanded() ? "counters-expanded " : "counters ") + c.sequence() + " source " + c.sourceType()
                + ":" + c.sourceIndex();
        lines.add(
                c.hasInterfaceCounters()
                        ? head + " interface " + c.interfaceIndex() + " speed " + c.speedBitsPerSecond() + " status "
                                + c.status() + " in " + c.inOctets() + "/" + c.inPackets() + "/" + c.inErrors() + "/"
                                + c.inDiscards() + " out " + c.outOctets() + "/" + c.outPackets() + "/" + c.outErrors()
                                + "/" + c.outDiscards()
                        : head);
    }

    @Override
    public void malformed(Fault fault, long offsetOctets) {
        lines.add("malformed " + fault + " at " + offsetOctets);
    }

    @Override
    public void endOfMessage() {
        lines.add("end");
    }

    private static String interfaces(SflowSample s) {
        return " in " + of(s.inputFormat(), s.inputValue()) + " out " + of(s.outputFormat(), s.outputValue());
    }

    private static String of(InterfaceFormat format, long value) {
        return switch (format) {
            case INDEX -> Long.toString(value);
            case DISCARD -> "discard:" + value;
            case MULTIPLE -> "multiple:" + value;
            case INTERNAL -> "internal";
        };
    }

    private static String packet(SflowSample s) {
        SampledPacket p = s.packet();
        StringBuilder text = new StringBuilder(" frame " + s.frameOctets());
        if (s.strippedOctets() != 0) {
            text.append(" stripped ").append(s.strippedOctets());
        }
        if (p.vlanTagCount() > 0) {
            text.append(" vlan ").append(p.vlanId()).append(" tags ").append(p.vlanTagCount());
        }
        if (p.mplsLabelCount() > 0) {
            text.append(" labels ").append(p.mplsLabelCount());
        }
        if (p.hasIp()) {
            text.append(" ip").append(p.ipVersion()).append(" ").append(Network.text(p.sourceNetwork()));
            text.append(" > ")
                    .append(Network.text(p.destinationNetwork()))
                    .append(" protocol ")
                    .append(p.protocol());
            text.append(p.isGre() ? " gre" : "").append(" total ").append(p.ipTotalOctets());
        }
        if (s.sourceAsn() != 0 || s.destinationAsn() != 0) {
            text.append(" asn ").append(s.sourceAsn()).append(" > ").append(s.destinationAsn());
        }
        if (s.sourceVlanId() >= 0) {
            text.append(" switched ").append(s.sourceVlanId()).append(" > ").append(s.destinationVlanId());
        }
        if (s.sourcePrefixLengthBits() >= 0) {
            text.append(" routed /").append(s.sourcePrefixLengthBits());
            text.append(" > /").append(s.destinationPrefixLengthBits());
        }
        return text.toString();
    }

    @Override
    public void template(Template template) {
        throw new AssertionError("sFlow has no templates");
    }

    @Override
    public void withdrawal(long domain, int templateId) {
        throw new AssertionError("sFlow has no templates");
    }

    @Override
    public void dataSet(Template template) {
        throw new AssertionError("sFlow has no sets");
    }

    @Override
    public void flow(FlowRecord record) {
        throw new AssertionError("sFlow has no data records");
    }

    @Override
    public void options(FlowRecord record) {
        throw new AssertionError("sFlow has no data records");
    }

    @Override
    public void awaitingTemplate(long domain, int templateId, MemorySegment set) {
        throw new AssertionError("sFlow has no templates");
    }
}
