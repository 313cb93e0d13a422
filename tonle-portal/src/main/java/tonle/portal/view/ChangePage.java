// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.registry.book.Problem;
import tonle.registry.change.Change;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.Changes;
import tonle.registry.change.Conflict;
import tonle.registry.change.Difference;
import tonle.registry.change.Stage;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;

/** One change: what would be otherwise, line by line, what stands in the way, and who decides. */
public final class ChangePage {
    private static final int LINES_SHOWN = 500;

    private ChangePage() {}

    /**
     * What the template shows beside the tables.
     *
     * @param mayDecide whether the visitor may confirm or refuse it
     * @param samePerson whether the visitor proposed it and the rule asks for another person
     * @param mayWithdraw whether the visitor proposed it
     * @param mayRedraft whether others altered its fields meanwhile, so that it is to be drafted anew
     */
    public record Body(
            Change change,
            String stage,
            List<String> history,
            List<String> problems,
            boolean mayDecide,
            boolean samePerson,
            boolean mayWithdraw,
            boolean mayRedraft) {}

    static Page page(Visit visit, String id) {
        visit.knows("done");
        BookReading reading = BookReading.of(visit);
        Changes.Reviewed reviewed = reading.guarded(
                        () -> reading.registry().changes().reviewed(reading.scope(), id))
                .orElseThrow(() -> new TroubleException(new Trouble(
                        404,
                        "no-such-change",
                        visit.say("trouble.change", id),
                        visit.say("trouble.change.detail"),
                        "",
                        visit.say("page.changes"),
                        visit.link("/registry/changes"))));
        Change change = reviewed.change();
        ChangeOutcome review = reviewed.outcome();
        List<Conflict> conflicts = review instanceof ChangeOutcome.Conflicted(List<Conflict> found) ? found : List.of();
        List<String> problems = review instanceof ChangeOutcome.Refused(List<Problem> found)
                ? found.stream().map(problem -> text(visit, problem)).toList()
                : List.of();
        List<Table> tables = new ArrayList<>(List.of(differences(reading, change.differences())));
        if (!conflicts.isEmpty()) {
            tables.add(conflicts(visit, conflicts));
        }
        return Page.of(
                        "registry",
                        change.id(),
                        visit.say(
                                "change.sentence." + change.stage().word(),
                                change.draft().reason(),
                                change.draft().days().text()),
                        tables,
                        body(reading, change, problems, !conflicts.isEmpty()))
                .drawnBy("change")
                .under(visit.say("page.changes"), visit.link("/registry/changes"))
                .asCommand("tonle registry change " + id);
    }

    static String text(Visit visit, Problem problem) {
        return problem.text(Locale.of(visit.language().tag()));
    }

    private static Body body(BookReading reading, Change change, List<String> problems, boolean isConflicted) {
        Visit visit = reading.visit();
        Actor actor = visit.visitor().actor().orElse(null);
        boolean waits = change.stage() instanceof Stage.Proposed;
        boolean hasLicence =
                change.draft().items().stream().anyMatch(item -> item.kind() == tonle.registry.book.Kind.LICENCE);
        boolean mayConfirm =
                actor != null && waits && actor.may(hasLicence ? Right.MAY_CONFIRM_LICENCE : Right.MAY_CONFIRM_CHANGE);
        boolean isOwn = actor != null && change.stage().proposed().proposer().equals(actor.pseudonym());
        boolean samePerson = isOwn && change.stage().proposed().needsTwo() && mayConfirm;
        return new Body(
                change,
                visit.say("stage." + change.stage().word()),
                history(reading, change.stage()),
                problems,
                mayConfirm && !samePerson,
                samePerson,
                isOwn && waits,
                isOwn && waits && isConflicted);
    }

    private static List<String> history(BookReading reading, Stage stage) {
        Visit visit = reading.visit();
        Map<String, String> names = reading.people();
        List<String> lines = new ArrayList<>();
        Stage.Proposed proposed = stage.proposed();
        lines.add(visit.say(
                "change.proposedby",
                names.getOrDefault(proposed.proposer(), proposed.proposer()),
                visit.timeInWords(proposed.atMillis() / 1_000)));
        if (proposed.needsTwo()) {
            lines.add(visit.say("change.needstwo"));
        }
        String decision = switch (stage) {
            case Stage.Proposed waiting -> visit.say("change.waits");
            case Stage.Confirmed(Stage.Proposed before, String who, long at, String note) ->
                decided(visit, names, "change.confirmedby", who, at, note);
            case Stage.Refused(Stage.Proposed before, String who, long at, String grounds) ->
                decided(visit, names, "change.refusedby", who, at, grounds);
            case Stage.Withdrawn(Stage.Proposed before, String who, long at, String grounds) ->
                decided(visit, names, "change.withdrawnby", who, at, grounds);
        };
        lines.add(decision);
        return lines;
    }

    private static String decided(
            Visit visit, Map<String, String> names, String key, String who, long atMillis, String words) {
        String said = visit.say(key, names.getOrDefault(who, who), visit.timeInWords(atMillis / 1_000));
        return words.isEmpty() ? said : said + " " + visit.say("change.words", words);
    }

    static Table differences(BookReading reading, List<Difference> differences) {
        Visit visit = reading.visit();
        List<Table.Row> rows = new ArrayList<>();
        for (Difference line : differences.subList(0, Math.min(LINES_SHOWN, differences.size()))) {
            String href = reading.href(line.kind(), line.id());
            Cell object =
                    Cell.named(line.kind().word() + " " + line.id(), reading.label(line.kind()) + " " + line.id());
            rows.add(Table.Row.of(
                    href.isEmpty() ? object : object.opens(href),
                    Cell.named(line.field(), fieldName(reading, line)),
                    value(reading, line, line.before()).toned(Tone.QUIET),
                    value(reading, line, line.after()),
                    Cell.text(line.days().text())));
        }
        return Table.of(
                        "differences",
                        visit.say("change.differences"),
                        List.of(
                                Column.chief("object", visit.say("column.on"), Kind.TEXT),
                                Column.chief("field", visit.say("column.field"), Kind.TEXT),
                                Column.chief("before", visit.say("column.before"), Kind.TEXT),
                                Column.chief("after", visit.say("column.after"), Kind.TEXT),
                                Column.of("days", visit.say("column.days"), Kind.TEXT)),
                        rows,
                        visit.say("change.nodifferences"))
                .withCount(differences.size());
    }

    private static String fieldName(BookReading reading, Difference line) {
        return line.kind()
                .field(line.field())
                .map(reading::label)
                .orElseGet(() -> reading.visit().say("change.presence"));
    }

    private static Cell value(BookReading reading, Difference line, String value) {
        return line.kind()
                .field(line.field())
                .map(field -> reading.value(field, value))
                .map(cell -> cell.href().isEmpty() ? cell : Cell.named(value, ""))
                .orElseGet(() -> Cell.named(value, reading.visit().say(value)));
    }

    private static Table conflicts(Visit visit, List<Conflict> conflicts) {
        List<Table.Row> rows = conflicts.stream()
                .map(conflict -> Table.Row.of(
                        Cell.text(conflict.kind().word() + " " + conflict.id()),
                        Cell.named(conflict.field(), visit.say("field." + conflict.field())),
                        OperatorPage.text(conflict.seen()),
                        OperatorPage.text(conflict.current()).toned(Tone.BAD),
                        OperatorPage.text(conflict.proposed())))
                .toList();
        return Table.of(
                "conflicts",
                visit.say("change.conflicts"),
                List.of(
                        Column.chief("object", visit.say("column.on"), Kind.TEXT),
                        Column.chief("field", visit.say("column.field"), Kind.TEXT),
                        Column.of("seen", visit.say("column.seen"), Kind.TEXT),
                        Column.chief("current", visit.say("column.holdsnow"), Kind.TEXT),
                        Column.chief("proposed", visit.say("column.proposed"), Kind.TEXT)),
                rows,
                "");
    }
}
