// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.List;
import tonle.base.EnumWord;
import tonle.database.Scope;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.registry.ladder.LadderBook;
import tonle.registry.ladder.LadderRules;
import tonle.registry.ladder.Step;

/** The ladder of load: which links have filled up so far that somebody has a duty, since when, and what it is. */
final class LadderPage {
    private static final double PERMILLE = 1_000;

    private LadderPage() {}

    static Page page(Visit visit) {
        visit.knows("link");
        BookReading reading = BookReading.of(visit);
        // Loads of links stand on every page of links; a visitor of the open demonstration sees them here too.
        Scope scope = visit.visitor().actor().isPresent() || !visit.services().isReadingOpen()
                ? reading.scope()
                : Scope.staff(tonle.registry.rights.Actor.TONLE.pseudonym());
        List<LadderBook.LinkStanding> climbing =
                reading.guarded(() -> LadderBook.climbing(reading.registry().work(), scope));
        List<Table> tables = new ArrayList<>(List.of(standings(visit, climbing), steps(visit)));
        visit.ask()
                .get("link")
                .ifPresent(link -> tables.add(moves(
                        visit,
                        reading.guarded(
                                () -> LadderBook.moves(reading.registry().work(), scope, link)))));
        return Page.of(
                        "registry",
                        visit.say("page.ladder"),
                        climbing.isEmpty() ? visit.say("ladder.none") : visit.say("ladder.sentence", climbing.size()),
                        tables,
                        new BookBody("", List.of(visit.say("ladder.rule")), List.of(), "", ""))
                .drawnBy("book")
                .under(visit.say("page.registry"), visit.link("/registry"))
                .asCommand("tonle registry ladder");
    }

    private static Cell load(int permille) {
        double share = permille / PERMILLE;
        return Cell.decimal(share).toned(Loads.tone(share));
    }

    private static Cell step(Visit visit, Step step) {
        return Cell.named(EnumWord.of(step), visit.say("step." + EnumWord.of(step)))
                .toned(step == Step.ESCALATE ? Tone.BAD : step == Step.FREE ? Tone.QUIET : Tone.CAUTION);
    }

    private static Table standings(Visit visit, List<LadderBook.LinkStanding> climbing) {
        List<Table.Row> rows = climbing.stream()
                .map(each -> Table.Row.of(
                        Cell.text(each.linkId()).opens(visit.link("/registry/ladder", "link", each.linkId())),
                        OperatorPage.text(each.operatorId()),
                        step(visit, each.standing().step()),
                        load(each.loadPermille()),
                        each.standing()
                                .since()
                                .map(day -> Cell.text(day.toString()))
                                .orElse(Cell.EMPTY),
                        Cell.count(each.standing().daysBelow()),
                        Cell.text(visit.say(
                                "duty.step." + EnumWord.of(each.standing().step())))))
                .toList();
        return Table.of(
                "ladder",
                visit.say("page.ladder"),
                List.of(
                        Column.chief("link", visit.say("column.link"), Kind.ID),
                        Column.of("operator", visit.say("column.operator"), Kind.ID),
                        Column.chief("step", visit.say("column.step"), Kind.TEXT),
                        Column.chief("load", visit.say("column.load95"), Kind.SHARE),
                        Column.of("since", visit.say("column.since"), Kind.ID),
                        Column.of("daysBelow", visit.say("column.daysbelow"), Kind.COUNT),
                        Column.of("duty", visit.say("column.duty"), Kind.TEXT)),
                rows,
                visit.say("ladder.none"));
    }

    private static Table steps(Visit visit) {
        LadderRules rules = LadderRules.usual();
        List<Table.Row> rows = new ArrayList<>();
        for (Step step : Step.values()) {
            if (step != Step.FREE) {
                rows.add(Table.Row.of(
                        Cell.named(EnumWord.of(step), visit.say("step." + EnumWord.of(step))),
                        Cell.decimal(rules.thresholdPermille(step) / PERMILLE),
                        Cell.text(visit.say("duty.step." + EnumWord.of(step)))));
            }
        }
        return Table.of(
                "steps",
                visit.say("ladder.steps"),
                List.of(
                        Column.chief("step", visit.say("column.step"), Kind.TEXT),
                        Column.chief("threshold", visit.say("column.threshold"), Kind.SHARE),
                        Column.chief("duty", visit.say("column.duty"), Kind.TEXT)),
                rows,
                "");
    }

    private static Table moves(Visit visit, List<LadderBook.LadderMove> moves) {
        List<Table.Row> rows = moves.stream()
                .map(move -> Table.Row.of(
                        Cell.text(move.day().toString()),
                        step(visit, move.step()),
                        Cell.named(
                                move.isReached() ? "reached" : "left",
                                visit.say(move.isReached() ? "ladder.reached" : "ladder.left")),
                        load(move.loadPermille())))
                .toList();
        return Table.of(
                "moves",
                visit.say("ladder.moves"),
                List.of(
                        Column.chief("day", visit.say("column.days"), Kind.ID),
                        Column.chief("step", visit.say("column.step"), Kind.TEXT),
                        Column.chief("move", visit.say("column.state"), Kind.TEXT),
                        Column.of("load", visit.say("column.load95"), Kind.SHARE)),
                rows,
                visit.say("ladder.none"));
    }
}
