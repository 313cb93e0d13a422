// SPDX-License-Identifier: Apache-2.0
package tonle.registry.country;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.base.power.SystemClock;
import tonle.database.Scope;
import tonle.registry.Registry;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.Days;
import tonle.registry.book.Entry;
import tonle.registry.book.Kind;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.ChangeRules;
import tonle.registry.change.Changes;
import tonle.registry.change.Draft;
import tonle.registry.licence.Regimes;
import tonle.registry.rights.Actor;
import tonle.testdatabase.TestDatabase;

class CountryPackTest {
    @Test
    void cambodiaBringsFourSitesAndThreeFederatedExchangesIntoAnEmptyBook() {
        CountryPack pack = CountryPack.find("kh").orElseThrow();
        LocalDate day = LocalDate.of(2026, 11, 24);
        try (TestDatabase database = TestDatabase.fresh()) {
            SystemClock clock = new SystemClock();
            Changes changes = new Changes(
                    database.server(), new AuditTrail(clock), clock, () -> new ChangeRules(false, Regimes.shipped()));
            ChangeOutcome outcome =
                    changes.enter(Actor.OWNER, new Draft(Days.since(day), "the pack of the country", pack.items()));
            assertThat(outcome).isInstanceOf(ChangeOutcome.Done.class);
            Registry registry = Registry.of(
                    database.web(),
                    database.server(),
                    clock,
                    ZoneId.of("Asia/Phnom_Penh"),
                    () -> false,
                    _ -> true,
                    List.of());
            Scope staff = Scope.staff("p-aaaa-aaaa");
            assertThat(registry.book().asOn(staff, Kind.SITE, day))
                    .extracting(Entry::id)
                    .containsExactly("BVT", "PNH", "PPT", "SHV");
            assertThat(registry.book().asOn(staff, Kind.EXCHANGE, day))
                    .filteredOn(exchange -> exchange.text("standing").equals("federated"))
                    .hasSize(3);
        }
    }

    @Test
    void everyPackNamesItsSources() {
        assertThat(CountryPack.shipped())
                .allSatisfy(pack -> assertThat(pack.sources()).isNotEmpty());
        assertThat(CountryPack.find("xx")).isEmpty();
    }
}
