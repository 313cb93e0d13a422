// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import tonle.base.DeviceAddress;
import tonle.wire.Fault;
import tonle.wire.capture.DatagramSink;
import tonle.wire.flow.FlowDecoder;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.FlowSink;
import tonle.wire.flow.MessageHeader;
import tonle.wire.flow.SampledPacket;
import tonle.wire.flow.SflowCounters;
import tonle.wire.flow.SflowSample;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;

/**
 * One reading of captures from their first octet to their last: decodes, keeps templates and sequence numbers by
 * session, and sums. Nothing is allocated per record. Not thread-safe.
 */
final class AccountPass implements DatagramSink, FlowSink {
    private static final ValueLayout.OfShort VERSION = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int PROTOCOL_COUNT = FlowProtocol.values().length;
    /** Plans are kept for so many templates; an exporter that redefines without end has them made anew. */
    private static final int PLAN_COUNT_MAX = 65_536;

    private final TemplateReach reach;
    private final SessionTable sessions;
    private final AccountTables tables;
    private final boolean hasTables;
    private final FlowDecoder decoder = new FlowDecoder(this::template, this);
    private final Map<Template, RecordPlan> plans = new IdentityHashMap<>();
    private final Map<Rate, Sums> byRate = new HashMap<>();
    private final Sums unrated = new Sums();

    private final long[] datagrams = new long[PROTOCOL_COUNT];
    private final long[] malformed = new long[Fault.values().length];
    private long otherDatagrams;
    private long refused;
    private long flowRecords;
    private long octets;
    private long packets;
    private long reverseOctets;
    private long reversePackets;
    private long optionsRecords;
    private long templateRecords;
    private long optionsTemplateRecords;
    private long distinctTemplates;
    private long distinctOptionsTemplates;
    private long withdrawals;
    private long personalTemplates;
    private long setsWithoutTemplate;
    private long setsElsewhere;
    private long frames;
    private long frameOctets;
    private long samples;
    private long sampleOctets;
    private long sampleScaledOctets;
    private long sampleScaledPackets;
    private long ipTotalLength;
    private long ipTotalLengthScaled;
    private long samplesWithoutRate;
    private long counterSamples;
    private long discardedPackets;
    private long setsBeforeTemplate;
    private boolean hasMissedInit;

    // Of the datagram and message at hand.
    private DeviceAddress source;
    private int sourcePort;
    private long captureMillis;
    private Session session;
    private long messageSequence;
    private long messageMillis;
    private long messageFlows;
    private long messageOptions;
    private boolean messageIsWhole;
    private RecordPlan plan;
    private Sums sums;
    private DeviceAddress lastAgent;
    private Rate lastRate;
    private Sums lastRateSums;

    /** @param earlier the sessions of an earlier reading of the same captures, or {@code null} */
    AccountPass(AccountQuestion question, SessionTable earlier) {
        reach = question.reach();
        sessions = new SessionTable(earlier, reach != TemplateReach.SO_FAR);
        tables = new AccountTables(question);
        hasTables = !tables.isEmpty();
    }

    /** Whether a second reading would know what this one came to know too late. */
    boolean asksForAnother() {
        return hasMissedInit || setsBeforeTemplate > 0 && reach != TemplateReach.SO_FAR;
    }

    SessionTable sessions() {
        return sessions;
    }

    AccountTables tables() {
        return tables;
    }

    @Override
    public void datagram(
            MemorySegment payload, DeviceAddress source, int sourcePort, int destinationPort, long captureMicros) {
        if (!isFlowExport(payload)) {
            otherDatagrams++;
            return;
        }
        this.source = source;
        this.sourcePort = sourcePort;
        captureMillis = Math.floorDiv(captureMicros, 1_000L);
        session = null;
        decoder.decode(payload);
    }

    /** NetFlow 5, 9 or 10 (IPFIX) in the first two octets, or sFlow's 5 in four. */
    private static boolean isFlowExport(MemorySegment payload) {
        if (payload.byteSize() < 4) {
            return false;
        }
        return switch (payload.get(VERSION, 0)) {
            case 5, 9, 10 -> true;
            case 0 -> payload.get(VERSION, 2) == 5;
            default -> false;
        };
    }

    @Override
    public void message(MessageHeader header) {
        FlowProtocol protocol = header.protocol();
        datagrams[protocol.ordinal()]++;
        DeviceAddress address = protocol == FlowProtocol.SFLOW5 ? agent(header) : source;
        int port = protocol == FlowProtocol.IPFIX ? sourcePort : 0;
        session = sessions.of(protocol, address, port, header.domain());
        messageSequence = header.sequence();
        messageMillis = header.exportMillis() >= 0 ? header.exportMillis() : captureMillis;
        messageFlows = 0;
        messageOptions = 0;
        messageIsWhole = true;
        sums = null;
        if (protocol == FlowProtocol.NETFLOW5) {
            // Mode 0 with an interval is sent too: the interval says it.
            int interval = header.samplingInterval();
            sums = interval > 0 ? sumsOf(interval) : unrated;
        }
        if (session != null) {
            tables.exporter(session.exporterIndex);
        }
    }

    /** sFlow names its agent in the datagram: whoever relayed it does not matter. */
    private DeviceAddress agent(MessageHeader header) {
        boolean isLast = lastAgent != null
                && lastAgent.high() == header.agentHigh()
                && lastAgent.low() == header.agentLow()
                && lastAgent.ipVersion() == header.agentIpVersion();
        if (!isLast) {
            lastAgent = header.agentAddress();
        }
        return lastAgent;
    }

    private Template template(FlowProtocol protocol, long domain, int templateId) {
        if (session == null) {
            return null;
        }
        Template template = session.template(templateId);
        boolean asksOthers = template == null && reach == TemplateReach.ANY_PORT;
        return asksOthers ? session.shared.templates.get(templateId) : template;
    }

    @Override
    public void template(Template template) {
        if (session == null) {
            refused++;
            return;
        }
        boolean isNews = session.isNews(template);
        if (template.isOptions()) {
            optionsTemplateRecords++;
            distinctOptionsTemplates += isNews ? 1 : 0;
        } else {
            templateRecords++;
            distinctTemplates += isNews ? 1 : 0;
        }
        personalTemplates += isNews && template.personalFieldCount() > 0 ? 1 : 0;
        // A resent definition keeps the object that plans are made for.
        setsBeforeTemplate += isNews ? session.define(template) : 0;
    }

    @Override
    public void withdrawal(long domain, int templateId) {
        withdrawals++;
        if (session != null) {
            session.withdraw(templateId);
        }
    }

    @Override
    public void dataSet(Template template) {
        if (plan == null || plan.template != template) {
            if (plans.size() == PLAN_COUNT_MAX) {
                plans.clear();
            }
            plan = plans.computeIfAbsent(template, RecordPlan::of);
        }
    }

    @Override
    public void flow(FlowRecord record) {
        if (session == null) {
            refused++;
            return;
        }
        RecordPlan plan = this.plan;
        long forwardOctets = RecordPlan.count(record, plan.octets);
        long forwardPackets = RecordPlan.count(record, plan.packets);
        long backOctets = 0;
        long backPackets = 0;
        if (plan.hasReverse) {
            backOctets = RecordPlan.count(record, plan.reverseOctets);
            backPackets = RecordPlan.count(record, plan.reversePackets);
            reverseOctets += backOctets;
            reversePackets += backPackets;
        }
        messageFlows++;
        octets += forwardOctets;
        packets += forwardPackets;
        sumsFor(record, plan).add(1, forwardOctets + backOctets, forwardPackets + backPackets);
        if (plan.hasFrame) {
            frame(record);
        }
        if (hasTables) {
            long initMillis = plan.hasUptimes ? session.shared.initMillis : AccountTables.ABSENT;
            session.shared.hasMissedInit |= plan.hasUptimes && initMillis < 0 && tables.needsTimes();
            tables.flow(
                    record,
                    session.address,
                    forwardOctets,
                    forwardPackets,
                    backOctets,
                    backPackets,
                    messageMillis,
                    initMillis);
        }
    }

    /** Where the record waits for its rate: its own word first, then its selector's, then its domain's. */
    private Sums sumsFor(FlowRecord record, RecordPlan plan) {
        if (sums != null) {
            return sums;
        }
        if (plan.hasRate) {
            Rate rate = RecordPlan.rate(record);
            if (rate != null) {
                return sumsOf(rate);
            }
        }
        if (plan.selector != null) {
            return session.shared.rates.of(record.value(plan.selector));
        }
        return session.shared.rates.withoutSelector();
    }

    private Sums sumsOf(long interval) {
        boolean isLast = lastRate != null && lastRate.population() == interval && lastRate.sample() == 1;
        return isLast ? lastRateSums : sumsOf(new Rate(interval, 1));
    }

    private Sums sumsOf(Rate rate) {
        if (!rate.equals(lastRate)) {
            lastRateSums = byRate.computeIfAbsent(rate, _ -> new Sums());
            lastRate = rate;
        }
        return lastRateSums;
    }

    private void frame(FlowRecord record) {
        SampledPacket packet = record.frame();
        long size =
                plan.template.has(Slot.DATA_LINK_FRAME_SIZE) ? Math.max(0, record.value(Slot.DATA_LINK_FRAME_SIZE)) : 0;
        frames++;
        frameOctets += packet != null && packet.hasIp() ? packet.ipTotalOctets() : size;
    }

    @Override
    public void options(FlowRecord record) {
        if (session == null) {
            refused++;
            return;
        }
        optionsRecords++;
        messageOptions++;
        long initMillis = record.value(Slot.SYSTEM_INIT_TIME_MILLISECONDS);
        hasMissedInit |= initMillis > 0 && session.shared.learnInit(initMillis);
        Rate rate = plan.hasRate ? RecordPlan.rate(record) : null;
        if (rate != null) {
            long selector = plan.selector == null ? RateBook.NO_SELECTOR : record.value(plan.selector);
            session.shared.rates.learn(selector, rate);
        }
    }

    @Override
    public void awaitingTemplate(long domain, int templateId, MemorySegment set) {
        setsWithoutTemplate++;
        messageIsWhole = false;
        if (session != null) {
            session.awaits(templateId);
            setsElsewhere += session.shared.templates.get(templateId) != null ? 1 : 0;
        }
    }

    @Override
    public void sample(SflowSample sample) {
        if (session == null) {
            refused++;
            return;
        }
        SampledPacket packet = sample.packet();
        long frame = sample.frameOctets();
        long rate = sample.samplingRate();
        if (rate <= 0) {
            samplesWithoutRate++;
            rate = 1;
        }
        long ip = packet.hasIp() ? packet.ipTotalOctets() : 0;
        samples++;
        sampleOctets += frame;
        sampleScaledOctets += frame * rate;
        sampleScaledPackets += rate;
        ipTotalLength += ip;
        ipTotalLengthScaled += ip * rate;
        if (hasTables) {
            tables.set(AccountKey.PROTOCOL, packet.hasIp() ? packet.protocol() : AccountTables.ABSENT);
            tables.set(AccountKey.IP_VERSION, packet.hasIp() ? packet.ipVersion() : AccountTables.ABSENT);
            tables.set(AccountKey.INGRESS, AccountTables.interfaceValue(sample.inputFormat(), sample.inputValue()));
            tables.set(AccountKey.EGRESS, AccountTables.interfaceValue(sample.outputFormat(), sample.outputValue()));
            tables.set(AccountKey.SOURCE_AS, sample.sourceAsn());
            tables.set(AccountKey.DESTINATION_AS, sample.destinationAsn());
            tables.sample(session.address, packet.sourceNetwork(), packet.destinationNetwork(), frame, captureMillis);
        }
    }

    @Override
    public void counters(SflowCounters counters) {
        counterSamples++;
    }

    @Override
    public void discarded(SflowSample sample) {
        discardedPackets++;
    }

    @Override
    public void malformed(Fault fault, long offsetOctets) {
        malformed[fault.ordinal()]++;
        messageIsWhole = false;
    }

    @Override
    public void endOfMessage() {
        flowRecords += messageFlows;
        if (session != null) {
            session.sequence.message(messageSequence, messageFlows, messageOptions, messageIsWhole);
        }
        sums = null;
    }

    /** The sums of this reading; to be asked once, at its end. */
    AccountTotals totals() {
        AccountTotals totals = new AccountTotals();
        Sums scaled = new Sums();
        byRate.forEach((rate, sum) -> scaled.add(sum.records, rate.scale(sum.octets), rate.scale(sum.packets)));
        for (SessionDomain domain : sessions.domains()) {
            domain.rates.settle(scaled, unrated);
        }
        for (FlowProtocol protocol : FlowProtocol.values()) {
            totals.datagrams.put(protocol, datagrams[protocol.ordinal()]);
            totals.lost.put(protocol, 0L);
        }
        for (Session each : sessions.sessions()) {
            totals.lost.merge(each.protocol, each.sequence.lost(), Long::sum);
        }
        for (Fault fault : Fault.values()) {
            if (malformed[fault.ordinal()] > 0) {
                totals.malformed.put(fault, malformed[fault.ordinal()]);
            }
        }
        totals.flows = new AccountTotals.Flows(
                flowRecords,
                octets,
                packets,
                reverseOctets,
                reversePackets,
                scaled.octets + unrated.octets,
                scaled.packets + unrated.packets,
                unrated.records);
        totals.samples = new AccountTotals.Samples(
                samples,
                sampleOctets,
                sampleScaledOctets,
                sampleScaledPackets,
                ipTotalLength,
                ipTotalLengthScaled,
                samplesWithoutRate,
                counterSamples,
                discardedPackets);
        totals.frames = new AccountTotals.Frames(frames, frameOctets, frames);
        totals.templates = new AccountTotals.Templates(
                templateRecords,
                optionsTemplateRecords,
                distinctTemplates,
                distinctOptionsTemplates,
                withdrawals,
                personalTemplates);
        totals.setsWithoutTemplate =
                new AccountTotals.SetsWithoutTemplate(setsWithoutTemplate, setsBeforeTemplate, setsElsewhere);
        totals.optionsRecords = optionsRecords;
        totals.refused = refused;
        totals.otherDatagrams = otherDatagrams;
        return totals;
    }
}
