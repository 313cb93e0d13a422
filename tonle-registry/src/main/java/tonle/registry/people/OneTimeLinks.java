// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.power.Clock;
import tonle.database.Scope;
import tonle.database.Work;

/**
 * Links that let one person in once, to register a passkey: for the first administrator, whoever is invited, and
 * whoever lost a passkey. Looking at one uses nothing, since programs that read mail look at links too; registering
 * does.
 */
public final class OneTimeLinks {
    /** The first one is read from a screen nearby; others are carried to people. */
    public static final Duration FIRST_DURATION = Duration.ofHours(24);

    public static final Duration INVITATION_DURATION = Duration.ofDays(7);
    public static final Duration RECOVERY_DURATION = Duration.ofHours(24);

    private final Work work;
    private final Clock clock;

    OneTimeLinks(Work work, Clock clock) {
        this.work = work;
        this.clock = clock;
    }

    /** What a link is for. */
    public enum Kind {
        FIRST(FIRST_DURATION),
        INVITATION(INVITATION_DURATION),
        RECOVERY(RECOVERY_DURATION);

        private final Duration duration;

        Kind(Duration duration) {
            this.duration = duration;
        }

        public Duration duration() {
            return duration;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A link that would let its holder in. */
    public record Link(Kind kind, Account account, Instant expiresAt) {}

    /** What the link opens, without using it. */
    public Outcome<Link> look(String secret) {
        return work.read(Scope.stranger(), unit -> find(unit, secret));
    }

    Outcome<Link> find(JdbcClient unit, String secret) {
        byte[] hash = Secret.hash(secret);
        Door.showKey(unit, hash);
        record Row(Kind kind, String pseudonym, Instant expiresAt, boolean isUsed) {}
        Optional<Row> row = unit.sql("""
                        SELECT kind, pseudonym, expires_at, used_at IS NOT NULL AS is_used
                        FROM people.one_time_link WHERE hash = :hash
                        """)
                .param("hash", hash)
                .query((found, _) -> new Row(
                        Kind.valueOf(found.getString("kind").toUpperCase(Locale.ROOT)),
                        found.getString("pseudonym"),
                        AccountRows.instant(found, "expires_at"),
                        found.getBoolean("is_used")))
                .optional();
        if (row.isEmpty()) {
            return Outcome.refused(Reason.LINK_UNKNOWN, "");
        }
        if (row.get().isUsed()) {
            return Outcome.refused(Reason.LINK_USED, "");
        }
        if (!now().isBefore(row.get().expiresAt())) {
            return Outcome.refused(Reason.LINK_EXPIRED, row.get().expiresAt());
        }
        Door.actAs(unit, row.get().pseudonym());
        Account account = AccountRows.find(unit, row.get().pseudonym()).orElseThrow();
        return account.state() == Account.State.SUSPENDED
                ? Outcome.refused(Reason.ACCOUNT_STATE, account.state().key())
                : Outcome.done(new Link(row.get().kind(), account, row.get().expiresAt()));
    }

    /** Makes a link in place of those that the account has. */
    Secret make(JdbcClient unit, Kind kind, String pseudonym, String by, String proposalId) {
        unit.sql("DELETE FROM people.one_time_link WHERE pseudonym = :pseudonym AND used_at IS NULL")
                .param("pseudonym", pseudonym)
                .update();
        Secret secret = Secret.fresh(Secret.Kind.LINK);
        unit.sql("""
                        INSERT INTO people.one_time_link
                            (hash, kind, pseudonym, proposal_id, made_by, made_at, expires_at)
                        VALUES (:hash, :kind, :pseudonym, :proposal, :by, :at, :expires)
                        """)
                .param("hash", secret.hash())
                .param("kind", kind.key())
                .param("pseudonym", pseudonym)
                .param("proposal", proposalId.isEmpty() ? null : proposalId)
                .param("by", by)
                .param("at", AccountRows.moment(now()))
                .param("expires", AccountRows.moment(now().plus(kind.duration())))
                .update();
        return secret;
    }

    /** Uses the link up, in the unit that lets its holder in. */
    void use(JdbcClient unit, String secret) {
        unit.sql("UPDATE people.one_time_link SET used_at = :at WHERE hash = :hash")
                .param("at", AccountRows.moment(now()))
                .param("hash", Secret.hash(secret))
                .update();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.unixMillis());
    }
}
