// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.SystemClock;
import tonle.database.Database;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.Days;
import tonle.registry.book.Kind;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.ChangeRules;
import tonle.registry.change.Changes;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;
import tonle.registry.licence.Regimes;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;

/**
 * A running gateway meters by its book: from a person's first change, over restarts, and while the database is away.
 */
class GatewayBookTest {
    private static final Actor DARA =
            Actor.person("p-aaaa-aaaa", "Dara", List.of(Role.REGISTRAR, Role.ENGINEER), Optional.empty());

    @TempDir
    Path data;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final SystemClock clock = new SystemClock();

    private RunningGateway start(String more) throws IOException {
        Files.writeString(data.resolve("tonle.yaml"), LiveGateway.CONFIGURATION + more);
        return Gateway.start(
                new GatewayOptions(data, Optional.empty(), false, "test", clock, said::add),
                GatewayDatabaseTest.WITH_DATABASE);
    }

    @Test
    void whatAPersonChangesInTheBookMetersAtOnceAndAfterEveryStart() throws Exception {
        try (RunningGateway gateway = start("")) {
            assertThat(said).anyMatch(line -> line.startsWith("registry   CHG-"));
            assertThat(gateway.topology().links().getFirst().capacityBitsPerSecond())
                    .isEqualTo(10_000_000_000L);
            change(
                    gateway.database().orElseThrow(),
                    Item.amend(Kind.LINK, "L1", 1, Map.of("counterpart", "Carrier A")));
            LiveGateway.await(
                    clock,
                    () -> gateway.topology().links().getFirst().counterpart().equals("Carrier A"),
                    () -> "the gateway looks at its book every two seconds");
            assertThat(gateway.status().troubles())
                    .anyMatch(words -> words.contains("the registry rules") && words.contains("link L1"));
            assertThat(gateway.reload()).contains("said by the registry");
            assertThat(gateway.topology().links().getFirst().counterpart()).isEqualTo("Carrier A");
        }
        try (RunningGateway gateway = start("")) {
            assertThat(gateway.topology().links().getFirst().counterpart()).isEqualTo("Carrier A");
        }
        // Nobody listens on the discard port: the database is away, and the copy serves.
        Path passwords = data.resolve("passwords");
        Files.writeString(passwords, "tonle_owner=a\ntonle_server=b\ntonle_web=c\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        try (RunningGateway gateway =
                start("database: {url: 'jdbc:postgresql://127.0.0.1:9/tonle', password-file: passwords}\n")) {
            assertThat(gateway.database()).isEmpty();
            assertThat(gateway.topology().links().getFirst().counterpart()).isEqualTo("Carrier A");
            assertThat(gateway.status().troubles()).anyMatch(words -> words.contains("registry-topology.yaml"));
        }
    }

    private void change(Database database, Item item) {
        Changes changes = new Changes(
                database.web(), new AuditTrail(clock), clock, () -> new ChangeRules(false, Regimes.shipped()));
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(clock.unixMillis()), ZoneId.of("Asia/Phnom_Penh"));
        Draft draft = new Draft(Days.since(today), "a new carrier", List.of(item));
        ChangeOutcome proposed = changes.propose(DARA, draft);
        assertThat(proposed).isInstanceOf(ChangeOutcome.Done.class);
        String id = ((ChangeOutcome.Done) proposed).change().id();
        assertThat(changes.confirm(DARA, id, "")).isInstanceOf(ChangeOutcome.Done.class);
    }
}
