// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.registry.rights.Role;

/** Accounts and grants as rows. All of it runs in the unit that is handed in, and sees what its scope may see. */
final class AccountRows {
    private static final String SELECT = """
            SELECT a.pseudonym, a.name, a.language, a.operator_id, a.state, a.made_at,
                coalesce((SELECT string_agg(g.role, ',') FROM people.role_grant g
                    WHERE g.pseudonym = a.pseudonym AND g.ended_at IS NULL), '') AS roles
            FROM people.account a
            """;

    private AccountRows() {}

    static Optional<Account> find(JdbcClient unit, String pseudonym) {
        return unit.sql(SELECT + " WHERE a.pseudonym = :pseudonym")
                .param("pseudonym", pseudonym)
                .query(AccountRows::account)
                .optional();
    }

    /** All, the gateway's own first, by name; bounded by {@link Accounts#ACCOUNTS_MAX}. */
    static List<Account> all(JdbcClient unit) {
        return unit.sql(SELECT + " ORDER BY a.operator_id NULLS FIRST, a.name_key")
                .query(AccountRows::account)
                .list();
    }

    /** The user handle that authenticators know the account by. */
    static byte[] handle(JdbcClient unit, String pseudonym) {
        return unit.sql("SELECT handle FROM people.account WHERE pseudonym = :pseudonym")
                .param("pseudonym", pseudonym)
                .query(byte[].class)
                .single();
    }

    static long count(JdbcClient unit) {
        return unit.sql("SELECT count(*) FROM people.account").query(Long.class).single();
    }

    static boolean isNameTaken(JdbcClient unit, String nameKey, String exceptPseudonym) {
        return unit.sql("SELECT people.is_name_taken(:key, :except)")
                .param("key", nameKey)
                .param("except", exceptPseudonym)
                .query(Boolean.class)
                .single();
    }

    static void add(JdbcClient unit, Account account) {
        unit.sql("INSERT INTO people.pseudonym (pseudonym, made_on) VALUES (:pseudonym, :day)")
                .param("pseudonym", account.pseudonym())
                .param("day", moment(account.madeAt()).toLocalDate())
                .update();
        unit.sql("""
                        INSERT INTO people.account
                            (pseudonym, name, name_key, language, operator_id, state, handle, made_at)
                        VALUES (:pseudonym, :name, :key, :language, :operator, :state, :handle, :at)
                        """)
                .param("pseudonym", account.pseudonym())
                .param("name", account.name())
                .param("key", Names.key(account.name()))
                .param("language", account.language())
                .param("operator", account.operator().orElse(null))
                .param("state", account.state().key())
                .param("handle", Secret.handle())
                .param("at", moment(account.madeAt()))
                .update();
    }

    static void setState(JdbcClient unit, String pseudonym, Account.State state, Instant now) {
        unit.sql("UPDATE people.account SET state = :state, suspended_at = :at WHERE pseudonym = :pseudonym")
                .param("state", state.key())
                .param("at", state == Account.State.SUSPENDED ? moment(now) : null)
                .param("pseudonym", pseudonym)
                .update();
    }

    static void setNameAndLanguage(JdbcClient unit, String pseudonym, String name, String language) {
        unit.sql("UPDATE people.account SET name = :name, name_key = :key, language = :language WHERE pseudonym = :p")
                .param("name", name)
                .param("key", Names.key(name))
                .param("language", language)
                .param("p", pseudonym)
                .update();
    }

    /** Passkeys, sessions, tokens, links and identities go with it; pseudonym, grants and proposals stay. */
    static void delete(JdbcClient unit, String pseudonym) {
        unit.sql("DELETE FROM people.account WHERE pseudonym = :pseudonym")
                .param("pseudonym", pseudonym)
                .update();
    }

    // ---- grants

    static void grant(
            JdbcClient unit,
            String pseudonym,
            Role role,
            String by,
            Instant at,
            boolean isFounding,
            String proposalId) {
        unit.sql("""
                        INSERT INTO people.role_grant
                            (pseudonym, role, granted_by, granted_at, is_founding, proposal_id)
                        VALUES (:pseudonym, :role, :by, :at, :founding, :proposal)
                        """)
                .param("pseudonym", pseudonym)
                .param("role", role.key())
                .param("by", by)
                .param("at", moment(at))
                .param("founding", isFounding)
                .param("proposal", proposalId.isEmpty() ? null : proposalId)
                .update();
    }

    static void endGrant(JdbcClient unit, String pseudonym, Role role, String by, Instant at) {
        unit.sql("""
                        UPDATE people.role_grant SET ended_by = :by, ended_at = :at
                        WHERE pseudonym = :pseudonym AND role = :role AND ended_at IS NULL
                        """)
                .param("by", by)
                .param("at", moment(at))
                .param("pseudonym", pseudonym)
                .param("role", role.key())
                .update();
    }

    /** How many administrators were ever appointed while there was nobody to confirm. */
    static long foundingCount(JdbcClient unit) {
        return unit.sql("SELECT count(*) FROM people.role_grant WHERE is_founding")
                .query(Long.class)
                .single();
    }

    /** Administrators who can sign in, leaving out one account. */
    static long administratorCountWithout(JdbcClient unit, String pseudonym) {
        return unit.sql("""
                        SELECT count(*) FROM people.role_grant g JOIN people.account a ON a.pseudonym = g.pseudonym
                        WHERE g.role = :role AND g.ended_at IS NULL AND a.state = 'active' AND a.pseudonym <> :pseudonym
                        """)
                .param("role", Role.ADMINISTRATOR.key())
                .param("pseudonym", pseudonym)
                .query(Long.class)
                .single();
    }

    static OffsetDateTime moment(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? Instant.EPOCH : moment.toInstant();
    }

    private static Account account(ResultSet row, int index) throws SQLException {
        List<Role> roles = new ArrayList<>();
        for (String key : row.getString("roles").split(",")) {
            // A role of a newer Tonle gives no right here.
            Role.ofKey(key).ifPresent(roles::add);
        }
        roles.sort(null);
        return new Account(
                row.getString("pseudonym"),
                row.getString("name"),
                row.getString("language"),
                Optional.ofNullable(row.getString("operator_id")),
                Account.State.ofKey(row.getString("state")),
                roles,
                instant(row, "made_at"));
    }
}
