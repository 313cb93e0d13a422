// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tonle.base.power.Clock;
import tonle.notary.entry.Entry;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.proof.TrustPolicy;
import tonle.tlog.tree.TreeHead;

/**
 * Begins a log with new keys that goes on where another one ends: because its key is lost, known to others, or old. The
 * old one, where its key is still there, ends with an entry that names the new one, and is frozen; the new one's second
 * entry names the old one's head. Killed anywhere, it goes on when it is run again.
 *
 * <pre>
 *   log/  notary/             ──▶  log-was-NAME/  notary-was-NAME/      kept, to be served on
 *   log.next/  notary.next/   ──▶  log/  notary/
 * </pre>
 */
public final class Succession {
    private final Path data;
    private final Clock clock;

    /** @param data the data directory of a gateway that does not run */
    public Succession(Path data, Clock clock) {
        this.data = data;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param isClosed whether the old log ends with an entry of its own: its key was there
     * @param oldFolder where the old log's published files are now
     */
    public record Succeeded(
            String oldOrigin, TreeHead oldHead, boolean isClosed, Path oldFolder, LogIdentity successor) {}

    /**
     * Begins the successor.
     *
     * @param gatewayName becomes part of its origin
     * @param reason in one line, for everybody
     * @throws IOException in words, where there is no log to follow, or it is in use
     */
    public Succeeded run(String gatewayName, String reason) throws IOException {
        LogPlaces old = LogPlaces.in(data);
        LogPlaces next = new LogPlaces(data.resolve("log.next"), data.resolve("notary.next"));
        TrustedCheckpoint shown = shown(old);
        String origin = shown.checkpoint().origin();
        LogIdentity identity;
        boolean isClosed;
        TreeHead head;
        try (PublicLog successor = new PublicLog(next, gatewayName, clock, Witnesses.NONE).start()) {
            identity = successor.identity();
            isClosed = Files.exists(old.keys()) && close(old, identity, reason);
            head = shown(old).head();
            if (successor.state().head().size() < 2) {
                Entry opened = Entry.LogOpened.by(now(), identity);
                Entry follows = new Entry.LogFollows(origin, head.size(), head.root(), reason);
                successor.enter(List.of(opened.octets(), follows.octets()));
            }
        }
        return new Succeeded(origin, head, isClosed, move(old, next, origin), identity);
    }

    private static TrustedCheckpoint shown(LogPlaces places) throws IOException {
        Path checkpoint = places.published().resolve(LogFolder.CHECKPOINT);
        Path policy = places.published().resolve(LogFolder.POLICY);
        if (!Files.exists(checkpoint) || !Files.exists(policy)) {
            throw new IOException("there is no log in " + places.published() + " to follow");
        }
        Outcome<TrustedCheckpoint> opened = TrustPolicy.parse(Files.readAllBytes(policy))
                .then(trusted -> {
                    Optional<LogIdentity> log = trusted.logs().values().stream().findFirst();
                    return log.isEmpty()
                            ? Outcome.refused(LogFault.LOG_SIGNATURE_MISSING, 0)
                            : TrustedCheckpoint.open(read(checkpoint), log.get(), List.of());
                });
        return switch (opened) {
            case Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint trusted) -> trusted;
            case Outcome.Refused<TrustedCheckpoint> refused ->
                throw new IOException(checkpoint + " is not signed by the keys in " + policy + ": " + refused);
        };
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Its last entry, and no other after it. */
    private boolean close(LogPlaces old, LogIdentity successor, String reason) throws IOException {
        try (PublicLog log = new PublicLog(old, "", clock, Witnesses.NONE).start()) {
            switch (log.state().stage()) {
                case FROZEN -> {
                    return true;
                }
                case APPENDING -> {}
                case QUIESCENT -> {
                    if (!log.move(LogStage.Move.RESUME)) {
                        throw outage(log);
                    }
                }
                case EMPTY -> throw outage(log);
            }
            log.enter(List.of(new Entry.LogClosed(now(), successor.origin(), reason).octets()));
            return log.move(LogStage.Move.FREEZE);
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.unixMillis());
    }

    private static IOException outage(PublicLog log) {
        return log.state()
                .outage()
                .<IOException>map(named -> named)
                .orElseGet(() -> new IOException("the log in " + log.places().published() + " cannot be written"));
    }

    private Path move(LogPlaces old, LogPlaces next, String origin) throws IOException {
        String name = origin.replaceAll("[^A-Za-z0-9.-]+", "-");
        Path kept = data.resolve("log-was-" + name);
        Files.move(old.published(), kept, StandardCopyOption.ATOMIC_MOVE);
        if (Files.exists(old.secret())) {
            Files.move(old.secret(), data.resolve("notary-was-" + name), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(next.secret(), old.secret(), StandardCopyOption.ATOMIC_MOVE);
        Files.move(next.published(), old.published(), StandardCopyOption.ATOMIC_MOVE);
        return kept;
    }
}
