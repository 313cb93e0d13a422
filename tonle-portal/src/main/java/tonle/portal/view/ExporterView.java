// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.traffic.Bins;
import tonle.traffic.exporter.BadDatagram;
import tonle.traffic.exporter.ExporterHealth;
import tonle.traffic.store.ExporterRow;
import tonle.traffic.topology.Exporter;
import tonle.wire.Fault;

/** One exporter: what it sends, what of it is lost or damaged, and what its owner should change. */
public final class ExporterView {
    private static final int BAD_SHOWN = 8;
    private static final int HOURS_SHOWN = 24;
    private static final int TEMPLATES_SHOWN = 200;

    private ExporterView() {}

    /** What the template draws beside the tables. */
    public record Body(List<Advice> advice, List<Bad> bad, String trafficHref, String addHref, boolean known) {}

    /** An alarm, and since when it stands. */
    public record Advice(String words, String since) {}

    /** A damaged datagram: where it breaks, and its fields without the octets of data. */
    public record Bad(String when, String fault, String where, String dissection) {}

    static Page page(Visit visit, String name) {
        visit.knows();
        List<ExporterHealth> sources = visit.services().meter().exporters().stream()
                .filter(s ->
                        s.id().equals(name) || s.id().isEmpty() && s.address().equals(name))
                .toList();
        boolean configured = visit.topology().exporters().stream().anyMatch(e -> e.id().equals(name));
        if (sources.isEmpty() && !configured) {
            throw unknown(visit, name);
        }
        List<Table> tables = new ArrayList<>();
        tables.add(health(visit, sources));
        tables.add(stated(visit, sources));
        tables.add(sampling(visit, sources));
        tables.add(faults(visit, sources));
        tables.add(templates(visit, sources));
        tables.add(hours(visit, configured ? name : ""));
        List<Advice> advice = new ArrayList<>();
        List<Bad> bad = new ArrayList<>();
        for (ExporterHealth source : sources) {
            for (ExporterHealth.Alarm alarm : source.alarms()) {
                advice.add(new Advice(
                        ExporterWords.alarm(visit, alarm),
                        alarm.sinceMillis() == 0 ? "" : visit.time(alarm.sinceMillis() / 1000)));
            }
            for (BadDatagram one : visit.services().meter().badDatagrams(source.address())) {
                bad.add(new Bad(
                        visit.time(one.atMillis() / 1000),
                        ExporterWords.fault(visit, one.fault()),
                        visit.say("bad.where", one.offsetOctets(), one.sizeOctets()),
                        one.dissection()));
            }
        }
        Body body = new Body(
                advice,
                bad.subList(0, Math.min(BAD_SHOWN, bad.size())),
                visit.link("/traffic", "by", "link", "where", siteFilter(visit, name)),
                visit.link("/exporters/add"),
                configured);
        return Page.of("exporters", name, sentence(visit, sources, configured), tables, body)
                .drawnBy("exporter")
                .under(visit.say("page.exporters"), visit.link("/exporters"))
                .asCommand("tonle exporter show " + name)
                .renewedEvery(30);
    }

    private static String siteFilter(Visit visit, String name) {
        return visit.topology().exporters().stream()
                .filter(e -> e.id().equals(name) && !e.site().isEmpty())
                .map(e -> "site = " + e.site())
                .findFirst()
                .orElse("");
    }

    private static TroubleException unknown(Visit visit, String name) {
        List<String> known = new ArrayList<>(
                visit.topology().exporters().stream().map(Exporter::id).toList());
        String nearest = Nearest.of(name, known).orElse("");
        return new TroubleException(new Trouble(
                404,
                "no-such-exporter",
                visit.say("trouble.exporter", name),
                visit.say("trouble.exporter.detail"),
                "",
                nearest,
                visit.link(nearest.isEmpty() ? "/exporters" : "/exporters/" + nearest)));
    }

    private static String sentence(Visit visit, List<ExporterHealth> sources, boolean configured) {
        long heard = sources.stream()
                        .mapToLong(ExporterHealth::lastHeardMillis)
                        .max()
                        .orElse(0)
                / 1000;
        if (heard == 0) {
            return visit.say("exporter.sentence.never");
        }
        long lost = sources.stream().mapToLong(ExporterHealth::lost).sum();
        long faults = sources.stream().mapToLong(ExporterWords::faults).sum();
        long alarms = sources.stream().mapToLong(s -> s.alarms().size()).sum();
        return visit.say(
                        "exporter.sentence",
                        visit.age(heard),
                        LinkMonthView.grouped(lost),
                        LinkMonthView.grouped(faults))
                + " "
                + (configured
                        ? visit.say(alarms == 0 ? "exporter.sentence.fine" : "exporter.sentence.alarms", alarms)
                        : visit.say("exporter.sentence.unknown"));
    }

    private static Table health(Visit visit, List<ExporterHealth> sources) {
        List<Column> columns = List.of(
                Column.chief("address", visit.say("column.address"), Kind.ID),
                Column.of("state", visit.say("column.state"), Kind.TEXT),
                Column.of("protocols", visit.say("column.protocols"), Kind.TEXT),
                Column.of("firstHeard", visit.say("column.firstheard"), Kind.TIME),
                Column.chief("lastHeard", visit.say("column.lastheard"), Kind.TIME),
                Column.chief("datagrams", visit.say("column.datagrams"), Kind.COUNT),
                Column.of("records", visit.say("column.records"), Kind.COUNT),
                Column.of("samples", visit.say("column.flowsamples"), Kind.COUNT),
                Column.chief("lost", visit.say("column.lost"), Kind.COUNT),
                Column.of("reordered", visit.say("column.reordered"), Kind.COUNT),
                Column.of("restarts", visit.say("column.restarts"), Kind.COUNT),
                Column.of("kernelDropped", visit.say("column.kerneldropped"), Kind.COUNT),
                Column.of("queueDropped", visit.say("column.queuedropped"), Kind.COUNT),
                Column.of("waitingSets", visit.say("column.waiting"), Kind.COUNT),
                Column.of("waitingDropped", visit.say("column.waitingdropped"), Kind.COUNT),
                Column.of("refusedTemplates", visit.say("column.refused"), Kind.COUNT),
                Column.of("recordsWithoutRate", visit.say("column.norate"), Kind.COUNT),
                Column.of("clockSkewMillis", visit.say("column.skew"), Kind.MILLIS));
        List<Table.Row> rows = new ArrayList<>();
        for (ExporterHealth s : sources) {
            rows.add(Table.Row.of(
                    Cell.text(s.address()),
                    ExporterWords.state(visit, s),
                    Cell.text(String.join(" ", s.protocols())),
                    Cell.time(s.firstHeardMillis() / 1000),
                    Cell.time(s.lastHeardMillis() / 1000),
                    Cell.count(s.datagrams()),
                    Cell.count(s.records()),
                    Cell.count(s.samples()),
                    Cell.count(s.lost()),
                    Cell.count(s.reordered()),
                    Cell.count(s.restarts()),
                    s.kernelDropped() < 0 ? Cell.EMPTY : Cell.count(s.kernelDropped()),
                    Cell.count(s.queueDropped()),
                    Cell.count(s.waitingSets()),
                    Cell.count(s.waitingDropped()),
                    Cell.count(s.refusedTemplates()),
                    Cell.count(s.unscaledRecords()),
                    Cell.count(s.skewMillis())));
        }
        return Table.of("health", visit.say("exporter.health"), columns, rows, visit.say("exporter.sentence.never"));
    }

    /** What it says of itself: beside what sequence numbers show, the loss that never reached the wire. */
    private static Table stated(Visit visit, List<ExporterHealth> sources) {
        List<Column> columns = List.of(
                Column.chief("address", visit.say("column.address"), Kind.ID),
                Column.chief("notSentFlows", visit.say("column.notsentflows"), Kind.COUNT),
                Column.of("notSentPackets", visit.say("column.notsentpackets"), Kind.COUNT),
                Column.of("notSentOctets", visit.say("column.notsentoctets"), Kind.OCTETS),
                Column.chief("flowRecordsMissing", visit.say("column.statedmissing"), Kind.COUNT),
                Column.of("flowRecordsStated", visit.say("column.statedrecords"), Kind.COUNT),
                Column.of("messagesMissing", visit.say("column.statedmessagesmissing"), Kind.COUNT),
                Column.of("messagesStated", visit.say("column.statedmessages"), Kind.COUNT));
        List<Table.Row> rows = new ArrayList<>();
        for (ExporterHealth source : sources) {
            ExporterHealth.Stated s = source.stated();
            if (!s.equals(ExporterHealth.Stated.NOTHING)) {
                rows.add(Table.Row.of(
                        Cell.text(source.address()),
                        orEmpty(s.notSentFlows()).toned(s.notSentFlows() > 0 ? Tone.BAD : Tone.PLAIN),
                        orEmpty(s.notSentPackets()),
                        orEmpty(s.notSentOctets()),
                        orEmpty(s.flowRecordsMissing()).toned(s.flowRecordsMissing() > 0 ? Tone.CAUTION : Tone.PLAIN),
                        orEmpty(s.flowRecords()),
                        orEmpty(s.messagesMissing()),
                        orEmpty(s.messages())));
            }
        }
        return Table.of("stated", visit.say("exporter.stated"), columns, rows, visit.say("exporter.stated.none"));
    }

    private static Cell orEmpty(long count) {
        return count < 0 ? Cell.EMPTY : Cell.count(count);
    }

    /** A device that looks at every packet is unsampled: that is a rate as well, and a known one. */
    private static Cell rate(Visit visit, long rate) {
        if (rate == 1) {
            return new Cell(rate, visit.say("rate.unsampled"), "", Tone.PLAIN);
        }
        return rate > 0
                ? new Cell(rate, "1 : " + LinkMonthView.grouped(rate), "", Tone.PLAIN)
                : new Cell(rate, "–", "", Tone.CAUTION);
    }

    private static Table sampling(Visit visit, List<ExporterHealth> sources) {
        List<Table.Row> rows = new ArrayList<>();
        for (ExporterHealth source : sources) {
            for (ExporterHealth.SamplingLine line : source.sampling()) {
                String key = "ratesource." + line.source();
                rows.add(Table.Row.of(
                        orEmpty(line.domain()),
                        Cell.text(line.selector()),
                        rate(visit, Math.round(line.rate())),
                        Cell.named(line.source(), visit.canSay(key) ? visit.say(key) : line.source()),
                        Cell.time(line.sinceMillis() / 1000)));
            }
        }
        List<Column> columns = List.of(
                Column.of("domain", visit.say("column.domain"), Kind.COUNT),
                Column.of("selector", visit.say("column.selector"), Kind.ID),
                Column.chief("rate", visit.say("column.rate"), Kind.COUNT),
                Column.chief("rateSource", visit.say("column.ratesource"), Kind.TEXT),
                Column.of("since", visit.say("column.since"), Kind.TIME));
        return Table.of("sampling", visit.say("exporter.sampling"), columns, rows, visit.say("exporter.sampling.none"));
    }

    private static Table faults(Visit visit, List<ExporterHealth> sources) {
        Map<Fault, Long> sums = new TreeMap<>();
        sources.forEach(s -> s.faults().forEach((fault, count) -> sums.merge(fault, count, Long::sum)));
        List<Table.Row> rows = new ArrayList<>();
        sums.forEach((fault, count) -> rows.add(Table.Row.of(
                Cell.named(ExporterWords.key(fault), ExporterWords.fault(visit, fault)), Cell.count(count))));
        List<Column> columns = List.of(
                Column.chief("fault", visit.say("column.fault"), Kind.TEXT),
                Column.chief("count", visit.say("column.count"), Kind.COUNT));
        return Table.of("faults", visit.say("exporter.faults"), columns, rows, visit.say("exporter.faults.none"));
    }

    private static Table templates(Visit visit, List<ExporterHealth> sources) {
        List<ExporterHealth.TemplateLine> lines = sources.stream()
                .flatMap(s -> s.templates().stream())
                .sorted(Comparator.comparing(ExporterHealth.TemplateLine::protocol)
                        .thenComparing(ExporterHealth.TemplateLine::domain)
                        .thenComparing(ExporterHealth.TemplateLine::id))
                .toList();
        List<Table.Row> rows = new ArrayList<>();
        for (ExporterHealth.TemplateLine line : lines) {
            rows.add(Table.Row.of(
                    Cell.text(line.protocol()),
                    Cell.count(line.domain()),
                    Cell.text("" + line.id()),
                    Cell.flag(line.options()),
                    Cell.count(line.fieldCount()),
                    Cell.count(line.personalFieldCount()).toned(line.personalFieldCount() > 0 ? Tone.BAD : Tone.PLAIN),
                    Cell.flag(line.remembered()),
                    Cell.count(line.records())));
        }
        List<Column> columns = List.of(
                Column.chief("protocol", visit.say("column.protocol"), Kind.TEXT),
                Column.of("domain", visit.say("column.domain"), Kind.COUNT),
                Column.chief("template", visit.say("column.template"), Kind.ID),
                Column.of("options", visit.say("column.options"), Kind.FLAG),
                Column.of("fields", visit.say("column.fields"), Kind.COUNT),
                Column.of("personalFields", visit.say("column.personal"), Kind.COUNT),
                Column.of("remembered", visit.say("column.remembered"), Kind.FLAG),
                Column.chief("records", visit.say("column.records"), Kind.COUNT));
        return visit.cut(
                Table.of(
                        "templates",
                        visit.say("exporter.templates"),
                        columns,
                        rows,
                        visit.say("exporter.templates.none")),
                TEMPLATES_SHOWN,
                100_000);
    }

    /** What came in each hour of the last day, and whether all of it was booked. */
    private static Table hours(Visit visit, String exporter) {
        long to = visit.nowSeconds();
        long from = Math.floorDiv(to, Bins.HOUR_SECONDS) * Bins.HOUR_SECONDS - (HOURS_SHOWN - 1L) * Bins.HOUR_SECONDS;
        List<ExporterRow> stored =
                exporter.isEmpty() ? List.of() : visit.asked(() -> visit.store().exporters(exporter, from, to));
        Map<Long, long[]> sums = new TreeMap<>(Comparator.reverseOrder());
        for (ExporterRow row : stored) {
            long hour = Math.floorDiv(row.binSeconds(), Bins.HOUR_SECONDS) * Bins.HOUR_SECONDS;
            long[] sum = sums.computeIfAbsent(hour, _ -> new long[8]);
            long[] add = {
                row.datagrams(),
                row.records(),
                row.lostRecords(),
                row.malformed(),
                row.refused(),
                row.unscaledRecords(),
                row.decodedOctets(),
                row.bookedOctets()
            };
            for (int i = 0; i < add.length; i++) {
                sum[i] += add[i];
            }
        }
        List<Table.Row> rows = new ArrayList<>();
        sums.forEach((hour, sum) -> {
            List<Cell> cells = new ArrayList<>();
            cells.add(Cell.time(hour));
            for (long value : sum) {
                cells.add(Cell.count(value));
            }
            rows.add(new Table.Row(cells, Tone.PLAIN));
        });
        List<Column> columns = List.of(
                Column.chief("hour", visit.say("dimension.hour"), Kind.TIME),
                Column.chief("datagrams", visit.say("column.datagrams"), Kind.COUNT),
                Column.of("records", visit.say("column.records"), Kind.COUNT),
                Column.chief("lost", visit.say("column.lost"), Kind.COUNT),
                Column.of("malformed", visit.say("column.malformed"), Kind.COUNT),
                Column.of("refused", visit.say("column.refusedrecords"), Kind.COUNT),
                Column.of("recordsWithoutRate", visit.say("column.norate"), Kind.COUNT),
                Column.of("decodedOctets", visit.say("column.decoded"), Kind.OCTETS),
                Column.of("bookedOctets", visit.say("column.booked"), Kind.OCTETS));
        return Table.of("hours", visit.say("exporter.hours"), columns, rows, visit.say("exporter.hours.none"));
    }
}
