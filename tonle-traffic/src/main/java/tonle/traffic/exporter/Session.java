// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import tonle.traffic.LongTable;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.RateOverride;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.MessageHeader;
import tonle.wire.flow.SflowSample;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;

/**
 * What is known of one transport session and observation domain (RFC 7011 section 3.1): templates, sequence, restarts.
 * Exact sessions come first; a template of another port of the same device and domain serves where there is none, and
 * that is said.
 */
public final class Session {
    /** Uptime that falls by less than this is a datagram that came late. */
    private static final long UPTIME_BACK_MILLIS = 60_000;
    /** Near the end and the start of 32 bits of milliseconds, a fall is the wrap after 49.7 days. */
    private static final long UPTIME_WRAP_MILLIS = 3_600_000;

    private static final long UPTIME_MAX = 0xFFFF_FFFFL;
    private static final long INIT_TIME_SLACK_MILLIS = 60_000;
    private static final int SAMPLE_TRACKS_MAX = 4_096;
    private static final int STRANGER_TRACKS_MAX = 16;
    private static final int STRANGER_SELECTORS_MAX = 16;

    private static final int STRANGER_INTERFACES_MAX = 16;
    /** Processes of one device that count for themselves: line cards, at most. */
    private static final int STATED_MAX = 64;

    private static final int STRANGER_STATED_MAX = 2;
    /** What a Cisco ASA can be set to: flow-export active refresh-interval, 1 to 60 minutes. */
    private static final long UPDATE_INTERVAL_MILLIS_MIN = 60_000;

    private static final long UPDATE_INTERVAL_MILLIS_MAX = 3_600_000;
    private static final long UNUSED_MILLIS = 600_000;

    final Source source;
    final FlowProtocol protocol;
    final long domain;
    final int port;
    final boolean stream;
    final long key;
    final LongTable<TemplateEntry> templates = new LongTable<>();
    final SequenceTrack sequence;
    final RateBook book;
    private final LongTable<TemplateEntry> borrowed = new LongTable<>();
    private final LongTable<SampleTrack> sampleTracks = new LongTable<>();
    private final LongTable<StatedCounts> stated = new LongTable<>();

    private final TemplateEntry fixed = TemplateEntry.fixed(Template.NETFLOW5);

    /** What all templates take, in fields. */
    int templateFields;

    int waitingSets;
    long waitingOctets;
    long waitingDropped;
    long lastHeardMillis;
    long refusedTemplates;
    long borrowedSets;
    long withdrawalsIgnored;
    Rate headerRate = Rate.NONE;
    long headerRateSinceMillis;
    private Rate recordRate = Rate.NONE;
    private Rate overrideRate = Rate.NONE;
    private Rate defaultRate = Rate.NONE;
    private long uptimeMillis = -1;
    private long initTimeMillis = -1;
    private boolean updatesSeen;
    private long youngestUpdateMillis = UPDATE_INTERVAL_MILLIS_MAX;
    private long messages;
    private long flowRecords;
    /** As they were when the message at hand began. */
    private long messagesBefore;

    private long flowRecordsBefore;

    Session(Source source, FlowProtocol protocol, long domain, int port, boolean stream, long key, RateBook book) {
        this.source = source;
        this.protocol = protocol;
        this.domain = domain;
        this.port = port;
        this.stream = stream;
        this.key = key;
        this.book = book;
        this.sequence = new SequenceTrack(protocol);
    }

    public Source source() {
        return source;
    }

    /**
     * A message begins: finds a restart by its uptime. Who restarted since its last message has been up for no longer
     * than
     * since then; a smaller step back is a late datagram, or a device whose cards count uptime each for itself.
     */
    public void begin(MessageHeader header, long nowMillis) {
        messagesBefore = messages++;
        flowRecordsBefore = flowRecords;
        long uptime = header.uptimeMillis();
        if (uptime >= 0) {
            long fall = uptimeMillis - uptime;
            boolean wrapped = uptimeMillis > UPTIME_MAX - UPTIME_WRAP_MILLIS && uptime < UPTIME_WRAP_MILLIS;
            boolean begunSince = uptime <= nowMillis - lastHeardMillis + UPTIME_BACK_MILLIS;
            if (uptimeMillis >= 0 && fall > UPTIME_BACK_MILLIS && begunSince && !wrapped) {
                restart();
            }
            if (fall <= 0 || fall > UPTIME_BACK_MILLIS) {
                uptimeMillis = uptime;
            }
        }
        lastHeardMillis = nowMillis;
        if (protocol == FlowProtocol.NETFLOW5) {
            noteHeaderRate(Math.max(1, header.samplingInterval()), nowMillis);
        }
    }

    /** The message ended; {@code records} are its data records, or -1 where some could not be counted. */
    public void end(MessageHeader header, int records) {
        sequence.message(header.sequence(), records);
    }

    /** Element 160: when the exporter started. Another time than before is a restart. */
    public void initTime(long millis) {
        if (millis <= 0) {
            return;
        }
        boolean other = initTimeMillis > 0 && Math.abs(millis - initTimeMillis) > INIT_TIME_SLACK_MILLIS;
        initTimeMillis = millis;
        if (other) {
            restart();
        }
    }

    /** Templates mean something else now, and numbers begin anew. Rates stay: they are the configuration's. */
    private void restart() {
        sequence.restart();
        stated.forEach(StatedCounts::restart);
        templates.forEach(entry -> entry.template = null);
        templates.clear();
        templateFields = 0;
        borrowed.clear();
    }

    /** What stands for the fixed record of NetFlow v5. */
    public TemplateEntry fixedEntry() {
        return fixed;
    }

    /** The template in force, or {@code null}: own, else of the same device and domain by another port. */
    public TemplateEntry entry(int templateId) {
        TemplateEntry own = templates.get(templateId);
        if (own != null || stream) {
            return own;
        }
        TemplateEntry other = borrowed.get(templateId);
        if (other == null || other.template == null) {
            other = source.templateElsewhere(this, templateId);
            if (other != null) {
                borrowed.put(templateId, other);
            }
        }
        if (other != null) {
            borrowedSets++;
        }
        return other;
    }

    /**
     * A template came.
     *
     * @return whether sets that wait for it have their answer now: it is new or another than before
     */
    public boolean define(Template template, boolean refused, int templatesMax, long nowMillis) {
        TemplateEntry entry = templates.get(template.id());
        boolean resent = entry != null && entry.template.sameDefinition(template);
        int replaced = entry == null ? 0 : Source.fieldsOf(entry.template);
        if (!resent && !source.hasRoomForTemplate(Source.fieldsOf(template) - replaced)) {
            refusedTemplates++;
            return false;
        }
        if (entry == null) {
            if (templates.size() >= templatesMax && !giveUpUnused(nowMillis)) {
                refusedTemplates++;
                return false;
            }
            entry = new TemplateEntry();
            templates.put(template.id(), entry);
        }
        entry.remembered = false;
        templateFields += resent ? 0 : Source.fieldsOf(template) - replaced;
        boolean changed = entry.define(template, nowMillis);
        if (changed) {
            source.definitions++;
        }
        if (refused && !entry.refused) {
            refusedTemplates++;
        }
        entry.refused = refused;
        return changed;
    }

    /** At the bound the template that was seen longest ago makes room, if it is out of use. */
    private boolean giveUpUnused(long nowMillis) {
        TemplateEntry[] oldest = {null};
        templates.forEach(e -> oldest[0] = oldest[0] == null || e.seenMillis < oldest[0].seenMillis ? e : oldest[0]);
        if (oldest[0] == null || nowMillis - oldest[0].seenMillis < UNUSED_MILLIS) {
            return false;
        }
        removeTemplate(oldest[0].template.id());
        oldest[0].template = null;
        return true;
    }

    void recall(Template template, long definedMillis) {
        if (templates.get(template.id()) == null && source.hasRoomForTemplate(Source.fieldsOf(template))) {
            templateFields += Source.fieldsOf(template);
            TemplateEntry entry = new TemplateEntry();
            entry.define(template, definedMillis);
            entry.remembered = true;
            templates.put(template.id(), entry);
        }
    }

    /**
     * RFC 7011 section 8.1: over a connection a withdrawal takes the template away; over UDP it is not to be used (8.4)
     * and is only counted.
     */
    public void withdraw(int templateId) {
        if (!stream) {
            withdrawalsIgnored++;
            return;
        }
        if (templateId == 2 || templateId == 3) {
            boolean options = templateId == 3;
            long[] ids = new long[templates.size()];
            int[] n = {0};
            templates.forEach(e -> {
                if (e.template.isOptions() == options) {
                    ids[n[0]++] = e.template.id();
                }
            });
            for (int i = 0; i < n[0]; i++) {
                removeTemplate(ids[i]);
            }
        } else {
            removeTemplate(templateId);
        }
    }

    private void removeTemplate(long templateId) {
        TemplateEntry entry = templates.get(templateId);
        if (entry != null) {
            templateFields -= Source.fieldsOf(entry.template);
            templates.remove(templateId);
        }
    }

    /** A flow record of the message at hand, or of a set of its session that waited. */
    public void countFlow() {
        flowRecords++;
    }

    /**
     * What an options record tells: rates by selector, the start time of the exporter, what it counts itself.
     *
     * @param late whether the record waited for its template: what had come before its message is not known any more
     */
    public void options(FlowRecord record, RecordPlan plan, long atMillis, long arrivalMillis, boolean late) {
        source.optionsRecords++;
        if (plan.hasStatedCounts()) {
            statedCounts(record, arrivalMillis, late);
        }
        if (plan.hasInitTime()) {
            initTime(record.value(Slot.SYSTEM_INIT_TIME_MILLISECONDS));
        }
        if (plan.hasRateOfInterface() && plan.hasRateInRecord()) {
            interfaceRate(record, plan.rateInRecord(record, Rate.NONE), atMillis);
        } else if (plan.hasRateInRecord()) {
            long selector = plan.selector() == null ? RateBook.NO_SELECTOR : record.value(plan.selector());
            boolean hasRoom = source.exporter() != null || book.selectorCount() < STRANGER_SELECTORS_MAX;
            if (hasRoom && book.learn(selector, plan.rateInRecord(record, Rate.NONE), atMillis)) {
                source.definitions++;
            }
        }
    }

    /** An interface in a scope of NetFlow v9 has no direction: its rate is that of both. */
    private void interfaceRate(FlowRecord record, Rate rate, long atMillis) {
        boolean hasRoom = source.exporter() != null || book.interfaceCount() < STRANGER_INTERFACES_MAX;
        if (!hasRoom) {
            return;
        }
        long scope = record.value(Slot.SCOPE_INTERFACE);
        long ingress = record.value(Slot.INGRESS_INTERFACE);
        long egress = record.value(Slot.EGRESS_INTERFACE);
        boolean changed = scope > 0 && book.learnInterface(false, scope, rate, atMillis);
        changed |= scope > 0 && book.learnInterface(true, scope, rate, atMillis);
        changed |= ingress > 0 && book.learnInterface(false, ingress, rate, atMillis);
        changed |= egress > 0 && book.learnInterface(true, egress, rate, atMillis);
        source.definitions += changed ? 1 : 0;
    }

    /**
     * RFC 7011 sections 4.1 and 4.3: the scope is a domain (149) or a process (143, 144); without a domain that of the
     * message counts, and in IPFIX 0 stands for all (section 3.1). In NetFlow v9 it is the source id (RFC 3954 section
     * 8).
     */
    private void statedCounts(FlowRecord record, long arrivalMillis, boolean late) {
        boolean ipfix = protocol == FlowProtocol.IPFIX;
        long scope = ipfix ? record.value(Slot.OBSERVATION_DOMAIN_ID) : FlowRecord.ABSENT;
        long of = scope == FlowRecord.ABSENT ? domain : scope;
        long process = record.value(Slot.EXPORTING_PROCESS_ID);
        process = process == FlowRecord.ABSENT ? record.value(Slot.METERING_PROCESS_ID) : process;
        long statedKey = of << 32 ^ process & 0xFFFF_FFFFL;
        StatedCounts counts = stated.get(statedKey);
        if (counts == null) {
            if (stated.size() >= (source.exporter() == null ? STRANGER_STATED_MAX : STATED_MAX)) {
                return;
            }
            counts = new StatedCounts();
            stated.put(statedKey, counts);
        }
        boolean all = ipfix && of == 0;
        long[] heard = all || of == domain ? new long[] {messagesBefore, flowRecordsBefore} : new long[2];
        source.sessions.forEach(s -> {
            if (s != this && s.isSameTransport(this) && (all || of == s.domain)) {
                heard[0] += s.messages;
                heard[1] += s.flowRecords;
            }
        });
        long export = record.header().exportMillis();
        counts.report(record, export, arrivalMillis, late ? -1 : heard[0], late ? -1 : heard[1]);
    }

    /**
     * Whether what one tells can be about the other: over TCP the same connection; over UDP any port, since some
     * routers send options from another port than data.
     */
    private boolean isSameTransport(Session other) {
        return protocol == other.protocol && stream == other.stream && (!stream || key >>> 32 == other.key >>> 32);
    }

    /** The figures of {@link StatedCounts} of all processes, added to {@code to}. */
    void addStated(long[] to) {
        stated.forEach(counts -> counts.addTo(to));
    }

    /** When the exporter last said that it could not send something, or -1. */
    long notSentMillis() {
        long[] newest = {-1};
        stated.forEach(counts -> newest[0] = Math.max(newest[0], counts.grewMillis()));
        return newest[0];
    }

    /** The record's sampling rate by the order of flows.md 4.5; {@link Rate#NONE} at its end. */
    public Rate rate(FlowRecord record, RecordPlan plan, long atMillis, long ingress, long egress) {
        Exporter exporter = source.exporter();
        Rate override = override(exporter, atMillis, ingress, egress);
        if (override.isKnown()) {
            return override;
        }
        if (plan.hasRateInRecord()) {
            Rate stated = plan.rateInRecord(record, recordRate);
            if (stated.isKnown()) {
                recordRate = stated;
                return stated;
            }
        }
        long selector = plan.selector() == null ? FlowRecord.ABSENT : record.value(plan.selector());
        Rate learnt = selector == FlowRecord.ABSENT ? Rate.NONE : book.ofSelector(selector, atMillis);
        if (!learnt.isKnown() && book.hasInterfaces()) {
            learnt = ofInterfaces(record, plan, atMillis, ingress, egress);
        }
        if (!learnt.isKnown() && selector == FlowRecord.ABSENT) {
            learnt = book.ofDomain(atMillis);
        }
        if (learnt.isKnown()) {
            return learnt;
        }
        if (selector == FlowRecord.ABSENT && book.isAmbiguous()) {
            source.ambiguousRecords++;
        }
        if (protocol == FlowProtocol.NETFLOW5) {
            return headerRate;
        }
        return defaultRate(exporter);
    }

    /** A record was made where its packets came in, unless it says that it was made where they left. */
    private Rate ofInterfaces(FlowRecord record, RecordPlan plan, long atMillis, long ingress, long egress) {
        boolean egressFirst = plan.hasFlowDirection() && record.value(Slot.FLOW_DIRECTION) == 1
                || source.exporter() != null && source.exporter().kind() == ExporterKind.EGRESS;
        Rate first = book.ofInterface(egressFirst, egressFirst ? egress : ingress, atMillis);
        return first.isKnown() ? first : book.ofInterface(!egressFirst, egressFirst ? ingress : egress, atMillis);
    }

    /** What an sFlow sample stands for, in packets; an operator's override replaces it, 0 is unknown. */
    public long sampleWeight(SflowSample sample, long atMillis, long ingress, long egress) {
        long sourceKey = (long) sample.sourceType() << 32 | sample.sourceIndex();
        SampleTrack track = sampleTracks.get(sourceKey);
        int tracksMax = source.exporter() == null ? STRANGER_TRACKS_MAX : SAMPLE_TRACKS_MAX;
        if (track == null && sampleTracks.size() < tracksMax) {
            track = new SampleTrack();
            sampleTracks.put(sourceKey, track);
        }
        long weight = track == null ? sample.samplingRate() : track.weight(sample);
        if (sample.samplingRate() > 0) {
            noteHeaderRate(sample.samplingRate(), atMillis);
        }
        Rate override = override(source.exporter(), atMillis, ingress, egress);
        if (override.isKnown()) {
            return override.population() / override.sampled();
        }
        if (weight == 0 || weight > Rate.FACTOR_MAX * 4) {
            Rate fallback = defaultRate(source.exporter());
            return fallback.isKnown() ? fallback.population() : 0;
        }
        return weight;
    }

    private Rate override(Exporter exporter, long atMillis, long ingress, long egress) {
        if (exporter == null || exporter.overrides().isEmpty()) {
            return Rate.NONE;
        }
        long atSeconds = Math.floorDiv(atMillis, 1_000L);
        for (int i = 0; i < exporter.overrides().size(); i++) {
            RateOverride o = exporter.overrides().get(i);
            boolean here = o.interfaceIndex() < 0 || o.interfaceIndex() == ingress || o.interfaceIndex() == egress;
            if (here && atSeconds >= o.fromSeconds() && atSeconds < o.toSeconds()) {
                if (overrideRate.population() != o.rate()) {
                    overrideRate = Rate.of(o.rate(), 1, RateSource.OVERRIDE);
                }
                return overrideRate;
            }
        }
        return Rate.NONE;
    }

    private Rate defaultRate(Exporter exporter) {
        if (exporter == null || exporter.defaultRate() < 1) {
            return Rate.NONE;
        }
        if (defaultRate.population() != exporter.defaultRate()) {
            defaultRate = Rate.of(exporter.defaultRate(), 1, RateSource.DEFAULT);
        }
        return defaultRate;
    }

    private void noteHeaderRate(long rate, long nowMillis) {
        if (headerRate.population() != rate) {
            headerRate = Rate.of(rate, 1, RateSource.HEADER);
            headerRateSinceMillis = nowMillis;
        }
    }

    /**
     * A firewall's update record came: what its teardown records then count in total has been booked before.
     *
     * @param ageMillis of the connection, or -1 where that is not told. The youngest that ever had an update tells how
     *     often they come, for the device does not say it.
     */
    public void noteUpdate(long ageMillis) {
        updatesSeen = true;
        youngestUpdateMillis = Math.min(youngestUpdateMillis, Math.max(UPDATE_INTERVAL_MILLIS_MIN, ageMillis));
    }

    /** How often a connection has an update, as far as is known; none younger than this has had one. */
    public long updateIntervalMillis() {
        return youngestUpdateMillis;
    }

    public boolean hasUpdates() {
        return updatesSeen;
    }

    /** Samples that sequence numbers of data sources show missing. */
    long samplesLost() {
        long[] sum = {0};
        sampleTracks.forEach(t -> sum[0] += t.lost());
        return sum[0];
    }
}
