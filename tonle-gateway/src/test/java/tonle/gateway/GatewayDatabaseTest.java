// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Clock;
import tonle.base.power.SystemClock;
import tonle.database.Database;
import tonle.database.DatabaseOutage;
import tonle.database.DatabaseSettings;
import tonle.database.Scope;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.RunningPortal;
import tonle.traffic.store.TrafficStore;

/** The gateway and its database: opened before the pages, told in the status, and no reason to stop metering. */
class GatewayDatabaseTest {
    static final Parts WITH_DATABASE = new Parts() {
        @Override
        public TrafficStore store(Path directory, Clock clock) throws IOException {
            return LiveGateway.WITHOUT_PAGES.store(directory, clock);
        }

        @Override
        public Optional<Database> database(DatabaseSettings settings, Clock clock) {
            return Parts.REAL.database(settings, clock);
        }

        @Override
        public RunningPortal portal(PortalSettings settings, PortalServices services) throws IOException {
            return LiveGateway.WITHOUT_PAGES.portal(settings, services);
        }
    };

    @TempDir
    Path data;

    private final List<String> said = new CopyOnWriteArrayList<>();

    private RunningGateway start(String database) throws IOException {
        Files.writeString(data.resolve("tonle.yaml"), LiveGateway.CONFIGURATION + database);
        return Gateway.start(
                new GatewayOptions(data, Optional.empty(), false, "test", new SystemClock(), said::add), WITH_DATABASE);
    }

    @Test
    void aGatewayRunsItsOwnDatabaseAndSaysHowItIs() throws Exception {
        String instance;
        try (RunningGateway gateway = start("")) {
            assertThat(said).anyMatch(line -> line.startsWith("database   PostgreSQL 18"));
            assertThat(StatusText.json(gateway))
                    .contains("\"embedded\": true", "\"version\": \"18.", "\"away\": false");
            instance = instance(gateway);
        }
        try (RunningGateway gateway = start("")) {
            assertThat(instance(gateway)).isEqualTo(instance);
        }
        assertThat(data.resolve("postgres/data-18/postmaster.pid"))
                .as("it was stopped cleanly")
                .doesNotExist();
    }

    @Test
    void aDatabaseThatIsAwayIsSaidAndMeteringGoesOn() throws Exception {
        Path passwords = data.resolve("passwords");
        Files.writeString(passwords, "tonle_owner=a\ntonle_server=b\ntonle_web=c\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        // Nobody listens on the discard port of the loopback address.
        String away = "database: {url: 'jdbc:postgresql://127.0.0.1:9/tonle', password-file: passwords}\n";
        try (RunningGateway gateway = start(away)) {
            assertThat(gateway.database()).isEmpty();
            assertThat(gateway.udpPorts()).isNotEmpty();
            assertThat(gateway.status().troubles()).anyMatch(words -> words.contains("database"));
            assertThat(gateway.databaseHealth().orElseThrow().outage()).contains(DatabaseOutage.Reason.NO_CONNECTION);
            assertThat(StatusText.json(gateway)).contains("\"away\": true");
        }
        assertThat(said).anyMatch(line -> line.startsWith("warning: ") && line.contains("database"));
    }

    @Test
    void whatDoesNotPassByItselfStopsTheStart() throws Exception {
        Files.createDirectories(data.resolve("postgres/data-17"));
        assertThatThrownBy(() -> start("")).isInstanceOf(IOException.class).hasMessageContaining("PostgreSQL 17");
        String noFile = "database: {url: 'jdbc:postgresql://127.0.0.1:9/tonle', password-file: none}\n";
        assertThatThrownBy(() -> start(noFile)).isInstanceOf(IOException.class).hasMessageContaining("none");
        String noUrl = "database: {url: 'mysql://db'}\n";
        assertThatThrownBy(() -> start(noUrl)).isInstanceOf(IOException.class).hasMessageContaining("jdbc:postgresql");
    }

    private static String instance(RunningGateway gateway) {
        return gateway.database()
                .orElseThrow()
                .web()
                .read(
                        Scope.stranger(),
                        sql -> sql.sql("SELECT id FROM tonle.instance")
                                .query(String.class)
                                .single());
    }
}
