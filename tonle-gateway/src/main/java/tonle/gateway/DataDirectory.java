// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The data directory of one running gateway, locked against a second one.
 * <pre>
 *   tonle.yaml  exporters.d/    the configuration, unless --config names another
 *   traffic/                    the traffic store
 *   postgres/                   the embedded database, where no other is named
 *   templates/                  templates and rates of exporters, remembered over a restart
 *   log/                        the public log, for everybody
 *   notary/                     its keys and how far it was signed, the owner's alone
 *   certificates/               the authority and certificates of IPFIX over TLS
 *   set-aside.tsv               batches that the store would not take, where there were any
 *   control.sock  lock          of the running process
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the directory where it is missing, the owner's alone, and locks it; refuses in words where it is in use.
     */
    public static DataDirectory lock(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
            throw new IOException(absolute + " is no directory; name one with --data");
        }
        create(absolute);
        FileChannel channel = FileChannel.open(
                absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException _) {
            lock = null; // This very process holds it.
        }
        if (lock == null) {
            String holder = read(channel);
            channel.close();
            throw new IOException("the data directory " + absolute + " is in use"
                    + (holder.isEmpty() ? "" : " by process " + holder)
                    + "; 'tonle stop' ends that gateway, or choose another directory with --data");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new DataDirectory(absolute, channel, lock);
    }

    private static void create(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createDirectories(path);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(path, OWNER_ONLY);
            }
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        String digits = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return digits.matches("[0-9]+") ? digits : "";
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
