// SPDX-License-Identifier: Apache-2.0
package tonle.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.testkit.SettableClock;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.note.VerifierKey;
import tonle.tlog.witness.AddCheckpoint;
import tonle.tlog.witness.WitnessAnswer;
import tonle.tlog.witness.WitnessPaths;

/** What a witness remembers: over restarts, under load, and against a log that lies. */
class WitnessMemoryTest {
    private static final String ORIGIN = "example.com/log";
    private static final long TIME = 1_795_500_000L;

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(TIME * 1_000);
    private final SampleLog log = new SampleLog(ORIGIN, "entry ");
    private WitnessFolder folder;
    private List<VerifierKey> keys;

    @BeforeEach
    void make() throws IOException {
        folder = new WitnessFolder(temporary.resolve("w"));
        keys = folder.create("w1.example", new SecureRandom());
        assertThat(folder.addLog(log.key.verifier())).isTrue();
        assertThat(folder.addLog(log.key.verifier())).isFalse();
    }

    private WitnessMemory open() throws IOException {
        return WitnessMemory.open(folder, clock);
    }

    private static WitnessAnswer ask(WitnessMemory memory, AddCheckpoint request) throws IOException {
        return memory.answer(request.octets());
    }

    @Test
    void bothKindsOfKeysCosignWhatWasProven() throws IOException {
        try (WitnessMemory memory = open()) {
            WitnessAnswer answer = ask(memory, log.request(0, 5));
            List<VerifierKey> witnesses = keys;
            SignedNote note = log.request(0, 5).checkpoint().with(((WitnessAnswer.Cosigned) answer).signatures());
            TrustedCheckpoint trusted = SampleLog.good(
                    TrustedCheckpoint.open(note, new LogIdentity(ORIGIN, List.of(log.key.verifier())), witnesses));
            assertThat(trusted.ofWitnesses())
                    .hasSize(2)
                    .allSatisfy(verified -> assertThat(verified.unixSeconds()).hasValue(TIME));
            assertThat(memory.checkpoint(WitnessPaths.checkpoint(ORIGIN)).orElseThrow())
                    .isEqualTo(note.octets());
        }
    }

    @Test
    void whatWasCosignedIsRememberedOverARestart() throws IOException {
        try (WitnessMemory memory = open()) {
            assertThat(ask(memory, log.request(0, 5))).isInstanceOf(WitnessAnswer.Cosigned.class);
            assertThat(ask(memory, log.request(5, 9))).isInstanceOf(WitnessAnswer.Cosigned.class);
        }
        try (WitnessMemory memory = open()) {
            assertThat(memory.held(ORIGIN)).isEqualTo(log.head(9));
            assertThat(ask(memory, log.request(0, 5))).isEqualTo(new WitnessAnswer.OtherSize(9));
            assertThat(ask(memory, log.request(9, 12))).isInstanceOf(WitnessAnswer.Cosigned.class);
        }
    }

    @Test
    void twoHistoriesAreEvidenceAndBothSidesAreKept() throws IOException {
        SampleLog liar = new SampleLog(ORIGIN, "other ");
        try (WitnessMemory memory = open()) {
            ask(memory, log.request(0, 5));
            WitnessAnswer answer = ask(memory, liar.request(5, 5));
            assertThat(answer.status()).isEqualTo(WitnessAnswer.UNPROCESSABLE);
            assertThat(memory.contradictionCount()).isEqualTo(1);
            assertThat(folder.evidenceCount()).isEqualTo(1);
            assertThat(memory.held(ORIGIN)).isEqualTo(log.head(5));
        }
        try (var files = Files.list(folder.path().resolve("evidence"))) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll(".*-", "")))
                    .containsExactlyInAnyOrder("held", "shown");
        }
    }

    @Test
    void aMemoryThatIsLostOrDamagedStopsTheStart() throws IOException {
        try (WitnessMemory memory = open()) {
            ask(memory, log.request(0, 5));
        }
        Path held = folder.path().resolve("held").resolve(WitnessPaths.checkpoint(ORIGIN));
        byte[] octets = Files.readAllBytes(held);
        for (int i = 0; i < octets.length; i += 7) {
            byte[] damaged = octets.clone();
            damaged[i] ^= 1;
            Files.write(held, damaged);
            // A cosignature line of our own may be damaged unseen: the log's signature and the tree may not.
            try (WitnessMemory memory = open()) {
                assertThat(memory.held(ORIGIN)).as("octet %d", i).isEqualTo(log.head(5));
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("damaged");
            }
        }
        Files.delete(held);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("is gone");
    }

    @Test
    void aThousandRequestsAtOnceNeverTurnTheMemoryBack() throws Exception {
        try (WitnessMemory memory = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<WitnessAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                long size = 1 + i % 20;
                answers.add(threads.submit(() -> {
                    WitnessAnswer answer = ask(memory, log.request(0, size));
                    while (answer instanceof WitnessAnswer.OtherSize(long held) && held < size) {
                        answer = ask(memory, log.request(held, size));
                    }
                    return answer;
                }));
            }
            long cosigned = 0;
            for (Future<WitnessAnswer> answer : answers) {
                cosigned += answer.get() instanceof WitnessAnswer.Cosigned ? 1 : 0;
            }
            assertThat(cosigned).isPositive();
            assertThat(memory.held(ORIGIN)).isEqualTo(log.head(20));
            assertThat(memory.contradictionCount()).isZero();
        }
    }

    @Test
    void oneProcessAtATimeIsAWitnessAndKeysAreTheOwnersAlone() throws IOException {
        try (WitnessMemory _ = open()) {
            assertThatThrownBy(this::open).hasMessageContaining("another witness runs");
        }
        open().close();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.path().resolve("key"))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> folder.create("w1.example", new SecureRandom()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> new WitnessFolder(temporary.resolve("x")).keys())
                .hasMessageContaining("tonle witness new");
    }

    @Test
    void aDiskThatTakesNothingCosignsNothing() throws IOException {
        try (WitnessMemory memory = open()) {
            ask(memory, log.request(0, 5));
            // A folder stands where the new file would be written: for root too, who may write everywhere.
            Path held = folder.path().resolve("held").resolve(WitnessPaths.checkpoint(ORIGIN));
            Path unborn = held.resolveSibling("." + held.getFileName());
            Files.createDirectories(unborn);
            assertThatThrownBy(() -> ask(memory, log.request(5, 9))).isInstanceOf(IOException.class);
            assertThat(memory.held(ORIGIN)).isEqualTo(log.head(5));
            Files.delete(unborn);
            assertThat(ask(memory, log.request(5, 9))).isInstanceOf(WitnessAnswer.Cosigned.class);
        }
    }
}
