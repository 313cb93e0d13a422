// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.registry.change.ChangeLine;
import tonle.registry.change.Stage;

/** Changes of the registry: what waits for a decision, and what was decided by whom and why. */
final class ChangesPage {
    private static final int ROWS = 50;
    private static final int ROWS_MAX = 500;

    private ChangesPage() {}

    static Page page(Visit visit) {
        visit.knows("waiting", "before");
        BookReading reading = BookReading.of(visit);
        boolean waitingOnly = visit.ask()
                .get("waiting")
                .map(text -> visit.oneOf("waiting", text, List.of("yes", "no")))
                .filter("yes"::equals)
                .isPresent();
        String before = visit.ask().get("before").orElse("");
        int asked = visit.number("limit", ROWS, 0, ROWS_MAX);
        int rows = asked == 0 ? ROWS_MAX : asked;
        List<ChangeLine> found = reading.guarded(
                () -> reading.registry().changes().list(reading.scope(), waitingOnly, before, rows + 1));
        boolean isMore = found.size() > rows;
        List<ChangeLine> shown = isMore ? found.subList(0, rows) : found;
        long waiting = shown.stream()
                .filter(line -> line.stage() instanceof Stage.Proposed)
                .count();
        String older = isMore
                ? visit.ask()
                        .with(Ask.Format.HTML, Map.of("before", shown.getLast().id()))
                : "";
        List<Cell.Way> actions = List.of(
                waitingOnly
                        ? new Cell.Way(visit.say("changes.all"), visit.again("waiting", ""))
                        : new Cell.Way(visit.say("changes.waiting"), visit.again("waiting", "yes")));
        return Page.of(
                        "registry",
                        visit.say("page.changes"),
                        shown.isEmpty()
                                ? visit.say("changes.none")
                                : visit.say("changes.sentence", shown.size(), waiting),
                        List.of(table(reading, "changes", shown)),
                        new BookBody("", reading.changesNote(), actions, "", older))
                .drawnBy("book")
                .under(visit.say("page.registry"), visit.link("/registry"))
                .asCommand("tonle registry changes" + (waitingOnly ? " --waiting" : ""));
    }

    static Table table(BookReading reading, String key, List<ChangeLine> lines) {
        Visit visit = reading.visit();
        Map<String, String> names = reading.people();
        List<Table.Row> rows = new ArrayList<>();
        for (ChangeLine line : lines) {
            Stage.Proposed proposed = line.stage().proposed();
            rows.add(Table.Row.of(
                    Cell.text(line.id()).opens(visit.link("/registry/changes/" + line.id())),
                    stage(visit, line.stage()),
                    Cell.text(line.objects() + (line.itemCount() > 3 ? " …" : "")),
                    Cell.count(line.itemCount()),
                    Cell.text(line.reason()),
                    Cell.text(line.days().from().toString()),
                    Cell.named(proposed.proposer(), names.getOrDefault(proposed.proposer(), proposed.proposer())),
                    Cell.time(proposed.atMillis() / 1_000)));
        }
        return Table.of(
                key,
                visit.say(key.equals("waiting") ? "changes.waiting" : "page.changes"),
                List.of(
                        Column.chief("change", visit.say("object.change"), Kind.ID),
                        Column.chief("stage", visit.say("column.state"), Kind.TEXT),
                        Column.chief("objects", visit.say("column.on"), Kind.TEXT),
                        Column.of("objectCount", visit.say("column.count"), Kind.COUNT),
                        Column.of("reason", visit.say("column.reason"), Kind.TEXT),
                        Column.of("from", visit.say("column.validfrom"), Kind.ID),
                        Column.of("proposedBy", visit.say("column.proposedby"), Kind.ID),
                        Column.of("proposedAt", visit.say("column.at"), Kind.TIME)),
                rows,
                visit.say("changes.none"));
    }

    static Cell stage(Visit visit, Stage stage) {
        Tone tone = switch (stage) {
            case Stage.Proposed proposed -> Tone.CAUTION;
            case Stage.Confirmed confirmed -> Tone.GOOD;
            case Stage.Refused refused -> Tone.BAD;
            case Stage.Withdrawn withdrawn -> Tone.QUIET;
        };
        return Cell.named(stage.word(), visit.say("stage." + stage.word())).toned(tone);
    }
}
