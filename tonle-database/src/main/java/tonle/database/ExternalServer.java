// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static tonle.database.DatabaseOutage.Reason.NO_CONNECTION;
import static tonle.database.DatabaseOutage.Reason.RIGHTS;
import static tonle.database.DatabaseOutage.Reason.SERVER_TOO_OLD;
import static tonle.database.DatabaseOutage.Reason.UNSAFE_SETTING;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL that others run: checked before anything is written to it. */
final class ExternalServer {
    /** 15.0 as {@code server_version_num} has it: the oldest that Tonle's SQL is written for and tested with. */
    private static final int VERSION_NUMBER_MIN = 150_000;

    private static final List<DatabaseRole> ROLES = List.of(DatabaseRole.OWNER, DatabaseRole.SERVER, DatabaseRole.WEB);

    private ExternalServer() {}

    static Database.Sources sources(DatabaseSettings.External external) {
        if (!external.url().startsWith("jdbc:postgresql:")) {
            throw new DatabaseOutage(
                    NO_CONNECTION,
                    "database.url is '" + external.url() + "'; it begins with jdbc:postgresql://host:port/database");
        }
        Passwords passwords = Passwords.read(external.passwordFile(), ROLES);
        for (DatabaseRole role : ROLES) {
            connect(external, role, passwords);
        }
        JdbcClient owner = JdbcClient.create(source(external, DatabaseRole.OWNER, passwords));
        checkVersion(owner);
        checkSettings(owner);
        checkRights(owner);
        return new Database.Sources(
                source(external, DatabaseRole.OWNER, passwords),
                source(external, DatabaseRole.SERVER, passwords),
                source(external, DatabaseRole.WEB, passwords));
    }

    /** Each role once: a password that is wrong shows here, and not when the first page is asked for. */
    private static void connect(DatabaseSettings.External external, DatabaseRole role, Passwords passwords) {
        try (Connection connection = source(external, role, passwords).getConnection()) {
            connection.setReadOnly(true);
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith("28") || state.equals("3D000") || state.equals("42501")) {
                throw new DatabaseOutage(
                        RIGHTS,
                        external.url() + " does not let " + role.user() + " in: " + e.getMessage()
                                + " (docs/CONFIGURATION.md has the statements that make roles and database)",
                        e);
            }
            throw new DatabaseOutage(
                    NO_CONNECTION, "the database at " + external.url() + " does not answer: " + e.getMessage(), e);
        }
    }

    private static void checkVersion(JdbcClient owner) {
        int number = Integer.parseInt(
                owner.sql("SHOW server_version_num").query(String.class).single());
        if (number < VERSION_NUMBER_MIN) {
            throw new DatabaseOutage(
                    SERVER_TOO_OLD,
                    "the database is PostgreSQL " + number / 10_000 + "; Tonle needs " + VERSION_NUMBER_MIN / 10_000
                            + " or later");
        }
    }

    private static void checkSettings(JdbcClient owner) {
        for (String setting : List.of("fsync", "full_page_writes")) {
            String found = owner.sql("SHOW " + setting).query(String.class).single();
            if (!found.equals("on")) {
                throw new DatabaseOutage(
                        UNSAFE_SETTING, "the database runs with " + setting + " = " + found + "; a ledger needs it on");
            }
        }
        boolean isOrdered = owner.sql("SELECT 'B' < 'a' AND 'Z' < 'a' AND 'ក' > 'z' AND getdatabaseencoding() = 'UTF8'")
                .query(Boolean.class)
                .single();
        if (!isOrdered) {
            throw new DatabaseOutage(
                    UNSAFE_SETTING,
                    "the database does not order text by code points in UTF-8; make it with"
                            + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'");
        }
    }

    /** The owner may make schemas; the other two are nobody's superior, or row-level security would not hold them. */
    private static void checkRights(JdbcClient owner) {
        boolean mayCreate = owner.sql("SELECT has_database_privilege(current_database(), 'CREATE')")
                .query(Boolean.class)
                .single();
        if (!mayCreate) {
            throw new DatabaseOutage(
                    RIGHTS,
                    "tonle_owner may not create schemas in the database: ALTER DATABASE ... OWNER TO tonle_owner");
        }
        List<String> mighty = owner.sql("""
                        SELECT rolname FROM pg_roles
                        WHERE rolname IN ('tonle_server', 'tonle_web') AND (rolsuper OR rolbypassrls
                            OR pg_has_role(oid, 'tonle_owner', 'MEMBER'))
                        ORDER BY rolname""").query(String.class).list();
        if (!mighty.isEmpty()) {
            throw new DatabaseOutage(
                    RIGHTS,
                    String.join(" and ", mighty)
                            + " may do more than their name says: make them NOSUPERUSER NOBYPASSRLS,"
                            + " and no members of tonle_owner");
        }
    }

    private static PGSimpleDataSource source(
            DatabaseSettings.External external, DatabaseRole role, Passwords passwords) {
        return Connections.source(external.url(), role, passwords.of(role));
    }
}
