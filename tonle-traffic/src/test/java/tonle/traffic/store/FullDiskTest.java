// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Seed;
import tonle.testkit.SettableClock;
import tonle.traffic.Direction;

class FullDiskTest {
    private static final long FROM = Sample.DAY;

    @TempDir
    Path directory;

    private static boolean mount(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static long octets(TrafficStore store) throws IOException {
        return store.answer(Sample.query(List.of(), List.of(), FROM, FROM + 86_400))
                .total()
                .octets();
    }

    @Test
    void belowTheReserveWritingStopsAndSaysSinceWhenAndQuestionsAreAnsweredOn() throws IOException {
        SettableClock clock = new SettableClock(1_000);
        try (DuckTrafficStore store = Sample.open(directory)) {
            store.write(Sample.batch("w", 1, List.of(Sample.row(FROM, "IX-A", Direction.IN, 500))));
        }
        StoreSettings greedy = new StoreSettings(directory, 256, 1, Long.MAX_VALUE >> 1);
        try (DuckTrafficStore store = DuckTrafficStore.open(greedy, clock)) {
            VolumeBatch batch = Sample.batch("w", 2, List.of(Sample.row(FROM, "IX-A", Direction.IN, 1)));
            assertThatThrownBy(() -> store.write(batch))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no room for traffic")
                    .hasMessageContaining("make room");
            clock.advanceMillis(5_000);
            assertThatThrownBy(() -> store.write(batch)).isInstanceOf(IOException.class);
            assertThat(store.health().writable()).isFalse();
            assertThat(store.health().troubleSinceMillis()).isEqualTo(1_000);
            assertThat(octets(store)).isEqualTo(500);
        }
    }

    /** A file system that really runs full: DuckDB gives its database up then, and the store stands up again. */
    @Test
    void aDiskThatRunsFullLosesNoAnsweredBatchAndRecoversWithRoom() throws Exception {
        Path disk = Files.createDirectories(directory.resolve("disk"));
        Assumptions.assumeTrue(
                mount("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString()),
                "a small tmpfs cannot be mounted here (not root)");
        try (DuckTrafficStore store = Sample.open(disk)) {
            long written = 0;
            long sequence = 1;
            VolumeBatch refused = null;
            while (refused == null && sequence < 500) {
                VolumeBatch batch = Sample.batch("w", sequence, Sample.rows(new Seed(sequence), FROM, 288, 20_000));
                try {
                    store.write(batch);
                    written += sum(batch);
                    sequence++;
                } catch (IOException _) {
                    refused = batch;
                }
            }
            assertThat(refused).as("the disk never ran full").isNotNull();
            assertThat(store.health().writable()).isFalse();
            assertThat(octets(store)).isEqualTo(written);
            VolumeBatch again = refused;
            assertThatThrownBy(() -> store.write(again)).isInstanceOf(IOException.class);
            assertThat(octets(store)).isEqualTo(written);
            assertThat(mount("mount", "-o", "remount,size=200m", disk.toString()))
                    .isTrue();
            assertThat(store.write(refused)).isTrue();
            assertThat(store.health().writable()).isTrue();
            assertThat(octets(store)).isEqualTo(written + sum(refused));
        } finally {
            mount("umount", disk.toString());
        }
    }

    private static long sum(VolumeBatch batch) {
        return batch.volumes().stream().mapToLong(VolumeRow::octets).sum();
    }
}
