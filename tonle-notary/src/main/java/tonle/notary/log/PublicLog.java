// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tonle.base.power.Clock;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignedNote;
import tonle.tlog.tile.TileOctets;
import tonle.tlog.tree.TreeHead;

/**
 * A log that takes entries from anybody at once: one thread gathers what waits into a batch and enters it. A log that
 * could not be opened or written is opened anew with the next entries, from what is on the disk. Thread-safe.
 */
public final class PublicLog implements AutoCloseable {
    /** Entries that wait; beyond it the sender is told so and comes again. */
    static final int QUEUE_COUNT_MAX = 16_384;

    /** Entries of a batch: at a hundred octets each a few forced files of some hundred kilobytes. */
    static final int BATCH_COUNT_MAX = 8_192;

    static final int BATCH_OCTETS_MAX = 8 << 20;

    /** After an outage nothing is tried again for so long: a full disk is not helped by haste. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    private static final long LOOK_MILLIS = 200;
    private static final long ENTER_SECONDS_MAX = 60;

    private final LogPlaces places;
    private final String gatewayName;
    private final Disk disk;
    private final Clock clock;
    private final Witnesses witnesses;
    private final SecureRandom random = new SecureRandom();
    private final ArrayBlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE_COUNT_MAX);
    private final Thread thread = Thread.ofPlatform().name("tonle-log").unstarted(this::work);
    /** Guards the writer, which the thread uses and others stop or pause. */
    private final Object turn = new Object();

    private Optional<LogWriter> writer = Optional.empty();
    private long failedNanos;
    private boolean hasFailed;
    private volatile boolean isStopping;
    private volatile State state;

    private record Waiting(byte[] entry, CompletableFuture<Placed> answer) {}

    /**
     * How the log is.
     *
     * @param origin empty while it never could be opened
     * @param outage what is in the way of the next entry
     * @param signedMillis when the last checkpoint was signed in this run, or it was opened
     */
    public record State(
            Optional<LogIdentity> identity,
            LogStage stage,
            TreeHead head,
            Optional<LogOutage> outage,
            long signedMillis,
            long outageSinceMillis) {}

    /** @param gatewayName becomes part of the origin of a log that begins */
    public PublicLog(LogPlaces places, String gatewayName, Clock clock, Witnesses witnesses) {
        this(places, gatewayName, Disk.REAL, clock, witnesses);
    }

    PublicLog(LogPlaces places, String gatewayName, Disk disk, Clock clock, Witnesses witnesses) {
        this.places = places;
        this.gatewayName = gatewayName;
        this.disk = disk;
        this.clock = clock;
        this.witnesses = witnesses;
        this.state =
                new State(Optional.empty(), LogStage.EMPTY, TreeHead.EMPTY, Optional.empty(), clock.unixMillis(), 0);
    }

    /** Opens the log and begins to take entries; what is in the way is told by {@link #state}. */
    public PublicLog start() {
        synchronized (turn) {
            openWhereDue();
        }
        thread.start();
        return this;
    }

    public LogPlaces places() {
        return places;
    }

    public State state() {
        return state;
    }

    /**
     * Enters an entry, once, however often it is given.
     *
     * @return completed when it can no longer be lost and a public checkpoint holds it; or with a {@link LogOutage},
     *     after which the same entry may be given again
     */
    public CompletableFuture<Placed> append(byte[] entry) {
        CompletableFuture<Placed> answer = new CompletableFuture<>();
        if (entry.length > TileOctets.ENTRY_OCTETS_MAX) {
            answer.completeExceptionally(new LogOutage(
                    LogReason.ENTRY_TOO_LARGE,
                    "an entry has " + entry.length + " octets, at most " + TileOctets.ENTRY_OCTETS_MAX
                            + "; what is larger goes in by its hash"));
        } else if (isStopping) {
            answer.completeExceptionally(stopped());
        } else if (!queue.offer(new Waiting(entry.clone(), answer))) {
            answer.completeExceptionally(new LogOutage(
                    LogReason.QUEUE_FULL, QUEUE_COUNT_MAX + " entries wait to be entered, as many as may; come again"));
        }
        return answer;
    }

    /**
     * Enters entries in this order and returns when all of them are durable and public.
     *
     * @throws IOException a {@link LogOutage}, after which all may be given again; or where the log does not answer
     */
    public List<Placed> enter(List<byte[]> entries) throws IOException {
        List<CompletableFuture<Placed>> answers =
                entries.stream().map(this::append).toList();
        List<Placed> placed = new ArrayList<>();
        try {
            for (CompletableFuture<Placed> answer : answers) {
                placed.add(answer.get(ENTER_SECONDS_MAX, TimeUnit.SECONDS));
            }
            return placed;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LogOutage outage ? outage : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the log did not answer within " + ENTER_SECONDS_MAX + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while entries were entered", e);
        }
    }

    /**
     * Who the log is; it is opened for that where it is not and a try is due.
     *
     * @throws LogOutage where it could never be opened in this run
     */
    public LogIdentity identity() throws LogOutage {
        synchronized (turn) {
            openWhereDue();
        }
        State now = state;
        return now.identity().orElseThrow(() -> now.outage().orElseGet(PublicLog::stopped));
    }

    private void work() {
        while (!isStopping || !queue.isEmpty()) {
            List<Waiting> batch = batch();
            if (!batch.isEmpty()) {
                enterBatch(batch);
            }
        }
    }

    /** What waits, up to the bounds of a batch; empty where nothing came for a while. */
    private List<Waiting> batch() {
        List<Waiting> batch = new ArrayList<>();
        try {
            Waiting next = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            long octets = 0;
            while (next != null) {
                batch.add(next);
                octets += next.entry().length;
                boolean isFull = batch.size() == BATCH_COUNT_MAX || octets >= BATCH_OCTETS_MAX;
                next = isFull ? null : queue.poll();
            }
        } catch (InterruptedException _) {
            isStopping = true; // Nobody interrupts this thread but a dying process.
        }
        return batch;
    }

    private void enterBatch(List<Waiting> batch) {
        List<Placed> placed;
        SignedNote checkpoint;
        synchronized (turn) {
            openWhereDue();
            if (writer.isEmpty()) {
                LogOutage outage = state.outage().orElseGet(PublicLog::stopped);
                batch.forEach(each -> each.answer().completeExceptionally(outage));
                return;
            }
            try {
                placed = writer.get().commit(batch.stream().map(Waiting::entry).toList());
                checkpoint = writer.get().checkpoint().note();
                tellState(writer.get());
            } catch (IOException e) {
                LogOutage outage = outage(e);
                giveUp(outage);
                batch.forEach(each -> each.answer().completeExceptionally(outage));
                return;
            } catch (RuntimeException e) {
                LogOutage defect = new LogOutage(LogReason.DEFECT, "a defect of Tonle's own stopped the log: " + e);
                giveUp(defect);
                batch.forEach(each -> each.answer().completeExceptionally(e));
                return;
            }
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer().complete(placed.get(i));
        }
        witnesses.published(checkpoint);
    }

    private void openWhereDue() {
        boolean isTooSoon = hasFailed && clock.monotonicNanos() - failedNanos < RETRY_NANOS;
        if (writer.isPresent() || isTooSoon || isStopping && hasFailed) {
            return;
        }
        try {
            LogWriter opened = new LogOpening(places, disk, clock, witnesses).open(gatewayName, random);
            writer = Optional.of(opened);
            hasFailed = false;
            tellState(opened);
        } catch (IOException e) {
            giveUp(outage(e));
        }
    }

    private void tellState(LogWriter open) {
        state = new State(
                Optional.of(open.keys().identity()),
                open.stage(),
                open.head(),
                Optional.empty(),
                clock.unixMillis(),
                0);
    }

    private void giveUp(LogOutage outage) {
        State before = state;
        hasFailed = true;
        failedNanos = clock.monotonicNanos();
        LogStage stage = switch (before.stage()) {
            case EMPTY -> LogStage.EMPTY;
            case APPENDING, QUIESCENT -> LogStage.QUIESCENT;
            case FROZEN -> LogStage.FROZEN;
        };
        state = new State(
                before.identity(),
                stage,
                before.head(),
                Optional.of(outage),
                before.signedMillis(),
                before.outage().isPresent() ? before.outageSinceMillis() : clock.unixMillis());
        closeWriter();
    }

    private void closeWriter() {
        Optional<LogWriter> open = writer;
        writer = Optional.empty();
        if (open.isPresent()) {
            try {
                open.get().close();
            } catch (IOException _) {
                // The lock on the private folder ends with the process at the latest.
            }
        }
    }

    /** What the system says, by the name that a duty engineer acts on. */
    private LogOutage outage(IOException e) {
        if (e instanceof LogOutage named) {
            return named;
        }
        String words = String.valueOf(e.getMessage());
        String small = words.toLowerCase(Locale.ROOT);
        boolean isFull = small.contains("no space left") || small.contains("quota exceeded");
        return isFull
                ? new LogOutage(
                        LogReason.DISK_FULL,
                        "the disk is full; make room: nothing is entered until then (" + words + ")",
                        e)
                : new LogOutage(LogReason.DISK_FAILED, "the log cannot be written: " + words, e);
    }

    /**
     * Shows the checkpoint with what witnesses put below it.
     *
     * @return false where the log has grown on since, or cannot be written
     */
    public boolean publishCosigned(long size, List<NoteSignature> cosignatures) {
        synchronized (turn) {
            try {
                return writer.isPresent() && writer.get().publishCosigned(size, cosignatures);
            } catch (IOException e) {
                giveUp(outage(e));
                return false;
            }
        }
    }

    /**
     * Shows another policy to readers, beside the checkpoint.
     *
     * @throws IOException where the log is not open or cannot be written
     */
    public void publishPolicy(byte[] policy) throws IOException {
        synchronized (turn) {
            openWhereDue();
            if (writer.isEmpty()) {
                throw state.outage().orElseGet(PublicLog::stopped);
            }
            writer.get().publishPolicy(policy);
        }
    }

    /**
     * Moves the log to another stage of its life.
     *
     * @return false where its stage knows no such way
     */
    public boolean move(LogStage.Move move) throws IOException {
        synchronized (turn) {
            openWhereDue();
            if (writer.isEmpty()) {
                throw state.outage().orElseGet(PublicLog::stopped);
            }
            boolean isDone = writer.get().move(move);
            tellState(writer.get());
            return isDone;
        }
    }

    private static LogOutage stopped() {
        return new LogOutage(LogReason.STOPPED, "the log is closing; come again when the gateway runs");
    }

    /** Enters what waits, then lets go of the files. */
    @Override
    public void close() {
        isStopping = true;
        boolean isInterrupted = false;
        try {
            if (thread.isAlive()) {
                thread.join();
            }
        } catch (InterruptedException _) {
            isInterrupted = true;
        }
        synchronized (turn) {
            closeWriter();
        }
        List<Waiting> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(each -> each.answer().completeExceptionally(stopped()));
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
