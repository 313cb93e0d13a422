// SPDX-License-Identifier: Apache-2.0
package tonle.notary.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.SignedNote;
import tonle.tlog.tile.GrowingTree;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tile.TileOctets;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.TreeHead;

/**
 * Derives a whole log anew from its entries and compares every file with what came out. It holds one bundle and the
 * right edge of the tree, however large the log is; a damaged part is named and the rest is still looked at.
 */
public final class Fsck {
    /** Findings that are told; beyond it they are counted. */
    public static final int FINDINGS_TOLD_MAX = 1_000;

    private final LogSource source;
    private final EntryReader entries;
    private final Consumer<Finding> told;
    private final LongConsumer progress;
    private final GrowingTree tree = new GrowingTree();
    private long findings;
    private boolean isDerivable = true;

    /** Looks at the octets of an entry: empty where they are one, else why not. */
    public interface EntryReader {
        Optional<String> fault(byte[] entry);
    }

    /**
     * What came of it.
     *
     * @param head what the checkpoint says, empty where there is none to go by
     */
    public record Report(Optional<TreeHead> head, long entriesRead, long findings) {
        public boolean isWhole() {
            return head.isPresent() && findings == 0;
        }
    }

    /** @param progress is told now and then how many entries were read */
    public Fsck(LogSource source, EntryReader entries, Consumer<Finding> told, LongConsumer progress) {
        this.source = source;
        this.entries = entries;
        this.told = told;
        this.progress = progress;
    }

    /** @param open judges the signatures of the checkpoint */
    public Report run(SignaturesRule open) throws IOException {
        Optional<byte[]> note = source.read(new LogFile.Head().path());
        if (note.isEmpty()) {
            tell(Finding.Kind.CHECKPOINT_MISSING, "checkpoint", -1, "");
            return new Report(Optional.empty(), 0, findings);
        }
        TreeHead head;
        switch (SignedNote.parse(note.get()).then(each -> open.judge(each).then(_ -> Checkpoint.parse(each.text())))) {
            case Outcome.Good<Checkpoint>(Checkpoint checkpoint) -> head = checkpoint.head();
            case Outcome.Refused<Checkpoint>(LogFault fault, long position) -> {
                tell(Finding.Kind.CHECKPOINT_REFUSED, "checkpoint", -1, fault + " at " + position);
                return new Report(Optional.empty(), 0, findings);
            }
        }
        long read = 0;
        try {
            for (long first = 0; first < head.size(); first += LogFile.WIDTH_MAX) {
                int width = (int) Math.min(LogFile.WIDTH_MAX, head.size() - first);
                read += bundle(new LogFile.EntryBundle(first / LogFile.WIDTH_MAX, width), head.size());
                progress.accept(first + width);
            }
            tree.partialTiles(this::compareUpper);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (isDerivable && !tree.head().equals(head)) {
            tell(
                    Finding.Kind.ROOT_DIFFERS,
                    "checkpoint",
                    -1,
                    "the entries make " + tree.head().root());
        }
        return new Report(Optional.of(head), read, findings);
    }

    /** Says whether the signatures of a note are good enough. */
    public interface SignaturesRule {
        Outcome<?> judge(SignedNote note);
    }

    /** One bundle with its tile of level 0. Where they differ, the hash above says which of the two was changed. */
    private long bundle(LogFile.EntryBundle bundle, long size) throws IOException {
        LogFile.HashTile tile = new LogFile.HashTile(0, bundle.index(), bundle.width());
        List<Hash> leaves = leaves(tile);
        List<byte[]> found = entries(bundle);
        List<Hash> derived = found.stream().map(Merkle::leaf).toList();
        if (leaves.isEmpty() && derived.isEmpty()) {
            // Neither bundle nor tile: what is above cannot be derived.
            isDerivable = false;
            return 0;
        }
        long first = bundle.index() * LogFile.WIDTH_MAX;
        for (int i = 0; i < found.size(); i++) {
            long index = first + i;
            entries.fault(found.get(i))
                    .ifPresent(fault -> tell(Finding.Kind.ENTRY_UNREADABLE, bundle.path(), index, fault));
        }
        boolean isTileWrong = false;
        if (!leaves.isEmpty() && !derived.isEmpty() && !leaves.equals(derived)) {
            isTileWrong = bundle.isFull() && hashAbove(tile, size).equals(Optional.of(Merkle.row(derived)));
            for (int i = 0; i < derived.size(); i++) {
                if (!leaves.get(i).equals(derived.get(i))) {
                    tell(
                            isTileWrong ? Finding.Kind.TILE_DIFFERS : Finding.Kind.ENTRY_DIFFERS,
                            isTileWrong ? tile.path() : bundle.path(),
                            first + i,
                            derived.get(i) + " in place of " + leaves.get(i));
                }
            }
        }
        if (isDerivable) {
            List<Hash> good = leaves.isEmpty() || isTileWrong ? derived : leaves;
            good.forEach(leaf -> tree.append(leaf, this::compareUpper));
        }
        return found.size();
    }

    /** What stands in level 1 for a full tile of level 0. */
    private Optional<Hash> hashAbove(LogFile.HashTile tile, long size) throws IOException {
        long index = tile.index() / LogFile.WIDTH_MAX;
        int width = (int) Math.min(LogFile.WIDTH_MAX, size / LogFile.WIDTH_MAX - index * LogFile.WIDTH_MAX);
        int place = (int) (tile.index() % LogFile.WIDTH_MAX) * Hash.OCTETS;
        return read(new LogFile.HashTile(1, index, width))
                .filter(octets -> octets.length >= place + Hash.OCTETS)
                .map(octets -> Hash.at(octets, place));
    }

    private List<byte[]> entries(LogFile.EntryBundle bundle) throws IOException {
        Optional<Outcome<List<byte[]>>> read = source.entries(bundle);
        if (read.isEmpty()) {
            tell(Finding.Kind.BUNDLE_MISSING, bundle.path(), bundle.index() * LogFile.WIDTH_MAX, "");
            return List.of();
        }
        switch (read.get()) {
            case Outcome.Good<List<byte[]>>(List<byte[]> entries) -> {
                return entries;
            }
            case Outcome.Refused<List<byte[]>>(LogFault fault, long position) -> {
                tell(
                        Finding.Kind.BUNDLE_DAMAGED,
                        bundle.path(),
                        bundle.index() * LogFile.WIDTH_MAX,
                        fault + " at " + position);
                return List.of();
            }
        }
    }

    /** The hashes of a tile of level 0, or none where it is missing or torn, which is told. */
    private List<Hash> leaves(LogFile.HashTile tile) throws IOException {
        Optional<byte[]> octets = read(tile);
        if (octets.isEmpty()) {
            tell(Finding.Kind.TILE_MISSING, tile.path(), -1, "");
            return List.of();
        }
        switch (TileOctets.hashes(octets.get(), tile.width())) {
            case Outcome.Good<List<Hash>>(List<Hash> hashes) -> {
                return hashes;
            }
            case Outcome.Refused<List<Hash>>(LogFault fault, long position) -> {
                tell(Finding.Kind.TILE_DAMAGED, tile.path(), -1, fault + " at " + position);
                return List.of();
            }
        }
    }

    /** A tile that the entries make, against the file: level 0 was looked at entry by entry. */
    private void compareUpper(LogFile.HashTile tile, byte[] derived) {
        if (tile.level() == 0) {
            return;
        }
        try {
            Optional<byte[]> octets = read(tile);
            if (octets.isEmpty()) {
                tell(Finding.Kind.TILE_MISSING, tile.path(), -1, "");
            } else if (!Arrays.equals(octets.get(), derived)) {
                tell(Finding.Kind.TILE_DIFFERS, tile.path(), -1, octets.get().length + " octets");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<byte[]> read(LogFile.HashTile tile) throws IOException {
        Optional<byte[]> octets = source.read(tile.path());
        if (octets.isPresent() || tile.isFull()) {
            return octets;
        }
        return source.read(tile.full().path())
                .map(full -> full.length == LogFile.WIDTH_MAX * Hash.OCTETS
                        ? Arrays.copyOf(full, tile.width() * Hash.OCTETS)
                        : full);
    }

    private void tell(Finding.Kind kind, String file, long entry, String detail) {
        findings++;
        if (findings <= FINDINGS_TOLD_MAX) {
            told.accept(new Finding(kind, file, entry, detail));
        }
    }
}
