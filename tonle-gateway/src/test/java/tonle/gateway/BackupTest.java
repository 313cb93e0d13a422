// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Clock;
import tonle.base.power.SystemClock;
import tonle.database.Database;
import tonle.database.DatabaseSettings;
import tonle.database.Scope;
import tonle.gateway.backup.Restore;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.RunningPortal;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;
import tonle.registry.audit.Outbox;
import tonle.registry.rights.Actor;
import tonle.traffic.store.TrafficStore;

/** A backup is the gateway of one moment, and nothing of a damaged or foreign one is restored. */
class BackupTest {
    private static final Parts WITH_STORES = new Parts() {
        @Override
        public TrafficStore store(Path directory, Clock clock) throws IOException {
            return Parts.REAL.store(directory, clock);
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
    Path folder;

    private RunningGateway start(Path data) throws IOException {
        return Gateway.start(
                new GatewayOptions(data, Optional.empty(), false, "test", new SystemClock(), line -> {}), WITH_STORES);
    }

    /** Every table with its rows, in an order that does not depend on where they lie. */
    private static Map<String, String> rows(Database database) throws IOException {
        Map<String, ByteArrayOutputStream> tables = new TreeMap<>();
        database.dump(table -> tables.computeIfAbsent(table, name -> new ByteArrayOutputStream()));
        Map<String, String> sorted = new TreeMap<>();
        tables.forEach((name, octets) -> sorted.put(
                name,
                String.join(
                        "\n",
                        octets.toString(StandardCharsets.UTF_8).lines().sorted().toList())));
        return sorted;
    }

    /** Whether the public log holds all acts and rules, so that nothing but a person changes the database. */
    private static boolean isAllEntered(Database database) {
        return database.server()
                .read(
                        Scope.system(),
                        unit -> Outbox.waitingCount(unit) == 0
                                && unit.sql("SELECT count(*) FROM registry.rule_version WHERE entered_stage <> stage")
                                                .query(Integer.class)
                                                .single()
                                        == 0);
    }

    @Test
    void aRestoredGatewayEqualsTheOneThatWasBackedUp() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("tonle.yaml"), LiveGateway.CONFIGURATION);
        Path file = folder.resolve("backup.zip");
        Map<String, String> before;
        try (RunningGateway gateway = start(data)) {
            Database database = gateway.database().orElseThrow();
            AuditTrail trail = new AuditTrail(new SystemClock());
            for (int i = 0; i < 20; i++) {
                AuditEvent event = AuditEvent.of("tested", "backup", "row-" + i, "tab\t, line\n, back\\slash, ភ្នំពេញ");
                database.server().in(Scope.system(), unit -> trail.record(unit, Actor.TONLE, event));
            }
            LiveGateway.await(
                    new SystemClock(),
                    () -> isAllEntered(database),
                    () -> "the public log moves its marks in the database for as long as anything waits");
            before = rows(database);
            gateway.backup(file);
            assertThatThrownBy(() -> gateway.backup(file)).hasMessageContaining("is there already");
        }
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(before.get("audit.event").lines().filter(line -> line.contains("\ttested\t")))
                .hasSize(20);

        Path restored = folder.resolve("restored");
        Restore.Restored outcome = new Restore(file, restored).run();

        assertThat(outcome.tables()).isEqualTo(before.size());
        assertThat(Files.readString(restored.resolve("tonle.yaml"))).isEqualTo(LiveGateway.CONFIGURATION);
        assertThat(restored.resolve("log/checkpoint"))
                .as("what everybody may read")
                .exists();
        assertThat(restored.resolve("notary")).as("keys are in no backup").doesNotExist();
        try (Database database =
                Database.open(DatabaseSettings.embedded(restored.resolve("postgres")), new SystemClock())) {
            assertThat(rows(database)).isEqualTo(before);
        }
        try (RunningGateway gateway = start(restored)) {
            Database database = gateway.database().orElseThrow();
            AuditTrail trail = new AuditTrail(new SystemClock());
            long next = database.server()
                    .in(
                            Scope.system(),
                            unit -> trail.record(unit, Actor.TONLE, AuditEvent.of("tested", "backup", "next", "")));
            assertThat(next)
                    .as("numbers go on where they stood")
                    .isEqualTo(before.get("audit.event").lines().count() + 1);
        }
        assertThatThrownBy(() -> new Restore(file, restored).run()).hasMessageContaining("is not empty");

        refusesWhatIsDamaged(file);
    }

    private void refusesWhatIsDamaged(Path file) throws IOException {
        Map<String, UnaryOperator<Map<String, byte[]>>> damages = new TreeMap<>();
        damages.put("is not as it was written", parts -> with(parts, "database/audit.event", "forged\n"));
        damages.put("are not those that its manifest lists", parts -> without(parts, "database/audit.event"));
        damages.put("no backup of Tonle", parts -> without(parts, "manifest.json"));
        damages.put("manifest.json is damaged", parts -> with(parts, "manifest.json", "{"));
        damages.put("has format 9", parts -> manifest(parts, "\"format\": 1", "\"format\": 9"));
        damages.put("is of a newer Tonle", parts -> manifest(parts, "\"0001\"", "\"0001\", \"9999\""));
        int number = 0;
        for (Map.Entry<String, UnaryOperator<Map<String, byte[]>>> damage : damages.entrySet()) {
            Path damaged = zipped(damage.getValue().apply(unzipped(file)), "damaged-" + ++number + ".zip");
            Path target = folder.resolve("target-" + number);
            assertThatThrownBy(() -> new Restore(damaged, target).run())
                    .as(damage.getKey())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(damage.getKey());
            assertThat(target).as("nothing is left behind").doesNotExist();
        }
        Path cut = folder.resolve("cut.zip");
        byte[] octets = Files.readAllBytes(file);
        Files.write(cut, java.util.Arrays.copyOf(octets, octets.length / 2));
        assertThatThrownBy(() -> new Restore(cut, folder.resolve("t")).run()).hasMessageContaining("cut off");
        Path outside = zipped(
                manifest(
                        with(unzipped(file), "files/../../outside", "x"),
                        "\"sha256\": {",
                        "\"sha256\": {\"files/../../outside\": \"00\","),
                "outside.zip");
        assertThatThrownBy(() -> new Restore(outside, folder.resolve("t")).run())
                .hasMessageContaining("has no place in a data directory");
    }

    private static Map<String, byte[]> unzipped(Path file) throws IOException {
        Map<String, byte[]> parts = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<ZipEntry> entries = new ArrayList<>(java.util.Collections.list(zip.entries()));
            for (ZipEntry entry : entries) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return parts;
    }

    private Path zipped(Map<String, byte[]> parts, String name) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private static Map<String, byte[]> with(Map<String, byte[]> parts, String name, String text) {
        parts.put(name, text.getBytes(StandardCharsets.UTF_8));
        return parts;
    }

    private static Map<String, byte[]> without(Map<String, byte[]> parts, String name) {
        assertThat(parts.remove(name)).isNotNull();
        return parts;
    }

    private static Map<String, byte[]> manifest(Map<String, byte[]> parts, String from, String to) {
        String text = new String(parts.get("manifest.json"), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        return with(parts, "manifest.json", text.replace(from, to));
    }
}
