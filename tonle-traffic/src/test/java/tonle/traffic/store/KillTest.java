// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Seed;

/** kill -9 at random moments: {@code -Dtonle.store.kills=50} for as many; the seed is {@code -Dtonle.store.seed=…}. */
class KillTest {
    private static final int KILLS = Integer.getInteger("tonle.store.kills", 6);
    private static final long SEED = Long.getLong("tonle.store.seed", 1);
    private static final int MILLIS_MAX = 700;

    @TempDir
    Path directory;

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillTarget.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void whatWasAnsweredIsThereOnceAfterEveryKill() throws Exception {
        Seed seed = new Seed(SEED);
        long expected = 0;
        long added = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long answered = 0;
            Process process = start();
            try (BufferedReader output = process.inputReader()) {
                assertThat(output.readLine()).isEqualTo("open");
                process.waitFor(seed.below(MILLIS_MAX), TimeUnit.MILLISECONDS);
                // By its handle: destroying the process itself would close the pipe with the last answers in it.
                process.toHandle().destroyForcibly();
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    answered = Long.parseLong(line);
                }
            }
            process.waitFor();
            try (DuckTrafficStore store = Sample.open(directory)) {
                long next = store.nextSequence(KillTarget.WRITER);
                assertThat(next)
                        .as("seed %d kill %d", SEED, kill)
                        .isGreaterThan(answered)
                        .isLessThanOrEqualTo(Math.max(added, answered) + 2);
                for (; added + 1 < next; added++) {
                    expected += KillTarget.batch(added + 1).volumes().stream()
                            .mapToLong(VolumeRow::octets)
                            .sum();
                }
                checkSums(store, expected, "seed " + SEED + " kill " + kill);
            }
        }
        assertThat(added).isPositive();
    }

    private static void checkSums(DuckTrafficStore store, long expected, String as) throws IOException {
        long to = Sample.DAY + 400L * 86_400;
        TrafficAnswer answer = store.answer(Sample.query(List.of(Dimension.LINK), List.of(), Sample.DAY, to));
        assertThat(answer.total().octets()).as(as).isEqualTo(expected);
    }

    @Test
    void aStoreThatAnotherProcessHoldsSaysSo() throws Exception {
        Process process = start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("open");
            assertThatThrownBy(() -> Sample.open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another Tonle process")
                    .hasMessageContaining("control socket");
            // Without our own lock file, DuckDB's lock names the holder.
            Files.delete(directory.resolve("traffic.lock"));
            assertThatThrownBy(() -> Sample.open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by process " + process.pid());
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }
}
