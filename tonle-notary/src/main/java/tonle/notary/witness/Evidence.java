// SPDX-License-Identifier: Apache-2.0
package tonle.notary.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tonle.tlog.tree.Merkle;

/**
 * Keeps both checkpoints of a contradiction: what this log signed, and what a witness holds. A file is named by its
 * content, so that the same contradiction is kept once.
 */
final class Evidence {
    /** Files; who makes more contradictions than this is known well enough. */
    static final int FILES_MAX = 200;

    private static final int NAME_DIGITS = 16;

    private final Path folder;

    Evidence(Path folder) {
        this.folder = folder;
    }

    synchronized void keep(String witness, byte[] ours, byte[] theirs) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.count() + 2 > FILES_MAX) {
                return;
            }
        }
        String name = witness.replaceAll("[^A-Za-z0-9.-]+", "-");
        put(name + "-ours-" + digest(ours), ours);
        if (theirs.length > 0) {
            put(name + "-theirs-" + digest(theirs), theirs);
        }
    }

    private void put(String name, byte[] octets) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            Files.write(file, octets);
        }
    }

    private static String digest(byte[] octets) {
        return Merkle.leaf(octets).hex().substring(0, NAME_DIGITS);
    }
}
