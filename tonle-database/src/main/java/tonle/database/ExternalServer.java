// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static tonle.database.DatabaseOutage.Reason.NO_CONNECTION;

import java.util.List;
import javax.sql.DataSource;

/** A PostgreSQL that others run: checked before anything is written to it. */
final class ExternalServer {
    private static final List<DatabaseRole> ROLES = List.of(DatabaseRole.OWNER, DatabaseRole.SERVER, DatabaseRole.WEB);

    private ExternalServer() {}

    static Database.Sources sources(DatabaseSettings.External external) {
        if (!external.url().startsWith("jdbc:postgresql:")) {
            throw new DatabaseOutage(
                    NO_CONNECTION,
                    "database.url is '" + external.url() + "'; it begins with jdbc:postgresql://host:port/database");
        }
        Passwords passwords = Passwords.read(external.passwordFile(), ROLES);
        return new Database.Sources(
                source(external, DatabaseRole.OWNER, passwords),
                source(external, DatabaseRole.SERVER, passwords),
                source(external, DatabaseRole.WEB, passwords));
    }

    private static DataSource source(DatabaseSettings.External external, DatabaseRole role, Passwords passwords) {
        return Connections.source(external.url(), role, passwords.of(role));
    }
}
