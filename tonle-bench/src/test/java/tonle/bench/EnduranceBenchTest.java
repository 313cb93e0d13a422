// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tonle bench endurance --mutations 100000000} is the long run; its time and memory are not asserted here. */
class EnduranceBenchTest {
    private static final long MUTATION_COUNT = Long.getLong("tonle.bench.mutations", 40_000);
    private static final long SEED = Long.getLong("tonle.seed", 20_261_123);

    @TempDir
    Path folder;

    @Test
    void nothingThrowsAndAllSumsAgreeThroughDecoderDissectorCaptureAndMeter() throws IOException {
        assertThat(EnduranceBench.run(MUTATION_COUNT, SEED, folder))
                .as("seed %d", SEED)
                .isZero();
    }
}
