// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tonle.base.EnumWord;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.registry.book.Entry;
import tonle.registry.bringup.BringUpRecord;
import tonle.registry.bringup.BringUps;
import tonle.registry.bringup.Check;
import tonle.registry.bringup.Party;
import tonle.registry.bringup.Stage;
import tonle.registry.bringup.Task;
import tonle.registry.bringup.Verdict;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;

/** The way of a link into service as a list of tasks: what is done, what is waited for, of whom and until when. */
public final class BringUpPage {
    private BringUpPage() {}

    /**
     * What the template shows beside the table.
     *
     * @param mayBegin whether the visitor may begin to bring the link up
     * @param mayGivePort whether a port is wanted and the visitor may give it
     * @param mayGiveWord whether the visitor's side is asked for its word
     * @param excusable checks that the visitor may excuse, with their names in words
     * @param mayEnd whether the visitor may give the link up
     */
    public record Body(
            String linkId,
            String operatorId,
            String wanted,
            boolean mayBegin,
            boolean mayGivePort,
            boolean mayGiveWord,
            List<Cell.Way> excusable,
            boolean mayEnd,
            boolean mayLook) {
        public Body {
            excusable = List.copyOf(excusable);
        }
    }

    static Page page(Visit visit, String linkId) {
        visit.knows("done");
        Actor actor = visit.actor();
        BookReading reading = BookReading.of(visit);
        Optional<Entry> link = reading.ask(book -> book.find(tonle.registry.book.Kind.LINK, linkId));
        BringUps.Outcome outcome =
                reading.guarded(() -> reading.registry().bringUps().show(actor, linkId));
        Optional<BringUps.View> view =
                outcome instanceof BringUps.Outcome.Done(BringUps.View found) ? Optional.of(found) : Optional.empty();
        if (link.isEmpty() && view.isEmpty()) {
            throw new TroubleException(new Trouble(
                    404,
                    "no-such-link",
                    visit.say("trouble.object", visit.say("object.link") + " " + linkId, reading.today()),
                    visit.say("trouble.operator.detail"),
                    "",
                    visit.say("page.links"),
                    visit.link("/links")));
        }
        String operator = link.map(each -> each.text("operator")).orElse("");
        String sentence = view.map(each -> sentence(visit, each.record())).orElseGet(() -> visit.say("bringup.none"));
        List<Table> tables = List.of(tasks(visit, view.map(BringUps.View::tasks).orElse(List.of())));
        return Page.of(
                        "links",
                        visit.say("bringup.title", linkId),
                        sentence,
                        tables,
                        body(
                                actor,
                                linkId,
                                operator,
                                reading.today().plusDays(14).toString(),
                                view))
                .drawnBy("bring-up")
                .under(linkId, visit.linkPage(linkId))
                .asCommand("tonle link bring-up " + linkId);
    }

    private static Body body(Actor actor, String linkId, String operator, String wanted, Optional<BringUps.View> view) {
        boolean may = actor.may(Right.MAY_BRING_UP_LINK);
        boolean isGateway = may && actor.operator().isEmpty();
        Optional<Stage> stage = view.map(each -> each.record().stage());
        boolean isOver = stage.isEmpty() || stage.get() instanceof Stage.Ended;
        List<Cell.Way> excusable = new ArrayList<>();
        if (isGateway && stage.filter(Stage.Quarantine.class::isInstance).isPresent()) {
            for (Task task : view.get().tasks()) {
                boolean isOpen = task.state() == Task.State.NO_SOURCE || task.state() == Task.State.WAITS;
                if (task.what() instanceof Task.What.Checked(Check check) && isOpen) {
                    excusable.add(new Cell.Way(EnumWord.of(check), check.name()));
                }
            }
        }
        return new Body(
                linkId,
                operator,
                wanted,
                isGateway && isOver,
                isGateway && stage.filter(Stage.Planned.class::isInstance).isPresent(),
                may && stage.filter(each -> lacksWord(each, actor)).isPresent(),
                excusable,
                isGateway && !isOver,
                may && !isOver);
    }

    private static boolean lacksWord(Stage stage, Actor actor) {
        return stage instanceof Stage.Ready ready
                && (actor.operator().isPresent() ? !ready.hasOperatorWord() : !ready.hasGatewayWord());
    }

    static String sentence(Visit visit, BringUpRecord record) {
        return switch (record.stage()) {
            case Stage.Planned planned -> visit.say("bringup.planned", planned.wantedDay());
            case Stage.Quarantine quarantine ->
                visit.say("bringup.quarantine", quarantine.port(), quarantine.since(), quarantine.wantedDay());
            case Stage.Ready ready -> visit.say("bringup.ready", ready.port(), ready.since());
            case Stage.InService inService -> visit.say("bringup.inservice", inService.port(), inService.since());
            case Stage.Ended ended -> visit.say("bringup.ended", ended.since(), ended.reason());
        };
    }

    private static Table tasks(Visit visit, List<Task> tasks) {
        List<Table.Row> rows = new ArrayList<>();
        for (Task task : tasks) {
            Tone tone = switch (task.state()) {
                case DONE, EXCUSED -> Tone.GOOD;
                case FAILED -> Tone.BAD;
                case WAITS, NO_SOURCE -> Tone.CAUTION;
                case LATER -> Tone.QUIET;
            };
            rows.add(Table.Row.of(
                    what(visit, task.what()),
                    Cell.named(EnumWord.of(task.state()), visit.say("taskstate." + EnumWord.of(task.state())))
                            .toned(tone),
                    task.waitsFor()
                            .map(party -> Cell.named(EnumWord.of(party), visit.say("party." + EnumWord.of(party))))
                            .orElse(Cell.EMPTY),
                    task.due().map(day -> Cell.text(day.toString())).orElse(Cell.EMPTY),
                    seen(visit, task),
                    task.excuse().map(Cell::text).orElse(Cell.EMPTY)));
        }
        return Table.of(
                "tasks",
                visit.say("bringup.tasks"),
                List.of(
                        Column.chief("task", visit.say("column.task"), Kind.TEXT),
                        Column.chief("state", visit.say("column.state"), Kind.TEXT),
                        Column.chief("waitsFor", visit.say("column.waitsfor"), Kind.TEXT),
                        Column.of("due", visit.say("column.due"), Kind.ID),
                        Column.of("seen", visit.say("column.whatseen"), Kind.TEXT),
                        Column.of("excuse", visit.say("column.excuse"), Kind.TEXT)),
                rows,
                visit.say("bringup.none"));
    }

    private static Cell what(Visit visit, Task.What what) {
        return switch (what) {
            case Task.What.Port port -> Cell.named("port", visit.say("task.port"));
            case Task.What.Checked(Check check) ->
                Cell.named(EnumWord.of(check), visit.say("check." + EnumWord.of(check)));
            case Task.What.WordOf(Party party) ->
                Cell.named(
                        "word-of-" + EnumWord.of(party),
                        visit.say("task.word", visit.say("party." + EnumWord.of(party))));
        };
    }

    private static Cell seen(Visit visit, Task task) {
        return switch (task.verdict()) {
            case Verdict.Passed passed -> Cell.text(passed.evidence());
            case Verdict.Failed failed -> Cell.text(visit.say("bringup.failed", failed.found(), failed.wanted()));
            case Verdict.NotSeen notSeen -> Cell.named("not-seen", visit.say("bringup.notseen"));
            case Verdict.NoSource noSource ->
                task.what() instanceof Task.What.Checked
                        ? Cell.named("no-source", visit.say("bringup.nosource"))
                        : Cell.EMPTY;
        };
    }

    /** All that are not in service yet. */
    static Page list(Visit visit) {
        visit.knows();
        Actor actor = visit.actor();
        BookReading reading = BookReading.of(visit);
        List<BringUps.View> open =
                reading.guarded(() -> reading.registry().bringUps().open(actor));
        List<Table.Row> rows = open.stream()
                .map(view -> {
                    Optional<Task> next = view.tasks().stream()
                            .filter(task -> !task.isClosed())
                            .findFirst();
                    return Table.Row.of(
                            Cell.text(view.record().linkId())
                                    .opens(visit.link("/links/" + view.record().linkId() + "/bring-up")),
                            OperatorPage.text(view.record().operatorId()),
                            Cell.text(sentence(visit, view.record())),
                            next.map(task -> what(visit, task.what())).orElse(Cell.EMPTY),
                            next.flatMap(Task::waitsFor)
                                    .map(party ->
                                            Cell.named(EnumWord.of(party), visit.say("party." + EnumWord.of(party))))
                                    .orElse(Cell.EMPTY));
                })
                .toList();
        Table table = Table.of(
                "bring-ups",
                visit.say("page.bring-ups"),
                List.of(
                        Column.chief("link", visit.say("column.link"), Kind.ID),
                        Column.of("operator", visit.say("column.operator"), Kind.ID),
                        Column.chief("stage", visit.say("column.state"), Kind.TEXT),
                        Column.of("next", visit.say("column.task"), Kind.TEXT),
                        Column.chief("waitsFor", visit.say("column.waitsfor"), Kind.TEXT)),
                rows,
                visit.say("bringups.none"));
        return Page.of(
                        "registry",
                        visit.say("page.bring-ups"),
                        rows.isEmpty() ? visit.say("bringups.none") : visit.say("bringups.sentence", rows.size()),
                        List.of(table),
                        new BookBody("", List.of(), List.of(), "", ""))
                .drawnBy("book")
                .under(visit.say("page.registry"), visit.link("/registry"))
                .asCommand("tonle registry bring-ups");
    }
}
