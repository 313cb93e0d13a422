// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tonle.registry.book.Problem;
import tonle.registry.book.Reason;
import tonle.registry.change.Change;
import tonle.registry.change.ChangeLine;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.Draft;
import tonle.registry.rights.Right;

/** Proposes changes of the registry and decides them. Rights and two persons are asked for again in the domain. */
final class ChangeOperations {
    private static final String PATH = "/api/v1/changes";

    private static final Operation.Access PROPOSING =
            Operation.anyOf(Right.MAY_PROPOSE_CHANGE, Right.MAY_PROPOSE_OWN_CHANGE, Right.MAY_PROPOSE_LICENCE);

    private static final Operation.Access DECIDING =
            Operation.anyOf(Right.MAY_CONFIRM_CHANGE, Right.MAY_CONFIRM_LICENCE);

    private static final Parameter ID = Parameter.path("id", new Shape.Id(20, false), "The change.", "CHG-2026-0001");

    private static final Parameter IF_MATCH = Parameter.header(
            "If-Match",
            true,
            new Shape.Text(200),
            "The entity tag of the change that was looked at.",
            "\"6f1d9a0c3b2e4857\"");

    private ChangeOperations() {}

    /** What somebody does with a change that waits. */
    private interface Act {
        ChangeOutcome on(Call call, String id, String reason);
    }

    static List<Operation> all() {
        List<Operation> all = new ArrayList<>();
        all.add(Operation.reading(
                "listChanges",
                PATH,
                "changes",
                "Lists proposed changes, the newest first.",
                BookOperations.READING,
                List.of(
                        Parameter.query("waiting", Schemas.TRUTH, "Whether only those that wait are listed.", true),
                        BookOperations.after("CHG-2026-0002"),
                        BookOperations.LIMIT),
                "ChangeList",
                ChangeOperations::list));
        all.add(Operation.reading(
                "getChange",
                PATH + "/{id}",
                "changes",
                "One change with its differences.",
                BookOperations.READING,
                List.of(ID),
                "Change",
                call -> call.registry()
                        .changes()
                        .find(call.actor().scope(), call.text("id"))
                        .<Reply>map(change -> new Reply.Shown(ChangeJson.change(change)))
                        .orElseGet(() -> call.unknown("change", call.text("id"), List.of()))));
        all.add(new Operation(
                "proposeChange",
                "POST",
                PATH,
                "changes",
                "Proposes a change; it waits until somebody confirms it.",
                PROPOSING,
                List.of(),
                Optional.of("Draft"),
                "Change",
                201,
                List.of(Code.CHANGE_REFUSED, Code.CHANGE_CONFLICTS),
                ChangeOperations::propose));
        all.add(deciding(
                "confirmChange",
                "confirm",
                "Puts a change into the registry.",
                DECIDING,
                (call, id, reason) -> call.registry().changes().confirm(call.actor(), id, reason)));
        all.add(deciding(
                "refuseChange",
                "refuse",
                "Says no to a change, and why.",
                DECIDING,
                (call, id, reason) -> call.registry().changes().refuse(call.actor(), id, reason)));
        all.add(deciding(
                "withdrawChange",
                "withdraw",
                "Takes one's own proposal back.",
                PROPOSING,
                (call, id, reason) -> call.registry().changes().withdraw(call.actor(), id, reason)));
        return all;
    }

    private static Operation deciding(String id, String verb, String summary, Operation.Access access, Act act) {
        return new Operation(
                id,
                "POST",
                PATH + "/{id}/" + verb,
                "changes",
                summary,
                access,
                List.of(ID, IF_MATCH),
                Optional.of("Decision"),
                "Change",
                200,
                List.of(
                        Code.OBJECT_UNKNOWN,
                        Code.CHANGE_REFUSED,
                        Code.CHANGE_CONFLICTS,
                        Code.CHANGE_DECIDED,
                        Code.PRECONDITION_FAILED,
                        Code.PRECONDITION_MISSING),
                call -> decide(call, act));
    }

    private static Reply list(Call call) {
        boolean waitingOnly = call.get("waiting").map(Boolean::valueOf).orElse(false);
        List<ChangeLine> lines = call.registry()
                .changes()
                .list(call.actor().scope(), waitingOnly, call.get("after").orElse(""), call.limit() + 1);
        return call.page(lines, ChangeLine::id, ChangeJson::line);
    }

    private static Reply propose(Call call) {
        return switch (ChangeJson.draft(call.body().orElseThrow())) {
            case ChangeJson.Read.Bad<Draft>(String place) -> unreadable(call, place);
            case ChangeJson.Read.Good<Draft>(Draft draft) ->
                switch (call.registry().changes().propose(call.actor(), draft)) {
                    case ChangeOutcome.Done(Change change) ->
                        new Reply.Made(asRead(call, change), PATH + "/" + change.id());
                    case ChangeOutcome.Refused refused -> refused(call, refused);
                    case ChangeOutcome.Conflicted conflicted -> conflicted(call, conflicted);
                };
        };
    }

    private static Reply decide(Call call, Act act) {
        String id = call.text("id");
        Optional<Change> seen = call.registry().changes().find(call.actor().scope(), id);
        if (seen.isEmpty()) {
            return call.unknown("change", id, List.of());
        }
        return switch (ChangeJson.decision(call.body().orElseThrow())) {
            case ChangeJson.Read.Bad<String>(String place) -> unreadable(call, place);
            case ChangeJson.Read.Good<String>(String reason) -> {
                String tag = EntityTags.of(ChangeJson.change(seen.get()));
                // The domain judges stage, versions and conflicts again in the transaction that decides.
                yield EntityTags.matches(call.text("If-Match"), tag)
                        ? decided(call, act.on(call, id, reason))
                        : call.refuse(Code.PRECONDITION_FAILED, id);
            }
        };
    }

    private static Reply decided(Call call, ChangeOutcome outcome) {
        return switch (outcome) {
            case ChangeOutcome.Done(Change change) -> new Reply.Shown(asRead(call, change));
            case ChangeOutcome.Refused refused -> refused(call, refused);
            case ChangeOutcome.Conflicted conflicted -> conflicted(call, conflicted);
        };
    }

    /** As the next reader sees it, so that its entity tag holds. */
    private static Map<String, Object> asRead(Call call, Change change) {
        return ChangeJson.change(call.registry()
                .changes()
                .find(call.actor().scope(), change.id())
                .orElse(change));
    }

    private static Reply unreadable(Call call, String place) {
        return new Reply.Refused(ApiProblem.of(Code.BODY_UNREADABLE, call.words(), place));
    }

    private static Reply conflicted(Call call, ChangeOutcome.Conflicted conflicted) {
        return new Reply.Refused(ApiProblem.of(
                        Code.CHANGE_CONFLICTS,
                        call.words(),
                        conflicted.conflicts().size())
                .with(
                        "conflicts",
                        conflicted.conflicts().stream()
                                .map(ChangeJson::conflict)
                                .toList()));
    }

    private static Reply refused(Call call, ChangeOutcome.Refused refused) {
        Locale language = call.words().language().locale();
        Problem first = refused.problems().getFirst();
        Code code = code(first.reason());
        ApiProblem problem =
                ApiProblem.of(code, call.words(), refused.problems().size());
        return new Reply.Refused(problem.saying(first.text(language))
                .with(
                        "problems",
                        refused.problems().stream()
                                .map(each -> ChangeJson.problem(each, language))
                                .toList()));
    }

    private static Code code(Reason reason) {
        // Only these mean something else than that a rule of the registry says no.
        if (reason == Reason.RIGHT_MISSING || reason == Reason.NOT_YOURS || reason == Reason.SAME_PERSON) {
            return Code.RIGHT_MISSING;
        }
        if (reason == Reason.CHANGE_UNKNOWN) {
            return Code.OBJECT_UNKNOWN;
        }
        return reason == Reason.STAGE_OVER ? Code.CHANGE_DECIDED : Code.CHANGE_REFUSED;
    }
}
