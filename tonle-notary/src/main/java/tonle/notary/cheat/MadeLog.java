// SPDX-License-Identifier: Apache-2.0
package tonle.notary.cheat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.notary.check.LogSource;
import tonle.tlog.Outcome;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.SigningKey;
import tonle.tlog.tile.GrowingTree;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tile.TileOctets;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.TreeHead;

/** A log in memory, whole and signed, whose files may then be spoiled. */
final class MadeLog implements LogSource {
    private final Map<String, byte[]> files = new HashMap<>();
    private final TreeHead head;

    /** @param entries at most what the edge of two bundles holds: it is a log to look at */
    MadeLog(List<byte[]> entries) {
        GrowingTree tree = new GrowingTree();
        for (byte[] entry : entries) {
            tree.append(Merkle.leaf(entry), this::put);
        }
        tree.partialTiles(this::put);
        for (int first = 0; first < entries.size(); first += LogFile.WIDTH_MAX) {
            List<byte[]> some = entries.subList(first, Math.min(entries.size(), first + LogFile.WIDTH_MAX));
            LogFile.EntryBundle bundle = new LogFile.EntryBundle(first / LogFile.WIDTH_MAX, some.size());
            files.put(bundle.path(), good(TileOctets.bundle(some)));
        }
        this.head = tree.head();
    }

    private void put(LogFile.HashTile tile, byte[] octets) {
        files.put(tile.path(), octets);
    }

    TreeHead head() {
        return head;
    }

    /** Signs as the log, then as witnesses. */
    MadeLog signed(String origin, SigningKey log, List<SigningKey> witnesses, long unixSeconds) {
        Checkpoint checkpoint = new Checkpoint(origin, head);
        List<NoteSignature> lines = new ArrayList<>();
        lines.add(log.sign(checkpoint, unixSeconds));
        witnesses.forEach(witness -> lines.add(witness.sign(checkpoint, unixSeconds)));
        return shown(new SignedNote(checkpoint.text(), lines));
    }

    MadeLog shown(SignedNote note) {
        files.put(new LogFile.Head().path(), note.octets());
        return this;
    }

    SignedNote note() {
        return good(SignedNote.parse(files.get(new LogFile.Head().path())));
    }

    byte[] file(String path) {
        return files.get(path);
    }

    void spoil(String path, byte[] octets) {
        files.put(path, octets);
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public String place() {
        return "a log that was made";
    }

    static <T> T good(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Good<T>(T value) -> value;
            case Outcome.Refused<T> refused ->
                throw new IllegalStateException("what we make ourselves is whole: " + refused);
        };
    }
}
