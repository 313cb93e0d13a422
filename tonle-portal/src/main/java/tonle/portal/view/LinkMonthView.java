// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import tonle.portal.chart.DurationChart;
import tonle.portal.chart.TimeChart;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Scale;
import tonle.portal.table.Table;
import tonle.traffic.Bins;
import tonle.traffic.Direction;
import tonle.traffic.store.LinkMonth;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkPort;

/** One link in one month: how full, and how was its 95th percentile found? */
public final class LinkMonthView {
    /** Points that are drawn: about one for each pixel of the chart. */
    private static final int POINTS_DRAWN = 750;

    private static final int BINS_A_DAY = 288;

    private LinkMonthView() {}

    /**
     * What the template draws beside the tables.
     *
     * @param steps how the percentile was found, a sentence each
     * @param billable whether interface counters gave the samples
     */
    public record Body(
            String timeSvg,
            String drawnNote,
            String durationSvg,
            String percentile,
            List<String> steps,
            boolean billable,
            boolean any,
            String agreement,
            String samplesHref,
            String monthCsvHref,
            List<Related> related) {}

    /** A link to a neighbouring view. */
    public record Related(String words, String href) {}

    /** The month asked for, and the two directions of the link in it. */
    record Month(
            Link link,
            YearMonth month,
            long fromSeconds,
            long toSeconds,
            boolean current,
            LinkMonth in,
            LinkMonth out) {
        LinkMonth greater() {
            boolean inLeads = !(out.percentileBitsPerSecond() > in.percentileBitsPerSecond());
            return inLeads && in.sampleCount() > 0 || out.sampleCount() == 0 ? in : out;
        }

        boolean any() {
            return in.sampleCount() + out.sampleCount() > 0;
        }
    }

    static YearMonth monthOf(Visit visit) {
        YearMonth current =
                YearMonth.from(Instant.ofEpochSecond(visit.nowSeconds()).atZone(visit.zone()));
        String text = visit.ask().get("month").orElse(current.toString());
        try {
            YearMonth month = YearMonth.parse(text);
            if (!month.isAfter(current) && month.getYear() >= 1970) {
                return month;
            }
        } catch (DateTimeException _) {
            // Refused below, like a month that is still to come.
        }
        throw new TroubleException(new Trouble(
                400,
                "month-unreadable",
                visit.say("trouble.value", text, "month"),
                visit.say("trouble.month", current),
                "month",
                current.toString(),
                visit.again("month", current.toString())));
    }

    static Month read(Visit visit, String id) {
        Link link = visit.findLink(id).orElseThrow(() -> {
            String nearest = Nearest.of(
                            id, visit.topology().links().stream().map(Link::id).toList())
                    .orElse("");
            return new TroubleException(new Trouble(
                    404,
                    "no-such-link",
                    visit.say("trouble.link", id),
                    visit.say("trouble.link.detail"),
                    "",
                    nearest,
                    visit.link(nearest.isEmpty() ? "/links" : "/links/" + nearest)));
        });
        YearMonth month = monthOf(visit);
        long from = month.atDay(1).atStartOfDay(visit.zone()).toEpochSecond();
        long end = month.plusMonths(1).atDay(1).atStartOfDay(visit.zone()).toEpochSecond();
        // A bin that is not whole yet is no sample.
        long to = Math.max(from, Math.min(end, visit.wholeUntilSeconds()));
        LinkMonth in = visit.asked(() -> visit.store().month(id, Direction.IN, from, to));
        LinkMonth out = visit.asked(() -> visit.store().month(id, Direction.OUT, from, to));
        return new Month(link, month, from, to, end > visit.nowSeconds(), in, out);
    }

    static Page page(Visit visit, String id) {
        visit.knows("month");
        Month month = read(visit, id);
        List<Table> tables = new ArrayList<>();
        tables.add(percentiles(visit, month));
        Agreement agreement = Agreement.of(visit, month);
        tables.add(agreement.table());
        return Page.of("links", id, sentence(visit, month), tables, body(visit, month, agreement))
                .drawnBy("link")
                .under(
                        visit.say("page.links"),
                        visit.link("/links", "month", month.month().toString()))
                .restingOn(newest(month))
                .asCommand("tonle link show " + id + " --month " + month.month())
                .between(
                        visit.again("month", month.month().minusMonths(1).toString()),
                        Links.nextMonth(visit, month.month()));
    }

    static String monthWords(Visit visit, YearMonth month) {
        return DateTimeFormatter.ofPattern("MMMM uuuu", visit.language().locale())
                .format(month);
    }

    private static long newest(Month month) {
        long[] bins = month.in().binSeconds();
        double[] rates = month.in().bitsPerSecond();
        for (int i = bins.length - 1; i >= 0; i--) {
            if (!Double.isNaN(rates[i])) {
                return bins[i];
            }
        }
        return 0;
    }

    private static String sentence(Visit visit, Month month) {
        Link link = month.link();
        String what = visit.say(
                "link.sentence.what",
                Scale.say(Kind.BITS_PER_SECOND, link.capacityBitsPerSecond()),
                visit.ends(link),
                visit.say("kind." + link.kind().key()));
        if (!month.any()) {
            return what + " " + visit.say("link.sentence.none", monthWords(visit, month.month()));
        }
        LinkMonth greater = month.greater();
        String key = !greater.fromCounters()
                ? "link.sentence.estimate"
                : month.current() ? "link.sentence.sofar" : "link.sentence.billable";
        return what + " "
                + visit.say(
                        key,
                        monthWords(visit, month.month()),
                        Scale.say(Kind.BITS_PER_SECOND, greater.percentileBitsPerSecond()),
                        visit.say("direction." + greater.direction().key()));
    }

    private static Table percentiles(Visit visit, Month month) {
        List<Table.Row> rows = new ArrayList<>();
        for (LinkMonth one : List.of(month.in(), month.out())) {
            double max = Double.NaN;
            double sum = 0;
            for (double value : one.bitsPerSecond()) {
                if (!Double.isNaN(value)) {
                    max = Double.isNaN(max) ? value : Math.max(max, value);
                    sum += value;
                }
            }
            rows.add(Table.Row.of(
                    Cell.named(
                            one.direction().key(),
                            visit.say("direction." + one.direction().key())),
                    Cell.whole(one.percentileBitsPerSecond()),
                    Cell.time(one.percentileBinSeconds()),
                    Cell.count(one.sampleCount()),
                    Cell.count(one.discardedCount()),
                    Cell.count(one.sampleCount() - one.discardedCount()),
                    Cell.whole(one.sampleCount() == 0 ? Double.NaN : sum / one.sampleCount()),
                    Cell.whole(max),
                    one.sampleCount() == 0
                            ? Cell.EMPTY
                            : Cell.named(
                                    one.fromCounters() ? "counters" : "flows",
                                    visit.say(one.fromCounters() ? "source.counters" : "source.flows"))));
        }
        List<Column> columns = List.of(
                Column.chief("direction", visit.say("column.direction"), Kind.TEXT),
                Column.chief("percentile95BitsPerSecond", visit.say("column.p95"), Kind.BITS_PER_SECOND),
                Column.of("percentileBin", visit.say("column.sampleat"), Kind.TIME),
                Column.of("samples", visit.say("column.samples"), Kind.COUNT),
                Column.of("discarded", visit.say("column.discarded"), Kind.COUNT),
                Column.of("rank", visit.say("column.rank"), Kind.COUNT),
                Column.of("meanBitsPerSecond", visit.say("column.mean"), Kind.BITS_PER_SECOND),
                Column.of("maxBitsPerSecond", visit.say("column.max"), Kind.BITS_PER_SECOND),
                Column.of("source", visit.say("column.source"), Kind.TEXT));
        return Table.of("percentiles", visit.say("link.percentiles"), columns, rows, "");
    }

    private static Body body(Visit visit, Month month, Agreement agreement) {
        LinkMonth greater = month.greater();
        String id = month.link().id();
        String samples = "/links/" + id + "/samples";
        String monthText = month.month().toString();
        int bins = Math.max(month.in().binSeconds().length, month.out().binSeconds().length);
        int group = Math.max(1, (bins + POINTS_DRAWN - 1) / POINTS_DRAWN);
        List<Related> related = new ArrayList<>();
        for (String by : List.of("member", "remote-as", "country", "protocol")) {
            related.add(new Related(
                    visit.say("dimension." + by),
                    visit.link(
                            "/traffic",
                            "by",
                            by,
                            "where",
                            "link = " + id,
                            "from",
                            visit.time(month.fromSeconds()).replace(' ', 'T'),
                            "to",
                            visit.time(month.toSeconds()).replace(' ', 'T'))));
        }
        for (LinkPort port : month.link().ports()) {
            related.add(new Related(
                    visit.say("link.port", port.exporter(), port.interfaceIndex()),
                    visit.link("/exporters/" + port.exporter())));
        }
        if (visit.services().registry().get().isPresent()) {
            related.add(new Related(visit.say("link.bringup"), visit.link("/links/" + id + "/bring-up")));
            related.add(new Related(visit.say("page.ladder"), visit.link("/registry/ladder", "link", id)));
            if (!month.link().member().isEmpty()) {
                related.add(new Related(
                        visit.memberName(month.link().member()),
                        visit.link("/operators/" + month.link().member())));
            }
        }
        return new Body(
                month.any() ? chart(visit, month, group) : "",
                group == 1 ? "" : visit.say("link.drawn", visit.duration((long) group * Bins.SECONDS)),
                month.any() ? duration(visit, greater) : "",
                Scale.say(Kind.BITS_PER_SECOND, greater.percentileBitsPerSecond()),
                month.any() ? steps(visit, month, greater) : List.of(),
                greater.fromCounters(),
                month.any(),
                agreement.sentence(),
                visit.link(samples, "month", monthText),
                visit.link(samples + ".csv", "month", monthText),
                related);
    }

    private static String chart(Visit visit, Month month, int group) {
        LinkMonth in = month.in();
        LinkMonth out = month.out();
        long[] points = new long[(in.binSeconds().length + group - 1) / group];
        for (int p = 0; p < points.length; p++) {
            points[p] = in.binSeconds()[p * group];
        }
        List<TimeChart.Level> levels = new ArrayList<>();
        levels.add(new TimeChart.Level(
                visit.say("chart.capacity"), "capacity", month.link().capacityBitsPerSecond(), false));
        if (in.sampleCount() > 0) {
            levels.add(new TimeChart.Level(
                    visit.say("chart.p95", Scale.say(Kind.BITS_PER_SECOND, in.percentileBitsPerSecond())),
                    "p95",
                    in.percentileBitsPerSecond(),
                    false));
        }
        if (out.sampleCount() > 0) {
            levels.add(new TimeChart.Level(
                    visit.say("chart.p95", Scale.say(Kind.BITS_PER_SECOND, out.percentileBitsPerSecond())),
                    "p95",
                    out.percentileBitsPerSecond(),
                    true));
        }
        return new TimeChart(
                        Kind.BITS_PER_SECOND,
                        true,
                        points,
                        group * Bins.SECONDS,
                        List.of(new TimeChart.Series("", "s1", highest(in, group), highest(out, group))),
                        levels,
                        visit.zone(),
                        alternative(visit, month),
                        visit.say("direction.in"),
                        visit.say("direction.out"))
                .svg();
    }

    private static String alternative(Visit visit, Month month) {
        LinkMonth greater = month.greater();
        int peak = 0;
        double[] rates = greater.bitsPerSecond();
        for (int i = 0; i < rates.length; i++) {
            peak = Double.isNaN(rates[peak]) || rates[i] > rates[peak] ? i : peak;
        }
        return visit.say(
                "link.alternative",
                Scale.say(Kind.BITS_PER_SECOND, rates[peak]),
                visit.timeInWords(greater.binSeconds()[peak]),
                Scale.say(Kind.BITS_PER_SECOND, greater.percentileBitsPerSecond()));
    }

    /** The highest sample of each {@code group}: a mean would hide the peaks that the percentile rests on. */
    private static double[] highest(LinkMonth month, int group) {
        double[] drawn = new double[(month.bitsPerSecond().length + group - 1) / group];
        for (int p = 0; p < drawn.length; p++) {
            drawn[p] = Double.NaN;
            for (int i = p * group; i < Math.min(month.bitsPerSecond().length, (p + 1) * group); i++) {
                double value = month.bitsPerSecond()[i];
                drawn[p] = Double.isNaN(drawn[p]) ? value : Double.isNaN(value) ? drawn[p] : Math.max(drawn[p], value);
            }
        }
        return drawn;
    }

    private static String duration(Visit visit, LinkMonth month) {
        String level = Scale.say(Kind.BITS_PER_SECOND, month.percentileBitsPerSecond());
        return new DurationChart(
                        month.bitsPerSecond(),
                        month.discardedCount(),
                        month.percentileBitsPerSecond(),
                        visit.say("link.duration.alternative", month.discardedCount(), level),
                        visit.say("link.duration.free", month.discardedCount()),
                        visit.say("chart.p95", level))
                .svg();
    }

    private static List<String> steps(Visit visit, Month month, LinkMonth greater) {
        int bins = greater.binSeconds().length;
        int rank = greater.sampleCount() - greater.discardedCount();
        List<String> steps = new ArrayList<>();
        steps.add(visit.say(
                "method.bins",
                grouped(bins),
                visit.say("direction." + greater.direction().key()),
                grouped(greater.sampleCount()),
                grouped(bins - greater.sampleCount())));
        if (bins % BINS_A_DAY == 0) {
            steps.set(0, visit.say("method.days", bins / BINS_A_DAY) + " " + steps.getFirst());
        }
        steps.add(visit.say("method.gaps"));
        steps.add(visit.say(
                "method.discard",
                grouped(greater.sampleCount()),
                String.format(Locale.ROOT, "%,.2f", greater.sampleCount() * 0.05),
                grouped(greater.discardedCount())));
        steps.add(visit.say("method.rank", grouped(rank), grouped(greater.sampleCount())));
        steps.add(visit.say(
                "method.that",
                visit.timeInWords(greater.percentileBinSeconds()),
                Scale.say(Kind.BITS_PER_SECOND, greater.percentileBitsPerSecond())));
        steps.add(visit.say(
                "method.greater",
                Scale.say(Kind.BITS_PER_SECOND, month.in().percentileBitsPerSecond()),
                Scale.say(Kind.BITS_PER_SECOND, month.out().percentileBitsPerSecond()),
                visit.say("direction." + greater.direction().key())));
        return steps;
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Flows and interface counters of the same bins, side by side. */
    record Agreement(Table table, String sentence) {
        static Agreement of(Visit visit, Month month) {
            Collection<CounterBins.Sum> sums = month.toSeconds() > month.fromSeconds()
                    ? CounterBins.of(visit.asked(
                            () -> visit.store().interfaces(month.link().id(), month.fromSeconds(), month.toSeconds())))
                    : List.of();
            List<Table.Row> shown = new ArrayList<>();
            double flowsAll = 0;
            double countersAll = 0;
            for (Direction direction : Direction.values()) {
                long flows = 0;
                long counters = 0;
                long bins = 0;
                for (CounterBins.Sum sum : sums) {
                    // Only what both saw whole is compared: a half-covered bin would look like loss.
                    if (sum.key().direction() == direction && sum.whole()) {
                        flows += sum.flowOctets();
                        counters += sum.counterOctets();
                        bins++;
                    }
                }
                flowsAll += flows;
                countersAll += counters;
                if (bins > 0) {
                    shown.add(Table.Row.of(
                            Cell.named(direction.key(), visit.say("direction." + direction.key())),
                            Cell.count(flows),
                            Cell.count(counters),
                            Cell.decimal((double) flows / counters),
                            Cell.count(bins)));
                }
            }
            List<Column> columns = List.of(
                    Column.chief("direction", visit.say("column.direction"), Kind.TEXT),
                    Column.chief("flowOctets", visit.say("column.flowoctets"), Kind.OCTETS),
                    Column.chief("counterOctets", visit.say("column.counteroctets"), Kind.OCTETS),
                    Column.of("flowsOverCounters", visit.say("column.ratio"), Kind.RATIO),
                    Column.of("bins", visit.say("column.bins"), Kind.COUNT));
            String sentence = countersAll == 0
                    ? visit.say("link.nocounters")
                    : visit.say(
                            "link.agree",
                            Scale.say(Kind.OCTETS, flowsAll),
                            Scale.say(Kind.OCTETS, countersAll),
                            Scale.say(Kind.SHARE, Math.abs(flowsAll / countersAll - 1)));
            return new Agreement(
                    Table.of("agreement", visit.say("link.agreement"), columns, shown, visit.say("link.nocounters")),
                    sentence);
        }
    }
}
