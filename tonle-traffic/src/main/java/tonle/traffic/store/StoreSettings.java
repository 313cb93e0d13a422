// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.nio.file.Path;

/**
 * Where a {@link DuckTrafficStore} lies and what it may take.
 *
 * @param directory holds {@value #FILE_NAME} and what belongs to it; made where absent
 * @param memoryMegaoctetsMax DuckDB's own bound, at least 64; beyond it sorts and groupings go to disk, beside the file
 * @param threads for one question, at least 1
 * @param reserveOctets of free disk that writing leaves alone: on a full disk traffic is shed first, and registry,
 * ledger
 *     and log share the disk
 */
public record StoreSettings(Path directory, int memoryMegaoctetsMax, int threads, long reserveOctets) {
    public static final String FILE_NAME = "traffic.duckdb";

    private static final int MEMORY_MEGAOCTETS = 1_024;
    private static final int THREADS_MAX = 4;
    /** Several write-ahead logs (16 MiB each before a checkpoint) and the checkpoint that follows them. */
    private static final long RESERVE_OCTETS = 256L << 20;

    public StoreSettings {
        if (memoryMegaoctetsMax < 64 || threads < 1 || reserveOctets < 0) {
            throw new IllegalArgumentException("a traffic store needs 64 MB of memory and one thread at least");
        }
    }

    /** The usual bounds. */
    public static StoreSettings in(Path directory) {
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, THREADS_MAX);
        return new StoreSettings(directory, MEMORY_MEGAOCTETS, threads, RESERVE_OCTETS);
    }

    Path file() {
        return directory.resolve(FILE_NAME);
    }
}
