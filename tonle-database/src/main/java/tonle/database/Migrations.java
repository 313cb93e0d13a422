// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static tonle.database.DatabaseOutage.Reason.MIGRATION;
import static tonle.database.DatabaseOutage.Reason.NEWER_DATA;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import tonle.base.Must;

/**
 * Brings a database to this Tonle's schema: plain SQL files {@code V0001__words.sql} from the class path folder
 * {@code tonle/migration}, each once, with its checksum kept. Rooms have blocks of numbers of their own, so a later
 * version may add a number below one that ran already.
 */
public final class Migrations {
    private static final String FOLDER = "tonle/migration";
    private static final String LOCATION = "classpath:" + FOLDER;
    private static final Pattern SCRIPT = Pattern.compile("(V([0-9]+)__\\w+\\.sql)$");

    private Migrations() {}

    /** {@code owner}: connections of the role that owns the database's objects. */
    public static void run(DataSource owner) {
        run(owner, LOCATION);
    }

    /** The versions that this Tonle knows, as the schema's own table writes them. */
    static Set<String> known() throws IOException {
        return scripts().keySet();
    }

    /** Brings an empty database to exactly the schema of {@code versions}, which this Tonle must know. */
    static void runOnly(DataSource owner, Set<String> versions) throws IOException {
        Path folder = Files.createTempDirectory("tonle-migration-");
        try {
            for (Map.Entry<String, String> script : scripts().entrySet()) {
                if (versions.contains(script.getKey())) {
                    try (InputStream sql =
                            Migrations.class.getClassLoader().getResourceAsStream(FOLDER + "/" + script.getValue())) {
                        Must.hold(sql != null, "a migration that is listed can be read: " + script.getValue());
                        Files.copy(sql, folder.resolve(script.getValue()));
                    }
                }
            }
            run(owner, "filesystem:" + folder);
        } finally {
            Folders.delete(folder);
        }
    }

    /** File names by version, from every room of the class path: Flyway itself tells them of an open database only. */
    private static Map<String, String> scripts() throws IOException {
        Map<String, String> scripts = new TreeMap<>();
        for (URL url : Collections.list(Migrations.class.getClassLoader().getResources(FOLDER))) {
            if (url.getProtocol().equals("jar")) {
                JarURLConnection jar = (JarURLConnection) url.openConnection();
                jar.getJarFile().stream()
                        .map(JarEntry::getName)
                        .filter(name -> name.startsWith(FOLDER + "/"))
                        .forEach(name -> addScript(scripts, name));
            } else {
                try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
                    files.forEach(path -> addScript(scripts, path.toString()));
                } catch (URISyntaxException e) {
                    throw new IOException("a folder of the class path cannot be read: " + url, e);
                }
            }
        }
        return scripts;
    }

    private static void addScript(Map<String, String> scripts, String path) {
        Matcher script = SCRIPT.matcher(path);
        if (script.find()) {
            scripts.put(script.group(2), script.group(1));
        }
    }

    private static FluentConfiguration configuration(DataSource owner, String location) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(owner)
                .locations(location)
                .defaultSchema("tonle")
                .createSchemas(true)
                .table("migration")
                .outOfOrder(true)
                .ignoreMigrationPatterns(new String[0])
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .cleanDisabled(true);
    }

    private static void run(DataSource owner, String location) {
        Flyway flyway = configuration(owner, location).load();
        try {
            refuseNewer(flyway.info().all());
            flyway.migrate();
        } catch (FlywayException e) {
            throw new DatabaseOutage(
                    MIGRATION, "the database's schema cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    private static void refuseNewer(MigrationInfo[] all) {
        List<String> unknown = Arrays.stream(all)
                .filter(one -> one.getState().isApplied() && !one.getState().isResolved())
                .filter(one -> one.getVersion() != null)
                .map(one -> one.getVersion() + " " + one.getDescription())
                .toList();
        if (!unknown.isEmpty()) {
            throw new DatabaseOutage(
                    NEWER_DATA,
                    "the database was written by a newer Tonle: it has the migrations " + String.join(", ", unknown)
                            + ", which this one does not know; start the newer Tonle, or restore a backup of before");
        }
    }
}
