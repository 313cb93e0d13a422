// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static tonle.database.DatabaseOutage.Reason.BUSY;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says whose a folder is, to other processes by a lock on its file {@code lock}, to this one by a set. */
final class FolderLock implements AutoCloseable {
    /**
     * Held by this process. Asked before the file is opened, because POSIX gives up all locks that a process has on a
     * file when it closes any of its channels to it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final int HOLDER_OCTETS_MAX = 20;

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static FolderLock take(Path folder) throws IOException {
        Path real = folder.toRealPath();
        long self = ProcessHandle.current().pid();
        if (!HELD.add(real)) {
            throw busy(folder, Long.toString(self));
        }
        try {
            FileChannel channel = FileChannel.open(
                    real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                ByteBuffer holder = ByteBuffer.allocate(HOLDER_OCTETS_MAX);
                channel.read(holder, 0);
                channel.close();
                throw busy(folder, new String(holder.array(), 0, holder.position(), StandardCharsets.US_ASCII));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(self).getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(real, channel);
        } catch (IOException | RuntimeException e) {
            HELD.remove(real);
            throw e;
        }
    }

    boolean isHeld() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // The lock dies with the process at the latest.
        }
        HELD.remove(folder);
    }

    private static DatabaseOutage busy(Path folder, String holder) {
        return new DatabaseOutage(
                BUSY,
                "the database in " + folder + " is used by another Tonle, process " + holder
                        + "; 'tonle stop' ends it");
    }
}
