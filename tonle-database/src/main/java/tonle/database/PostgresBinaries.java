// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static tonle.database.DatabaseOutage.Reason.NO_SERVER_FOR_PLATFORM;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;
import tonle.base.Must;

/** The programs of the embedded server: unpacked once for each release of theirs, whole or not at all. */
final class PostgresBinaries {
    private static final String CONTENTS = "contents";
    private static final String RELEASE = release();
    private static final int MEMORY_KIBIBYTES_MAX = 200 * 1024;

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /** "18.6.0": the third number is the packager's. */
    static String releaseNumber() {
        return RELEASE;
    }

    static int majorVersion() {
        return Integer.parseInt(RELEASE.substring(0, RELEASE.indexOf('.')));
    }

    /** {@code 18.6}, as the server calls itself. */
    static String serverVersion() {
        return RELEASE.substring(0, RELEASE.lastIndexOf('.'));
    }

    static PostgresBinaries unpackOnce(Path parent) throws IOException {
        Path folder = parent.resolve("bin-" + RELEASE);
        if (isWhole(folder)) {
            return new PostgresBinaries(folder);
        }
        Path side = Files.createTempDirectory(parent, "bin.new-");
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + archiveName())) {
            if (archive == null) {
                throw new DatabaseOutage(
                        NO_SERVER_FOR_PLATFORM,
                        "this build has no embedded PostgreSQL for " + platform()
                                + "; name a server of your own: database.url in tonle.yaml");
            }
            new TarArchive(new XZInputStream(new BufferedInputStream(archive), MEMORY_KIBIBYTES_MAX), side).unpack();
            Files.setPosixFilePermissions(side, Folders.READABLE);
            Files.writeString(side.resolve(CONTENTS), contents(side));
            if (Files.exists(folder) && !isWhole(folder)) {
                Folders.delete(folder);
            }
            Files.move(side, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
            // Another process was faster: its folder is as good.
            Must.hold(isWhole(folder), folder + " is whole");
        } finally {
            Folders.delete(side);
        }
        return new PostgresBinaries(folder);
    }

    /**
     * To have a thousand files on the disk takes seconds, and they can be unpacked again: so nothing waits for the
     * disk here, and what a power cut took away is seen at the next start, by sizes.
     */
    private static boolean isWhole(Path folder) throws IOException {
        Path contents = folder.resolve(CONTENTS);
        return Files.exists(contents) && Files.readString(contents).equals(contents(folder));
    }

    private static String contents(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            long fileCount = 0;
            long sizeOctets = 0;
            for (Path path : (Iterable<Path>) inside::iterator) {
                if (Files.isRegularFile(path) && !path.endsWith(CONTENTS)) {
                    fileCount++;
                    sizeOctets += Files.size(path);
                }
            }
            return fileCount + " files, " + sizeOctets + " octets\n";
        }
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    private static String archiveName() {
        return "postgres-" + platform() + ".txz";
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return (system.contains("mac") ? "darwin" : system) + "-"
                + (machine.equals("amd64") ? "x86_64" : machine.equals("aarch64") ? "arm_64" : machine);
    }

    private static String release() {
        Properties properties = new Properties();
        try (InputStream in = PostgresBinaries.class.getResourceAsStream("binaries.properties")) {
            Must.hold(in != null, "binaries.properties lies beside this class");
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("a resource of our own cannot be read", e);
        }
        return properties.getProperty("version");
    }
}
