// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tonle.base.power.Clock;
import tonle.database.Scope;
import tonle.database.Work;
import tonle.registry.audit.AuditTrail;

/**
 * Everything about people in one hand, for whoever wires the gateway: services for pages, which run under the web's
 * credentials, and the few acts of the gateway itself.
 */
public final class People {
    /** Links and tokens that opened nothing for so long leave no trace but their events. */
    private static final Duration KEPT_DURATION = Duration.ofDays(30);

    private final Work web;
    private final Work server;
    private final Clock clock;
    private final AuditTrail trail;
    private final OneTimeLinks links;
    private final TwoPerson twoPerson;
    private final Accounts accounts;
    private final OwnAccount ownAccount;
    private final Door door;
    private final Keys keys;
    /** Never false again once it is true. */
    private volatile boolean isFounded;

    /**
     * @param web units under the web's credentials
     * @param server units under the gateway's own
     * @param isOperator whether an operator of that id is registered
     * @param lists closed lists that two people may change
     */
    public People(Work web, Work server, Clock clock, Predicate<String> isOperator, List<ClosedList> lists) {
        this(web, server, clock, isOperator, lists, false);
    }

    /** @param isDemonstration whether a one-time link lets in without a passkey; never where anything is at stake */
    public People(
            Work web,
            Work server,
            Clock clock,
            Predicate<String> isOperator,
            List<ClosedList> lists,
            boolean isDemonstration) {
        this.web = web;
        this.server = server;
        this.clock = clock;
        this.trail = new AuditTrail(clock);
        this.links = new OneTimeLinks(web, clock);
        this.twoPerson = new TwoPerson(web, clock, trail, links, lists);
        this.accounts = new Accounts(web, clock, trail, links, twoPerson, isOperator);
        this.ownAccount = new OwnAccount(web, clock, trail);
        this.door = new Door(web, clock, trail, links, isDemonstration);
        this.keys = new Keys(web, clock, trail);
    }

    /** Units for pages that read and record under the scope of who asks. */
    public Work work() {
        return web;
    }

    public AuditTrail trail() {
        return trail;
    }

    public OneTimeLinks links() {
        return links;
    }

    public TwoPerson twoPerson() {
        return twoPerson;
    }

    public Accounts accounts() {
        return accounts;
    }

    public OwnAccount ownAccount() {
        return ownAccount;
    }

    public Door door() {
        return door;
    }

    public Keys keys() {
        return keys;
    }

    /** The link for the first administrator, to be printed at start; empty once somebody has been here. */
    public Optional<Secret> firstLink(String name) {
        return new Founding(server, clock, trail, links).link(name);
    }

    /**
     * Whether somebody could sign in: a first administrator has been here. Until then nobody can, so whoever asks this
     * machine may read its pages, as before there were people.
     */
    public boolean isFounded() {
        if (!isFounded) {
            isFounded = server.<Boolean>read(
                    Scope.system(),
                    unit -> AccountRows.all(unit).stream().anyMatch(a -> a.state() != Account.State.INVITED));
        }
        return isFounded;
    }

    /** Removes what is over: sessions and short tokens at once, links and personal tokens after a month. */
    public int sweep() {
        Instant now = Instant.ofEpochMilli(clock.unixMillis());
        return server.in(Scope.system(), unit -> {
            int gone = unit.sql("DELETE FROM people.session WHERE expires_at <= :now OR used_at <= :idle")
                    .param("now", AccountRows.moment(now))
                    .param("idle", AccountRows.moment(now.minus(Session.IDLE_DURATION)))
                    .update();
            gone += unit.sql("DELETE FROM people.access_token WHERE expires_at <= :now")
                    .param("now", AccountRows.moment(now))
                    .update();
            gone += unit.sql("DELETE FROM people.one_time_link WHERE expires_at <= :then")
                    .param("then", AccountRows.moment(now.minus(KEPT_DURATION)))
                    .update();
            gone += unit.sql("DELETE FROM people.api_token WHERE expires_at <= :then")
                    .param("then", AccountRows.moment(now.minus(KEPT_DURATION)))
                    .update();
            return gone;
        });
    }
}
