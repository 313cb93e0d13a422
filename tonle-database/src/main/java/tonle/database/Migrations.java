// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static tonle.database.DatabaseOutage.Reason.MIGRATION;
import static tonle.database.DatabaseOutage.Reason.NEWER_DATA;

import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Brings a database to this Tonle's schema: plain SQL files {@code V0001__words.sql} from the class path folder
 * {@code tonle/migration}, each once, with its checksum kept. Rooms have blocks of numbers of their own, so a later
 * version may add a number below one that ran already.
 */
public final class Migrations {
    private static final String LOCATION = "classpath:tonle/migration";

    private Migrations() {}

    /** {@code owner}: connections of the role that owns the database's objects. */
    public static void run(DataSource owner) {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(owner)
                .locations(LOCATION)
                .defaultSchema("tonle")
                .createSchemas(true)
                .table("migration")
                .outOfOrder(true)
                .ignoreMigrationPatterns(new String[0])
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .load();
        try {
            refuseNewer(flyway.info().all());
            flyway.migrate();
        } catch (FlywayException e) {
            throw new DatabaseOutage(
                    MIGRATION, "the database's schema cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    private static void refuseNewer(MigrationInfo[] all) {
        List<String> unknown = Arrays.stream(all)
                .filter(one -> one.getState().isApplied() && !one.getState().isResolved())
                .filter(one -> one.getVersion() != null)
                .map(one -> one.getVersion() + " " + one.getDescription())
                .toList();
        if (!unknown.isEmpty()) {
            throw new DatabaseOutage(
                    NEWER_DATA,
                    "the database was written by a newer Tonle: it has the migrations " + String.join(", ", unknown)
                            + ", which this one does not know; start the newer Tonle, or restore a backup of before");
        }
    }
}
