// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.io.IOException;
import java.nio.file.Path;
import tonle.base.power.Seed;

/** A process that writes batches and says each number once it was answered, until somebody kills it. */
final class KillTarget {
    static final String WRITER = "w";
    private static final int ROWS = 200;

    private KillTarget() {}

    /** What batch {@code sequence} holds: the same in every process. */
    static VolumeBatch batch(long sequence) {
        Seed seed = new Seed(sequence);
        return Sample.batch(WRITER, sequence, Sample.rows(seed, binSeconds(sequence), 12, ROWS));
    }

    /** Four batches an hour, so that upkeep always has an hour to roll up. */
    static long binSeconds(long sequence) {
        return Sample.DAY + sequence / 4 * 3_600;
    }

    public static void main(String[] arguments) throws IOException {
        try (DuckTrafficStore store = Sample.open(Path.of(arguments[0]))) {
            System.out.println("open");
            for (long sequence = store.nextSequence(WRITER); sequence < 100_000; sequence++) {
                store.write(batch(sequence));
                System.out.println(sequence);
                if (sequence % 8 == 0) {
                    store.maintain(binSeconds(sequence), new Retention(1, 2, 1_000));
                }
            }
        }
    }
}
