// SPDX-License-Identifier: Apache-2.0
package tonle.witness;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tonle.base.power.Clock;
import tonle.tlog.Outcome;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.SigningKey;
import tonle.tlog.tree.TreeHead;
import tonle.tlog.witness.AddCheckpoint;
import tonle.tlog.witness.WitnessAnswer;
import tonle.tlog.witness.WitnessPaths;
import tonle.tlog.witness.WitnessRuling;

/**
 * What a witness cosigned last of each log, and the one step by which that changes: ruled, written, forced to the disk,
 * and only then signed. Requests of one log come one after the other; those of different logs need not.
 */
public final class WitnessMemory implements AutoCloseable {
    /** Pieces of evidence that are kept; further ones are counted and not written. */
    public static final int EVIDENCE_MAX = 1_000;

    private final WitnessFolder folder;
    private final Clock clock;
    private final List<SigningKey> keys;
    private final Map<String, LogIdentity> logs;
    private final Map<String, TreeHead> held = new ConcurrentHashMap<>();
    private final AtomicLong contradictions = new AtomicLong();
    private final FileLock lock;

    private WitnessMemory(WitnessFolder folder, Clock clock, FileLock lock) throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.lock = lock;
        this.keys = folder.keys();
        this.logs = folder.logs();
        held.putAll(folder.held());
    }

    /**
     * Opens a witness's files.
     *
     * @throws IOException also where what it cosigned last cannot be read: it must not begin anew with that log
     */
    public static WitnessMemory open(WitnessFolder folder, Clock clock) throws IOException {
        FileLock lock = folder.lock();
        try {
            return new WitnessMemory(folder, clock, lock);
        } catch (IOException | RuntimeException e) {
            lock.acquiredBy().close();
            throw e;
        }
    }

    /** What is held of a log; {@link TreeHead#EMPTY} where nothing was cosigned yet. */
    public TreeHead held(String origin) {
        return held.getOrDefault(origin, TreeHead.EMPTY);
    }

    public Map<String, LogIdentity> logs() {
        return Map.copyOf(logs);
    }

    /** The checkpoint that was cosigned last, with our own signatures below it. */
    public Optional<byte[]> checkpoint(String path) throws IOException {
        for (String origin : logs.keySet()) {
            if (WitnessPaths.checkpoint(origin).equals(path) && held(origin).size() > 0) {
                return Optional.of(Files.readAllBytes(folder.heldFile(origin)));
            }
        }
        return Optional.empty();
    }

    /**
     * Answers one request.
     *
     * @throws IOException where the memory cannot be written: nothing was signed then
     */
    public WitnessAnswer answer(byte[] octets) throws IOException {
        return switch (AddCheckpoint.parse(octets)) {
            case Outcome.Refused<AddCheckpoint> refused ->
                new WitnessAnswer.Refusal(
                        WitnessAnswer.BAD_REQUEST, refused.fault() + " at octet " + refused.position());
            case Outcome.Good<AddCheckpoint>(AddCheckpoint request) -> answer(request, octets);
        };
    }

    private WitnessAnswer answer(AddCheckpoint request, byte[] octets) throws IOException {
        // The first line names the log; a name that is none of ours needs no turn.
        String origin = request.checkpoint().text().lines().findFirst().orElse("");
        LogIdentity log = logs.get(origin);
        if (log == null) {
            return new WitnessAnswer.Refusal(WitnessAnswer.NOT_FOUND, "this witness does not know that log");
        }
        synchronized (log) {
            return switch (WitnessRuling.on(request, name -> Optional.ofNullable(logs.get(name)), this::held)) {
                case WitnessRuling.Refuse refuse -> {
                    if (refuse.isEvidence()) {
                        keepEvidence(origin, octets);
                    }
                    yield refuse.answer();
                }
                case WitnessRuling.Cosign(Checkpoint checkpoint, TreeHead _) ->
                    cosigned(origin, checkpoint, request.checkpoint());
            };
        }
    }

    private WitnessAnswer cosigned(String origin, Checkpoint checkpoint, SignedNote note) throws IOException {
        long unixSeconds = Math.floorDiv(clock.unixMillis(), 1_000L);
        List<NoteSignature> signatures =
                keys.stream().map(key -> key.sign(checkpoint, unixSeconds)).toList();
        Path file = folder.heldFile(origin);
        Files.createDirectories(file.getParent());
        WitnessFolder.write(file, note.with(signatures).octets());
        held.put(origin, checkpoint.head());
        return new WitnessAnswer.Cosigned(signatures);
    }

    /** Both sides of a contradiction: what was cosigned, and what the log signed beside it. */
    private void keepEvidence(String origin, byte[] octets) throws IOException {
        contradictions.incrementAndGet();
        Path evidence = folder.path().resolve(WitnessFolder.EVIDENCE);
        Files.createDirectories(evidence);
        String log = WitnessPaths.checkpoint(origin).substring(0, 16);
        String name = String.format(
                Locale.ROOT, "%s-%d-%s", log, clock.unixMillis(), HexFormat.of().toHexDigits(Arrays.hashCode(octets)));
        if (folder.evidenceCount() < EVIDENCE_MAX) {
            WitnessFolder.write(evidence.resolve(name + "-held"), Files.readAllBytes(folder.heldFile(origin)));
            WitnessFolder.write(evidence.resolve(name + "-shown"), octets);
        }
    }

    /** Contradictions that were shown in this run. */
    public long contradictionCount() {
        return contradictions.get();
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }
}
