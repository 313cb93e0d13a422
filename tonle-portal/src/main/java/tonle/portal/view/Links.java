// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Scale;
import tonle.portal.table.Table;
import tonle.traffic.Direction;
import tonle.traffic.store.LinkMonth;
import tonle.traffic.topology.Link;

/** All links: how full is each, now and by the month's 95th percentile? */
final class Links {
    private Links() {}

    static Page page(Visit visit) {
        visit.knows("month");
        YearMonth month = LinkMonthView.monthOf(visit);
        long from = month.atDay(1).atStartOfDay(visit.zone()).toEpochSecond();
        long to = Math.min(
                month.plusMonths(1).atDay(1).atStartOfDay(visit.zone()).toEpochSecond(), visit.wholeUntilSeconds());
        Map<String, LinkMonth> months = new HashMap<>();
        if (to > from) {
            visit.asked(() -> visit.store().months(from, to))
                    .forEach(m -> months.put(m.link() + " " + m.direction().key(), m));
        }
        List<Loads> loads = Loads.now(visit);
        List<Table.Row> rows = new ArrayList<>();
        for (Loads load : loads) {
            rows.add(row(visit, load, months, month));
        }
        Table table =
                Table.of("links", visit.say("links.caption", month), columns(visit), rows, visit.say("links.empty"));
        long high = loads.stream().filter(l -> l.worst() >= Loads.RAISED).count();
        String sentence = loads.isEmpty()
                ? visit.say("links.empty")
                : visit.say("links.sentence", loads.size(), high, Scale.say(Kind.SHARE, Loads.RAISED));
        return Page.of("links", visit.say("page.links"), sentence, List.of(table), "")
                .restingOn(visit.newestWhole(visit.store().health().newestBinSeconds()))
                .asCommand("tonle link list --month " + month)
                .between(visit.again("month", month.minusMonths(1).toString()), nextMonth(visit, month));
    }

    static String nextMonth(Visit visit, YearMonth month) {
        YearMonth current =
                YearMonth.from(Instant.ofEpochSecond(visit.nowSeconds()).atZone(visit.zone()));
        return month.isBefore(current)
                ? visit.again("month", month.plusMonths(1).toString())
                : "";
    }

    private static List<Column> columns(Visit visit) {
        return List.of(
                Column.chief("link", visit.say("column.link"), Kind.ID),
                Column.of("kind", visit.say("column.kind"), Kind.TEXT),
                Column.of("between", visit.say("column.between"), Kind.TEXT),
                Column.of("capacityBitsPerSecond", visit.say("column.capacity"), Kind.BITS_PER_SECOND),
                Column.chief("inBitsPerSecond", visit.say("column.innow"), Kind.BITS_PER_SECOND),
                Column.of("inLoad", visit.say("column.inload"), Kind.SHARE),
                Column.chief("outBitsPerSecond", visit.say("column.outnow"), Kind.BITS_PER_SECOND),
                Column.of("outLoad", visit.say("column.outload"), Kind.SHARE),
                Column.of("inPercentile95BitsPerSecond", visit.say("column.in95"), Kind.BITS_PER_SECOND),
                Column.of("outPercentile95BitsPerSecond", visit.say("column.out95"), Kind.BITS_PER_SECOND),
                Column.of("source", visit.say("column.source"), Kind.TEXT),
                Column.of("state", visit.say("column.state"), Kind.TEXT));
    }

    private static Table.Row row(Visit visit, Loads load, Map<String, LinkMonth> months, YearMonth month) {
        Link link = load.link();
        LinkMonth in = months.get(link.id() + " " + Direction.IN.key());
        LinkMonth out = months.get(link.id() + " " + Direction.OUT.key());
        String href = visit.link("/links/" + link.id(), "month", month.toString());
        return Table.Row.of(
                Cell.text(link.id()).opens(href),
                Cell.named(link.kind().key(), visit.say("kind." + link.kind().key())),
                Cell.text(visit.ends(link)),
                Cell.count(link.capacityBitsPerSecond()),
                Cell.whole(load.inBitsPerSecond()),
                Cell.decimal(load.inLoad()).toned(Loads.tone(load.inLoad())),
                Cell.whole(load.outBitsPerSecond()),
                Cell.decimal(load.outLoad()).toned(Loads.tone(load.outLoad())),
                Cell.whole(in == null ? Double.NaN : in.percentileBitsPerSecond())
                        .opens(href),
                Cell.whole(out == null ? Double.NaN : out.percentileBitsPerSecond())
                        .opens(href),
                source(visit, in, out),
                load.state(visit));
    }

    static Cell source(Visit visit, LinkMonth in, LinkMonth out) {
        boolean any = in != null && in.sampleCount() > 0 || out != null && out.sampleCount() > 0;
        if (!any) {
            return Cell.EMPTY;
        }
        boolean counters = (in == null || in.sampleCount() == 0 || in.fromCounters())
                && (out == null || out.sampleCount() == 0 || out.fromCounters());
        String key = counters ? "counters" : "flows";
        return Cell.named(key, visit.say("source." + key));
    }
}
