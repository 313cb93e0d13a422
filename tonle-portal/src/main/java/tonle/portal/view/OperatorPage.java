// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.base.EnumWord;
import tonle.database.Scope;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.portal.words.Language;
import tonle.registry.audit.AuditEvent;
import tonle.registry.book.Entry;
import tonle.registry.book.Field;
import tonle.registry.book.Snapshot;
import tonle.registry.book.Timeline;
import tonle.registry.licence.Regime;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;

/**
 * One operator: its facts, links, licences with their conditions and duties, and every version of its entry. Staff may
 * see the page as the operator's own people do, and that is recorded.
 */
final class OperatorPage {
    private static final tonle.registry.book.Kind OPERATOR = tonle.registry.book.Kind.OPERATOR;

    private final Visit visit;
    private final BookReading reading;
    private final Entry operator;
    private final Found found;

    private record Found(Entry operator, List<Entry> links, List<Entry> licences, Timeline timeline) {
        static Found of(Snapshot book, Entry operator) {
            return new Found(
                    operator,
                    BookReading.of(book, tonle.registry.book.Kind.LINK, "operator", operator.id()),
                    BookReading.of(book, tonle.registry.book.Kind.LICENCE, "operator", operator.id()),
                    book.timeline(OPERATOR, operator.id()));
        }
    }

    private OperatorPage(BookReading reading, Found found) {
        this.visit = reading.visit();
        this.reading = reading;
        this.operator = found.operator();
        this.found = found;
    }

    static Page page(Visit visit, String name) {
        visit.knows("day", "as", "done");
        BookReading reading = BookReading.of(visit);
        visit.ask().get("as").ifPresent(as -> visit.oneOf("as", as, List.of("operator")));
        boolean asOperator = visit.ask().get("as").isPresent();
        Found own = reading.ask(book -> find(book, name).map(operator -> Found.of(book, operator)))
                .orElseThrow(() -> reading.unknown(OPERATOR, name, "page.operators", "/operators"));
        return new OperatorPage(reading, asOperator ? seenAs(reading, own.operator()) : own).drawn(asOperator);
    }

    /** By id, or by an AS number that it holds: {@code AS64496}. */
    private static Optional<Entry> find(Snapshot book, String name) {
        Optional<Entry> byId = book.find(OPERATOR, name);
        if (byId.isPresent() || !name.matches("[Aa][Ss][0-9]{1,10}")) {
            return byId;
        }
        String asn = name.substring(2);
        return book.all(OPERATOR).stream()
                .filter(each -> each.list("asns").contains(asn))
                .findFirst();
    }

    /** Looking with another's eyes is an act. */
    private static Found seenAs(BookReading reading, Entry operator) {
        Visit visit = reading.visit();
        Actor actor = visit.actor();
        if (!actor.may(Right.MAY_READ_REGISTRY)) {
            throw new TroubleException(visit.notAllowed(new tonle.registry.rights.Permission.Missing(
                    Right.MAY_READ_REGISTRY, tonle.registry.rights.Role.holding(Right.MAY_READ_REGISTRY))));
        }
        reading.guarded(() -> reading.registry().work().in(actor.scope(), unit -> {
            reading.registry()
                    .trail()
                    .record(unit, actor, AuditEvent.read("operator", operator.id(), "viewed as operator"));
            return true;
        }));
        Scope scope = Scope.operator(operator.id(), actor.pseudonym());
        return reading.ask(
                scope, book -> Found.of(book, book.find(OPERATOR, operator.id()).orElse(operator)));
    }

    private Page drawn(boolean asOperator) {
        List<Table> tables = new ArrayList<>();
        tables.add(facts());
        tables.add(links());
        tables.add(licences());
        tables.add(duties());
        tables.add(Versions.table(reading, found.timeline()));
        List<String> notes = new ArrayList<>();
        if (!reading.seesOwnOf(operator.id())) {
            notes.add(visit.say("operator.ownhidden"));
        }
        String banner = asOperator ? visit.say("operator.seenas", reading.name(operator)) : "";
        BookBody usual = Operators.body(reading, notes, actions(asOperator));
        BookBody body =
                new BookBody((banner + " " + usual.banner()).strip(), usual.notes(), usual.actions(), usual.day(), "");
        return Page.of("operators", reading.name(operator), sentence(), tables, body)
                .drawnBy("book")
                .under(visit.say("page.operators"), visit.link("/operators"))
                .asCommand(
                        "tonle operator show " + operator.id() + (reading.isPast() ? " --day " + reading.day() : ""));
    }

    private String sentence() {
        long ports = found.links().size();
        long capacity = found.links().stream()
                .mapToLong(link -> link.bitsPerSecond("capacity"))
                .sum();
        String asns = operator.text("asns").isEmpty()
                ? "–"
                : "AS" + operator.text("asns").replace("\n", ", AS");
        return visit.say(
                "operator.sentence",
                reading.name(operator),
                asns,
                ports,
                tonle.portal.table.Scale.say(Kind.BITS_PER_SECOND, capacity),
                operator.list("prefixes").size());
    }

    private List<Cell.Way> actions(boolean asOperator) {
        List<Cell.Way> actions = new ArrayList<>();
        visit.visitor().actor().ifPresent(actor -> {
            boolean isOwn = actor.operator().map(operator.id()::equals).orElse(false);
            boolean mayPropose =
                    actor.may(Right.MAY_PROPOSE_CHANGE) || isOwn && actor.may(Right.MAY_PROPOSE_OWN_CHANGE);
            if (mayPropose) {
                actions.add(new Cell.Way(
                        visit.say("propose.change"),
                        visit.link("/registry/propose", "kind", OPERATOR.word(), "id", operator.id())));
            }
            if (actor.may(Right.MAY_PROPOSE_CHANGE)) {
                actions.add(new Cell.Way(
                        visit.say("propose.new", visit.say("object.link")),
                        visit.link("/registry/propose", "kind", "link", "operator", operator.id())));
            }
            if (actor.may(Right.MAY_PROPOSE_LICENCE)) {
                actions.add(new Cell.Way(
                        visit.say("propose.new", visit.say("object.licence")),
                        visit.link("/registry/propose", "kind", "licence", "operator", operator.id())));
            }
            if (actor.may(Right.MAY_READ_REGISTRY) && actor.operator().isEmpty()) {
                actions.add(
                        asOperator
                                ? new Cell.Way(visit.say("operator.asmyself"), visit.again("as", ""))
                                : new Cell.Way(visit.say("operator.asoperator"), visit.again("as", "operator")));
            }
        });
        actions.add(new Cell.Way(
                visit.say("operator.traffic"),
                visit.link("/traffic", "by", "link", "where", "member = " + operator.id())));
        return actions;
    }

    private Table facts() {
        List<Table.Row> rows = new ArrayList<>();
        for (Field field : OPERATOR.fields()) {
            if (!operator.text(field.name()).isEmpty()) {
                rows.add(Table.Row.of(
                        Cell.named(field.name(), reading.label(field)),
                        reading.value(field, operator.text(field.name())),
                        field.isPrivate()
                                ? Cell.named("own", visit.say("book.own")).toned(Tone.QUIET)
                                : Cell.named("all", visit.say("book.all"))));
            }
        }
        return Table.of(
                "facts",
                visit.say("book.facts"),
                List.of(
                        Column.chief("field", visit.say("column.field"), Kind.TEXT),
                        Column.chief("value", visit.say("column.value"), Kind.TEXT),
                        Column.of("seenBy", visit.say("column.seenby"), Kind.TEXT)),
                rows,
                "");
    }

    private Table links() {
        Map<String, Loads> loads = new HashMap<>();
        if (!reading.isPast()) {
            Loads.now(visit).forEach(load -> loads.put(load.link().id(), load));
        }
        List<Table.Row> rows = found.links().stream()
                .map(link -> linkRow(reading, link, Optional.ofNullable(loads.get(link.id()))))
                .toList();
        return Table.of("links", visit.say("page.links"), linkColumns(visit), rows, visit.say("operator.nolinks"));
    }

    static List<Column> linkColumns(Visit visit) {
        return List.of(
                Column.chief("link", visit.say("column.link"), Kind.ID),
                Column.of("kind", visit.say("column.kind"), Kind.TEXT),
                Column.of("site", visit.say("field.site"), Kind.ID),
                Column.chief("capacityBitsPerSecond", visit.say("column.capacity"), Kind.BITS_PER_SECOND),
                Column.of("inBitsPerSecond", visit.say("column.innow"), Kind.BITS_PER_SECOND),
                Column.of("outBitsPerSecond", visit.say("column.outnow"), Kind.BITS_PER_SECOND),
                Column.of("inServiceFrom", visit.say("field.in-service-from"), Kind.ID),
                Column.of("contract", visit.say("field.contract"), Kind.TEXT));
    }

    static Table.Row linkRow(BookReading reading, Entry link, Optional<Loads> load) {
        Visit visit = reading.visit();
        return Table.Row.of(
                Cell.text(link.id()).opens(visit.linkPage(link.id())),
                Cell.named(link.text("kind"), visit.say("kind." + link.text("kind"))),
                Cell.text(link.text("site")).opens(reading.href(tonle.registry.book.Kind.SITE, link.text("site"))),
                Cell.count(link.bitsPerSecond("capacity")),
                Cell.whole(load.map(Loads::inBitsPerSecond).orElse(Double.NaN)),
                Cell.whole(load.map(Loads::outBitsPerSecond).orElse(Double.NaN)),
                text(link.text("in-service-from")),
                text(link.text("contract")));
    }

    static Cell text(String value) {
        return value.isEmpty() ? Cell.EMPTY : Cell.text(value);
    }

    private Table licences() {
        List<Table.Row> rows = new ArrayList<>();
        for (Entry licence : found.licences()) {
            Optional<Regime> regime = reading.registry().regimes().find(licence.text("regime"));
            Optional<Regime.Type> type = regime.flatMap(each -> each.type(licence.text("type")));
            String standing = licence.text("standing");
            boolean isQuiet = standing.equals("migrated") || standing.equals("in-force");
            rows.add(Table.Row.of(
                    Cell.text(licence.id()),
                    Cell.named(
                            licence.text("regime"),
                            regime.map(each -> visit.language() == Language.KM ? each.nameKhmer() : each.name())
                                    .orElse(licence.text("regime"))),
                    Cell.named(
                            licence.text("type"),
                            type.map(each -> visit.language() == Language.KM ? each.nameKhmer() : each.name())
                                    .orElse(licence.text("type"))),
                    Cell.named(standing, visit.say("choice." + standing)).toned(isQuiet ? Tone.PLAIN : Tone.CAUTION),
                    text(licence.text("granted")),
                    text(licence.text("term-until")),
                    text(licence.text("decision")),
                    text(licence.text("grounds"))));
        }
        return Table.of(
                "licences",
                visit.say("book.licences"),
                List.of(
                        Column.chief("licence", visit.say("object.licence"), Kind.ID),
                        Column.of("regime", visit.say("field.regime"), Kind.TEXT),
                        Column.chief("type", visit.say("field.type"), Kind.TEXT),
                        Column.chief("standing", visit.say("field.standing"), Kind.TEXT),
                        Column.of("granted", visit.say("field.granted"), Kind.ID),
                        Column.of("termUntil", visit.say("field.term-until"), Kind.ID),
                        Column.of("decision", visit.say("field.decision"), Kind.TEXT),
                        Column.of("grounds", visit.say("field.grounds"), Kind.TEXT)),
                rows,
                visit.say("operators.nolicence"));
    }

    /** What the packs say that licensees of these types must be, keep and do; their words stay as the pack has them. */
    private Table duties() {
        List<Table.Row> rows = new ArrayList<>();
        for (Entry licence : found.licences()) {
            reading.registry()
                    .regimes()
                    .find(licence.text("regime"))
                    .flatMap(regime -> regime.type(licence.text("type")))
                    .ifPresent(type -> {
                        type.conditions().forEach(c -> rows.add(duty(licence, "condition", "", c.text(), c.source())));
                        type.duties()
                                .forEach(d ->
                                        rows.add(duty(licence, "duty", EnumWord.of(d.every()), d.text(), d.source())));
                    });
        }
        return Table.of(
                "duties",
                visit.say("book.duties"),
                List.of(
                        Column.of("licence", visit.say("object.licence"), Kind.ID),
                        Column.of("kind", visit.say("column.kind"), Kind.TEXT),
                        Column.of("every", visit.say("column.every"), Kind.TEXT),
                        Column.chief("text", visit.say("column.words"), Kind.TEXT),
                        Column.of("source", visit.say("column.source"), Kind.TEXT)),
                rows,
                visit.say("operator.noduties"));
    }

    private Table.Row duty(Entry licence, String kind, String every, String text, String source) {
        return Table.Row.of(
                Cell.text(licence.id()),
                Cell.named(kind, visit.say("duty." + kind)),
                every.isEmpty() ? Cell.EMPTY : Cell.named(every, visit.say("every." + every)),
                Cell.text(text),
                Cell.text(source));
    }
}
