// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditRange;
import tonle.registry.audit.AuditTrail;
import tonle.registry.audit.Outbox;
import tonle.registry.audit.RecordedEvent;
import tonle.registry.people.People;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Permission;

/** Audit: who did what? Whether the log agrees is said once there is a log. */
public final class AuditPage {
    private static final int ROWS = 50;

    private AuditPage() {}

    /**
     * What the template shows beside the table.
     *
     * @param olderHref empty on the last page
     * @param verifyHref empty where nothing is shown
     */
    public record Body(String log, Map<String, String> filters, String olderHref, String verifyHref) {}

    private record Found(AuditTrail.Reading reading, long waiting) {}

    static Page page(Visit visit) {
        visit.knows("actor", "act", "kind", "object", "from", "to", "before", "done");
        Actor actor = visit.actor();
        People people = visit.people();
        Optional<Span> span =
                visit.ask().get("from").isPresent() || visit.ask().get("to").isPresent()
                        ? Optional.of(visit.span("now-7d"))
                        : Optional.empty();
        int rows = visit.number("limit", ROWS, 0, AuditTrail.PAGE_ROWS_MAX);
        int before = visit.number("before", 0, 0, 9_999_999);
        AuditTrail.Filter filter = new AuditTrail.Filter(
                visit.ask().get("actor"),
                visit.ask().get("act"),
                visit.ask().get("kind"),
                visit.ask().get("object"),
                span.map(s -> Instant.ofEpochSecond(s.fromSeconds())),
                span.map(s -> Instant.ofEpochSecond(s.toSeconds())),
                before == 0 ? Optional.empty() : Optional.of((long) before));
        // Looking is an act: it is recorded in the transaction that looks, before anything is shown.
        Found found = people.work().in(actor.scope(), unit -> {
            AuditTrail.Reading reading =
                    people.trail().page(unit, actor, filter, rows == 0 ? AuditTrail.PAGE_ROWS_MAX : rows);
            long waiting = 0;
            if (reading instanceof AuditTrail.Reading.Page) {
                waiting = Outbox.waitingCount(unit);
                people.trail().record(unit, actor, AuditEvent.read("audit", objectOf(filter), ""));
            }
            return new Found(reading, waiting);
        });
        return switch (found.reading()) {
            case AuditTrail.Reading.Refused(Permission.Missing missing) ->
                throw new TroubleException(visit.notAllowed(missing));
            case AuditTrail.Reading.Page(List<RecordedEvent> events, boolean isLast) ->
                drawn(visit, events, isLast, found.waiting());
        };
    }

    /** What was asked, short enough for an object's id. */
    private static String objectOf(AuditTrail.Filter filter) {
        String words = filter.actor().map(a -> "actor=" + a + " ").orElse("")
                + filter.act().map(a -> "act=" + a + " ").orElse("")
                + filter.objectId().map(o -> "object=" + o).orElse("");
        String stripped = words.isBlank() ? "all" : words.strip();
        return stripped.substring(0, Math.min(stripped.length(), AuditEvent.OBJECT_ID_CHARS_MAX));
    }

    /** The check of the events that are shown, newest first, as far as one check goes. */
    private static String verifyHref(Visit visit, List<RecordedEvent> events) {
        if (events.isEmpty()) {
            return "";
        }
        long last = events.getFirst().sequence();
        long first = Math.max(events.getLast().sequence(), last - AuditRange.EVENTS_MAX + 1);
        return visit.link("/audit/verify", "first", "" + first, "last", "" + last);
    }

    private static Page drawn(Visit visit, List<RecordedEvent> events, boolean isLast, long waiting) {
        Map<String, String> names = visit.people().accounts().names(visit.actor());
        List<Table.Row> rows = events.stream()
                .map(e -> Table.Row.of(
                        Cell.count(e.sequence()),
                        Cell.time(e.at().getEpochSecond()),
                        Cell.named(e.actor(), names.getOrDefault(e.actor(), e.actor()))
                                .opens(visit.link("/audit", "actor", e.actor())),
                        Cell.text(e.roles()),
                        Cell.text(e.event().act())
                                .opens(visit.link("/audit", "act", e.event().act())),
                        Cell.text(e.event().objectKind()),
                        Cell.text(e.event().objectId())
                                .opens(visit.link(
                                        "/audit",
                                        "kind",
                                        e.event().objectKind(),
                                        "object",
                                        e.event().objectId())),
                        Cell.text(e.event().reason()),
                        Cell.text(e.event().beforeJson()),
                        Cell.text(e.event().afterJson()),
                        e.isEntered()
                                ? Cell.named("entered", visit.say("audit.entered"))
                                : Cell.named("waits", visit.say("audit.waits")).toned(Tone.QUIET)))
                .toList();
        Table table = Table.of(
                "events",
                visit.say("audit.events"),
                List.of(
                        Column.of("sequence", visit.say("column.sequence"), Kind.COUNT),
                        Column.chief("at", visit.say("column.at"), Kind.TIME),
                        Column.chief("actor", visit.say("column.actor"), Kind.ID),
                        Column.of("roles", visit.say("column.roles"), Kind.TEXT),
                        Column.chief("act", visit.say("column.act"), Kind.ID),
                        Column.of("kind", visit.say("column.objectkind"), Kind.ID),
                        Column.of("object", visit.say("column.on"), Kind.ID),
                        Column.of("reason", visit.say("column.reason"), Kind.TEXT),
                        Column.of("before", visit.say("column.before"), Kind.TEXT),
                        Column.of("after", visit.say("column.after"), Kind.TEXT),
                        Column.of("log", visit.say("column.log"), Kind.TEXT)),
                rows,
                visit.say("audit.none"));
        Map<String, String> filters = new java.util.LinkedHashMap<>();
        for (String name : List.of("actor", "act", "kind", "object", "from", "to")) {
            filters.put(name, visit.ask().get(name).orElse(""));
        }
        String older = isLast || events.isEmpty()
                ? ""
                : visit.ask()
                        .with(
                                Ask.Format.HTML,
                                Map.of("before", "" + events.getLast().sequence()));
        return Page.of(
                "audit",
                visit.say("page.audit"),
                visit.say("audit.sentence", events.size()),
                List.of(table),
                new Body(visit.say("audit.log", waiting), filters, older, verifyHref(visit, events)));
    }
}
