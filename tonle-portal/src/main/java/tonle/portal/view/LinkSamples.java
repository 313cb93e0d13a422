// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.traffic.store.LinkMonth;

/** Every five-minute sample of a link in a month: what anyone needs to find its 95th percentile again. */
public final class LinkSamples {
    private LinkSamples() {}

    /** What the template shows beside: the days of the month. */
    public record Body(List<Day> days, String monthCsvHref, String monthJsonHref) {}

    /** A day of the month; {@code here} for the one that is shown. */
    public record Day(String text, String href, boolean here) {}

    static Page page(Visit visit, String id) {
        visit.knows("month", "day");
        LinkMonthView.Month month = LinkMonthView.read(visit, id);
        LocalDate day = day(visit, month);
        Map<Long, Boolean> whole = whole(visit, month);
        List<Table.Row> rows = new ArrayList<>();
        LinkMonth in = month.in();
        LinkMonth out = month.out();
        for (int i = 0; i < in.binSeconds().length; i++) {
            long bin = in.binSeconds()[i];
            if (day == null
                    || Instant.ofEpochSecond(bin)
                            .atZone(visit.zone())
                            .toLocalDate()
                            .equals(day)) {
                Tone tone = bin == month.greater().percentileBinSeconds() ? Tone.CAUTION : Tone.PLAIN;
                rows.add(new Table.Row(
                        List.of(
                                Cell.time(bin),
                                Cell.whole(in.bitsPerSecond()[i]),
                                Cell.whole(i < out.bitsPerSecond().length ? out.bitsPerSecond()[i] : Double.NaN),
                                whole.containsKey(bin) ? Cell.flag(whole.get(bin)) : Cell.EMPTY),
                        tone));
            }
        }
        List<Column> columns = List.of(
                Column.chief("time", visit.say("column.time"), Kind.TIME),
                Column.chief("inBitsPerSecond", visit.say("column.in"), Kind.BITS_PER_SECOND),
                Column.chief("outBitsPerSecond", visit.say("column.out"), Kind.BITS_PER_SECOND),
                Column.of("whole", visit.say("column.whole"), Kind.FLAG));
        String monthText = month.month().toString();
        String path = "/links/" + id + "/samples";
        List<Day> days = new ArrayList<>();
        for (LocalDate d = month.month().atDay(1);
                d.atStartOfDay(visit.zone()).toEpochSecond() < month.toSeconds();
                d = d.plusDays(1)) {
            if (d.getMonthValue() == month.month().getMonthValue()) {
                days.add(new Day(
                        "" + d.getDayOfMonth(),
                        visit.link(path, "month", monthText, "day", d.toString()),
                        d.equals(day)));
            }
        }
        Body body = new Body(
                days, visit.link(path + ".csv", "month", monthText), visit.link(path + ".json", "month", monthText));
        String sentence = visit.say(
                "samples.sentence",
                id,
                day == null ? LinkMonthView.monthWords(visit, month.month()) : day,
                rows.size());
        return Page.of(
                        "links",
                        visit.say("samples.title", id),
                        sentence,
                        List.of(Table.of(
                                "samples", visit.say("samples.caption"), columns, rows, visit.say("samples.empty"))),
                        body)
                .drawnBy("samples")
                .under(id, visit.link("/links/" + id, "month", monthText))
                .asCommand("tonle link samples " + id + " --month " + monthText);
    }

    /** The day asked for. A page shows one day, that of the percentile unless asked; documents give the whole month. */
    private static LocalDate day(Visit visit, LinkMonthView.Month month) {
        String text = visit.ask().get("day").orElse("");
        if (text.isEmpty()) {
            long bin = month.greater().percentileBinSeconds();
            return visit.ask().format() != Ask.Format.HTML
                    ? null
                    : bin == 0
                            ? month.month().atDay(1)
                            : Instant.ofEpochSecond(bin).atZone(visit.zone()).toLocalDate();
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (java.time.YearMonth.from(day).equals(month.month())) {
                return day;
            }
        } catch (DateTimeException _) {
            // Refused below, like a day of another month.
        }
        String first = month.month().atDay(1).toString();
        throw new TroubleException(new Trouble(
                400,
                "day-unreadable",
                visit.say("trouble.value", text, "day"),
                visit.say("trouble.day", month.month()),
                "day",
                first,
                visit.again("day", first)));
    }

    /** Whether counters cover each bin whole, where there are counters. */
    private static Map<Long, Boolean> whole(Visit visit, LinkMonthView.Month month) {
        Map<Long, Boolean> whole = new HashMap<>();
        if (!month.greater().fromCounters() || month.toSeconds() <= month.fromSeconds()) {
            return whole;
        }
        for (CounterBins.Sum sum : CounterBins.of(visit.asked(
                () -> visit.store().interfaces(month.link().id(), month.fromSeconds(), month.toSeconds())))) {
            if (sum.counterSeconds() > 0) {
                whole.merge(sum.key().binSeconds(), sum.whole(), Boolean::logicalAnd);
            }
        }
        return whole;
    }
}
