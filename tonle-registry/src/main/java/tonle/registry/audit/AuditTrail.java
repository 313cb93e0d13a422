// SPDX-License-Identifier: Apache-2.0
package tonle.registry.audit;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.power.Clock;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Permission;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;

/**
 * The table of acts: appended to by every act in its own transaction, read in pages from the newest back. Stateless and
 * thread-safe; all SQL runs in the unit that is handed in.
 */
public final class AuditTrail {
    /** More rows than that are an export, and are read in several pages. */
    public static final int PAGE_ROWS_MAX = 500;

    private static final int SALT_OCTETS = 16;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public AuditTrail(Clock clock) {
        this.clock = clock;
    }

    /**
     * What to show: each part that is present narrows it.
     *
     * @param from included
     * @param to excluded
     * @param beforeSequence the key of paging: events older than this one; of the last row of the page before
     */
    public record Filter(
            Optional<String> actor,
            Optional<String> act,
            Optional<String> objectKind,
            Optional<String> objectId,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<Long> beforeSequence) {
        public static final Filter ALL = new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What asking for events led to. */
    public sealed interface Reading {
        /** @param isLast whether there is nothing older that fits */
        record Page(List<RecordedEvent> events, boolean isLast) implements Reading {
            public Page {
                events = List.copyOf(events);
            }
        }

        record Refused(Permission.Missing missing) implements Reading {}
    }

    /**
     * Records an act in the unit that does it; both happen or neither. Call it last in the unit: acts wait for each
     * other from here to the end of the transaction, so that their numbers stand in the order of commits.
     *
     * @return its number
     */
    public long record(JdbcClient unit, Actor actor, AuditEvent event) {
        byte[] salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        return unit.sql("""
                        INSERT INTO audit.event
                            (sequence, at, actor, roles, operator_id, act, object_kind, object_id, reason, before_json,
                             after_json, salt)
                        VALUES (0, :at, :actor, :roles, :operator, :act, :kind, :id, :reason, :before, :after, :salt)
                        RETURNING sequence
                        """)
                .param("at", OffsetDateTime.ofInstant(now(), ZoneOffset.UTC))
                .param("actor", actor.pseudonym())
                .param("roles", actor.roles().stream().map(Role::key).collect(Collectors.joining(",")))
                .param("operator", actor.operator().orElse(null))
                .param("act", event.act())
                .param("kind", event.objectKind())
                .param("id", event.objectId())
                .param("reason", event.reason())
                .param("before", event.beforeJson())
                .param("after", event.afterJson())
                .param("salt", salt)
                .query(Long.class)
                .single();
    }

    /** The newest events first. Reading the audit is an act too: the caller records it with what was asked. */
    public Reading page(JdbcClient unit, Actor actor, Filter filter, int rowsMax) {
        if (actor.must(Right.MAY_READ_AUDIT) instanceof Permission.Missing missing) {
            return new Reading.Refused(missing);
        }
        return page(unit, filter, rowsMax);
    }

    /** The actor's own acts: everybody may read those, whatever the role. */
    public Reading.Page ownPage(JdbcClient unit, Actor actor, Optional<Long> beforeSequence, int rowsMax) {
        Filter own = new Filter(
                Optional.of(actor.pseudonym()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                beforeSequence);
        return page(unit, own, rowsMax);
    }

    private static Reading.Page page(JdbcClient unit, Filter filter, int rowsMax) {
        int rows = Math.clamp(rowsMax, 1, PAGE_ROWS_MAX);
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        narrow(conditions, values, "actor = ", "actor", filter.actor());
        narrow(conditions, values, "act = ", "act", filter.act());
        narrow(conditions, values, "object_kind = ", "kind", filter.objectKind());
        narrow(conditions, values, "object_id = ", "id", filter.objectId());
        narrow(conditions, values, "at >= ", "from", filter.from().map(AuditTrail::moment));
        narrow(conditions, values, "at < ", "to", filter.to().map(AuditTrail::moment));
        narrow(conditions, values, "sequence < ", "before", filter.beforeSequence());
        values.put("rows", rows + 1);
        List<RecordedEvent> found = unit.sql("""
                        SELECT sequence, at, actor, roles, act, object_kind, object_id, reason, before_json, after_json,
                            sequence <= (SELECT e.sequence FROM audit.entered e) AS is_entered
                        FROM audit.event"""
                        + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                        + " ORDER BY sequence DESC LIMIT :rows")
                .params(values)
                .query((row, _) -> new RecordedEvent(
                        row.getLong("sequence"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("roles"),
                        new AuditEvent(
                                row.getString("act"),
                                row.getString("object_kind"),
                                row.getString("object_id"),
                                row.getString("reason"),
                                row.getString("before_json"),
                                row.getString("after_json")),
                        row.getBoolean("is_entered")))
                .list();
        boolean isLast = found.size() <= rows;
        return new Reading.Page(isLast ? found : found.subList(0, rows), isLast);
    }

    private static void narrow(
            List<String> conditions, Map<String, Object> values, String condition, String name, Optional<?> value) {
        value.ifPresent(v -> {
            conditions.add(condition + ":" + name);
            values.put(name, v);
        });
    }

    private static OffsetDateTime moment(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.unixMillis());
    }
}
