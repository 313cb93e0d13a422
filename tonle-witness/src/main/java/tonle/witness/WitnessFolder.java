// SPDX-License-Identifier: Apache-2.0
package tonle.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.SigningKey;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.note.VerifierKey;
import tonle.tlog.tree.TreeHead;
import tonle.tlog.witness.WitnessPaths;

/**
 * The files of a witness: {@code key} (its secrets, for the owner alone), {@code logs} (verifier keys of the logs that
 * it knows, one a line), {@code held} (what it cosigned last, a folder for each log) and {@code evidence}. Every file
 * is written under another name, forced to the disk and then given its name.
 */
public final class WitnessFolder {
    /** Keys of logs that are read. */
    public static final int LOG_KEYS_MAX = 1_000;

    static final String HELD = "held";
    static final String EVIDENCE = "evidence";

    private static final String KEY = "key";
    private static final String LOGS = "logs";
    private static final String LOCK = "lock";

    private final Path folder;

    public WitnessFolder(Path folder) {
        this.folder = folder;
    }

    public Path path() {
        return folder;
    }

    /**
     * Makes a new witness with both kinds of keys.
     *
     * @throws FileAlreadyExistsException where there is one: its keys are never written over
     */
    public List<VerifierKey> create(String name, SecureRandom random) throws IOException {
        Path file = folder.resolve(KEY);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(
                    file.toString(), null, "there is a witness here already; its keys are never written over");
        }
        List<SigningKey> keys = new ArrayList<>();
        for (SignatureType type : List.of(SignatureType.ED25519_COSIGNATURE, SignatureType.ML_DSA_44_COSIGNATURE)) {
            keys.add(good(SigningKey.generate(name, type, random), "the name '" + name + "' of a key"));
        }
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        StringBuilder text = new StringBuilder();
        keys.forEach(key -> text.append(key.secretText()).append('\n'));
        write(file, text.toString().getBytes(UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        write(folder.resolve(LOGS), new byte[0]);
        return keys.stream().map(SigningKey::verifier).toList();
    }

    /** The secrets. */
    public List<SigningKey> keys() throws IOException {
        List<SigningKey> keys = new ArrayList<>();
        for (String line : lines(KEY)) {
            keys.add(good(SigningKey.parse(line), folder.resolve(KEY) + " holds a line that is no key"));
        }
        if (keys.isEmpty()) {
            throw new IOException(folder.resolve(KEY) + " holds no key");
        }
        return keys;
    }

    /** The logs that are known, by origin: an origin may have keys of several kinds. */
    public Map<String, LogIdentity> logs() throws IOException {
        Map<String, List<VerifierKey>> byOrigin = new LinkedHashMap<>();
        List<String> lines = lines(LOGS);
        if (lines.size() > LOG_KEYS_MAX) {
            throw new IOException(folder.resolve(LOGS) + " holds " + lines.size() + " keys, at most " + LOG_KEYS_MAX);
        }
        for (String line : lines) {
            VerifierKey key = good(VerifierKey.parse(line), folder.resolve(LOGS) + " holds a line that is no key");
            byOrigin.computeIfAbsent(key.name(), _ -> new ArrayList<>()).add(key);
        }
        Map<String, LogIdentity> logs = new LinkedHashMap<>();
        byOrigin.forEach((origin, keys) -> logs.put(origin, new LogIdentity(origin, keys)));
        return logs;
    }

    /**
     * Knows a log from now on.
     *
     * @return whether the key is new
     */
    public boolean addLog(VerifierKey key) throws IOException {
        List<String> lines = new ArrayList<>(lines(LOGS));
        if (lines.contains(key.text())) {
            return false;
        }
        lines.add(key.text());
        write(folder.resolve(LOGS), (String.join("\n", lines) + "\n").getBytes(UTF_8));
        return true;
    }

    /**
     * What was cosigned last of each log that is known; {@link TreeHead#EMPTY} where nothing was.
     *
     * @throws IOException also where it is gone or damaged: a witness must not begin anew with a log
     */
    public Map<String, TreeHead> held() throws IOException {
        Map<String, TreeHead> held = new LinkedHashMap<>();
        for (LogIdentity log : logs().values()) {
            held.put(log.origin(), held(log));
        }
        return held;
    }

    private TreeHead held(LogIdentity log) throws IOException {
        Path file = heldFile(log.origin());
        if (!Files.exists(file)) {
            if (Files.exists(file.getParent())) {
                throw new IOException(file + " is gone, though this witness has cosigned that log; put it back from a"
                        + " copy, or make a new witness with new keys");
            }
            return TreeHead.EMPTY;
        }
        byte[] octets = Files.readAllBytes(file);
        return switch (SignedNote.parse(octets).then(note -> TrustedCheckpoint.open(note, log, List.of()))) {
            case Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint checkpoint) -> checkpoint.head();
            case Outcome.Refused<TrustedCheckpoint> refused ->
                throw new IOException(file + " is damaged (" + refused.fault() + "); put it back from a copy");
        };
    }

    Path heldFile(String origin) {
        return folder.resolve(HELD).resolve(WitnessPaths.checkpoint(origin));
    }

    /** How many contradictions are kept. */
    public long evidenceCount() throws IOException {
        Path evidence = folder.resolve(EVIDENCE);
        if (!Files.isDirectory(evidence)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(evidence)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-shown"))
                    .count();
        }
    }

    /** Only one process may be a witness: two with one memory would cosign two histories. */
    FileLock lock() throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException _) {
            // Another of this process: the same answer.
        }
        channel.close();
        throw new IOException("another witness runs on " + folder + "; stop it first");
    }

    private List<String> lines(String name) throws IOException {
        Path file = folder.resolve(name);
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
        } catch (NoSuchFileException _) {
            throw new NoSuchFileException(
                    file.toString(), null, folder + " is no witness; 'tonle witness new' makes one");
        }
    }

    private static <T> T good(Outcome<T> outcome, String what) throws IOException {
        return switch (outcome) {
            case Outcome.Good<T>(T value) -> value;
            case Outcome.Refused<T> refused -> throw new IOException(what + ": " + refused.fault());
        };
    }

    /** Whole or not at all, and there after a crash. */
    static void write(Path file, byte[] octets) throws IOException {
        Path unborn = file.resolveSibling("." + file.getFileName());
        try (FileChannel channel = FileChannel.open(
                unborn, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(octets);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(unborn, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel parent = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }
}
