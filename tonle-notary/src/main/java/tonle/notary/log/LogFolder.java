// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tonle.notary.check.LogSource;
import tonle.tlog.Outcome;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tile.TileSource;

/**
 * The folder that is published. A file has its name only when all of it is on the disk; a name is on the disk when the
 * batch is settled. Not thread-safe.
 */
final class LogFolder implements LogSource, TileSource {
    static final String CHECKPOINT = "checkpoint";

    static final String POLICY = "policy";

    /** What is being written, in the same folder, so that giving it its name is one step. */
    private static final String UNFINISHED = ".unfinished";

    /** Folders that are known to be there; beyond it each is looked at once more. */
    private static final int FOLDERS_KNOWN_MAX = 10_000;

    private final Path folder;
    private final Disk disk;
    private final Set<Path> unsettled = new LinkedHashSet<>();
    private final Set<Path> known = new LinkedHashSet<>();

    LogFolder(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    Path path() {
        return folder;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        return disk.read(folder.resolve(name));
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public Outcome<byte[]> tile(LogFile.HashTile tile) {
        return tiles().tile(tile);
    }

    /** Writes a file under a passing name, forces it, and gives it its own. */
    void put(String name, byte[] octets) throws IOException {
        Path file = folder.resolve(name);
        Path parent = file.getParent() == null ? folder : file.getParent();
        if (known.add(parent)) {
            disk.makeFolder(parent);
            // A new folder's own name stands in the one above it, up to the log's.
            for (Path above = parent; !above.equals(folder); above = above.getParent()) {
                unsettled.add(above.getParent());
            }
        }
        Path unfinished = folder.resolve(UNFINISHED);
        disk.write(unfinished, octets);
        disk.move(unfinished, file);
        unsettled.add(parent);
    }

    /** Forces the names of all that was put since the last time. */
    void settle() throws IOException {
        for (Path each : unsettled) {
            disk.forceFolder(each);
        }
        unsettled.clear();
        if (known.size() > FOLDERS_KNOWN_MAX) {
            known.clear();
        }
    }

    /** Deletes the partial files that a full one replaces; readers then take the full one (C2SP tlog-tiles). */
    void deletePartial(String fullName) throws IOException {
        Path partial = folder.resolve(fullName + ".p");
        if (!Files.isDirectory(partial)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(partial)) {
            for (Path each : files) {
                disk.delete(each);
            }
        }
        disk.delete(partial);
        known.remove(partial);
        unsettled.remove(partial);
    }

    void deleteUnfinished() throws IOException {
        disk.delete(folder.resolve(UNFINISHED));
    }
}
