// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.Sha256;
import tonle.base.power.Clock;
import tonle.database.Scope;
import tonle.database.Work;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;

/**
 * The door: registers passkeys by a one-time link, lets people in by passkey or by their institution, and knows the
 * sessions. It runs as a stranger who is shown the one row whose secret was brought, and as that person from there on.
 * There are no names to try: a passkey says by itself whose it is, so every failure has the same answer.
 */
public final class Door {
    /** A session's last use is kept this exactly. */
    private static final Duration USE_DURATION = Duration.ofMinutes(1);

    private final Work work;
    private final Clock clock;
    private final AuditTrail trail;
    private final OneTimeLinks links;
    private final boolean isDemonstration;

    Door(Work work, Clock clock, AuditTrail trail, OneTimeLinks links, boolean isDemonstration) {
        this.isDemonstration = isDemonstration;
        this.work = work;
        this.clock = clock;
        this.trail = trail;
        this.links = links;
    }

    /** A person who came in; the secret goes into the browser's cookie, and nowhere else. */
    public record CameIn(Session session, Secret secret) {}

    /** Who is at the other end of an institution's sign-in (OpenID Connect Core section 2). */
    public record Identity(String issuer, String subject) {
        byte[] key() {
            return Sha256.of((issuer + " " + subject).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /** The row whose secret is this may be seen, in this unit. */
    static void showKey(JdbcClient unit, byte[] key) {
        set(unit, "tonle.key", HexFormat.of().formatHex(key));
    }

    /** Whose secret was brought acts from here on, in this unit. */
    static void actAs(JdbcClient unit, String pseudonym) {
        set(unit, "tonle.actor", pseudonym);
    }

    private static void set(JdbcClient unit, String name, String value) {
        unit.sql("SELECT set_config(:name, :value, true)")
                .param("name", name)
                .param("value", value)
                .query(String.class)
                .single();
    }

    // ---- one-time links

    /** The user handle that a new passkey of the link's account carries, and the passkeys that it has. */
    public Outcome<List<Passkey>> passkeysOfLink(String linkSecret) {
        return work.read(
                Scope.stranger(),
                unit -> links.find(unit, linkSecret)
                        .then(link ->
                                Outcome.done(PasskeyRows.of(unit, link.account().pseudonym()))));
    }

    /** The user handle of the account that a link opens. */
    public Outcome<byte[]> handleOfLink(String linkSecret) {
        return work.read(
                Scope.stranger(),
                unit -> links.find(unit, linkSecret)
                        .then(link -> Outcome.done(
                                AccountRows.handle(unit, link.account().pseudonym()))));
    }

    /**
     * Uses a link up: the passkey is registered, the account active, its holder in. Recovery ends what was there
     * before, for a lost device may be in other hands.
     *
     * @param name as the person wants to be called; empty leaves it
     */
    public Outcome<CameIn> register(String linkSecret, Passkey passkey, String name) {
        return WholeUnit.in(
                work,
                Scope.stranger(),
                unit -> links.find(unit, linkSecret).then(link -> {
                    String pseudonym = link.account().pseudonym();
                    return renamed(unit, link.account(), name).then(_ -> {
                        // Before the passkey: from there on the row of its key is shown, and no longer that of the
                        // link.
                        links.use(unit, linkSecret);
                        return added(unit, link, passkey)
                                .then(_ -> Outcome.done(enter(unit, pseudonym, Session.Method.LINK)));
                    });
                }));
    }

    /**
     * Uses a link up without a passkey: in the demonstration alone, whose visitors may have nothing that holds one.
     * Everywhere else it is refused.
     */
    public Outcome<CameIn> enterWithoutPasskey(String linkSecret) {
        if (!isDemonstration) {
            return Outcome.refused(Reason.SIGN_IN_REFUSED, "");
        }
        return WholeUnit.in(
                work,
                Scope.stranger(),
                unit -> links.find(unit, linkSecret).then(link -> {
                    String pseudonym = link.account().pseudonym();
                    activate(unit, link);
                    links.use(unit, linkSecret);
                    Account account = AccountRows.find(unit, pseudonym).orElseThrow();
                    trail.record(
                            unit,
                            account.actor(),
                            AuditEvent.of("came-in-without-passkey", "account", pseudonym, "demonstration"));
                    return Outcome.done(enter(unit, pseudonym, Session.Method.LINK));
                }));
    }

    /** Whether {@link #enterWithoutPasskey} lets anybody in. */
    public boolean isDemonstration() {
        return isDemonstration;
    }

    /** Uses a link up: the institution's sign-in names this account from now on, and its holder is in. */
    public Outcome<CameIn> bind(String linkSecret, Identity identity) {
        return WholeUnit.in(
                work,
                Scope.stranger(),
                unit -> links.find(unit, linkSecret).then(link -> {
                    String pseudonym = link.account().pseudonym();
                    showKey(unit, identity.key());
                    if (pseudonymOf(unit, identity).isPresent()) {
                        return Outcome.refused(Reason.IDENTITY_TAKEN, identity.issuer());
                    }
                    showKey(unit, Secret.hash(linkSecret));
                    unit.sql("""
                            INSERT INTO people.identity (issuer, subject, pseudonym, made_at)
                            VALUES (:issuer, :subject, :pseudonym, :at)
                            """)
                            .param("issuer", identity.issuer())
                            .param("subject", identity.subject())
                            .param("pseudonym", pseudonym)
                            .param("at", AccountRows.moment(now()))
                            .update();
                    activate(unit, link);
                    links.use(unit, linkSecret);
                    Account account = AccountRows.find(unit, pseudonym).orElseThrow();
                    trail.record(
                            unit,
                            account.actor(),
                            AuditEvent.of("bound-institution", "account", pseudonym, identity.issuer()));
                    return Outcome.done(enter(unit, pseudonym, Session.Method.INSTITUTION));
                }));
    }

    private Outcome<Account> renamed(JdbcClient unit, Account account, String typed) {
        if (Names.tidy(typed).isEmpty() || Names.tidy(typed).equals(account.name())) {
            return Outcome.done(account);
        }
        return Names.name(typed).then(name -> {
            if (AccountRows.isNameTaken(unit, Names.key(name), account.pseudonym())) {
                return Outcome.refused(Reason.NAME_TAKEN, name);
            }
            AccountRows.setNameAndLanguage(unit, account.pseudonym(), name, account.language());
            return Outcome.done(account);
        });
    }

    private Outcome<Passkey> added(JdbcClient unit, OneTimeLinks.Link link, Passkey passkey) {
        String pseudonym = link.account().pseudonym();
        if (link.kind() == OneTimeLinks.Kind.RECOVERY) {
            PasskeyRows.deleteAll(unit, pseudonym);
            SessionRows.endAll(unit, pseudonym);
            unit.sql("DELETE FROM people.api_token WHERE pseudonym = :pseudonym")
                    .param("pseudonym", pseudonym)
                    .update();
        }
        activate(unit, link);
        return PasskeysOfAccount.add(
                unit, trail, AccountRows.find(unit, pseudonym).orElseThrow(), passkey, now());
    }

    private void activate(JdbcClient unit, OneTimeLinks.Link link) {
        if (link.account().state() == Account.State.INVITED) {
            AccountRows.setState(unit, link.account().pseudonym(), Account.State.ACTIVE, now());
        }
    }

    // ---- sign-in

    /** The passkey of that id, to verify what it signed. */
    public Optional<Passkey> passkey(byte[] credentialId) {
        return work.read(Scope.stranger(), unit -> {
            showKey(unit, credentialId);
            return PasskeyRows.find(unit, credentialId).map(key -> {
                actAs(unit, key.pseudonym());
                return PasskeyRows.find(unit, credentialId).orElseThrow();
            });
        });
    }

    /** After the signature was verified: lets the passkey's owner in, who gets a new session whatever was there. */
    public Outcome<CameIn> signIn(byte[] credentialId, long signCount, boolean isBackedUp) {
        return WholeUnit.in(work, Scope.stranger(), unit -> {
            showKey(unit, credentialId);
            Optional<Passkey> key = PasskeyRows.find(unit, credentialId);
            if (key.isEmpty() || !key.get().mayFollow(signCount)) {
                return Outcome.refused(Reason.SIGN_IN_REFUSED, "");
            }
            actAs(unit, key.get().pseudonym());
            PasskeyRows.used(unit, credentialId, signCount, isBackedUp, now());
            return entering(unit, key.get().pseudonym(), Session.Method.PASSKEY);
        });
    }

    /** After the institution's answer was verified: nobody comes in who was not invited and bound before. */
    public Outcome<CameIn> signIn(Identity identity) {
        return WholeUnit.in(work, Scope.stranger(), unit -> {
            showKey(unit, identity.key());
            Optional<String> pseudonym = pseudonymOf(unit, identity);
            if (pseudonym.isEmpty()) {
                return Outcome.refused(Reason.SIGN_IN_REFUSED, "");
            }
            actAs(unit, pseudonym.get());
            return entering(unit, pseudonym.get(), Session.Method.INSTITUTION);
        });
    }

    private static Optional<String> pseudonymOf(JdbcClient unit, Identity identity) {
        return unit.sql("SELECT pseudonym FROM people.identity WHERE issuer = :issuer AND subject = :subject")
                .param("issuer", identity.issuer())
                .param("subject", identity.subject())
                .query(String.class)
                .optional();
    }

    private Outcome<CameIn> entering(JdbcClient unit, String pseudonym, Session.Method method) {
        boolean isActive = AccountRows.find(unit, pseudonym)
                .filter(account -> account.state() == Account.State.ACTIVE)
                .isPresent();
        return isActive ? Outcome.done(enter(unit, pseudonym, method)) : Outcome.refused(Reason.SIGN_IN_REFUSED, "");
    }

    private CameIn enter(JdbcClient unit, String pseudonym, Session.Method method) {
        Secret secret = Secret.fresh(Secret.Kind.SESSION);
        Account account = AccountRows.find(unit, pseudonym).orElseThrow();
        Instant now = now();
        Session session = new Session(Secret.id('s'), account, method, now, now, now.plus(Session.LIFE_DURATION));
        SessionRows.add(unit, secret, session);
        return new CameIn(session, secret);
    }

    // ---- sessions

    /** The session that a cookie stands for, if it is not over and its account may be here. */
    public Optional<Session> session(String secret) {
        if (!secret.startsWith(Secret.Kind.SESSION.word())) {
            return Optional.empty();
        }
        byte[] hash = Secret.hash(secret);
        Optional<Session> session = work.read(Scope.stranger(), unit -> {
            showKey(unit, hash);
            return SessionRows.pseudonymOf(unit, hash).flatMap(pseudonym -> {
                actAs(unit, pseudonym);
                return SessionRows.find(unit, hash);
            });
        });
        Instant now = now();
        Optional<Session> open =
                session.filter(found -> !found.isOver(now) && found.account().state() == Account.State.ACTIVE);
        if (open.isPresent() && !now.isBefore(open.get().usedAt().plus(USE_DURATION))) {
            work.in(Scope.stranger(), unit -> {
                showKey(unit, hash);
                return SessionRows.used(unit, hash, now);
            });
        }
        return open;
    }

    /** Signs out: the cookie's secret opens nothing any more. */
    public void end(String secret) {
        byte[] hash = Secret.hash(secret);
        work.in(Scope.stranger(), unit -> {
            showKey(unit, hash);
            return SessionRows.end(unit, hash);
        });
    }

    static Session.Method method(String key) {
        return Session.Method.valueOf(key.toUpperCase(Locale.ROOT));
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.unixMillis());
    }
}
