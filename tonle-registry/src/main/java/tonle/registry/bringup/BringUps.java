// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.Json;
import tonle.base.power.Clock;
import tonle.database.Work;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.PersonalTrace;
import tonle.registry.bringup.BringUp.Refusal;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Permission;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;

/**
 * Brings links into service: keeps where each stands, asks the sources for their verdicts, and lets the two sides
 * speak. Every step is an act of the audit, written in the same transaction.
 */
public final class BringUps {
    /** Words that an act may carry. */
    public static final int REASON_CHARS_MAX = AuditEvent.REASON_CHARS_MAX;

    private static final int PORT_CHARS_MAX = 80;

    private final Work work;
    private final AuditTrail audit;
    private final Clock clock;
    private final ZoneId zone;
    private final List<CheckSource> sources;

    /**
     * @param work the database as the one who acts may use it
     * @param zone the zone in which a day begins
     * @param sources asked in this order; the first that knows a check answers it
     */
    public BringUps(Work work, AuditTrail audit, Clock clock, ZoneId zone, List<CheckSource> sources) {
        this.work = work;
        this.audit = audit;
        this.clock = clock;
        this.zone = zone;
        this.sources = List.copyOf(sources);
    }

    /** A bring-up with what its sources say now and the list that follows. */
    public record View(BringUpRecord record, Map<Check, Verdict> verdicts, List<Task> tasks) {}

    /** What an act led to. */
    public sealed interface Outcome {
        record Done(View view) implements Outcome {}

        record Refused(Refusal reason) implements Outcome {}

        record NotAllowed(Permission.Missing missing) implements Outcome {}

        /** Nothing of this link is being brought up, as far as the one who asks may see. */
        record NotFound(String linkId) implements Outcome {}

        /** A word that does not fit its limit; {@code field} is port, reason or check. */
        record WrongField(String field, String value, String limit) implements Outcome {}

        /** Somebody else changed it in between: look again. */
        record Overtaken() implements Outcome {}
    }

    /** Begins to bring up a link. A link that is being brought up or carries traffic has no second round beside it. */
    public Outcome begin(Actor actor, String linkId, String operatorId, LocalDate wantedDay) {
        if (actor.operator().isPresent()) {
            return new Outcome.NotAllowed(new Permission.Missing(Right.MAY_BRING_UP_LINK, List.of(Role.ENGINEER)));
        }
        return allowed(actor, unit -> {
            Optional<BringUpRecord> before = BringUpStore.newest(unit, linkId);
            if (before.isPresent() && !(before.get().stage() instanceof Stage.Ended)) {
                return new Outcome.Refused(
                        before.get().stage() instanceof Stage.InService ? Refusal.IN_SERVICE : Refusal.HAS_A_PORT);
            }
            int round = before.map(BringUpRecord::round).orElse(0) + 1;
            BringUpRecord made =
                    new BringUpRecord(linkId, round, operatorId, new Stage.Planned(wantedDay), Map.of(), 1);
            BringUpStore.insert(unit, made, wantedDay, today());
            audit.record(unit, actor, event("began-bring-up", made, "", "", json(made)));
            return new Outcome.Done(view(made));
        });
    }

    /** Gives a planned link its port. */
    public Outcome givePort(Actor actor, String linkId, String port) {
        String clean = port.strip();
        if (clean.isEmpty() || clean.length() > PORT_CHARS_MAX) {
            return new Outcome.WrongField("port", clean, "1 to " + PORT_CHARS_MAX + " characters, such as sw1:7");
        }
        return act(actor, linkId, "gave-port", "", Side.GATEWAY, record -> new Event.PortGiven(clean, today()));
    }

    /**
     * Says for one's own side that the link is ready: an operator's engineer for the operator, else for the gateway.
     */
    public Outcome giveWord(Actor actor, String linkId) {
        Party party = actor.operator().isPresent() ? Party.OPERATOR_ENGINEER : Party.GATEWAY_ENGINEER;
        return act(actor, linkId, "gave-word", "", Side.EITHER, record -> new Event.Word(party, today()));
    }

    private static Optional<Outcome> wrongReason(String reason) {
        if (reason.isBlank() || reason.length() > REASON_CHARS_MAX) {
            return Optional.of(new Outcome.WrongField("reason", reason, "1 to " + REASON_CHARS_MAX + " characters"));
        }
        return PersonalTrace.first(reason)
                .map(trace -> new Outcome.WrongField("reason", trace, "words without a person or a host"));
    }

    /** Gives a link up, before or after service. Tonle touches no device: this is a record with its reason. */
    public Outcome end(Actor actor, String linkId, String reason) {
        Optional<Outcome> wrong = wrongReason(reason);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        return act(actor, linkId, "ended-bring-up", reason, Side.GATEWAY, record -> new Event.End(today(), reason));
    }

    /** Excuses a check that nothing can answer or that was not seen; what was seen to be wrong is mended instead. */
    public Outcome excuse(Actor actor, String linkId, Check check, String reason) {
        Optional<Outcome> wrong = wrongReason(reason);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        return found(actor, linkId, Side.GATEWAY, (unit, record) -> {
            Verdict verdict = verdict(check, linkId);
            if (verdict instanceof Verdict.Failed(String found, String wanted, Instant at)) {
                return new Outcome.WrongField("check", found, wanted + "; what is seen to be wrong cannot be excused");
            }
            if (record.excuses().containsKey(check)) {
                return new Outcome.Done(view(record));
            }
            BringUpStore.excuse(unit, record, check, reason, actor.pseudonym(), today());
            audit.record(unit, actor, AuditEvent.of("excused-check", "link", linkId, check + ": " + cut(reason, 440)));
            return new Outcome.Done(view(BringUpStore.newest(unit, linkId).orElseThrow()));
        });
    }

    /** Looks at a link's checks now and moves it on where they stand, or back to quarantine where one fell. */
    public Outcome look(Actor actor, String linkId) {
        return found(actor, linkId, Side.EITHER, (unit, record) -> {
            View view = view(record);
            boolean stands = TaskList.checksStand(view.verdicts(), record.excuses());
            if (record.stage() instanceof Stage.Quarantine && stands) {
                return move(unit, actor, record, new Event.ChecksStand(today()), "found-checks-stand", "");
            }
            if (record.stage() instanceof Stage.Ready && !stands) {
                Check fallen = fallen(view, record);
                return move(
                        unit, actor, record, new Event.CheckFell(fallen, today()), "found-check-fell", fallen.name());
            }
            return new Outcome.Done(view);
        });
    }

    /** The bring-up of a link as the one who asks may see it. */
    public Outcome show(Actor actor, String linkId) {
        return work.read(actor.scope(), unit -> BringUpStore.newest(unit, linkId))
                .<Outcome>map(record -> new Outcome.Done(view(record)))
                .orElseGet(() -> new Outcome.NotFound(linkId));
    }

    /** All that are not in service yet, the longest waiting first; at most {@link BringUpStore#ROWS_MAX}. */
    public List<View> open(Actor actor) {
        return work.read(actor.scope(), BringUpStore::open).stream()
                .map(this::view)
                .toList();
    }

    private enum Side {
        GATEWAY,
        EITHER
    }

    private interface Step {
        Outcome take(JdbcClient unit, BringUpRecord record);
    }

    private Outcome act(
            Actor actor, String linkId, String act, String reason, Side side, Function<BringUpRecord, Event> event) {
        return found(actor, linkId, side, (unit, record) -> {
            Event asked = event.apply(record);
            if (asked instanceof Event.Word && record.stage() instanceof Stage.Ready) {
                // The word counts for what stands now, not for what stood when the page was drawn.
                View view = view(record);
                if (!TaskList.checksStand(view.verdicts(), record.excuses())) {
                    return new Outcome.Refused(Refusal.CHECKS_DO_NOT_STAND);
                }
            }
            return move(unit, actor, record, asked, act, reason);
        });
    }

    private Outcome move(JdbcClient unit, Actor actor, BringUpRecord record, Event event, String act, String reason) {
        return switch (BringUp.step(record.stage(), event)) {
            case BringUp.Outcome.Refused(Refusal refusal) -> new Outcome.Refused(refusal);
            case BringUp.Outcome.Moved(Stage stage) when stage.equals(record.stage()) -> new Outcome.Done(view(record));
            case BringUp.Outcome.Moved(Stage stage) -> {
                BringUpRecord next = record.at(stage);
                if (!BringUpStore.update(unit, next)) {
                    yield new Outcome.Overtaken();
                }
                audit.record(unit, actor, event(act, record, reason, json(record), json(next)));
                yield new Outcome.Done(view(next));
            }
        };
    }

    private Outcome found(Actor actor, String linkId, Side side, Step step) {
        if (side == Side.GATEWAY && actor.operator().isPresent()) {
            return new Outcome.NotAllowed(new Permission.Missing(Right.MAY_BRING_UP_LINK, List.of(Role.ENGINEER)));
        }
        return allowed(
                actor,
                unit -> BringUpStore.newest(unit, linkId)
                        .map(record -> step.take(unit, record))
                        .orElseGet(() -> new Outcome.NotFound(linkId)));
    }

    private Outcome allowed(Actor actor, Function<JdbcClient, Outcome> unit) {
        if (actor.must(Right.MAY_BRING_UP_LINK) instanceof Permission.Missing missing) {
            return new Outcome.NotAllowed(missing);
        }
        return work.in(actor.scope(), unit);
    }

    private View view(BringUpRecord record) {
        Map<Check, Verdict> verdicts = new EnumMap<>(Check.class);
        for (Check check : Check.values()) {
            verdicts.put(check, verdict(check, record.linkId()));
        }
        return new View(record, verdicts, TaskList.of(record.stage(), verdicts, record.excuses()));
    }

    private Verdict verdict(Check check, String linkId) {
        for (CheckSource source : sources) {
            Verdict verdict = source.verdict(check, linkId);
            if (!(verdict instanceof Verdict.NoSource)) {
                return verdict;
            }
        }
        return new Verdict.NoSource();
    }

    private static Check fallen(View view, BringUpRecord record) {
        for (Check check : Check.values()) {
            if (!TaskList.stands(view.verdicts().get(check), record.excuses().get(check))) {
                return check;
            }
        }
        return Check.ADDRESS_PLAN;
    }

    private LocalDate today() {
        return clock.today(zone);
    }

    private static AuditEvent event(String act, BringUpRecord record, String reason, String before, String after) {
        return new AuditEvent(act, "link", record.linkId(), reason, before, after);
    }

    private static String json(BringUpRecord record) {
        StringBuilder out = new StringBuilder();
        Json json = new Json(out, false)
                .beginObject()
                .member("round", record.round())
                .member("stage", BringUpStore.word(record.stage()));
        switch (record.stage()) {
            case Stage.Planned planned ->
                json.member("wanted", planned.wantedDay().toString());
            case Stage.Quarantine quarantine -> json.member("port", quarantine.port());
            case Stage.Ready ready ->
                json.member("port", ready.port())
                        .member("operatorWord", ready.hasOperatorWord())
                        .member("gatewayWord", ready.hasGatewayWord());
            case Stage.InService inService -> json.member("port", inService.port());
            case Stage.Ended ended -> json.member("reason", ended.reason());
        }
        json.endObject();
        return out.toString();
    }

    private static String cut(String text, int charsMax) {
        return text.length() <= charsMax ? text : text.substring(0, charsMax - 1) + "…";
    }
}
