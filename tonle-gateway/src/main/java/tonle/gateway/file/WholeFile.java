// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A small file of text that appears whole, or stays as it was. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes it under a name that nothing reads, forces it to the disk, and gives it its name in one step. A file of
     * that name is replaced.
     */
    public static void write(Path file, String text) throws IOException {
        Path unborn = file.resolveSibling("." + file.getFileName());
        Files.writeString(unborn, text);
        try (FileChannel channel = FileChannel.open(unborn, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unborn, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
