// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.base.Sha256;

/**
 * Whether the files of a configuration say something else than when they were last read: the main file and those of
 * exporters that were taken in. Size and time of change are compared at each look, the content only where one of them
 * moved. A change counts once two looks in a row see the same, so that a file is not read while it is being written.
 * One thread at a time.
 */
public final class ConfigurationWatch {
    /** A file as it was; the digest decides, the others say whether it needs to be asked. */
    private record State(long sizeOctets, FileTime modified, String digest) {}

    private final Path file;
    private Map<Path, State> read = Map.of();
    private Map<Path, State> lookedAt = Map.of();

    public ConfigurationWatch(Path file) {
        this.file = file;
        noteRead();
    }

    /** The configuration is read as it is now, whatever became of it. */
    public synchronized void noteRead() {
        lookedAt = look();
        read = lookedAt;
    }

    /** Whether there is a change that stood still since the last look; said once. */
    public synchronized boolean hasChanged() {
        Map<Path, State> now = look();
        boolean settled = sameContent(now, lookedAt);
        lookedAt = now;
        if (!settled || sameContent(now, read)) {
            return false;
        }
        read = now;
        return true;
    }

    private static boolean sameContent(Map<Path, State> a, Map<Path, State> b) {
        return a.keySet().equals(b.keySet())
                && a.keySet().stream()
                        .allMatch(
                                each -> a.get(each).digest().equals(b.get(each).digest()));
    }

    private Map<Path, State> look() {
        List<Path> files = new ArrayList<>();
        files.add(file);
        try {
            files.addAll(ConfigurationFile.takenIn(file));
        } catch (IOException _) {
            // Reading it in earnest will say what is wrong with the folder.
            files = files.subList(0, 1);
        }
        Map<Path, State> all = new HashMap<>();
        for (Path each : files) {
            state(each, all);
        }
        return all;
    }

    private void state(Path each, Map<Path, State> all) {
        try {
            long size = Files.size(each);
            FileTime modified = Files.getLastModifiedTime(each);
            State before = lookedAt.get(each);
            boolean same = before != null
                    && before.sizeOctets() == size
                    && before.modified().equals(modified);
            all.put(each, same ? before : new State(size, modified, digest(each)));
        } catch (IOException _) {
            // One that is not there, or vanishes meanwhile, is simply not among them.
            all.remove(each);
        }
    }

    private static String digest(Path file) throws IOException {
        return Sha256.hex(Files.readAllBytes(file));
    }
}
