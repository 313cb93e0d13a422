// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import tonle.base.power.Clock;
import tonle.base.power.Seed;
import tonle.base.power.SystemClock;
import tonle.notary.check.Fsck;
import tonle.notary.check.LogCheck;
import tonle.notary.check.LogSource;
import tonle.notary.entry.Entry;
import tonle.notary.log.LogPlaces;
import tonle.notary.log.Placed;
import tonle.notary.log.PublicLog;
import tonle.notary.log.Witnesses;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.proof.TrustPolicy;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.ProofChecks;
import tonle.tlog.tree.Verdict;

/**
 * {@code bench log}: how fast the public log takes entries that are then durable and public, and how fast a stranger
 * checks it. Entries are acts of some 130 octets, each another. {@code --entries N} makes it smaller, {@code --folder
 * DIR} puts it on another disk.
 */
public final class LogBench {
    static final String USAGE = "./tonle bench log [--entries N] [--folder DIR]";

    private static final int ENTRIES = 1_000_000;
    /** Entries that are on their way at once: what some senders would have open. */
    private static final int UNDER_WAY = 4_000;

    private static final int WARM_UP = 20_000;
    private static final int VERIFIES = 500;
    private static final int PROOF_CHECKS = 200_000;

    private static final long APPENDS_A_SECOND_AIM = 10_000;
    private static final long INTEGRATED_P99_MILLIS_AIM = 1_000;
    private static final double VERIFY_MILLIS_AIM = 5;
    private static final double FSCK_SECONDS_AIM = 10;

    private final PrintStream out;
    private final Clock clock = new SystemClock();
    private final LogPlaces places;
    private final int entries;
    private boolean isMet = true;

    private LogBench(PrintStream out, Path folder, int entries) {
        this.out = out;
        this.places = LogPlaces.in(folder);
        this.entries = entries;
    }

    /** The exit code: 0 where every aim is met. */
    static int run(String[] arguments) throws IOException {
        int at = Arrays.asList(arguments).indexOf("--entries");
        int folderAt = Arrays.asList(arguments).indexOf("--folder");
        int entries = at < 0 ? ENTRIES : Integer.parseInt(arguments[at + 1]);
        Path parent = folderAt < 0 ? null : Path.of(arguments[folderAt + 1]);
        Path folder = parent == null
                ? Files.createTempDirectory("tonle-bench-log")
                : Files.createTempDirectory(parent, "tonle-bench-log");
        try {
            LogBench bench = new LogBench(System.out, folder, entries);
            bench.append();
            bench.check();
            return bench.isMet ? 0 : 1;
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static byte[] entry(long number) {
        return new Entry.Acts(
                        number,
                        number,
                        "confirmed-change",
                        Merkle.leaf(Long.toString(number).getBytes(StandardCharsets.US_ASCII)))
                .octets();
    }

    private void append() {
        try (PublicLog log = new PublicLog(places, "Bench", clock, Witnesses.NONE).start()) {
            sent(log, 0, WARM_UP);
            long start = clock.monotonicNanos();
            double[] millis = sent(log, WARM_UP, entries);
            double seconds = (clock.monotonicNanos() - start) / 1e9;
            Arrays.sort(millis);
            double rate = millis.length / seconds;
            double p99 = millis[(int) (millis.length * 0.99)];
            line(
                    "durable appends",
                    "%,.0f /s".formatted(rate),
                    "%,d".formatted(APPENDS_A_SECOND_AIM),
                    rate >= APPENDS_A_SECOND_AIM);
            line(
                    "append to public checkpoint",
                    "p50 %.0f ms, p99 %.0f ms, most %.0f ms"
                            .formatted(millis[millis.length / 2], p99, millis[millis.length - 1]),
                    "p99 %,d ms".formatted(INTEGRATED_P99_MILLIS_AIM),
                    p99 < INTEGRATED_P99_MILLIS_AIM);
        }
    }

    /** Sends a range, so many at once, and says how long each took from its sending to its answer, in milliseconds. */
    private double[] sent(PublicLog log, int first, int end) {
        double[] millis = new double[end - first];
        Semaphore places = new Semaphore(UNDER_WAY);
        List<CompletableFuture<Placed>> answers = new ArrayList<>();
        for (int i = first; i < end; i++) {
            places.acquireUninterruptibly();
            int number = i;
            long sent = clock.monotonicNanos();
            CompletableFuture<Placed> answer = log.append(entry(number));
            answers.add(answer);
            answer.whenComplete((_, _) -> {
                millis[number - first] = (clock.monotonicNanos() - sent) / 1e6;
                places.release();
            });
        }
        for (CompletableFuture<Placed> answer : answers) {
            try {
                answer.join();
            } catch (CompletionException e) {
                throw new IllegalStateException("the log refused an entry of the benchmark", e.getCause());
            }
        }
        return millis;
    }

    private void check() throws IOException {
        LogSource files = LogSource.folder(places.published());
        if (!(TrustPolicy.parse(files.read("policy").orElseThrow())
                instanceof Outcome.Good<TrustPolicy>(TrustPolicy policy))) {
            throw new IOException("the log that was just written shows no policy");
        }
        long now = clock.unixMillis() / 1_000 + 1;
        Seed seed = new Seed(1);
        double[] millis = new double[VERIFIES];
        LogCheck.ProvenEntry proven = null;
        for (int i = 0; i < VERIFIES; i++) {
            long index = seed.below(entries);
            long start = clock.monotonicNanos();
            LogCheck.Result<LogCheck.ProvenEntry> result = new LogCheck(files, policy, now).entry(index);
            millis[i] = (clock.monotonicNanos() - start) / 1e6;
            if (!(result instanceof LogCheck.Result.Holds<LogCheck.ProvenEntry>(LogCheck.ProvenEntry entry))) {
                throw new IOException("entry " + index + " is not proven: " + result);
            }
            proven = entry;
        }
        Arrays.sort(millis);
        line(
                "a full verify of one entry, all files read anew",
                "p50 %.2f ms, p99 %.2f ms".formatted(millis[VERIFIES / 2], millis[(int) (VERIFIES * 0.99)]),
                "%.0f ms".formatted(VERIFY_MILLIS_AIM),
                millis[VERIFIES / 2] < VERIFY_MILLIS_AIM);
        proofs(proven);
        fsck(files, policy.logs().values().iterator().next());
        size();
    }

    private void proofs(LogCheck.ProvenEntry proven) {
        long start = clock.monotonicNanos();
        int held = 0;
        for (int i = 0; i < PROOF_CHECKS; i++) {
            held += ProofChecks.inclusion(proven.path(), proven.checkpoint().head(), proven.index(), proven.leaf())
                            instanceof Verdict.Holds
                    ? 1
                    : 0;
        }
        double seconds = (clock.monotonicNanos() - start) / 1e9;
        line("checks of an inclusion proof", "%,.0f /s".formatted(held / seconds), "–", held == PROOF_CHECKS);
    }

    private void fsck(LogSource files, LogIdentity log) throws IOException {
        long start = clock.monotonicNanos();
        Fsck.Report report = new Fsck(files, _ -> Optional.empty(), _ -> {}, _ -> {})
                .run(note -> TrustedCheckpoint.open(note, log, List.of()));
        double seconds = (clock.monotonicNanos() - start) / 1e9;
        double aim = FSCK_SECONDS_AIM * entries / ENTRIES;
        line(
                "fsck of %,d entries".formatted(report.entriesRead()),
                "%.1f s".formatted(seconds),
                "%.1f s".formatted(aim),
                report.isWhole() && seconds < aim);
    }

    private void size() throws IOException {
        long octets = 0;
        long count = 0;
        try (Stream<Path> all = Files.walk(places.published())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                octets += Files.size(file);
                count++;
            }
        }
        double million = 1e6 / entries;
        line(
                "on disk, a million entries",
                "%,.0f MiB in %,.0f files".formatted(octets * million / (1 << 20), count * million),
                "–",
                true);
    }

    private void line(String what, String figure, String aim, boolean isReached) {
        isMet &= isReached;
        out.printf("%-52s %-40s aim %-12s %s%n", what, figure, aim, isReached ? "" : "MISSED");
    }
}
