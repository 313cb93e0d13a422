// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.testkit.SettableClock;
import tonle.tlog.note.SignedNote;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.TreeHead;

/** What must never be appended to, each by its name. */
final class RefusedLogTest {
    @TempDir
    private Path folder;

    private LogPlaces places;

    @BeforeEach
    void aLogOfThreeHundredEntries() throws IOException {
        places = LogPlaces.in(folder);
        grow(0, 300);
    }

    private TreeHead grow(int from, int to) throws IOException {
        try (LogWriter writer = LogOnDiskTest.open(places, Disk.REAL)) {
            List<byte[]> entries = new ArrayList<>();
            for (int i = from; i < to; i++) {
                entries.add(("entry " + i).getBytes(UTF_8));
            }
            writer.commit(entries);
            return writer.head();
        }
    }

    private LogReason refusal(Witnesses witnesses) throws IOException {
        try (LogWriter writer = new LogOpening(places, Disk.REAL, new SettableClock(1_790_000_000_000L), witnesses)
                .open("Demo", new SecureRandom())) {
            throw new AssertionError("opened at " + writer.head().size());
        } catch (LogOutage outage) {
            assertThat(outage).hasMessageMatching("(?s).{30,}");
            return outage.reason();
        }
    }

    private LogReason refusal() throws IOException {
        return refusal(Witnesses.NONE);
    }

    @Test
    void aLogWithoutItsLockRecord() throws IOException {
        Files.delete(places.head());
        assertThat(refusal()).isEqualTo(LogReason.LOCK_MISSING);
    }

    @Test
    void aLogWithoutItsKeys() throws IOException {
        Files.delete(places.keys());
        assertThat(refusal()).isEqualTo(LogReason.KEYS_MISSING);
    }

    @Test
    void keysThatOthersMayRead() throws IOException {
        Files.setPosixFilePermissions(places.keys(), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(refusal()).isEqualTo(LogReason.KEYS_EXPOSED);
    }

    @Test
    void keysThatAreNone() throws IOException {
        String text = Files.readString(places.keys());
        Files.writeString(places.keys(), text.lines().findFirst().orElseThrow() + "\n");
        assertThat(refusal()).isEqualTo(LogReason.KEYS_MALFORMED);
        Files.writeString(places.keys(), text.substring(0, 60));
        assertThat(refusal()).isEqualTo(LogReason.KEYS_MALFORMED);
    }

    @Test
    void anOlderLockRecordBesideANewerLog() throws IOException {
        byte[] older = Files.readAllBytes(places.head());
        grow(300, 310);
        Files.write(places.head(), older);
        assertThat(refusal()).isEqualTo(LogReason.LOCK_BEHIND);
    }

    @Test
    void aLockRecordThatIsTornOrOfAnotherLog() throws IOException {
        byte[] record = Files.readAllBytes(places.head());
        Files.write(places.head(), java.util.Arrays.copyOf(record, record.length / 2));
        assertThat(refusal()).isEqualTo(LogReason.LOCK_MALFORMED);
        LogPlaces others = LogPlaces.in(folder.resolve("other"));
        LogOnDiskTest.open(others, Disk.REAL).close();
        Files.write(places.head(), Files.readAllBytes(others.head()));
        assertThat(refusal()).isEqualTo(LogReason.LOCK_MALFORMED);
    }

    @Test
    void twoHistoriesOfOneSize() throws IOException {
        byte[] record = Files.readAllBytes(places.head());
        byte[] tiles = Files.readAllBytes(places.published().resolve("tile/0/001.p/44"));
        byte[] bundle = Files.readAllBytes(places.published().resolve("tile/entries/001.p/44"));
        grow(300, 301);
        byte[] shown = Files.readAllBytes(places.published().resolve("checkpoint"));
        Files.write(places.head(), record);
        Files.delete(places.published().resolve("checkpoint"));
        Files.write(places.published().resolve("tile/0/001.p/44"), tiles);
        Files.write(places.published().resolve("tile/entries/001.p/44"), bundle);
        grow(500, 501);
        Files.write(places.published().resolve("checkpoint"), shown);
        assertThat(refusal()).isEqualTo(LogReason.LOCK_CONTRADICTED);
    }

    @Test
    void anotherLogsFilesUnderThisLogsLockRecord() throws IOException {
        LogPlaces wrong = new LogPlaces(folder.resolve("elsewhere"), places.secret());
        places = wrong;
        assertThat(refusal()).isEqualTo(LogReason.TILES_DAMAGED);
    }

    @Test
    void tilesOfTheRightEdgeThatChanged() throws IOException {
        flip("tile/0/001.p/44");
        assertThat(refusal()).isEqualTo(LogReason.TILES_DAMAGED);
    }

    @Test
    void aTornTileWhoseHashesAreLookedUp() throws IOException {
        Files.write(places.published().resolve("tile/0/000"), new byte[17]);
        assertThat(refusal()).isEqualTo(LogReason.TILES_DAMAGED);
    }

    @Test
    void aBundleOfTheRightEdgeThatChanged() throws IOException {
        flip("tile/entries/001.p/44");
        assertThat(refusal()).isEqualTo(LogReason.BUNDLE_DAMAGED);
    }

    private void flip(String name) throws IOException {
        Path file = places.published().resolve(name);
        byte[] octets = Files.readAllBytes(file);
        octets[octets.length / 2] ^= 1;
        Files.write(file, octets);
    }

    @Test
    void aWriterBesideAWriter() throws IOException {
        LogWriter first = LogOnDiskTest.open(places, Disk.REAL);
        assertThat(refusal()).isEqualTo(LogReason.IN_USE);
        first.close();
    }

    @Test
    void aLockRecordThatMovedUnderItsWriter() throws IOException {
        try (LogWriter writer = LogOnDiskTest.open(places, Disk.REAL)) {
            byte[] record = Files.readAllBytes(places.head());
            record[record.length - 3] ^= 1;
            Files.write(places.head(), record);
            assertThat(assertOutage(() -> writer.commit(List.of(new byte[1])))).isEqualTo(LogReason.LOCK_MOVED);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static LogReason assertOutage(Step step) throws IOException {
        try {
            step.run();
            throw new AssertionError("nothing was refused");
        } catch (LogOutage outage) {
            return outage.reason();
        }
    }

    @Test
    void entriesBeyondTheirBound() throws IOException {
        try (LogWriter writer = LogOnDiskTest.open(places, Disk.REAL)) {
            assertThat(assertOutage(() -> writer.commit(List.of(new byte[65_536]))))
                    .isEqualTo(LogReason.ENTRY_TOO_LARGE);
            assertThat(writer.commit(List.of(new byte[65_535]))).containsExactly(new Placed(300, false));
        }
    }

    @Test
    void aLogThatIsPausedOrClosedForGood() throws IOException {
        try (LogWriter writer = LogOnDiskTest.open(places, Disk.REAL)) {
            assertThat(writer.move(LogStage.Move.PAUSE)).isTrue();
            assertThat(writer.move(LogStage.Move.PAUSE)).isFalse();
            assertThat(assertOutage(() -> writer.commit(List.of(new byte[1])))).isEqualTo(LogReason.PAUSED);
            assertThat(writer.move(LogStage.Move.RESUME)).isTrue();
            writer.commit(List.of(new byte[1]));
            assertThat(writer.move(LogStage.Move.FREEZE)).isTrue();
        }
        try (LogWriter writer = LogOnDiskTest.open(places, Disk.REAL)) {
            assertThat(assertOutage(() -> writer.commit(List.of(new byte[2])))).isEqualTo(LogReason.FROZEN);
            assertThat(writer.move(LogStage.Move.RESUME)).isFalse();
        }
    }

    /** Witnesses that say what a test tells them to. */
    private static Witnesses saying(Witnesses.Standing standing) {
        return new Witnesses() {
            @Override
            public Standing standing(String origin) {
                return standing;
            }

            @Override
            public void published(SignedNote checkpoint) {}
        };
    }

    @Test
    void aLogThatIsBehindItsWitnesses() throws IOException {
        TreeHead ahead = new TreeHead(301, Merkle.EMPTY_ROOT);
        assertThat(refusal(saying(new Witnesses.Standing.Cosigned(List.of(ahead)))))
                .isEqualTo(LogReason.BEHIND_WITNESSES);
    }

    @Test
    void aLogOfWhichAWitnessSawAnotherHistory() throws IOException {
        TreeHead other = new TreeHead(200, Merkle.EMPTY_ROOT);
        assertThat(refusal(saying(new Witnesses.Standing.Cosigned(List.of(other)))))
                .isEqualTo(LogReason.WITNESSES_CONTRADICT);
    }

    @Test
    void aLogWhoseWitnessesAreSilent() throws IOException {
        assertThat(refusal(saying(new Witnesses.Standing.Silent("three do not answer"))))
                .isEqualTo(LogReason.WITNESSES_SILENT);
    }

    @Test
    void butNotOneThatItsWitnessesSawGrow() throws IOException {
        TreeHead before;
        try (LogWriter writer = LogOnDiskTest.open(places, Disk.REAL)) {
            before = writer.head();
        }
        TreeHead now = grow(300, 1_000);
        Witnesses.Standing seen = new Witnesses.Standing.Cosigned(List.of(before, now, TreeHead.EMPTY));
        try (LogWriter writer = new LogOpening(places, Disk.REAL, new SettableClock(1_790_000_000_000L), saying(seen))
                .open("Demo", new SecureRandom())) {
            assertThat(writer.head()).isEqualTo(now);
        }
    }
}
