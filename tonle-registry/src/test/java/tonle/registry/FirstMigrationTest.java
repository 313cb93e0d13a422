// SPDX-License-Identifier: Apache-2.0
package tonle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tonle.database.DatabaseRole;
import tonle.database.Scope;
import tonle.database.Work;
import tonle.testdatabase.TestDatabase;

/** What every table of the registry rests on: roles, scopes and append-only tables. */
class FirstMigrationTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void aTransactionKnowsItsScopeAndNothingIsLeftOfItAfterwards() {
        assertThat(scope(DATABASE.web(), Scope.operator("mekong-net", "clerk-7")))
                .containsExactly("operator", "mekong-net", "clerk-7");
        assertThat(scope(DATABASE.web(), Scope.staff("engineer-1"))).containsExactly("staff", null, "engineer-1");
        assertThat(scope(DATABASE.web(), Scope.stranger())).containsExactly("stranger", null, null);
        assertThat(scope(DATABASE.server(), Scope.system())).containsExactly("system", null, null);
        assertThat(DATABASE.as(DatabaseRole.WEB)
                        .sql("SELECT tonle.scope()")
                        .query(String.class)
                        .list())
                .containsExactly((String) null);
    }

    @Test
    void theWebCannotClaimToBeTheSystemWhateverItSets() {
        boolean isSystem = DATABASE.web().in(Scope.stranger(), sql -> {
            sql.sql("SELECT set_config('tonle.scope', 'system', true)")
                    .query(String.class)
                    .single();
            return sql.sql("SELECT tonle.is_system()").query(Boolean.class).single();
        });
        assertThat(isSystem).isFalse();
        assertThatThrownBy(() -> DATABASE.web().read(Scope.system(), sql -> 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anAppendOnlyTableRefusesChangeFromEverybody() {
        for (DatabaseRole role : List.of(DatabaseRole.OWNER, DatabaseRole.SERVER, DatabaseRole.WEB)) {
            for (String change : List.of(
                    "UPDATE tonle.instance SET made_at = now()",
                    "DELETE FROM tonle.instance",
                    "TRUNCATE tonle.instance")) {
                assertThatThrownBy(() -> DATABASE.as(role).sql(change).update())
                        .as(role + ": " + change)
                        .rootCause()
                        .hasMessageMatching("(?s).*(permission denied|append-only).*");
            }
        }
    }

    private static List<String> scope(Work work, Scope scope) {
        return work.read(
                scope,
                sql -> sql.sql("SELECT tonle.scope(), tonle.operator(), tonle.actor()")
                        .query((row, _) -> Arrays.asList(row.getString(1), row.getString(2), row.getString(3)))
                        .single());
    }
}
