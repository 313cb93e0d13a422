// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Seed;
import tonle.notary.check.Finding;
import tonle.notary.check.Fsck;
import tonle.notary.check.LogCheck;
import tonle.notary.check.LogSource;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.proof.TrustPolicy;

/**
 * A process that enters under load is killed at random instants, again and again on one log. Whatever it acknowledged
 * stands in the log once, under the number that it said; and the log is always a continuation of itself. More kills by
 * {@code -Dtonle.logKills=10000}, another course by {@code -Dtonle.seed=N}.
 */
class KilledLogTest {
    private static final int KILLS = Integer.getInteger("tonle.logKills", 50);
    private static final long SEED = Long.getLong("tonle.seed", 855);
    private static final int MILLIS_MAX = 400;
    private static final long NOW_MAX = 4_000_000_000L;

    @TempDir
    Path folder;

    private final Map<Long, String> acknowledged = new ConcurrentHashMap<>();
    private int answeredRuns;

    @Test
    void everythingAcknowledgedStandsOnceInOrderHoweverOftenTheProcessIsKilled() throws Exception {
        Seed seed = new Seed(SEED);
        Optional<SignedNote> before = Optional.empty();
        for (int kill = 0; kill < KILLS; kill++) {
            String as = "seed " + SEED + ", kill " + kill;
            live(kill, seed, as);
            before = grown(before, as);
        }
        assertThat(answeredRuns)
                .as("runs that acknowledged anything before they died")
                .isGreaterThan(KILLS / 2);
        List<String> published = LogOnDiskTest.published(LogPlaces.in(folder));
        assertThat(new HashSet<>(published))
                .as("seed %d: nothing stands twice", SEED)
                .hasSameSizeAs(published);
        acknowledged.forEach((index, entry) ->
                assertThat(published.get(index.intValue())).as("seed %d", SEED).isEqualTo(entry));
        whole();
    }

    /** One life: the instant of its death is counted from its birth or from its first answer, as the seed says. */
    private void live(int run, Seed seed, String as) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillableLog.class.getName(),
                        folder.toString(),
                        String.valueOf(run))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        boolean isFromBirth = seed.below(5) == 0;
        int millis = seed.below(MILLIS_MAX);
        try (BufferedReader out = process.inputReader()) {
            if (!isFromBirth) {
                take(out.readLine(), as);
            }
            Thread reader = Thread.ofPlatform().start(() -> takeAll(out, as));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            process.destroyForcibly();
            process.waitFor();
            reader.join();
        }
    }

    private void takeAll(BufferedReader out, String as) {
        int had = acknowledged.size();
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(line, as);
            }
        } catch (IOException _) {
            // It is dead; what it said before was read.
        }
        answeredRuns += acknowledged.size() > had ? 1 : 0;
    }

    private void take(String line, String as) {
        if (line != null && line.startsWith("acknowledged ")) {
            String[] words = line.split(" ");
            String other = acknowledged.put(Long.parseLong(words[1]), words[2]);
            assertThat(other).as("%s: two entries under one number", as).isNull();
        } else if (line != null) {
            assertThat(line).as(as).startsWith("opened ");
        }
    }

    /** What a reader sees after the kill: a checkpoint that continues the one of before. */
    private Optional<SignedNote> grown(Optional<SignedNote> before, String as) throws IOException {
        LogSource files = LogSource.folder(LogPlaces.in(folder).published());
        Optional<byte[]> note = files.read("checkpoint");
        if (note.isEmpty()) {
            assertThat(before).as("%s: the checkpoint is gone", as).isEmpty();
            return before; // Killed before the log began.
        }
        LogCheck check = new LogCheck(files, policy(files), NOW_MAX);
        if (before.isPresent()) {
            assertThat(check.growthSince(before.get())).as(as).isInstanceOf(LogCheck.Result.Holds.class);
        }
        return Optional.of(((Outcome.Good<SignedNote>) SignedNote.parse(note.get())).value());
    }

    private static TrustPolicy policy(LogSource files) throws IOException {
        return ((Outcome.Good<TrustPolicy>)
                        TrustPolicy.parse(files.read("policy").orElseThrow()))
                .value();
    }

    /** Opened once more, so that what a kill left half done is mended; then every file is derived anew. */
    private void whole() throws Exception {
        assertThat(Files.list(folder)).isNotEmpty();
        try (PublicLog log = new PublicLog(
                        LogPlaces.in(folder), "Killed", new tonle.base.power.SystemClock(), Witnesses.NONE)
                .start()) {
            log.append("the last".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .get();
        }
        LogSource files = LogSource.folder(LogPlaces.in(folder).published());
        LogIdentity identity = policy(files).logs().values().iterator().next();
        List<Finding> findings = new ArrayList<>();
        new Fsck(files, _ -> Optional.empty(), findings::add, _ -> {})
                .run(octets -> TrustedCheckpoint.open(octets, identity, List.of()));
        assertThat(findings).isEmpty();
    }
}
