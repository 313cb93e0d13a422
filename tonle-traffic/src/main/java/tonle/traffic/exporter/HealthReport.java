// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import tonle.traffic.exporter.ExporterHealth.SamplingLine;
import tonle.traffic.exporter.ExporterHealth.TemplateLine;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.RateOverride;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.Template;

/** Makes the snapshot of one {@link Source} that pages and commands show. */
public final class HealthReport {
    /** Loss above one in a thousand is an alarm. */
    private static final long LOSS_ALARM_PER_MILLE = 1;

    /** What an exporter could not send is an alarm for so long after it last grew; reports come every few minutes. */
    private static final long NOT_SENT_ALARM_MILLIS = 3_600_000;

    private static final int FLIP_FLOP_PER_MINUTE = 6;
    private static final long REMEMBERED_ALARM_MILLIS = 3_600_000;
    private static final int TEMPLATE_LINES_MAX = 1_024;
    private static final int SAMPLING_LINES_MAX = 1_024;
    private static final int ELEMENTS_NAMED_MAX = 16;

    private HealthReport() {}

    public static ExporterHealth of(Source source, long nowMillis) {
        List<String> protocols = new ArrayList<>();
        for (FlowProtocol protocol : FlowProtocol.values()) {
            if ((source.protocolsSeen & 1 << protocol.ordinal()) != 0) {
                protocols.add(protocol.key());
            }
        }
        Source.Tally tally = source.tally();
        List<SamplingLine> sampling = sampling(source, nowMillis);
        List<TemplateLine> templates = templates(source);
        raiseAlarms(source, tally, nowMillis);
        return new ExporterHealth(
                source.id(),
                source.addressText(),
                List.copyOf(protocols),
                source.firstHeardMillis,
                source.lastHeardMillis,
                source.datagrams,
                source.records,
                source.samples,
                tally.lost,
                tally.reordered,
                tally.restarts,
                0,
                0,
                tally.waitingSets,
                tally.waitingDropped,
                tally.refusedTemplates,
                source.unscaledRecords,
                source.skew.medianMillis(),
                stated(tally.stated),
                sampling,
                templates,
                source.faults.counts(),
                source.alarms().raised());
    }

    private static ExporterHealth.Stated stated(long[] figures) {
        return new ExporterHealth.Stated(
                figures[StatedCounts.MESSAGES],
                figures[StatedCounts.MESSAGES_MISSING],
                figures[StatedCounts.FLOW_RECORDS],
                figures[StatedCounts.FLOW_RECORDS_MISSING],
                figures[StatedCounts.NOT_SENT_FLOWS],
                figures[StatedCounts.NOT_SENT_PACKETS],
                figures[StatedCounts.NOT_SENT_OCTETS]);
    }

    private static List<SamplingLine> sampling(Source source, long nowMillis) {
        List<SamplingLine> lines = new ArrayList<>();
        TreeSet<Long> domains = new TreeSet<>();
        source.sessions.forEach(s -> {
            if (s.headerRate.isKnown() && lines.size() < SAMPLING_LINES_MAX && domains.add(s.domain)) {
                lines.add(new SamplingLine(
                        s.domain, "", s.headerRate.factor(), RateSource.HEADER.key(), s.headerRateSinceMillis));
            }
        });
        TreeSet<Long> bookDomains = new TreeSet<>();
        source.sessions.forEach(s -> {
            if (bookDomains.add((long) s.protocol.ordinal() << 32 | s.domain)) {
                s.book.forEach(h -> {
                    boolean domainWide = h.selector == RateBook.NO_SELECTOR;
                    String name = domainWide ? "" : Long.toString(h.selector);
                    add(lines, s.domain, name, domainWide ? RateSource.DOMAIN : RateSource.SELECTOR, h);
                });
                s.book.forEachInterface(
                        false, h -> add(lines, s.domain, "ingress " + h.selector, RateSource.INTERFACE, h));
                s.book.forEachInterface(
                        true, h -> add(lines, s.domain, "egress " + h.selector, RateSource.INTERFACE, h));
            }
        });
        lines.sort(Comparator.comparingLong(SamplingLine::domain).thenComparing(SamplingLine::selector));
        addConfigured(source.exporter(), nowMillis, lines);
        return List.copyOf(lines);
    }

    /** What a person says of this exporter: overrides in force now, and the default where nothing else gives a rate. */
    private static void addConfigured(Exporter exporter, long nowMillis, List<SamplingLine> lines) {
        if (exporter == null) {
            return;
        }
        long nowSeconds = Math.floorDiv(nowMillis, 1_000L);
        for (RateOverride each : exporter.overrides()) {
            if (nowSeconds >= each.fromSeconds()
                    && nowSeconds < each.toSeconds()
                    && lines.size() < SAMPLING_LINES_MAX) {
                String where = each.interfaceIndex() < 0 ? "" : "interface " + each.interfaceIndex();
                lines.add(new SamplingLine(
                        SamplingLine.EVERY_DOMAIN,
                        where,
                        each.rate(),
                        RateSource.OVERRIDE.key(),
                        each.fromSeconds() * 1_000));
            }
        }
        if (exporter.defaultRate() > 0 && lines.size() < SAMPLING_LINES_MAX) {
            lines.add(new SamplingLine(
                    SamplingLine.EVERY_DOMAIN, "", exporter.defaultRate(), RateSource.DEFAULT.key(), 0));
        }
    }

    private static void add(
            List<SamplingLine> lines, long domain, String name, RateSource source, RateBook.History history) {
        if (lines.size() < SAMPLING_LINES_MAX) {
            lines.add(new SamplingLine(
                    domain, name, history.newest().factor(), source.key(), history.newestSinceMillis()));
        }
    }

    private static List<TemplateLine> templates(Source source) {
        List<TemplateLine> lines = new ArrayList<>();
        source.sessions.forEach(s -> s.templates.forEach(e -> {
            if (lines.size() < TEMPLATE_LINES_MAX) {
                Template t = e.template;
                lines.add(new TemplateLine(
                        s.protocol.key(),
                        s.domain,
                        t.id(),
                        t.isOptions(),
                        t.fieldCount(),
                        t.personalFieldCount(),
                        e.remembered,
                        e.records));
            }
        }));
        lines.sort(Comparator.comparingLong(TemplateLine::domain).thenComparingInt(TemplateLine::id));
        return List.copyOf(lines);
    }

    private static void raiseAlarms(Source source, Source.Tally tally, long nowMillis) {
        AlarmBoard board = source.alarms();
        board.begin(nowMillis);
        TemplateFacts facts = new TemplateFacts(source);
        board.raise(
                !facts.personalElements.isEmpty(),
                "exporter.personal-elements",
                facts.personalTemplates,
                String.join(" ", facts.personalElements));
        long skew = source.skew.medianMillis();
        board.raise(
                Math.abs(skew) > SkewGauge.LIMIT_MILLIS,
                "exporter.clock-skew",
                String.format(Locale.ROOT, "%.1f", skew / 1_000.0));
        long heard = Math.max(1, Math.max(source.records + source.samples, source.datagrams));
        board.raise(
                tally.lost * 1_000 > heard * LOSS_ALARM_PER_MILLE,
                "exporter.loss",
                tally.lost,
                String.format(Locale.ROOT, "%.2f", 100.0 * tally.lost / (heard + tally.lost)));
        board.raise(
                tally.notSentMillis >= 0 && nowMillis - tally.notSentMillis < NOT_SENT_ALARM_MILLIS,
                "exporter.not-sent",
                Math.max(0, tally.stated[StatedCounts.NOT_SENT_FLOWS]),
                Math.max(0, tally.stated[StatedCounts.NOT_SENT_PACKETS]));
        board.raise(source.unscaledRecords > 0, "exporter.unscaled", source.unscaledRecords);
        board.raise(
                facts.remembered > 0 && nowMillis - source.firstHeardMillis > REMEMBERED_ALARM_MILLIS,
                "exporter.remembered-templates",
                facts.remembered);
        board.raise(source.scalesItselfSuspected, "exporter.scales-itself");
        board.raise(facts.flipFlop >= FLIP_FLOP_PER_MINUTE, "exporter.flip-flop", facts.flipFlopTemplate);
        board.raise(source.ambiguousRecords > 0, "exporter.rate-ambiguous", source.ambiguousRecords);
        board.raise(facts.borrowedSets > 0, "exporter.template-other-port", facts.borrowedSets);
        board.raise(!facts.oddHabits.isEmpty(), "exporter.sequence-habit", String.join(" ", facts.oddHabits));
        board.raise(tally.waitingDropped > 0, "exporter.waiting-dropped", tally.waitingDropped);
        board.raise(tally.refusedTemplates > 0, "exporter.refused-templates", tally.refusedTemplates);
        board.raise(source.refusedSessions > 0, "exporter.refused-sessions", source.refusedSessions);
        board.raise(source.implausibleRecords > 0, "exporter.counter-implausible", source.implausibleRecords);
        board.raise(source.directionUnknownRecords > 0, "exporter.direction-unknown", source.directionUnknownRecords);
        boolean both = source.exporter() != null && source.exporter().kind() == ExporterKind.BOTH;
        board.raise(source.directionsSeen == 3 && !both, "exporter.both-directions");
    }

    /** What the templates and rates of all sessions say together. */
    private static final class TemplateFacts {
        final TreeSet<String> personalElements = new TreeSet<>();
        int personalTemplates;
        int remembered;
        int flipFlop;
        int flipFlopTemplate;
        final TreeSet<String> oddHabits = new TreeSet<>();
        long borrowedSets;

        TemplateFacts(Source source) {
            source.sessions.forEach(s -> {
                borrowedSets += s.borrowedSets;
                if (s.sequence.habit() != SequenceTrack.Habit.STANDARD) {
                    oddHabits.add(s.sequence.habit().key());
                }
                s.templates.forEach(this::read);
            });
        }

        private void read(TemplateEntry entry) {
            Template t = entry.template;
            remembered += entry.remembered ? 1 : 0;
            if (entry.redefinitionsWorst() > flipFlop) {
                flipFlop = entry.redefinitionsWorst();
                flipFlopTemplate = t.id();
            }
            if (t.personalFieldCount() == 0) {
                return;
            }
            personalTemplates++;
            for (int i = 0; i < t.fieldCount() && personalElements.size() < ELEMENTS_NAMED_MAX; i++) {
                if (t.isPersonal(i)) {
                    int enterprise = t.fieldEnterprise(i);
                    personalElements.add((enterprise == 0 ? "" : enterprise + "/") + t.fieldElement(i));
                }
            }
        }
    }
}
