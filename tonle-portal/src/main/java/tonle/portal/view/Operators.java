// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.registry.book.Entry;
import tonle.registry.rights.Right;

/** All operators: who is licensed, who is connected, and how much passes now. */
final class Operators {
    private Operators() {}

    private record Found(List<Entry> operators, List<Entry> links, List<Entry> licences) {}

    static Page page(Visit visit) {
        visit.knows("day");
        BookReading reading = BookReading.of(visit);
        Found found = reading.ask(book -> new Found(
                List.copyOf(book.all(tonle.registry.book.Kind.OPERATOR)),
                List.copyOf(book.all(tonle.registry.book.Kind.LINK)),
                List.copyOf(book.all(tonle.registry.book.Kind.LICENCE))));
        Map<String, Double> in = new HashMap<>();
        Map<String, Double> out = new HashMap<>();
        if (!reading.isPast()) {
            for (Loads load : Loads.now(visit)) {
                in.merge(load.link().member(), zeroed(load.inBitsPerSecond()), Double::sum);
                out.merge(load.link().member(), zeroed(load.outBitsPerSecond()), Double::sum);
            }
        }
        List<Table.Row> rows = new ArrayList<>();
        for (Entry operator : found.operators()) {
            List<Entry> links = found.links().stream()
                    .filter(link -> link.text("operator").equals(operator.id()))
                    .toList();
            List<Entry> licences = found.licences().stream()
                    .filter(licence -> licence.text("operator").equals(operator.id()))
                    .toList();
            rows.add(Table.Row.of(
                    Cell.text(operator.id()).opens(reading.href(tonle.registry.book.Kind.OPERATOR, operator.id())),
                    Cell.text(reading.name(operator)),
                    Cell.named(
                            operator.text("asns").replace('\n', ' '),
                            operator.text("asns").isEmpty()
                                    ? ""
                                    : "AS" + operator.text("asns").replace("\n", ", AS")),
                    Cell.count(operator.list("prefixes").size()),
                    Cell.count(links.size()),
                    Cell.count(links.stream()
                            .mapToLong(link -> link.bitsPerSecond("capacity"))
                            .sum()),
                    Cell.whole(in.getOrDefault(operator.id(), Double.NaN)),
                    Cell.whole(out.getOrDefault(operator.id(), Double.NaN)),
                    licences(visit, licences)));
        }
        Table table =
                Table.of("operators", visit.say("page.operators"), columns(visit), rows, visit.say("operators.empty"));
        List<Cell.Way> actions = new ArrayList<>();
        if (visit.may(Right.MAY_PROPOSE_CHANGE)) {
            actions.add(new Cell.Way(
                    visit.say("propose.new", visit.say("object.operator")),
                    visit.link("/registry/propose", "kind", "operator")));
        }
        return Page.of(
                        "operators",
                        visit.say("page.operators"),
                        rows.isEmpty()
                                ? visit.say("operators.empty")
                                : visit.say("operators.sentence", rows.size(), reading.day()),
                        List.of(table),
                        body(reading, List.of(), actions))
                .drawnBy("book")
                .asCommand("tonle operator list" + (reading.isPast() ? " --day " + reading.day() : ""));
    }

    /** The usual words around tables of the registry. */
    static BookBody body(BookReading reading, List<String> notes, List<Cell.Way> actions) {
        String banner = reading.isPast() ? reading.visit().say("book.asondate", reading.day()) : "";
        return new BookBody(banner, notes, actions, reading.day().toString(), "");
    }

    private static double zeroed(double rate) {
        return Double.isNaN(rate) ? 0 : rate;
    }

    private static List<Column> columns(Visit visit) {
        return List.of(
                Column.chief("operator", visit.say("column.operator"), Kind.ID),
                Column.chief("name", visit.say("column.name"), Kind.TEXT),
                Column.of("asns", visit.say("field.asns"), Kind.TEXT),
                Column.of("prefixes", visit.say("field.prefixes"), Kind.COUNT),
                Column.of("links", visit.say("page.links"), Kind.COUNT),
                Column.of("capacityBitsPerSecond", visit.say("column.capacity"), Kind.BITS_PER_SECOND),
                Column.of("inBitsPerSecond", visit.say("column.innow"), Kind.BITS_PER_SECOND),
                Column.of("outBitsPerSecond", visit.say("column.outnow"), Kind.BITS_PER_SECOND),
                Column.of("licences", visit.say("book.licences"), Kind.TEXT));
    }

    /** {@code isp: in force}, or that there is none; a licence that is not in force is marked, and changes nothing. */
    private static Cell licences(Visit visit, List<Entry> licences) {
        if (licences.isEmpty()) {
            return Cell.named("none", visit.say("operators.nolicence")).toned(Tone.CAUTION);
        }
        List<String> values = new ArrayList<>();
        List<String> words = new ArrayList<>();
        boolean isWhole = true;
        for (Entry licence : licences) {
            String standing = licence.text("standing");
            values.add(licence.text("type") + " " + standing);
            words.add(licence.text("type") + ": " + visit.say("choice." + standing));
            isWhole &= standing.equals("in-force") || standing.equals("migrated");
        }
        return Cell.named(String.join(", ", values), String.join(", ", words))
                .toned(isWhole ? Tone.PLAIN : Tone.CAUTION);
    }
}
