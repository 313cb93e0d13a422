// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Clock;
import tonle.base.power.SystemClock;
import tonle.database.Database;
import tonle.database.DatabaseSettings;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.RunningPortal;
import tonle.traffic.store.TrafficStore;

/** A database that comes after the gateway's start: closed pages until it is there, then people, without a restart. */
class LateDatabaseTest {
    private static final long DEADLINE_NANOS = 60_000_000_000L;

    @TempDir
    Path data;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isThere = new AtomicBoolean();
    private final SystemClock clock = new SystemClock();

    /** A real gateway, whose database lets itself be waited for. */
    private final Parts parts = new Parts() {
        @Override
        public TrafficStore store(Path directory, Clock time) throws IOException {
            return Parts.REAL.store(directory, time);
        }

        @Override
        public Optional<Database> database(DatabaseSettings settings, Clock time) {
            DatabaseSettings found = isThere.get() ? settings : nobodyListens(settings);
            return Parts.REAL.database(found, time);
        }

        @Override
        public RunningPortal portal(PortalSettings settings, PortalServices services) throws IOException {
            return Parts.REAL.portal(settings, services);
        }
    };

    /** The discard port of the loopback address. */
    private DatabaseSettings nobodyListens(DatabaseSettings settings) {
        return DatabaseSettings.external(
                settings.folder(), "jdbc:postgresql://127.0.0.1:9/tonle", data.resolve("passwords"));
    }

    @Test
    void nobodyReadsUntilTheDatabaseIsThereAndThenPeopleSignInWithoutARestart() throws Exception {
        Path passwords = data.resolve("passwords");
        Files.writeString(passwords, "tonle_owner=a\ntonle_server=b\ntonle_web=c\n");
        Files.setPosixFilePermissions(passwords, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Files.writeString(data.resolve("tonle.yaml"), LiveGateway.CONFIGURATION + "portal: {port: 0}\n");
        GatewayOptions options = new GatewayOptions(data, Optional.empty(), false, "test", clock, said::add);
        try (RunningGateway gateway = Gateway.start(options, parts);
                HttpClient client = HttpClient.newHttpClient()) {
            String root = "http://127.0.0.1:" + gateway.portalPort();
            assertThat(gateway.udpPorts()).as("metering does not wait").isNotEmpty();
            for (String path : List.of("/overview", "/links", "/status", "/sign-in", "/people", "/traffic.csv")) {
                HttpResponse<String> away = get(client, root + path);
                assertThat(away.statusCode()).as(path).isEqualTo(503);
                assertThat(away.headers().firstValue("Retry-After")).isPresent();
                assertThat(away.headers().firstValue("Content-Security-Policy")).isPresent();
                assertThat(away.body()).contains("The database does not answer", "tonle status", "ឆ្លើយតប");
            }
            HttpResponse<String> problem = get(client, root + "/links.json");
            assertThat(problem.statusCode()).isEqualTo(503);
            assertThat(problem.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(problem.body()).contains("database-away");
            assertThat(StatusText.json(gateway))
                    .as("who owns the data directory is told")
                    .contains("\"away\": true");

            isThere.set(true);
            String link = awaitLink();

            assertThat(link).startsWith("http://localhost:" + gateway.portalPort() + "/link/");
            HttpResponse<String> page = get(client, link.replace("localhost", "127.0.0.1"));
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).as("a passkey can be made").contains("challenge");
            assertThat(get(client, root + "/sign-in").statusCode()).isEqualTo(200);
            assertThat(get(client, root + "/people").statusCode())
                    .as("for who has signed in")
                    .isEqualTo(303);
            assertThat(StatusText.json(gateway)).contains("\"away\": false");
        }
    }

    private String awaitLink() {
        long end = clock.monotonicNanos() + DEADLINE_NANOS;
        while (clock.monotonicNanos() < end) {
            Optional<String> line =
                    said.stream().filter(each -> each.startsWith("sign in ")).findFirst();
            if (line.isPresent()) {
                return line.get().replaceAll("sign in +(\\S+) .*", "$1");
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("no link for the first administrator: " + said);
    }

    private static HttpResponse<String> get(HttpClient client, String address) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
