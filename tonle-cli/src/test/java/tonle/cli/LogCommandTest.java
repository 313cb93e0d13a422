// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.notary.entry.Entry;
import tonle.notary.log.LogPlaces;
import tonle.notary.log.PublicLog;
import tonle.notary.log.Witnesses;
import tonle.testkit.SettableClock;

final class LogCommandTest {
    private static final int ENTRIES = 600;

    @TempDir
    private Path data;

    private Path log;
    private Path policy;

    @BeforeEach
    void aLog() throws IOException {
        grow(0, ENTRIES);
        log = data.resolve("log");
        policy = data.resolve("trusted.policy");
        Files.copy(log.resolve("policy"), policy);
    }

    private void grow(int from, int to) {
        SettableClock clock = new SettableClock(1_789_000_000_000L);
        try (PublicLog writer = new PublicLog(LogPlaces.in(data), "Demo", clock, Witnesses.NONE).start()) {
            var last = java.util.concurrent.CompletableFuture.<Object>completedFuture(null);
            for (int i = from; i < to; i++) {
                byte[] entry = new Entry.Heartbeat(Instant.ofEpochSecond(1_789_000_000L + i), 600).octets();
                last = writer.append(entry).thenApply(placed -> placed);
            }
            last.join();
        }
    }

    @Test
    void thePageThatChecksIsWrittenAsOneFile() {
        for (String language : java.util.List.of("en", "km")) {
            Commands commands = Commands.piped();
            assertThat(commands.run("log", "check-page", "--lang", language)).isZero();
            assertThat(commands.out())
                    .startsWith("<!DOCTYPE html>")
                    .contains("<html lang=\"" + language + "\"", "TonleProof.check", "Content-Security-Policy")
                    .doesNotContain(" src=", " href=", "url(");
        }
    }

    private String verify(int exitCode, String... more) {
        Commands commands = Commands.piped();
        String[] arguments =
                Stream.concat(Stream.of("log", "verify"), Stream.of(more)).toArray(String[]::new);
        assertThat(commands.run(arguments)).as(commands.out() + commands.err()).isEqualTo(exitCode);
        return commands.out();
    }

    @Test
    void aLogIsVerifiedAndSaysWhoseKeysWereTrusted() {
        assertThat(verify(0, log.toString()))
                .contains("600 entries", "witnesses   none", "The keys came with the log itself")
                .contains("The proof holds: demo/log-")
                .contains("ភស្តុតាង");
        assertThat(verify(0, log.toString(), "--policy", policy.toString())).doesNotContain("The keys came with");
    }

    @Test
    void anEntryIsProvenWithOneCommand() {
        assertThat(verify(0, log.toString(), "17", "--policy", policy.toString()))
                .contains("entry       heartbeat  2026-09-10T00:26:57Z 600")
                .contains("The proof holds: entry 17 stands in demo/log-");
        assertThat(verify(4, log.toString(), "600")).contains("The proof fails at the step “octets of the entry”");
    }

    @Test
    void aFileIsTheOneThatARuleNamesOrIsNot() throws Exception {
        Path words = Files.writeString(data.resolve("retention.document"), "Volumes stay 92 days.");
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(words));
        try (PublicLog writer = new PublicLog(
                        LogPlaces.in(data), "Demo", new SettableClock(1_789_000_000_000L), Witnesses.NONE)
                .start()) {
            writer.append(new Entry.Rule(
                                    "retention",
                                    1,
                                    "approved",
                                    Instant.ofEpochSecond(1_789_000_000L),
                                    false,
                                    tonle.tlog.tree.Hash.at(digest, 0))
                            .octets())
                    .get();
        }
        String entry = String.valueOf(ENTRIES);
        assertThat(verify(0, log.toString(), entry, "--content", words.toString()))
                .contains("is the one that this entry names", "ឯកសារ");
        Files.writeString(words, "Volumes stay 93 days.");
        assertThat(verify(4, log.toString(), entry, "--content", words.toString()))
                .contains("is not the one that this entry names");
        verify(ExitCode.USAGE.number(), log.toString(), "17", "--content", words.toString());
        verify(ExitCode.USAGE.number(), log.toString(), "--content", words.toString());
    }

    @Test
    void aLogIsFollowedByOneWithNewKeys() throws IOException {
        Commands commands = Commands.piped();
        String[] arguments = {"log", "succeed", "--data", data.toString(), "--name", "New", "--reason", "the key is old"
        };
        assertThat(commands.run(arguments)).as("nobody was asked").isNotEqualTo(ExitCode.DONE.number());
        assertThat(commands.run(
                        Stream.concat(Stream.of(arguments), Stream.of("--yes")).toArray(String[]::new)))
                .as(commands.err())
                .isEqualTo(ExitCode.DONE.number());
        assertThat(commands.out())
                .contains("ended at 601 entries, and names its successor", "new/log-", "go on serving it");
        assertThat(verify(0, log.toString(), "1"))
                .contains("log-follows  demo/log-")
                .contains("601");
        arguments[arguments.length - 1] = "two\nlines";
        assertThat(commands.run(arguments)).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void aProofInAFileNeedsNoLog() throws IOException {
        Commands commands = Commands.piped();
        assertThat(commands.run("log", "prove", log.toString(), "300")).isZero();
        Path proof = data.resolve("300.proof");
        Files.writeString(proof, commands.out());
        assertThat(verify(0, proof.toString(), "--policy", policy.toString())).contains("entry 300 stands in");
        assertThat(commands.run("log", "verify", proof.toString())).isEqualTo(ExitCode.USAGE.number());
        Files.writeString(proof, Files.readString(proof).replace("index 300", "index 301"));
        assertThat(verify(4, proof.toString(), "--policy", policy.toString()))
                .contains("The proof fails at the step “hashes from the entry to the root”");
    }

    @Test
    void aCheckpointThatWasKeptMustHaveGrownIntoTodays() throws IOException {
        Path kept = data.resolve("kept");
        verify(0, log.toString(), "--save", kept.toString());
        grow(600, 900);
        assertThat(verify(0, log.toString(), "--since", kept.toString())).contains("that you knew at 600 entries");
        Path newer = data.resolve("newer");
        verify(0, log.toString(), "--save", newer.toString());
        Files.copy(kept, log.resolve("checkpoint"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(verify(4, log.toString(), "--since", newer.toString()))
                .as("an old checkpoint shown again")
                .contains("continuation of the older checkpoint");
    }

    @Test
    void aLogOnAWebServerIsVerifiedLikeAFolder() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/l/", exchange -> {
            Path file = log.resolve(exchange.getRequestURI().getPath().substring(3));
            byte[] octets = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
            boolean isThere = octets.length > 0;
            exchange.sendResponseHeaders(isThere ? 200 : 404, isThere ? octets.length : -1);
            exchange.getResponseBody().write(octets);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/l";
            assertThat(verify(0, address, "599", "--policy", policy.toString())).contains("entry 599 stands in");
            verify(5, "http://127.0.0.1:" + server.getAddress().getPort() + "/nothing");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void fsckReadsAllAndTheTailShowsTheNewest() {
        Commands commands = Commands.piped();
        assertThat(commands.run("log", "fsck", log.toString())).isZero();
        assertThat(commands.out()).contains("The log is whole: 600 entries were read");
        assertThat(commands.run("log", "tail", log.toString(), "--count", "2")).isZero();
        assertThat(commands.out().lines())
                .containsExactly(
                        "598\theartbeat  2026-09-10T00:36:38Z 600", "599\theartbeat  2026-09-10T00:36:39Z 600");
        assertThat(commands.run("log", "tail", log.toString(), "--count", "1", "--ndjson"))
                .isZero();
        assertThat(commands.out()).contains("\"index\":599", "\"kind\":\"heartbeat\"");
    }

    /** What a log that lies may do to its files, and the name under which each is caught. */
    @ParameterizedTest
    @CsvSource({
        "tile/entries/001, flip, ENTRY_DIFFERS",
        "tile/entries/001, cut, BUNDLE_DAMAGED",
        "tile/entries/001, delete, BUNDLE_MISSING",
        "tile/entries/002.p/88, flip, ENTRY_DIFFERS",
        "tile/entries/000, other, ENTRY_DIFFERS",
        "tile/0/001, flip, TILE_DIFFERS",
        "tile/0/001, cut, TILE_DAMAGED",
        "tile/0/001, delete, TILE_MISSING",
        "tile/1/000.p/2, flip, TILE_DIFFERS",
        "tile/1/000.p/2, delete, TILE_MISSING",
        "checkpoint, flip, CHECKPOINT_REFUSED",
        "checkpoint, delete, CHECKPOINT_MISSING",
    })
    void everyCheatIsCaughtByName(String name, String cheat, String finding) throws IOException {
        Path file = log.resolve(name);
        byte[] octets = Files.readAllBytes(file);
        switch (cheat) {
            case "flip" -> {
                octets[octets.length / 2 + 5] ^= 1;
                Files.write(file, octets);
            }
            case "cut" -> Files.write(file, java.util.Arrays.copyOf(octets, octets.length - 1));
            case "delete" -> Files.delete(file);
            case "other" ->
                Files.copy(log.resolve("tile/entries/001"), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            default -> throw new AssertionError(cheat);
        }
        Commands commands = Commands.piped();
        assertThat(commands.run("log", "fsck", log.toString(), "--policy", policy.toString()))
                .isEqualTo(ExitCode.PROOF_FAILED.number());
        assertThat(commands.out()).contains(finding + "\t" + name).contains("The log is not whole");
    }

    @Test
    void anotherLogsKeysAreNotThisLogs() throws IOException {
        Path other = data.resolve("other");
        try (PublicLog log =
                new PublicLog(LogPlaces.in(other), "Demo", new SettableClock(1_789_000_000_000L), Witnesses.NONE)) {
            log.start();
        }
        assertThat(verify(
                        4,
                        log.toString(),
                        "--policy",
                        other.resolve("log/policy").toString()))
                .contains("The proof fails at the step “signatures of the checkpoint”");
        Files.writeString(policy, "no policy\n");
        verify(6, log.toString(), "--policy", policy.toString());
    }

    @Test
    void aLogOutOfABackupGrowsOnAPersonsWordAlone() throws IOException {
        Files.delete(data.resolve("notary/head"));
        Commands commands = Commands.piped();
        assertThat(commands.run("log", "take-up", "--data", data.toString(), "--size", "601", "--yes"))
                .isEqualTo(ExitCode.REFUSED.number());
        assertThat(commands.err()).contains("has 600 entries and was signed up to 601");
        assertThat(commands.run("log", "take-up", "--data", data.toString(), "--size", "600", "--yes"))
                .isZero();
        grow(600, 601);
        assertThat(verify(0, log.toString())).contains("601 entries");
    }

    @Test
    void everyCheatIsCarriedOutAndCaughtInBothLanguages() {
        Commands commands = Commands.piped();
        assertThat(commands.run("log", "cheat-demo")).isEqualTo(ExitCode.DONE.number());
        assertThat(commands.out())
                .contains("two-histories", "12 of 12 cheats were caught.", "caught by the witness", "ចាប់")
                .doesNotContain("NOT CAUGHT");
        assertThat(commands.run("log", "cheat-demo", "--json")).isEqualTo(ExitCode.DONE.number());
        assertThat(commands.out().lines())
                .hasSize(12)
                .allMatch(line -> line.contains("\"caught\":true") || line.contains("\"caught\": true"));
    }

    @Test
    void aLogIsPausedResumedAndClosedForGood() {
        Commands commands = Commands.piped();
        assertThat(commands.run("log", "stage", "pause", "--data", data.toString(), "--yes"))
                .isZero();
        assertThat(commands.out()).contains("quiescent at 600 entries");
        assertThat(commands.run("log", "stage", "resume", "--data", data.toString(), "--yes"))
                .isZero();
        assertThat(commands.run("log", "stage", "freeze", "--data", data.toString(), "--yes"))
                .isZero();
        assertThat(commands.run("log", "stage", "resume", "--data", data.toString(), "--yes"))
                .isEqualTo(ExitCode.REFUSED.number());
        assertThat(new String(commands.out().getBytes(UTF_8), UTF_8)).contains("frozen");
    }
}
