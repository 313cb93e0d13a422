// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tonle.base.EnumWord;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.portal.words.Language;
import tonle.registry.book.Entry;
import tonle.registry.book.Kind;
import tonle.registry.change.ChangeLine;
import tonle.registry.licence.Regime;

/** The registry as a whole: how much of everything, the exchanges, the regimes of licences, and what waits. */
final class RegistryPage {
    private static final int WAITING_SHOWN = 20;

    private RegistryPage() {}

    private record Found(Map<Kind, Integer> counts, List<Entry> exchanges) {}

    static Page page(Visit visit) {
        visit.knows("day");
        BookReading reading = BookReading.of(visit);
        List<ChangeLine> waiting =
                reading.guarded(() -> reading.registry().changes().list(reading.scope(), true, "", WAITING_SHOWN + 1));
        Found found = reading.ask(book -> {
            Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                counts.put(kind, book.all(kind).size());
            }
            return new Found(counts, List.copyOf(book.all(Kind.EXCHANGE)));
        });
        List<Table> tables = List.of(
                kinds(reading, found.counts()),
                exchanges(reading, found.exchanges()),
                regimes(reading),
                ChangesPage.table(reading, "waiting", waiting));
        List<Cell.Way> actions = new ArrayList<>();
        actions.add(new Cell.Way(visit.say("page.changes"), visit.link("/registry/changes")));
        actions.add(new Cell.Way(visit.say("page.sites"), visit.link("/sites")));
        actions.add(new Cell.Way(visit.say("page.operators"), visit.link("/operators")));
        actions.add(new Cell.Way(visit.say("page.ladder"), visit.link("/registry/ladder")));
        actions.add(new Cell.Way(visit.say("page.bring-ups"), visit.link("/registry/bring-ups")));
        actions.add(new Cell.Way(visit.say("page.import"), visit.link("/registry/import")));
        actions.addAll(Sites.proposals(visit, "", Kind.EXCHANGE));
        return Page.of(
                        "registry",
                        visit.say("page.registry"),
                        visit.visitor().actor().isPresent()
                                ? visit.say("registry.sentence", waiting.size(), reading.day())
                                : visit.say("registry.sentence.open", reading.day()),
                        tables,
                        Operators.body(reading, reading.changesNote(), actions))
                .drawnBy("book")
                .asCommand("tonle registry show" + (reading.isPast() ? " --day " + reading.day() : ""));
    }

    private static Table kinds(BookReading reading, Map<Kind, Integer> counts) {
        Visit visit = reading.visit();
        List<Table.Row> rows = new ArrayList<>();
        counts.forEach((kind, count) -> {
            String path = switch (kind) {
                case OPERATOR, LICENCE -> "/operators";
                case SITE, FACILITY -> "/sites";
                case LINK -> "/links";
                case DEVICE, INTERFACE -> "/exporters";
                case EXCHANGE -> "";
            };
            rows.add(Table.Row.of(
                    path.isEmpty()
                            ? Cell.named(kind.word(), reading.label(kind))
                            : Cell.named(kind.word(), reading.label(kind)).opens(visit.link(path)),
                    Cell.count(count)));
        });
        return Table.of(
                "kinds",
                visit.say("registry.kinds"),
                List.of(
                        Column.chief("kind", visit.say("column.kind"), tonle.portal.table.Kind.TEXT),
                        Column.chief("count", visit.say("column.count"), tonle.portal.table.Kind.COUNT)),
                rows,
                "");
    }

    private static Table exchanges(BookReading reading, List<Entry> exchanges) {
        Visit visit = reading.visit();
        List<Table.Row> rows = exchanges.stream()
                .map(exchange -> Table.Row.of(
                        Cell.text(exchange.id()),
                        Cell.text(reading.name(exchange)),
                        Cell.named(exchange.text("standing"), visit.say("choice." + exchange.text("standing"))),
                        OperatorPage.text(exchange.text("export-address"))))
                .toList();
        return Table.of(
                "exchanges",
                visit.say("registry.exchanges"),
                List.of(
                        Column.chief("exchange", visit.say("object.exchange"), tonle.portal.table.Kind.ID),
                        Column.chief("name", visit.say("column.name"), tonle.portal.table.Kind.TEXT),
                        Column.of("standing", visit.say("field.standing"), tonle.portal.table.Kind.TEXT),
                        Column.of("exportAddress", visit.say("field.export-address"), tonle.portal.table.Kind.TEXT)),
                rows,
                visit.say("registry.noexchanges"));
    }

    /** The packs that are shipped, with what their authors could not find out: a draft says that it is one. */
    private static Table regimes(BookReading reading) {
        Visit visit = reading.visit();
        List<Table.Row> rows = new ArrayList<>();
        for (Regime regime : reading.registry().regimes().all()) {
            boolean isDraft = regime.state() == Regime.State.DRAFT;
            String state = EnumWord.of(regime.state());
            rows.add(Table.Row.of(
                    Cell.text(regime.id()),
                    Cell.text(visit.language() == Language.KM ? regime.nameKhmer() : regime.name()),
                    Cell.named(state, visit.say("regime." + state)).toned(isDraft ? Tone.CAUTION : Tone.PLAIN),
                    Cell.text(regime.from().toString()),
                    Cell.count(regime.types().size()),
                    Cell.text(String.join("; ", regime.unknown()))));
        }
        return Table.of(
                "regimes",
                visit.say("registry.regimes"),
                List.of(
                        Column.chief("regime", visit.say("field.regime"), tonle.portal.table.Kind.ID),
                        Column.chief("name", visit.say("column.name"), tonle.portal.table.Kind.TEXT),
                        Column.of("state", visit.say("column.state"), tonle.portal.table.Kind.TEXT),
                        Column.of("from", visit.say("column.validfrom"), tonle.portal.table.Kind.ID),
                        Column.of("types", visit.say("registry.types"), tonle.portal.table.Kind.COUNT),
                        Column.of("unknown", visit.say("registry.unknown"), tonle.portal.table.Kind.TEXT)),
                rows,
                "");
    }
}
