// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.registry.book.Entry;
import tonle.registry.book.Kind;
import tonle.registry.book.Timeline;
import tonle.registry.rights.Right;

/** Where links end: all sites, and one with its halls, devices and links. */
final class Sites {
    private Sites() {}

    static Page page(Visit visit) {
        visit.knows("day");
        BookReading reading = BookReading.of(visit);
        List<Table.Row> rows = reading.ask(book -> {
            List<Table.Row> found = new ArrayList<>();
            for (Entry site : book.all(Kind.SITE)) {
                long links = book.all(Kind.LINK).stream()
                        .filter(link -> touches(link, site.id()))
                        .count();
                found.add(Table.Row.of(
                        Cell.text(site.id()).opens(reading.href(Kind.SITE, site.id())),
                        Cell.text(reading.name(site)),
                        site.text("exchange").isEmpty()
                                ? Cell.EMPTY
                                : Cell.named(
                                        site.text("exchange"),
                                        book.find(Kind.EXCHANGE, site.text("exchange"))
                                                .map(reading::name)
                                                .orElse(site.text("exchange"))),
                        Cell.count(BookReading.of(book, Kind.FACILITY, "site", site.id())
                                .size()),
                        Cell.count(BookReading.of(book, Kind.DEVICE, "site", site.id())
                                .size()),
                        Cell.count(links)));
            }
            return found;
        });
        Table table = Table.of(
                "sites",
                visit.say("page.sites"),
                List.of(
                        Column.chief("site", visit.say("field.site"), tonle.portal.table.Kind.ID),
                        Column.chief("name", visit.say("column.name"), tonle.portal.table.Kind.TEXT),
                        Column.of("exchange", visit.say("field.exchange"), tonle.portal.table.Kind.TEXT),
                        Column.of("facilities", visit.say("book.facilities"), tonle.portal.table.Kind.COUNT),
                        Column.of("devices", visit.say("book.devices"), tonle.portal.table.Kind.COUNT),
                        Column.of("links", visit.say("page.links"), tonle.portal.table.Kind.COUNT)),
                rows,
                visit.say("sites.empty"));
        return Page.of(
                        "registry",
                        visit.say("page.sites"),
                        rows.isEmpty()
                                ? visit.say("sites.empty")
                                : visit.say("sites.sentence", rows.size(), reading.day()),
                        List.of(table),
                        Operators.body(reading, List.of(), proposals(visit, "", Kind.SITE)))
                .drawnBy("book")
                .under(visit.say("page.registry"), visit.link("/registry"))
                .asCommand("tonle site list" + (reading.isPast() ? " --day " + reading.day() : ""));
    }

    private static boolean touches(Entry link, String site) {
        return link.text("site").equals(site) || link.text("far-site").equals(site);
    }

    /** What the visitor may propose from here: a change of the object, and new ones of some kinds. */
    static List<Cell.Way> proposals(Visit visit, String id, Kind... kinds) {
        List<Cell.Way> ways = new ArrayList<>();
        boolean mayPropose = visit.may(Right.MAY_PROPOSE_CHANGE);
        if (mayPropose) {
            if (!id.isEmpty()) {
                ways.add(new Cell.Way(
                        visit.say("propose.change"), visit.link("/registry/propose", "kind", "site", "id", id)));
            }
            for (Kind kind : kinds) {
                String[] parameters = id.isEmpty()
                        ? new String[] {"kind", kind.word()}
                        : new String[] {"kind", kind.word(), "site", id};
                ways.add(new Cell.Way(
                        visit.say("propose.new", visit.say("object." + kind.word())),
                        visit.link("/registry/propose", parameters)));
            }
        }
        return ways;
    }

    private record Found(
            Entry site, List<Entry> facilities, List<Entry> devices, List<Entry> links, Timeline timeline) {}

    static Page site(Visit visit, String id) {
        visit.knows("day", "done");
        BookReading reading = BookReading.of(visit);
        Found found = reading.ask(book -> book.find(Kind.SITE, id)
                        .map(site -> new Found(
                                site,
                                BookReading.of(book, Kind.FACILITY, "site", id),
                                BookReading.of(book, Kind.DEVICE, "site", id),
                                book.all(Kind.LINK).stream()
                                        .filter(link -> touches(link, id))
                                        .toList(),
                                book.timeline(Kind.SITE, id))))
                .orElseThrow(() -> reading.unknown(Kind.SITE, id, "page.sites", "/sites"));
        Map<String, Loads> loads = new HashMap<>();
        if (!reading.isPast()) {
            Loads.now(visit).forEach(load -> loads.put(load.link().id(), load));
        }
        List<Table.Row> links = found.links().stream()
                .map(link -> OperatorPage.linkRow(reading, link, Optional.ofNullable(loads.get(link.id()))))
                .toList();
        List<Table> tables = List.of(
                Table.of(
                        "links",
                        visit.say("page.links"),
                        OperatorPage.linkColumns(visit),
                        links,
                        visit.say("operator.nolinks")),
                devices(reading, found.devices()),
                facilities(reading, found.facilities()),
                Versions.table(reading, found.timeline()));
        return Page.of(
                        "registry",
                        reading.name(found.site()),
                        visit.say(
                                "site.sentence",
                                reading.name(found.site()),
                                links.size(),
                                found.devices().size(),
                                found.facilities().size()),
                        tables,
                        Operators.body(reading, List.of(), proposals(visit, id, Kind.FACILITY, Kind.DEVICE, Kind.LINK)))
                .drawnBy("book")
                .under(visit.say("page.sites"), visit.link("/sites"))
                .asCommand("tonle site show " + id + (reading.isPast() ? " --day " + reading.day() : ""));
    }

    private static Table devices(BookReading reading, List<Entry> devices) {
        Visit visit = reading.visit();
        List<Table.Row> rows = devices.stream()
                .map(device -> Table.Row.of(
                        Cell.text(device.id())
                                .opens(device.flag("exports-flows") ? reading.href(Kind.DEVICE, device.id()) : ""),
                        Cell.named(device.text("role"), visit.say("choice." + device.text("role"))),
                        Cell.flag(device.flag("exports-flows")),
                        OperatorPage.text(device.text("facility")),
                        OperatorPage.text(device.text("name"))))
                .toList();
        return Table.of(
                "devices",
                visit.say("book.devices"),
                List.of(
                        Column.chief("device", visit.say("object.device"), tonle.portal.table.Kind.ID),
                        Column.of("role", visit.say("field.role"), tonle.portal.table.Kind.TEXT),
                        Column.of("exportsFlows", visit.say("field.exports-flows"), tonle.portal.table.Kind.FLAG),
                        Column.of("facility", visit.say("field.facility"), tonle.portal.table.Kind.ID),
                        Column.of("name", visit.say("column.name"), tonle.portal.table.Kind.TEXT)),
                rows,
                visit.say("site.nodevices"));
    }

    private static Table facilities(BookReading reading, List<Entry> facilities) {
        Visit visit = reading.visit();
        List<Table.Row> rows = facilities.stream()
                .map(facility -> Table.Row.of(
                        Cell.text(facility.id()),
                        Cell.text(reading.name(facility)),
                        OperatorPage.text(facility.text("owner")).toned(Tone.PLAIN),
                        OperatorPage.text(facility.text("street"))))
                .toList();
        return Table.of(
                "facilities",
                visit.say("book.facilities"),
                List.of(
                        Column.chief("facility", visit.say("object.facility"), tonle.portal.table.Kind.ID),
                        Column.chief("name", visit.say("column.name"), tonle.portal.table.Kind.TEXT),
                        Column.of("owner", visit.say("field.owner"), tonle.portal.table.Kind.TEXT),
                        Column.of("street", visit.say("field.street"), tonle.portal.table.Kind.TEXT)),
                rows,
                visit.say("site.nofacilities"));
    }
}
