// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.base.EnumWord;
import tonle.registry.bringup.BringUpRecord;
import tonle.registry.bringup.BringUps;
import tonle.registry.bringup.Stage;
import tonle.registry.bringup.Task;
import tonle.registry.bringup.Verdict;
import tonle.registry.ladder.LadderBook;

/** Reads which links are full, and which are on their way into service. */
final class DutyOperations {
    private DutyOperations() {}

    static List<Operation> all() {
        Parameter link = Parameter.path("link", Schemas.ID, "The link.", "PNH-SHV-1");
        return List.of(
                Operation.reading(
                        "listLadder",
                        "/api/v1/ladder",
                        "duties",
                        "Lists the links on a step of the ladder of load, in the order of their ids.",
                        BookOperations.READING,
                        List.of(BookOperations.after("PNH-SHV-1"), BookOperations.LIMIT),
                        "LadderStandingList",
                        DutyOperations::ladder),
                Operation.reading(
                        "listLadderMoves",
                        "/api/v1/ladder/{link}/moves",
                        "duties",
                        "What happened on one link's ladder, the newest first.",
                        BookOperations.READING,
                        List.of(link),
                        "LadderMoveList",
                        DutyOperations::moves),
                Operation.reading(
                        "listBringUps",
                        "/api/v1/bring-ups",
                        "duties",
                        "Lists the links that are not in service yet, in the order of their ids.",
                        BookOperations.READING,
                        List.of(BookOperations.after("PNH-SHV-1"), BookOperations.LIMIT),
                        "BringUpList",
                        DutyOperations::bringUps),
                Operation.reading(
                        "getBringUp",
                        "/api/v1/bring-ups/{link}",
                        "duties",
                        "The last bring-up of one link.",
                        BookOperations.READING,
                        List.of(link),
                        "BringUp",
                        DutyOperations::bringUp));
    }

    private static Reply ladder(Call call) {
        String after = call.get("after").orElse("");
        List<LadderBook.LinkStanding> rows = LadderBook.climbing(
                        call.registry().work(), call.actor().scope())
                .stream()
                .filter(row -> row.linkId().compareTo(after) > 0)
                .sorted(Comparator.comparing(LadderBook.LinkStanding::linkId))
                .limit(call.limit() + 1L)
                .toList();
        return call.page(
                rows,
                LadderBook.LinkStanding::linkId,
                row -> Bodies.of(
                        "link",
                        row.linkId(),
                        "operator",
                        row.operatorId(),
                        "step",
                        EnumWord.of(row.standing().step()),
                        "since",
                        text(row.standing().since()),
                        "daysBelow",
                        (long) row.standing().daysBelow(),
                        "lastDay",
                        text(row.standing().lastDay()),
                        "load",
                        share(row.loadPermille())));
    }

    private static Reply moves(Call call) {
        List<LadderBook.LadderMove> moves =
                LadderBook.moves(call.registry().work(), call.actor().scope(), call.text("link"));
        if (moves.isEmpty()) {
            return call.unknown("link", call.text("link"), List.of());
        }
        return new Reply.Shown(Bodies.of(
                "items",
                moves.stream()
                        .map(move -> Bodies.of(
                                "link",
                                move.linkId(),
                                "day",
                                move.day().toString(),
                                "step",
                                EnumWord.of(move.step()),
                                "isReached",
                                move.isReached(),
                                "operator",
                                move.operatorId(),
                                "load",
                                share(move.loadPermille())))
                        .toList()));
    }

    private static Object share(int permille) {
        return BigDecimal.valueOf(permille, 3);
    }

    private static String text(Optional<LocalDate> day) {
        return day.map(LocalDate::toString).orElse(null);
    }

    private static Reply bringUps(Call call) {
        String after = call.get("after").orElse("");
        List<BringUps.View> rows = call.registry().bringUps().open(call.actor()).stream()
                .filter(view -> view.record().linkId().compareTo(after) > 0)
                .sorted(Comparator.comparing(view -> view.record().linkId()))
                .limit(call.limit() + 1L)
                .toList();
        return call.page(rows, view -> view.record().linkId(), DutyOperations::view);
    }

    private static Reply bringUp(Call call) {
        return switch (call.registry().bringUps().show(call.actor(), call.text("link"))) {
            case BringUps.Outcome.Done(BringUps.View view) -> new Reply.Shown(view(view));
            case BringUps.Outcome.NotFound _,
                    BringUps.Outcome.Refused _,
                    BringUps.Outcome.NotAllowed _,
                    BringUps.Outcome.WrongField _,
                    BringUps.Outcome.Overtaken _ -> call.unknown("bring-up", call.text("link"), List.of());
        };
    }

    private static Map<String, Object> view(BringUps.View view) {
        BringUpRecord record = view.record();
        Optional<String> port = switch (record.stage()) {
            case Stage.Planned _, Stage.Ended _ -> Optional.empty();
            case Stage.Quarantine quarantine -> Optional.of(quarantine.port());
            case Stage.Ready ready -> Optional.of(ready.port());
            case Stage.InService inService -> Optional.of(inService.port());
        };
        String stage = switch (record.stage()) {
            case Stage.Planned _ -> "planned";
            case Stage.Quarantine _ -> "quarantine";
            case Stage.Ready _ -> "ready";
            case Stage.InService _ -> "in-service";
            case Stage.Ended _ -> "ended";
        };
        return Bodies.of(
                "link",
                record.linkId(),
                "round",
                (long) record.round(),
                "operator",
                record.operatorId(),
                "stage",
                stage,
                "port",
                port.orElse(null),
                "version",
                (long) record.version(),
                "tasks",
                view.tasks().stream().map(DutyOperations::task).toList());
    }

    private static Map<String, Object> task(Task task) {
        String what = switch (task.what()) {
            case Task.What.Port _ -> "port";
            case Task.What.Checked checked -> EnumWord.of(checked.check());
            case Task.What.WordOf word -> "word-of-" + EnumWord.of(word.party());
        };
        Map<String, Object> body = Bodies.of(
                "task",
                what,
                "state",
                EnumWord.of(task.state()),
                "waitsFor",
                task.waitsFor().map(EnumWord::of).orElse(null),
                "due",
                text(task.due()));
        switch (task.verdict()) {
            case Verdict.Passed passed -> said(body, "passed", passed.evidence(), null);
            case Verdict.Failed failed -> said(body, "failed", failed.found(), failed.wanted());
            case Verdict.NotSeen _ -> said(body, "not-seen", null, null);
            case Verdict.NoSource _ -> said(body, "no-source", null, null);
        }
        body.put("excuse", task.excuse().orElse(null));
        return body;
    }

    private static void said(Map<String, Object> body, String verdict, String found, String wanted) {
        body.put("verdict", verdict);
        body.put("found", found);
        body.put("wanted", wanted);
    }
}
