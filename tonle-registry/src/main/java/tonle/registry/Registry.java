// SPDX-License-Identifier: Apache-2.0
package tonle.registry;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import tonle.base.power.Clock;
import tonle.database.Work;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.Book;
import tonle.registry.bringup.BringUps;
import tonle.registry.bringup.CheckSource;
import tonle.registry.change.ChangeRules;
import tonle.registry.change.Changes;
import tonle.registry.exchange.ForeignFiles;
import tonle.registry.licence.Regimes;
import tonle.registry.people.People;
import tonle.registry.rule.RuleWitness;
import tonle.registry.rule.Rules;

/**
 * The registry as pages, API and commands meet it: every service under the web's credentials, so that the rows of the
 * database are those of the scope of who asks.
 *
 * @param work units for what reads and records without a service of its own
 */
public record Registry(
        Work work,
        Clock clock,
        ZoneId zone,
        People people,
        AuditTrail trail,
        Book book,
        Changes changes,
        BringUps bringUps,
        Regimes regimes,
        Rules rules) {
    /** The day that it is in the zone of the book. */
    public LocalDate today() {
        return clock.today(zone);
    }

    /** Foreign files, held against this book. */
    public ForeignFiles foreignFiles() {
        return new ForeignFiles(work, book, trail);
    }

    /**
     * @param web units under the web's credentials
     * @param server units under the gateway's own, for the first link and the sweep of {@link People}
     * @param zone in which a day of the book begins
     * @param takesNestedPrefixes whether an operator's prefix may lie inside another's; asked anew for each change
     * @param isOperator whether an operator of that id is registered
     * @param sources of the checks of a bring-up
     */
    public static Registry of(
            Work web,
            Work server,
            Clock clock,
            ZoneId zone,
            BooleanSupplier takesNestedPrefixes,
            Predicate<String> isOperator,
            List<CheckSource> sources) {
        return of(web, server, clock, zone, takesNestedPrefixes, isOperator, sources, RuleWitness.NONE, false);
    }

    /**
     * @param witness of rules that would loosen a promise
     * @param isDemonstration whether a one-time link lets in without a passkey
     */
    public static Registry of(
            Work web,
            Work server,
            Clock clock,
            ZoneId zone,
            BooleanSupplier takesNestedPrefixes,
            Predicate<String> isOperator,
            List<CheckSource> sources,
            RuleWitness witness,
            boolean isDemonstration) {
        AuditTrail trail = new AuditTrail(clock);
        Regimes regimes = Regimes.shipped();
        return new Registry(
                web,
                clock,
                zone,
                new People(web, server, clock, isOperator, List.of(), isDemonstration),
                trail,
                new Book(web),
                new Changes(web, trail, clock, () -> new ChangeRules(takesNestedPrefixes.getAsBoolean(), regimes)),
                new BringUps(web, trail, clock, zone, sources),
                regimes,
                new Rules(web, trail, clock, zone, witness));
    }
}
