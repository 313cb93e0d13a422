// SPDX-License-Identifier: Apache-2.0
package tonle.registry.audit;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.Json;
import tonle.base.Sha256;

/**
 * The digests of events, which the log holds in their stead: SHA-256 over the name of the form, the salt, and the event
 * as JSON; of several readings over the name of their form and their digests.
 */
final class EventDigests {
    /** The first octets that are hashed: what the digest is of, and in which form. */
    private static final String EVENT_FORM = "tonle audit event 1\n";

    private static final String READINGS_FORM = "tonle audit readings 1\n";

    private static final List<String> WORDS = List.of(
            "actor", "roles", "operator_id", "act", "object_kind", "object_id", "reason", "before_json", "after_json");

    private EventDigests() {}

    /** An event's number and act, and what commits to all of it. */
    record Salted(long sequence, String act, byte[] digest) {}

    /** Events in their order: those after {@code before}, up to {@code last}, which is among them. */
    static List<Salted> events(JdbcClient unit, long before, long last) {
        return unit.sql("""
                        SELECT sequence, at, actor, roles, operator_id, act, object_kind, object_id, reason, before_json,
                            after_json, salt
                        FROM audit.event WHERE sequence > :before AND sequence <= :last ORDER BY sequence
                        """)
                .param("before", before)
                .param("last", last)
                .query((row, _) -> {
                    StringBuilder words = new StringBuilder();
                    Json json = new Json(words, false).beginObject();
                    json.member("sequence", row.getLong("sequence"));
                    json.member(
                            "at",
                            row.getObject("at", OffsetDateTime.class)
                                    .toInstant()
                                    .toString());
                    for (String name : WORDS) {
                        String value = row.getString(name);
                        json.member(name, value == null ? "" : value);
                    }
                    json.endObject();
                    return new Salted(
                            row.getLong("sequence"),
                            row.getString("act"),
                            Sha256.of(
                                    EVENT_FORM.getBytes(StandardCharsets.UTF_8),
                                    row.getBytes("salt"),
                                    words.toString().getBytes(StandardCharsets.UTF_8)));
                })
                .list();
    }

    /** What the log gets to know of an act that stands alone. */
    static AuditDigest ofAct(Salted event) {
        return new AuditDigest(
                HexFormat.of().formatHex(event.digest()), event.sequence(), event.sequence(), event.act());
    }

    /** What it gets to know of consecutive readings; at least one. */
    static AuditDigest ofReadings(List<Salted> readings) {
        byte[][] parts = new byte[readings.size() + 1][];
        parts[0] = READINGS_FORM.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < readings.size(); i++) {
            parts[i + 1] = readings.get(i).digest();
        }
        return new AuditDigest(
                HexFormat.of().formatHex(Sha256.of(parts)),
                readings.getFirst().sequence(),
                readings.getLast().sequence(),
                AuditEvent.READ);
    }
}
