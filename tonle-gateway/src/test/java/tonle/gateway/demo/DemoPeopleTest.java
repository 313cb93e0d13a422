// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.base.power.SystemClock;
import tonle.registry.people.Door;
import tonle.registry.people.Outcome;
import tonle.registry.people.People;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;

/** A visitor of the demonstration can be anybody, again after each start, and nobody can elsewhere. */
class DemoPeopleTest {
    @Test
    void eachRoleComesInByItsLinkOnceAndAgainAfterARestart() {
        try (TestDatabase database = TestDatabase.fresh()) {
            People people = people(database, true);
            List<DemoPeople.DemoLink> links = DemoPeople.links(people);
            assertThat(links).hasSize(Role.values().length + 1);
            for (DemoPeople.DemoLink link : links) {
                Outcome<Door.CameIn> in = people.door().enterWithoutPasskey(link.secret());
                assertThat(in).as(link.role()).isInstanceOfSatisfying(Outcome.Done.class, done -> {
                    Door.CameIn came = (Door.CameIn) done.value();
                    assertThat(came.session().account().roles())
                            .extracting(Role::key)
                            .containsExactly(link.role().replaceAll("-2$| .*", ""));
                });
                assertThat(people.door().enterWithoutPasskey(link.secret()))
                        .as("once")
                        .isInstanceOf(Outcome.Refused.class);
            }
            List<DemoPeople.DemoLink> again = DemoPeople.links(people);
            assertThat(again).hasSameSizeAs(links);
            assertThat(again)
                    .allSatisfy(link -> assertThat(people.door().enterWithoutPasskey(link.secret()))
                            .as(link.role())
                            .isInstanceOf(Outcome.Done.class));
        }
    }

    @Test
    void outsideTheDemonstrationNoLinkLetsInWithoutAPasskey() {
        try (TestDatabase database = TestDatabase.fresh()) {
            People people = people(database, false);
            String link = people.firstLink("First").orElseThrow().text();
            assertThat(people.door().enterWithoutPasskey(link)).isInstanceOf(Outcome.Refused.class);
            assertThat(people.links().look(link)).as("and is not used up").isInstanceOf(Outcome.Done.class);
        }
    }

    private static People people(TestDatabase database, boolean isDemonstration) {
        return new People(database.web(), database.server(), new SystemClock(), _ -> true, List.of(), isDemonstration);
    }
}
