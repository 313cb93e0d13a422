// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Passkeys as rows. */
final class PasskeyRows {
    // A stranger at the door sees the one passkey whose id is shown, and not yet the account that it belongs to.
    private static final String SELECT = """
            SELECT k.*, a.handle FROM people.passkey k LEFT JOIN people.account a ON a.pseudonym = k.pseudonym
            """;

    private PasskeyRows() {}

    static Optional<Passkey> find(JdbcClient unit, byte[] credentialId) {
        return unit.sql(SELECT + " WHERE k.credential_id = :id")
                .param("id", credentialId)
                .query(PasskeyRows::passkey)
                .optional();
    }

    static List<Passkey> of(JdbcClient unit, String pseudonym) {
        return unit.sql(SELECT + " WHERE k.pseudonym = :pseudonym ORDER BY k.made_at")
                .param("pseudonym", pseudonym)
                .query(PasskeyRows::passkey)
                .list();
    }

    static void add(JdbcClient unit, Passkey key) {
        unit.sql("""
                        INSERT INTO people.passkey (credential_id, pseudonym, label, public_key, attestation, sign_count,
                            is_user_verified, is_backup_eligible, is_backed_up, transports, made_at, used_at)
                        VALUES (:id, :pseudonym, :label, :key, :attestation, :count, :verified, :eligible, :backed,
                            :transports, :at, NULL)
                        """)
                .param("id", key.credentialId())
                .param("pseudonym", key.pseudonym())
                .param("label", key.label())
                .param("key", key.publicKey())
                .param("attestation", key.attestation())
                .param("count", key.signCount())
                .param("verified", key.isUserVerified())
                .param("eligible", key.isBackupEligible())
                .param("backed", key.isBackedUp())
                .param("transports", key.transports())
                .param("at", AccountRows.moment(key.madeAt()))
                .update();
    }

    static void used(JdbcClient unit, byte[] credentialId, long signCount, boolean isBackedUp, Instant at) {
        unit.sql("""
                        UPDATE people.passkey SET sign_count = :count, is_backed_up = :backed, used_at = :at
                        WHERE credential_id = :id
                        """)
                .param("count", signCount)
                .param("backed", isBackedUp)
                .param("at", AccountRows.moment(at))
                .param("id", credentialId)
                .update();
    }

    static void deleteAll(JdbcClient unit, String pseudonym) {
        unit.sql("DELETE FROM people.passkey WHERE pseudonym = :pseudonym")
                .param("pseudonym", pseudonym)
                .update();
    }

    static boolean delete(JdbcClient unit, String pseudonym, byte[] credentialId) {
        return unit.sql("DELETE FROM people.passkey WHERE pseudonym = :pseudonym AND credential_id = :id")
                        .param("pseudonym", pseudonym)
                        .param("id", credentialId)
                        .update()
                == 1;
    }

    private static Passkey passkey(ResultSet row, int index) throws SQLException {
        Instant used = AccountRows.instant(row, "used_at");
        byte[] handle = row.getBytes("handle");
        return new Passkey(
                row.getBytes("credential_id"),
                row.getString("pseudonym"),
                handle == null ? new byte[0] : handle,
                row.getString("label"),
                row.getBytes("public_key"),
                row.getBytes("attestation"),
                row.getLong("sign_count"),
                row.getBoolean("is_user_verified"),
                row.getBoolean("is_backup_eligible"),
                row.getBoolean("is_backed_up"),
                row.getString("transports"),
                AccountRows.instant(row, "made_at"),
                used.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(used));
    }
}
