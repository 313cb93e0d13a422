// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Seed;
import tonle.notary.check.Finding;
import tonle.notary.check.Fsck;
import tonle.notary.check.LogSource;
import tonle.testkit.SettableClock;
import tonle.tlog.Outcome;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tile.TileOctets;

/** What stands on the disk, whenever the process or the power ended. */
final class LogOnDiskTest {
    private static final SettableClock CLOCK = new SettableClock(1_790_000_000_000L);

    @TempDir
    private Path folder;

    static LogWriter open(LogPlaces places, Disk disk) throws IOException {
        return new LogOpening(places, disk, CLOCK, Witnesses.NONE).open("Demo Gateway", new SecureRandom());
    }

    /** All entries that the published checkpoint vouches for, after every file was derived anew. */
    static List<String> published(LogPlaces places) throws IOException {
        LogKeys keys = LogKeys.read(places.keys());
        List<Finding> findings = new ArrayList<>();
        LogSource source = LogSource.folder(places.published());
        Fsck.Report report = new Fsck(source, _ -> Optional.empty(), findings::add, _ -> {})
                .run(note -> TrustedCheckpoint.open(note, keys.identity(), List.of()));
        assertThat(findings).isEmpty();
        assertThat(report.isWhole()).isTrue();
        List<String> entries = new ArrayList<>();
        long size = report.head().orElseThrow().size();
        for (long first = 0; first < size; first += 256) {
            int width = (int) Math.min(256, size - first);
            byte[] bundle = source.read(new LogFile.EntryBundle(first / 256, width).path())
                    .orElseThrow();
            Outcome<List<byte[]>> read = TileOctets.entries(bundle, width);
            ((Outcome.Good<List<byte[]>>) read).value().forEach(each -> entries.add(new String(each, UTF_8)));
        }
        return entries;
    }

    private static List<byte[]> entries(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> ("entry " + i).getBytes(UTF_8))
                .toList();
    }

    private static List<String> texts(int to) {
        return IntStream.range(0, to).mapToObj(i -> "entry " + i).toList();
    }

    @Test
    void aLogBeginsGrowsAndIsTakenUpAgain() throws IOException {
        LogPlaces places = LogPlaces.in(folder);
        try (LogWriter writer = open(places, Disk.REAL)) {
            assertThat(writer.head().size()).isZero();
            assertThat(writer.commit(entries(0, 3)))
                    .containsExactly(new Placed(0, false), new Placed(1, false), new Placed(2, false));
        }
        assertThat(published(places)).isEqualTo(texts(3));
        try (LogWriter writer = open(places, Disk.REAL)) {
            assertThat(writer.commit(entries(2, 700)).getFirst()).isEqualTo(new Placed(2, true));
            assertThat(writer.commit(entries(699, 701))).containsExactly(new Placed(699, true), new Placed(700, false));
        }
        assertThat(published(places)).isEqualTo(texts(701));
        assertThat(places.published().resolve("tile/0/000.p"))
                .as("partial files go once the full one is there")
                .doesNotExist();
    }

    @Test
    void anEntryThatIsGivenTwiceStandsOnceAlsoWithinABatchAndAfterARestart() throws IOException {
        LogPlaces places = LogPlaces.in(folder);
        List<byte[]> twice = new ArrayList<>(entries(0, 300));
        twice.addAll(entries(0, 300));
        try (LogWriter writer = open(places, Disk.REAL)) {
            assertThat(writer.commit(twice).subList(300, 600)).allMatch(Placed::wasThere);
        }
        try (LogWriter writer = open(places, Disk.REAL)) {
            assertThat(writer.commit(entries(0, 300))).allMatch(Placed::wasThere);
            assertThat(writer.head().size()).isEqualTo(300);
        }
        assertThat(published(places)).isEqualTo(texts(300));
    }

    /** Batches that begin and fill tiles: widths 5, 256 and on. */
    private static final int[] SIZES = {5, 250, 257, 520};

    @Test
    void aProcessThatDiesAtAnyStepLosesAndDoublesNothing() throws IOException {
        dieAtEveryStep(false);
    }

    @Test
    void powerThatGoesAtAnyStepLosesAndDoublesNothing() throws IOException {
        dieAtEveryStep(true);
    }

    private void dieAtEveryStep(boolean losesPower) throws IOException {
        long step = 0;
        while (true) {
            LogPlaces places = LogPlaces.in(folder.resolve((losesPower ? "power-" : "kill-") + step));
            MortalDisk disk = new MortalDisk(step);
            int acknowledged = 0;
            try (LogWriter writer = open(places, disk)) {
                for (int size : SIZES) {
                    writer.commit(entries(acknowledged, size));
                    acknowledged = size;
                }
            } catch (MortalDisk.Died _) {
                if (losesPower) {
                    disk.losePower(new Seed(step));
                }
            }
            try (LogWriter writer = open(places, Disk.REAL)) {
                long size = writer.head().size();
                assertThat(size).as("died at step %d", step).isGreaterThanOrEqualTo(acknowledged);
                assertThat(published(places)).as("died at step %d", step).isEqualTo(texts((int) size));
                writer.commit(entries(0, 530));
            }
            assertThat(published(places)).as("died at step %d", step).isEqualTo(texts(530));
            if (!disk.isDead()) {
                break;
            }
            step++;
        }
        assertThat(step).as("steps of the whole").isGreaterThan(60);
    }

    @Test
    void theCheckpointIsSignedByBothKeysAndNamesItsLog() throws IOException {
        LogPlaces places = LogPlaces.in(folder);
        try (LogWriter writer = open(places, Disk.REAL)) {
            writer.commit(entries(0, 1));
        }
        LogKeys keys = LogKeys.read(places.keys());
        assertThat(keys.origin()).matches("demo-gateway/log-[0-9a-f]{8}");
        byte[] note = Disk.REAL.read(places.published().resolve("checkpoint")).orElseThrow();
        Outcome<TrustedCheckpoint> opened =
                SignedNote.parse(note).then(each -> TrustedCheckpoint.open(each, keys.identity(), List.of()));
        assertThat(((Outcome.Good<TrustedCheckpoint>) opened).value().ofLog()).hasSize(2);
    }
}
