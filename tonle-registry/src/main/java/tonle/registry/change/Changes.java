// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.Json;
import tonle.base.Must;
import tonle.base.power.Clock;
import tonle.database.Scope;
import tonle.database.Work;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.BookStore;
import tonle.registry.book.Histories;
import tonle.registry.book.Kind;
import tonle.registry.book.PersonalTrace;
import tonle.registry.book.Problem;
import tonle.registry.book.Reason;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Permission;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;

/**
 * Proposes, confirms, refuses and takes back changes of the book. Rights and the rule of two persons are asked here,
 * whatever a page has shown; each step is an audit event in the same transaction.
 */
public final class Changes {
    /** More rows than that are read in several pages. */
    public static final int PAGE_ROWS_MAX = 500;

    private final Work work;
    private final AuditTrail trail;
    private final Clock clock;
    private final Supplier<ChangeRules> rules;
    private final BookStore book = new BookStore();
    private final ChangeStore changes = new ChangeStore();

    public Changes(Work work, AuditTrail trail, Clock clock, Supplier<ChangeRules> rules) {
        this.work = work;
        this.trail = trail;
        this.clock = clock;
        this.rules = rules;
    }

    /** Puts a draft before those who decide. */
    public ChangeOutcome propose(Actor actor, Draft draft) {
        Optional<Problem> missing = missing(
                actor,
                draft.items().stream()
                        .map(item -> rightToPropose(actor, item.kind()))
                        .distinct()
                        .toList());
        if (missing.isPresent()) {
            return new ChangeOutcome.Refused(List.of(missing.get()));
        }
        return guarded(() -> work.in(
                actor.scope(),
                unit -> proposed(unit, actor, draft, ChangeRules.needsTwo(draft.items()), clock.unixMillis())));
    }

    /** What proposing a draft would lead to, with its differences; nothing is written and no number is given. */
    public ChangeOutcome preview(Actor actor, Draft draft) {
        return work.read(actor.scope(), unit -> {
            Plan plan = Planner.plan(book.histories(unit), draft, rules.get(), clock.unixMillis(), "");
            Stage.Proposed stage =
                    new Stage.Proposed(actor.pseudonym(), clock.unixMillis(), ChangeRules.needsTwo(draft.items()));
            Draft canonical = new Draft(draft.days(), draft.reason().strip(), plan.items());
            return outcome(new Change("", plan.owner(), canonical, stage, plan.differences()), plan);
        });
    }

    /**
     * Enters a draft for the gateway itself or for the owner of its data directory, who act without an account: the
     * import of a file into an empty book, the taking in of an exporter. What needs two persons waits as the owner's
     * proposal. Runs under the server's credentials only.
     */
    public ChangeOutcome enter(Actor actor, Draft draft) {
        Must.hold(
                actor.equals(Actor.TONLE) || actor.equals(Actor.OWNER), "only the gateway and its owner enter changes");
        boolean needsTwo = actor.equals(Actor.OWNER) && ChangeRules.needsTwo(draft.items());
        return guarded(() -> work.in(Scope.system(), unit -> {
            long now = clock.unixMillis();
            ChangeOutcome outcome = proposed(unit, actor, draft, needsTwo, now);
            return !needsTwo && outcome instanceof ChangeOutcome.Done(Change change)
                    ? confirmed(unit, actor, change, "", now)
                    : outcome;
        }));
    }

    /**
     * Takes a device that sends flow data into the book: proposed and confirmed in one, by whoever may take exporters
     * in. It gives the device a name; links are another change.
     */
    public ChangeOutcome takeIn(Actor actor, Draft draft) {
        Must.hold(
                draft.items().size() == 1
                        && draft.items().getFirst().kind() == Kind.DEVICE
                        && draft.items().getFirst().act() == Act.ADD,
                "one new device is taken in");
        return missing(actor, List.of(Right.MAY_TAKE_IN_EXPORTER))
                .<ChangeOutcome>map(problem -> new ChangeOutcome.Refused(List.of(problem)))
                .orElseGet(() -> guarded(() -> work.in(actor.scope(), unit -> {
                    long now = clock.unixMillis();
                    ChangeOutcome outcome = proposed(unit, actor, draft, false, now);
                    return outcome instanceof ChangeOutcome.Done(Change change)
                            ? confirmed(unit, actor, change, "", now)
                            : outcome;
                })));
    }

    /** Puts a change into the book, with whatever it now differs by. */
    public ChangeOutcome confirm(Actor actor, String id, String note) {
        return clean(
                note,
                () -> decide(actor, id, unit -> {
                    Optional<Change> change = changes.find(unit, id);
                    return change.map(found -> confirmed(unit, actor, found, note, clock.unixMillis()))
                            .orElseGet(() -> unknown(id));
                }));
    }

    /** Says no, and why. */
    public ChangeOutcome refuse(Actor actor, String id, String grounds) {
        return clean(
                grounds,
                () -> decide(
                        actor, id, unit -> step(unit, actor, id, new Decision.Refuse(actor.pseudonym(), grounds))));
    }

    /** Takes one's own proposal back. */
    public ChangeOutcome withdraw(Actor actor, String id, String grounds) {
        return clean(
                grounds,
                () -> guarded(() -> work.in(
                        actor.scope(),
                        unit -> step(unit, actor, id, new Decision.Withdraw(actor.pseudonym(), grounds)))));
    }

    /** A change with its differences: of one that waits as they would be now, as far as it can be confirmed. */
    public Optional<Change> find(Scope scope, String id) {
        return reviewed(scope, id).map(Reviewed::change);
    }

    /**
     * A change as it stands.
     *
     * @param change of one that waits, with the differences as they would be now
     * @param outcome of one that waits, what confirming it would meet now: problems, or fields that others altered
     *     meanwhile; of one that is decided, the change
     */
    public record Reviewed(Change change, ChangeOutcome outcome) {}

    /** A change and what stands in its way, by one plan over one moment of the book; empty where there is none. */
    public Optional<Reviewed> reviewed(Scope scope, String id) {
        return work.read(
                scope,
                unit -> changes.find(unit, id).map(change -> {
                    if (!(change.stage() instanceof Stage.Proposed)) {
                        return new Reviewed(change, new ChangeOutcome.Done(change));
                    }
                    Plan plan = Planner.plan(book.histories(unit), change.draft(), rules.get(), clock.unixMillis(), id);
                    Change now = new Change(id, change.operator(), change.draft(), change.stage(), plan.differences());
                    return new Reviewed(now, outcome(now, plan));
                }));
    }

    /**
     * Changes, the newest first.
     *
     * @param beforeId the last id of the page before, or empty
     */
    public List<ChangeLine> list(Scope scope, boolean waitingOnly, String beforeId, int rowsMax) {
        int rows = Math.clamp(rowsMax, 1, PAGE_ROWS_MAX);
        return work.read(scope, unit -> changes.list(unit, waitingOnly, beforeId, rows));
    }

    /**
     * How far the book has come.
     *
     * @param confirmedCount grows with each change that is put into the book
     * @param isChangedByPeople whether any of them was proposed or confirmed by another than the gateway itself
     */
    public record Standing(long confirmedCount, boolean isChangedByPeople) {}

    /** Cheap enough to be asked every few seconds. */
    public Standing standing(Scope scope) {
        return work.read(scope, changes::standing);
    }

    /** The same wishes over what holds now: what a proposer starts from who was told of a conflict. */
    public Optional<Draft> redraft(Scope scope, String id) {
        return work.read(
                scope,
                unit -> changes.find(unit, id).map(change -> {
                    Histories histories = book.histories(unit);
                    List<Item> items = new ArrayList<>();
                    for (Item item : change.draft().items()) {
                        var timeline = histories.of(item.kind()).get(item.id());
                        int head = item.act() == Act.ADD || timeline == null ? 0 : timeline.head();
                        items.add(new Item(item.kind(), item.id(), item.act(), head, item.fields()));
                    }
                    return new Draft(change.draft().days(), change.draft().reason(), items);
                }));
    }

    private interface Unit {
        ChangeOutcome with(JdbcClient unit);
    }

    private ChangeOutcome decide(Actor actor, String id, Unit decision) {
        return guarded(() -> work.in(actor.scope(), unit -> {
            Optional<Change> change = changes.find(unit, id);
            if (change.isEmpty()) {
                return unknown(id);
            }
            Optional<Problem> missing = missing(
                    actor,
                    change.get().draft().items().stream()
                            .map(item ->
                                    item.kind() == Kind.LICENCE ? Right.MAY_CONFIRM_LICENCE : Right.MAY_CONFIRM_CHANGE)
                            .distinct()
                            .toList());
            return missing.<ChangeOutcome>map(problem -> new ChangeOutcome.Refused(List.of(problem)))
                    .orElseGet(() -> decision.with(unit));
        }));
    }

    private static Right rightToPropose(Actor actor, Kind kind) {
        if (kind == Kind.LICENCE) {
            return Right.MAY_PROPOSE_LICENCE;
        }
        return actor.operator().isPresent() ? Right.MAY_PROPOSE_OWN_CHANGE : Right.MAY_PROPOSE_CHANGE;
    }

    private static Optional<Problem> missing(Actor actor, List<Right> rights) {
        for (Right right : rights) {
            if (actor.must(right) instanceof Permission.Missing(Right lacked, List<Role> grantedBy)) {
                String roles = grantedBy.stream().map(Role::key).collect(Collectors.joining(", "));
                return Optional.of(Problem.of(Reason.RIGHT_MISSING, lacked.key(), roles));
            }
        }
        return Optional.empty();
    }

    private ChangeOutcome proposed(JdbcClient unit, Actor actor, Draft draft, boolean needsTwo, long nowMillis) {
        Plan plan = Planner.plan(book.histories(unit), draft, rules.get(), nowMillis, "");
        boolean isOwn = actor.operator().isEmpty() || actor.operator().equals(plan.owner());
        if (plan.problems().isEmpty() && !isOwn) {
            return new ChangeOutcome.Refused(List.of(Problem.of(Reason.NOT_YOURS)));
        }
        Stage.Proposed stage = new Stage.Proposed(actor.pseudonym(), nowMillis, needsTwo);
        Draft canonical = new Draft(draft.days(), draft.reason().strip(), plan.items());
        ChangeOutcome outcome = outcome(new Change("", plan.owner(), canonical, stage, plan.differences()), plan);
        if (!(outcome instanceof ChangeOutcome.Done)) {
            return outcome;
        }
        String id = changes.nextId(unit, nowMillis);
        changes.insert(unit, id, plan.owner(), canonical, stage);
        trail.record(unit, actor, AuditEvent.of("proposed-change", "change", id, canonical.reason()));
        return new ChangeOutcome.Done(new Change(id, plan.owner(), canonical, stage, plan.differences()));
    }

    private static ChangeOutcome outcome(Change change, Plan plan) {
        if (!plan.problems().isEmpty()) {
            return new ChangeOutcome.Refused(plan.problems());
        }
        return plan.conflicts().isEmpty()
                ? new ChangeOutcome.Done(change)
                : new ChangeOutcome.Conflicted(plan.conflicts());
    }

    private ChangeOutcome confirmed(JdbcClient unit, Actor actor, Change change, String note, long nowMillis) {
        Decision.Step step = Decision.step(change.stage(), new Decision.Confirm(actor.pseudonym(), note), nowMillis);
        if (step instanceof Decision.Step.Stays(Reason reason)) {
            return stays(change, reason);
        }
        Plan plan = Planner.plan(book.histories(unit), change.draft(), rules.get(), nowMillis, change.id());
        Stage stage = ((Decision.Step.To) step).stage();
        Change after = new Change(change.id(), change.operator(), change.draft(), stage, plan.differences());
        ChangeOutcome outcome = outcome(after, plan);
        if (outcome instanceof ChangeOutcome.Done) {
            plan.writes().forEach((kind, versions) -> book.append(unit, kind, versions));
            changes.insertDifferences(unit, change.id(), plan.differences());
            changes.decide(unit, change.id(), stage);
            trail.record(
                    unit,
                    actor,
                    new AuditEvent(
                            "confirmed-change",
                            "change",
                            change.id(),
                            note.isEmpty() ? change.draft().reason() : note,
                            state(plan.differences(), true),
                            state(plan.differences(), false)));
        }
        return outcome;
    }

    private ChangeOutcome step(JdbcClient unit, Actor actor, String id, Decision decision) {
        Optional<Change> change = changes.find(unit, id);
        if (change.isEmpty()) {
            return unknown(id);
        }
        return switch (Decision.step(change.get().stage(), decision, clock.unixMillis())) {
            case Decision.Step.Stays(Reason reason) -> stays(change.get(), reason);
            case Decision.Step.To(Stage stage) -> {
                changes.decide(unit, id, stage);
                String grounds = switch (decision) {
                    case Decision.Refuse refuse -> refuse.grounds();
                    case Decision.Withdraw withdraw -> withdraw.grounds();
                    case Decision.Confirm confirm -> confirm.note();
                };
                trail.record(unit, actor, AuditEvent.of(stage.word() + "-change", "change", id, grounds));
                yield new ChangeOutcome.Done(
                        new Change(id, change.get().operator(), change.get().draft(), stage, List.of()));
            }
        };
    }

    private static ChangeOutcome stays(Change change, Reason reason) {
        String third = reason == Reason.STAGE_OVER
                ? change.stage().word()
                : change.stage().proposed().proposer();
        String first = reason == Reason.REASON_MISSING ? String.valueOf(Draft.REASON_LETTERS_MAX) : change.id();
        return new ChangeOutcome.Refused(List.of(Problem.of(reason, first, third)));
    }

    private static ChangeOutcome unknown(String id) {
        return new ChangeOutcome.Refused(List.of(Problem.of(Reason.CHANGE_UNKNOWN, id)));
    }

    /** Decides only where the words that go with it tell of nobody. */
    private static ChangeOutcome clean(String words, Supplier<ChangeOutcome> decision) {
        return PersonalTrace.first(words)
                .<ChangeOutcome>map(
                        trace -> new ChangeOutcome.Refused(List.of(Problem.of(Reason.TEXT_OF_A_PERSON, trace))))
                .orElseGet(decision);
    }

    /** The database's own constraints speak last: what they refuse is refused, not an outage. */
    private static ChangeOutcome guarded(Supplier<ChangeOutcome> act) {
        try {
            return act.get();
        } catch (DataIntegrityViolationException e) {
            String message = String.valueOf(e.getMostSpecificCause().getMessage());
            if (message.contains("asn_held_once")) {
                return new ChangeOutcome.Refused(
                        List.of(Problem.of(Reason.ASN_HELD, "", "another operator", "a later day")));
            }
            if (message.contains("prefix_held_once")) {
                return new ChangeOutcome.Refused(
                        List.of(Problem.of(Reason.PREFIX_HELD, "a prefix", "", "another operator", "a later day")));
            }
            throw e;
        }
    }

    /** Objects with the fields that differ; of more than an event may hold, how many there are. */
    private static String state(List<Difference> differences, boolean isBefore) {
        StringBuilder text = new StringBuilder();
        Json json = new Json(text, false).beginArray();
        for (Difference difference : differences) {
            json.beginObject()
                    .member("object", difference.kind().word() + " " + difference.id())
                    .member("field", difference.field())
                    .member("value", isBefore ? difference.before() : difference.after())
                    .member("days", difference.days().text())
                    .endObject();
            if (text.length() > AuditEvent.STATE_CHARS_MAX - 2_000) {
                return "[{\"lines\":" + differences.size() + "}]";
            }
        }
        json.endArray();
        return text.length() > AuditEvent.STATE_CHARS_MAX
                ? "[{\"lines\":" + differences.size() + "}]"
                : text.toString();
    }
}
