// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.Json;
import tonle.base.power.Clock;
import tonle.database.Work;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;
import tonle.registry.audit.RecordedEvent;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;

/** What each person sees of and does with the own account: whatever the role. */
public final class OwnAccount {
    private final Work work;
    private final Clock clock;
    private final AuditTrail trail;

    OwnAccount(Work work, Clock clock, AuditTrail trail) {
        this.work = work;
        this.clock = clock;
        this.trail = trail;
    }

    /** All that is kept of a person, but for what they did, which stands in the audit under the pseudonym. */
    public record View(
            Account account,
            List<Passkey> passkeys,
            List<Session> sessions,
            List<ApiToken> tokens,
            List<String> institutions) {}

    public View view(Actor actor, Keys keys) {
        List<ApiToken> tokens = keys.tokens(actor);
        return work.read(
                actor.scope(),
                unit -> new View(
                        AccountRows.find(unit, actor.pseudonym()).orElseThrow(),
                        PasskeyRows.of(unit, actor.pseudonym()),
                        SessionRows.of(unit, actor.pseudonym()),
                        tokens,
                        unit.sql("SELECT issuer FROM people.identity WHERE pseudonym = :pseudonym ORDER BY issuer")
                                .param("pseudonym", actor.pseudonym())
                                .query(String.class)
                                .list()));
    }

    /** The user handle for a further passkey. */
    public byte[] handle(Actor actor) {
        return work.read(actor.scope(), unit -> AccountRows.handle(unit, actor.pseudonym()));
    }

    public Outcome<Account> rename(Actor actor, String typed, String language) {
        return Names.name(typed)
                .then(name -> WholeUnit.in(work, actor.scope(), unit -> {
                    if (AccountRows.isNameTaken(unit, Names.key(name), actor.pseudonym())) {
                        return Outcome.refused(Reason.NAME_TAKEN, name);
                    }
                    AccountRows.setNameAndLanguage(unit, actor.pseudonym(), name, language.equals("km") ? "km" : "en");
                    // Neither name is in the event: a name is personal data, and events are for ever.
                    trail.record(unit, actor, AuditEvent.of("renamed-account", "account", actor.pseudonym(), ""));
                    return Outcome.done(
                            AccountRows.find(unit, actor.pseudonym()).orElseThrow());
                }));
    }

    public Outcome<Passkey> addPasskey(Actor actor, Passkey passkey) {
        return WholeUnit.in(
                work,
                actor.scope(),
                unit -> PasskeysOfAccount.add(
                        unit, trail, AccountRows.find(unit, actor.pseudonym()).orElseThrow(), passkey, now()));
    }

    public Outcome<String> removePasskey(Actor actor, byte[] credentialId) {
        return WholeUnit.in(work, actor.scope(), unit -> {
            boolean hasInstitution = unit.sql("SELECT count(*) FROM people.identity WHERE pseudonym = :pseudonym")
                            .param("pseudonym", actor.pseudonym())
                            .query(Long.class)
                            .single()
                    > 0;
            if (PasskeyRows.of(unit, actor.pseudonym()).size() <= 1 && !hasInstitution) {
                return Outcome.refused(Reason.PASSKEY_LAST, "");
            }
            if (!PasskeyRows.delete(unit, actor.pseudonym(), credentialId)) {
                return Outcome.refused(Reason.PASSKEY_UNKNOWN, "");
            }
            trail.record(unit, actor, AuditEvent.of("removed-passkey", "account", actor.pseudonym(), ""));
            return Outcome.done(actor.pseudonym());
        });
    }

    /** Ends one of the own sessions, in another browser or here. */
    public Outcome<String> endSession(Actor actor, String id) {
        return WholeUnit.in(
                work,
                actor.scope(),
                unit -> SessionRows.end(unit, actor.pseudonym(), id) == 1
                        ? Outcome.done(id)
                        : Outcome.refused(Reason.SESSION_UNKNOWN, id));
    }

    /**
     * All that is kept of the person, as JSON: the account, keys without their secrets, and the own acts. It is written
     * in one transaction, and bounded by what one account may have.
     */
    public String export(Actor actor, Keys keys) {
        View view = view(actor, keys);
        StringBuilder text = new StringBuilder();
        Json json = new Json(text, true).beginObject();
        json.member("pseudonym", view.account().pseudonym());
        json.member("name", view.account().name());
        json.member("language", view.account().language());
        json.member("operator", view.account().operator().orElse(""));
        json.member("state", view.account().state().key());
        json.member("madeAt", view.account().madeAt().toString());
        json.name("roles").beginArray();
        view.account().roles().stream().map(Role::key).forEach(json::value);
        json.endArray().name("rights").beginArray();
        actor.rights().stream().map(Right::key).forEach(json::value);
        json.endArray().name("passkeys").beginArray();
        for (Passkey key : view.passkeys()) {
            json.beginObject()
                    .member("label", key.label())
                    .member("madeAt", key.madeAt().toString());
            json.member("usedAt", key.usedAt().map(Instant::toString).orElse(""))
                    .endObject();
        }
        json.endArray().name("sessions").beginArray();
        for (Session session : view.sessions()) {
            json.beginObject()
                    .member("id", session.id())
                    .member("method", session.method().key());
            json.member("madeAt", session.madeAt().toString())
                    .member("usedAt", session.usedAt().toString());
            json.member("expiresAt", session.expiresAt().toString()).endObject();
        }
        json.endArray().name("tokens").beginArray();
        for (ApiToken token : view.tokens()) {
            json.beginObject().member("id", token.id()).member("label", token.label());
            json.member("madeAt", token.madeAt().toString())
                    .member("expiresAt", token.expiresAt().toString());
            json.member("usedOn", token.usedOn().map(Object::toString).orElse(""))
                    .endObject();
        }
        json.endArray().name("institutions").beginArray();
        view.institutions().forEach(json::value);
        json.endArray().name("acts").beginArray();
        for (RecordedEvent act : acts(actor)) {
            json.beginObject()
                    .member("sequence", act.sequence())
                    .member("at", act.at().toString());
            json.member("act", act.event().act())
                    .member("objectKind", act.event().objectKind());
            json.member("objectId", act.event().objectId())
                    .member("reason", act.event().reason())
                    .endObject();
        }
        json.endArray().endObject().endLine();
        return text.toString();
    }

    private List<RecordedEvent> acts(Actor actor) {
        return work.read(
                actor.scope(),
                (JdbcClient unit) -> trail.ownPage(unit, actor, Optional.empty(), AuditTrail.PAGE_ROWS_MAX)
                        .events());
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.unixMillis());
    }
}
