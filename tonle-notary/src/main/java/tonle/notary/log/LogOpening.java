// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tonle.base.power.Clock;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.tile.GrowingTree;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tile.TileOctets;
import tonle.tlog.tile.VerifiedTiles;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.TreeHead;

/**
 * Opens a log for writing: begins one where there is nothing at all, takes up one whose files, lock record and
 * witnesses agree, and refuses every other by name. It takes nothing for granted that a crash, a restored backup or a
 * wrong path could have changed.
 */
final class LogOpening {
    private final LogPlaces places;
    private final LogFolder folder;
    private final Disk disk;
    private final Clock clock;
    private final Witnesses witnesses;

    LogOpening(LogPlaces places, Disk disk, Clock clock, Witnesses witnesses) {
        this.places = places;
        this.folder = new LogFolder(places.published(), disk);
        this.disk = disk;
        this.clock = clock;
        this.witnesses = witnesses;
    }

    /** @param gatewayName becomes part of the origin of a log that begins */
    LogWriter open(String gatewayName, SecureRandom random) throws IOException {
        makeFolders();
        AutoCloseable hold = hold();
        try {
            folder.deleteUnfinished();
            LogKeys keys = keys(gatewayName, random);
            Optional<byte[]> record = disk.read(places.head());
            if (record.isEmpty()) {
                begin(keys);
                record = disk.read(places.head());
            }
            LockRecord lock = record.flatMap(octets -> LockRecord.parse(octets, keys.identity()))
                    .orElseThrow(() -> new LogOutage(
                            LogReason.LOCK_MALFORMED,
                            places.head() + " is no lock record of " + keys.origin()
                                    + ": it is damaged, or beside the keys of another log"));
            agreeWithPublished(keys, lock);
            LogWriter writer = takeUp(keys, lock, hold);
            agreeWithWitnesses(keys, lock.checkpoint().head());
            return writer;
        } catch (IOException | UncheckedIOException e) {
            letGo(hold, e);
            throw e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
        }
    }

    private void makeFolders() throws IOException {
        make(places.published());
        if (!Files.isDirectory(places.secret())) {
            make(places.secret());
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(places.secret(), PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    /** Makes a folder, and forces its name and those of the folders that were made for it. */
    private void make(Path folder) throws IOException {
        Path known = folder.toAbsolutePath().normalize();
        while (known.getParent() != null && !Files.isDirectory(known)) {
            known = known.getParent();
        }
        disk.makeFolder(folder);
        Path each = folder.toAbsolutePath().normalize();
        while (!each.equals(known) && each.getParent() != null) {
            each = each.getParent();
            disk.forceFolder(each);
        }
    }

    private AutoCloseable hold() throws IOException {
        FileChannel channel = FileChannel.open(places.inUse(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException _) {
            lock = null; // This very process holds it.
        }
        if (lock == null) {
            channel.close();
            throw new LogOutage(
                    LogReason.IN_USE, places.secret() + " is in use: another process writes this log; stop it first");
        }
        return channel;
    }

    private static void letGo(AutoCloseable hold, Exception cause) {
        try {
            hold.close();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    private LogKeys keys(String gatewayName, SecureRandom random) throws IOException {
        if (Files.exists(places.keys())) {
            return LogKeys.read(places.keys());
        }
        if (hasFiles() || Files.exists(places.head())) {
            throw new LogOutage(
                    LogReason.KEYS_MISSING,
                    "the log in " + places.published() + " is there and its keys are not: there is no " + places.keys()
                            + "; put them back from where they are kept, or begin a successor in other folders");
        }
        LogKeys keys = LogKeys.generate(gatewayName, random);
        keys.write(places.keys());
        return keys;
    }

    private boolean hasFiles() {
        return Files.exists(places.published().resolve(LogFolder.CHECKPOINT))
                || Files.exists(places.published().resolve("tile"));
    }

    /** The signed head of nothing: from it everything follows. */
    private void begin(LogKeys keys) throws IOException {
        if (hasFiles()) {
            throw new LogOutage(
                    LogReason.LOCK_MISSING,
                    "there is no " + places.head() + ", which says how far " + keys.origin()
                            + " was signed: a wrong path, or a restored backup; ask the witnesses what they last"
                            + " cosigned, then 'tonle log take-up'");
        }
        SignedNote note = new Checkpoint(keys.origin(), TreeHead.EMPTY)
                .signed(keys.signing(), Math.max(1, clock.unixMillis() / 1_000));
        writeHead(disk, places, LockRecord.octets(LogStage.APPENDING, note.octets()));
    }

    static void writeHead(Disk disk, LogPlaces places, byte[] octets) throws IOException {
        Path unfinished = places.secret().resolve("head.unfinished");
        disk.write(unfinished, octets);
        disk.move(unfinished, places.head());
        disk.forceFolder(places.secret());
    }

    /** The published checkpoint may be behind the lock record, by a crash between the two; never before it. */
    private void agreeWithPublished(LogKeys keys, LockRecord lock) throws IOException {
        // Before the checkpoint: whoever finds that one finds the keys to read it by, whenever this process dies.
        if (folder.read(LogFolder.POLICY).isEmpty()) {
            folder.put(LogFolder.POLICY, keys.policyText().getBytes(UTF_8));
            folder.settle();
        }
        Optional<byte[]> published = folder.read(LogFolder.CHECKPOINT);
        byte[] note = lock.checkpoint().note().octets();
        if (published.isPresent()
                && TrustedCheckpoint.open(published.get(), keys.identity(), List.of())
                        instanceof Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint shown)) {
            TreeHead here = lock.checkpoint().head();
            if (shown.head().size() > here.size()) {
                throw new LogOutage(
                        LogReason.LOCK_BEHIND,
                        "the published checkpoint has " + shown.head().size() + " entries and " + places.head()
                                + " knows of " + here.size() + ": the private folder is an older one; put the newer"
                                + " one back");
            }
            if (shown.head().size() == here.size() && !shown.head().equals(here)) {
                throw new LogOutage(
                        LogReason.LOCK_CONTRADICTED,
                        "at " + here.size() + " entries the published checkpoint and " + places.head()
                                + " have different roots: keep both as evidence and begin a successor");
            }
            if (shown.head().equals(here)) {
                return; // It may carry cosignatures that the record has not.
            }
        }
        folder.put(LogFolder.CHECKPOINT, note);
        folder.settle();
    }

    private LogWriter takeUp(LogKeys keys, LockRecord lock, AutoCloseable hold) throws IOException {
        TreeHead head = lock.checkpoint().head();
        GrowingTree tree = switch (GrowingTree.at(head, folder)) {
            case Outcome.Good<GrowingTree>(GrowingTree grown) -> grown;
            case Outcome.Refused<GrowingTree>(LogFault fault, long position) ->
                throw new LogOutage(
                        LogReason.TILES_DAMAGED,
                        "the tiles in " + places.published() + " do not make the root that was signed at "
                                + head.size() + " entries (" + fault + " at " + position
                                + "); 'tonle log fsck' names the file");
        };
        ContentIndex contents = contents(head.size());
        List<byte[]> edge = edge(head.size());
        return new LogWriter(keys, places, folder, disk, clock, hold, lock, tree, contents, edge);
    }

    /** The entries of the partial bundle: their hashes are those of the partial tile, which makes the root. */
    private List<byte[]> edge(long size) throws IOException {
        int width = (int) (size % LogFile.WIDTH_MAX);
        if (width == 0) {
            return new ArrayList<>();
        }
        LogFile.EntryBundle bundle = new LogFile.EntryBundle(size / LogFile.WIDTH_MAX, width);
        LogFile.HashTile tile = new LogFile.HashTile(0, bundle.index(), width);
        if (folder.entries(bundle).orElse(null) instanceof Outcome.Good<List<byte[]>>(List<byte[]> entries)) {
            List<Hash> leaves = entries.stream().map(Merkle::leaf).toList();
            if (folder.tile(tile)
                    .then(hashes -> TileOctets.hashes(hashes, width))
                    .equals(Outcome.good(leaves))) {
                return new ArrayList<>(entries);
            }
        }
        throw new LogOutage(
                LogReason.BUNDLE_DAMAGED,
                places.published().resolve(bundle.path()) + " does not hold the entries that were signed;"
                        + " 'tonle log fsck' names them");
    }

    private ContentIndex contents(long size) throws IOException {
        ContentIndex contents = new ContentIndex();
        for (long first = 0; first < size; first += LogFile.WIDTH_MAX) {
            int width = (int) Math.min(LogFile.WIDTH_MAX, size - first);
            LogFile.HashTile tile = new LogFile.HashTile(0, first / LogFile.WIDTH_MAX, width);
            byte[] octets = folder.read(tile.path()).orElse(new byte[0]);
            if (octets.length != width * Hash.OCTETS) {
                throw damagedTile(tile);
            }
            for (int i = 0; i < width; i++) {
                contents.add(Hash.at(octets, i * Hash.OCTETS), first + i);
            }
        }
        return contents;
    }

    private void agreeWithWitnesses(LogKeys keys, TreeHead head) throws IOException {
        switch (witnesses.standing(keys.origin())) {
            case Witnesses.Standing.Unwitnessed _ -> {}
            case Witnesses.Standing.Silent(String words) ->
                throw new LogOutage(
                        LogReason.WITNESSES_SILENT,
                        "no witness says what it last cosigned, so nothing is appended: " + words);
            case Witnesses.Standing.Cosigned(List<TreeHead> heads) -> {
                for (TreeHead cosigned : heads) {
                    agreeWith(cosigned, head);
                }
            }
        }
    }

    private void agreeWith(TreeHead cosigned, TreeHead head) throws LogOutage {
        if (cosigned.size() > head.size()) {
            throw new LogOutage(
                    LogReason.BEHIND_WITNESSES,
                    "a witness cosigned " + cosigned.size() + " entries and this log has " + head.size()
                            + ": it is an older copy; bring the missing entries back, or begin a successor");
        }
        if (!TreeHead.at(cosigned.size(), new VerifiedTiles(head, folder)).equals(Outcome.good(cosigned))) {
            throw new LogOutage(
                    LogReason.WITNESSES_CONTRADICT,
                    "at " + cosigned.size() + " entries a witness cosigned another root than this log has: keep both"
                            + " as evidence and begin a successor");
        }
    }

    static LogOutage damagedTile(LogFile.HashTile tile) {
        return new LogOutage(
                LogReason.TILES_DAMAGED, tile.path() + " is missing or torn; 'tonle log fsck' tells what else is");
    }

    /** Opens what was just signed, as a reader would: a signature that came out wrong goes no further. */
    static TrustedCheckpoint trusted(SignedNote note, LogKeys keys) {
        return switch (TrustedCheckpoint.open(note, keys.identity(), List.of())) {
            case Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint trusted) -> trusted;
            case Outcome.Refused<TrustedCheckpoint> refused ->
                throw new IllegalStateException("a signature of our own does not verify: " + refused);
        };
    }
}
