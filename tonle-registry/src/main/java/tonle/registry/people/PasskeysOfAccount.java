// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;

/** How a passkey comes to an account: the same rules by a link and on the own page. */
final class PasskeysOfAccount {
    private PasskeysOfAccount() {}

    static Outcome<Passkey> add(JdbcClient unit, AuditTrail trail, Account account, Passkey passkey, Instant now) {
        return Names.label(passkey.label()).then(label -> {
            List<Passkey> present = PasskeyRows.of(unit, account.pseudonym());
            if (present.size() >= Passkey.COUNT_MAX) {
                return Outcome.refused(Reason.PASSKEYS_MANY, Passkey.COUNT_MAX);
            }
            Door.showKey(unit, passkey.credentialId());
            if (PasskeyRows.find(unit, passkey.credentialId()).isPresent()) {
                return Outcome.refused(Reason.PASSKEY_KNOWN, "");
            }
            Passkey kept = new Passkey(
                    passkey.credentialId(),
                    account.pseudonym(),
                    passkey.handle(),
                    label,
                    passkey.publicKey(),
                    passkey.attestation(),
                    passkey.signCount(),
                    passkey.isUserVerified(),
                    passkey.isBackupEligible(),
                    passkey.isBackedUp(),
                    passkey.transports(),
                    now,
                    java.util.Optional.empty());
            PasskeyRows.add(unit, kept);
            trail.record(
                    unit, account.actor(), AuditEvent.of("registered-passkey", "account", account.pseudonym(), ""));
            return Outcome.done(kept);
        });
    }
}
