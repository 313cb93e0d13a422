// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tonle.portal.chart.MapChart;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Scale;
import tonle.portal.table.Table;
import tonle.traffic.Bins;
import tonle.traffic.exporter.ExporterHealth;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Filter;
import tonle.traffic.store.Measure;
import tonle.traffic.store.TrafficAnswer;
import tonle.traffic.store.TrafficQuery;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.Site;

/** The overview: is anything wrong now, and where? */
public final class Overview {
    private static final int ITEMS_MAX = 7;
    private static final int LINKS_SHOWN = 12;
    /** Lines that an eye can still part on the map; the others stand in the list of links. */
    private static final int CIRCUITS_SHOWN = 40;

    /** Those without data last. */
    private static final Comparator<Loads> FULLEST = Comparator.comparingDouble(
                    (Loads load) -> load.known() ? -load.worst() : 1)
            .thenComparing(load -> load.link().id());

    private static final int WEEK_SECONDS = 7 * 86_400;
    private static final long TERABIT = 1_000_000_000_000L;

    private Overview() {}

    /** What the template draws beside the tables. */
    public record Body(
            boolean empty,
            String mapSvg,
            int circuitsMore,
            List<Attention.Item> attention,
            int attentionMore,
            List<Tile> tiles) {
        public int circuitsShown() {
            return CIRCUITS_SHOWN;
        }
    }

    /** A figure that stands by itself. */
    public record Tile(String label, String figure, String note, String href) {}

    static Page page(Visit visit) {
        visit.knows();
        List<Loads> loads = Loads.now(visit);
        List<ExporterHealth> exporters = visit.services().meter().exporters();
        List<Attention.Item> attention = Attention.of(visit, loads);
        long newest = visit.newestWhole(visit.store().health().newestBinSeconds());
        List<Loads> circuits = circuits(loads);
        Body body = new Body(
                visit.topology().links().isEmpty() && exporters.isEmpty(),
                map(visit, loads, circuits),
                Math.max(0, circuits.size() - CIRCUITS_SHOWN),
                attention.subList(0, Math.min(ITEMS_MAX, attention.size())),
                Math.max(0, attention.size() - ITEMS_MAX),
                newest == 0 ? List.of() : tiles(visit, newest));
        return Page.of(
                        "overview",
                        visit.say("page.overview"),
                        sentence(visit, loads, exporters, attention),
                        List.of(links(visit, loads)),
                        body)
                .restingOn(newest)
                .asCommand("tonle link list")
                .renewedEvery(15);
    }

    private static String sentence(
            Visit visit, List<Loads> loads, List<ExporterHealth> exporters, List<Attention.Item> attention) {
        long taken = visit.topology().exporters().size();
        long heard = exporters.stream()
                .filter(e -> !e.id().isEmpty())
                .filter(e -> visit.nowSeconds() - e.lastHeardMillis() / 1000 <= Attention.SILENT_SECONDS)
                .map(ExporterHealth::id)
                .distinct()
                .count();
        if (taken == 0 && exporters.isEmpty()) {
            return visit.say("overview.first");
        }
        long high = loads.stream().filter(l -> l.worst() >= Loads.HIGH).count();
        List<String> parts = new ArrayList<>();
        parts.add(visit.say("overview.heard", heard, taken));
        if (high > 0) {
            parts.add(visit.say("overview.high", high));
        }
        long rest = attention.size() - high;
        parts.add(
                rest == 0
                        ? visit.say(high > 0 ? "overview.nothingelse" : "overview.nothing")
                        : visit.say("overview.attention", rest));
        return String.join(" ", parts);
    }

    static Table links(Visit visit, List<Loads> loads) {
        List<Table.Row> rows = new ArrayList<>();
        List<Loads> sorted = new ArrayList<>(loads);
        sorted.sort(FULLEST);
        // The usual page shows few of what may be thousands: the others are counted and not drawn up.
        boolean isUsual = visit.ask().format() == Ask.Format.HTML
                && visit.ask().get("sort").isEmpty()
                && visit.ask().get("limit").isEmpty();
        List<Loads> drawn = isUsual ? sorted.subList(0, Math.min(LINKS_SHOWN, sorted.size())) : sorted;
        Map<String, List<Long>> day = Loads.day(
                visit, "in", drawn.stream().map(load -> load.link().id()).collect(Collectors.toSet()));
        for (Loads load : drawn) {
            Link link = load.link();
            rows.add(Table.Row.of(
                    Cell.text(link.id()).opens(visit.linkPage(link.id())),
                    Cell.text(visit.ends(link)),
                    Cell.count(link.capacityBitsPerSecond()),
                    Cell.whole(load.inBitsPerSecond()),
                    Cell.decimal(load.inLoad()).toned(Loads.tone(load.inLoad())),
                    Cell.whole(load.outBitsPerSecond()),
                    Cell.decimal(load.outLoad()).toned(Loads.tone(load.outLoad())),
                    Cell.spark(day.getOrDefault(link.id(), List.of())),
                    load.state(visit)));
        }
        List<Column> columns = List.of(
                Column.chief("link", visit.say("column.link"), Kind.ID),
                Column.of("between", visit.say("column.between"), Kind.TEXT),
                Column.of("capacityBitsPerSecond", visit.say("column.capacity"), Kind.BITS_PER_SECOND),
                Column.chief("inBitsPerSecond", visit.say("column.in"), Kind.BITS_PER_SECOND),
                Column.of("inLoad", visit.say("column.inload"), Kind.SHARE),
                Column.chief("outBitsPerSecond", visit.say("column.out"), Kind.BITS_PER_SECOND),
                Column.of("outLoad", visit.say("column.outload"), Kind.SHARE),
                Column.of("inDayBitsPerSecond", visit.say("column.day"), Kind.SPARK),
                Column.of("state", visit.say("column.state"), Kind.TEXT));
        return visit.cut(
                Table.of("links", visit.say("overview.links"), columns, rows, visit.say("links.empty"))
                        .withCount(loads.size()),
                LINKS_SHOWN,
                10_000);
    }

    /** What the map could draw, the fullest first. */
    private static List<Loads> circuits(List<Loads> loads) {
        return loads.stream()
                .filter(load ->
                        load.link().kind() == LinkKind.BACKBONE || load.link().kind() == LinkKind.INTERNATIONAL)
                .sorted(FULLEST)
                .toList();
    }

    private static String map(Visit visit, List<Loads> loads, List<Loads> drawn) {
        List<MapChart.Circuit> circuits = new ArrayList<>();
        for (Loads load : drawn.subList(0, Math.min(CIRCUITS_SHOWN, drawn.size()))) {
            Link link = load.link();
            circuits.add(new MapChart.Circuit(
                    link.id(),
                    visit.linkPage(link.id()),
                    link.site(),
                    link.farSite(),
                    link.farSite().isEmpty() ? link.counterpart() : "",
                    load.outLoad(),
                    load.inLoad(),
                    figures(visit, load),
                    width(link.capacityBitsPerSecond())));
        }
        List<MapChart.Place> places = new ArrayList<>();
        for (Site site : visit.topology().sites()) {
            long ports = loads.stream()
                    .filter(l -> l.link().site().equals(site.id()) && l.link().kind() == LinkKind.EXCHANGE_PORT)
                    .count();
            places.add(new MapChart.Place(
                    site.id(),
                    site.mapX(),
                    site.mapY(),
                    ports == 0 ? visit.siteName(site.id()) : visit.say("map.ports", ports)));
        }
        return places.isEmpty()
                ? ""
                : new MapChart(places, circuits, visit.say("map.border"), visit.say("map.alternative")).svg();
    }

    private static String figures(Visit visit, Loads load) {
        return load.known()
                ? visit.say("map.figures", percent(load.inLoad()), percent(load.outLoad()))
                : visit.say("map.nodata");
    }

    private static String percent(double load) {
        return Double.isNaN(load) ? "–" : Math.round(load * 100) + "\u00a0%";
    }

    private static int width(long capacity) {
        return capacity >= TERABIT / 5 ? 9 : capacity >= TERABIT / 10 ? 7 : capacity >= TERABIT / 50 ? 5 : 4;
    }

    /**
     * In and out across the border, what flows at the exchange, and the part of IPv6: of the newest closed bin, from
     * flows.
     */
    private static List<Tile> tiles(Visit visit, long newestBin) {
        TrafficAnswer now = kinds(visit, newestBin);
        TrafficAnswer before = kinds(visit, newestBin - WEEK_SECONDS);
        String international = LinkKind.INTERNATIONAL.key();
        List<Tile> tiles = new ArrayList<>();
        tiles.add(tile(visit, "overview.in", now, before, LinkKind.INTERNATIONAL, "in"));
        tiles.add(tile(visit, "overview.out", now, before, LinkKind.INTERNATIONAL, "out"));
        tiles.add(tile(visit, "overview.exchange", now, before, LinkKind.EXCHANGE_PORT, "in"));
        TrafficAnswer versions = visit.asked(() -> visit.store()
                .answer(new TrafficQuery(
                        List.of(Dimension.IP_VERSION),
                        List.of(new Filter(Dimension.LINK_KIND, false, List.of(international))),
                        Measure.OCTETS,
                        newestBin + Bins.SECONDS - Bins.HOUR_SECONDS,
                        newestBin + Bins.SECONDS,
                        0,
                        5,
                        "octets")));
        double ipv6 = versions.rows().stream()
                .filter(r -> r.keys().contains("6"))
                .mapToLong(TrafficAnswer.Row::octets)
                .sum();
        tiles.add(new Tile(
                visit.say("overview.ipv6"),
                versions.total().octets() == 0
                        ? "–"
                        : Scale.say(Kind.SHARE, ipv6 / versions.total().octets()),
                visit.say("overview.hour"),
                visit.link("/traffic", "by", "ip-version", "count", Counting.BORDER.key(), "from", "now-1h")));
        return tiles;
    }

    private static TrafficAnswer kinds(Visit visit, long bin) {
        return visit.asked(() -> visit.store()
                .answer(new TrafficQuery(
                        List.of(Dimension.LINK_KIND, Dimension.DIRECTION),
                        List.of(),
                        Measure.BITS_PER_SECOND,
                        bin,
                        bin + Bins.SECONDS,
                        Bins.SECONDS,
                        20,
                        "mean")));
    }

    private static Tile tile(
            Visit visit, String key, TrafficAnswer now, TrafficAnswer before, LinkKind kind, String direction) {
        double rate = mean(now, kind, direction);
        double earlier = mean(before, kind, direction);
        double change = rate / earlier - 1;
        String note = Double.isFinite(change)
                ? visit.say(change >= 0 ? "overview.more" : "overview.less", Scale.say(Kind.SHARE, Math.abs(change)))
                : visit.say("overview.noweek");
        return new Tile(
                visit.say(key),
                Scale.say(Kind.BITS_PER_SECOND, rate),
                note,
                visit.link("/traffic", "by", "link", "where", "link-kind = " + kind.key(), "direction", direction));
    }

    private static double mean(TrafficAnswer answer, LinkKind kind, String direction) {
        return answer.rows().stream()
                .filter(r -> r.keys().equals(List.of(kind.key(), direction)))
                .mapToDouble(TrafficAnswer.Row::mean)
                .findFirst()
                .orElse(Double.NaN);
    }
}
