// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.SigningKey;

/**
 * The keys that make a log this log: Ed25519 and ML-DSA-44 under one name, the origin. They are never replaced; a log
 * whose keys are lost or known to others is followed by another log.
 *
 * @param signing of type {@link SignatureType#ED25519} first, then {@link SignatureType#ML_DSA_44_COSIGNATURE}
 */
public record LogKeys(String origin, List<SigningKey> signing) {
    /** Enough to tell two logs of gateways of one name apart. */
    private static final int ORIGIN_RANDOM_OCTETS = 4;

    private static final int ORIGIN_NAME_CHARS_MAX = 40;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    public LogKeys {
        signing = List.copyOf(signing);
    }

    /** What everybody may know of them. */
    public LogIdentity identity() {
        return new LogIdentity(
                origin, signing.stream().map(SigningKey::verifier).toList());
    }

    /** The policy (C2SP tlog-policy) of a reader who knows this log and no witness. */
    public String policyText() {
        StringBuilder policy =
                new StringBuilder("# The keys of this log. Whoever relies on them got them elsewhere.\n");
        signing.forEach(
                key -> policy.append("log ").append(key.verifier().text()).append('\n'));
        return policy.append("quorum none\n").toString();
    }

    /** New keys under a new origin: a name that people know, made safe, and chance behind it. */
    static LogKeys generate(String gatewayName, SecureRandom random) {
        String name = gatewayName
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        byte[] chance = new byte[ORIGIN_RANDOM_OCTETS];
        random.nextBytes(chance);
        String shortName = name.substring(0, Math.min(name.length(), ORIGIN_NAME_CHARS_MAX));
        String origin = (shortName.isEmpty() ? "gateway" : shortName) + "/log-"
                + HexFormat.of().formatHex(chance);
        List<SigningKey> keys = new ArrayList<>();
        for (SignatureType type : List.of(SignatureType.ED25519, SignatureType.ML_DSA_44_COSIGNATURE)) {
            switch (SigningKey.generate(origin, type, random)) {
                case Outcome.Good<SigningKey>(SigningKey key) -> keys.add(key);
                case Outcome.Refused<SigningKey> refused ->
                    throw new IllegalStateException("a name of our own is one: " + refused);
            }
        }
        return new LogKeys(origin, keys);
    }

    /** Writes the file that only its owner may read; it must not be there. */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        signing.forEach(key -> text.append(key.secretText()).append('\n'));
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        if (isPosix()) {
            Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        Disk.REAL.write(unfinished, text.toString().getBytes(UTF_8));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        if (file.getParent() != null) {
            Disk.REAL.forceFolder(file.getParent());
        }
    }

    static LogKeys read(Path file) throws IOException {
        if (isPosix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new LogOutage(
                    LogReason.KEYS_EXPOSED,
                    "others than the owner may use " + file + ", the keys of the log; chmod 600 it, and follow 'If the"
                            + " key is lost or known' in docs/FILES.md if they may have read it");
        }
        List<SigningKey> keys = new ArrayList<>();
        for (String line : Files.readString(file).lines().toList()) {
            if (SigningKey.parse(line) instanceof Outcome.Good<SigningKey>(SigningKey key)) {
                keys.add(key);
            } else {
                throw malformed(file, "line " + (keys.size() + 1) + " is no private key");
            }
        }
        List<SignatureType> types =
                keys.stream().map(key -> key.verifier().type()).toList();
        long names = keys.stream().map(key -> key.verifier().name()).distinct().count();
        if (!types.equals(List.of(SignatureType.ED25519, SignatureType.ML_DSA_44_COSIGNATURE)) || names != 1) {
            throw malformed(file, "it must hold one Ed25519 and one ML-DSA-44 key of one name");
        }
        return new LogKeys(keys.getFirst().verifier().name(), keys);
    }

    private static LogOutage malformed(Path file, String what) {
        return new LogOutage(
                LogReason.KEYS_MALFORMED, file + ": " + what + "; put the file back from where the keys are kept");
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
