// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.power.Clock;
import tonle.database.Scope;
import tonle.database.Work;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;

/**
 * Keys of the API: personal tokens, and clients that programs are. A token has some rights of its maker, never more
 * than that person has now; a client has readings, or an operator's rights. Each ends on a day; its secret is shown
 * once.
 */
public final class Keys {
    /** How long a token lasts that a client was given: RFC 6749 section 4.2.2 has an hour as its example. */
    public static final Duration ACCESS_DURATION = Duration.ofMinutes(15);

    /** Tokens of one client at once; an older one ends. */
    private static final int ACCESS_COUNT_MAX = 20;

    private static final int CLIENTS_MAX = 200;

    private final Work work;
    private final Clock clock;
    private final AuditTrail trail;

    Keys(Work work, Clock clock, AuditTrail trail) {
        this.work = work;
        this.clock = clock;
        this.trail = trail;
    }

    /** A key that was made, with the secret that is shown this once. */
    public record Made<T>(T key, Secret secret) {}

    /** An access token that a client was given (RFC 6749 section 5.1). */
    public record Access(Secret secret, Set<Right> rights, Duration duration) {}

    // ---- personal tokens

    public Outcome<Made<ApiToken>> makeToken(Actor actor, String typedLabel, Set<Right> rights, int days) {
        if (rights.isEmpty() || !actor.rights().containsAll(rights)) {
            return Outcome.refused(Reason.TOKEN_RIGHTS, words(rights));
        }
        if (days < 1 || days > ApiToken.DAYS_MAX) {
            return Outcome.refused(Reason.TOKEN_DAYS, ApiToken.DAYS_MAX);
        }
        return Names.label(typedLabel)
                .then(label -> WholeUnit.in(work, actor.scope(), unit -> {
                    if (tokens(unit, actor.pseudonym()).size() >= ApiToken.COUNT_MAX) {
                        return Outcome.refused(Reason.TOKENS_MANY, ApiToken.COUNT_MAX);
                    }
                    Instant now = now();
                    ApiToken token = new ApiToken(
                            Secret.id('t'), label, rights, now, now.plus(Duration.ofDays(days)), Optional.empty());
                    Secret secret = Secret.fresh(Secret.Kind.TOKEN);
                    unit.sql("""
                            INSERT INTO people.api_token (id, hash, pseudonym, label, rights, made_at, expires_at)
                            VALUES (:id, :hash, :pseudonym, :label, :rights, :at, :expires)
                            """)
                            .param("id", token.id())
                            .param("hash", secret.hash())
                            .param("pseudonym", actor.pseudonym())
                            .param("label", label)
                            .param("rights", words(rights))
                            .param("at", AccountRows.moment(now))
                            .param("expires", AccountRows.moment(token.expiresAt()))
                            .update();
                    trail.record(
                            unit,
                            actor,
                            new AuditEvent(
                                    "made-token",
                                    "token",
                                    token.id(),
                                    "",
                                    "",
                                    "{\"rights\":\"" + words(rights) + "\"}"));
                    return Outcome.done(new Made<>(token, secret));
                }));
    }

    public List<ApiToken> tokens(Actor actor) {
        return work.read(actor.scope(), unit -> tokens(unit, actor.pseudonym()));
    }

    public Outcome<String> endToken(Actor actor, String id) {
        return WholeUnit.in(work, actor.scope(), unit -> {
            int ended = unit.sql("DELETE FROM people.api_token WHERE id = :id AND pseudonym = :pseudonym")
                    .param("id", id)
                    .param("pseudonym", actor.pseudonym())
                    .update();
            if (ended == 0) {
                return Outcome.refused(Reason.TOKEN_UNKNOWN, id);
            }
            trail.record(unit, actor, AuditEvent.of("ended-token", "token", id, ""));
            return Outcome.done(id);
        });
    }

    private static List<ApiToken> tokens(JdbcClient unit, String pseudonym) {
        return unit.sql("SELECT * FROM people.api_token WHERE pseudonym = :pseudonym ORDER BY made_at DESC")
                .param("pseudonym", pseudonym)
                .query((row, _) -> new ApiToken(
                        row.getString("id"),
                        row.getString("label"),
                        rights(row.getString("rights")),
                        AccountRows.instant(row, "made_at"),
                        AccountRows.instant(row, "expires_at"),
                        Optional.ofNullable(row.getObject("used_on", LocalDate.class))))
                .list();
    }

    // ---- clients

    public Outcome<Made<ApiClient>> makeClient(
            Actor actor, String typedLabel, Set<Right> rights, String operator, int days) {
        return Outcome.asking(actor, Right.MAY_MAKE_CLIENT, () -> {
            Optional<String> owner = Optional.of(operator.strip()).filter(o -> !o.isEmpty());
            Set<Right> grantable = owner.isPresent() ? operatorRights() : gatewayReadings();
            if (rights.isEmpty() || !grantable.containsAll(rights)) {
                return Outcome.refused(Reason.TOKEN_RIGHTS, words(rights));
            }
            if (days < 1 || days > ApiToken.DAYS_MAX) {
                return Outcome.refused(Reason.TOKEN_DAYS, ApiToken.DAYS_MAX);
            }
            return Names.label(typedLabel)
                    .then(label -> WholeUnit.in(
                            work, actor.scope(), unit -> madeClient(unit, actor, label, rights, owner, days)));
        });
    }

    private Outcome<Made<ApiClient>> madeClient(
            JdbcClient unit, Actor actor, String label, Set<Right> rights, Optional<String> owner, int days) {
        if (clients(unit).size() >= CLIENTS_MAX) {
            return Outcome.refused(Reason.TOKENS_MANY, CLIENTS_MAX);
        }
        Instant now = now();
        ApiClient client = new ApiClient(
                Secret.pseudonym('c'),
                label,
                rights,
                owner,
                actor.pseudonym(),
                now,
                now.plus(Duration.ofDays(days)),
                Optional.empty());
        Secret secret = Secret.fresh(Secret.Kind.CLIENT);
        unit.sql("INSERT INTO people.pseudonym (pseudonym, made_on) VALUES (:pseudonym, :day)")
                .param("pseudonym", client.pseudonym())
                .param("day", AccountRows.moment(now).toLocalDate())
                .update();
        unit.sql("""
                        INSERT INTO people.client
                            (pseudonym, label, hash, rights, operator_id, made_by, made_at, expires_at)
                        VALUES (:pseudonym, :label, :hash, :rights, :operator, :by, :at, :expires)
                        """)
                .param("pseudonym", client.pseudonym())
                .param("label", label)
                .param("hash", secret.hash())
                .param("rights", words(rights))
                .param("operator", owner.orElse(null))
                .param("by", actor.pseudonym())
                .param("at", AccountRows.moment(now))
                .param("expires", AccountRows.moment(client.expiresAt()))
                .update();
        trail.record(
                unit,
                actor,
                new AuditEvent(
                        "made-client", "client", client.pseudonym(), "", "", "{\"rights\":\"" + words(rights) + "\"}"));
        return Outcome.done(new Made<>(client, secret));
    }

    public Outcome<List<ApiClient>> clients(Actor actor) {
        return Outcome.asking(
                actor, Right.MAY_MAKE_CLIENT, () -> Outcome.done(work.read(actor.scope(), Keys::clients)));
    }

    /** Ends a client and the tokens it has, at once. */
    public Outcome<String> endClient(Actor actor, String pseudonym) {
        return Outcome.asking(
                actor,
                Right.MAY_MAKE_CLIENT,
                () -> WholeUnit.in(work, actor.scope(), unit -> {
                    int ended = unit.sql(
                                    "UPDATE people.client SET ended_at = :at WHERE pseudonym = :p AND ended_at IS NULL")
                            .param("at", AccountRows.moment(now()))
                            .param("p", pseudonym)
                            .update();
                    if (ended == 0) {
                        return Outcome.refused(Reason.CLIENT_UNKNOWN, pseudonym);
                    }
                    unit.sql("DELETE FROM people.access_token WHERE client = :client")
                            .param("client", pseudonym)
                            .update();
                    trail.record(unit, actor, AuditEvent.of("ended-client", "client", pseudonym, ""));
                    return Outcome.done(pseudonym);
                }));
    }

    /** Gives a client a short-lived token. A wrong id and a wrong secret have one answer. */
    public Outcome<Access> access(String clientId, String secret, Set<Right> asked) {
        byte[] hash = Secret.hash(secret);
        return WholeUnit.in(work, Scope.stranger(), unit -> {
            Door.showKey(unit, hash);
            Optional<ApiClient> client = clients(unit).stream()
                    .filter(c -> c.pseudonym().equals(clientId) && isOpen(c))
                    .findFirst();
            if (client.isEmpty()) {
                return Outcome.refused(Reason.CLIENT_UNKNOWN, "");
            }
            Set<Right> rights = asked.isEmpty() ? client.get().rights() : asked;
            if (!client.get().rights().containsAll(rights)) {
                return Outcome.refused(Reason.CLIENT_SCOPE, words(rights));
            }
            Door.actAs(unit, clientId);
            Secret access = Secret.fresh(Secret.Kind.ACCESS);
            unit.sql("""
                            DELETE FROM people.access_token WHERE client = :client AND (expires_at <= :now
                                OR hash IN (SELECT hash FROM people.access_token WHERE client = :client
                                    ORDER BY expires_at DESC OFFSET :kept))
                            """)
                    .param("client", clientId)
                    .param("now", AccountRows.moment(now()))
                    .param("kept", ACCESS_COUNT_MAX - 1)
                    .update();
            unit.sql("""
                            INSERT INTO people.access_token (hash, client, rights, made_at, expires_at)
                            VALUES (:hash, :client, :rights, :at, :expires)
                            """)
                    .param("hash", access.hash())
                    .param("client", clientId)
                    .param("rights", words(rights))
                    .param("at", AccountRows.moment(now()))
                    .param("expires", AccountRows.moment(now().plus(ACCESS_DURATION)))
                    .update();
            return Outcome.done(new Access(access, rights, ACCESS_DURATION));
        });
    }

    // ---- who a bearer is

    /** Who acts with a bearer token (RFC 6750), personal or a client's; empty for one that opens nothing now. */
    public Optional<Actor> actor(String bearer) {
        if (bearer.startsWith(Secret.Kind.TOKEN.word())) {
            return personal(Secret.hash(bearer));
        }
        return bearer.startsWith(Secret.Kind.ACCESS.word()) ? program(Secret.hash(bearer)) : Optional.empty();
    }

    private Optional<Actor> personal(byte[] hash) {
        LocalDate today = AccountRows.moment(now()).toLocalDate();
        record Row(String pseudonym, Set<Right> rights, Instant expiresAt, Optional<LocalDate> usedOn) {}
        record Known(Actor actor, boolean isNoted) {}
        Optional<Known> known = work.read(Scope.stranger(), unit -> {
            Door.showKey(unit, hash);
            Optional<Row> row = unit.sql("SELECT * FROM people.api_token WHERE hash = :hash")
                    .param("hash", hash)
                    .query((found, _) -> new Row(
                            found.getString("pseudonym"),
                            rights(found.getString("rights")),
                            AccountRows.instant(found, "expires_at"),
                            Optional.ofNullable(found.getObject("used_on", LocalDate.class))))
                    .optional()
                    .filter(found -> now().isBefore(found.expiresAt()));
            return row.flatMap(found -> {
                Door.actAs(unit, found.pseudonym());
                return AccountRows.find(unit, found.pseudonym())
                        .filter(account -> account.state() == Account.State.ACTIVE)
                        .map(account -> new Known(
                                account.actor().limitedTo(found.rights()),
                                found.usedOn().equals(Optional.of(today))));
            });
        });
        if (known.isPresent() && !known.get().isNoted()) {
            work.in(Scope.stranger(), unit -> {
                Door.showKey(unit, hash);
                return unit.sql("UPDATE people.api_token SET used_on = :today WHERE hash = :hash")
                        .param("today", today)
                        .param("hash", hash)
                        .update();
            });
        }
        return known.map(Known::actor);
    }

    private Optional<Actor> program(byte[] hash) {
        record Row(String client, Set<Right> rights, Instant expiresAt) {}
        return work.read(Scope.stranger(), unit -> {
            Door.showKey(unit, hash);
            Optional<Row> row = unit.sql("SELECT * FROM people.access_token WHERE hash = :hash")
                    .param("hash", hash)
                    .query((found, _) -> new Row(
                            found.getString("client"),
                            rights(found.getString("rights")),
                            AccountRows.instant(found, "expires_at")))
                    .optional()
                    .filter(found -> now().isBefore(found.expiresAt()));
            return row.flatMap(found -> {
                Door.actAs(unit, found.client());
                return clients(unit).stream()
                        .filter(this::isOpen)
                        .findFirst()
                        .map(client -> new Actor(
                                client.pseudonym(), client.label(), List.of(), found.rights(), client.operator()));
            });
        });
    }

    private boolean isOpen(ApiClient client) {
        return client.endedAt().isEmpty() && now().isBefore(client.expiresAt());
    }

    private static List<ApiClient> clients(JdbcClient unit) {
        return unit.sql("SELECT * FROM people.client ORDER BY made_at DESC")
                .query(Keys::client)
                .list();
    }

    private static ApiClient client(ResultSet row, int index) throws SQLException {
        Instant ended = AccountRows.instant(row, "ended_at");
        return new ApiClient(
                row.getString("pseudonym"),
                row.getString("label"),
                rights(row.getString("rights")),
                Optional.ofNullable(row.getString("operator_id")),
                row.getString("made_by"),
                AccountRows.instant(row, "made_at"),
                AccountRows.instant(row, "expires_at"),
                ended.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(ended));
    }

    /**
     * A program of the gateway reads; what changes the world is done by people. Making a client is as strong as
     * granting a role that two people need not agree on, which the same administrator may do.
     */
    public static Set<Right> gatewayReadings() {
        return EnumSet.of(
                Right.MAY_READ_GATEWAY,
                Right.MAY_READ_REGISTRY,
                Right.MAY_READ_REVENUE,
                Right.MAY_READ_CASES,
                Right.MAY_READ_AUDIT);
    }

    /** A program of an operator does what the operator's people may. */
    public static Set<Right> operatorRights() {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        Arrays.stream(Role.values())
                .filter(role -> role.side() == Role.Side.OPERATOR)
                .forEach(role -> rights.addAll(role.rights()));
        return rights;
    }

    private static String words(Set<Right> rights) {
        return rights.stream().sorted().map(Right::key).collect(Collectors.joining(","));
    }

    private static Set<Right> rights(String words) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (String word : words.split(",")) {
            Right.ofKey(word).ifPresent(rights::add);
        }
        return rights;
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.unixMillis());
    }
}
