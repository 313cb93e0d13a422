// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Proposals as rows. */
final class ProposalRows {
    static final int SHOWN_COUNT_MAX = 200;

    private static final String SELECT = "SELECT * FROM people.proposal";

    private ProposalRows() {}

    static String nextId(JdbcClient unit, Instant now) {
        String year = "TWO-" + now.atOffset(ZoneOffset.UTC).getYear() + "-";
        // Two who ask at once collide on the key, and one of the units runs again.
        long next = unit.sql("SELECT count(*) + 1 FROM people.proposal WHERE id LIKE :year")
                .param("year", year + "%")
                .query(Long.class)
                .single();
        return year + "%04d".formatted(next);
    }

    static void add(JdbcClient unit, Proposal proposal) {
        unit.sql("""
                        INSERT INTO people.proposal
                            (id, kind, subject, detail, reason, proposed_by, proposed_at, expires_at, state)
                        VALUES (:id, :kind, :subject, :detail, :reason, :by, :at, :expires, :state)
                        """)
                .param("id", proposal.id())
                .param("kind", proposal.kind().key())
                .param("subject", proposal.subject())
                .param("detail", proposal.detail())
                .param("reason", proposal.reason())
                .param("by", proposal.proposedBy())
                .param("at", AccountRows.moment(proposal.proposedAt()))
                .param("expires", AccountRows.moment(proposal.expiresAt()))
                .param("state", proposal.state().key())
                .update();
    }

    static Optional<Proposal> find(JdbcClient unit, String id) {
        return unit.sql(SELECT + " WHERE id = :id")
                .param("id", id)
                .query(ProposalRows::proposal)
                .optional();
    }

    static boolean isOpen(JdbcClient unit, Proposal.Kind kind, String subject, String detail, Instant now) {
        return unit.sql("""
                                SELECT count(*) FROM people.proposal WHERE state = 'open' AND kind = :kind
                                    AND subject = :subject AND detail = :detail AND expires_at > :now
                                """)
                        .param("kind", kind.key())
                        .param("subject", subject)
                        .param("detail", detail)
                        .param("now", AccountRows.moment(now))
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Open ones first, then the newest. */
    static List<Proposal> newest(JdbcClient unit) {
        return unit.sql(SELECT + " ORDER BY (state = 'open') DESC, proposed_at DESC, id DESC LIMIT " + SHOWN_COUNT_MAX)
                .query(ProposalRows::proposal)
                .list();
    }

    static void decide(JdbcClient unit, String id, Proposal.State state, String by, Instant at) {
        unit.sql("UPDATE people.proposal SET state = :state, decided_by = :by, decided_at = :at WHERE id = :id")
                .param("state", state.key())
                .param("by", by)
                .param("at", AccountRows.moment(at))
                .param("id", id)
                .update();
    }

    private static Proposal proposal(ResultSet row, int index) throws SQLException {
        return new Proposal(
                row.getString("id"),
                Proposal.Kind.ofKey(row.getString("kind")),
                row.getString("subject"),
                row.getString("detail"),
                row.getString("reason"),
                row.getString("proposed_by"),
                AccountRows.instant(row, "proposed_at"),
                AccountRows.instant(row, "expires_at"),
                Proposal.State.ofKey(row.getString("state")),
                Optional.ofNullable(row.getString("decided_by")));
    }
}
