// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import java.nio.file.Path;
import java.util.Optional;
import tonle.base.Must;

/**
 * Where the database is.
 *
 * @param folder of the embedded server's files; unused with an external one
 * @param external the server to use in place of an embedded one
 * @param connectionCountMax of the web and of the server's own work, each
 */
public record DatabaseSettings(Path folder, Optional<External> external, int connectionCountMax) {
    // Two cores draw a page in some milliseconds: eight connections keep them busy, and a ninth asker waits its turn.
    private static final int CONNECTION_COUNT_DEFAULT = 8;
    private static final int CONNECTION_COUNT_LIMIT = 100;

    public DatabaseSettings {
        Must.hold(connectionCountMax >= 1 && connectionCountMax <= CONNECTION_COUNT_LIMIT, "1 to 100 connections");
    }

    /**
     * A server that others run.
     *
     * @param url {@code jdbc:postgresql://host:port/database}, with the driver's TLS settings, without credentials
     * @param passwordFile lines {@code role=password} of tonle_owner, tonle_server and tonle_web; its owner's alone
     */
    public record External(String url, Path passwordFile) {}

    /** Tonle's own server, with its files under {@code folder}. */
    public static DatabaseSettings embedded(Path folder) {
        return new DatabaseSettings(folder, Optional.empty(), CONNECTION_COUNT_DEFAULT);
    }

    public static DatabaseSettings external(Path folder, String url, Path passwordFile) {
        return new DatabaseSettings(folder, Optional.of(new External(url, passwordFile)), CONNECTION_COUNT_DEFAULT);
    }

    public DatabaseSettings withConnectionCountMax(int connectionCountMax) {
        return new DatabaseSettings(folder, external, connectionCountMax);
    }
}
