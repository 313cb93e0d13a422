// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.SystemClock;
import tonle.testkit.SettableClock;

/** The log under many hands and on a bad disk. */
final class PublicLogTest {
    @TempDir
    private Path folder;

    private PublicLog log(Disk disk, SettableClock clock) {
        return new PublicLog(LogPlaces.in(folder), "Demo", disk, clock, Witnesses.NONE).start();
    }

    @Test
    void entriesOfManySendersStandOnceEachWhereTheAnswerSays() throws Exception {
        int senders = 8;
        int each = 500;
        List<CompletableFuture<Placed>> answers = new ArrayList<>();
        try (PublicLog log = new PublicLog(LogPlaces.in(folder), "Demo", new SystemClock(), Witnesses.NONE).start();
                var pool = java.util.concurrent.Executors.newFixedThreadPool(senders)) {
            List<Future<List<CompletableFuture<Placed>>>> sent = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                int sender = i;
                sent.add(pool.submit(() -> {
                    List<CompletableFuture<Placed>> own = new ArrayList<>();
                    for (int j = 0; j < each; j++) {
                        own.add(log.append((sender + " says " + j).getBytes(UTF_8)));
                    }
                    return own;
                }));
            }
            for (Future<List<CompletableFuture<Placed>>> one : sent) {
                answers.addAll(one.get());
            }
            // All of them, before the files are read: while a log grows, a partial tile may go from under a reader.
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
            List<String> published = LogOnDiskTest.published(log.places());
            Set<Long> places = new HashSet<>();
            for (int i = 0; i < answers.size(); i++) {
                Placed placed = answers.get(i).get();
                assertThat(places.add(placed.index())).isTrue();
                assertThat(published.get((int) placed.index())).isEqualTo(i / each + " says " + i % each);
            }
            assertThat(log.state().head().size()).isEqualTo(senders * each);
        }
    }

    @Test
    void aFullDiskIsNamedAndLosesNothingWhenThereIsRoomAgain() throws Exception {
        SettableClock clock = new SettableClock(1_790_000_000_000L);
        for (int step = 0; step < 40; step += 3) {
            MortalDisk disk = new MortalDisk(Long.MAX_VALUE);
            Path place = folder.resolve("step-" + step);
            try (PublicLog log = new PublicLog(LogPlaces.in(place), "Demo", disk, clock, Witnesses.NONE).start()) {
                log.append("first".getBytes(UTF_8)).get();
                disk.dieAfter(step, "No space left on device");
                CompletableFuture<Placed> second = log.append("second".getBytes(UTF_8));
                boolean isEntered = true;
                try {
                    second.get();
                } catch (ExecutionException e) {
                    isEntered = false;
                    assertThat(e.getCause())
                            .isInstanceOfSatisfying(
                                    LogOutage.class,
                                    outage -> assertThat(outage.reason()).isEqualTo(LogReason.DISK_FULL));
                    assertThat(log.state().stage()).isEqualTo(LogStage.QUIESCENT);
                    assertThat(log.state().outage()).isPresent();
                    assertThatThrownBy(
                                    () -> log.append("at once".getBytes(UTF_8)).get())
                            .as("nothing is tried again at once")
                            .hasCauseInstanceOf(LogOutage.class);
                }
                disk.mend();
                clock.advanceMillis(1_001);
                assertThat(log.append("second".getBytes(UTF_8)).get().index()).isEqualTo(1);
                assertThat(log.state().outage()).isEmpty();
                assertThat(log.state().stage()).isEqualTo(LogStage.APPENDING);
                assertThat(LogOnDiskTest.published(log.places())).containsExactly("first", "second");
                if (isEntered) {
                    return;
                }
            }
        }
        throw new AssertionError("a batch takes more steps than were tried");
    }

    @Test
    void aLogThatCannotBeOpenedSaysWhyAndIsTriedAgain() throws Exception {
        SettableClock clock = new SettableClock(1_790_000_000_000L);
        Path head = LogPlaces.in(folder).head();
        try (PublicLog log = log(Disk.REAL, clock)) {
            log.append(new byte[1]).get();
        }
        byte[] record = Files.readAllBytes(head);
        Files.delete(head);
        try (PublicLog log = log(Disk.REAL, clock)) {
            assertThat(log.state().outage().orElseThrow().reason()).isEqualTo(LogReason.LOCK_MISSING);
            Files.write(head, record);
            clock.advanceMillis(1_001);
            assertThat(log.append(new byte[2]).get().index()).isEqualTo(1);
        }
    }

    @Test
    void whatComesAfterTheEndIsRefused() throws IOException {
        PublicLog log = log(Disk.REAL, new SettableClock(1_790_000_000_000L));
        log.close();
        assertThat(log.append(new byte[1])).isCompletedExceptionally();
    }

    @Test
    void anEntryBeyondItsBoundDoesNotSpoilItsBatch() {
        try (PublicLog log = log(Disk.REAL, new SettableClock(1_790_000_000_000L))) {
            CompletableFuture<Placed> large = log.append(new byte[65_536]);
            CompletableFuture<Placed> small = log.append(new byte[1]);
            assertThat(large).isCompletedExceptionally();
            assertThat(small.join()).isEqualTo(new Placed(0, false));
        }
    }
}
