// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.SystemClock;

class EmbeddedServerTest {
    @TempDir
    Path folder;

    @Test
    void dataSurviveARestart() {
        try (Database database = Database.open(DatabaseSettings.embedded(folder), new SystemClock())) {
            assertThat(database.health().version()).isEqualTo(PostgresBinaries.serverVersion());
            assertThat(database.health().outage()).isEmpty();
        }
        try (Database database = Database.open(DatabaseSettings.embedded(folder), new SystemClock())) {
            int instances = database.web()
                    .read(
                            Scope.stranger(),
                            sql -> sql.sql("SELECT count(*) FROM tonle.instance")
                                    .query(Integer.class)
                                    .single());
            assertThat(instances).isOne();
        }
    }
}
