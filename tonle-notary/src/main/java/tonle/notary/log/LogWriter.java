// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.base.Must;
import tonle.base.power.Clock;
import tonle.tlog.Outcome;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.tile.GrowingTree;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tile.TileOctets;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.TreeHead;

/**
 * Enters batches of entries. The order of its steps is what makes a log that can be killed anywhere:
 *
 * <pre>
 *   tiles, bundles │ forced │ lock record (signed) │ forced │ checkpoint │ answer
 *                           ^ before: as if the batch had never been
 *                                                  ^ from here it is in, whatever happens
 * </pre>
 *
 * Files beyond the lock record were never signed and are written over. After a failed step this writer is broken, and
 * another must be opened from what is on the disk. Not thread-safe.
 */
final class LogWriter implements AutoCloseable {
    private final LogKeys keys;
    private final LogPlaces places;
    private final LogFolder folder;
    private final Disk disk;
    private final Clock clock;
    private final AutoCloseable hold;
    private final GrowingTree tree;
    private final ContentIndex contents;
    /** The entries of the partial bundle at the right edge, and their hashes. */
    private final List<byte[]> edgeEntries;

    private final List<Hash> edgeLeaves = new ArrayList<>();
    private LockRecord lock;
    private boolean isBroken;

    /** @param edgeEntries taken as its own */
    LogWriter(
            LogKeys keys,
            LogPlaces places,
            LogFolder folder,
            Disk disk,
            Clock clock,
            AutoCloseable hold,
            LockRecord lock,
            GrowingTree tree,
            ContentIndex contents,
            List<byte[]> edgeEntries) {
        this.keys = keys;
        this.places = places;
        this.folder = folder;
        this.disk = disk;
        this.clock = clock;
        this.hold = hold;
        this.lock = lock;
        this.tree = tree;
        this.contents = contents;
        this.edgeEntries = edgeEntries;
        edgeEntries.forEach(entry -> edgeLeaves.add(Merkle.leaf(entry)));
    }

    LogKeys keys() {
        return keys;
    }

    LogStage stage() {
        return lock.stage();
    }

    TrustedCheckpoint checkpoint() {
        return lock.checkpoint();
    }

    TreeHead head() {
        return lock.checkpoint().head();
    }

    /**
     * Enters all of them, in order, or none; what is in already is passed over. When it returns they cannot be lost and
     * the checkpoint that holds them is public.
     */
    List<Placed> commit(List<byte[]> entries) throws IOException {
        Must.hold(!isBroken, "after a failure the log is opened anew");
        refuseUnlessAppending();
        for (byte[] entry : entries) {
            if (entry.length > TileOctets.ENTRY_OCTETS_MAX) {
                throw new LogOutage(
                        LogReason.ENTRY_TOO_LARGE,
                        "an entry has " + entry.length + " octets, at most " + TileOctets.ENTRY_OCTETS_MAX
                                + "; what is larger goes in by its hash");
            }
        }
        if (tree.size() + entries.size() > ContentIndex.ENTRIES_MAX) {
            throw new LogOutage(
                    LogReason.LOG_FULL,
                    "the log has " + tree.size() + " entries of at most " + ContentIndex.ENTRIES_MAX
                            + "; freeze it and begin a successor");
        }
        isBroken = true;
        try {
            List<Placed> placed = enter(entries);
            isBroken = false;
            return placed;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<Placed> enter(List<byte[]> entries) throws IOException {
        List<Placed> placed = new ArrayList<>(entries.size());
        Map<LogFile.HashTile, byte[]> tiles = new LinkedHashMap<>();
        List<LogFile> filled = new ArrayList<>();
        long before = tree.size();
        for (byte[] entry : entries) {
            Hash leaf = Merkle.leaf(entry);
            long known = contents.find(leaf, index -> leafAt(index, tiles).equals(leaf));
            if (known >= 0) {
                placed.add(new Placed(known, true));
                continue;
            }
            long index = tree.size();
            contents.add(leaf, index);
            edgeEntries.add(entry);
            edgeLeaves.add(leaf);
            tree.append(leaf, tiles::put);
            if (edgeEntries.size() == LogFile.WIDTH_MAX) {
                putBundle(new LogFile.EntryBundle(index / LogFile.WIDTH_MAX, LogFile.WIDTH_MAX));
                edgeEntries.clear();
                edgeLeaves.clear();
            }
            placed.add(new Placed(index, false));
        }
        if (tree.size() == before) {
            return placed;
        }
        filled.addAll(tiles.keySet());
        tree.partialTiles(tiles::put);
        for (Map.Entry<LogFile.HashTile, byte[]> tile : tiles.entrySet()) {
            if (hasGrown(tile.getKey(), before)) {
                folder.put(tile.getKey().path(), tile.getValue());
            }
        }
        if (!edgeEntries.isEmpty()) {
            putBundle(new LogFile.EntryBundle(tree.size() / LogFile.WIDTH_MAX, edgeEntries.size()));
        }
        folder.settle();
        sign(tree.head());
        for (LogFile tile : filled) {
            folder.deletePartial(tile.path());
            if (tile instanceof LogFile.HashTile(int level, long index, int width) && level == 0) {
                folder.deletePartial(new LogFile.EntryBundle(index, width).path());
            }
        }
        return placed;
    }

    /** A partial tile of an upper level stays as it is while the level below fills. */
    private static boolean hasGrown(LogFile.HashTile tile, long sizeBefore) {
        int shift = 8 * tile.level();
        long hashesBefore = shift >= Long.SIZE ? 0 : sizeBefore >>> shift;
        return tile.index() * LogFile.WIDTH_MAX + tile.width() > hashesBefore;
    }

    private void putBundle(LogFile.EntryBundle bundle) throws IOException {
        switch (TileOctets.bundle(edgeEntries)) {
            case Outcome.Good<byte[]>(byte[] octets) -> folder.put(bundle.path(), octets);
            case Outcome.Refused<byte[]> refused ->
                throw new IllegalStateException("lengths were looked at before: " + refused);
        }
    }

    /** The hash of an entry: from memory at the right edge and within the batch, else from its tile. */
    private Hash leafAt(long index, Map<LogFile.HashTile, byte[]> unwritten) throws IOException {
        long edge = tree.size() - edgeLeaves.size();
        if (index >= edge) {
            return edgeLeaves.get((int) (index - edge));
        }
        LogFile.HashTile tile = new LogFile.HashTile(0, index / LogFile.WIDTH_MAX, LogFile.WIDTH_MAX);
        byte[] octets = unwritten.get(tile);
        if (octets == null) {
            octets = folder.read(tile.path()).orElse(new byte[0]);
        }
        if (octets.length != LogFile.WIDTH_MAX * Hash.OCTETS) {
            throw LogOpening.damagedTile(tile);
        }
        return Hash.at(octets, (int) (index % LogFile.WIDTH_MAX) * Hash.OCTETS);
    }

    /** Signs a head, makes the signature this log's only continuation, then shows it. */
    private void sign(TreeHead head) throws IOException {
        SignedNote note =
                new Checkpoint(keys.origin(), head).signed(keys.signing(), Math.max(1, clock.unixMillis() / 1_000));
        swap(new LockRecord(lock.stage(), LogOpening.trusted(note, keys)));
        publish(note);
    }

    /** Compare and swap: nobody else may have moved the record since this writer last did. */
    private void swap(LockRecord next) throws IOException {
        Optional<byte[]> found = disk.read(places.head());
        if (found.isEmpty() || !Arrays.equals(found.get(), lock.octets())) {
            throw new LogOutage(
                    LogReason.LOCK_MOVED,
                    places.head()
                            + " is not as this writer left it: another program writes this log; stop one of them");
        }
        LogOpening.writeHead(disk, places, next.octets());
        lock = next;
    }

    private void publish(SignedNote note) throws IOException {
        folder.put(LogFolder.CHECKPOINT, note.octets());
        folder.settle();
    }

    /**
     * Shows the present checkpoint with the signatures of witnesses below it.
     *
     * @return false where the log has grown on since
     */
    boolean publishCosigned(long size, List<NoteSignature> cosignatures) throws IOException {
        if (size != head().size() || isBroken) {
            return false;
        }
        publish(lock.checkpoint().note().with(cosignatures));
        return true;
    }

    /** Shows another policy to readers (C2SP tlog-policy). */
    void publishPolicy(byte[] policy) throws IOException {
        folder.put(LogFolder.POLICY, policy);
        folder.settle();
    }

    /** Moves the log to another stage of its life; false where there is no such way. */
    boolean move(LogStage.Move move) throws IOException {
        Must.hold(!isBroken, "after a failure the log is opened anew");
        Optional<LogStage> after = lock.stage().after(move);
        if (after.isPresent()) {
            swap(new LockRecord(after.get(), lock.checkpoint()));
        }
        return after.isPresent();
    }

    private void refuseUnlessAppending() throws LogOutage {
        switch (lock.stage()) {
            case APPENDING -> {}
            case FROZEN ->
                throw new LogOutage(
                        LogReason.FROZEN, "the log " + keys.origin() + " is closed for good; its successor goes on");
            case QUIESCENT ->
                throw new LogOutage(LogReason.PAUSED, "the log " + keys.origin() + " is paused; resume it first");
            case EMPTY -> throw new IllegalStateException("a log that has a writer has begun");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            hold.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("letting go of a file lock", e);
        }
    }
}
