// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.lang.foreign.MemorySegment;
import tonle.base.DeviceAddress;
import tonle.traffic.exporter.BadDatagram;
import tonle.traffic.exporter.Session;
import tonle.traffic.exporter.Source;
import tonle.traffic.exporter.Sources;
import tonle.traffic.exporter.TemplateEntry;
import tonle.traffic.exporter.WaitingRooms;
import tonle.traffic.meter.Attribution.Port;
import tonle.traffic.meter.Attribution.Ports;
import tonle.traffic.reconcile.InterfaceBook;
import tonle.wire.Fault;
import tonle.wire.dissect.Dissector;
import tonle.wire.flow.FlowDecoder;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.FlowSink;
import tonle.wire.flow.MessageHeader;
import tonle.wire.flow.SflowCounters;
import tonle.wire.flow.SflowSample;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;
import tonle.wire.flow.TemplateLookup;

/**
 * The sink of one worker's decoder: finds device and session of each message, keeps templates, lets sets wait, and
 * hands
 * records to {@link RecordMeter}. Nothing of a datagram outlives its call but what waits, off the heap.
 */
final class MessageMeter implements FlowSink, TemplateLookup {
    private final Sources sources;
    private final WaitingRooms waiting;
    private final RecordMeter records;
    private final InterfaceBook interfaces;
    private final int templatesMax;
    private final FlowDecoder decoder = new FlowDecoder(this, this);
    private Attribution attribution;

    // The datagram that is being read.
    private MemorySegment payload;
    private Source sender;
    private StreamId stream;
    private int port;
    private long nowMillis;
    private boolean damaged;

    // The message in it, and the set in that.
    private MessageHeader header;
    private Session session;
    private TemplateEntry entry;
    private int messageRecords;
    private boolean late;
    private long setArrivalMillis;

    MessageMeter(
            Sources sources, WaitingRooms waiting, RecordMeter records, InterfaceBook interfaces, int templatesMax) {
        this.sources = sources;
        this.waiting = waiting;
        this.records = records;
        this.interfaces = interfaces;
        this.templatesMax = templatesMax;
    }

    void use(Attribution newAttribution) {
        attribution = newAttribution;
        records.use(newAttribution);
    }

    void datagram(MemorySegment datagram, DeviceAddress source, int sourcePort, long arrivalMillis) {
        read(datagram, sources.of(source), null, sourcePort, arrivalMillis);
    }

    boolean stream(MemorySegment message, StreamId of, long arrivalMillis) {
        read(message, sources.of(of.source(), of.exporter()), of, of.sourcePort(), arrivalMillis);
        return !damaged;
    }

    void streamEnded(StreamId of) {
        Source source = sources.of(of.source(), of.exporter());
        if (source != null) {
            source.endStream(of.number(), sources);
        }
    }

    private void read(MemorySegment datagram, Source source, StreamId of, int sourcePort, long arrivalMillis) {
        damaged = false;
        late = false;
        if (source == null) {
            return;
        }
        payload = datagram;
        sender = source;
        stream = of;
        port = sourcePort;
        nowMillis = arrivalMillis;
        header = null;
        session = null;
        entry = null;
        source.heard(arrivalMillis);
        decoder.decode(datagram);
        payload = null;
    }

    @Override
    public void message(MessageHeader newHeader) {
        header = newHeader;
        Source source = sender;
        if (newHeader.protocol() == FlowProtocol.SFLOW5
                && sender.exporter() != null
                && !sender.exporter().agents().isEmpty()) {
            source = agentOf(newHeader);
        }
        session = stream == null
                ? source.udpSession(newHeader.protocol(), newHeader.domain(), port, sources, nowMillis)
                : source.streamSession(stream.number(), newHeader.domain(), port, sources, nowMillis);
        entry = null;
        messageRecords = 0;
        if (session != null) {
            source.measureSkew(nowMillis, newHeader.exportMillis());
            session.begin(newHeader, nowMillis);
        }
    }

    /**
     * Anybody can write any agent address into a datagram: it is believed of an exporter whose configuration names it
     * as one that passes on that agent's datagrams, and of nobody else.
     */
    private Source agentOf(MessageHeader newHeader) {
        DeviceAddress agent = newHeader.agentAddress();
        boolean maySpeak = sender.exporter().agents().contains(agent) && sources.isKnown(agent);
        Source source = maySpeak ? sources.of(agent) : null;
        if (source == null) {
            return sender;
        }
        source.heard(nowMillis);
        return source;
    }

    @Override
    public Template template(FlowProtocol protocol, long domain, int templateId) {
        if (session == null) {
            return null;
        }
        TemplateEntry found = session.entry(templateId);
        return found == null || found.isRefused() ? null : found.template();
    }

    @Override
    public void template(Template template) {
        if (session == null) {
            return;
        }
        Source source = session.source();
        boolean refused = template.personalFieldCount() > 0
                && source.exporter() != null
                && source.exporter().refusesPersonal();
        Session defining = session;
        if (defining.define(template, refused, templatesMax, nowMillis)) {
            source.releaseWaiting(defining, template.id(), this::readLate, waiting);
            session = defining;
            entry = null;
        }
    }

    private void readLate(
            Session of, Template template, MemorySegment set, long export, long uptime, long sequence, long arrival) {
        session = of;
        late = true;
        setArrivalMillis = arrival;
        decoder.decodeWaiting(set, template, export, uptime, sequence);
        late = false;
    }

    @Override
    public void withdrawal(long domain, int templateId) {
        if (session != null) {
            session.withdraw(templateId);
        }
    }

    @Override
    public void dataSet(Template template) {
        if (session == null) {
            return;
        }
        entry = template.protocol() == FlowProtocol.NETFLOW5 ? session.fixedEntry() : session.entry(template.id());
        if (!late) {
            setArrivalMillis = nowMillis;
        }
    }

    @Override
    public void flow(FlowRecord record) {
        messageRecords += late ? 0 : 1;
        if (entry != null) {
            entry.countRecord();
            session.countFlow();
            if (entry.plan().hasInitTime()) {
                session.initTime(record.value(Slot.SYSTEM_INIT_TIME_MILLISECONDS));
            }
            records.flow(record, entry.plan(), session, setArrivalMillis);
        }
    }

    @Override
    public void options(FlowRecord record) {
        messageRecords += late ? 0 : 1;
        if (entry != null) {
            entry.countRecord();
            long export = record.header().exportMillis();
            long atMillis =
                    export < 0 ? setArrivalMillis : export + session.source().clockCorrectionMillis();
            session.options(record, entry.plan(), atMillis, setArrivalMillis, late);
        }
    }

    @Override
    public void awaitingTemplate(long domain, int templateId, MemorySegment set) {
        uncounted();
        if (session == null) {
            return;
        }
        TemplateEntry found = session.entry(templateId);
        if (found != null && found.isRefused()) {
            session.source().countRefusedRecord();
            return;
        }
        waiting.keep(
                session, templateId, set, header.exportMillis(), header.uptimeMillis(), header.sequence(), nowMillis);
    }

    @Override
    public void sample(SflowSample sample) {
        if (session != null) {
            records.sample(sample, session, nowMillis, false);
        }
    }

    @Override
    public void discarded(SflowSample sample) {
        if (session != null) {
            records.sample(sample, session, nowMillis, true);
        }
    }

    @Override
    public void counters(SflowCounters counters) {
        if (session == null || !counters.hasInterfaceCounters()) {
            return;
        }
        Ports ports = attribution.ports(session.source().id());
        if (ports == null) {
            return;
        }
        long index = counters.interfaceIndex();
        Port linkPort = ports.port(index);
        interfaces.counters(
                ports.exporterNumber,
                index,
                linkPort == null ? tonle.traffic.topology.Link.NONE : linkPort.linkId,
                linkPort != null && linkPort.metered,
                nowMillis,
                counters.inOctets(),
                counters.outOctets(),
                counters.speedBitsPerSecond());
    }

    @Override
    public void malformed(Fault fault, long offsetOctets) {
        damaged = true;
        uncounted();
        Source source = session == null ? sender : session.source();
        // Of a set that waited, the datagram is gone; the one at hand is another.
        if (source.countFault(fault, nowMillis) && !late) {
            long size = payload.byteSize();
            source.keepBad(new BadDatagram(
                    source.addressText(),
                    nowMillis,
                    fault,
                    offsetOctets,
                    (int) size,
                    Dissector.dissectForKeeping(payload, this).text()));
        }
    }

    /** Not every record of the message can be counted: the next sequence number cannot be foretold. */
    private void uncounted() {
        if (!late) {
            messageRecords = Integer.MIN_VALUE;
        }
    }

    @Override
    public void endOfMessage() {
        if (session != null) {
            session.end(header, messageRecords < 0 ? -1 : messageRecords);
        }
    }
}
