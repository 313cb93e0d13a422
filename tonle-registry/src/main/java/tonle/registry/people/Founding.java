// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.power.Clock;
import tonle.database.Scope;
import tonle.database.Work;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;

/**
 * How the first administrator gets in: whoever starts the gateway reads a one-time link from its screen. It is made at
 * each start for as long as nobody has used one, and never again after.
 */
final class Founding {
    private final Work server;
    private final Clock clock;
    private final AuditTrail trail;
    private final OneTimeLinks links;

    /** @param server under the gateway's own credentials: the web's cannot make this link */
    Founding(Work server, Clock clock, AuditTrail trail, OneTimeLinks links) {
        this.server = server;
        this.clock = clock;
        this.trail = trail;
        this.links = links;
    }

    /** The link to print; empty once the first administrator has been here. */
    Optional<Secret> link(String name) {
        return server.in(Scope.system(), unit -> {
            List<Account> accounts = AccountRows.all(unit);
            if (accounts.isEmpty()) {
                return Optional.of(founded(unit, name));
            }
            boolean isWaiting = accounts.stream().allMatch(a -> a.state() == Account.State.INVITED);
            return isWaiting
                    ? accounts.stream()
                            .filter(a -> a.roles().contains(Role.ADMINISTRATOR))
                            .findFirst()
                            .map(a -> links.make(
                                    unit, OneTimeLinks.Kind.FIRST, a.pseudonym(), Actor.OWNER.pseudonym(), ""))
                    : Optional.empty();
        });
    }

    private Secret founded(JdbcClient unit, String name) {
        Instant now = Instant.ofEpochMilli(clock.unixMillis());
        Account first =
                new Account(Secret.pseudonym('p'), name, "en", Optional.empty(), Account.State.INVITED, List.of(), now);
        AccountRows.add(unit, first);
        AccountRows.grant(unit, first.pseudonym(), Role.ADMINISTRATOR, Actor.OWNER.pseudonym(), now, true, "");
        Secret link = links.make(unit, OneTimeLinks.Kind.FIRST, first.pseudonym(), Actor.OWNER.pseudonym(), "");
        trail.record(
                unit,
                Actor.OWNER,
                new AuditEvent(
                        "founded-gateway",
                        "account",
                        first.pseudonym(),
                        "first start",
                        "",
                        "{\"roles\":[\"administrator\"]}"));
        return link;
    }
}
