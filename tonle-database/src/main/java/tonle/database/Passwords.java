// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static tonle.database.DatabaseOutage.Reason.PASSWORDS;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The passwords of the database's roles: lines {@code role=password} in a file that its owner alone can read. */
final class Passwords {
    private static final int RANDOM_OCTETS = 32;

    private final Map<DatabaseRole, String> byRole;

    private Passwords(Map<DatabaseRole, String> byRole) {
        this.byRole = byRole;
    }

    String of(DatabaseRole role) {
        String password = byRole.get(role);
        if (password == null) {
            throw new IllegalStateException("no password of " + role.user());
        }
        return password;
    }

    /** Random ones for a new embedded server, written before they are used. */
    static Passwords make(Path file) throws IOException {
        SecureRandom random = new SecureRandom();
        Map<DatabaseRole, String> byRole = new EnumMap<>(DatabaseRole.class);
        StringBuilder text =
                new StringBuilder("# Passwords of this gateway's database. Made by Tonle; keep them secret.\n");
        for (DatabaseRole role : DatabaseRole.values()) {
            byte[] octets = new byte[RANDOM_OCTETS];
            random.nextBytes(octets);
            String password = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
            byRole.put(role, password);
            text.append(role.user()).append('=').append(password).append('\n');
        }
        Folders.writeWhole(file, text.toString());
        return new Passwords(byRole);
    }

    static Passwords read(Path file, List<DatabaseRole> roles) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
            if (rights.stream().anyMatch(right -> !right.name().startsWith("OWNER_"))) {
                throw new DatabaseOutage(PASSWORDS, file + " can be read by others than its owner: chmod 600 " + file);
            }
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new DatabaseOutage(
                    PASSWORDS, "the database's passwords cannot be read: " + file + " (" + e.getMessage() + ")");
        }
        Map<DatabaseRole, String> byRole = new EnumMap<>(DatabaseRole.class);
        for (DatabaseRole role : roles) {
            String password = properties.getProperty(role.user(), "");
            if (password.isEmpty()) {
                throw new DatabaseOutage(PASSWORDS, file + " has no line " + role.user() + "=password");
            }
            byRole.put(role, password);
        }
        return new Passwords(byRole);
    }
}
