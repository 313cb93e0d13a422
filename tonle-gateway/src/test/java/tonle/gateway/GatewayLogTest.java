// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.SystemClock;
import tonle.notary.check.Finding;
import tonle.notary.check.Fsck;
import tonle.notary.check.LogCheck;
import tonle.notary.check.LogSource;
import tonle.notary.check.WebSource;
import tonle.notary.entry.Entry;
import tonle.notary.entry.EntryKind;
import tonle.portal.proof.LogReading;
import tonle.registry.audit.ActsInLog;
import tonle.registry.audit.AuditRange;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;
import tonle.tlog.Outcome;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.proof.TrustPolicy;

/** A running gateway enters its acts in its public log, serves the log's files, and goes on with it after a restart. */
class GatewayLogTest {
    private static final Actor AUDITOR = Actor.person("p-bbbb-bbbb", "Chan", List.of(Role.AUDITOR), Optional.empty());

    @TempDir
    Path data;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final SystemClock clock = new SystemClock();

    private RunningGateway start(Parts parts) throws IOException {
        Files.writeString(data.resolve("tonle.yaml"), LiveGateway.CONFIGURATION);
        return Gateway.start(
                new GatewayOptions(data, Optional.empty(), false, "test", clock, said::add, OptionalInt.of(0)), parts);
    }

    @Test
    void actsOfTheAuditAreEnteredAndEveryEventAgreesWithTheLog() throws Exception {
        List<EntryKind> before;
        try (RunningGateway gateway = start(Parts.REAL)) {
            await(gateway, EntryKind.ACTS);
            assertThat(gateway.status().troubles()).noneMatch(words -> words.contains("log"));
            LiveGateway.await(
                    clock,
                    () -> Collections.frequency(kinds(gateway), EntryKind.RULE) == 4,
                    () -> "the rules that come with the program are entered: " + kinds(gateway));
            before = kinds(gateway);
            assertThat(before)
                    .startsWith(
                            EntryKind.LOG_OPENED,
                            EntryKind.SOFTWARE,
                            EntryKind.SOFTWARE,
                            EntryKind.CONFIGURATION,
                            EntryKind.HEARTBEAT);
            agrees(gateway);

            String origin = "http://localhost:" + gateway.portalPort() + "/log/";
            LiveGateway.await(
                    clock,
                    () -> isSame(origin + "checkpoint", data.resolve("log/checkpoint")),
                    () -> "the file is served as it lies there");
            assertThat(get(origin + "policy").headers().firstValue("Content-Type"))
                    .contains("text/plain;charset=utf-8");
            assertThat(get(origin + "tile/0/000").statusCode())
                    .as("not full yet")
                    .isEqualTo(404);
            assertThat(get(origin + "tile/../../notary/keys").statusCode()).isNotEqualTo(200);
            assertThat(get(origin + "tile/%2e%2e/%2e%2e/notary/keys").statusCode())
                    .isNotEqualTo(200);
            assertThat(get(origin + "notary/keys").statusCode()).isEqualTo(404);
            proven(new WebSource(URI.create(origin)), 3);
            String page = new String(
                    get("http://localhost:" + gateway.portalPort() + "/log?lang=en")
                            .body(),
                    StandardCharsets.UTF_8);
            assertThat(page)
                    .contains("Nobody witnesses this log")
                    .contains("heartbeat")
                    .contains("/log/4");
            String json = new String(
                    get("http://localhost:" + gateway.portalPort() + "/log/3.json")
                            .body(),
                    StandardCharsets.UTF_8);
            assertThat(json).contains("configuration").contains("commitment");
            assertThat(get("http://localhost:" + gateway.portalPort() + "/log/999999")
                            .statusCode())
                    .isEqualTo(404);
            gateway.reload();
            LiveGateway.await(
                    clock,
                    () -> Collections.frequency(kinds(gateway), EntryKind.CONFIGURATION) == 2,
                    () -> "a reload is entered: " + kinds(gateway));
        }
        try (RunningGateway gateway = start(Parts.REAL)) {
            await(gateway, before.size() + 4);
            assertThat(kinds(gateway)).startsWith(before.toArray(EntryKind[]::new));
            agrees(gateway);
        }
        List<Finding> findings = new ArrayList<>();
        LogSource files = LogSource.folder(data.resolve("log"));
        var identity = policy(files).logs().values().iterator().next();
        new Fsck(files, _ -> Optional.empty(), findings::add, _ -> {})
                .run(note -> TrustedCheckpoint.open(note, identity, List.of()));
        assertThat(findings).isEmpty();
    }

    @Test
    void aLogThatCannotBeWrittenIsSaidAndStopsNothingElse() throws Exception {
        try (RunningGateway gateway = start(Parts.REAL)) {
            await(gateway, EntryKind.ACTS);
        }
        Path head = data.resolve("notary/head");
        byte[] record = Files.readAllBytes(head);
        Files.delete(head);
        try (RunningGateway gateway = start(Parts.REAL)) {
            LiveGateway.await(
                    clock,
                    () -> gateway.status().troubles().stream().anyMatch(words -> words.contains("take-up")),
                    () -> "the trouble names the way out: " + gateway.status().troubles());
            LiveGateway.await(
                    clock,
                    () -> said.stream().anyMatch(line -> line.startsWith("warning: the public log takes no entries")),
                    () -> "it is said: " + said);
            assertThat(new String(
                            get("http://localhost:" + gateway.portalPort() + "/log?lang=en")
                                    .body(),
                            StandardCharsets.UTF_8))
                    .contains("Nothing is entered since");
            Files.write(head, record);
            LiveGateway.await(
                    clock,
                    () -> gateway.status().troubles().stream().noneMatch(words -> words.contains("public log")),
                    () -> "the log goes on: " + gateway.status().troubles());
            LiveGateway.await(clock, () -> said.contains("public log goes on"), () -> "it is said: " + said);
            agrees(gateway);
        }
    }

    /** Every event of the audit is in the log, unchanged, or came after the last look. */
    private void agrees(RunningGateway gateway) {
        LiveGateway.await(
                clock,
                () -> gateway.logHealth().waitingEvents() == 0
                        && lines(gateway).stream().noneMatch(line -> line.finding() == AuditRange.Finding.WAITS),
                () -> "all events are entered: " + lines(gateway));
        assertThat(lines(gateway)).isNotEmpty().allMatch(line -> line.finding() == AuditRange.Finding.AGREES);
    }

    private List<AuditRange.Line> lines(RunningGateway gateway) {
        ActsInLog acts = new tonle.portal.proof.ActsOfLog(LogSource.folder(data.resolve("log")), clock);
        var outcome = gateway.database()
                .orElseThrow()
                .web()
                .read(AUDITOR.scope(), unit -> AuditRange.check(unit, AUDITOR, 1, 500, acts));
        return ((AuditRange.Outcome.Checked) outcome).lines();
    }

    private void await(RunningGateway gateway, EntryKind kind) {
        LiveGateway.await(clock, () -> kinds(gateway).contains(kind), () -> "an entry of " + kind + ": " + said);
    }

    private void await(RunningGateway gateway, int more) {
        LiveGateway.await(clock, () -> kinds(gateway).size() > more, () -> "more than " + more + " entries: " + said);
    }

    private List<EntryKind> kinds(RunningGateway gateway) {
        long size = gateway.logHealth().writer().head().size();
        try {
            return new LogReading(LogSource.folder(data.resolve("log")), size)
                    .lines(0, size).stream()
                            .map(line -> ((Entry.Reading.Good) line.reading())
                                    .entry()
                                    .kind())
                            .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private TrustPolicy policy(LogSource files) throws IOException {
        return ((Outcome.Good<TrustPolicy>)
                        TrustPolicy.parse(files.read("policy").orElseThrow()))
                .value();
    }

    private void proven(LogSource files, long index) throws IOException {
        assertThat(new LogCheck(files, policy(files), clock.unixMillis() / 1_000 + 5).entry(index))
                .isInstanceOf(LogCheck.Result.Holds.class);
    }

    private static boolean isSame(String address, Path file) {
        try {
            return Arrays.equals(get(address).body(), Files.readAllBytes(file));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<byte[]> get(String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
