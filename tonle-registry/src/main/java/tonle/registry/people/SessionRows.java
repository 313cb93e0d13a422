// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sessions as rows. */
final class SessionRows {
    private SessionRows() {}

    /** Adds one, and ends the oldest beyond the bound. */
    static void add(JdbcClient unit, Secret secret, Session session) {
        unit.sql("""
                        DELETE FROM people.session WHERE hash IN (SELECT hash FROM people.session
                            WHERE pseudonym = :pseudonym ORDER BY made_at DESC OFFSET :kept)
                        """)
                .param("pseudonym", session.account().pseudonym())
                .param("kept", Session.COUNT_MAX - 1)
                .update();
        unit.sql("""
                        INSERT INTO people.session (hash, id, pseudonym, method, made_at, used_at, expires_at)
                        VALUES (:hash, :id, :pseudonym, :method, :made, :used, :expires)
                        """)
                .param("hash", secret.hash())
                .param("id", session.id())
                .param("pseudonym", session.account().pseudonym())
                .param("method", session.method().key())
                .param("made", AccountRows.moment(session.madeAt()))
                .param("used", AccountRows.moment(session.usedAt()))
                .param("expires", AccountRows.moment(session.expiresAt()))
                .update();
    }

    static Optional<String> pseudonymOf(JdbcClient unit, byte[] hash) {
        return unit.sql("SELECT pseudonym FROM people.session WHERE hash = :hash")
                .param("hash", hash)
                .query(String.class)
                .optional();
    }

    static Optional<Session> find(JdbcClient unit, byte[] hash) {
        return unit.sql("SELECT * FROM people.session WHERE hash = :hash")
                .param("hash", hash)
                .query((row, _) -> session(unit, row))
                .optional();
    }

    /** The newest first. */
    static List<Session> of(JdbcClient unit, String pseudonym) {
        return unit.sql("SELECT * FROM people.session WHERE pseudonym = :pseudonym ORDER BY made_at DESC")
                .param("pseudonym", pseudonym)
                .query((row, _) -> session(unit, row))
                .list();
    }

    private static Session session(JdbcClient unit, java.sql.ResultSet row) throws java.sql.SQLException {
        return new Session(
                row.getString("id"),
                AccountRows.find(unit, row.getString("pseudonym")).orElseThrow(),
                Door.method(row.getString("method")),
                AccountRows.instant(row, "made_at"),
                AccountRows.instant(row, "used_at"),
                AccountRows.instant(row, "expires_at"));
    }

    static int used(JdbcClient unit, byte[] hash, Instant at) {
        return unit.sql("UPDATE people.session SET used_at = :at WHERE hash = :hash")
                .param("at", AccountRows.moment(at))
                .param("hash", hash)
                .update();
    }

    static int end(JdbcClient unit, byte[] hash) {
        return unit.sql("DELETE FROM people.session WHERE hash = :hash")
                .param("hash", hash)
                .update();
    }

    static int endAll(JdbcClient unit, String pseudonym) {
        return unit.sql("DELETE FROM people.session WHERE pseudonym = :pseudonym")
                .param("pseudonym", pseudonym)
                .update();
    }

    static int end(JdbcClient unit, String pseudonym, String id) {
        return unit.sql("DELETE FROM people.session WHERE pseudonym = :pseudonym AND id = :id")
                .param("pseudonym", pseudonym)
                .param("id", id)
                .update();
    }
}
