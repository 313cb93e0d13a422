// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tonle.gateway.file.WholeFile;
import tonle.notary.entry.Commitment;
import tonle.notary.entry.EntryKind;
import tonle.tlog.Octets;
import tonle.tlog.tree.Hash;

/**
 * Commits to a configuration without showing it. The content is each file in the order in which it is read: a line with
 * its name and its octets' number, then the octets. The salt is HMAC-SHA-256 of the content under a secret that is made
 * once, so that equal configurations make equal commitments and nobody without the secret can guess at one.
 */
final class ConfigurationCommitment {
    private static final String MAC = "HmacSHA256";

    private final Path secret;

    /** @param folder the owner's alone */
    ConfigurationCommitment(Path folder) {
        this.secret = folder.resolve("configuration-secret");
    }

    Hash of(List<Path> files) throws IOException {
        byte[] content = content(files);
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret(), MAC));
            return Commitment.digest(EntryKind.CONFIGURATION, Octets.of(mac.doFinal(content)), content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    private static byte[] content(List<Path> files) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Path file : files) {
            byte[] octets = Files.readAllBytes(file);
            content.writeBytes((file.getFileName() + " " + octets.length + "\n").getBytes(StandardCharsets.UTF_8));
            content.writeBytes(octets);
        }
        return content.toByteArray();
    }

    private byte[] secret() throws IOException {
        try {
            return Files.readString(secret).strip().getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchFileException _) {
            byte[] chance = new byte[Commitment.SALT_OCTETS];
            new SecureRandom().nextBytes(chance);
            WholeFile.write(secret, Octets.of(chance).base64() + "\n");
            if (Files.getFileStore(secret).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
            }
            return Files.readString(secret).strip().getBytes(StandardCharsets.US_ASCII);
        }
    }
}
