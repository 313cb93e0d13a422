// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tonle.base.Json;
import tonle.base.Sha256;
import tonle.database.Database;
import tonle.database.DatabaseDump;
import tonle.traffic.store.StoreSettings;
import tonle.traffic.store.TrafficStore;

/** Writes a backup while the gateway runs. The file has its name only when all of it is on the disk. */
public final class Backup {
    /** The format of the archive; a Tonle refuses one that is newer than it knows. */
    static final int FORMAT = 1;

    static final String MANIFEST = "manifest.json";
    static final String DATABASE = "database/";
    static final String TRAFFIC = "traffic/" + StoreSettings.FILE_NAME;
    static final String FILES = "files/";

    /** What of the data directory is neither a store of its own nor made anew at each start. */
    static final List<String> PARTS =
            List.of("tonle.yaml", "exporters.d", "templates", "certificates", "log", "set-aside.tsv");

    private final Path dataDirectory;
    private final TrafficStore store;
    private final Optional<Database> database;
    private final String version;

    /** @param database empty where the gateway has none open: then there is no backup */
    public Backup(Path dataDirectory, TrafficStore store, Optional<Database> database, String version) {
        this.dataDirectory = dataDirectory;
        this.store = store;
        this.database = database;
        this.version = version;
    }

    /**
     * Writes {@code file}, which must not be there.
     *
     * @return the octets of the archive
     * @throws IOException in words: what is in the way, and what to do
     */
    public long write(Path file, Instant now) throws IOException {
        Database open = database.orElseThrow(
                () -> new IOException("the database is away, and a backup without it is none; see 'tonle status'"));
        if (Files.exists(file)) {
            throw new IOException(file + " is there already; name another file");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder + "; make it first");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Path copy = Files.createTempDirectory(folder, "tonle-backup-");
        try {
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream octets = Files.newOutputStream(part);
                    ZipOutputStream zip = new ZipOutputStream(octets, StandardCharsets.UTF_8)) {
                archive(zip, open, copy, now);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return Files.size(file);
        } finally {
            Files.deleteIfExists(part);
            Files.deleteIfExists(copy.resolve(StoreSettings.FILE_NAME));
            Files.deleteIfExists(copy);
        }
    }

    private void archive(ZipOutputStream zip, Database open, Path copy, Instant now) throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        DatabaseDump dump = open.dump(table -> entry(zip, DATABASE + table, digests));
        store.copy(copy);
        try (OutputStream out = entry(zip, TRAFFIC, digests)) {
            Files.copy(copy.resolve(StoreSettings.FILE_NAME), out);
        }
        for (String name : PARTS) {
            Path part = dataDirectory.resolve(name);
            if (!Files.exists(part)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(part)) {
                for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
                    String inside = dataDirectory.relativize(path).toString().replace('\\', '/');
                    copy(zip, path, FILES + inside, digests);
                }
            }
        }
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(manifest(dump, digests, now).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /**
     * A file that vanishes meanwhile is left out: of the public log, whose partial tiles go when the full one is there.
     * Its checkpoint comes before its tiles by name, so that the tiles hold all that the checkpoint signs for.
     */
    private static void copy(ZipOutputStream zip, Path path, String name, Map<String, String> digests)
            throws IOException {
        InputStream in;
        try {
            in = Files.newInputStream(path);
        } catch (NoSuchFileException _) {
            return;
        }
        try (in;
                OutputStream out = entry(zip, name, digests)) {
            in.transferTo(out);
        }
    }

    private String manifest(DatabaseDump dump, Map<String, String> digests, Instant now) {
        StringBuilder text = new StringBuilder();
        Json json = new Json(text, true)
                .beginObject()
                .member("format", FORMAT)
                .member("tonle", version)
                .member("made", now.toString())
                .member("postgresql", dump.serverVersion());
        json.name("migrations").beginArray();
        dump.migrations().forEach(json::value);
        json.endArray().name("tables").beginObject();
        dump.tables().forEach((table, columns) -> {
            json.name(table).beginArray();
            columns.forEach(json::value);
            json.endArray();
        });
        json.endObject().name("sequences").beginObject();
        dump.sequences().forEach(json::member);
        json.endObject().name("sha256").beginObject();
        digests.forEach(json::member);
        json.endObject().endObject();
        return text.append('\n').toString();
    }

    /** An entry of the archive whose digest is known when it is closed. */
    private static OutputStream entry(ZipOutputStream zip, String name, Map<String, String> digests)
            throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        DigestOutputStream digest = new DigestOutputStream(zip, Sha256.begun());
        return new FilterOutputStream(digest) {
            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                digest.write(octets, offset, length);
            }

            @Override
            public void close() throws IOException {
                zip.closeEntry();
                digests.put(
                        name,
                        java.util.HexFormat.of()
                                .formatHex(digest.getMessageDigest().digest()));
            }
        };
    }
}
