// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;
import tonle.registry.audit.RecordedEvent;
import tonle.registry.rights.Right;

/** Reads the audit; the reading is an event itself. */
final class AuditOperations {
    private AuditOperations() {}

    static List<Operation> all() {
        Shape word = new Shape.Text(120);
        return List.of(Operation.reading(
                "listAuditEvents",
                "/api/v1/audit-events",
                "audit",
                "Lists who did what, the newest first; that it was asked is an event too.",
                Operation.anyOf(Right.MAY_READ_AUDIT),
                List.of(
                        Parameter.query("actor", word, "Acts of this pseudonym.", "p-7k3m-q9x2"),
                        Parameter.query("act", word, "This act alone.", "confirmed-change"),
                        Parameter.query("objectKind", word, "On this kind of object.", "change"),
                        Parameter.query("objectId", word, "On this object.", "CHG-2026-0001"),
                        Parameter.query("from", Schemas.MOMENT, "From this moment on.", "2026-11-01T00:00:00Z"),
                        Parameter.query("to", Schemas.MOMENT, "Until before this moment.", "2026-12-01T00:00:00Z"),
                        Parameter.query(
                                "after",
                                new Shape.Whole(1, Long.MAX_VALUE),
                                "The last row of the page before.",
                                4_711L),
                        BookOperations.LIMIT),
                "AuditEventList",
                AuditOperations::list));
    }

    private static Reply list(Call call) {
        var registry = call.registry();
        AuditTrail.Filter filter = new AuditTrail.Filter(
                call.get("actor"),
                call.get("act"),
                call.get("objectKind"),
                call.get("objectId"),
                call.get("from").map(Instant::parse),
                call.get("to").map(Instant::parse),
                call.get("after").map(Long::valueOf));
        String asked = call.operation().parameters().stream()
                .filter(parameter -> call.get(parameter.name()).isPresent())
                .map(parameter -> parameter.name() + "=" + call.text(parameter.name()))
                .collect(Collectors.joining(" "));
        String object = asked.isEmpty() ? "all" : asked;
        AuditTrail.Reading reading = registry.work().in(call.actor().scope(), unit -> {
            AuditTrail.Reading found = registry.trail().page(unit, call.actor(), filter, call.limit() + 1);
            if (found instanceof AuditTrail.Reading.Page) {
                String id = object.substring(0, Math.min(object.length(), AuditEvent.OBJECT_ID_CHARS_MAX));
                registry.trail().record(unit, call.actor(), AuditEvent.read("audit", id, ""));
            }
            return found;
        });
        return switch (reading) {
            case AuditTrail.Reading.Refused refused ->
                call.refuse(Code.RIGHT_MISSING, refused.missing().right().key());
            case AuditTrail.Reading.Page page ->
                call.page(page.events(), event -> Long.toString(event.sequence()), AuditOperations::event);
        };
    }

    private static Map<String, Object> event(RecordedEvent recorded) {
        AuditEvent event = recorded.event();
        return Bodies.of(
                "sequence",
                recorded.sequence(),
                "at",
                recorded.at().toString(),
                "actor",
                recorded.actor(),
                "roles",
                recorded.roles().isEmpty()
                        ? List.of()
                        : List.of(recorded.roles().split(",")),
                "act",
                event.act(),
                "objectKind",
                event.objectKind(),
                "objectId",
                event.objectId(),
                "reason",
                event.reason(),
                "before",
                event.beforeJson(),
                "after",
                event.afterJson(),
                "isEntered",
                recorded.isEntered());
    }
}
