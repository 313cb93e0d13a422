// SPDX-License-Identifier: Apache-2.0
package tonle.notary.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.SystemClock;
import tonle.notary.check.LogCheck;
import tonle.notary.check.LogSource;
import tonle.notary.log.LogPlaces;
import tonle.notary.log.LogReason;
import tonle.notary.log.PublicLog;
import tonle.notary.log.Witnesses;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SigningKey;
import tonle.tlog.note.VerifierKey;
import tonle.tlog.proof.TrustPolicy;
import tonle.witness.WitnessFolder;
import tonle.witness.WitnessMemory;
import tonle.witness.WitnessServer;

/** A log and real witnesses over HTTP: quorum, absence, lies, old copies and two histories. */
class WitnessGroupTest {
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    @TempDir
    Path folder;

    private final SystemClock clock = new SystemClock();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();

    private record Running(WitnessFolder files, WitnessMemory memory, WitnessServer server) implements AutoCloseable {
        String address() {
            return "http://127.0.0.1:" + server.port() + "/";
        }

        @Override
        public void close() throws IOException {
            server.close();
            memory.close();
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    /** A log that is written while its witnesses are asked. */
    private final class Witnessed implements Witnesses, AutoCloseable {
        final PublicLog log;
        volatile WitnessGroup group;

        Witnessed(Path place, TrustPolicy policy, LogIdentity identity) {
            LogPlaces places = LogPlaces.in(place);
            group = policy == null
                    ? null
                    : new WitnessGroup(
                            policy,
                            identity,
                            LogSource.folder(places.published()),
                            places.evidence(),
                            clock,
                            this::shown);
            log = new PublicLog(places, "Test", clock, this).start();
        }

        private boolean shown(long size, List<NoteSignature> lines) {
            return log.publishCosigned(size, lines);
        }

        @Override
        public Standing standing(String origin) {
            return group == null ? new Standing.Unwitnessed() : group.standing(origin);
        }

        @Override
        public void published(tonle.tlog.note.SignedNote checkpoint) {
            if (group != null) {
                group.published(checkpoint);
            }
        }

        long add(String entry) throws Exception {
            return log.append(entry.getBytes(UTF_8)).get().index();
        }

        @Override
        public void close() {
            log.close();
            if (group != null) {
                group.close();
            }
        }
    }

    /** Begins a log alone, so that it has keys; then its witnesses, who know it. */
    private LogIdentity begin(Path place, int witnesses) throws Exception {
        LogIdentity identity;
        try (Witnessed alone = new Witnessed(place, null, null)) {
            alone.add("the first entry");
            identity = alone.log.state().identity().orElseThrow();
        }
        for (int i = 0; i < witnesses; i++) {
            WitnessFolder files = new WitnessFolder(folder.resolve("w" + i));
            files.create("w" + i + ".example/w", new SecureRandom());
            for (VerifierKey key : identity.keys()) {
                files.addLog(key);
            }
            running.add(null);
            run(i, files, 0);
        }
        return identity;
    }

    private void run(int i, WitnessFolder files, int port) throws IOException {
        WitnessMemory memory = WitnessMemory.open(files, clock);
        WitnessServer server =
                WitnessServer.start(memory, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), _ -> {});
        running.set(i, new Running(files, memory, server));
        open.add(running.get(i));
    }

    private TrustPolicy policy(LogIdentity log, int quorum) throws IOException {
        return policy(log, quorum, running.stream().map(Running::address).toList());
    }

    private TrustPolicy policy(LogIdentity log, int quorum, List<String> addresses) throws IOException {
        StringBuilder text = new StringBuilder();
        log.keys().forEach(key -> text.append("log ").append(key.text()).append('\n'));
        StringBuilder all = new StringBuilder("group all " + quorum);
        for (int i = 0; i < running.size(); i++) {
            StringBuilder own = new StringBuilder("group w" + i + " any");
            for (SigningKey key : running.get(i).files.keys()) {
                String name = "w" + i + "-" + key.verifier().type();
                text.append("witness " + name + " " + key.verifier().text() + " " + addresses.get(i) + "\n");
                own.append(' ').append(name);
            }
            text.append(own).append('\n');
            all.append(" w").append(i);
        }
        text.append(all).append("\nquorum all\n");
        return ((Outcome.Good<TrustPolicy>) TrustPolicy.parse(text.toString().getBytes(UTF_8))).value();
    }

    private static void await(BooleanSupplier done, String what) {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private boolean isProven(Path place, TrustPolicy policy, long index) {
        try {
            return new LogCheck(
                                    LogSource.folder(LogPlaces.in(place).published()),
                                    policy,
                                    clock.unixMillis() / 1_000 + 5)
                            .entry(index)
                    instanceof LogCheck.Result.Holds;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachEntryIsCosignedByAllAndAnybodyProvesItUnderTheQuorum() throws Exception {
        Path place = folder.resolve("log");
        LogIdentity identity = begin(place, 3);
        TrustPolicy policy = policy(identity, 2);
        assertThat(KnownWitness.of(policy)).as("two keys, one witness").hasSize(3);
        try (Witnessed log = new Witnessed(place, policy, identity)) {
            for (int i = 1; i <= 300; i++) {
                log.add("entry " + i);
            }
            await(() -> log.group.witnessedSize() == 301, "a quorum cosigned all: " + log.group.states());
            await(() -> isProven(place, policy, 300), "the newest entry is proven with cosignatures");
            await(
                    () -> log.group.states().stream()
                            .allMatch(state -> state.cosigned().size() == 301),
                    "all three do: " + log.group.states());
            TrustPolicy all = policy(identity, 3);
            await(() -> isProven(place, all, 0), "the lines of all three stay");
        }
        // Again, from what the witnesses hold.
        try (Witnessed log = new Witnessed(place, policy, identity)) {
            assertThat(log.add("entry 301")).isEqualTo(301);
            await(() -> log.group.witnessedSize() == 302, "after a restart: " + log.group.states());
        }
    }

    @Test
    void oneThatIsAwayIsNamedAndComesBackByItself() throws Exception {
        Path place = folder.resolve("log");
        LogIdentity identity = begin(place, 3);
        TrustPolicy policy = policy(identity, 2);
        int port = running.get(0).server.port();
        running.get(0).close();
        try (Witnessed log = new Witnessed(place, policy, identity)) {
            log.add("one");
            await(() -> log.group.witnessedSize() == 2, "two of three are enough: " + log.group.states());
            await(
                    () -> log.group.states().stream()
                            .anyMatch(state -> state.trouble()
                                    .filter(trouble -> trouble.kind() == WitnessState.Kind.AWAY)
                                    .isPresent()),
                    "the third is said to be away: " + log.group.states());
            running.get(1).close();
            log.add("two");
            await(
                    () -> log.group.states().stream()
                                    .filter(state -> state.trouble().isPresent())
                                    .count()
                            == 2,
                    "two are away: " + log.group.states());
            assertThat(log.group.witnessedSize())
                    .as("one of three is no quorum")
                    .isEqualTo(2);
            run(0, running.get(0).files, port);
            await(() -> log.group.witnessedSize() == 3, "it is asked again by itself: " + log.group.states());
        }
    }

    @Test
    void withoutAnyWitnessNothingIsAppendedAfterAStart() throws Exception {
        Path place = folder.resolve("log");
        LogIdentity identity = begin(place, 2);
        TrustPolicy policy = policy(identity, 1);
        for (Running each : running) {
            each.close();
        }
        try (Witnessed log = new Witnessed(place, policy, identity)) {
            assertThat(log.log.state().outage().orElseThrow().reason()).isEqualTo(LogReason.WITNESSES_SILENT);
        }
    }

    @Test
    void anOldCopyOfTheLogIsRefusedByWhatTheWitnessesHold() throws Exception {
        Path place = folder.resolve("log");
        LogIdentity identity = begin(place, 2);
        TrustPolicy policy = policy(identity, 2);
        Path copy = folder.resolve("copy");
        copied(place, copy);
        try (Witnessed log = new Witnessed(place, policy, identity)) {
            log.add("one");
            log.add("two");
            await(() -> log.group.witnessedSize() == 3, "cosigned: " + log.group.states());
        }
        try (Witnessed log = new Witnessed(copy, policy, identity)) {
            assertThat(log.log.state().outage().orElseThrow().reason()).isEqualTo(LogReason.BEHIND_WITNESSES);
        }
        // One that did not ask before it wrote is found out by the first answer, and both sides are kept.
        try (Witnessed log = new Witnessed(copy, null, null)) {
            log.group = new WitnessGroup(
                    policy,
                    identity,
                    LogSource.folder(LogPlaces.in(copy).published()),
                    LogPlaces.in(copy).evidence(),
                    clock,
                    (_, _) -> true);
            log.add("another history");
            await(() -> kinds(log).contains(WitnessState.Kind.HOLDS_MORE), "rewound: " + log.group.states());
            log.add("another history still");
            await(() -> kinds(log).contains(WitnessState.Kind.CONTRADICTS), "forked: " + log.group.states());
            assertThat(log.group.witnessedSize()).isZero();
            try (var kept = Files.list(LogPlaces.in(copy).evidence())) {
                assertThat(kept.map(file -> file.getFileName().toString()))
                        .anyMatch(name -> name.contains("-ours-"))
                        .anyMatch(name -> name.contains("-theirs-"));
            }
        }
    }

    @Test
    void whatAWitnessSaysWronglyOrNotAtAllIsNamedAndCountsForNothing() throws Exception {
        Path place = folder.resolve("log");
        LogIdentity identity = begin(place, 2);
        HttpServer liar = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        open.add(() -> liar.stop(0));
        byte[][] answer = {("\u2014 w0.example/w " + "AAAA".repeat(25) + "\n").getBytes(UTF_8)};
        int[] status = {200};
        liar.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean isGet = exchange.getRequestMethod().equals("GET");
            exchange.sendResponseHeaders(isGet ? 404 : status[0], isGet ? -1 : Math.max(1, answer[0].length));
            if (!isGet) {
                exchange.getResponseBody().write(answer[0].length == 0 ? new byte[1] : answer[0]);
            }
            exchange.close();
        });
        liar.start();
        TrustPolicy policy = policy(
                identity,
                2,
                List.of(
                        "http://127.0.0.1:" + liar.getAddress().getPort() + "/lies/",
                        running.get(1).address()));
        try (Witnessed log = new Witnessed(place, policy, identity)) {
            log.add("one");
            await(() -> kinds(log).contains(WitnessState.Kind.ANSWERS_WRONGLY), "no key: " + log.group.states());
            status[0] = 403;
            answer[0] = "no\u0007 key of mine\n".getBytes(UTF_8);
            log.add("two");
            await(() -> kinds(log).contains(WitnessState.Kind.REFUSES), "refused: " + log.group.states());
            assertThat(log.group.states()).noneMatch(state -> state.toString().contains("\u0007"));
            status[0] = 503;
            log.add("three");
            await(() -> kinds(log).contains(WitnessState.Kind.AWAY), "busy: " + log.group.states());
            status[0] = 200;
            answer[0] = new byte[2_000_000];
            log.add("four");
            await(
                    () -> log.group.states().toString().contains("more than"),
                    "a flood is cut off: " + log.group.states());
            await(
                    () -> log.group.states().stream()
                            .anyMatch(state -> state.cosigned().size() == 5),
                    "the other one goes on: " + log.group.states());
            assertThat(log.group.witnessedSize()).isZero();
        }
    }

    @Test
    void oneThatBeginsAnAnswerAndStallsHoldsUpNobody() throws Exception {
        Path place = folder.resolve("log");
        LogIdentity identity = begin(place, 2);
        HttpServer stalling = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        CountDownLatch over = new CountDownLatch(1);
        open.add(() -> {
            over.countDown();
            stalling.stop(0);
            threads.shutdownNow();
        });
        stalling.setExecutor(threads);
        stalling.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        stalling.start();
        String address = "http://127.0.0.1:" + stalling.getAddress().getPort() + "/";
        TrustPolicy policy = policy(identity, 1, List.of(address, running.get(1).address()));
        try (Witnessed log = new Witnessed(place, policy, identity)) {
            assertThat(log.log.state().outage())
                    .as("the other one says what it holds")
                    .isEmpty();
            log.add("one");
            await(() -> log.group.witnessedSize() == 2, "the other one cosigns: " + log.group.states());
            await(() -> kinds(log).contains(WitnessState.Kind.AWAY), "given up: " + log.group.states());
        }
    }

    @Test
    void addressesThatCannotBeAskedAreFound() throws Exception {
        LogIdentity identity = begin(folder.resolve("log"), 2);
        TrustPolicy policy = policy(identity, 1, List.of("ftp://w.example/", "https://w.example/log?x=1"));
        assertThat(KnownWitness.wrongAddresses(policy)).hasSize(2);
        assertThat(KnownWitness.wrongAddresses(policy(identity, 1))).isEmpty();
    }

    private static List<WitnessState.Kind> kinds(Witnessed log) {
        return log.group.states().stream()
                .flatMap(state -> state.trouble().stream())
                .map(WitnessState.Trouble::kind)
                .toList();
    }

    private static void copied(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
