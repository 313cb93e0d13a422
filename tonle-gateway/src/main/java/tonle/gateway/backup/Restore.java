// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tonle.base.Sha256;
import tonle.database.Database;
import tonle.database.DatabaseDump;
import tonle.database.DatabaseOutage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a data directory of a backup. Everything is checked before anything is written: the format, that this Tonle is
 * new enough, and the digest of every part. A directory that did not come about whole is removed.
 */
public final class Restore {
    private static final int MANIFEST_OCTETS_MAX = 16 << 20;
    private static final int ENTRIES_MAX = 100_000;

    private final Path file;
    private final Path dataDirectory;

    /** @param dataDirectory absent, or empty */
    public Restore(Path file, Path dataDirectory) {
        this.file = file;
        this.dataDirectory = dataDirectory.toAbsolutePath().normalize();
    }

    /** What was restored, for the one who asked: when it was made, by which Tonle, how many tables and files. */
    public record Restored(String made, String version, int tables, int files) {}

    /**
     * Restores, and leaves a directory that {@code tonle run --data} starts from.
     *
     * @throws IOException in words: what is wrong with the archive or in the way
     */
    public Restored run() throws IOException {
        if (Files.exists(dataDirectory) && !isEmpty(dataDirectory)) {
            throw new IOException(
                    dataDirectory + " is not empty; a backup is restored into a new directory: choose one with --data");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            JsonNode manifest = manifest(zip);
            DatabaseDump dump = dump(manifest);
            dump.refuseNewer();
            Map<String, String> digests = texts(manifest, "sha256");
            check(zip, digests, dump);
            int files = fill(zip, digests.keySet(), dump);
            return new Restored(
                    manifest.path("made").asString(""),
                    manifest.path("tonle").asString(""),
                    dump.tables().size(),
                    files);
        } catch (DatabaseOutage e) {
            throw new IOException(e.words(), e);
        } catch (ZipException e) {
            throw new IOException(file + " is no backup, or is cut off: " + e.getMessage(), e);
        }
    }

    private int fill(ZipFile zip, Set<String> names, DatabaseDump dump) throws IOException {
        boolean isWhole = false;
        try {
            Files.createDirectories(dataDirectory);
            Files.setPosixFilePermissions(dataDirectory, PosixFilePermissions.fromString("rwx------"));
            int files = 0;
            for (String name : names) {
                if (!name.startsWith(Backup.DATABASE)) {
                    copy(zip, name);
                    files++;
                }
            }
            Database.restore(
                    dataDirectory.resolve("postgres"),
                    dump,
                    table -> zip.getInputStream(zip.getEntry(Backup.DATABASE + table)));
            isWhole = true;
            return files;
        } finally {
            if (!isWhole) {
                clear();
            }
        }
    }

    /** Half a gateway would start and look whole. */
    private void clear() throws IOException {
        try (Stream<Path> inside = Files.walk(dataDirectory)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(dataDirectory)) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private JsonNode manifest(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Backup.MANIFEST);
        if (entry == null || zip.size() > ENTRIES_MAX) {
            throw new IOException(file + " is no backup of Tonle: it has no " + Backup.MANIFEST);
        }
        JsonNode manifest;
        try (InputStream in = zip.getInputStream(entry)) {
            manifest = JsonMapper.shared().readTree(in.readNBytes(MANIFEST_OCTETS_MAX));
        } catch (JacksonException e) {
            throw new IOException(file + ": " + Backup.MANIFEST + " is damaged", e);
        }
        int format = manifest.path("format").asInt(0);
        if (format < 1 || format > Backup.FORMAT) {
            throw new IOException(file + " has format " + format + "; this Tonle reads format 1 to " + Backup.FORMAT
                    + ": restore it with the Tonle that wrote it ("
                    + manifest.path("tonle").asString("unknown") + ")");
        }
        return manifest;
    }

    private static DatabaseDump dump(JsonNode manifest) {
        List<String> migrations = new ArrayList<>();
        manifest.path("migrations").forEach(version -> migrations.add(version.asString("")));
        Map<String, List<String>> tables = new LinkedHashMap<>();
        manifest.path("tables").properties().forEach(table -> {
            List<String> columns = new ArrayList<>();
            table.getValue().forEach(column -> columns.add(column.asString("")));
            tables.put(table.getKey(), columns);
        });
        Map<String, Long> sequences = new LinkedHashMap<>();
        manifest.path("sequences")
                .properties()
                .forEach(one -> sequences.put(one.getKey(), one.getValue().asLong(0)));
        return new DatabaseDump(manifest.path("postgresql").asString(""), migrations, tables, sequences);
    }

    private static Map<String, String> texts(JsonNode manifest, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        manifest.path(name)
                .properties()
                .forEach(one -> texts.put(one.getKey(), one.getValue().asString("")));
        return texts;
    }

    /** Every part there, none beside, each as it was written, and none that would leave the directory. */
    private void check(ZipFile zip, Map<String, String> digests, DatabaseDump dump) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (!names.add(entry.getName())) {
                throw new IOException(file + ": " + entry.getName() + " stands in it twice");
            }
        }
        names.remove(Backup.MANIFEST);
        if (!names.equals(digests.keySet())) {
            throw new IOException(file + ": its parts are not those that its manifest lists");
        }
        for (String table : dump.tables().keySet()) {
            if (!digests.containsKey(Backup.DATABASE + table)) {
                throw new IOException(file + ": the rows of " + table + " are missing");
            }
        }
        for (Map.Entry<String, String> part : digests.entrySet()) {
            String name = part.getKey();
            if (!name.startsWith(Backup.DATABASE)) {
                target(name);
            }
            try (DigestInputStream in = new DigestInputStream(zip.getInputStream(zip.getEntry(name)), Sha256.begun())) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
                if (!HexFormat.of().formatHex(in.getMessageDigest().digest()).equals(part.getValue())) {
                    throw new IOException(file + ": " + name + " is not as it was written (SHA-256 differs)");
                }
            }
        }
    }

    private void copy(ZipFile zip, String name) throws IOException {
        Path target = target(name);
        Files.createDirectories(target.getParent());
        Files.createFile(target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            Files.copy(in, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
    }

    private Path target(String name) throws IOException {
        String inside = name.equals(Backup.TRAFFIC)
                ? name
                : name.startsWith(Backup.FILES) ? name.substring(Backup.FILES.length()) : "";
        Path target = dataDirectory.resolve(inside).normalize();
        boolean isPart = name.equals(Backup.TRAFFIC)
                || Backup.PARTS.stream().anyMatch(part -> inside.equals(part) || inside.startsWith(part + "/"));
        if (inside.isEmpty() || !isPart || !target.startsWith(dataDirectory) || target.equals(dataDirectory)) {
            throw new IOException(file + ": " + name + " has no place in a data directory");
        }
        return target;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        }
    }
}
